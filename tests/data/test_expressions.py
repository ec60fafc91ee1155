from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import Environment, TemplateSyntaxError, nodes

from papergen.data.expression_trees import names_in, parsed
from papergen.data.expressions import evaluate
from papergen.diagnostics import Diagnostics, Span
from papergen.values.facts import Fact, FactError
from papergen.values.periods import Month, Period
from papergen.values.quantities import Kind, Origin, Quantity

TYPED = Span("content/2016-02-02/meeting.yaml", 2, 7)
HERE = Span("content/2016-02-02/panel-report/01-purpose.md", 9, 3)
PERIOD = Period(date(2015, 10, 1), date(2015, 12, 31))
FACTS = {
    "meeting": Fact(
        parts={
            "date": Fact(date(2016, 2, 2), TYPED),
            "previous": Fact(Month(2015, 12), TYPED),
            "period": Fact(PERIOD, TYPED, {"ends": Fact(PERIOD.ends, TYPED)}),
            "agenda_item": Fact("", TYPED),
        }
    ),
    "plan": Fact(
        parts={
            "objectives": Fact(parts={"1": Fact("To do good", TYPED)}),
            "aim": Fact(parts={"well-being": Fact("To keep people well", TYPED)}),
            "areas": Fact(("North", "South", "Telford & Wrekin"), TYPED),
        }
    ),
}


def value(expression: str) -> str:
    diagnostics = Diagnostics()
    found = evaluate(expression, at=HERE, facts=Fact(parts=FACTS), diagnostics=diagnostics)
    assert found is not None, [str(each) for each in diagnostics]
    assert found.expression == expression.strip()
    assert found.at == HERE
    assert found.sources == (TYPED,)
    return found.text


def problem(expression: str) -> tuple[str, str, str]:
    diagnostics = Diagnostics()
    assert evaluate(expression, at=HERE, facts=Fact(parts=FACTS), diagnostics=diagnostics) is None
    (found,) = diagnostics
    assert found.at == HERE
    return found.code.id, found.message, found.hint


@pytest.mark.parametrize(
    ("expression", "printed"),
    [
        ("meeting.date", "2\u00a0February 2016"),
        (" meeting.date ", "2\u00a0February 2016"),
        ("meeting.date | month", "February 2016"),
        ("meeting.date|weekday", "Tuesday 2\u00a0February 2016"),
        ("meeting.date | year", "2016"),
        ("meeting.previous", "December 2015"),
        ("meeting.previous | month", "December 2015"),
        ("meeting.period", "1\u00a0October to 31\u00a0December 2015"),
        ("meeting.period.ends", "31\u00a0December 2015"),
        ("meeting.period | quarter", "third quarter of 2015/16"),
        ("meeting.period | months", "October to December 2015"),
        ("plan.objectives[1]", "To do good"),
        ("plan.objectives[1] | lower_first", "to do good"),
        ('plan.aim["well-being"]', "To keep people well"),
        ("plan.areas", "North, South and Telford & Wrekin"),
    ],
)
def test_a_fact_is_printed_by_name(expression: str, printed: str) -> None:
    assert value(expression) == printed


def test_an_unknown_name_suggests_the_near_match() -> None:
    code, message, hint = problem("meeting.dat")
    assert (code, message) == ("V102", "“meeting.dat” is not a name that papergen knows.")
    assert "“date”" in hint


def test_a_format_that_does_not_fit_names_those_that_do() -> None:
    code, message, hint = problem("meeting.period | weekday")
    assert code == "V103"
    assert "“weekday” does not fit “meeting.period”" in message
    assert "months, quarter" in hint


def test_a_name_that_holds_others_asks_for_one_of_them() -> None:
    code, _, hint = problem("meeting")
    assert code == "V102"
    assert "date" in hint


def test_a_fact_that_was_not_given_is_never_an_empty_string() -> None:
    code, message, _ = problem("meeting.agenda_item")
    assert code == "V102"
    assert "has not been given" in message


