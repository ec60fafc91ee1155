"""Text made to keep a reader busy for ever, or to fill its memory: read in moments, or refused with an error."""

from __future__ import annotations

import pytest

from tests.support.orchard import FILES, FOLDER, HEAD, MEASURES, PAGE, Orchard

pytestmark = pytest.mark.slow

LONGEST = 5_000
"""Characters: enough that work which grows with their cube has no end."""


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Orchard:
    return Orchard(tmp_path_factory.mktemp("orchard"))


NOISE = [
    *["(", "{{ ", "a ", "1,", "1 ", "9:", "1%, ", "“a ", "a’b’", ",, ", "in January ", "January and ", "1 January to "],
    *[
        "will be held in ",
        "12 of 13 (90%) ",
        "rose from 5 to ",
        "5 and 6 men, ",
        "total of 5 plus ",
        "14% of all crime ",
    ],
    *["section 1, 2 and ", "section aand", "Appendix A and B, ", "update on the ", "No change, confirmed by "],
    *["offences and incidents ", "red and green ", "it 2015 ", "x@y."],
]


@pytest.mark.parametrize("noise", NOISE)
def test_a_paragraph_of_noise_is_checked_in_moments(workspace: Orchard, noise: str) -> None:
    workspace.run({PAGE: f"{HEAD}{noise * (LONGEST // len(noise))}\n"})


@pytest.mark.parametrize(
    "expression",
    [
        "9**9**9",
        "'a' * 9999999999",
        "theft.rolling(9**9)",
        "theft.rolling(" + "9" * 400 + ")",
        "theft.quarter | percent(999999999)",
        "(" * 240 + "theft" + ")" * 240,
        "theft" + ".quarter" * 60,
        "theft.by(" * 50,
        "-" * 400 + "1",
        "range(9999999999)",
        "theft.quarter" + " + theft.quarter" * 30,
    ],
)
def test_an_expression_without_an_end_gives_a_figure_or_an_error(workspace: Orchard, expression: str) -> None:
    outcome = workspace.run({PAGE: f"{HEAD}So many: {{{{ {expression} }}}}.\n"})
    assert outcome.has_errors or "theft.quarter + theft" in expression


@pytest.mark.parametrize(
    "body",
    [
        "(" * 100_000,
        "[" * 100_000,
        "{{" * 50_000,
        "> " * 50_000,
        "- " * 50_000,
        "*a **b " * 30_000,
        "word " * 300_000,
        "".join(f"{'  ' * depth}- item\n" for depth in range(500)),
        ":::: landscape\n" * 2_000,
        "| a " * 5_000 + "|\n" + "|---" * 5_000 + "|\n" + "| 1 " * 5_000 + "|\n",
        "".join(f"Word[^{number}].\n\n[^{number}]: Note.\n\n" for number in range(300)),
        "## Same\n\nWords.\n\n" * 300,
        "".join(f"::: waive C201 Reason\n\nWords {number}.\n\n" for number in range(300)),
        "Table: T\n\n| a | b |\n|---|---|\n" + "| x | 1 |\n" * 500,
        "Table: T\n\n| a | b |\n|---|---|\n" + "".join(f"| x{number} | {number} |\n" for number in range(5_000)),
        "Reports rose from 12 to 10 and fell by 4 to 8, " * 400,
        "See Table 2 and section 3.1 and Figure 4 " * 450,
        "```table\nkind: quarters\nmeasures: [" + "theft, " * 5_000 + "]\n```\n",
        "```chart\nkind: &a [control, control]\nmeasure: [*a, *a]\n```\n",
        "[x](" + "a" * 100_000 + ")\n",
        "{#" + "a" * 100_000 + "}\n",
    ],
    ids=range(21),
)
def test_markdown_without_an_end(workspace: Orchard, body: str) -> None:
    workspace.run({PAGE: HEAD + body})


ALIASES = "a: &a [x, x, x, x]\nb: &b [*a, *a, *a, *a]\nc: &c [*b, *b, *b, *b]\nd: [*c, *c, *c, *c]\n"
YAML = [
    ALIASES,
    "a: &a {x: 1}\n<<: *a\n",
    "theft: " + "9" * 5_000,
    "theft: " + "1:" * 2_000 + "1",
    "theft: !!binary " + "A" * 50_000,
    "!!python/object/apply:os.system [x]",
    "!!python/name:os.system",
    "!!set {a, b}",
    "[" * 5_000,
    "{a: " * 3_000,
    "".join(" " * depth + "a:\n" for depth in range(500)),
    "a" * 200_000 + ": 1",
    "? " * 10_000,
    "&a " * 2_000 + "x",
    "- " * 20_000,
    "a: |\n" + "  x\n" * 20_000,
    "x: 1\n---\ny: 2\n",
    "a: [" + "1," * 300_000 + "]",
]


YAML_FILES = ["content/panel.yaml", "content/measures.yaml", f"{FOLDER}/meeting.yaml", PAGE]
EACH = [(YAML_FILES[index % 4], text) for index, text in enumerate(YAML)]
EACH += [(YAML_FILES[(index + 1) % 4], text) for index, text in enumerate(YAML)]


@pytest.mark.parametrize(("file", "text"), EACH, ids=range(len(EACH)))
def test_yaml_without_an_end_is_an_error(workspace: Orchard, file: str, text: str) -> None:
    assert workspace.run({file: text if file != PAGE else f"---\n{text}\n---\n\nWords.\n"}).has_errors


def test_a_long_catalogue_is_read(workspace: Orchard) -> None:
    more = "".join(f"m{index}: {{title: T, unit: u, file: theft.csv, source: s}}\n" for index in range(300))
    assert not workspace.run({"content/measures.yaml": MEASURES + more}).has_errors


WIDE = ",".join(f"c{number}" for number in range(5_000))
DATA = [
    f"month,area,kind,value,{WIDE}\n2015-12,North,violent,1,{','.join(['x'] * 5_000)}\n",
    "month,area,kind,value\n2015-12," + "x" * 1_000_000 + ",a,1\n",
    "month,area,kind,value\n2015-12,North,violent," + "9" * 100_000 + "\n",
    '"' * 500_000,
    "," * 1_000_000,
    "\n" * 1_000_000,
    "month,area,kind,value\n" + "2015-12,North,violent,1\n" * 20_000,
    "month," * 10_000,
]


@pytest.mark.parametrize("text", DATA, ids=range(len(DATA)))
def test_data_without_an_end(workspace: Orchard, text: str) -> None:
    assert workspace.run({"content/data/theft.csv": text}).has_errors


def test_long_data_are_read(workspace: Orchard) -> None:
    rows = [f"{1000 + index // 12}-{index % 12 + 1:02},North,violent,{index % 50}" for index in range(12_192)]
    data = "\n".join(["month,area,kind,value", *rows, *FILES["content/data/theft.csv"].splitlines()[1:]])
    assert workspace.run({"content/data/theft.csv": data}).papers
