"""The shell of a Word template as HTML: the layout of a PDF, and the rules for the looks of its words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import assert_never

from papergen.write.css import Inks, css_name, letters_css, line_css, paragraph_css, points, rule, sides_css
from papergen.write.elements import element, start_tag
from papergen.write.looks import Letters, ParagraphLook, Stop
from papergen.write.page_borders import border_css
from papergen.write.shell import (
    PageCount,
    RunningHeading,
    Shell,
    ShellBlock,
    ShellCell,
    ShellInline,
    ShellLine,
    ShellPages,
    ShellParagraph,
    ShellPicture,
    ShellRow,
    ShellTab,
    ShellTag,
    ShellWords,
)

PICTURE_HEIGHT, PICTURE_HEIGHT_LANDSCAPE = 0.754, 0.788
"""The part of a page that a picture may be high, so that its caption has room below it."""
_LISTS = frozenset({"list-bullet", "list-number"})
"""Classes of the lists of papers, which a paragraph of the shell in a style of that name is not."""
_LINE, _TAB = 1.2, 18.0
"""The height of a line in times of its letters, and half the way between two of Word's own tab stops."""
_LEAST_ROOM = 144.0


@dataclass
class ShellWriter:
    """Writes blocks of a shell, and keeps a class for each look among them, and the levels of running headings.

    ``column`` is the width of the text.
    """

    fonts: Mapping[str, str]
    inks: Inks
    addresses: Mapping[str, str] = field(default_factory=dict)
    column: float = 0.0
    rules: dict[str, str] = field(default_factory=dict)
    running: set[int] = field(default_factory=set)

    def blocks(self, blocks: Iterable[ShellBlock], *, ground: str = "", plain: bool = False) -> str:
        """Blocks, each on a line; those that are ``plain`` take the looks of the page where they have no ground."""
        return "\n".join(self._block(block, ground, plain) for block in blocks)

    def _block(self, block: ShellBlock, ground: str, plain: bool) -> str:
        match block:
            case ShellTag(written=written):
                return written
            case ShellRow(cells=cells, share=share):
                narrow = self._class("row", {"width": f"{share * 100:.2f}%"}) if share < 1 else ""
                return element("div", "".join(self._cell(cell, ground, plain) for cell in cells), ["shell-row", narrow])
            case ShellParagraph():
                return self._paragraph(block, ground, plain)
            case _:
                assert_never(block)

    def _cell(self, cell: ShellCell, ground: str, plain: bool) -> str:
        room = {f"padding-{side}": points(width) for side, width in cell.room.items() if width}
        said = {"width": f"{cell.share * 100:.2f}%", **room, "background": cell.ground, **sides_css(cell.sides)}
        at = {"center": "at-middle", "bottom": "at-bottom"}.get(cell.at, "") if not cell.ground else ""
        names = ["shell-cell", at, self._class("cell", said)]
        return element("div", self.blocks(cell.blocks, ground=cell.ground or ground, plain=plain), names)

    def _paragraph(self, paragraph: ShellParagraph, ground: str, plain: bool) -> str:
        look, name = paragraph.look, css_name(paragraph.style)
        name = f"shell-{name}" if name in _LISTS else name
        stands_on = look.ground or ground
        if plain and not stands_on:
            segments = self._segments(replace(paragraph, look=ParagraphLook()), "", plain=True)
            names = [name, "tabbed"] if len(segments) > 1 else [name]
            words = self._tabbed(segments, _hanging(look), apart=" ") if len(segments) > 1 else segments[0]
            return element("h1" if paragraph.is_title else "p", words, names)
        where = f"“{paragraph.style}”"
        segments = self._segments(paragraph, stands_on)
        inner = segments[0] if len(segments) == 1 else self._tabbed(segments, look)
        if len(segments) > 1:  # each segment is a box of its own, into which no line may stand in or out
            look = replace(look, left=look.left + look.first, first=0.0)
        used = any(isinstance(each, ShellWords) and each.letters == look.letters for each in paragraph.inlines)
        ink = self.inks.on(stands_on, look.letters.colour if used else "", where)
        said = {
            **paragraph_css(look),
            **letters_css(look.letters, ink=ink, fonts=self.fonts),
            **line_css(look),
            "max-width": self._end(look) if len(segments) > 1 else "",
        }
        ends = "page-break" if paragraph.ends_page else ""
        names = [name, self._class(name, said), "tabbed" if len(segments) > 1 else "", ends]
        return element("h1" if paragraph.is_title else "p", inner, names)

    def _end(self, look: ParagraphLook) -> str:
        """How wide a line with tabs is whose right one stands before the margin; nothing for any other line."""
        end = next((stop.at for stop in look.stops if stop.kind == "right"), self.column)
        return points(end - look.left) if end < self.column - _TAB else ""

    def _segments(self, paragraph: ShellParagraph, ground: str, *, plain: bool = False) -> list[str]:
        """What stands between the tabs of a paragraph; a tag that asks stands where it was, outside every span."""
        segments = [""]
        for each in paragraph.inlines:
            if isinstance(each, ShellTab):
                segments.append("")
            else:
                base = each.letters if plain and isinstance(each, ShellWords) else paragraph.look.letters
                segments[-1] += self._inline(each, base, ground)
        return segments

    def _tabbed(self, segments: list[str], look: ParagraphLook, *, apart: str = "") -> str:
        """Segments at the stops of their tabs: those at the left have a width, others are pushed to their side.

        A span ends where the next one begins, so that a tag around a tab asks for both; ``apart`` parts them for who
        reads the words alone.
        """
        hangs = [Stop(look.left, "left")] if look.first < 0 else []
        stops = [*hangs, *(stop for stop in look.stops if stop.at > max(look.left, 0))]
        if not stops and not apart:
            after = [self._class("tab", {"margin-left": points(_TAB), "flex": "1 1 0"})]
            spans = (start_tag("span", after if number else []) + each for number, each in enumerate(segments))
            return "".join(f"{each}</span>" for each in spans)
        if len(segments) == 2 and stops and stops[0].kind == "center":
            segments = [*segments, ""]
        start, html = look.left + look.first, ""
        for number, segment in enumerate(segments):
            stop = stops[number] if number < len(stops) else None
            is_last = number == len(segments) - 1
            names = ["at-right"] if number and is_last else []
            if stop is not None and stop.kind == "left" and not is_last:
                names = ["tab-left", self._class("tab", {"width": points(max(stop.at - start, 10))})]
                start = stop.at
            elif number and stops and stops[min(number, len(stops)) - 1].kind == "left":
                names = [self._class("tab", {"flex": "1 1 0"})]
            html += f"{f'</span>{apart}' if number else ''}{start_tag('span', names)}{segment}"
        return f"{html}</span>"

    def _inline(self, inline: ShellInline, base: Letters, ground: str) -> str:
        match inline:
            case ShellWords(html=html, letters=letters):
                return self._span(html, letters, base, ground)
            case ShellTag(written=written):
                return written
            case PageCount(of_all=of_all, letters=letters):
                name = "page-count" if of_all else "page-number"
                return self._span(element("span", "", [name]), letters, base, ground)
            case RunningHeading(level=level, letters=letters):
                self.running.add(level)
                return self._span(element("span", "", [f"running-{level}"]), letters, base, ground)
            case ShellTab():
                return " "
            case ShellLine():
                return "<br>"
            case ShellPicture():
                return self.picture(inline)
            case _:
                assert_never(inline)

    def _span(self, html: str, letters: Letters, base: Letters, ground: str) -> str:
        if letters == base:
            return html
        stands_on = letters.ground or ground
        ink = self.inks.on(stands_on, letters.colour, "the template’s own text")
        said = letters_css(letters, ink=ink, fonts=self.fonts, base=replace(base, colour=""))
        if letters.colour == base.colour and letters.ground == base.ground:
            said.pop("color", None)
        if letters.ground:
            said["background"] = letters.ground
        if letters.raised:
            said |= {"vertical-align": "super" if letters.raised > 0 else "sub", "font-size": "68%"}
        return element("span", html, [self._class("words", said)]) if said else html

    def picture(self, picture: ShellPicture) -> str:
        """A picture; one that is decorative is a ground, which nobody is told of."""
        address = self.addresses.get(picture.address, picture.address)
        size = {"width": points(picture.width), "height": points(picture.height)}
        names = ["crest", f"crest-{picture.side}" if picture.side else ""]
        if picture.alternative:
            return start_tag("img", [*names, self._class("crest", size)], {"src": address, "alt": picture.alternative})
        drawn = {**size, "background-image": f"url({address})", "background-size": "100% 100%"}
        return element("span", "", [*names, self._class("crest", drawn)])

    def _class(self, kind: str, said: Mapping[str, str]) -> str:
        """The class that says so, which is made when it is first asked for."""
        written = rule("", said)
        if not written:
            return ""
        return self.rules.setdefault(written, f"own-{kind}-{len(self.rules) + 1}")

    def stylesheet(self) -> str:
        """The rules of every class that was given."""
        headings = (
            f".heading-{level} {{ string-set: running-{level} attr(data-title) }}\n"
            f".running-{level}::before {{ content: string(running-{level}) }}\n"
            for level in sorted(self.running)
        )
        return "".join((*(f".{name}{said}" for said, name in self.rules.items()), *headings))


