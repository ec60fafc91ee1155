"""Charts in a PDF: the page that the engine drew stands in the room left for it, with its words and fonts."""

from __future__ import annotations

import hashlib
import io
import re
from dataclasses import replace
from functools import cache

import pikepdf
import pypdfium2
import pytest

from papergen.exhibits.drawing import Spec
from papergen.exhibits.engine import TO_COME
from papergen.exhibits.render import Drawn, Renderer
from papergen.model.nodes import Figure, Picture
from papergen.store.kept import Store
from papergen.work.helpers import Partner
from papergen.write.printed import print_pages
from papergen.write.resources import pages_of
from tests.support.dresses import own_dress
from tests.support.every_node import paper_of, paragraph, words
from tests.support.setting import written

pytestmark = pytest.mark.slow


def specification(**mark: object) -> Spec:
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
        "width": 300,
        "height": 40,
        "config": {"font": "Arimo", "view": {"stroke": None}},
        "data": {"values": [{"text": "Telford & Wrekin"}]},
        "mark": {"type": "text", "fontSize": 20, **mark},
        "encoding": {"text": {"field": "text"}},
    }


def drawn(**mark: object) -> Drawn:
    return Renderer(Store(None)).draw(specification(**mark))


def figure(chart: Drawn) -> Figure:
    picture = Picture(
        path="chart",
        media_type="image/png",
        pixel_width=chart.pixel_width,
        pixel_height=chart.pixel_height,
        sha256=hashlib.sha256(chart.svg).hexdigest(),
        data=chart.png,
        vector=chart.svg,
        page=chart.pdf,
    )
    return Figure(picture=picture, alternative=words("Two areas."), caption=words("Areas"), number=1, key="areas")


def pdf_of(*charts: Drawn) -> bytes:
    figures = (figure(chart) for chart in charts)
    blocks = (replace(each, number=number, key=f"f{number}") for number, each in enumerate(figures, 1))
    return written(paper_of(paragraph("Before."), *blocks, paragraph("After."))).data


@cache
def bold() -> Drawn:
    return drawn(fontWeight="bold")


def text_of(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(pdf)
    text: str = document[0].get_textpage().get_text_bounded()
    document.close()
    return text


def fonts_in_forms(pdf: bytes) -> set[str]:
    with pikepdf.open(io.BytesIO(pdf)) as file:
        forms = [each for each in file.objects if isinstance(each, pikepdf.Stream) and "/Matrix" in each]
        return {str(font.BaseFont) for form in forms for font in form.Resources.Font.values()}


def test_the_words_of_a_chart_can_be_searched_and_are_in_the_font_of_charts() -> None:
    pdf = pdf_of(bold())
    assert text_of(pdf).count("Telford & Wrekin") == 1
    (font,) = fonts_in_forms(pdf)
    assert font.endswith("+Arimo-Bold")


def test_a_chart_that_stands_twice_is_drawn_twice() -> None:
    assert text_of(pdf_of(bold(), bold())).count("Telford & Wrekin") == 2


def test_the_names_that_an_engine_gives_to_fonts_do_not_come_out() -> None:
    other = re.sub(rb"/[A-Z]{6}\+", b"/OTHERS+", bold().pdf)
    assert other != bold().pdf
    assert pdf_of(replace(bold(), pdf=other)) == pdf_of(bold())


@pytest.mark.parametrize("mark", [{"fontStyle": "italic"}, {"font": "Liberation Mono"}])
def test_what_the_fonts_of_charts_do_not_have_is_drawn_by_weasyprint(mark: dict[str, str]) -> None:
    assert not drawn(**mark).pdf


def test_a_chart_without_a_page_keeps_its_words() -> None:
    pdf = pdf_of(replace(bold(), pdf=b""))
    assert text_of(pdf).count("Telford & Wrekin") == 1
    assert fonts_in_forms(pdf) == set()


@pytest.mark.parametrize("style", ["normal", "italic"])
def test_pages_may_be_laid_out_before_those_of_charts_are_drawn(style: str) -> None:
    """An italic chart has no page: then the paper is laid out anew with its drawing."""
    whole = paper_of(paragraph("Before."), figure(drawn(fontStyle=style)))
    early = paper_of(paragraph("Before."), figure(replace(drawn(fontStyle=style), png=b"", pdf=TO_COME)))
    talk = Partner().begin(print_pages, early, own_dress(early.template), True)
    assert talk.part().pages == 1
    talk.give(pages_of(whole))
    (file,) = talk.result().files
    assert bool(drawn(fontStyle=style).pdf) == (style == "normal")
    assert file.data == written(whole).data
