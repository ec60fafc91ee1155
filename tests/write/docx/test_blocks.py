"""Paragraphs, lists, boxes, tables and figures."""

from __future__ import annotations

from dataclasses import replace

import pytest

from papergen.model.nodes import (
    Alignment,
    BlockQuote,
    Box,
    BoxKind,
    Figure,
    HeadLine,
    Inlines,
    List,
    ListItem,
    PageBreak,
    Section,
    Strong,
    Table,
    Text,
    Width,
)
from papergen.write.docx.tables import column_widths, fit
from tests.support.blocks import figure, items
from tests.support.every_node import paper_of, paragraph, picture, table, words
from tests.support.word import Word, changed, every_node, value, words_of, written

EMU_PER_CM = 360_000


# ---------------------------------------------------------------------------------------------------------------------
# Headings


def heading_numbers(word: Word) -> list[tuple[str, str, str]]:
    """Words, level and numbering of each heading."""
    return [
        (words_of(each), value(each, "w:pPr/w:numPr/w:ilvl/@w:val"), value(each, "w:pPr/w:numPr/w:numId/@w:val"))
        for each in word.all("//w:p[starts-with(w:pPr/w:pStyle/@w:val, 'Heading')]")
    ]


def test_headings_are_numbered_by_word_at_the_level_of_their_number() -> None:
    inner = Section(title=words("Inner"), level=2, key="b", number="1.1")
    objective = Section(title=words("Objective 1 – Title"), level=2, key="c")
    deep = Section(title=words("Deep"), level=3, key="d")
    outer = Section(title=words("Outer"), level=1, key="a", number="1", sections=(inner, objective, deep))
    word = written(paper_of(sections=(outer,)))
    (style_number,) = word.values("//w:style[w:name/@w:val='Committee Headings']//w:numId/@w:val", "word/styles.xml")
    assert heading_numbers(word) == [
        ("Outer", "0", style_number),
        ("Inner", "1", style_number),
        ("Objective 1 – Title", "", ""),
        ("Deep", "", ""),
    ]
    assert word.styles() == ["Heading1", "Heading2", "Heading2", "Heading3"]


def test_a_heading_without_a_number_says_so_where_its_style_numbers() -> None:
    def number_style(styles: str) -> str:
        return styles.replace(
            '<w:outlineLvl w:val="0"/>', '<w:numPr><w:numId w:val="1"/></w:numPr><w:outlineLvl w:val="0"/>'
        )

    section = Section(title=words("Plain"), level=1, key="a")
    word = written(paper_of(sections=(section,)), with_template=changed("word/styles.xml", number_style))
    assert heading_numbers(word) == [("Plain", "0", "0")]


# ---------------------------------------------------------------------------------------------------------------------
# Lists


def starts(word: Word) -> dict[str, str]:
    """The number at which each restarted list begins, by its numbering."""
    return {
        value(num, "@w:numId"): value(num, ".//w:startOverride/@w:val")
        for num in word.all("//w:num[w:lvlOverride]", "word/numbering.xml")
    }


def test_each_numbered_list_starts_anew() -> None:
    word = written(paper_of(items("a", "b", ordered=True), paragraph("between"), items("c", ordered=True, start=5)))
    numbers = word.values("//w:p[w:pPr/w:pStyle/@w:val='ListNumber']/w:pPr/w:numPr/w:numId/@w:val")
    assert numbers[0] == numbers[1] != numbers[2]
    assert [starts(word)[number] for number in numbers] == ["1", "1", "5"]


def test_nested_lists_are_native_levels_with_their_own_styles() -> None:
    nested = List(ordered=False, items=(ListItem(blocks=(paragraph("outer"), items("inner", ordered=True))),))
    deepest = List(ordered=True, items=(ListItem(blocks=(paragraph("top"), nested)),))
    word = written(paper_of(deepest))
    assert word.styles()[1:] == ["ListNumber", "ListBullet2", "ListNumber3"]
    assert word.values("//w:body//w:numPr[../w:pStyle[starts-with(@w:val, 'List')]]/w:ilvl/@w:val") == ["0", "1", "2"]


