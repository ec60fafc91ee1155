"""The bank holidays of England and Wales, from a table that comes with papergen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from papergen.values.own_yaml import read_own_yaml


@dataclass(frozen=True, slots=True, kw_only=True)
class BankHolidays:
    """The holidays that fall on a weekday, by day, with their names.

    The table was compared with its sources on ``as_at``; the days of years after ``last_published`` are those that the
    law gives by rule, to which a proclamation may add.
    """

    as_at: date
    last_published: int
    days: Mapping[date, str]

    @property
    def first_year(self) -> int:
        return min(self.days).year

    @property
    def last_year(self) -> int:
        return max(self.days).year


@cache
def bank_holidays() -> BankHolidays:
    """The table as it comes with this version of papergen."""
    return BankHolidays(**read_own_yaml(Path(__file__).with_name("bank_holidays.yaml")))