def _hanging(look: ParagraphLook) -> ParagraphLook:
    """A paragraph of a page as far as its first line stands out, before which a mark or a label stands."""
    return ParagraphLook(left=max(-look.first, 0.0), first=min(look.first, 0.0))


def print_layout(shell: Shell, writer: ShellWriter) -> str:
    """The layout of a PDF: what runs in its margins, the title block, and the places of contents and body."""
    lines: list[str] = []
    for stories, kind in ((shell.headers, "header"), (shell.footers, "footer")):
        for key, blocks in stories.items():
            name = "running-" + ("" if key == "default" else f"{key}-") + kind
            lines.append(element("div", writer.blocks(blocks), [name]))
    for number, pages in enumerate(shell.before):
        for kind, blocks in (pages.running or {}).items():
            lines.append(element("div", writer.blocks(blocks), [f"running-shell-{number}-{kind}"]))
    for number, pages in enumerate(shell.before):
        name = f"shell-pages-{number}" if _has_own_pages(shell, pages) else ""
        names = ["title-block", name, "page-break" if pages.end_page and not name else ""]
        lines.append(element("header", "\n" + writer.blocks(pages.blocks) + "\n", names))
    if not any(has_title(pages.blocks) for pages in shell.before):
        lines.append('<h1 class="title">{{ paper.title }}</h1>')
    lines += ["{{ head }}", "{{ contents }}", "{{ body }}"]
    if shell.after:
        lines.append(writer.blocks(shell.after))
    return "\n".join(lines) + "\n"


