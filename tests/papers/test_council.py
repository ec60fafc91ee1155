"""What the council's workspace shows: heads, parts, attachments and two reports with their own items."""

from __future__ import annotations

import io
import json
import re
import shutil
import zipfile
from datetime import date
from fractions import Fraction
from pathlib import Path

import pikepdf
import pytest

from papergen.commands.check import check_meeting
from papergen.commands.new import roll_over
from papergen.commands.steps import Meeting, read_meeting
from papergen.data.expressions import evaluate
from papergen.diagnostics import Diagnostics, Span
from papergen.model.serial import read_model, write_model
from papergen.model.walk import plain_text, walk_sections
from papergen.values.facts import Fact
from papergen.values.quantities import Kind, Quantity
from papergen.workspace.settings import read_settings
from papergen.world import World
from tests.support.builds import Built, copy_of_harbour
from tests.support.pages import parsed
from tests.support.parity import pdf_pages, squeezed, word_text
from tests.support.pdf_tree import Tagged

REPORT = "content/2025-11-19/budget-report"


def meeting_of(root: Path) -> tuple[Meeting, list[str]]:
    world = World(root, Diagnostics())
    meeting = read_meeting(world, "2025-11-19")
    assert meeting is not None
    found = (*world.diagnostics, *check_meeting(meeting).findings)
    return meeting, [f"{each.at} {each.code.id} {each.message}" for each in found]


def rewrite(root: Path, file: str, old: str, new: str) -> None:
    path = root / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_two_reports_have_their_own_authors_items_and_heads(tmp_path: Path) -> None:
    meeting, told = meeting_of(copy_of_harbour(tmp_path))
    assert told == []
    budget, estates, *_ = meeting.papers
    heads = {paper.name: {line.label: plain_text(line.words) for line in paper.head} for paper in (budget, estates)}
    assert heads["budget-report"]["Report of"] == "Chief Finance Officer"
    assert heads["budget-report"]["Agenda item"] == "4(a)"
    assert heads["budget-report"]["Contact officer"] == "Dewi Pugh, 01632 960 123, dewi.pugh@harbour.example"
    assert heads["budget-report"]["Wards affected"] == "All 14 wards"
    assert heads["estates-report"] == {
        "Report of": "Director of Place",
        "Agenda item": "7.2",
        "Decision type": "For information",
    }
    assert (budget.author, estates.author) == ("Dewi Pugh", "Harbour Council Cabinet")
    assert budget.fields["panel.ward_count"] == "14"
    assert budget.fields["meeting.half_year"] == "first half of 2025/26"


def test_a_line_that_is_not_known_yet_is_left_out_and_a_wrong_one_is_told(tmp_path: Path) -> None:
    root = copy_of_harbour(tmp_path)
    rewrite(root, "content/2025-11-19/meeting.yaml", '    agenda_item: "7.2"\n', "")
    meeting, told = meeting_of(root)
    assert told == []
    assert [line.label for line in meeting.papers[1].head] == ["Report of", "Decision type"]
    rewrite(root, "content/panel.yaml", '"{{ paper.author }}"', '"{{ paper.autor }}"')
    _, told = meeting_of(root)
    assert [each for each in told if "autor" in each]
    assert all(each.startswith("content/panel.yaml:") for each in told)


def test_a_part_that_lacks_is_told_until_a_reason_makes_it_absent(tmp_path: Path) -> None:
    root = copy_of_harbour(tmp_path)
    rewrite(root, f"{REPORT}/03-implications.md", "## Risk", "## Perils")
    (found,) = meeting_of(root)[1]
    assert "C413 “Budget monitoring, 2025/26” has no part “Risk”." in found
    rewrite(
        root,
        "content/2025-11-19/meeting.yaml",
        "    author: Dewi Pugh\n",
        "    author: Dewi Pugh\n    parts: {Risk: absent because none is known}\n",
    )
    assert meeting_of(root)[1] == []
    rewrite(root, f"{REPORT}/03-implications.md", "## Perils", "## Risk")
    (found,) = meeting_of(root)[1]
    assert found.startswith("content/2025-11-19/meeting.yaml:11:")
    assert "C413 “Risk” is said to be absent, and “Budget monitoring, 2025/26” has it." in found


