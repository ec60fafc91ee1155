"""The manifest: what was read and written, by what, and where every number comes from."""

from __future__ import annotations

import hashlib
import json
import re
import subprocess
import sys
import tomllib
from importlib.metadata import version
from pathlib import Path
from typing import Any

import jsonschema  # type: ignore[import-untyped]
import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from typer.testing import CliRunner

import papergen
from papergen.cli.app import app
from papergen.language.numbers import State
from papergen.manifest.background import background_papers
from papergen.manifest.evidence import FACT
from papergen.manifest.names import MANIFEST
from papergen.manifest.office import OfficeRecord
from papergen.manifest.record import CONTEXT, Manifest, Number, Role, read_manifest, write_manifest
from papergen.manifest.why import places
from papergen.model.nodes import Text, Value
from papergen.model.serial import UnreadableRecordError
from papergen.model.walk import find
from papergen.store.code import PACKAGES
from papergen.values.quantities import Kind
from papergen.world import World
from tests.manifest.conftest import manifest_of
from tests.support.builds import REPOSITORY, Built, built, copy_of_norfolk

SCHEMA = Path(papergen.__file__).parent / "manifest" / "schema.json"
RUN = CliRunner()


# ---------------------------------------------------------------------------------------------------------------------
# What it holds


def test_the_schema_that_is_shipped_is_that_of_the_models() -> None:
    made = Manifest.model_json_schema(by_alias=True, mode="serialization")
    schema = {"$schema": "https://json-schema.org/draft/2020-12/schema", **made}
    assert json.loads(SCHEMA.read_text(encoding="utf-8")) == schema, "write it anew: json.dumps(schema, indent=2)"


def test_a_manifest_fits_its_schema_and_one_with_a_fault_does_not(sample: Built, fourshire: Built) -> None:
    shape = json.loads(SCHEMA.read_text(encoding="utf-8"))
    for build in (sample, fourshire):
        data: dict[str, Any] = json.loads(next((build.root / "output").rglob(MANIFEST)).read_bytes())
        jsonschema.validate(data, shape, cls=jsonschema.Draft202012Validator)
        data["outputs"][0]["sha256"] = "none"
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.validate(data, shape, cls=jsonschema.Draft202012Validator)


def test_what_is_written_is_read_again_whole(recorded: Manifest) -> None:
    assert read_manifest(write_manifest(recorded)) == recorded


def test_every_output_has_its_hash(sample: Built, recorded: Manifest) -> None:
    folder = sample.root / "output" / "2016-02-02"
    files = {str(file.relative_to(folder)): file.read_bytes() for file in folder.rglob("*") if file.is_file()}
    del files[MANIFEST]
    assert {each.name: each.sha256 for each in recorded.outputs} == {
        name: hashlib.sha256(data).hexdigest() for name, data in files.items()
    }
    assert {each.name: each.size for each in recorded.outputs} == {name: len(data) for name, data in files.items()}