def has_title(blocks: Iterable[ShellBlock]) -> bool:
    """Whether the title of the paper stands among blocks."""
    for block in blocks:
        match block:
            case ShellParagraph(is_title=is_title):
                if is_title:
                    return True
            case ShellRow(cells=cells):
                if any(has_title(cell.blocks) for cell in cells):
                    return True
            case ShellTag():
                pass
            case _:
                assert_never(block)
    return False


def page_rules(shell: Shell) -> Iterator[str]:
    """The rules of the pages: paper, margins as far as headers and footers leave them, and what runs in them."""
    page = shell.page
    margins = _margins(shell, "default")
    around = " ".join(map(points, (margins["top"], page.right, margins["bottom"], page.left)))
    yield f"@page {{ size: {points(page.width)} {points(page.height)}; margin: {around}; {border_css(page)}"
    yield f" @top-center {{ padding-top: {points(page.header)}; content: {_running(shell, 'default', 'header')} }}"
    running = _running(shell, "default", "footer")
    yield f" @bottom-center {{ padding-bottom: {points(page.footer)}; content: {running} }}"
    yield " }\n"
    for key, selector in (("even", ":left"), ("first", ":first")):
        kinds = [(at, kind) for at, kind in (("top", "header"), ("bottom", "footer"))]
        if any(key in stories for stories in (shell.headers, shell.footers)):
            theirs = _margins(shell, key)
            said = " ".join(
                (
                    *(f"margin-{at}: {points(theirs[at])};" for at in theirs if theirs != margins),
                    *(f"@{at}-center {{ content: {_running(shell, key, kind)} }}" for at, kind in kinds),
                )
            )
            yield f"@page {selector} {{ {said} }}\n"
    turned = page.turned()
    yield f"@page landscape {{ size: {points(turned.width)} {points(turned.height)}; {border_css(turned)} }}\n"
    yield f".figure img {{ max-height: {points(page.room * PICTURE_HEIGHT)} }}\n"
    yield f".landscape .figure img {{ max-height: {points(turned.room * PICTURE_HEIGHT_LANDSCAPE)} }}\n"
    for number, pages in enumerate(shell.before):
        if _has_own_pages(shell, pages):
            yield from _own_pages(number, pages, shell)