def test_a_list_deeper_than_the_styles_goes_on_with_the_last_one() -> None:
    listed = items("level 5")
    for level in (4, 3, 2, 1):
        listed = List(ordered=False, items=(ListItem(blocks=(paragraph(f"level {level}"), listed)),))
    word = written(paper_of(listed))
    assert word.styles()[1:] == ["ListBullet", "ListBullet2", "ListBullet3", "ListBullet3", "ListBullet3"]
    assert word.values("//w:pPr[starts-with(w:pStyle/@w:val, 'List')]//w:ilvl/@w:val") == ["0", "1", "2", "3", "4"]


def test_the_second_paragraph_of_an_item_goes_on_without_a_mark() -> None:
    word = written(paper_of(List(ordered=False, items=(ListItem(blocks=(paragraph("one"), paragraph("two"))),))))
    assert word.styles()[1:] == ["ListBullet", "ListContinue"]
    assert word.all("//w:pPr[w:pStyle/@w:val='ListContinue']/w:numPr") == []


def test_an_item_without_words_keeps_its_mark() -> None:
    word = written(paper_of(List(ordered=True, items=(ListItem(blocks=()), ListItem(blocks=(items("inner"),))))))
    assert word.styles()[1:] == ["ListNumber", "ListNumber", "ListBullet2"]


# ---------------------------------------------------------------------------------------------------------------------
# Boxes and quotations


def box(kind: BoxKind, *blocks: object, title: Inlines = ()) -> Box:
    return Box(kind=kind, blocks=blocks, title=title)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        (BoxKind.NOTE, ["NoteBoxTitle", "NoteBox", "NoteBox"]),
        (BoxKind.SIGNS, ["SignsBoxTitle", "SignsBox", "SignsBox"]),
        (BoxKind.AIM, ["AimBox", "AimBox", "AimBox"]),
    ],
)
def test_each_box_has_its_own_styles(kind: BoxKind, expected: list[str]) -> None:
    word = written(paper_of(box(kind, paragraph("one"), paragraph("two"), title=words("Title"))))
    assert word.styles()[1:] == expected


def test_a_list_in_a_box_stays_inside_its_border() -> None:
    word = written(paper_of(box(BoxKind.SIGNS, items("one", "two"))))
    (border,) = word.values("//w:style[@w:styleId='SignsBox']/w:pPr/w:ind/@w:left", "word/styles.xml")
    for properties in word.all("//w:pPr[w:pStyle/@w:val='SignsBox'][w:numPr]"):
        left, hanging = (int(value(properties, f"w:ind/@w:{name}")) for name in ("left", "hanging"))
        assert left - hanging == int(border)


def test_a_box_in_a_list_stands_in_with_the_words_of_its_item() -> None:
    item = ListItem(blocks=(paragraph("item"), box(BoxKind.NOTE, paragraph("one"), items("two"))))
    word = written(paper_of(List(ordered=False, items=(item,))))
    inside = word.all("//w:pPr[w:pStyle/@w:val='NoteBox']/w:ind")
    assert [(value(each, "@w:left"), value(each, "@w:hanging")) for each in inside] == [("840", ""), ("1200", "360")]


def test_a_list_in_a_box_without_a_border_stands_where_it_does_in_the_text() -> None:
    word = written(paper_of(box(BoxKind.RECOMMENDATIONS, items("one"))))
    (stands,) = word.all("//w:pPr[w:pStyle/@w:val='RecommendationsBox'][w:numPr]/w:ind")
    assert (value(stands, "@w:left"), value(stands, "@w:hanging")) == ("600", "360")


def test_the_last_line_of_a_head_has_a_rule_below_it() -> None:
    lines = tuple(HeadLine(label=label, words=words("Jo Smith")) for label in ("Report of", "Contact"))
    word = written(replace(paper_of(paragraph("one")), head=lines))
    said = word.all("//w:pPr[w:pStyle/@w:val='HeadLine']")
    assert [value(each, "w:pBdr/w:bottom/@w:color") for each in said] == ["", "B8C0CC"]


