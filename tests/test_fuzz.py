"""Whatever stands in a file: papers, or an error with its place; never an exception, nothing lost, no endless work.

Each test runs the whole way from files to findings over a tiny workspace.  ``make fuzz`` tries many more examples
of each, and ``PAPERGEN_FUZZ=2000`` in the environment so many.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from papergen.diagnostics import Severity
from papergen.exhibits.kinds import CHARTS, TABLES
from papergen.read.front_matter import FrontMatter
from papergen.values.formats import FORMATS
from tests.support.examples import EXAMPLES, FUZZ
from tests.support.markdown import FRAGMENTS, well_made_files
from tests.support.orchard import (
    FILES,
    FOLDER,
    HEAD,
    MEASURES,
    MEETING_SETTINGS,
    OTHER_PAGE,
    OTHER_TEXT,
    PAGE,
    PANEL,
    PLAN,
    Orchard,
)

pytestmark = pytest.mark.slow

WORD = re.compile(r"\bw\d+\b")


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Orchard:
    return Orchard(tmp_path_factory.mktemp("orchard"))


def test_the_workspace_itself_is_clean(workspace: Orchard) -> None:
    assert [str(found) for found in workspace.run({}).findings] == []


# ---------------------------------------------------------------------------------------------------------------------
# Values out of which settings and options are made

SCALARS: list[Any] = [
    *[None, True, False, 0, 1, -1, 5, 10**30, -(10**30), 1e308, -0.0, 0.1, 2.5, float("inf"), float("nan")],
    *[
        "",
        " ",
        "w1",
        "a b",
        "x" * 3000,
        *("é", "🙂", "\u202e", "\u00a0", "2016-02-02", "2015-13", "2015/16 Q3", "2015/16", "0001-01"),
    ],
    *[
        *("{{ theft.quarter }}", "{{", "}}", "{aim}", "*a*", "[](#x)", "../../etc/passwd", "/etc/passwd", "C:\\x"),
        *("a.csv", "theft.csv", "facts.csv", "population.csv"),
    ],
    *[
        *("theft", "violent_theft", "reached", "compared", "apples", "North", "Avonside", "safer", "count"),
        *("percentage", "off"),
    ],
]
KEYS = [
    *("title", "name", "kind", "value", "of", "file", "from", "to", "low", "year", "id", "w1", "", "__class__"),
    *("theft", "x y"),
]
VALUES = st.recursive(
    st.sampled_from(SCALARS) | st.dates() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(KEYS), inner, max_size=3),
    max_leaves=5,
)


MARKS = list(":-#[]{}&*!|>?',%@`\"\t\n\x00")


def _places(data: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    below: list[tuple[Any, ...]] = []
    if isinstance(data, dict):
        for key, value in data.items():
            below += _places(value, (*path, key))
    elif isinstance(data, list):
        for index, value in enumerate(data):
            below += _places(value, (*path, index))
    return [path, *below]


@st.composite
def changed(draw: st.DrawFn, text: str) -> str:
    """Settings of which one or two parts are others, gone or new."""
    data = yaml.safe_load(text)
    for _ in range(draw(st.integers(min_value=1, max_value=2))):
        path = draw(st.sampled_from(_places(data)))
        value = draw(VALUES)
        if not path:
            if draw(st.booleans()) and isinstance(data, dict):
                data[draw(st.sampled_from(KEYS))] = value
            continue
        holder = data
        for part in path[:-1]:
            holder = holder[part]
        act = draw(st.sampled_from(["set", "set", "set", "delete", "add", "repeat"]))
        if act == "delete":
            del holder[path[-1]]
        elif act == "add" and isinstance(holder, dict):
            holder[draw(st.sampled_from(KEYS))] = value
        elif act == "repeat" and isinstance(holder, list):
            holder.append(holder[path[-1]])
        else:
            holder[path[-1]] = value
    return yaml.safe_dump(data, allow_unicode=True, sort_keys=False)


@st.composite
def torn(draw: st.DrawFn, text: str) -> str:
    """A text with pieces cut out, doubled or put in."""
    for _ in range(draw(st.integers(min_value=1, max_value=3))):
        start = draw(st.integers(min_value=0, max_value=len(text)))
        end = min(len(text), start + draw(st.integers(min_value=0, max_value=30)))
        put = draw(st.sampled_from(["", text[start:end] * 2, *MARKS]))
        text = text[:start] + put + text[end:]
    return text


# ---------------------------------------------------------------------------------------------------------------------
# Markdown, its front matter and its figures

NAMES = [
    *("theft", "violent_theft", "reached", "compared", "apples", "pears", "meeting", "panel", "plan", "paper", "w1"),
    *("_", "self"),
]
PARTS = [
    *[
        *("quarter", "change", "previous_quarter", "latest", "projection", "low", "high", "peers", "rank", "level"),
        *("judgement", "period"),
    ],
    *[
        *("starts", "average", "per_day", "year_to_date", "date", "title", "aim", "safer", "objectives", "__class__"),
        *("mro", "w2"),
    ],
]
CALLS = [
    *[
        'by(kind="violent")',
        'by(kind=["violent", "other"])',
        'area("North")',
        'month("2015-11")',
        'months("2015-10", "2015-12")',
    ],
    *[
        'year("2014/15")',
        'quarter_of("2014/15 Q2")',
        "rolling(6)",
        "rolling(0)",
        "rolling(10000000000000000000)",
        'month("0000-00")',
    ],
    *[
        "change_from(theft.last_year)",
        "share_of(theft)",
        "share_of(apples)",
        "by()",
        "by(1)",
        "rolling()",
        'area("w3")',
        "month(1)",
    ],
]
JUNK = [
    *("9**9**9", "[x for x in y]", "(", ")", "1", "'w4'", "theft[0]", "theft[:]", "-theft", "not theft"),
    *("theft if 1", "{}", "a or b", "~"),
]


@st.composite
def expressions(draw: st.DrawFn) -> str:
    def name() -> str:
        parts = draw(st.lists(st.sampled_from(PARTS) | st.sampled_from(CALLS), max_size=3))
        return ".".join([draw(st.sampled_from(NAMES)), *parts])

    terms = [name()]
    for _ in range(draw(st.integers(min_value=0, max_value=2))):
        terms += [draw(st.sampled_from([" + ", " - ", " / ", " * ", " ** ", " % ", " // ", " ~ "])), name()]
    text = "".join(terms)
    text = f"({text})" if draw(st.booleans()) else text
    for _ in range(draw(st.integers(min_value=0, max_value=2))):
        brackets = draw(st.sampled_from(["", "", "(1)", "(99)", "(w5)", "()"]))
        text += f" | {draw(st.sampled_from([*FORMATS, 'w6', 'attr']))}{brackets}"
    return draw(st.sampled_from(JUNK)) if draw(st.integers(0, 9)) == 0 else text


@FUZZ
@given(expression=expressions())
def test_any_expression(workspace: Orchard, expression: str) -> None:
    outcome = workspace.run({PAGE: f"{HEAD}So many: {{{{ {expression} }}}}.\n"})
    assert outcome.papers


MORE_FRAGMENTS = [
    *FRAGMENTS,
    *[
        "\n```chart\nkind: control\nmeasure: w1\n```\n",
        "\n```table\nkind: quarters\nmeasures: [theft]\ncaption: w2\n```\n",
        "\n```table\n",
    ],
    *[
        "{{ theft.quarter }}",
        "{{ theft.change | up }}",
        "{{ (theft.quarter - apples) | more }}",
        "{{ 9**9**9 }}",
        "\n::: waive C201 w3\n",
    ],
    *[
        "14% of all crime",
        "31 December 2016",
        "will be held in January",
        "(w4",
        "“w5",
        "5,059 of 18,094",
        "two women in North",
        " £3m ",
    ],
    *["\n- **Part 2** w6", "the red line", "TBC", "$$", "1October", "\u202e", "\u200b", "0" * 40, "9" * 400 + "%"],
]
MARKDOWN = st.lists(st.sampled_from(MORE_FRAGMENTS), max_size=40).map("".join)


@FUZZ
@given(body=MARKDOWN)
def test_any_markdown_is_read_whole_or_reported(workspace: Orchard, body: str) -> None:
    outcome = workspace.run({PAGE: HEAD + body})
    if not outcome.has_errors:
        # The name of a footnote is not printed; its mark and its note are.
        assert set(WORD.findall(re.sub(r"\[\^[^\]]*\]", "", body))) <= outcome.words(WORD)


@FUZZ
@given(text=well_made_files())
def test_well_made_markdown_arrives_whole(workspace: Orchard, text: str) -> None:
    body = re.sub(r"\{\{ (w\d+)(?: \| w\d+)? \}\}", r"{{ theft.quarter }} \1", text.split("---\n", 2)[2])
    body = re.sub(r"\]\(#w\d+\)", "](#report)", body).replace("(map.png)", "(images/map.png)")
    outcome = workspace.run({PAGE: HEAD + body + "\n\nAt the end, [Report](#report).\n"})
    assert [str(found) for found in outcome.findings if found.severity is Severity.ERROR] == []
    assert set(WORD.findall(body)) <= outcome.words(WORD)


@st.composite
def front_matters(draw: st.DrawFn) -> str:
    keys = st.sampled_from([*FrontMatter.model_fields, "w1", "heading", "list"])
    given_keys = draw(st.dictionaries(keys, VALUES, max_size=6))
    text = yaml.safe_dump(given_keys, allow_unicode=True, sort_keys=False) if given_keys else ""
    return draw(torn(text)) if draw(st.booleans()) and text else text


@FUZZ
@given(front=front_matters(), end=st.sampled_from(["---\n", "---", "...\n", "", "--- \n"]))
def test_any_front_matter(workspace: Orchard, front: str, end: str) -> None:
    workspace.run({OTHER_PAGE: f"---\n{front}{end}\nWords.\n"})


@FUZZ
@given(text=changed(OTHER_TEXT.split("---\n")[1]))
def test_front_matter_of_a_topic(workspace: Orchard, text: str) -> None:
    workspace.run({OTHER_PAGE: f"---\n{text}---\n{OTHER_TEXT.split('---', 2)[2]}"})


# ---------------------------------------------------------------------------------------------------------------------
# Settings

SETTINGS = [
    ("content/panel.yaml", PANEL),
    ("content/plan.yaml", PLAN),
    (f"{FOLDER}/meeting.yaml", MEETING_SETTINGS),
    ("content/measures.yaml", MEASURES),
]


@pytest.mark.parametrize("mutate", [changed, torn])
@pytest.mark.parametrize(("file", "text"), SETTINGS, ids=[file for file, _ in SETTINGS])
def test_any_settings(
    workspace: Orchard, file: str, text: str, mutate: Callable[[str], st.SearchStrategy[str]]
) -> None:
    @settings(FUZZ, max_examples=max(EXAMPLES // 2, 1))
    @given(settings_text=mutate(text))
    def run(settings_text: str) -> None:
        workspace.run({file: settings_text})

    run()


# ---------------------------------------------------------------------------------------------------------------------
# Data

CELLS = [
    *[
        *("", "0", "-1", "1e9", "1,234", "1 234", "12.5", "12%", "£3", "n/a"),
        "9" * 30,
        "0." + "1" * 30,
        "\u22125",
        "½",
        "٣",
        "Ⅳ",
        "=1+1",
    ],
    *[
        *("2015-12", "2015-13", "Dec-15", "2015/16", "2015/16 Q3", "9999-12", "0001-01", "2015-02-30", "42000"),
        *("31/12/2015", "2014-01"),
    ],
    *[
        "North",
        "north",
        "Orchard",
        "violent",
        '"',
        '"a,b"',
        "a\nb",
        "month",
        "value",
        "\ufeff",
        "\x00",
        "x" * 5000,
        "theft",
        "people",
    ],
]
DATA = [name for name in FILES if name.endswith(".csv")]


@st.composite
def data_files(draw: st.DrawFn) -> tuple[str, str]:
    name = draw(st.sampled_from(DATA))
    rows = [line.split(",") for line in FILES[name].splitlines()]
    rows = rows[: draw(st.sampled_from([0, 1, 2, 3, len(rows), len(rows), len(rows)]))]
    for _ in range(draw(st.integers(min_value=0, max_value=3))):
        if not rows:
            break
        row = draw(st.integers(min_value=0, max_value=len(rows) - 1))
        act = draw(
            st.sampled_from(["cell", "cell", "cell", "delete", "double", "longer", "shorter", "column", "header"])
        )
        column = draw(st.integers(min_value=0, max_value=len(rows[0]) - 1)) if rows[0] else 0
        match act:
            case "cell" | "header":
                row = 0 if act == "header" else row
                if column < len(rows[row]):
                    rows[row][column] = draw(st.sampled_from(CELLS))
            case "delete":
                del rows[row]
            case "double":
                rows.append(list(rows[row]))
            case "longer":
                rows[row].append(draw(st.sampled_from(CELLS)))
            case "shorter":
                rows[row] = rows[row][:-1]
            case _:
                cell = draw(st.sampled_from(CELLS))
                rows = [[cell if index == column else old for index, old in enumerate(each)] for each in rows]
    end = draw(st.sampled_from(["\n", "\r\n", "\r"]))
    return name, draw(st.sampled_from(["", "", "\ufeff"])) + end.join(",".join(row) for row in rows)


@FUZZ
@given(made=data_files())
def test_any_data(workspace: Orchard, made: tuple[str, str]) -> None:
    name, text = made
    workspace.run({name: text})


@FUZZ
@given(name=st.sampled_from(DATA), data=st.binary(max_size=200))
def test_any_bytes_for_data(workspace: Orchard, name: str, data: bytes) -> None:
    workspace.run({name: data})


@FUZZ
@given(name=st.sampled_from([name for name in FILES if not name.endswith(".csv")]), data=st.binary(max_size=200))
def test_any_bytes_for_words(workspace: Orchard, name: str, data: bytes) -> None:
    workspace.run({name: data})


# ---------------------------------------------------------------------------------------------------------------------
# Exhibits

KINDS = [
    *(("chart", kind, each.options) for kind, each in CHARTS.items()),
    *(("table", kind, each.options) for kind, each in TABLES.items()),
]
LIKELY: dict[str, list[Any]] = {
    "measure": ["theft", "reached", "compared", "violent_theft", "w1"],
    "measures": [["theft"], ["theft", "violent_theft"], ["reached"], ["compared", "reached"], []],
    "aim": ["safer", "w1"],
    "by": ["kind", "area", "force", "month", "w1"],
    "where": [{"kind": "violent"}, {"area": ["North", "South"]}, {"w1": "x"}],
    "id": ["w1", "w 1"],
    "width": ["half", "full"],
}


@st.composite
def exhibits(draw: st.DrawFn) -> str:
    block, kind, options = draw(st.sampled_from(KINDS))
    lines: dict[str, Any] = {"kind": kind}
    for name, field in options.model_fields.items():
        key = field.alias or name
        if key != "kind" and (field.is_required() or draw(st.integers(0, 4)) == 0):
            likely = LIKELY.get(key)
            lines[key] = draw(st.sampled_from(likely)) if likely and draw(st.integers(0, 4)) else draw(VALUES)
    text = yaml.safe_dump(lines, allow_unicode=True, sort_keys=False)
    return f"```{block}\n{text}```\n"


@FUZZ
@given(block=exhibits())
def test_any_exhibit(workspace: Orchard, block: str) -> None:
    workspace.run({PAGE: f"{HEAD}Words before it.\n\n{block}"})
