"""The structure tree of a finished PDF, read as a reader of it would, and what is wrong in it that veraPDF passes."""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import pikepdf

_MARKED = re.compile(rb"/MCID\s+(\d+)\s*>>\s*BDC\b")
_TEXT = re.compile(rb"/Span\s*<<\s*/MCID\s+(\d+)\s*>>\s*BDC\b(.*?)\bEMC\b", re.DOTALL)
_SHOWN = re.compile(rb"/(\w+) [\d.]+ Tf\b|\[(.*?)\] TJ\b", re.DOTALL)
_PAIR = re.compile(rb"^<([0-9a-fA-F]{4})> <([0-9a-fA-F]+)>$", re.MULTILINE)


@dataclass(eq=False)
class Element:
    """A structure element: what it holds (words, pictures as nothing, and elements) and the entries it has."""

    kind: str
    entries: dict[str, Any]
    holds: list[Element | str] = field(default_factory=list)
    links: list[pikepdf.Object] = field(default_factory=list)

    @property
    def kids(self) -> list[Element]:
        return [each for each in self.holds if isinstance(each, Element)]

    @property
    def words(self) -> str:
        return "".join(each if isinstance(each, str) else each.words for each in self.holds)

    def walk(self) -> Iterator[Element]:
        yield self
        for kid in self.kids:
            yield from kid.walk()

    def all(self, *kinds: str) -> list[Element]:
        return [each for each in self.walk() if each.kind in kinds]

    def attribute(self, owner: str, name: str) -> str:
        """An attribute of the element, or nothing."""
        found = self.entries.get("/A", pikepdf.Array())
        for said in found if isinstance(found, pikepdf.Array) else [found]:
            if said.get("/O") == f"/{owner}" and f"/{name}" in said:
                return str(said[f"/{name}"])
        return ""


class Tagged:
    """A PDF that is open for reading its tags."""

    def __init__(self, data: bytes) -> None:
        self.pdf = pikepdf.open(io.BytesIO(data))
        self.words = _words(self.pdf)
        self.seen: Counter[tuple[int, int]] = Counter()
        self._pages = {page.obj.objgen: index for index, page in enumerate(self.pdf.pages)}
        self.root = self._read(self.pdf.Root.StructTreeRoot.K, -1)

    def _read(self, found: Any, page: int) -> Element:
        page = self._pages[found.Pg.objgen] if "/Pg" in found else page
        element = Element(str(found.S)[1:], {key: found[key] for key in found.keys()})  # noqa: SIM118
        for kid in _kids(found):
            if isinstance(kid, int):
                element.holds.append(self._marked(page, kid))
            elif kid.get("/Type") == "/MCR":
                element.holds.append(self._marked(self._pages[kid.Pg.objgen], int(kid.MCID)))
            elif kid.get("/Type") == "/OBJR":
                element.links.append(kid.Obj)
            else:
                assert kid.P.objgen == found.objgen
                element.holds.append(self._read(kid, page))
        return element

    def _marked(self, page: int, number: int) -> str:
        self.seen[page, number] += 1
        return self.words.get((page, number), "")


def _kids(found: Any) -> list[Any]:
    kids = found.get("/K", pikepdf.Array())
    return list(kids) if isinstance(kids, pikepdf.Array) else [kids]


def _named(pdf: pikepdf.Pdf, path: str) -> list[str]:
    """The names in a name tree of the file, or none."""
    found: Any = pdf.Root
    for part in path.split():
        found = found.get(part, pikepdf.Dictionary())
    return [str(name) for name in list(found.get("/Names", pikepdf.Array()))[::2]]