def test_a_box_goes_on_around_its_table() -> None:
    held = replace(table("calls", 1, ""), caption=(), key="", number=0)
    word = written(paper_of(box(BoxKind.NOTE, paragraph("one"), held, paragraph("two"))))
    (made,) = word.all("//w:tbl")
    wide = sum(map(int, word.values("//w:tbl/w:tblGrid/w:gridCol/@w:w")))
    assert (value(made, "w:tblPr/w:tblInd/@w:w"), wide) == ("30", 9072 - 30 - 5)  # the middles of the box's borders
    assert value(made, "w:tblPr/w:tblW/@w:w") == str(wide)
    assert value(made, "w:tblPr/w:tblBorders/w:left/@w:color") == "1F3864"
    assert value(made, "w:tr[2]/w:tc[1]/w:tcPr/w:shd/@w:fill") == "EEF1F6"
    assert value(made, "w:tr[2]/w:tc[1]/w:tcPr/w:tcMar/w:left/@w:w") == str(240 - 30 + 85)
    above, below = made.getprevious(), made.getnext()
    assert above is not None
    assert below is not None
    assert value(above, "w:pPr/w:spacing/@w:after") == value(below, "w:pPr/w:spacing/@w:before") == "0"
    assert value(below, "w:pPr/w:pBdr/w:left/@w:color") == "1F3864"


def test_a_table_of_a_box_without_a_look_stands_as_any_other() -> None:
    held = table("calls", 1, "Calls")
    assert not written(paper_of(box(BoxKind.RECOMMENDATIONS, held))).all("//w:tbl//w:shd|//w:tbl//w:tblInd")


def test_two_boxes_of_a_kind_do_not_run_into_one() -> None:
    note = box(BoxKind.NOTE, paragraph("one"))
    assert written(paper_of(note, note)).styles()[1:] == ["NoteBox", "Spacer", "NoteBox"]


def test_a_quotation_has_its_style_and_its_lists() -> None:
    word = written(paper_of(BlockQuote(blocks=(paragraph("one"), items("item")))))
    assert word.styles()[1:] == ["Quote", "Quote"]
    assert len(word.all("//w:pPr[w:pStyle/@w:val='Quote']/w:numPr")) == 1


# ---------------------------------------------------------------------------------------------------------------------
# Tables


def test_a_table_has_a_header_row_and_rows_that_do_not_split() -> None:
    word = written(paper_of(table("t", 1, "Caption")))
    assert word.values("//w:tbl/w:tblPr/w:tblStyle/@w:val") == ["CommitteeTable"]
    assert len(word.all("//w:tr[1]/w:trPr/w:tblHeader")) == len(word.all("//w:tblHeader")) == 1
    assert len(word.all("//w:tr/w:trPr/w:cantSplit")) == len(word.all("//w:tr")) == 4
    assert word.values("//w:tblLayout/@w:type") == ["fixed"]
    assert word.all("//w:gridSpan|//w:vMerge") == []


def test_cells_take_their_alignment_from_named_styles() -> None:
    word = written(paper_of(table("t", 1, "Caption")))
    assert word.values("//w:tr[1]//w:pStyle/@w:val") == ["TableHeading", "TableHeadingRight", "TableHeadingCentre"]
    assert word.values("//w:tr[2]//w:pStyle/@w:val") == ["TableText", "TableTextRight", "TableTextCentre"]


def test_a_caption_stands_above_with_a_number_that_counts_itself() -> None:
    word = written(paper_of(table("t", 7, "Sums")))
    assert word.styles()[1:3] == ["Caption", "tbl"]
    assert word.paragraphs("Caption") == ["Table 7: Sums"]
    (code,) = word.values("//w:p[w:pPr/w:pStyle/@w:val='Caption']//w:instrText/text()")
    assert code.strip() == "SEQ Table \\* ARABIC"


