"""The contents list: a field whose entries are there already, with the page numbers of the PDF."""

from __future__ import annotations

from collections.abc import Mapping

from papergen.model import Paper, plain_text, walk_sections
from papergen.write.word.bookmarks import Bookmarks
from papergen.write.word.styles import CONTENTS, TemplateStyles
from papergen.write.word.xml import Element, complex_field, element, mark, paragraph, run


def contents_list(
    paper: Paper, *, styles: TemplateStyles, bookmarks: Bookmarks, page_of: Mapping[str, int]
) -> list[Element]:
    """The heading and entries of the contents list; nothing for a paper without one."""
    depth = min(paper.contents_depth, len(CONTENTS))
    listed = [section for section in walk_sections(paper.sections) if section.level <= depth]
    if not listed:
        return []
    made = [paragraph(styles.id("TOC Heading"), run("Contents"))]
    for section in listed:
        name = bookmarks.name(section.key) or ""
        number = f"{section.number}." if section.number and "." not in section.number else section.number
        words = [run(number), mark("w:tab")] if number else []
        page = complex_field(f"PAGEREF {name} \\h", [run(str(page_of.get(section.key, 1)))])
        link = element(
            "w:hyperlink",
            {"w:anchor": name, "w:history": "1"},
            *words,
            run(plain_text(section.title)),
            mark("w:tab"),
            *page,
        )
        made.append(paragraph(styles.id(f"TOC {section.level}"), link))
    first, last = made[1], made[-1]
    opening = [
        mark("w:fldChar", fldCharType="begin"),
        run(f' TOC \\o "1-{depth}" \\h \\z \\u ', tag="w:instrText"),
        mark("w:fldChar", fldCharType="separate"),
    ]
    for place, opened in enumerate(opening, 1):
        first.insert(place, opened)
    last.append(mark("w:fldChar", fldCharType="end"))
    return made
