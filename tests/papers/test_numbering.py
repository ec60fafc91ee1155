from __future__ import annotations

from dataclasses import replace

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
    InLanguage,
    Landscape,
    List,
    ListItem,
    Marks,
    Paper,
    Paragraph,
    Section,
    Table,
)
from papergen.model.numerals import Numerals
from papergen.model.walk import find, find_in, plain_text, walk_sections
from papergen.papers.gather import GatheredSection
from papergen.papers.number import number_sections
from papergen.papers.references import resolve_references
from papergen.values.chrome import chrome
from papergen.values.words import slug
from papergen.workspace.paper_settings import PaperSettings
from tests.support.every_node import paper_of, paragraph, picture, table, words


def section(key: str, *, level: int = 1, blocks: tuple[Block, ...] = (), **more: object) -> Section:
    return Section(title=words(key.title()), level=level, key=key, blocks=blocks, at=Span(f"{key}.md", 1, 1), **more)  # type: ignore[arg-type]


def gathered(
    key: str, *inside: GatheredSection, numbered: bool = True, level: int = 1, **more: object
) -> GatheredSection:
    return GatheredSection(section(key, level=level, **more), numbered, inside)  # type: ignore[arg-type]


def settings(**more: object) -> PaperSettings:
    given = {"folder": "report", "kind": "report", "name": "Report", "title": "Report", "template": "panel-report"}
    return PaperSettings(**{**given, **more})  # type: ignore[arg-type]


def numbers(*found: GatheredSection, depth: int) -> dict[str, str]:
    diagnostics = Diagnostics()
    sections = number_sections(found, settings=settings(number_depth=depth), words=chrome(), diagnostics=diagnostics)
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


def printed(*found: GatheredSection, **more: object) -> list[str]:
    """The numbers of headings and paragraphs in reading order, each with the words that it stands before."""
    sections = number_sections(found, settings=settings(**more), words=chrome(), diagnostics=Diagnostics())
    paper = paper_of(sections=sections)
    return [
        f"{each.node.number} {plain_text(each.node.title if isinstance(each.node, Section) else each.node.inlines)}"
        for each in find((paper,), Section, Paragraph)
    ]


def test_paragraphs_are_numbered_within_their_headings_or_through_the_paper() -> None:
    heading = Section(title=words("Staff"), level=2, blocks=(paragraph("d"), replace(paragraph("e"), unnumbered=True)))
    tree = (
        gathered("summary", numbered=False, blocks=(paragraph("a"),)),
        gathered("money", blocks=(paragraph("b"), table("sums", 0, "Sums"), paragraph("c")), sections=(heading,)),
        gathered("risk", gathered("flood", level=2, blocks=(paragraph("g"),)), blocks=(paragraph("f"),)),
    )
    assert printed(*tree, paragraphs="section") == [
        *(" Summary", " a", "1 Money", "1.1 b", "1.2 c", " Staff", "1.3 d", " e", "2 Risk", "2.1 f", " Flood", "2.2 g"),
    ]
    assert printed(*tree, paragraphs="paper", number_depth=0) == [
        *(" Summary", "1 a", " Money", "2 b", "3 c", " Staff", "4 d", " e", " Risk", "5 f", " Flood", "6 g"),
    ]
    assert printed(*tree) == [
        *(" Summary", " a", "1 Money", " b", " c", " Staff", " d", " e", "2 Risk", " f", " Flood", " g")
    ]


def test_numbered_paragraphs_and_the_headings_below_them_never_have_the_same_number() -> None:
    tree = gathered("money", gathered("staff", level=2, blocks=(paragraph("b"),)), blocks=(paragraph("a"),))
    assert printed(tree, paragraphs="section", number_depth=2) == ["1 Money", "1.1 a", "1.2 Staff", "1.2.1 b"]


def test_headings_can_be_lettered() -> None:
    tree = (gathered("one", gathered("inner", level=2)), gathered("two", blocks=(paragraph("a"),)))
    assert printed(*tree, paragraphs="section", number_depth=2, heading_numbers="letters") == [
        *("A One", "A.1 Inner", "B Two", "B.1 a"),
    ]