def test_files_of_others_are_listed_counted_and_referred_to(tmp_path: Path) -> None:
    meeting, _ = meeting_of(copy_of_harbour(tmp_path))
    budget = meeting.papers[0]
    (attached,) = budget.attachments
    assert (attached.file, attached.pages) == ("appendix-2.pdf", 2)
    last = list(walk_sections(budget.sections))[-1]
    assert (last.number, plain_text(last.title)) == ("6", "Appendices")
    (again,) = read_model(write_model((budget,)))
    assert again.attachments[0].sha256 == attached.sha256


@pytest.mark.parametrize("data", [b"no PDF", b"%PDF-1.7\nno PDF either"])
def test_a_file_that_nobody_can_open_is_told(data: bytes, tmp_path: Path) -> None:
    root = copy_of_harbour(tmp_path)
    (root / "content/2025-11-19/attachments/treasury-update.pdf").write_bytes(data)
    meeting, told = meeting_of(root)
    assert any("P106 “treasury-update.pdf” is no PDF that everyone can open." in each for each in told)
    assert meeting.papers[0].attachments == ()


def test_a_file_that_asks_for_a_password_is_told(tmp_path: Path) -> None:
    root = copy_of_harbour(tmp_path)
    path = root / "content/2025-11-19/attachments/treasury-update.pdf"
    with pikepdf.open(path) as pdf:
        locked = io.BytesIO()
        pdf.save(locked, encryption=pikepdf.Encryption(owner="o", user="u"))
    path.write_bytes(locked.getvalue())
    assert any("P106" in each for each in meeting_of(root)[1])


def test_a_body_without_data_needs_no_reporting_period(tmp_path: Path) -> None:
    root = copy_of_harbour(tmp_path)
    rewrite(root, "content/2025-11-19/meeting.yaml", "reporting_period: {from: 2025-04-01, to: 2025-09-30}\n", "")
    shutil.rmtree(root / "content/2025-11-19/adroddiad")
    rewrite(root, f"{REPORT}/03-implications.md", "## Risk", "{{ meeting.period }}\n\n## Risk")
    told = meeting_of(root)[1]
    assert [each for each in told if "V102 “meeting.period” has not been given for this meeting." in each] == told
    rewrite(root, f"{REPORT}/03-implications.md", "{{ meeting.period }}\n\n", "")
    meeting, told = meeting_of(root)
    assert told == []
    assert meeting.papers[0].fields["meeting.period"] == ""
    (root / "content/measures.yaml").write_text("posts: {title: Posts, unit: posts, file: posts.csv, source: HR}\n")
    assert any("This meeting has no “reporting_period”" in each for each in meeting_of(root)[1])


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("It is in [](#nowhere), as said.", "R101 Nothing has the id “nowhere”."),
        ("Words. {#here unnumbered}\n\nSee [](#here), please.", "R101 The paragraph “here” is marked {unnumbered}."),
        (
            "> Words. {#here}\n\nSee [](#here), please.",
            "R101 “here” stands in a quotation, whose words have no numbers.",
        ),
        (
            "- One. {#here}\n- Two.\n\nSee [](#here), please.",
            "R101 “here” is an item of a list without numbers or letters.",
        ),
        (
            "::: recommendations\nMembers are asked to note it. {#here}\n:::\n\nSee [](#here), please.",
            "R101 “here” stands in a box without a number or letter of its own.",
        ),
    ],
)
def test_a_reference_that_prints_nothing_is_told_once_with_its_cause(written: str, told: str, tmp_path: Path) -> None:
    root = copy_of_harbour(tmp_path)
    rewrite(root, f"{REPORT}/03-implications.md", "## Risk", f"{written}\n\n## Risk")
    (found,) = meeting_of(root)[1]
    assert told in found