def _words(pdf: pikepdf.Pdf) -> dict[tuple[int, int], str]:
    """The words of marked content as they are in the file, letter by letter, by its page and its number there."""
    found: dict[tuple[int, int], str] = {}
    letters: dict[tuple[int, int], dict[bytes, str]] = {}
    for index, page in enumerate(pdf.pages):
        for number, content in _TEXT.findall(page.obj.Contents.read_bytes()):
            words = ""
            font: dict[bytes, str] = {}
            for name, glyphs in _SHOWN.findall(content):
                if name:
                    used = page.Resources.Font[f"/{name.decode()}"]
                    font = letters[used.objgen] = letters.get(used.objgen) or _letters(used)
                for shown in re.findall(rb"<([0-9a-f]+)>", glyphs):
                    words += "".join(font[shown[at : at + 4]] for at in range(0, len(shown), 4))
            found[index, int(number)] = words
    return found


def _letters(font: pikepdf.Object) -> dict[bytes, str]:
    """What each glyph of a font stands for."""
    pairs = _PAIR.findall(font.ToUnicode.read_bytes())
    return {code.lower(): bytes.fromhex(text.decode()).decode("utf-16-be") for code, text in pairs}


def faults(data: bytes) -> list[str]:
    """What is wrong in the tags of a file, whatever paper it is."""
    tagged = Tagged(data)
    return [
        *_content_faults(tagged),
        *_parent_faults(tagged),
        *_table_faults(tagged.root),
        *_list_faults(tagged.root),
        *_figure_faults(tagged),
        *_link_faults(tagged),
        *_note_faults(tagged),
        *_contents_faults(tagged.root),
    ]


def _content_faults(tagged: Tagged) -> Iterator[str]:
    """Marked content is in the tree once."""
    marked: set[tuple[int, int]] = set()
    for index, page in enumerate(tagged.pdf.pages):
        marked |= {(index, int(number)) for number in _MARKED.findall(page.obj.Contents.read_bytes())}
        if page.obj.get("/Tabs") != "/S":
            yield f"page {index + 1} is not tabbed through in the order of its structure"
    for page_number, number in sorted(marked ^ set(tagged.seen)):
        yield f"marked content {number} of page {page_number + 1} is in the tree or on the page alone"
    for (page_number, number), times in tagged.seen.items():
        if times > 1:
            yield f"marked content {number} of page {page_number + 1} is in the tree {times} times"


def _parent_faults(tagged: Tagged) -> Iterator[str]:
    """What is marked on pages leads to the element that holds it."""
    tree = tagged.pdf.Root.StructTreeRoot
    numbers = list(tree.ParentTree.Nums)
    parents = {int(key): value for key, value in zip(numbers[::2], numbers[1::2], strict=True)}
    for index, page in enumerate(tagged.pdf.pages):
        owners = parents[int(page.obj.StructParents)]
        for number in sorted(number for at, number in tagged.seen if at == index):
            owner = owners[number]
            if number not in [kid if isinstance(kid, int) else kid.get("/MCID", -1) for kid in _kids(owner)]:
                yield f"marked content {number} of page {index + 1} leads to an element that does not hold it"
        for annotation in page.obj.get("/Annots", []):
            if parents[int(annotation.StructParent)].S != "/Link":
                yield f"a link on page {index + 1} leads to an element that is none"


def _widths(rows: Sequence[Element]) -> Iterator[int]:
    """How many columns each row takes, with the cells of the row above that reach into it."""
    reaching = 0
    for row in rows:
        spans = [(_span(cell, "ColSpan"), _span(cell, "RowSpan")) for cell in row.kids]
        yield reaching + sum(columns for columns, _ in spans)
        reaching = sum(columns for columns, deep in spans if deep > 1)


def _span(cell: Element, name: str) -> int:
    return int(cell.attribute("Table", name) or 1)


def _table_faults(root: Element) -> Iterator[str]:
    for table in root.all("Table"):
        rows = table.all("TR")
        widths = set(_widths(rows))
        if len(widths) != 1:
            yield f"a table has rows of {sorted(widths)} cells"
        kinds = " ".join(each.kind for each in table.kids)
        if not re.fullmatch(r"(Caption )?(THead )?TBody( TBody)*", kinds):
            yield f"a table is made of {kinds}"
    for head in root.all("TH"):
        if head.attribute("Table", "Scope") not in ("/Column", "/Row"):
            yield f"the header cell “{head.words}” does not say what it heads"


