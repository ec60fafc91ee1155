"""The live pages in a real browser: writing, seeing, clicking, mending, signing, building and taking away."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from papergen.serve.people import Person
from tests.support.desk import CLEAN, PATIENCE, click_words, paper, same_as_afresh, type_at_end, write
from tests.support.serving import Served, serving
from tests.support.small import MEETING, lay_down

REPORT = f"content/{MEETING}/panel-report"
ROBBERY = f"{REPORT}/02-robbery.md"

MORE = "document.getElementById('frame').contentDocument.getElementById('more')"

SLOWLY = """() => {
    const fetched = window.fetch;
    const later = (path, options) => new Promise((go) => setTimeout(() => go(fetched(path, options)), 1500));
    window.fetch = (path, options) => (options?.method === "POST" ? later : fetched)(path, options);
}"""
PASTE = """html => {
    const data = new DataTransfer();
    data.setData("text/html", html);
    data.setData("text/plain", "x");
    const paste = new ClipboardEvent("paste", {clipboardData: data, bubbles: true, cancelable: true});
    document.querySelector(".cm-content").dispatchEvent(paste);
}"""

pytestmark = pytest.mark.slow


def text_of(page: Page) -> str:
    """The words of the paper in the frame."""
    return page.frame_locator("#frame").locator("main").inner_text()


def test_what_is_written_is_seen_at_once_and_nothing_else_moves(page: Page, served: Served) -> None:
    write(page, "more")
    frame = page.frame_locator("#frame")
    frame.get_by_text("Paragraph 30 of the plans").scroll_into_view_if_needed()
    top = "() => document.getElementById('frame').contentWindow.scrollY"
    before = page.evaluate(top)
    assert before > 200
    type_at_end(page, "\nWritten just now, {{ robbery.quarter }} robberies.\n")
    frame.get_by_text("Written just now, 41 robberies.").wait_for()
    assert abs(page.evaluate(top) - before) < 2
    assert "Written just now" in (served.root / REPORT / "04-more.md").read_text(encoding="utf-8")
    expect(page.locator(".saved")).to_have_text("Saved")
    assert same_as_afresh(page)


def test_saving_in_any_other_editor_repaints_only_what_changed(page: Page, served: Served) -> None:
    paper(page)
    page.evaluate(f"{MORE}.dataset.mine = 'kept'")
    file = served.root / ROBBERY
    file.write_text(file.read_text(encoding="utf-8").replace("There were", "There had been"), encoding="utf-8")
    page.frame_locator("#frame").get_by_text("There had been 41 robberies").wait_for()
    assert page.evaluate(
        "document.getElementById('frame').contentDocument.getElementById('more').dataset.mine"
    ) == "kept" or (same_as_afresh(page))
    (served.root / REPORT / "03-new.md").write_text("---\ntitle: New\n---\n\nA new section.\n", encoding="utf-8")
    page.frame_locator("#frame").get_by_text("A new section.").wait_for()
    (served.root / REPORT / "03-new.md").unlink()
    page.frame_locator("#frame").get_by_text("A new section.").wait_for(state="detached")
    data = served.root / "content" / "data" / "robbery.csv"
    data.write_text(data.read_text(encoding="utf-8").replace(",11", ",14"), encoding="utf-8")
    page.frame_locator("#frame").get_by_text("There had been 44 robberies").wait_for()
    assert same_as_afresh(page)


def test_a_click_tells_the_line_and_why_a_number_is_printed(page: Page) -> None:
    write(page)
    click_words(page, "There were 41 robberies", "41")
    dialog = page.locator("#dialog")
    expect(dialog).to_contain_text("Why 41?")
    for words in (
        "Robbery (robbery)",
        "the sum of the rows",
        "robbery.quarter",
        "content/data/robbery.csv",
        "2015-11,20",
    ):
        expect(dialog).to_contain_text(words)
    page.keyboard.press("Escape")
    page.frame_locator("#frame").get_by_text("This says why").click()
    expect(page.locator(".file-name")).to_contain_text("01-purpose")


def test_errors_leave_the_last_good_paper_and_a_fix_mends_them(page: Page) -> None:
    write(page)
    type_at_end(page, "\nAlso {{ robery.quarter }} more.\n")
    expect(page.locator("#stale")).to_contain_text("1 error: the page below is the last good one.")
    assert "There were 41 robberies" in text_of(page)
    expect(page.locator("#findings")).to_contain_text("V102")
    expect(page.locator(".cm-lintRange-error")).to_have_count(1)
    page.click('.problems button:has-text("Write “robbery”")')
    page.frame_locator("#frame").get_by_text("Also 41 more.").wait_for()
    expect(page.locator("#stale")).to_be_hidden()


def test_two_people_on_one_file_lose_nothing(page: Page, served: Served) -> None:
    write(page)
    page.evaluate(SLOWLY)
    type_at_end(page, "\nMine.\n")
    expect(page.locator(".saved")).to_have_text("Saving")
    file = served.root / ROBBERY
    file.write_text(f"{file.read_text(encoding='utf-8')}\nTheirs.\n", encoding="utf-8")
    expect(page.locator("#dialog")).to_contain_text("Somebody else saved this file")
    assert "Theirs." in page.input_value("#theirs")
    assert "Mine." in page.input_value("#mine")
    assert "Mine." not in file.read_text(encoding="utf-8")
    page.click('#dialog button:has-text("Take theirs")')
    expect(page.locator(".cm-content")).to_contain_text("Theirs.")
    page.keyboard.press("Control+z")  # brings one's own back
    page.frame_locator("#frame").get_by_text("Mine.").wait_for()
    assert "Theirs." not in file.read_text(encoding="utf-8")


def test_a_file_that_is_renamed_or_deleted_below_keeps_its_text(page: Page, served: Served) -> None:
    write(page)
    file, moved = served.root / ROBBERY, served.root / REPORT / "06-robbery.md"
    file.rename(moved)
    expect(page.locator(".file-name")).to_contain_text("06-robbery.md")
    expect(page.locator("#status")).to_contain_text("is called panel-report/06-robbery.md now")
    moved.unlink()
    expect(page.locator(".saved")).to_have_text("Deleted by somebody else")
    type_at_end(page, "\nTyped after.\n")
    page.wait_for_timeout(1_200)  # longer than it takes to save by itself
    assert not moved.exists()
    page.click('#writing button:text-is("Save")')
    page.frame_locator("#frame").get_by_text("Typed after.").wait_for()
    assert "There were {{ robbery.quarter }}" in moved.read_text(encoding="utf-8")
    moved.write_bytes(b"---\ntitle: Robbery\n---\n\nCaf\xe9.\n")
    expect(page.locator("#status")).to_contain_text("is not UTF-8 text")
    expect(page.locator(".cm-content")).to_contain_text("Typed after.")


def test_completion_form_and_palette_write_what_an_officer_cannot_know(page: Page, served: Served) -> None:
    write(page)
    type_at_end(page, "\nNow {{ robbery.quart")
    offered = page.locator(".cm-tooltip-autocomplete")
    expect(offered).to_contain_text("robbery.quarter")
    expect(offered).to_contain_text("41")
    page.wait_for_timeout(150)  # a list that has just come takes no key
    page.keyboard.press("Enter")
    page.keyboard.type(" }} in all.\n")
    page.frame_locator("#frame").get_by_text("Now 41 in all.").wait_for()
    page.click(".front summary")
    page.fill("#front-owner", "Head: of Crime")
    page.keyboard.press("Tab")
    page.click('.palette button:has-text("Chart")')
    page.locator(".exhibit-preview img").wait_for()
    page.select_option("#exhibit-kind", "trend")
    expect(page.locator(".exhibit-preview")).to_contain_text("too few months for a rolling average")
    page.select_option("#exhibit-kind", "control")
    page.locator(".exhibit-preview img").wait_for()
    page.click('#dialog button:has-text("Put it in")')
    page.click('.palette button:has-text("Table")')
    page.frame_locator("#frame").locator("#robbery ~ figure svg").first.wait_for()
    page.frame_locator("#frame").locator("caption", has_text="What the table shows").wait_for()
    text = (served.root / ROBBERY).read_text(encoding="utf-8")
    assert 'owner: "Head: of Crime"\n' in text
    assert "```chart\nkind: control\nmeasure: robbery\nid: robbery-control\n```\n" in text
    page.frame_locator("#frame").locator(".plate.chart").first.click()
    expect(page.frame_locator("#frame").locator("details[open] table")).to_contain_text("November 2015")


def test_what_is_pasted_from_word_arrives_as_markdown(page: Page, served: Served) -> None:
    write(page)
    page.click(".cm-content")
    page.keyboard.press("Control+End")
    html = (
        "<html><body><!--StartFragment--><h2>By <b>area</b></h2><p class=MsoNormal>Up <b>12%</b> in <i>the north</i>,"
        " see <a href='https://example.org/a'>the report</a> [draft].<o:p></o:p></p>"
        "<p class=MsoListParagraph style='mso-list:l0'><span style='mso-list:Ignore'>·  </span>one</p>"
        "<p class=MsoListParagraph style='mso-list:l0'><span style='mso-list:Ignore'>·  </span>two</p>"
        "<table><tr><td><p>Area</p></td><td>Count</td></tr><tr><td>North</td><td>1,204</td></tr></table>"
        "<script>alert(1)</script><!--EndFragment--></body></html>"
    )
    page.evaluate(PASTE, html)
    page.frame_locator("#frame").get_by_text("1,204").wait_for()
    text = (served.root / ROBBERY).read_text(encoding="utf-8")
    for wanted in (
        "## By area\n",
        "Up **12%** in *the north*, see [the report](https://example.org/a) \\[draft\\].\n",
        "- one\n- two\n",
        "| Area | Count |\n|---|---:|\n| North | 1,204 |",
    ):
        assert wanted in text
    assert "alert" not in text


def test_a_section_is_signed_off_and_shows_when_it_changes(page: Page, served: Served) -> None:
    page.click("#sign-robbery")
    assert page.input_value("#role") == "Policy Officer"
    page.click('#dialog button:has-text("Sign off")')
    row = page.locator("tr", has_text="2 Robbery")
    expect(row).to_contain_text("signed off")
    assert "section: robbery" in (served.root / "content" / MEETING / "signatures.yaml").read_text(encoding="utf-8")
    data = served.root / "content" / "data" / "robbery.csv"
    data.write_text(data.read_text(encoding="utf-8").replace(",11", ",12"), encoding="utf-8")
    expect(row).to_contain_text("signed, then changed")


def test_papers_are_built_and_taken_away(page: Page, served: Served) -> None:
    page.click("#build-draft")
    expect(page.locator("progress")).to_be_visible()
    expect(page.locator("#build-stop")).to_be_visible()
    page.locator("#build-end").wait_for(timeout=180_000)
    expect(page.locator("#build-end")).to_have_text("The papers were written.")
    with page.expect_download() as waiting:
        page.click('.downloads a:has-text("panel-report.pdf")')
    assert (
        Path(waiting.value.path()).read_bytes() == (served.root / "output" / MEETING / "panel-report.pdf").read_bytes()
    )
    with page.expect_download() as waiting:
        page.click("text=All of them in one file")
    with zipfile.ZipFile(waiting.value.path()) as taken:
        lain = served.root / "output" / MEETING
        built = {f"{MEETING}/{each.relative_to(lain).as_posix()}" for each in lain.rglob("*") if each.is_file()}
        assert set(taken.namelist()) == built
    (lain / "panel-report.docx").unlink()
    for name in (f"{MEETING}/panel-report.docx", f"{MEETING}.zip"):
        assert page.request.get(f"{served.origin}/download/{name}").status == 404
    page.click("#build-final")
    page.click("#build-stop")
    expect(page.locator("#build-end")).to_contain_text("the papers in place are whole")


def test_the_print_edition_stands_beside_with_its_age(page: Page) -> None:
    paper(page)
    page.click("#show-print")
    expect(page.locator("#print-age")).to_contain_text("as of", timeout=120_000)
    source = page.get_attribute("#print", "src")
    answer = page.request.get(page.url.split("/?")[0].split("/#")[0] + (source or ""))
    assert answer.body().startswith(b"%PDF-")


def test_both_views_and_the_keyboard_alone(page: Page) -> None:
    page.select_option("#shown", "public")
    paper(page)
    expect(page.frame_locator("#frame").locator("body")).not_to_contain_text("Not for publication")
    page.select_option("#shown", "draft")
    page.frame_locator("#frame").get_by_text("Not for publication").wait_for()
    page.evaluate("document.activeElement.blur(); window.scrollTo(0, 0)")
    reached: set[str] = set()
    for _ in range(30):
        page.keyboard.press("Tab")
        reached.add(page.evaluate("document.activeElement.id || document.activeElement.textContent"))
    assert {"to-board", "to-papers", "meeting", "shown", "paper", "show-editor"} <= reached


def test_the_page_goes_on_after_the_server_was_started_again(desk_browser: Browser, tmp_path: Path) -> None:
    root = lay_down(tmp_path / "panel", CLEAN)
    with serving(root, tmp_path / "config") as served:
        context = desk_browser.new_context()
        context.set_default_timeout(PATIENCE)
        page = context.new_page()
        page.goto(served.link)
        page.wait_for_selector('body[data-live="yes"]')
        write(page)
    page.wait_for_selector('body[data-live="no"]')
    type_at_end(page, "\nWritten while it was away.\n")
    with serving(root, tmp_path / "config", port=served.port):
        page.frame_locator("#frame").get_by_text("Written while it was away.").wait_for()
        assert "Written while it was away." in (root / ROBBERY).read_text(encoding="utf-8")
        context.close()


def test_colleagues_see_who_saved_and_readers_have_nothing_to_write_with(desk_browser: Browser, tmp_path: Path) -> None:
    root = lay_down(tmp_path / "panel", CLEAN)
    people = {"ann": Person("Ann"), "bob": Person("Bob", may_write=False)}
    with serving(root, tmp_path / "config", people=people) as served:
        pages = {}
        for name in people:
            context = desk_browser.new_context()
            context.set_default_timeout(PATIENCE)
            pages[name] = context.new_page()
            pages[name].goto(f"{served.link.partition('=')[0]}={name}")
            pages[name].wait_for_selector('body[data-live="yes"]')
        expect(pages["bob"].locator("#build-draft")).to_have_count(0)
        expect(pages["bob"].locator("#sign-robbery")).to_have_count(0)
        write(pages["bob"])
        expect(pages["bob"].locator(".palette")).to_have_count(0)
        type_at_end(pages["bob"], "Not to be written.")
        write(pages["ann"])
        type_at_end(pages["ann"], "\nWritten by Ann.\n")
        pages["bob"].frame_locator("#frame").get_by_text("Written by Ann.").wait_for()
        expect(pages["bob"].locator("#status")).to_contain_text("Ann saved 02-robbery.md")
        expect(pages["bob"].locator(".cm-content")).to_contain_text("Written by Ann.")
        assert "Not to be written" not in (root / ROBBERY).read_text(encoding="utf-8")
        pages["ann"].evaluate("location.hash = '#board'")
        pages["ann"].click("#sign-robbery")
        pages["ann"].click('#dialog button:has-text("Sign off")')
        expect(pages["bob"].locator("tr", has_text="2 Robbery").locator(".signature")).to_contain_text("(Ann)")
        for page in pages.values():
            page.context.close()