def _has_own_pages(shell: Shell, pages: ShellPages) -> bool:
    return pages.page != shell.page or pages.running is not None


def _own_pages(number: int, pages: ShellPages, shell: Shell) -> Iterator[str]:
    """The rules of pages before the body that are not its own."""
    own, running = pages.page, pages.running
    name = f"running-shell-{number}"
    held = {kind: {"default": blocks} for kind, blocks in (running or {}).items() if blocks}
    theirs = replace(shell, page=own, headers=held.get("header", {}), footers=held.get("footer", {}))
    margins = _margins(theirs if running is not None else replace(shell, page=own), "default")
    around = " ".join(map(points, (margins["top"], own.right, margins["bottom"], own.left)))
    yield f"@page shell-{number} {{ size: {points(own.width)} {points(own.height)}; margin: {around};"
    yield f" {border_css(own) or 'background: none;'}"
    for at, kind in (("top", "header"), ("bottom", "footer")) if running is not None else ():
        yield f" @{at}-center {{ content: {f'element({name}-{kind})' if kind in held else 'none'} }}"
    yield f" }}\n.shell-pages-{number} {{ page: shell-{number} }}\n"
    for kind in running or ():
        yield f".{name}-{kind} {{ position: running({name}-{kind}) }}\n"


def _margins(shell: Shell, key: str) -> dict[str, float]:
    """The margins above and below the text of such pages, as far as their own header and footer leave them."""
    page = shell.page
    most = (page.height - _LEAST_ROOM) / 2
    margins = {}
    for at, margin, edge, stories in (
        ("top", page.top, page.header, shell.headers),
        ("bottom", page.bottom, page.footer, shell.footers),
    ):
        blocks = stories.get(_story_of(stories, key), ())
        margins[at] = max(margin, min(edge + _height(blocks, page.column), most) if blocks else 0.0, 0.0)
    return margins


def _story_of(stories: Mapping[str, object], key: str) -> str:
    """The key of the header or footer that such pages have: an even page without its own has that of the others."""
    return "default" if key == "even" and key not in stories else key


def _running(shell: Shell, key: str, kind: str) -> str:
    stories = shell.headers if kind == "header" else shell.footers
    used = _story_of(stories, key)
    if used not in stories:
        return "none"
    return f"element(running-{'' if used == 'default' else f'{used}-'}{kind})"


def _height(blocks: Iterable[ShellBlock], width: float) -> float:
    """About how high blocks stand in a column, with the room below the last."""
    total = below = 0.0
    for block in blocks:
        match block:
            case ShellParagraph(look=look):
                letters = sum(len(each.html) for each in block.inlines if isinstance(each, ShellWords))
                lines = 1 + int(letters * look.letters.size * 0.45 / max(width, 50))
                lines += sum(isinstance(each, ShellLine) for each in block.inlines)
                high = lines * (look.line if look.exact else look.line * look.letters.size * _LINE)
                pictures = [each.height for each in block.inlines if isinstance(each, ShellPicture)]
                sides = sum(edge.room + edge.width for side, edge in look.sides.items() if side in {"top", "bottom"})
                total += max(below, look.before) + max([high, *pictures]) + sides
                below = look.after
            case ShellRow(cells=cells, share=share):
                room = [cell.room.get("top", 0) + cell.room.get("bottom", 0) for cell in cells]
                inside = [_height(cell.blocks, width * share * cell.share) for cell in cells]
                total += below + max(map(sum, zip(inside, room, strict=True)), default=0.0)
                below = 0.0
            case ShellTag():
                pass
            case _:
                assert_never(block)
    return total + below
