"""Where the paper goes in a letterhead: where a place is marked for it, or where sample text begins."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from papergen.write.docx.stories import block_text
from papergen.write.docx.story_faults import style_name
from papergen.write.docx.template_styles import TemplateStyles
from papergen.write.docx.xml import Element, first, found, is_a, is_on

_PLACE = re.compile(
    r"\W*(?:(?:insert|type|add|enter|put|start)\b.*)?\b(?:text|body|content|report|letter|message)\b(?:\s+(?:goes|starts))?\s+here\b"
    r"|\W*(?:\w+\W+){0,5}(?:text|body|contents?|report|letter|message)\s+(?:goes |starts )?here\W*$"
    r"|\W*\[?\s*(?:body|main) (?:text|of (?:the )?(?:letter|report))\s*\]?\W*$"
    r"|[\[<{«(]+[^\]>}»)]*\b(?:text|body|contents?|insert|type|start|begins?)\b[^\[<{«(]*[\]>}»)]+\W*$"
    r"|lorem ipsum|dear\b|to whom it may concern",
    re.IGNORECASE,
)
_LABEL = re.compile(r"[^:]{1,30}:(?:\s|$)")
_COUNTED = re.compile(r"(?:\d{1,2}\.?|[A-Z]\.)\s+\S")
_SECTION = re.compile(
    r"[\W\d]*(?:introduction|purpose|background|summary|executive summary|context|overview|recommendations?|contents"
    r"|cyflwyniad|diben|cefndir|crynodeb|argymhell\w+)(?: of (?:the )?report)?\W*",
    re.IGNORECASE,
)
_FROM = re.compile(r"report of\b", re.IGNORECASE)
_PLACEHOLDER = re.compile(
    r"\W*(?:(?:insert|type|enter)\s+)?(?:the\s+)?(?:report\s+title|(?:title|name)(?:\s+of\s+(?:the\s+)?(?:report|paper))?)"
    r"(?:\s+here)?\W*",
    re.IGNORECASE,
)
_PROSE, _HEADING = 60, 90


@dataclass(frozen=True, slots=True)
class SampleStart:
    """The first block of sample text, whether the letterhead said so itself, and the title that its look gives away."""

    at: int
    is_sure: bool
    titled: Element | None = None


def place_named(blocks: Sequence[Element], words: str) -> SampleStart | None:
    """The block that begins with ``words``, or None."""
    wanted = " ".join(words.split()).casefold()
    starts = (at for at, each in enumerate(blocks) if words_of(each).casefold().startswith(wanted))
    at = next(starts, None) if wanted else None
    return None if at is None else SampleStart(at, is_sure=True)


def place_of_sample(blocks: Sequence[Element], styles: TemplateStyles) -> SampleStart:
    """Where the sample text of a letterhead begins; below all that it holds where there seems to be none."""
    texts = [words_of(each) for each in blocks]
    marked = next((at for at, text in enumerate(texts) if is_a(blocks[at], "w:p") and _PLACE.match(text)), None)
    if marked is not None:
        while marked > 0 and is_of_a_section(texts[marked - 1]):
            marked -= 1
        return SampleStart(marked, is_sure=True)
    headings = [at for at, each in enumerate(blocks) if texts[at] and is_a(each, "w:p") and level_of(each, styles)]
    within = [found(each, "self::w:p|.//w:p") for each in blocks]  # be it in a cell or a box
    named = (any(style_name(each, styles).casefold() == "title" for each in all_of) for all_of in within)
    titled = next((at for at, is_title in enumerate(named) if is_title), None)
    if titled is None and headings and not is_of_a_section(texts[headings[0]]):
        titled = headings[0]
    for at in range(len(blocks)):
        is_below = titled is None or at > titled
        if is_below and at in headings:
            return SampleStart(at, is_sure=False)
        begins_section = is_of_a_section(texts[at]) and is_heading(blocks[at], styles)
        if is_below and (begins_section or is_prose(blocks[at])):
            begins = _with_headings(blocks, styles, at + begins_section, titled)
            above = next((each for each in reversed(blocks[:begins]) if texts[blocks.index(each)]), None)
            looks_so = above is not None and is_heading(above, styles) and not _FROM.match(words_of(above))
            return SampleStart(begins, is_sure=False, titled=above if titled is None and looks_so else None)
    shown = (at for at, text in enumerate(texts) if text or found(blocks[at], ".//w:drawing|.//w:pict"))
    return SampleStart(max(shown, default=-1) + 1, is_sure=False)


def level_of(paragraph: Element, styles: TemplateStyles) -> int:
    """The level of a heading; 0 for another paragraph."""
    return styles.heading_level(style_name(paragraph, styles))


def names_title(paragraph: Element) -> bool:
    """Whether a paragraph stands for the title of a report, and is no label of one."""
    words = words_of(paragraph)
    is_label = words.endswith(":") or first(paragraph, "ancestor::w:tc") is not None
    return not is_label and _PLACEHOLDER.fullmatch(words) is not None


def is_of_a_section(words: str) -> bool:
    """Whether a heading is one that a part of a report has, and no report itself."""
    return _SECTION.fullmatch(words) is not None


def _with_headings(blocks: Sequence[Element], styles: TemplateStyles, at: int, titled: int | None) -> int:
    """Where the headings right above prose begin; the uppermost of several is the title, where none is yet."""
    begins = at
    while begins > 0 and begins - 1 != titled and is_heading(blocks[begins - 1], styles):
        begins -= 1
    many = [each for each in range(begins, at) if words_of(blocks[each])]
    return many[1] if titled is None and len(many) > 1 else begins


def is_prose(block: Element) -> bool:
    """Whether a block is a paragraph of running text."""
    text = words_of(block)
    return is_a(block, "w:p") and len(text) >= _PROSE and text.endswith((".", "!", "?"))


def is_heading(block: Element, styles: TemplateStyles) -> bool:
    """Whether a paragraph looks like a heading: by its style's name, in bold or in capitals all through, or counted."""
    text = words_of(block)
    if not is_a(block, "w:p") or len(text) > _HEADING or text.endswith((".", ",")) or _LABEL.match(text):
        return False
    if not text:
        return first(block, ".//w:drawing|.//w:pict|.//w:sectPr") is None
    if (
        level_of(block, styles)
        or "heading" in style_name(block, styles).casefold()
        or _COUNTED.match(text)
        or (text.isupper() and len(text.split()) > 1)
    ):
        return True
    runs = [run for run in found(block, "w:r") if found(run, "w:t")]
    return bool(runs) and all(is_on(first(run, "w:rPr/w:b")) for run in runs)


def words_of(block: Element) -> str:
    """The words of a block on one line."""
    return " ".join(block_text(block).split())
