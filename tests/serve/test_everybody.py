"""The live pages for everybody: by keyboard alone, with colours of one's own, on a phone and on a slow line."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import pytest
from playwright.sync_api import Browser, CDPSession, Page, Route, expect

from papergen.serve.editors import EDITORS
from tests.support.browsing import WCAG
from tests.support.desk import CLEAN, click_words, opened, paper, put_back, same_as_afresh, type_at_end, write
from tests.support.programs import node_file
from tests.support.serving import Served, serving
from tests.support.small import MEETING, PLAN, lay_down

REPORT = f"content/{MEETING}/panel-report"
ROBBERY = f"{REPORT}/02-robbery.md"
SLOW_LINE = {"latency": 400, "downloadThroughput": 50_000, "uploadThroughput": 20_000}
"""Milliseconds, and bytes a second: a village with a bad telephone line."""

pytestmark = pytest.mark.slow


def stay(page: Page) -> None:
    page.locator("#board table").first.wait_for()


def sign(page: Page) -> None:
    page.click("#sign-robbery")


def build(page: Page, **state: object) -> None:
    """The board as it is while papers are built, or after."""

    def told(route: Route) -> None:
        answer = route.fetch()
        made = {"meeting": MEETING, "final": False, "step": "Draw", "what": "2 of 5 charts", "share": 0.5, "told": []}
        route.fulfill(response=answer, json={**answer.json(), "build": {**made, **state}})

    page.route("**/api/state*", told)
    page.evaluate("document.getElementById('shown').dispatchEvent(new Event('change'))")
    page.locator("#build-stop" if state["running"] else "#build-end").wait_for()
    page.unroute("**/api/state*")


def one_section(page: Page) -> None:
    paper(page)
    page.click("#show-section")
    page.locator(".sections a[aria-current]").wait_for()


def print_edition(page: Page) -> None:
    paper(page)
    page.click("#show-print")
    page.locator("#print").wait_for()


def whole(page: Page) -> None:
    page.evaluate("location.hash = '#papers'")
    page.click("#show-page")
    paper(page)


def why(page: Page) -> None:
    paper(page)
    click_words(page, "There were 41 robberies", "41")
    page.locator(".why").first.wait_for()


def begin(page: Page) -> None:
    paper(page)
    page.click("#begin")
    page.locator("#new-place option").first.wait_for(state="attached")


def front(page: Page) -> None:
    write(page)
    page.click(".front summary")


def put_in(page: Page, what: str, until: str) -> None:
    write(page)
    page.click(f'.palette button:text-is("{what}")')
    page.locator(until).first.wait_for()


def search(page: Page) -> None:
    write(page)
    page.click(".cm-content")
    page.keyboard.press("Control+f")
    page.wait_for_selector(".cm-search input[name=search]:focus")


def fail(page: Page) -> None:
    write(page, "more")
    type_at_end(page, "\n{{ robery.quarter }}\n")
    page.locator("#stale").wait_for()
    page.locator(".problems .fix").wait_for()


def conflict(page: Page) -> None:
    write(page, "purpose")
    theirs = {"path": f"{REPORT}/01-purpose.md", "text": "---\ntitle: Purpose\n---\n", "sha256": "0" * 64}
    page.route("**/api/file", lambda route: route.fulfill(status=409, json=theirs))
    type_at_end(page, "\nMine.\n")
    page.locator("#theirs").wait_for()


VIEWS: dict[str, Callable[[Page], None]] = {
    "the board": stay,
    "signing": sign,
    "a build": partial(build, running=True, code=None),
    "a build that failed": partial(build, running=False, code=1, told=["01-purpose.md:7:34 V102"]),
    "the print edition": print_edition,
    "the whole paper": whole,
    "one section": one_section,
    "why a number": why,
    "a section to begin": begin,
    "a paper with its text": write,
    "the front matter": front,
    "a chart to put in": partial(put_in, what="Chart", until=".exhibit-preview img"),
    "a table to put in": partial(put_in, what="Table of measures", until=".exhibit-preview .problem"),
    "a number to put in": partial(put_in, what="Number", until=".names li"),
    "a reference to put in": partial(put_in, what="Reference", until=".names li"),
    "a search": search,
    "errors": fail,
    "two texts of one file": conflict,
}
_AXE = """async rules => (await axe.run(document, {runOnly: rules, iframes: false})).violations.flatMap(
    rule => rule.nodes.map(node => `${rule.id}: ${node.html.slice(0, 200)} ${node.failureSummary}`))"""
_OF_COLOURS = {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}
"""The rules that look at colours, which are all that another scheme changes."""


@pytest.mark.parametrize("width", [1400, 320])
def test_every_view_can_be_used_by_everybody(width: int, desk_browser: Browser, served: Served) -> None:
    before = {path: path.read_bytes() for path in (served.root / "content").rglob("*.*")}
    try:
        with opened(desk_browser, served, width=width) as page:
            page.evaluate(node_file("axe-core/axe.min.js").read_text(encoding="utf-8"))
            for name, show in VIEWS.items():
                page.keyboard.press("Escape")
                page.evaluate("location.hash = '#board'")
                page.locator("#sign-robbery").wait_for()
                show(page)
                assert page.evaluate(_AXE, list(WCAG)) == [], name
                page.emulate_media(color_scheme="dark")
                assert page.evaluate(_AXE, _OF_COLOURS) == [], f"{name} in the dark"
                page.emulate_media(color_scheme="light")
                assert page.evaluate("document.documentElement.scrollWidth") <= width, name
    finally:
        put_back(served, before)


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


def shown_words(page: Page) -> str:
    """What of the paper in the frame is to be seen."""
    words: str = page.evaluate("document.getElementById('frame').contentDocument.body.innerText")
    return words


def test_one_section_is_shown_alone_with_its_notes_and_findings_and_the_reader_stays(
    page: Page, served: Served
) -> None:
    report = served.root / REPORT
    text = (served.root / ROBBERY).read_text(encoding="utf-8")
    noted = (
        "There were some.[^a]\n\n## Inside robbery\n\nWords within teh heading.[^b]\n\n[^a]: First.\n\n[^b]: Second.\n"
    )
    (report / "03-noted.md").write_text(f"---\ntitle: Noted\n---\n\n{noted}", encoding="utf-8")
    paper(page, "noted")
    top = "() => document.getElementById('frame').contentDocument.getElementById('noted').getBoundingClientRect().top"
    before = page.evaluate(top)
    page.click("#show-section")
    expect(page.locator("#findings-title")).to_contain_text("Findings in this section (")
    expect(page.locator("#findings")).to_contain_text("“teh”")
    expect(page.locator(".sections a[aria-current]")).to_have_text("3 Noted")
    page.wait_for_timeout(100)
    assert abs(page.evaluate(top) - before) < 2 or page.evaluate(top) < before
    shown = shown_words(page)
    for words in ("Noted", "Inside robbery", "Words within teh heading.", "First.", "Second."):
        assert words in shown
    for words in ("This says why", "There were 41", "Paragraph 3 of", "Orchard Police", "Contents"):
        assert words not in shown
    page.frame_locator("#frame").get_by_text("Words within teh heading.").click()
    (report / "03-noted.md").write_text(f"---\ntitle: Noted\n---\n\nFirst of all.\n\n{noted}", encoding="utf-8")
    page.frame_locator("#frame").get_by_text("First of all.").wait_for()
    (served.root / ROBBERY).write_text(f"{text}\nMore of it.[^c]\n\n[^c]: Third.\n", encoding="utf-8")
    page.frame_locator("#frame").get_by_text("More of it.").wait_for(state="attached")
    assert "More of it." not in shown_words(page)
    assert "Third." not in shown_words(page)
    paper(page, "robbery")
    expect(page.frame_locator("#frame").get_by_text("More of it.")).to_be_visible()
    assert "Third." in shown_words(page)
    assert "First of all." not in shown_words(page)
    expect(page.locator("#findings-elsewhere")).to_be_visible()
    page.reload()  # and is so after the page was loaded again
    page.wait_for_selector('body[data-live="yes"]')
    expect(page.frame_locator("#frame").get_by_text("More of it.")).to_be_visible()
    assert "First of all." not in shown_words(page)
    page.click("#findings-elsewhere")
    expect(page.frame_locator("#frame").get_by_text("This says why")).to_be_visible()
    assert "First of all." in shown_words(page)
    assert same_as_afresh(page)


def test_a_section_that_goes_leaves_the_whole_paper(page: Page, served: Served) -> None:
    file = served.root / REPORT / "03-short-lived.md"
    file.write_text("---\ntitle: Short lived\n---\n\nNot for long; see [](#robbery).\n", encoding="utf-8")
    paper(page, "short-lived")
    page.click("#show-section")
    page.frame_locator("#frame").get_by_role("link", name="section 2").click()
    expect(page.frame_locator("#frame").get_by_text("There were 41")).to_be_visible()
    expect(page.frame_locator("#frame").get_by_text("Not for long")).to_be_hidden()
    page.click('.sections a:has-text("Short lived")')
    expect(page.frame_locator("#frame").get_by_text("Not for long")).to_be_visible()
    file.unlink()
    expect(page.locator("#status")).to_contain_text("The section is no longer there")
    expect(page.frame_locator("#frame").get_by_text("There were 41")).to_be_visible()
    expect(page.locator("#show-page")).to_have_attribute("aria-pressed", "true")


def test_the_reader_stays_below_data_that_are_folded_away(page: Page, served: Served) -> None:
    chart = "```chart\nkind: control\nmeasure: robbery\n```\n\n## Below the chart\n\nWords.\n"
    (served.root / REPORT / "03-drawn.md").write_text(f"---\ntitle: Drawn\n---\n\n{chart}", encoding="utf-8")
    page.evaluate("location.hash = '#papers'")
    page.frame_locator("#frame").locator("#drawn-below-the-chart").wait_for()
    paper(page, "drawn-below-the-chart")
    top = """() => document.getElementById("frame").contentDocument.getElementById("drawn-below-the-chart")
        .getBoundingClientRect().top"""
    before = page.evaluate(top)
    page.click("#show-editor")
    page.wait_for_selector(".cm-content")
    page.wait_for_function(f"was => Math.abs(({top})() - was) < 2", arg=before)