def _list_faults(root: Element) -> Iterator[str]:
    for listed in root.all("L"):
        if {item.kind for item in listed.kids} != {"LI"}:
            yield f"a list is made of {[each.kind for each in listed.kids]}"
        if not listed.attribute("List", "ListNumbering"):
            yield "a list does not say how it is numbered"
        for item in listed.kids:
            if [each.kind for each in item.kids] != ["Lbl", "LBody"]:
                yield f"a list item is made of {[each.kind for each in item.kids]}"


def _figure_faults(tagged: Tagged) -> Iterator[str]:
    boxes = {tuple(float(side) for side in page.obj.MediaBox) for page in tagged.pdf.pages}
    right, top = max(box[2] for box in boxes), max(box[3] for box in boxes)
    for figure in tagged.root.all("Figure"):
        if not str(figure.entries.get("/Alt", "")).strip():
            yield "a figure has no alternative text"
        if figure.kids:
            yield "a figure hides what is in it behind its alternative text"
        (bounds,) = [said.BBox for said in figure.entries["/A"] if "/BBox" in said]
        left, bottom, to, up = (float(side) for side in bounds)
        if not (0 <= left < to <= right and 0 <= bottom < up <= top):
            yield f"a figure is bounded by {left, bottom, to, up}, which is not on the page"
    for caption in tagged.root.all("Caption"):
        if not caption.words.strip():
            yield "a caption is empty"


def _link_faults(tagged: Tagged) -> Iterator[str]:
    held = [link.objgen for element in tagged.root.walk() for link in element.links]
    annotations = [each for page in tagged.pdf.pages for each in page.obj.get("/Annots", [])]
    if sorted(held) != sorted(each.objgen for each in annotations):
        yield "the links on the pages are not those of the tree"
    anchors = _named(tagged.pdf, "/Names /Dests")
    for each in annotations:
        if str(each.get("/Contents", "")) in ("", *anchors):
            yield f"a link does not say where it leads but “{each.get('/Contents', '')}”"
        if int(each.get("/F", 0)) != 4:
            yield "a link does not print"
    for link in tagged.root.all("Link"):
        if not link.links or not link.words.strip():
            yield f"the link “{link.words}” leads nowhere or has no words"
    for element in tagged.root.walk():
        if element.links and element.kind != "Link":
            yield f"a link stands in a {element.kind}"


def _note_faults(tagged: Tagged) -> Iterator[str]:
    root = tagged.root
    notes = root.all("Note")
    ids = [str(note.entries.get("/ID", "")) for note in notes]
    if len(set(ids)) != len(ids) or "" in ids:
        yield f"notes have the ids {ids}"
    if _named(tagged.pdf, "/StructTreeRoot /IDTree") != sorted(ids):
        yield "the ids of notes are not found by name"
    calls = [each for each in root.all("Reference") if not _is_in_contents(each, root)]
    if [call.words.strip() for call in calls] != [note.kids[0].words.strip() for note in notes]:
        yield "notes do not follow their marks"
    for call, note in zip(calls, notes, strict=False):
        for each in (call, note.kids[0]):
            if [kid.kind for kid in each.kids] != ["Link"] or not each.kids[0].links:
                yield f"nothing leads from “{each.words}”"
        if note.kids[0].kind != "Lbl":
            yield f"the note “{note.words}” has no label"


def _is_in_contents(element: Element, root: Element) -> bool:
    return any(element in entry.walk() for entry in root.all("TOCI"))


def _contents_faults(root: Element) -> Iterator[str]:
    for contents in root.all("TOC"):
        if {each.kind for each in contents.kids} - {"TOCI", "TOC"}:
            yield f"a contents list is made of {[each.kind for each in contents.kids]}"
    for entry in root.all("TOCI"):
        links = entry.all("Link")
        if len(links) != 1 or not links[0].links:
            yield f"the entry “{entry.words}” does not lead to its heading"
        if not re.search(r"\d\s*$", entry.words):
            yield f"the entry “{entry.words}” has no page"