@pytest.mark.parametrize(
    "expression",
    [
        *("", "   ", "meeting.date }} {{ meeting.date", "1", "'text'", "meeting.date + 1", "range(10 ** 9)"),
        *("meeting.date()", "meeting.__class__", "meeting.date.__class__.__mro__", "[x for x in y]"),
        *("meeting.date if true else 1", "%}{% for a in b"),
        "(" * 400,
        "a." * 240 + "a",
        "x" * 501,
        "meeting.date | month | year",
        "meeting.date | month(1)",
    ],
)
def test_anything_else_is_refused_and_never_run(expression: str) -> None:
    code, _, hint = problem(expression)
    assert code in ("V101", "V102", "V103", "V104")
    assert hint


@given(st.text(max_size=200))
def test_no_expression_raises(expression: str) -> None:
    diagnostics = Diagnostics()
    found = evaluate(expression, at=HERE, facts=Fact(parts=FACTS), diagnostics=diagnostics)
    assert (found is None) == (len(diagnostics) == 1)


@pytest.mark.parametrize(
    ("expression", "how"),
    [
        ("robbery.quarter.change | rose", ("robbery", "quarter", "change", "rose")),
        ('x.by(kind="a.b | c").month("2015-12") | sign | upper_first', ("x", "by", "month", "sign", "upper_first")),
        ("plan.objectives[2]", ("plan", "objectives", "2")),
        ("(a.quarter - b.quarter) / c.quarter", ("a", "quarter", "-", "b", "quarter", "/", "c", "quarter")),
        ("a.share_of(b.quarter)", ("a", "share_of")),
    ],
)
def test_the_names_that_are_followed_are_kept(expression: str, how: tuple[str, ...]) -> None:
    assert names_in(parsed(expression)) == how
    names = ", ".join(f'"offence number {number} of many"' for number in range(1000))
    assert names_in(parsed(f"burglary.by(kind=[{names}]).quarter")) == ("burglary", "by", "quarter")


@pytest.mark.parametrize(
    ("expression", "exact", "decimals", "text"),
    [
        ("half", Fraction(55, 2), 0, "28%"),
        ("half | percent(1)", Fraction(55, 2), 1, "27.5%"),
        ("half | sign(2) | upper_first", Fraction(55, 2), 2, "+27.50%"),
        ("grant", Fraction(1001, 100), 2, "£10.01"),
        ("sixteen | words", Fraction(16), 0, "sixteen"),
        ("half - half", Fraction(0), 0, "0 percentage points"),
    ],
)
def test_a_number_is_kept_as_it_is_with_the_decimals_printed(
    expression: str, exact: Fraction, decimals: int, text: str
) -> None:
    origin = Origin(measures=("m",), periods=(PERIOD,), rows=(TYPED,))
    facts = {
        "half": Fact(Quantity(value=Fraction(55, 2), kind=Kind.PERCENTAGE, origin=origin)),
        "grant": Fact(Quantity(value=Fraction(1001, 100), kind=Kind.POUNDS, origin=origin)),
        "sixteen": Fact(Quantity(value=Fraction(16), kind=Kind.COUNT, origin=origin)),
    }
    found = evaluate(expression, at=HERE, facts=Fact(parts=facts), diagnostics=Diagnostics())
    assert found is not None
    assert found.quantity is not None
    assert (found.quantity.value, found.quantity.decimals, found.text) == (exact, decimals, text)
    assert (found.quantity.origin, found.sources, found.measures) == (Origin(), (TYPED,), ("m",))


def test_a_date_is_its_own_period_and_no_number() -> None:
    found = evaluate("meeting.previous | month", at=HERE, facts=Fact(parts=FACTS), diagnostics=Diagnostics())
    assert found is not None
    assert found.quantity is None
    assert found.periods == (Period(date(2015, 12, 1), date(2015, 12, 31)),)


@pytest.mark.parametrize(
    "expression",
    [
        *(" meeting.date ", "meeting", "a.b_2.c", " robbery.change | percent ", "x|month", "none.quarter", "a . b"),
        *("true", "loop.index", "self.x", "a.true | lower", "not", "and", "or", "if", "else", "in", "is", "not.here"),
    ],
)
def test_the_short_way_to_a_plain_name_gives_what_jinja_gives(expression: str) -> None:
    try:
        found = Environment(autoescape=True).parse(f"{{{{ {expression} }}}}").body[0]
    except TemplateSyntaxError:
        with pytest.raises(FactError):
            parsed(expression)
        return
    assert isinstance(found, nodes.Output)
    assert parsed(expression) == found.nodes[0]
