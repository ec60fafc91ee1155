"""Word templates whose looks were made to do harm: any value may stand anywhere, and papergen says so or copes."""

from __future__ import annotations

import io
import random
import re
import zipfile

import pytest

from papergen.diagnostics import Diagnostics
from papergen.write.docx.writer import write_docx
from papergen.write.dressing import dress
from papergen.write.pdf.writer import lay_out
from tests.support.every_node import FIELDS, paper_of, paragraph
from tests.support.letterheads import LETTERHEADS, rewritten
from tests.support.word import template

VALUES = ("", "abc", "-1", "99999999999999", "0", "é", "4294967296", "1.5", "-99999", "{{ x }}", "none", "\u200b")
ATTRIBUTE = re.compile(r'(\s(?:w|r|a|wp):\w+|\s(?:cx|cy|val|descr|id|name|typeface))="[^"]*"')


def garbled(data: bytes, chance: random.Random) -> bytes:
    """A Word file in which some attributes say anything, and elements are gone or stand there twice."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(made, "w") as target:
        for name in source.namelist():
            raw = source.read(name)
            if name.startswith("word/") and name.endswith(".xml"):
                text = ATTRIBUTE.sub(
                    lambda match: match[0] if chance.random() > 0.02 else f'{match[1]}="{chance.choice(VALUES)}"',
                    raw.decode(),
                )
                whole = list(re.finditer(r"<w:\w+[^<>]*/>", text))
                if whole and chance.random() < 0.3:
                    one = chance.choice(whole)
                    text = text[: one.start()] + one[0] * chance.choice((0, 2)) + text[one.end() :]
                raw = text.encode()
            target.writestr(name, raw)
    return made.getvalue()


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(12))
def test_a_garbled_template_is_taken_or_refused(seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 - the same examples every time
    data = garbled(chance.choice([template(), *(make() for make in LETTERHEADS.values())]), chance)
    found = Diagnostics()
    made = dress("templates/x.docx", data, fields=FIELDS, fonts={}, diagnostics=found)
    assert (made is None) is found.has_errors


@pytest.mark.slow
@pytest.mark.parametrize(
    ("part", "old", "new"),
    [
        ("word/styles.xml", r'<w:sz w:val="\d+"', '<w:sz w:val="3000000"'),
        ("word/styles.xml", r'w:before="\d+"', 'w:before="2000000000"'),
        ("word/styles.xml", r'w:line="\d+"', 'w:line="1"'),
        ("word/document.xml", r'w:(left|right|top|bottom)="\d+"', r'w:\1="90000"'),
        ("word/document.xml", r'w:w="11906"', 'w:w="1"'),
        ("word/numbering.xml", r'w:(left|hanging)="\d+"', r'w:\1="900000"'),
        ("word/numbering.xml", r'w:lvlText w:val="[^"]*"', 'w:lvlText w:val="&quot;}} </style><p>"'),
        ("word/styles.xml", r'w:val="1F3864"', 'w:val="red; } * { display: none"'),
        ("word/theme/theme1.xml", r'latin typeface="Arial"', "latin typeface=\"A&quot; } @import 'x'; a {\""),
    ],
)
def test_a_look_that_no_page_can_have_ends_in_a_paper_or_a_finding(part: str, old: str, new: str) -> None:
    found = Diagnostics()
    data = rewritten(template(), part, (old, new))
    made = dress("templates/panel-report.docx", data, fields=FIELDS, fonts={}, diagnostics=found)
    if made is None:
        assert found.has_errors
        return
    assert "display: none" not in made.stylesheet.replace("{ display: none }", "")
    assert "@import" not in made.stylesheet + made.web_looks
    assert "</style" not in made.web_looks
    paper = paper_of(paragraph("x"))
    pages = lay_out(paper, dress=made, diagnostics=found)
    if pages is not None:
        assert pages.pages < 100
        write_docx(paper, template=data, page_of=pages.page_of, pages=pages.pages, diagnostics=found)