def test_columns_fill_the_text_width_and_agree_with_their_cells() -> None:
    word = written(paper_of(table("t", 1, "Caption")))
    grid = [int(width) for width in word.values("//w:gridCol/@w:w")]
    assert sum(grid) == 11906 - 2 * 1417
    assert [int(width) for width in word.values("//w:tr[2]/w:tc/w:tcPr/w:tcW/@w:w")] == grid


def one_row(*cells: str) -> Table:
    return Table(
        header=tuple(words("Head") for _ in cells),
        rows=(tuple(words(cell) for cell in cells),),
        alignments=tuple(Alignment.LEFT for _ in cells),
    )


AREAS = ("Herefordshire", "North Worcestershire", "Shropshire", "South Worcestershire", "Telford & Wrekin", "Total")


def by_area() -> Table:
    """A table of seven columns whose first would be squeezed at the usual size."""
    offences = ("Assault without injury on a constable", "Racially or religiously aggravated assault")
    return Table(
        header=(words("Offence type"), *(words(area) for area in AREAS)),
        rows=tuple((words(offence), *(words("12") for _ in AREAS)) for offence in offences),
        alignments=(Alignment.LEFT, *[Alignment.RIGHT] * len(AREAS)),
    )


def test_a_table_of_many_long_words_is_set_in_smaller_letters() -> None:
    fitted = fit(by_area(), width=9072, half_points=20)
    assert fitted.dense
    assert fitted.half_points == 17
    assert sum(fitted.widths) == 9072
    assert fitted.widths[0] > 1600
    word = written(paper_of(by_area()))
    assert set(word.values("//w:tbl//w:r/w:rPr/w:sz/@w:val")) == {"17"}
    assert word.values("//w:tblPr/w:tblCellMar/w:left/@w:w") == ["50"]


def test_other_tables_keep_the_letters_of_their_style() -> None:
    assert not fit(one_row("12", "Many words " * 40), width=9072, half_points=20).dense
    word = written(paper_of(table("t", 1, "Small")))
    assert word.values("//w:tbl//w:sz/@w:val") == word.values("//w:tbl//w:tblCellMar") == []


def test_a_column_with_more_to_say_is_wider() -> None:
    short, long = column_widths(one_row("12", "Many words " * 20), width=9072, half_points=20)
    assert short + long == 9072
    assert 500 < short < 1500


def test_columns_always_add_up() -> None:
    for cells in (("",) * 3, ("x" * 300, "y"), ("Pneumonoultramicroscopic",) * 12):
        assert sum(column_widths(one_row(*cells), width=9072, half_points=20)) == 9072


def test_tables_are_kept_apart_from_each_other_and_from_text() -> None:
    plain = replace(table("t", 0, ""), caption=())
    assert written(paper_of(plain, plain, paragraph("after"))).styles()[1:] == ["tbl", "Spacer", "tbl", "AfterTable"]
    assert written(paper_of(plain, table("u", 1, "Next"))).styles()[1:4] == ["tbl", "Caption", "tbl"]
    assert written(paper_of(plain, items("item"))).styles()[1:] == ["tbl", "Spacer", "ListBullet"]


def test_a_document_does_not_end_in_a_table() -> None:
    assert written(paper_of(table("t", 1, "Caption"))).styles()[-1] == "Spacer"


# ---------------------------------------------------------------------------------------------------------------------
# Figures


def extent(word: Word) -> tuple[int, int]:
    (size,) = word.all("//wp:extent")
    return int(size.get("cx") or 0), int(size.get("cy") or 0)


def test_a_figure_has_alternative_text_and_a_caption_below() -> None:
    word = written(paper_of(figure()))
    assert word.styles()[1:] == ["Figure", "FigureCaption"]
    assert word.values("//wp:docPr/@descr") == ["What it shows"]
    assert word.paragraphs("FigureCaption") == ["Figure 3: Words"]
    assert word.all("//w:pPr[w:pStyle/@w:val='Figure']/w:keepNext")
    assert word.all("//adec:decorative") == []