@pytest.mark.slow
def test_every_file_of_the_workspace_that_a_build_opens_is_an_input(tmp_path: Path) -> None:
    """Python itself tells of every file that is opened; what the manifest lists is all of them and no more.

    Looking whether anything at all has changed since the last build is left out.
    """
    root = copy_of_norfolk(tmp_path / "workspace")
    opened = tmp_path / "opened"
    watch = f"""
import sys
from pathlib import Path
root, opened = Path({str(root)!r}).resolve(), open({str(opened)!r}, "w")
def hook(event, arguments):
    if event == "open" and str(arguments[0]).startswith("/"):  # what a folder is held by leads to it
        path = Path(arguments[0])
        path = path.parent.resolve() / path.name
        if path.is_relative_to(root):
            opened.write(path.relative_to(root).as_posix() + "\\n")
sys.addaudithook(hook)
sys.argv = ["papergen", "build", "--quiet", "--jobs", "1"]
import papergen.cli.app
import papergen.commands.build
papergen.cli.app.app(standalone_mode=False)
opened.flush()
"""
    (root / "content" / "data" / "not-a-table.txt").write_text("Nobody reads this.\n", encoding="utf-8")
    done = subprocess.run([sys.executable, "-c", watch], cwd=root, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    lines = set(opened.read_text(encoding="utf-8").splitlines())
    seen = {line for line in lines if not line.startswith("output/") and line not in (".", "content", "content/data")}
    inputs = read_manifest((root / "output" / "2018-06-12" / MANIFEST).read_bytes()).inputs
    assert {each.name for each in inputs if each.origin == "workspace"} == {each for each in seen if "." in each}
    assert "content/measures.yaml" in seen
    assert "content/data/not-a-table.txt" not in seen


def test_inputs_have_their_hashes_and_what_they_are(sample: Built, recorded: Manifest) -> None:
    inputs = {each.name: each for each in recorded.inputs if each.origin == "workspace"}
    for name, each in inputs.items():
        assert each.sha256 == hashlib.sha256((sample.root / name).read_bytes()).hexdigest()
    roles = {name: each.role for name, each in inputs.items()}
    assert roles["content/2016-02-02/meeting.yaml"] is Role.SETTINGS
    assert roles["content/data/recorded-crime.csv"] is Role.DATA
    assert roles["content/2016-02-02/panel-report/01-purpose.md"] is Role.CONTENT
    assert roles["templates/appendix.docx"] is Role.TEMPLATE
    assert "templates/paper.css" not in roles
    assert {each.name for each in recorded.inputs if each.role is Role.FONT} == {
        "files/Arimo[wght].ttf",
        "files/Arimo-Italic[wght].ttf",
    }


@pytest.mark.slow
def test_pictures_and_code_of_the_workspace_are_inputs(fourshire: Built, tmp_path: Path) -> None:
    roles = {each.role for each in manifest_of(fourshire).inputs}
    assert Role.PICTURE in roles
    root = copy_of_norfolk(tmp_path)
    panel = root / "content" / "panel.yaml"
    panel.write_text(panel.read_text(encoding="utf-8") + "\nexhibits: [heatmap]\n", encoding="utf-8")
    (root / "exhibits.py").write_text("def heatmap(options, request): ...\n", encoding="utf-8")
    made = manifest_of(built(root, "2018-06-12", may_run=True))
    code = [each for each in made.inputs if each.role is Role.CODE]
    assert [each.name for each in code] == ["exhibits.py"]


def test_the_templates_that_come_with_papergen_say_so(norfolk: Built, sample: Built) -> None:
    for build, origin in ((norfolk, "papergen"), (sample, "workspace")):
        templates = [each for each in manifest_of(build).inputs if each.name.startswith("templates/")]
        assert {each.origin for each in templates} == {origin}


def test_every_package_that_papergen_needs_is_a_tool_or_shapes_nothing(recorded: Manifest) -> None:
    with (REPOSITORY / "pyproject.toml").open("rb") as file:
        needed = {canonicalize_name(Requirement(each).name) for each in tomllib.load(file)["project"]["dependencies"]}
    versions = {each.name: each.version for each in recorded.tools}
    for_commands_imports_and_previews = {"typer", "rich", "python-calamine", "xlrd", "pypdfium2"}
    assert needed - for_commands_imports_and_previews <= versions.keys()
    assert {name: versions[name] for name in PACKAGES} == {name: version(name) for name in PACKAGES}


def test_libraries_of_the_system_are_tools_as_they_are_loaded(recorded: Manifest) -> None:
    from weasyprint.text.ffi import pango

    versions = {each.name: each.version for each in recorded.tools}
    number = pango.pango_version()
    assert versions["pango"] == f"{number // 10000}.{number // 100 % 100}.{number % 100}"
    for name in ("harfbuzz", "harfbuzz-subset", "fontconfig", "glib", "zlib", "libxml2", "qpdf"):
        assert re.fullmatch(r"\d+(\.\d+)+", versions[name]), name


def test_every_number_of_the_papers_is_there_with_what_it_comes_from(sample: Built, recorded: Manifest) -> None:
    values = [
        (found.paper.name, found.node.text, found.node.expression)
        for found in find(sample.papers, Value)
        if found.node.measures and found.node.at.file
    ]
    listed = {(each.paper, each.print, each.expression) for each in recorded.numbers}
    assert len(values) > 400
    assert set(values) <= listed
    number = next(each for each in recorded.numbers if each.expression == "violence_with_injury.quarter")
    assert number.print == "2,451"
    assert number.section == "Violence with Injury"
    assert number.periods == ("2015-10-01/2015-12-31",)
    assert (number.how, number.exact, number.kind) == (("violence_with_injury", "quarter"), "2451", Kind.COUNT)
    rows = [(sample.root / file).read_text(encoding="utf-8").split("\n")[line - 1] for file, line in rows_of(number)]
    assert sum(int(row.rsplit(",", 1)[1]) for row in rows) == 2451


def rows_of(number: Number) -> list[tuple[str, int]]:
    return [(file, line) for file, lines in places(number.rows) for line in lines]


def test_typed_numbers_of_the_papers_are_there_too(fourshire: Built) -> None:
    words = {found.node.text for found in find(fourshire.papers, Text)}
    typed = [each for each in manifest_of(fourshire).numbers if each.state is State.TYPED]
    assert typed
    for each in typed:
        assert any(each.print in text for text in words)
        assert each.at.startswith("content/")


def test_charts_name_their_measures_rows_and_numbers(recorded: Manifest) -> None:
    assert len(recorded.charts) > 20
    known = {each.id for each in recorded.measures}
    for chart in recorded.charts:
        assert chart.measures
        assert set(chart.measures) <= known
        assert chart.rows
        assert chart.shows


@pytest.fixture(scope="module")
def office(sample: Built) -> OfficeRecord:
    """The record for the office of the sample's papers."""
    data = (sample.root / "output" / "office" / "2016-02-02.json").read_bytes()
    return OfficeRecord.model_validate_json(data)


def test_waived_findings_name_who_lets_them_stand_and_why(office: OfficeRecord) -> None:
    waived = [each for each in office.waived if each.at.split(":")[0].endswith("04-road-traffic-casualties.md")]
    assert waived
    assert {each.code for each in waived} <= {"C702", "C703"}
    assert {each.by for each in waived} == {"Head of Operations"}
    assert {each.reason for each in waived} == {"The force published these counts in its paper of February 2016"}


def test_overruled_judgements_keep_the_words_of_the_rule(office: OfficeRecord) -> None:
    found = {each.section: each for each in office.overruled}["Violence with Injury"]
    assert (found.rule, found.words, found.by) == ("Stable at a new level", "Volumes stabilising", "Head of Crime")
    assert found.reason


def test_what_is_published_names_no_officer_and_no_reason(sample: Built, office: OfficeRecord) -> None:
    published = sample.root / "output" / "2016-02-02"
    manifest = (published / MANIFEST).read_text(encoding="utf-8")
    assert hashlib.sha256((published / MANIFEST).read_bytes()).hexdigest() == office.manifest
    assert len(office.owners) > 20
    kept = {each.owner for each in office.owners} | {each.reason for each in office.overruled}
    kept |= {words for each in office.waived for words in (each.reason, each.message)}
    printed = {words for paper in sample.papers for words in paper.fields.values()}
    for words in kept - printed:
        assert json.dumps(words, ensure_ascii=False) not in manifest
        for file in published.rglob("*.json"):
            assert f'"{words}"' not in file.read_text(encoding="utf-8")
    for word in ("waived", "overruled", "owner", "reason"):
        assert f'"{word}"' not in manifest


def test_nothing_in_it_is_of_this_machine_or_this_day(sample: Built) -> None:
    text = next((sample.root / "output").rglob(MANIFEST)).read_text(encoding="utf-8")
    for word in (str(sample.root), str(Path.home()), str(REPOSITORY), sys.prefix):
        assert word not in text
    assert not re.search(r"\d\dT\d\d:\d\d", text)


def test_its_words_are_those_of_schema_org_or_papergens_own(recorded: Manifest) -> None:
    """As JSON-LD it says what RO-Crate says of a run of a program: CreateAction, object, instrument, result."""
    assert CONTEXT["@vocab"] == "urn:papergen:manifest:"
    fitting = {"inputs": "object", "tools": "instrument", "outputs": "result"}
    for ours, theirs in fitting.items():
        assert CONTEXT[ours] == {"@id": f"schema:{theirs}"}
    data = json.loads(write_manifest(recorded))
    used = {each["type"] for part in ("inputs", "outputs", "tools", "numbers") for each in data[part]}
    assert used == {"File", "SoftwareApplication", "PropertyValue"}
    assert {*used, data["type"]} <= CONTEXT.keys()


# ---------------------------------------------------------------------------------------------------------------------
# Reading one that is none


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "not JSON"),
        (b'{"format": "papergen manifest 1", "na', "cut short"),
        (b"[" * 100_000, "not JSON"),
        (b"[]", "not written by papergen"),
        (b'{"format": 1}', "not written by papergen"),
        (b'{"format": "papergen manifest 9"}', "does not know"),
        (b'{"format": "papergen manifest 1"}', "has no “measures”"),
        (b"\xff\xfe", "not JSON"),
    ],
)
def test_a_broken_manifest_is_told_in_words(data: bytes, words: str) -> None:
    with pytest.raises(UnreadableRecordError, match=words):
        read_manifest(data)