def test_the_next_meeting_has_none_of_the_last_ones_items_and_attachments(tmp_path: Path) -> None:
    root = copy_of_harbour(tmp_path)
    world = World(root, Diagnostics())
    assert roll_over(world, "2025-11-19", date(2026, 5, 20)) is not None
    text = (root / "content/2026-05-20/meeting.yaml").read_text(encoding="utf-8")
    assert '# agenda_item: "7.3"' in text
    settings = read_settings(world, "2026-05-20", world.diagnostics)
    assert settings is not None
    assert [str(each) for each in world.diagnostics] == []
    assert {(each.agenda_item, each.appendices) for each in settings.papers} == {(None, ())}
    assert {each.report_of for each in settings.papers} >= {"Chief Finance Officer", "Director of Place"}
    assert not (root / "content/2026-05-20/attachments").exists()


# ---------------------------------------------------------------------------------------------------------------------
# The files


def test_the_head_is_alike_in_three_editions(harbour: Built) -> None:
    for paper in harbour.papers[:2]:
        lines = [f"{line.label}: {plain_text(line.words)}" for line in paper.head]
        page = parsed(harbour.data(f"{paper.name}.html").decode())
        assert [each.text_content() for each in page.find_class("head-line")] == lines
        with zipfile.ZipFile(io.BytesIO(harbour.data(f"{paper.name}.docx"))) as archive:
            document = archive.read("word/document.xml").decode()
        styled = re.findall(r'<w:p><w:pPr><w:pStyle w:val="HeadLine"/>.*?</w:p>', document)
        assert ["".join(re.findall(r"<w:t[^>]*>([^<]*)</w:t>", each)) for each in styled] == lines
        pdf = squeezed("".join(pdf_pages(harbour.data(f"{paper.name}.pdf"))))
        assert squeezed("".join(lines)) in pdf
        assert "Report of the" not in document
        assert "Reportofthe" not in pdf


def test_files_of_others_lie_beside_the_papers_and_are_linked(harbour: Built) -> None:
    assert harbour.data("appendix-2.pdf").startswith(b"%PDF")
    outputs = {each["name"]: each for each in json.loads(harbour.data("manifest.json"))["outputs"]}
    assert outputs["appendix-2.pdf"]["pages"] == 2
    assert 'href="appendix-2.pdf"' in harbour.data("budget-report.html").decode()
    with pikepdf.open(io.BytesIO(harbour.data("budget-report.pdf"))) as pdf:
        annotations = [each for page in pdf.pages for each in page.obj.get("/Annots", pikepdf.Array())]
        addresses = [str(each.A.URI) for each in annotations if "/A" in each and "/URI" in each.A]
    assert "appendix-2.pdf" in addresses
    with zipfile.ZipFile(io.BytesIO(harbour.data("budget-report.docx"))) as archive:
        assert 'Target="appendix-2.pdf"' in archive.read("word/_rels/document.xml.rels").decode()


def test_nothing_is_printed_of_what_the_body_does_not_have(harbour: Built) -> None:
    for paper in harbour.papers:
        words = " ".join(word_text(harbour.data(f"{paper.name}.docx")).lines)
        page = harbour.data(f"{paper.name}.html").decode().partition("</style>")[2]
        for text in (words, page):
            assert not re.search(r"\b(?:police|plan\b|commissioner|force|host authority)", text, re.IGNORECASE)


def test_what_is_in_welsh_is_marked_in_three_editions_and_left_alone_by_the_checks(harbour: Built) -> None:
    assert [str(found) for found in harbour.findings] == []
    page = parsed(harbour.data("budget-report.html").decode())
    marked = [each.text_content() for each in page.xpath("//*[@lang='cy']")]
    assert any("Crynodeb" in each for each in marked)
    assert any("Gofynnir i'r Cabinet" in each for each in marked)
    with zipfile.ZipFile(io.BytesIO(harbour.data("budget-report.docx"))) as archive:
        runs = re.findall(r"<w:r>.*?</w:r>", archive.read("word/document.xml").decode())
    welsh = "".join(run for run in runs if 'w:lang w:val="cy-GB"' in run)
    assert "Gofynnir" in welsh
    assert "Budget reports to" not in welsh
    with pikepdf.open(io.BytesIO(harbour.data("budget-report.pdf"))) as pdf:
        languages = {str(each.Lang) for each in pdf.objects if isinstance(each, pikepdf.Dictionary) and "/Lang" in each}
    assert languages == {"en-GB", "cy"}