def test_paragraphs_items_and_recommendations_are_referred_to_by_number() -> None:
    letters = Marks(numerals=Numerals.LETTERS)
    romans = List(
        ordered=True, marks=Marks(numerals=Numerals.ROMAN), items=(ListItem(blocks=(paragraph("i"),), key="roman"),)
    )
    lettered = List(
        ordered=True, marks=letters, start=2, items=(ListItem(blocks=(paragraph("b"), romans), key="lettered"),)
    )
    figures = List(ordered=True, items=(ListItem(blocks=(paragraph("x"),)), ListItem(blocks=(lettered,), key="second")))
    wanted = ("savings", "lettered", "roman", "second", "bullet", "none")
    asked = paragraph(*(CrossReference(target=key) for key in wanted))

    def labels(*blocks: Block, **more: object) -> dict[str, str]:
        sections = number_sections(
            (gathered("one", blocks=blocks),), settings=settings(**more), words=chrome(), diagnostics=found
        )
        (paper,) = resolve_references((paper_of(sections=sections),), diagnostics=found)
        references = (each.node for each in find((paper,), CrossReference))
        return {each.target: each.label.replace("\u00a0", " ") for each in references if each.label}

    found = Diagnostics()
    bullets = List(ordered=False, items=(ListItem(blocks=(paragraph("o"),), key="bullet"),))
    savings = replace(paragraph("a"), key="savings")
    assert labels(savings, lettered, bullets, asked, paragraphs="section") == {
        **{"savings": "paragraph 1.1", "lettered": "paragraph 1.1(b)", "roman": "paragraph 1.1(b)(i)"},
    }
    asks = Box(kind=BoxKind.RECOMMENDATIONS, blocks=(paragraph("The Panel is asked to:"), figures))
    assert labels(asks, asked) == {
        **{"second": "recommendation 2", "lettered": "recommendation 2(b)", "roman": "recommendation 2(b)(i)"},
    }
    assert labels(lettered, savings, asked)["lettered"] == "point (b)"
    told = [each.message for each in found if "savings" in each.message or "bullet" in each.message]
    assert "“bullet” is an item of a list without numbers or letters." in told
    assert "“savings” has no number: its paper numbers no paragraphs." in told
    assert {each.code.id for each in found} == {"R101"}


def test_keys_of_headings_and_blocks_are_unique_in_a_paper() -> None:
    same = Section(title=words("Same"), level=2)
    tree = (
        gathered("one", sections=(same, same), blocks=(paragraph("a"), paragraph("b"))),
        gathered("two", sections=(same,)),
    )
    sections = number_sections(tree, settings=settings(), words=chrome(), diagnostics=Diagnostics())
    assert [each.key for each in walk_sections(sections)] == ["one", "one-same", "one-same-2", "two", "two-same"]
    assert [block.key for block in sections[0].blocks] == ["one-1", "one-2"]


def test_an_id_that_is_taken_is_told_with_both_places() -> None:
    diagnostics = Diagnostics()
    tree = (gathered("one", blocks=(table("two", 0, "Sums"),)), gathered("two"))
    number_sections(tree, settings=settings(), words=chrome(), diagnostics=diagnostics)
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
    (done,) = number_sections(
        (gathered("one", blocks=blocks),), settings=settings(), words=chrome(), diagnostics=Diagnostics()
    )
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


def test_points_are_named_after_the_numbered_paragraph_before_them_whatever_its_language() -> None:
    def points(*inside: Block) -> List:
        marks = Marks(numerals=Numerals.LETTERS)
        return List(ordered=True, items=(ListItem(blocks=(paragraph("so"), *inside)),), marks=marks)

    in_box = Box(kind=BoxKind.NOTE, blocks=(paragraph("aside"), points()))
    in_welsh = InLanguage(language="cy", blocks=(points(), paragraph("felly"), points()))
    blocks = (paragraph("first"), points(points()), in_welsh, points(), in_box)
    found = number_sections(
        (gathered("only", blocks=blocks),),
        settings=settings(number_depth=1, paragraphs="section"),
        words=chrome(),
        diagnostics=Diagnostics(),
    )
    assert [each.number for each in find_in(found, Paragraph) if each.number] == ["1.1", "1.2"]
    assert [item.label for item in find_in(found, ListItem)] == [
        *("paragraph 1.1(a)", "paragraph 1.1(a)(a)", "paragraph 1.1(a)"),
        *("paragraph 1.2(a)", "paragraph 1.2(a)", ""),
    ]


def test_a_reference_is_printed_in_the_language_of_the_text_that_it_stands_in() -> None:
    def refers(to: str, line: int) -> Paragraph:
        return Paragraph(inlines=(CrossReference(target=to, at=Span("a.md", line, 1)),))

    def paper(name: str, language: str, other: str, target: str) -> Paper:
        asked = List(ordered=True, items=(ListItem(blocks=(paragraph("note it"),), key=f"{name}-note"),))
        blocks = (
            Box(kind=BoxKind.RECOMMENDATIONS, blocks=(asked,)),
            *(refers(f"{name}-note", 1), refers(f"{name}-table", 2), refers(target, 3)),
            table(f"{name}-table", 0, "Sums"),
            InLanguage(language=other, blocks=(refers(f"{name}-note", 4), refers(name, 5), refers(target, 6))),
        )
        sections = number_sections(
            (gathered(f"{name}-only", blocks=blocks),),
            settings=settings(number_depth=1, language=language),
            words=chrome(language),
            diagnostics=Diagnostics(),
        )
        return replace(paper_of(sections=sections), name=name, language=language, fields={"paper.name": name.title()})

    found = Diagnostics()
    papers = (paper("report", "en-GB", "cy", "adroddiad-only"), paper("adroddiad", "cy", "en-GB", "report-only"))
    english, welsh = (
        [each.node.label.replace("\u00a0", " ") for each in find((done,), CrossReference)]
        for done in resolve_references(papers, diagnostics=found)
    )
    assert not len(found)
    assert english[:3] == ["recommendation 1", "Table 1", "Adroddiad, section 1"]
    assert english[3:] == ["argymhelliad 1", "Report", "Adroddiad, adran 1"]
    assert welsh[:3] == ["argymhelliad 1", "Tabl 1", "Report, adran 1"]
    assert welsh[3:] == ["recommendation 1", "Adroddiad", "Report, section 1"]