def test_a_decoration_is_marked_as_one() -> None:
    word = written(paper_of(figure(alternative=(), caption=(), number=0)))
    assert word.values("//wp:docPr//adec:decorative/@val") == ["1"]
    assert word.values("//wp:docPr/@descr") == [""]


def test_drawings_have_ids_of_their_own_and_a_picture_is_stored_once() -> None:
    word = written(paper_of(figure(), figure(number=4, key="g"), figure(80, 20, number=5, key="h")))
    ids = word.values("//wp:docPr/@id")
    assert len(set(ids)) == 3
    assert len([name for name in word.parts if name.startswith("word/media/")]) == 2


@pytest.mark.parametrize(
    ("shown", "expected"),
    [
        (figure(300, 150), (5.08, 2.54)),
        (figure(3000, 1000), (16.0, 5.33)),
        (figure(3000, 1000, width=Width.HALF), (7.68, 2.56)),
        (figure(1000, 4000), (4.73, 18.9)),
    ],
)
def test_a_picture_fits_and_is_not_enlarged(shown: Figure, expected: tuple[float, float]) -> None:
    size = extent(written(paper_of(shown)))
    assert tuple(round(each / EMU_PER_CM, 2) for each in size) == pytest.approx(expected, abs=0.06)


def test_a_jpeg_keeps_its_kind() -> None:
    word = written(paper_of(figure(picture=replace(picture(), media_type="image/jpeg"))))
    assert "word/media/image1.jpg" in word.parts
    assert 'ContentType="image/jpeg"' in word.parts["[Content_Types].xml"].decode()


# ---------------------------------------------------------------------------------------------------------------------
# Keeping together


def kept(word: Word) -> list[str]:
    return [words_of(each) for each in word.all("//w:body/w:p[w:pPr/w:keepNext]")]


def test_a_paragraph_that_leads_into_a_list_stays_with_it() -> None:
    word = written(paper_of(paragraph("Two things:"), items("one", "two", "three"), paragraph("Then: no list")))
    assert kept(word) == ["Two things:", "one", "two"]


def test_a_short_box_is_kept_on_one_page_and_a_long_one_is_not() -> None:
    short, long = paragraph("Short."), paragraph("Long. " * 200)
    assert kept(written(paper_of(box(BoxKind.NOTE, short, short)))) == ["Short."]
    assert kept(written(paper_of(box(BoxKind.NOTE, long, long)))) == []


def test_page_breaks_stand_on_the_next_paragraph() -> None:
    word = written(paper_of(paragraph("before"), PageBreak(), PageBreak(), paragraph("after"), PageBreak()))
    assert [words_of(each) for each in word.all("//w:p[w:pPr/w:pageBreakBefore]")] == ["after"]
    assert word.all("//w:br[@w:type='page']") == []


def test_a_page_break_before_a_heading_or_a_table_without_caption() -> None:
    plain = replace(table("t", 0, ""), caption=())
    next_section = Section(title=words("Next"), level=1, key="n", blocks=(PageBreak(), plain))
    first = Section(title=words("First"), level=1, key="a", blocks=(PageBreak(),))
    word = written(paper_of(sections=(first, next_section)))
    styles = word.values("//w:pPr[w:pageBreakBefore]/w:pStyle/@w:val")
    assert styles == ["Heading1", "Spacer"]


def test_every_kind_of_node_arrives() -> None:
    assert every_node().paragraphs("BodyText")


def test_only_named_styles_are_used() -> None:
    """No paragraph or run of the body says how it looks but by a style."""
    word = every_node()
    assert word.all("//w:body//w:p[not(w:pPr/w:pStyle)]") == []
    assert word.all("//w:body//*[self::w:sz or self::w:color or self::w:rFonts or self::w:shd or self::w:pBdr]") == []
    assert word.all("//w:body//w:jc") == []


def test_strong_words_in_a_header_cell_stay_bold() -> None:
    head: Inlines = (Strong(children=(Text(text="Head"),)),)
    word = written(paper_of(replace(one_row("cell"), header=(head,))))
    assert word.all("//w:tr[1]//w:r/w:rPr/w:b")