@pytest.mark.parametrize("name", ["/etc/passwd", "../secret", "a/../../b", "C:\\papers", "..\\x"])
def test_a_manifest_cannot_name_files_elsewhere(name: str, norfolk: Built) -> None:
    data = json.loads(write_manifest(manifest_of(norfolk)))
    data["outputs"][0]["name"] = name
    with pytest.raises(UnreadableRecordError, match="outputs"):
        read_manifest(json.dumps(data).encode())


# ---------------------------------------------------------------------------------------------------------------------
# Background papers


def test_background_papers_are_the_sources_in_use_each_once(recorded: Manifest) -> None:
    drafted = list(background_papers(recorded.measures))
    sources = [each.source for each in drafted]
    assert len(sources) == len(set(sources))
    assert {" ".join(each.source.split()).rstrip(".") for each in recorded.measures} == set(sources)
    by_source = {each.source: each for each in drafted}
    fact = next(each for each in recorded.measures if each.id == "womens_aid_funding")
    assert fact.combine == FACT
    assert str(by_source[fact.source]) == f"{fact.source} (facts.csv)"
    crime = by_source["West Mercia Police recorded crime; constructed to agree with the published totals"]
    assert crime.data_to == ("December 2015",)
    assert "content/data/recorded-crime.csv" in crime.files


