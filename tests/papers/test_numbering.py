from __future__ import annotations

from papergen.diagnostics import Diagnostics, Span
from papergen.model.nodes import (
    Beside,
    Block,
    BlockQuote,
    Box,
    BoxKind,
    CrossReference,
    Figure,
    Footnote,
    Landscape,
    List,
    ListItem,
    Section,
    Table,
)
from papergen.model.walk import find_in, plain_text, walk_sections
from papergen.papers.gather import GatheredSection
from papergen.papers.number import number_sections, slug
from papergen.papers.references import resolve_references
from tests.support.every_node import paper_of, paragraph, picture, table, words


def section(key: str, *, level: int = 1, blocks: tuple[Block, ...] = (), **more: object) -> Section:
    return Section(title=words(key.title()), level=level, key=key, blocks=blocks, at=Span(f"{key}.md", 1, 1), **more)  # type: ignore[arg-type]


def gathered(
    key: str, *inside: GatheredSection, numbered: bool = True, level: int = 1, **more: object
) -> GatheredSection:
    return GatheredSection(section(key, level=level, **more), numbered, inside)  # type: ignore[arg-type]


def numbers(*found: GatheredSection, depth: int) -> dict[str, str]:
    diagnostics = Diagnostics()
    sections = number_sections(found, depth=depth, diagnostics=diagnostics)
    assert not len(diagnostics)
    return {each.key: each.number for each in walk_sections(sections)}


def test_numbers_go_down_to_the_depth_and_no_further() -> None:
    tree = (
        gathered("summary", numbered=False),
        gathered("introduction"),
        gathered("performance", gathered("crime", gathered("robbery", level=3), level=2), gathered("force", level=2)),
    )
    assert numbers(*tree, depth=2) == {
        "summary": "",
        "introduction": "1",
        "performance": "2",
        "crime": "2.1",
        "robbery": "",
        "force": "2.2",
    }
    assert numbers(*tree, depth=3)["robbery"] == "2.1.1"
    assert set(numbers(*tree, depth=0).values()) == {""}


def test_nothing_inside_an_unnumbered_section_has_a_number() -> None:
    assert numbers(gathered("summary", gathered("inner", level=2), numbered=False), depth=3)["inner"] == ""


def test_an_objective_has_its_own_number_and_takes_none() -> None:
    tree = gathered(
        "part",
        gathered("first", level=2, objective=1, label="Objective 1"),
        gathered("other", level=2),
    )
    assert numbers(tree, depth=2) == {"part": "1", "first": "", "other": "1.1"}


def test_headings_in_a_file_are_numbered_before_the_files_of_its_folder() -> None:
    heading = Section(title=words("By area"), level=2)
    tree = gathered("crime", gathered("robbery", level=2), sections=(heading,))
    assert numbers(tree, depth=2) == {"crime": "1", "crime-by-area": "1.1", "robbery": "1.2"}


def test_keys_of_headings_and_blocks_are_unique_in_a_paper() -> None:
    same = Section(title=words("Same"), level=2)
    tree = (
        gathered("one", sections=(same, same), blocks=(paragraph("a"), paragraph("b"))),
        gathered("two", sections=(same,)),
    )
    sections = number_sections(tree, depth=1, diagnostics=Diagnostics())
    assert [each.key for each in walk_sections(sections)] == ["one", "one-same", "one-same-2", "two", "two-same"]
    assert [block.key for block in sections[0].blocks] == ["one-1", "one-2"]


def test_an_id_that_is_taken_is_told_with_both_places() -> None:
    diagnostics = Diagnostics()
    tree = (gathered("one", blocks=(table("two", 0, "Sums"),)), gathered("two"))
    number_sections(tree, depth=1, diagnostics=diagnostics)
    (found,) = diagnostics
    assert found.code.id == "R102"
    assert found.at.file == "two.md"


def test_tables_figures_and_notes_are_counted_in_reading_order_wherever_they_stand() -> None:
    def figure(caption: str) -> Figure:
        return Figure(picture=picture(), alternative=words("x"), caption=words(caption) if caption else ())

    note = Footnote(blocks=(paragraph("n"),))
    blocks: tuple[Block, ...] = (
        Box(kind=BoxKind.NOTE, title=words("T"), blocks=(table("", 0, "in a box"), paragraph("x", note))),
        Beside(exhibit=figure("beside"), blocks=(paragraph("y", note),)),
        figure(""),
        Landscape(blocks=(table("", 0, "wide"), figure("in landscape"))),
        List(ordered=False, items=(ListItem(blocks=(paragraph("z", note),)),)),
        BlockQuote(blocks=(paragraph("q", note),)),
    )
    (done,) = number_sections((gathered("one", blocks=blocks),), depth=1, diagnostics=Diagnostics())
    exhibits = [each for each in find_in(done.blocks, Table, Figure) if each.caption]
    labels = [f"{each.label} {plain_text(each.caption)}" for each in exhibits]
    notes = [each.number for each in find_in(done.blocks, Footnote)]
    assert labels == ["Table 1 in a box", "Figure 1 beside", "Table 2 wide", "Figure 2 in landscape"]
    assert notes == [1, 2, 3, 4]


def test_references_print_what_they_point_to() -> None:
    there = section("robbery", number="2.4.1", label="section 2.4.1", blocks=(table("sums", 2, "Sums"),))
    appendix = paper_of(name="appendix-a", fields={"paper.name": "Appendix A"}, sections=(there,))
    targets = ["only-section", "appendix-a", "robbery", "sums", "sums"]
    references = [CrossReference(target=target, at=Span("a.md", 1, 1)) for target in targets]
    report = paper_of(paragraph(*references), table("sums", 1, "Own sums"))
    diagnostics = Diagnostics()
    done, _ = resolve_references([report, appendix], diagnostics=diagnostics)
    assert not len(diagnostics)
    (found,) = [block for block in done.sections[0].blocks if hasattr(block, "inlines")]
    shown = [(each.label, each.paper) for each in found.inlines]  # type: ignore[union-attr]
    assert shown == [
        ("section\u00a01", ""),
        ("Appendix\u00a0A", "appendix-a"),
        ("Appendix\u00a0A, section\u00a02.4.1", "appendix-a"),
        ("Table\u00a01", ""),
        ("Table\u00a01", ""),
    ]


def test_a_reference_to_nothing_suggests_the_near_match() -> None:
    report = paper_of(paragraph(CrossReference(target="only-sektion", at=Span("a.md", 7, 5))))
    diagnostics = Diagnostics()
    resolve_references([report], diagnostics=diagnostics)
    (found,) = diagnostics
    assert (str(found.at), found.code.id) == ("a.md:7:5", "R101")
    assert "“only-section”" in found.hint


def test_slugs() -> None:
    assert slug("Child at Risk / CSE – früh") == "child-at-risk-cse-fruh"
    assert slug("—") == "section"
