"""Each kind of node that the web shows in a way of its own."""

from __future__ import annotations

import base64
from dataclasses import replace

from lxml.html import HtmlElement

from papergen.model.nodes import Block, ChartData, Figure, Footnote, List, ListItem, Width
from papergen.write import allowed
from papergen.write.web import Edition
from papergen.write.web.drawing import inline_drawing
from tests.support.every_node import every_node_paper, paper_of, paragraph, picture, table, words
from tests.support.pages import one, page_of, parsed

DRAWING = (
    b'<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" version="1.1" class="marks"'
    b' width="290" height="215" viewBox="0 0 290 215"><defs><clipPath id="c"><path d="M0,0h1v1Z"/></clipPath></defs>'
    b'<script>1</script><g role="graphics-symbol" aria-label="Y-axis for a linear scale" clip-path="url(#c)">'
    b'<use xlink:href="#c"/><a xlink:href="https://example.org/"><text font-family="Arimo" fill="#1a1a1a"'
    b' transform="translate(24.121222076215506,14)">12 &lt; 13</text></a><path display="none" d="M1,1"/></g></svg>'
)


def chart(**changes: object) -> Figure:
    figure = Figure(
        picture=replace(picture(), vector=DRAWING),
        alternative=words("Thefts, falling from 62 to 37"),
        caption=words("Thefts a year"),
        note=words("Source: the force."),
        data=ChartData(columns=("Year", "Thefts"), rows=(("2020", "62"), ("2021", ""))),
        number=3,
        key="thefts",
    )
    return replace(figure, **changes)  # type: ignore[arg-type]


def shown(*blocks: Block, editions: tuple[Edition, ...] = ()) -> HtmlElement:
    return parsed(page_of(paper_of(*blocks), editions=editions))


def test_a_drawing_is_told_of_by_its_alternative_text_alone() -> None:
    drawn = inline_drawing(DRAWING, alternative='“A” & "B"', prefix="_thefts-")
    assert drawn.startswith("<svg ")
    assert 'role="img"' in drawn
    assert 'aria-label="“A” &amp; &quot;B&quot;"' in drawn
    for gone in ("graphics-symbol", "Y-axis", "<script", "Arimo", "marks", "example.org", "display", "M1,1"):
        assert gone not in drawn
    assert 'transform="translate(24.12,14)"' in drawn
    assert "12 &lt; 13" in drawn
    assert 'fill="#1a1a1a"' in drawn


def test_a_page_with_its_drawings_holds_nothing_that_it_may_not() -> None:
    """Pages are looked at without their charts, each of which was looked at by itself."""
    page = page_of(paper_of(chart()))
    assert 'role="img"' in page
    assert not list(allowed.not_allowed(allowed.parsed(page)))
    assert list(allowed.not_allowed(allowed.parsed(page.replace("<defs>", "<script>1</script><defs>"))))


def test_ids_of_two_drawings_do_not_clash() -> None:
    drawn = inline_drawing(DRAWING, alternative="x", prefix="_thefts-")
    assert 'id="_thefts-c"' in drawn
    assert 'clip-path="url(#_thefts-c)"' in drawn
    assert "<use" not in drawn
    ids = shown(chart(), chart(key="other", number=4)).xpath("//*[@id='_thefts-c' or @id='_other-c']")
    assert isinstance(ids, list)
    assert len(ids) == 2


def test_a_chart_has_its_data_on_request_and_as_a_file() -> None:
    file = "chart-data/panel-report-figure-03.csv"
    details = one(shown(chart(), editions=(Edition(file, 80),)), "//figure/details")
    assert one(details, "./summary").text == "Data of Figure 3"
    assert one(details, ".//a").get("href") == file
    assert [[cell.text for cell in row] for row in details.iter("tr")] == [
        ["Year", "Thefts"],
        ["2020", "62"],
        ["2021", "–"],
    ]
    assert [cell.get("scope") for cell in details.iter("th")] == ["col", "col", "row", "row"]
    assert details.get("open") is None
    assert not one(shown(chart()), "//figure/details").xpath(".//a")
    assert not shown(chart(data=None)).xpath("//details")


def test_a_wide_chart_scrolls_in_a_frame_that_keys_reach_and_a_narrow_one_need_not() -> None:
    frame = one(shown(chart()), "//svg/..")
    assert (frame.get("role"), frame.get("aria-label"), frame.get("tabindex")) == ("group", "Figure 3, chart", "0")
    assert one(shown(chart(width=Width.HALF)), "//svg/..").get("tabindex") is None


def test_a_caption_stands_first_and_the_note_after_the_picture() -> None:
    figure = one(shown(chart()), "//figure")
    assert [each.tag for each in figure] == ["figcaption", "div", "p", "details"]
    assert figure.get("id") == "thefts"


def test_a_picture_is_in_the_page_and_a_decoration_is_passed_over() -> None:
    source = picture()
    image = one(shown(Figure(picture=source, alternative=words("A plain box"), key="plain")), "//img")
    assert image.get("src") == f"data:image/png;base64,{base64.b64encode(source.data).decode()}"
    assert (image.get("alt"), image.get("width"), image.get("height")) == ("A plain box", "192", "96")
    decoration = one(shown(Figure(picture=source, alternative=())), "//img")
    assert decoration.get("alt") == ""
    assert decoration.xpath("ancestor::figure") == []


def test_a_note_is_reached_from_its_mark_and_left_again() -> None:
    root = shown(paragraph("Words.", Footnote(number=1, blocks=(paragraph("The note."),))))
    mark = one(root, "//sup/a")
    note = one(root, "//section[@class='notes']//li")
    assert mark.get("href") == f"#{note.get('id')}"
    assert mark.get("aria-label") == "Note 1"
    back = one(note, ".//a")
    assert back.get("href") == f"#{mark.get('id')}"
    assert one(note, "./div").text_content() == "The note."
    assert not shown(paragraph("No note.")).xpath("//section[@class='notes']")


def test_notes_count_as_in_the_paper() -> None:
    root = parsed(page_of(every_node_paper()))
    notes = one(root, "//section[@class='notes']/ol")
    assert [each.get("value") for each in notes] == ["1", "2"]


def test_a_wide_table_scrolls_in_a_named_region() -> None:
    frame = one(shown(table("wide", 3, "A wide table", 8)), "//table/..")
    assert frame.get("role") == "region"
    assert frame.get("aria-label") == "Table 3: A wide table"
    assert frame.get("tabindex") == "0"
    assert one(shown(table("slim", 1, "A slim table", 2)), "//table/..").get("tabindex") is None


def test_a_list_goes_on_from_its_first_number_without_a_style() -> None:
    root = shown(List(ordered=True, start=5, items=(ListItem(blocks=(paragraph("Five"),)),)))
    counted = one(root, "//div[@class='paper-body']/ol")
    assert counted.get("start") == "5"
    assert counted.get("style") is None


def test_the_contents_list_is_nested_and_never_missing() -> None:
    for depth in (0, 2):
        nav = one(parsed(page_of(every_node_paper(contents_depth=depth))), "//nav[@class='contents']")
        assert [each.get("href") for each in nav.iter("a")] == ["#text-and-lists", "#everything", "#money"]
        assert one(nav, "./ul/li/ul/li/a").text_content() == "Objective 1 – To try everything"
