"""The fields of a part of a Word file: their instructions, and whether they are whole and show something."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from papergen.write.docx.xml import Element, attribute, found, is_a


@dataclass
class WordField:
    """A field between ``w:fldChar``: its instruction, the marks that make it, and whether its result has words.

    One that is not closed has no ``end``, and what stands outside of every field has no ``begin``.
    """

    begin: Element | None = None
    end: Element | None = None
    marks: list[Element] = field(default_factory=list)
    instruction: str = ""
    is_shown: bool = False
    in_result: bool = False


def fields_in(root: Element) -> Iterator[WordField]:
    """The fields below ``root`` in the order in which they end; those inside another come before it."""
    open_fields: list[WordField] = []
    for node in found(root, ".//w:fldChar|.//w:instrText|.//w:t"):
        if is_a(node, "w:t"):
            for each in open_fields:
                each.is_shown |= each.in_result and bool((node.text or "").strip())
            continue
        kind = attribute(node, "w:fldCharType")
        if kind == "begin":
            open_fields.append(WordField(begin=node))
        within = open_fields[-1] if open_fields else WordField()
        within.marks.append(node)
        if is_a(node, "w:instrText"):
            within.instruction += node.text or ""
        within.in_result |= kind == "separate"
        if not open_fields:
            yield within
        elif kind == "end":
            within.end = node
            yield open_fields.pop()
    yield from open_fields


def kind_of(instruction: str) -> str:
    """What a field is, by the first word of its instruction."""
    words = instruction.split()
    return words[0].upper() if words else ""


def fields_of_runs(root: Element) -> Iterator[tuple[str, list[Element]]]:
    """The instruction and the runs of each field that is not within another, and begins and ends in one paragraph."""
    for paragraph in found(root, ".//w:p"):
        runs: list[Element] = []
        depth = 0
        for run in found(paragraph, "w:r"):
            marks = [attribute(each, "w:fldCharType") for each in found(run, "w:fldChar")]
            depth += marks.count("begin")
            if depth:
                runs.append(run)
            depth -= marks.count("end")
            if runs and depth == 0:
                yield "".join(each.text or "" for run in runs for each in found(run, "w:instrText")), runs
                runs = []