def test_a_measure_that_no_paper_uses_is_no_background_paper(norfolk: Built, tmp_path: Path) -> None:
    root = copy_of_norfolk(tmp_path)
    measures = root / "content" / "measures.yaml"
    measures.write_text(
        measures.read_text(encoding="utf-8")
        + "\nunused:\n  title: Unused\n  unit: offences\n  file: recorded-crime.csv\n  source: Nobody’s records\n"
        + "  where: {force: Norfolk}\n",
        encoding="utf-8",
    )
    done = RUN.invoke(app, ["background-papers", "-w", str(root)])
    assert done.exit_code == 0, done.output
    assert "section 100D" in done.output
    assert "- Home Office police recorded crime open data" in done.output
    assert "Nobody" not in done.output


def test_reading_through_the_door_is_recorded_by_the_name_of_the_file(tmp_path: Path) -> None:
    from papergen.diagnostics import Diagnostics

    (tmp_path / "content").mkdir()
    (tmp_path / "content" / "a.md").write_text("Words.\n", encoding="utf-8")
    world = World(tmp_path, Diagnostics())
    assert world.read_text("content/../content/a.md") == "Words.\n"
    assert world.read_text("content/b.md") is None
    assert world.quietly().read_text("content/a.md")
    assert list(world.reads) == ["content/a.md"]
