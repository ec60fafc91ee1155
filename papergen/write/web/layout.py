"""The layout of a web page: its own structure, with the words and pictures that a Word template has around the body."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import assert_never

from papergen.write.elements import element
from papergen.write.shell import (
    PageCount,
    RunningHeading,
    Shell,
    ShellBlock,
    ShellInline,
    ShellParagraph,
    ShellPicture,
    ShellRow,
    ShellTab,
    ShellTag,
    ShellWords,
)
from papergen.write.shell_html import ShellWriter, has_title

_SAID = frozenset(
    {"panel.name", "meeting.date", "paper.agenda_item", "paper.head", "paper.status", "paper.name", "paper.title"}
)
"""The fields that a page prints at its head or of a draft, wherever a template prints them."""
_ORDER = ("first", "default", "even")
_WORD = re.compile(r"\w")

_HEAD = """<div class="site-header">
<p class="panel-name">{{ panel.name }}</p>
<p class="meeting-line">{{ words.meeting_of }} {{ meeting.date }}\
{% if paper.agenda_item and not paper.head %} · {{ words.agenda_item }} {{ paper.agenda_item }}{% endif %}</p>
</div>"""
_FOOT = """<p>{{ panel.name }}, {{ meeting.date }}.\
{% if panel.host_authority %} {{ words.host }}{% endif %}</p>
<p><a href="#main">{{ words.to_top }}</a></p>"""
_TITLE = '<h1 class="title">{{ paper.title }}</h1>'


def web_layout(shell: Shell, writer: ShellWriter) -> str:
    """The layout of a page; what a header or footer says on every page stands in it once."""
    headers, footers = _running(shell, shell.headers, "header"), _running(shell, shell.footers, "footer")
    before = [block for pages in shell.before for block in _kept(pages.blocks)]
    title = "" if any(has_title(pages.blocks) for pages in shell.before) else f"{_TITLE}\n"
    letterhead = f"{element('div', writer.blocks(headers), ['letterhead'])}\n" if headers else ""
    lines = [
        f"<header>\n{letterhead}{_HEAD}\n</header>",
        '<main id="main">',
        '<div class="title-block">',
        f"{writer.blocks(before, plain=True)}\n{title}{{{{ head }}}}\n{{{{ editions }}}}",
        "</div>",
        '<div class="columns">\n{{ contents }}\n<div class="paper">\n{{ body }}\n</div>\n</div>',
        "</main>",
        '<footer class="site-footer">',
    ]
    lines += [writer.blocks(list(_kept(shell.after)), plain=True)] if shell.after else []
    lines += [writer.blocks(footers, plain=True)] if footers else []
    return "\n".join([*lines, _FOOT, "</footer>"]) + "\n"


def _running(shell: Shell, stories: Mapping[str, tuple[ShellBlock, ...]], kind: str) -> list[ShellBlock]:
    """What the headers or footers of all pages say, each block once; none where they are tags alone."""
    own = (pages.running[kind] for pages in shell.before if pages.running is not None)
    found = list(_once((*(stories[key] for key in _ORDER if key in stories), *own), rules=kind == "header"))
    return [] if all(isinstance(each, ShellTag) for each in found) else found


def _once(stories: Iterable[tuple[ShellBlock, ...]], *, rules: bool) -> Iterator[ShellBlock]:
    """The blocks of several headers or footers, each once, also where pages that face each other have them mirrored."""
    seen: list[ShellBlock] = []
    said: list[list[str]] = []
    for blocks in stories:
        for block in _kept(blocks, rules=rules):
            words = sorted(_segments(block)) if isinstance(block, ShellParagraph) else []
            if isinstance(block, ShellTag) or (block not in seen and not (words and words in said)):
                seen.append(block)
                said.append(words)
                yield block


def _segments(paragraph: ShellParagraph) -> list[str]:
    """The words between the tabs of a paragraph that holds nothing else; nothing for another one."""
    segments = [""]
    for each in paragraph.inlines:
        match each:
            case ShellWords(html=html):
                segments[-1] += html
            case ShellTab():
                segments.append("")
            case _:
                return []
    return [words for each in segments if (words := each.strip())]


def _kept(blocks: Iterable[ShellBlock], *, rules: bool = False) -> Iterator[ShellBlock]:
    """The blocks that say or show more than a page does anyway, with ``rules`` also those that are a line alone."""
    for block in blocks:
        match block:
            case ShellTag():
                yield block
            case ShellParagraph():
                inlines = tuple(_unpaged(block.inlines))
                is_line = rules and not inlines and bool(block.look.sides)
                if block.is_title or is_line or _says(inlines, block.fields):
                    yield replace(block, inlines=inlines)
            case ShellRow(cells=cells):
                if any(
                    any(isinstance(each, ShellParagraph | ShellRow) for each in _kept(cell.blocks)) for cell in cells
                ):
                    yield ShellRow(tuple(replace(cell, blocks=_whole(cell.blocks)) for cell in cells))
            case _:
                assert_never(block)


def _whole(blocks: tuple[ShellBlock, ...]) -> tuple[ShellBlock, ...]:
    """The blocks of a cell beside others that say something: all of them, but for the numbers of pages."""
    return tuple(
        replace(each, inlines=tuple(_unpaged(each.inlines))) if isinstance(each, ShellParagraph) else each
        for each in blocks
    )


def _says(inlines: tuple[ShellInline, ...], fields: frozenset[str]) -> bool:
    """Whether there are fixed words, pictures or fields that the page does not print anyway."""
    fixed = any(isinstance(each, ShellWords) and "{{" not in each.html and _WORD.search(each.html) for each in inlines)
    printed = any(isinstance(each, ShellWords) and "{{" in each.html for each in inlines)
    return fixed or any(isinstance(each, ShellPicture) for each in inlines) or (printed and bool(fields - _SAID))


def _unpaged(inlines: tuple[ShellInline, ...]) -> Iterator[ShellInline]:
    """What is in a paragraph, without what stands between the same tabs as the number of a page."""
    segments: list[list[ShellInline]] = [[]]
    for each in inlines:
        if isinstance(each, ShellTab):
            segments.append([])
        else:
            segments[-1].append(each)
    kept = [part for part in segments if not any(isinstance(each, PageCount | RunningHeading) for each in part)]
    depth = 0
    for number, part in enumerate(kept):
        if number:
            yield ShellTab()
        for each in part:
            if isinstance(each, ShellTag):
                opens, closes = each.written.startswith("{% if"), "endif" in each.written
                if not opens and not depth:
                    continue
                depth += opens - closes
            yield each
    yield from [ShellTag("{% endif %}")] * depth