def test_the_words_round_a_welsh_paper_are_welsh_in_three_editions(harbour: Built) -> None:
    page = harbour.data("adroddiad.html").decode().partition("</style>")[2]
    pdf = squeezed("".join(pdf_pages(harbour.data("adroddiad.pdf"))))
    with zipfile.ZipFile(io.BytesIO(harbour.data("adroddiad.docx"))) as archive:
        parts = [archive.read(name).decode() for name in ("word/document.xml", "word/footer1.xml", "word/styles.xml")]
        properties = archive.read("docProps/core.xml").decode()
    word = squeezed(re.sub(r"<[^>]*>", "", "".join(parts[:2])))
    for words in ("Cynnwys", "19 Tachwedd 2025", "Tabl 1:", "Adroddiad gan: Cyfarwyddwr Lle", "paragraff 1.1"):
        assert squeezed(words) in pdf
        assert squeezed(words) in squeezed(parsed(page).text_content())
    for words in ("Cynnwys", "19 Tachwedd 2025", "argymhelliad (a)", "tudalennau: 2", "1 Ebrill i 30 Medi 2025"):
        assert squeezed(words) in squeezed(parsed(page).text_content())
    assert squeezed("SEQ Tabl") in word
    assert "Tudalen" in word
    assert squeezed("Tudalen 1 o 1") in pdf
    assert "Drafft" in properties
    assert 'w:val="cy-GB"' in parts[2]
    with pikepdf.open(io.BytesIO(harbour.data("adroddiad.pdf"))) as made:
        assert str(made.Root.Lang) == "cy"
    text = parsed(page.partition('id="main"')[2]).text_content()
    assert not re.search(r"Contents|Table|Notes|Page|Agenda item|Report of|Data of", text)
    english = parsed(page).xpath("//*[@lang='en-GB']")[-1].text_content()
    assert "19\u00a0November 2025, for 1\u00a0April to 30\u00a0September 2025" in english


def test_a_number_has_no_english_words_in_a_welsh_paper(tmp_path: Path) -> None:
    found = Diagnostics()
    number = Quantity(value=Fraction(-3), kind=Kind.COUNT, is_change=True)
    facts = Fact(parts={"fires": Fact(number)})
    for expression, printed in (("fires | sign", "−3"), ("fires | number", "−3"), ("fires", "3")):
        value = evaluate(expression, at=Span("a.md", 1, 1), facts=facts, diagnostics=found, language="cy")
        assert value is not None
        assert value.text == printed
    assert evaluate("fires | rose", at=Span("a.md", 1, 1), facts=facts, diagnostics=found, language="cy") is None
    (told,) = found
    assert told.message == "“fell by 3” would be English, in a text of another language."
    root = copy_of_harbour(tmp_path)
    rewrite(root, "content/panel.yaml", "language: cy", "language: fr")
    world = World(root, Diagnostics())
    assert read_meeting(world, "2025-11-19") is None
    assert [each.hint for each in world.diagnostics if "it must be a language" in f"{each.message} {each.hint}"]


def test_what_is_not_in_another_report_of_the_meeting_is_told(tmp_path: Path) -> None:
    root = copy_of_harbour(tmp_path)
    words = (
        "See paragraph 9.4 of the Budget report, recommendation (k) of the Budget report and Appendix 5 to the Budget"
        " report. See paragraph 2.1 of the Budget report, Table 1 of Appendix 1, and paragraph 9.4 of the audit report."
    )
    rewrite(root, "content/2025-11-19/estates-report/01-purpose.md", "Two buildings", f"{words}\n\nTwo buildings")
    told = meeting_of(root)[1]
    assert {each.split("“")[1].split("”")[0] for each in told} == {"paragraph 9.4", "Appendix 5", "recommendation (k)"}
    assert len(told) == 3


