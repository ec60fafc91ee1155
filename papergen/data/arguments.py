"""What stands in round brackets after a name: ``month("2015-11")``, ``quarter_of("2014/15 Q3")``."""

from __future__ import annotations

from collections.abc import Mapping

from papergen import codes
from papergen.values.facts import Argument, FactError
from papergen.values.period_names import parse_month, parse_period, parse_quarter, parse_week, parse_year
from papergen.values.periods import Month, Period, months_period


def call_error(name: str, example: str) -> FactError:
    """What is told of brackets that cannot be understood, with an example of ones that can."""
    return FactError(
        f"What stands in the brackets after “{name}” cannot be understood.",
        f"Write it as in {{{{ robbery.{example} }}}}." if "(" in example else example,
        codes.VALUE_SYNTAX,
    )


def _month_named(text: Argument, call: str) -> Month:
    month = parse_month(text) if isinstance(text, str) else None
    if month is None:
        raise call_error(call, 'month("2015-11")' if call == "month" else 'months("2015-10", "2015-11")')
    return month


def month_in(given: tuple[Argument, ...], named: Mapping[str, Argument]) -> Period:
    """The month in ``month("2015-11")``; raises ``FactError``."""
    match given:
        case (text,) if not named:
            month = _month_named(text, "month")
            return months_period(month, month)
        case _:
            raise call_error("month", 'month("2015-11")')


def months_in(given: tuple[Argument, ...], named: Mapping[str, Argument]) -> Period:
    """The months in ``months("2015-10", "2015-11")``; raises ``FactError``."""
    match given:
        case (first, last) if not named:
            start, end = _month_named(first, "months"), _month_named(last, "months")
            if end < start:
                raise FactError(f"{end} comes before {start}.", "Give the earlier month first.")
            return months_period(start, end)
        case _:
            raise call_error("months", 'months("2015-10", "2015-11")')


def any_period(given: tuple[Argument, ...], named: Mapping[str, Argument]) -> Period:
    """The period of any kind that the brackets of ``during`` name; raises ``FactError``."""
    match given:
        case (str(text),) if not named and (period := parse_period(text) or parse_week(text)) is not None:
            return period
        case _:
            raise call_error("during", 'during("2013/14 to 2015/16")')


def named_period(given: tuple[Argument, ...], named: Mapping[str, Argument], call: str, example: str) -> Period:
    """The year or quarter that the brackets of ``call`` name; raises ``FactError``."""
    match given:
        case (str(text),) if not named:
            period = parse_year(text) if call == "year" else parse_quarter(text)
            if period is not None:
                return period
        case _:
            pass
    raise call_error(call, f'{call}("{example}")')
