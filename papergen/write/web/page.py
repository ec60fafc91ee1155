"""A paper as a page of the panel's web site."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path
from urllib.parse import quote

from papergen import __version__
from papergen.diagnostics import Diagnostic, Diagnostics
from papergen.model.nodes import Figure, Paper
from papergen.model.walk import find
from papergen.values.chrome import Chrome, chrome
from papergen.write.dress import Dress
from papergen.write.elements import element, start_tag
from papergen.write.layout import LayoutUse, check_layout, fill_layout
from papergen.write.web.drawing import drawing_of
from papergen.write.web.findings import DraftFindings, files_of, place_findings
from papergen.write.web.policy import check_page, check_stylesheet_asks
from papergen.write.web.writer import Keep, WebWriter, afresh

STYLESHEET = "web.css"
LAYOUT_ENDING = ".web.html"
EDITIONS = "editions"
SLOTS = frozenset({EDITIONS})
"""The places that a layout for the web has besides those for the contents list and the body."""

_KINDS = {"pdf": "PDF", "docx": "Word"}
_LINKS_TO_COME = "<!-- papergen: editions -->"
"""Stands where a page links to what lies beside it; the words of a paper cannot hold it, since they are escaped."""


@dataclass(frozen=True, slots=True)
class Edition:
    """A file that lies beside the page: its name, its bytes, and its pages where it has any."""

    name: str
    size: int = 0
    pages: int = 0


@dataclass(frozen=True, slots=True)
class WrittenPapers:
    """What is written of the meeting: all its papers, and every file that will lie beside a page."""

    papers: tuple[Paper, ...]
    editions: Sequence[Edition]


@dataclass(frozen=True, slots=True)
class ComposedPage:
    """A page that is whole but for its links to what lies beside it: how long and large that is may be known later."""

    paper: Paper
    dress: Dress
    text: str

    def linked(self, beside: WrittenPapers) -> bytes:
        """The page with its links."""
        return self.text.replace(_LINKS_TO_COME, _editions(self.paper, beside)).encode()


def web_stylesheet() -> str:
    """The rules of every page, which no Word template has a say in."""
    return Path(__file__).with_name(STYLESHEET).read_text(encoding="utf-8")


def write_page(
    paper: Paper, *, dress: Dress, beside: WrittenPapers, findings: Iterable[Diagnostic], diagnostics: Diagnostics
) -> bytes | None:
    """The page, or None with diagnostics about the layout or stylesheet.

    ``findings`` are shown in a draft only.  The page holds all that it needs: its policy lets it ask for nothing.
    """
    found = Diagnostics()
    composed = compose_page(paper, dress=dress, beside=beside, findings=findings, diagnostics=found)
    page = None if composed is None else composed.linked(beside)
    if page is not None:
        check_composed(paper, dress, page, found)
    diagnostics.extend(found)
    return None if found.has_errors else page


def compose_page(
    paper: Paper,
    *,
    dress: Dress,
    beside: WrittenPapers,
    findings: Iterable[Diagnostic],
    diagnostics: Diagnostics,
    keep: Keep = afresh,
) -> ComposedPage | None:
    """The page as ``write_page`` gives it, before what the layout brought into it has been looked at.

    Of what lies beside it the names are enough.
    """
    layout_file, layout = dress.web_layout_file, dress.web_layout
    found = Diagnostics()
    check_stylesheet_asks(f"templates/{STYLESHEET}", dress.web_exceptions, found)
    stylesheet = "\n".join((dress.web_looks, web_stylesheet(), dress.web_exceptions))
    others = frozenset[str]().union(*(files_of(other) for other in beside.papers if other.name != paper.name))
    shown = place_findings(paper, findings, others) if paper.draft else DraftFindings()
    files = frozenset(edition.name for edition in beside.editions)
    writer = WebWriter(paper, headings=dress.headings, files=files, findings=shown, keep=keep)
    inside = fill_layout(
        layout_file,
        layout,
        fields=_fields(paper),
        body=f"{writer.body()}\n{writer.notes()}",
        contents=writer.contents(),
        head=writer.head(),
        more={EDITIONS: _LINKS_TO_COME if _editions(paper, beside) else ""},
        diagnostics=found,
    )
    diagnostics.extend(found)
    if inside is None or found.has_errors:
        return None
    return ComposedPage(paper, dress, _page(paper, stylesheet, shown.head() if paper.draft else "", inside))


def check_composed(paper: Paper, dress: Dress, page: bytes, found: Diagnostics) -> None:
    """Report what a layout brought into a composed page that may not stand there."""
    check_page(dress.web_layout_file, dress.web_layout, _without_charts(page.decode(), paper), found)


def _without_charts(page: str, paper: Paper) -> str:
    """The page with an empty drawing for each chart, which holds nothing foreign and takes long to read."""
    parts, passed = [], 0
    for found in find((paper,), Figure):
        drawing = drawing_of(found.node) if found.node.alternative and found.node.drawn.vector else ""
        at = page.find(drawing, passed) if drawing else -1
        if at >= 0:
            parts += [page[passed:at], "<svg></svg>"]
            passed = at + len(drawing)
    return "".join([*parts, page[passed:]])


def check_web_layout(
    name: str, layout: str, *, fields: Mapping[str, str], diagnostics: Diagnostics
) -> LayoutUse | None:
    """What a layout uses, with a diagnostic for all that is wrong in it, looked at with every field and with none."""
    use = check_layout(name, layout, fields=fields, more=SLOTS, diagnostics=diagnostics)
    for words in (fields, dict.fromkeys(fields, "")) if use is not None else ():
        inside = fill_layout(
            name, layout, fields=words, body="<p>…</p>", contents="", more={EDITIONS: ""}, diagnostics=Diagnostics()
        )
        if inside is not None:
            check_page(name, layout, f"<!DOCTYPE html><html><body>\n{inside}", diagnostics)
    return use


def _fields(paper: Paper) -> Mapping[str, str]:
    """The fields of a paper; no page says of a body that hosts itself that it is its own host authority."""
    host = "panel.host_authority"
    hosts_itself = paper.fields.get(host, "").casefold() == paper.fields.get("panel.name", "").casefold()
    return {**paper.fields, host: ""} if host in paper.fields and hosts_itself else paper.fields


def _page(paper: Paper, stylesheet: str, findings: str, inside: str) -> str:
    skip = element("a", chrome(paper.language).skip, ["skip-link"], {"href": "#main"})
    classes = [paper.kind.value, "draft" if paper.draft else "final"]
    body = element("body", "\n".join(part for part in (skip, findings, inside) if part), classes)
    html = start_tag("html", (), {"lang": paper.language})
    return "\n".join(["<!DOCTYPE html>", html, _head(paper, stylesheet), body, "</html>\n"])


def _head(paper: Paper, stylesheet: str) -> str:
    words, sheet = chrome(paper.language), stylesheet.strip()
    digest = base64.b64encode(hashlib.sha256(sheet.encode()).digest()).decode("ascii")
    fonts = " font-src data:;" if "@font-face" in sheet else ""
    policy = (
        f"default-src 'none'; style-src 'sha256-{digest}'; img-src data:;{fonts} base-uri 'none'; form-action 'none'"
    )
    panel, day, name = (paper.fields.get(field, "") for field in ("panel.name", "meeting.date", "paper.name"))
    title = " – ".join(part for part in (paper.title, name, panel) if part)
    metadata = {
        "viewport": "width=device-width, initial-scale=1",
        "color-scheme": "light dark",
        "description": words.description.format(name=name, panel=panel, day=day, title=paper.title),
        "author": paper.author,
        "generator": f"papergen {__version__}",
        "robots": "noindex" if paper.draft else "",
    }
    head = [
        start_tag("meta", (), {"charset": "utf-8"}),
        start_tag("meta", (), {"http-equiv": "Content-Security-Policy", "content": policy}),
        element("title", escape(f"{words.draft}: {title}" if paper.draft else title, quote=False)),
        *(start_tag("meta", (), {"name": each, "content": said}) for each, said in metadata.items() if said),
        start_tag("link", (), {"rel": "icon", "href": "data:,"}),  # or a browser would ask the site for /favicon.ico
        element("style", sheet),
    ]
    return element("head", "\n".join(head))


def _editions(paper: Paper, beside: WrittenPapers) -> str:
    """Links to the same paper as PDF and Word, and to the other papers of the meeting, as far as they are written."""
    words, known = chrome(paper.language), {edition.name: edition for edition in beside.editions}
    links = [
        _link(known[name], f"{paper.fields.get('paper.name', '') or paper.title}: {kind}", words)
        for ending, kind in _KINDS.items()
        if (name := f"{paper.name}.{ending}") in known
    ]
    links += [
        _link(Edition(name), f"{other.fields.get('paper.name', '')}: {other.title}".removeprefix(": "), words)
        for other in beside.papers
        if other.name != paper.name and (name := f"{other.name}.html") in known
    ]
    if not links:
        return ""
    items = "\n".join(element("li", link) for link in links)
    return element("nav", element("ul", items), ["editions"], {"aria-label": words.editions})


def _link(edition: Edition, title: str, words: Chrome) -> str:
    about = [words.pages_of(edition.pages) if edition.name.endswith(".pdf") else ""]
    about.append(_size(edition.size) if edition.size else "")
    told = ", ".join(part for part in about if part)
    link = element("a", escape(title, quote=False), (), {"href": quote(edition.name)})
    return f"{link} {element('span', f'({told})', ['about'])}" if told else link


def _size(count: int) -> str:
    return f"{count / 1_000_000:.1f} MB" if count >= 1_000_000 else f"{max(1, round(count / 1000))} kB"