def test_a_chart_that_papergen_describes_in_english_in_a_welsh_paper_is_told_of(tmp_path: Path) -> None:
    root = copy_of_harbour(tmp_path)
    (root / "content/data").mkdir()
    months = "".join(f"2025-{month:02},{month}\n" for month in range(1, 10))
    (root / "content/data/fires.csv").write_text(f"month,value\n{months}", encoding="utf-8")
    (root / "content/measures.yaml").write_text(
        "tanau: {title: Tanau, unit: tanau, file: fires.csv, source: Gwasanaeth}"
    )
    chart = "\n```chart\nkind: comparison\nmeasures: [tanau]\n{caption}```\n"
    table = "\n```table\nkind: quarters\nmeasures: [tanau]\n```\n"
    block = "::: language en-GB"
    file = next(each for each in root.glob("content/2025-11-19/adroddiad/*.md") if block in each.read_text("utf-8"))
    text = file.read_text("utf-8")
    for before, inside, caption, count in (
        (chart, "", "", 1),
        (chart, "", "caption: Tanau fesul mis\nalternative: Siart o’r tanau fesul mis\n", 0),
        ("", chart, "", 0),
        (table, "", "", 0),
    ):
        put = f"{before}\n{block}\n{inside}".format(caption=caption)
        file.write_text(text.replace(block, put), "utf-8")
        _, found = meeting_of(root)
        told = [each for each in found if "C625" in each]
        assert len(told) == count, found
        assert all("“Line chart: Tanau" in each for each in told)


# ---------------------------------------------------------------------------------------------------------------------
# Tables


def test_headings_in_two_rows_sections_and_totals_reach_three_editions(harbour: Built) -> None:
    page = parsed(harbour.data("appendix-1.html").decode())
    table, plain = page.xpath("//table[not(ancestor::details)]")
    heads = [
        [(each.text_content(), each.get("scope"), each.get("colspan"), each.get("rowspan")) for each in row]
        for row in table.xpath("thead/tr")
    ]
    assert heads[0] == [
        ("Service", "col", None, "2"),
        ("Revenue", "colgroup", "2", None),
        ("Capital", "colgroup", "2", None),
    ]
    assert [name for name, *_ in heads[1]] == ["Budget", "Variance", "Budget", "Variance"]
    assert [each.text_content() for each in table.xpath("tbody/tr/th[@scope='rowgroup']")] == ["People", "Place"]
    assert len(table.xpath("tbody")) == 2
    assert table.xpath("tbody/tr[@class='total-row']/th[@scope='row']")[0].text_content() == "Total"
    assert table.xpath("tbody/tr[@class='total-row']/td")[-1].text_content() == "(1.1)"
    assert not plain.xpath("thead")
    assert len(plain.xpath("tbody/tr/th[@scope='row']")) == 2

    with zipfile.ZipFile(io.BytesIO(harbour.data("appendix-1.docx"))) as archive:
        document = archive.read("word/document.xml").decode()
    (first, _) = re.findall(r"<w:tbl>.*?</w:tbl>", document)
    rows = re.findall(r"<w:tr>.*?</w:tr>", first)
    assert ["w:tblHeader" in row for row in rows] == [True, True, *[False] * 7]
    assert not any("w:gridSpan" in row or "w:vMerge" in row for row in rows[2:])
    assert "TableSection" in rows[2]
    assert "TableTotalRight" in rows[-1]

    cells = Tagged(harbour.data("appendix-1.pdf")).root.all("TH")
    attributes = [pikepdf.Array([each.entries["/A"]])[0] for each in cells]
    attributes = [each[0] if isinstance(each, pikepdf.Array) else each for each in attributes]
    scopes = [str(each.get("/Scope", "")) for each in attributes]
    spans = [(int(each.get("/ColSpan", 1)), int(each.get("/RowSpan", 1))) for each in attributes]
    assert scopes.count("/Row") == 2 + 5 + 2
    assert scopes.count("/Column") == 7
    assert sorted(set(spans)) == [(1, 1), (1, 2), (2, 1), (5, 1)]
