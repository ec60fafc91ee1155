"""The papers while their text changes: always those that a build would write, and patched to be so."""

from __future__ import annotations

import asyncio
import gc
import json
import tempfile
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from pathlib import Path
from typing import cast

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from starlette.websockets import WebSocket

from papergen.commands.build import build
from papergen.commands.request import BuildRequest
from papergen.diagnostics import Diagnostics
from papergen.serve.desk import Desk, Watcher
from papergen.serve.live import HELD, PATCHED, LiveMeeting, Rendering
from papergen.serve.patches import PagePiece, patch, pieces_of
from papergen.serve.people import Person
from papergen.store.kept import Store
from papergen.world import World, never
from papergen.write.files import Format, Wanted
from tests.support.five_sections import FILES
from tests.support.small import MEETING, PANEL, lay_down

REPORT = f"{MEETING}/panel-report"
TODAY = date(2016, 1, 22)
WORDS = st.sampled_from(
    [
        "Words of a paragraph.",
        "There were {{ robbery.quarter }} of them.",
        "There were {{ robery.quarter }} of them.",
        "## A heading {#inside}",
        "## Another heading",
        "See [](#robbery) and [](#plans).",
        "See [](#nowhere).",
        "Words with a note.[^a]\n\n[^a]: The note.",
        "| A | B |\n|---|---:|\n| one | 1 |",
        "- one\n- two",
        "```chart\nkind: trend\nmeasure: robbery\n```",
        "::: note\nA box.\n:::",
        "Recorded in teh report for the realy first time.",
        "The ROCU met, as section 4 and Appendix C say.",
        "The Regional Organised Crime Unit (ROCU) met in Rocester.",
        "Meetings are being held with each of the partnerships, and the post will be advertised shortly.",
        "::: waive C509 A word of ours\n:::\n\nIn Rocester teh report was read.",
        "",
    ]
)
BODY = st.lists(WORDS, max_size=4).map("\n\n".join)
NAMES = st.sampled_from(["01-purpose.md", "02-robbery.md", "03-plans.md", "04-more.md", "06-added.md"])
BEFORE = "2015-12-01"
PATHS = st.tuples(st.sampled_from([REPORT, REPORT, f"{BEFORE}/panel-report"]), NAMES).map("/".join)
Edit = tuple[str, str]
EDITS = st.one_of(
    st.tuples(PATHS, BODY.map(lambda body: f"---\ntitle: A title\n---\n\n{body}\n")),
    st.tuples(PATHS, st.just("")),
    st.tuples(
        st.just("data/robbery.csv"),
        st.integers(1, 99).map(
            lambda count: f"month,value\n2015-07,10\n2015-08,10\n2015-09,10\n2015-10,10\n2015-11,20\n2015-12,{count}\n"
        ),
    ),
    st.tuples(
        st.just("panel.yaml"), st.sampled_from([PANEL, PANEL.replace("Orchard Police and", "Orchard Town Police and")])
    ),
    st.tuples(st.just(f"{MEETING}/signatures.yaml"), st.just("signatures: []\n")),
)


AT_LAST_MEETING = {
    f"{BEFORE}/meeting.yaml": f"date: {BEFORE}\nreporting_period: {{from: 2015-07-01, to: 2015-09-30}}\n",
    f"{BEFORE}/panel-report/02-robbery.md": FILES[f"{REPORT}/02-robbery.md"],
    f"{REPORT}/07-areas/index.md": "---\ntitle: Areas\n---\n\nTeh areas.\n\n## Of teh north\n\nThe (north.\n",
    f"{REPORT}/07-areas/01-north.md": "---\ntitle: Of the north\n---\n\nThe north, as Rocester says.\n",
}


def live_meeting(root: Path, *, draft: bool = True) -> LiveMeeting:
    return LiveMeeting(root, MEETING, draft, never, Store(None))


def edit(root: Path, name: str, text: str) -> None:
    path = root / "content" / name
    if text:
        path.write_text(text, encoding="utf-8")
    else:
        path.unlink(missing_ok=True)


def built(root: Path) -> dict[str, bytes]:
    """What ``papergen build --only html`` writes; nothing where there are errors."""
    request = BuildRequest(
        meeting=MEETING,
        output=root / "output",
        wanted=Wanted(formats=frozenset({Format.HTML})),
        store=Store(None),
    )
    return {each.name: each.data for each in build(World(root, Diagnostics()), request).files}


def patched(shown: Rendering, now: Rendering, paper: str) -> str:
    """The page that a browser has after it was told what changed."""
    known = {piece.key: piece.html for piece in shown.pieces[paper]}
    pieces = patch(shown.pieces[paper], now.pieces[paper])
    return "".join(known[key] if html is None else html for key, html in pieces)


