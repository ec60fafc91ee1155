"""The live pages for everybody: by keyboard alone, with colours of one's own, on a phone and on a slow line."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, CDPSession, Page, Route, expect

from papergen.serve.editors import EDITORS
from tests.support.browsing import WCAG
from tests.support.desk import CLEAN, opened, paper, type_at_end, write
from tests.support.programs import node_file
from tests.support.serving import Served, serving
from tests.support.small import MEETING, PLAN, lay_down

REPORT = f"content/{MEETING}/panel-report"
ROBBERY = f"{REPORT}/02-robbery.md"
SLOW_LINE = {"latency": 400, "downloadThroughput": 50_000, "uploadThroughput": 20_000}
"""Milliseconds, and bytes a second: a village with a bad telephone line."""

pytestmark = pytest.mark.slow


def choose_chart(page: Page) -> None:
    write(page)
    page.click('.palette button:has-text("Chart")')
    page.locator(".chart-preview img").wait_for()


def sign(page: Page) -> None:
    page.click("#sign-robbery")


def stay(page: Page) -> None:
    page.locator("#board table").first.wait_for()


def begin(page: Page) -> None:
    paper(page)
    page.click("#begin")
    page.locator("#new-place option").first.wait_for(state="attached")


def choose_number(page: Page) -> None:
    write(page)
    page.click('.palette button:has-text("Number")')
    page.locator(".names li").first.wait_for()


VIEWS = {
    "the board": stay,
    "a paper with its text": write,
    "signing": sign,
    "a chart to put in": choose_chart,
    "a number to put in": choose_number,
    "a section to begin": begin,
}


@pytest.mark.parametrize(("width", "dark"), [(1400, False), (1400, True), (320, False), (320, True)])
def test_every_view_can_be_used_by_everybody(width: int, dark: bool, desk_browser: Browser, served: Served) -> None:
    axe = node_file("axe-core/axe.min.js").read_text(encoding="utf-8")
    script = """async wcag => (await axe.run(document, {runOnly: wcag, iframes: false})).violations.flatMap(
        rule => rule.nodes.map(node => `${rule.id}: ${node.html.slice(0, 200)} ${node.failureSummary}`))"""
    with opened(desk_browser, served, width=width, dark=dark) as page:
        for name, show in VIEWS.items():
            page.keyboard.press("Escape")
            page.evaluate("location.hash = '#board'")
            page.locator("#sign-robbery").wait_for()
            show(page)
            page.evaluate(axe)
            assert page.evaluate(script, list(WCAG)) == [], name
            assert page.evaluate("document.documentElement.scrollWidth") <= width, name


def look(page: Page, selector: str) -> dict[str, str]:
    """How an element is drawn: its edge and what is below its words."""
    script = """selector => { const style = getComputedStyle(document.querySelector(selector));
        return {edge: `${style.borderTopWidth} ${style.borderTopColor}`, ground: style.backgroundColor}; }"""
    found: dict[str, str] = page.evaluate(script, selector)
    return found


def test_nothing_is_told_by_a_background_alone(page: Page) -> None:
    page.emulate_media(forced_colors="active")
    assert look(page, "#to-board")["edge"] != look(page, "#to-papers")["edge"]
    write(page)
    assert look(page, "#show-page")["edge"] != look(page, "#show-print")["edge"]
    type_at_end(page, "\nNow {{ robbery.")
    page.locator(".cm-tooltip-autocomplete").wait_for()
    chosen = look(page, ".cm-tooltip-autocomplete li[aria-selected]")
    assert chosen["ground"] != look(page, ".cm-tooltip-autocomplete li:not([aria-selected])")["ground"]
    page.keyboard.press("Escape")
    page.keyboard.press("Control+a")
    page.locator(".cm-selectionBackground").first.wait_for(state="attached")
    assert look(page, ".cm-selectionBackground")["ground"] not in ("rgba(0, 0, 0, 0)", "rgb(255, 255, 255)")


def tab_to(page: Page, name: str) -> None:
    """Press Tab until the element with this id or these words has the focus."""
    for _ in range(60):
        page.keyboard.press("Tab")
        at = page.evaluate("[document.activeElement.id, document.activeElement.textContent.trim()]")
        if name in at:
            return
    raise AssertionError(f"“{name}” cannot be reached")


def test_a_section_is_written_mended_and_signed_by_keyboard_alone(page: Page, served: Served) -> None:
    tab_to(page, "to-papers")
    page.keyboard.press("Enter")
    page.frame_locator("#frame").locator("#robbery").wait_for()
    tab_to(page, "2 Robbery")
    page.keyboard.press("Enter")
    tab_to(page, "show-editor")
    page.keyboard.press("Enter")
    page.wait_for_selector(".cm-content:focus")
    page.keyboard.press("Control+End")
    page.keyboard.type("\nWritten in teh dark.\n")
    expect(page.locator(".problems")).to_contain_text("“teh”")
    tab_to(page, "Write “the”")
    page.keyboard.press("Enter")
    page.frame_locator("#frame").get_by_text("Written in the dark.").wait_for()
    page.locator(".cm-content").focus()
    for _ in range(30):  # back over the bar of what can be put in
        page.keyboard.press("Shift+Tab")
        if page.evaluate("document.activeElement.textContent") == "Sign off":
            break
    page.keyboard.press("Enter")
    page.wait_for_selector("#role:focus")  # with the owner's role in it
    page.keyboard.press("Enter")
    expect(page.locator("#status")).to_contain_text("Signed off as Policy Officer")
    assert "section: robbery" in (served.root / "content" / MEETING / "signatures.yaml").read_text(encoding="utf-8")


def test_the_text_is_that_of_the_section_asked_for_however_quickly(page: Page) -> None:
    paper(page, "purpose")
    page.evaluate("location.hash = '#papers/robbery'; document.getElementById('show-editor').click()")
    page.wait_for_selector(".cm-content:focus")
    expect(page.locator(".file-name")).to_contain_text("robbery")


def test_of_two_sections_asked_for_the_last_is_opened(page: Page) -> None:
    write(page)
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    page.route("**/api/file?path=*purpose*", hold)
    with page.expect_request("**/api/file?path=*purpose*"):
        paper(page, "purpose")
    paper(page)
    with page.expect_response("**/api/file?path=*purpose*"):
        held[0].continue_()
    page.wait_for_timeout(300)  # for what a late answer would do
    expect(page.locator(".file-name")).to_contain_text("robbery")
    expect(page.locator(".cm-content")).to_contain_text("Robbery")


def test_words_are_found_and_changes_taken_back_within_their_file_alone(page: Page, served: Served) -> None:
    write(page)
    before = (served.root / ROBBERY).read_text(encoding="utf-8")
    page.click(".cm-content")
    page.keyboard.press("Control+f")
    page.wait_for_selector(".cm-search input[name=search]:focus")
    page.keyboard.type("there were")
    page.keyboard.press("Enter")
    expect(page.locator(".cm-searchMatch-selected")).to_have_text("There were")
    page.keyboard.press("Escape")
    type_at_end(page, "\nTyped too soon.\n")
    page.frame_locator("#frame").get_by_text("Typed too soon.").wait_for()
    while "Typed too soon" in page.locator(".cm-content").inner_text():
        page.keyboard.press("Control+z")
    page.frame_locator("#frame").get_by_text("Typed too soon.").wait_for(state="detached")
    assert (served.root / ROBBERY).read_text(encoding="utf-8").rstrip() == before.rstrip()
    page.keyboard.press("Control+y")
    page.frame_locator("#frame").get_by_text("Typed").wait_for()
    write(page, "purpose")
    expect(page.locator(".cm-content")).to_contain_text("This says why")
    page.click(".cm-content")
    for _ in range(5):
        page.keyboard.press("Control+z")
    expect(page.locator(".cm-content")).to_contain_text("This says why")
    assert "Typed" not in page.locator(".cm-content").inner_text()


def line(page: Page, **conditions: int) -> CDPSession:
    """Put the page on a line of this kind."""
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    session.send("Network.emulateNetworkConditions", {"offline": False, **conditions})
    return session


def test_on_a_slow_line_and_over_a_break_nothing_typed_is_lost(page: Page, served: Served) -> None:
    write(page)
    session = line(page, **SLOW_LINE)
    for number in range(3):
        type_at_end(page, f"\nSlowly, number {number}.\n")
        page.wait_for_timeout(700)
    for number in range(3):
        page.frame_locator("#frame").get_by_text(f"Slowly, number {number}.").wait_for()
    expect(page.locator(".saved")).to_have_text("Saved")
    session.send("Network.emulateNetworkConditions", {"offline": True, "latency": 0, **UNLIMITED})
    type_at_end(page, "\nTyped while the line was down.\n")
    expect(page.locator(".saved")).to_have_text("Not saved")
    page.evaluate("location.hash = '#papers/purpose'")
    expect(page.locator(".cm-content")).to_contain_text("Typed while the line was down.")
    session.send("Network.emulateNetworkConditions", {"offline": False, "latency": 0, **UNLIMITED})
    page.frame_locator("#frame").get_by_text("Typed while the line was down.").wait_for()
    text = (served.root / ROBBERY).read_text(encoding="utf-8")
    for words in ("Slowly, number 0.", "Slowly, number 1.", "Slowly, number 2.", "Typed while the line was down."):
        assert text.count(words) == 1


UNLIMITED = {"downloadThroughput": -1, "uploadThroughput": -1}


def test_a_section_is_begun_and_shown(page: Page, served: Served) -> None:
    paper(page, "more")
    page.click("#begin")
    page.fill("#new-title", "Young people’s safety: a plan")
    page.click('#dialog button:has-text("Begin it")')
    expect(page.locator(".file-name")).to_contain_text("05-young-peoples-safety-a-plan.md")
    made = served.root / REPORT / "05-young-peoples-safety-a-plan.md"
    assert made.read_text(encoding="utf-8") == '---\ntitle: "Young people’s safety: a plan"\n---\n\n'
    type_at_end(page, "What is planned.\n")
    page.frame_locator("#frame").get_by_text("What is planned.").wait_for()
    page.evaluate("document.getElementById('frame').contentWindow.scrollTo(0, 0)")
    page.click('button:has-text("Show in the page")')
    page.wait_for_function("() => document.getElementById('frame').contentWindow.scrollY > 100")


def test_the_section_of_an_objective_is_begun_from_the_board(
    desk_browser: Browser, tmp_path_factory: pytest.TempPathFactory
) -> None:
    plan = f"{PLAN}objective_name: Goal to 2017\nobjectives: [Fewer thefts, 'Answer 999: quickly']\n"
    folder = f"{MEETING}/panel-report/06-goals"
    goals = {
        f"{folder}/index.md": "---\ntitle: Goals\n---\n",
        f"{folder}/01-thefts.md": "---\nobjective: 1\n---\n\nThere are fewer.\n",
    }
    root = lay_down(tmp_path_factory.mktemp("goals"), {**CLEAN, "plan.yaml": plan, **goals})
    with serving(root, tmp_path_factory.mktemp("config")) as served, opened(desk_browser, served) as page:
        page.click('button[aria-label="Begin Goal to 2017 2: Answer 999: quickly"]')
        expect(page.locator("#new-title")).to_have_value("Answer 999: quickly")
        page.click('#dialog button:has-text("Begin it")')
        expect(page.locator(".file-name")).to_contain_text("06-goals / 02-answer-999-quickly.md")
        made = root / "content" / folder / "02-answer-999-quickly.md"
        assert made.read_text(encoding="utf-8") == "---\nobjective: 2\n---\n\n"


def test_a_click_opens_the_persons_own_editor(desk_browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> None:
    root = lay_down(tmp_path_factory.mktemp("own"), CLEAN)
    with (
        serving(root, tmp_path_factory.mktemp("config"), editor="vscode") as served,
        opened(desk_browser, served) as page,
    ):
        page.evaluate("() => { window.open = (address, target) => { window.asked = [address, target] } }")
        paper(page)
        page.frame_locator("#frame").get_by_text("This says why").click()
        page.wait_for_function("() => window.asked")
        lines = (root / REPORT / "01-purpose.md").read_text(encoding="utf-8").splitlines()
        line_of = next(number for number, words in enumerate(lines, 1) if "This says why" in words)
        address = EDITORS["vscode"].format(file=f"{str(root).removeprefix('/')}/{REPORT}/01-purpose.md", line=line_of)
        assert page.evaluate("window.asked") == [address, "_self"]
        page.click("#show-editor")
        page.wait_for_selector(".cm-content")
        expect(page.locator(".own-editor")).to_have_attribute("href", address.replace(f":{line_of}", ":1"))
