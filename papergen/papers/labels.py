"""What papers number and name, by which words can point to it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from papergen.model.nodes import Figure, List, ListItem, Paper, Paragraph, Section, Table
from papergen.model.walk import find, plain_text, walk_sections

_APPENDIX = re.compile(r"(Appendix|Annex)e?[ \u00a0]([A-Z]|\d{1,2})\b")


def labels_of(papers: Sequence[Paper]) -> frozenset[str]:
    """What papers number, as references print it, in small letters: “table 2”, “paragraph 4.2(b)”, “section a”."""
    labels = [found.node.label for found in find(papers, Section, Table, Figure)]
    labels += [found.node.label for found in find(papers, Paragraph, ListItem)]
    for title in (plain_text(found.node.title) for found in find(papers, Section)):
        if named := re.match(r"(?:Section|Part|Table)[ \u00a0][\dA-Z.]*[\dA-Z]", title):
            labels.append(named[0])
        elif typed := re.match(r"(\d{1,3}(?:\.\d{1,3})*)\.?[ \u00a0]", title):
            labels.append(f"section {typed[1]}")
    for text in (plain_text(found.node.inlines) for found in find(papers, Paragraph)):
        if typed := re.match(r"(\d{1,3}(?:\.\d{1,3})+)\.?[ \u00a0]", text):
            labels.append(f"paragraph {typed[1]}")
    for listed in (found.node for found in find(papers, List) if found.node.ordered):
        labels += (f"paragraph {listed.start + step}" for step in range(len(listed.items)))
    words = (f"{label[:1].lower()}{label[1:]}" for label in labels if label)
    return frozenset(word.replace("\u00a0", " ") for word in words)


def appendices_of(papers: Sequence[Paper]) -> frozenset[str]:
    """“Appendix A” and “Annex 2”: the papers that have sections, their headings and what is attached to them."""
    names: list[str] = []
    for paper in (each for each in papers if each.sections):
        names += (paper.fields.get("paper.name", ""), paper.title, *(each.label for each in paper.attachments))
        names += (plain_text(section.title) for section in walk_sections(paper.sections))
    return frozenset(f"{named[1]} {named[2]}" for name in names if (named := _APPENDIX.match(name)))