@pytest.mark.slow
@settings(max_examples=12)
@given(st.lists(EDITS, min_size=1, max_size=5))
def test_after_any_edits_the_papers_are_those_of_a_build(edits: list[Edit]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        root = lay_down(Path(folder), {**FILES, **AT_LAST_MEETING})
        live = live_meeting(root)
        shown = live.render(today=TODAY)
        assert shown.is_good
        for name, text in edits:
            edit(root, name, text)
            live.changed([f"content/{name}"])
            now = live.render(today=TODAY)
            if now.is_good:
                for paper in now.pieces:
                    assert patched(shown, now, paper).encode() == now.files[f"{paper}.html"]
                shown = now
        assert now.findings == live_meeting(root).render(today=TODAY).findings
        assert (dict(now.files) if now.is_good else {}) == built(root)
        assert live.last_good is shown


def test_errors_leave_the_last_good_papers(tmp_path: Path) -> None:
    root = lay_down(tmp_path, FILES)
    live = live_meeting(root)
    good = live.render(today=TODAY)
    for broken in ("{{ robery.quarter }}", "{{", "![no picture](images/none.png)"):
        edit(root, f"{REPORT}/02-robbery.md", f"---\ntitle: Robbery\n---\n\n{broken}\n")
        bad = live.render(today=TODAY)
        assert not bad.is_good
        assert any(found.at.file.endswith("02-robbery.md") for found in bad.findings)
    edit(root, "panel.yaml", "name: [\n")
    live.changed(["content/panel.yaml"])
    assert [found.code.id for found in live.render(today=TODAY).findings if found.at.file.endswith("panel.yaml")] == [
        "W110"
    ]
    assert live.last_good is good
    edit(root, "panel.yaml", PANEL)
    live.changed(["content/panel.yaml"])
    edit(root, f"{REPORT}/02-robbery.md", FILES[f"{REPORT}/02-robbery.md"])
    assert live.render(today=TODAY).files == good.files


def test_a_touch_changes_nothing_and_new_words_do(tmp_path: Path) -> None:
    root = lay_down(tmp_path, FILES)
    live = live_meeting(root)
    live.render(today=TODAY)
    path = f"content/{REPORT}/02-robbery.md"
    (root / path).touch()
    assert not live.changed([path])
    (root / path).write_text("---\ntitle: Robbery\n---\n\nOther words.\n", encoding="utf-8")
    assert live.changed([path])
    assert live.changed([f"content/{REPORT}/09-new.md"]) is False  # it is not there
    (root / f"content/{REPORT}/09-new.md").write_text("---\ntitle: New\n---\n\nWords.\n", encoding="utf-8")
    assert live.changed([f"content/{REPORT}/09-new.md"])


def test_only_the_sections_that_changed_are_sent(tmp_path: Path) -> None:
    root = lay_down(tmp_path, FILES)
    live = live_meeting(root)
    shown = live.render(today=TODAY)
    edit(root, f"{REPORT}/02-robbery.md", FILES[f"{REPORT}/02-robbery.md"].replace("There were", "There had been"))
    now = live.render(today=TODAY)
    sent = [key for key, html in patch(shown.pieces["panel-report"], now.pieces["panel-report"]) if html is not None]
    assert sent == ["", "robbery", "nothing"]  # with the head and the end of the page


def test_the_public_view_says_nothing_of_findings_or_drafts(tmp_path: Path) -> None:
    root = lay_down(tmp_path, FILES)
    page = live_meeting(root, draft=False).render(today=TODAY).files["panel-report.html"].decode()
    assert 'class="finding"' not in page
    assert "Not for publication" not in page
    assert 'class="finding"' in live_meeting(root).render(today=TODAY).files["panel-report.html"].decode()


@pytest.mark.slow
def test_what_is_held_stays_small_however_often_a_file_is_saved(tmp_path: Path) -> None:
    root = lay_down(tmp_path, FILES)
    live = live_meeting(root)
    begun = live.render(today=TODAY)
    sizes = []
    for count in range(PATCHED):
        edit(root, f"{REPORT}/02-robbery.md", f"---\ntitle: Robbery\n---\n\nWords number {count} of them.\n")
        live.render(today=TODAY)
        assert live._opened is not None
        sizes.append(len(live._opened.session.memory.kept))
    assert len(live.held) == HELD
    assert sizes[2:] == [sizes[2]] * len(sizes[2:])
    rendering = live.latest
    assert rendering is not None
    assert len(live.cut) == PATCHED
    assert begun.number not in live.cut
    first = next(iter(live.cut.values()))["panel-report"]  # to be patched, however many saved meanwhile
    assert any(one is other for one, other in zip(first, rendering.pieces["panel-report"], strict=True))


def test_searches_for_rubbish_pass_over_the_papers_once_they_are_read(tmp_path: Path) -> None:
    live = live_meeting(lay_down(tmp_path, FILES))
    live.render(today=TODAY)
    gc.unfreeze()
    try:
        live.settle()
        assert gc.get_freeze_count() > 10_000
        gc.unfreeze()
        live.settle()  # neither settings nor data were read since
        assert gc.get_freeze_count() == 0
    finally:
        gc.unfreeze()


def test_a_fault_of_papergens_own_is_told_and_the_last_papers_stay(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def faulty() -> None:
        desk = Desk(lay_down(tmp_path, FILES), never, today=lambda: TODAY, now=lambda: datetime.now(UTC))
        good = await desk.rendering(MEETING, draft=True)
        edit(desk.root, f"{REPORT}/02-robbery.md", "---\ntitle: Robbery\n---\n\nOther words.\n")
        with monkeypatch.context() as patched:
            patched.setattr("papergen.serve.live.assemble", lambda _session: 1 / 0)
            await desk.changed([f"content/{REPORT}/02-robbery.md"])
            bad = await desk.rendering(MEETING, draft=True)
        assert [found.code.id for found in bad.findings] == ["O110"]
        assert desk.live(MEETING, draft=True).last_good is good
        edit(desk.root, f"{REPORT}/02-robbery.md", "---\ntitle: Robbery\n---\n\nBetter words.\n")
        await desk.changed([f"content/{REPORT}/02-robbery.md"])
        assert b"Better words." in (await desk.rendering(MEETING, draft=True)).files["panel-report.html"]
        desk.close()

    with ThreadPoolExecutor(1) as thread:  # the browser of other tests has the loop of this one
        thread.submit(lambda: asyncio.run(faulty())).result()


class Told:
    """A page's socket that keeps what it was told."""

    def __init__(self) -> None:
        self.heard: list[dict[str, object]] = []

    async def send_text(self, text: str) -> None:
        self.heard.append(json.loads(text))


@pytest.mark.parametrize("lacking", ["drawings", "a template", "pages"])
def test_a_print_edition_that_cannot_be_made_is_told(
    lacking: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def faulty() -> list[dict[str, object]]:
        desk = Desk(lay_down(tmp_path, FILES), never, today=lambda: TODAY, now=lambda: datetime.now(UTC))
        told = Told()
        desk.watchers.add(Watcher(cast("WebSocket", told), Person(), MEETING, True, wants_print=True))
        await desk.rendering(MEETING, draft=True)
        match lacking:
            case "drawings":
                monkeypatch.setattr(desk.live(MEETING, draft=True), "printable", lambda _rendering: 1 / 0)
            case "a template":
                lay_down(desk.root, {"../templates/panel-report.docx": "This is no template."})
            case _:
                monkeypatch.setattr(desk.printer, "print", lambda _request: 1 / 0)
        await desk.print_now()
        desk.close()
        return told.heard

    with ThreadPoolExecutor(1) as thread:
        heard = thread.submit(lambda: asyncio.run(faulty())).result()
    assert [(each["type"], each["failed"]) for each in heard] == [("print", True)]


def test_papers_whose_pages_are_refused_afterwards_are_taken_back(tmp_path: Path) -> None:
    root = lay_down(tmp_path, FILES)
    live = live_meeting(root)
    good = live.render(today=TODAY)
    bad = live.render(today=TODAY)
    refused = live.refuse(bad.findings)
    assert refused is not None
    assert not refused.is_good
    assert live.last_good is good
    assert bad not in live.held


@pytest.mark.parametrize(
    ("page", "keys", "cut"),
    [
        ("<p>a</p>", {"b"}, [("", "<p>a</p>")]),
        ('<p>a</p><h2 id="b">B</h2><p>c</p>', {"b"}, [("", "<p>a</p>"), ("b", '<h2 id="b">B</h2><p>c</p>')]),
        ('<h2 class="toc" id="_contents">C</h2>', {"b"}, [("", '<h2 class="toc" id="_contents">C</h2>')]),
        (
            '<h2 class="x" id="b">B</h2><h3 id="c">C</h3>',
            {"b", "c"},
            [("", ""), ("b", '<h2 class="x" id="b">B</h2>'), ("c", '<h3 id="c">C</h3>')],
        ),
    ],
)
def test_a_page_is_cut_before_the_headings_of_its_sections(
    page: str, keys: set[str], cut: list[tuple[str, str]]
) -> None:
    assert pieces_of(page, keys) == tuple(PagePiece(key, html) for key, html in cut)
