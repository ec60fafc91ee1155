"""The words of tables and charts that are made from data."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class ExhibitWords:
    """The words of one language in tables and charts, each by what it is for.

    ``ratings`` are those of a target that is met, nearly met and missed, ``points`` those for one and for several,
    ``variances`` those of a sum under, on and over its budget, ``periods`` those from a day to a year and of another
    length, ``at_time`` those that lead to a day and to another period, and ``special_causes`` those of the rules.
    ``numbers_are`` tell of one, some and many periods; ``states`` and ``assurances`` stand in the order of their kinds.
    """

    source: str
    data_to: str
    measure: str
    latest: str
    period: str
    target: str
    against_target: str
    change: str
    change_on: str
    direction: str
    rating: str
    trend: str
    comment: str
    ratings: tuple[str, ...]
    no_target: str
    no_change: str
    up: str
    down: str
    better: str
    worse: str
    too_few: str
    points: tuple[str, ...]
    share: str
    total: str
    all: str
    budget: str
    actual: str
    variance: str
    over_or_under: str
    variances: tuple[str, ...]
    by: str
    by_both: str
    by_quarter: str
    against_targets: str
    budget_and: str
    and_others: str
    changes_on_period_before: str
    changes_on_year_before: str
    changes_unrounded: str
    nearly_met_within: str
    variance_is: str
    brackets: str
    rounded: str
    data_begin: str
    no_data_yet: str
    week_from: str
    academic: str
    periods: tuple[str, ...]
    several_periods: tuple[str, ...]
    at_time: tuple[str, ...]
    line_from: str
    broken: str
    months_short: tuple[str, ...]
    months_long: str
    through: str
    beside: str
    with_average: str
    average_of: str
    average: str
    average_of_earlier: str
    average_and_range: tuple[str, ...]
    years_before: tuple[str, ...]
    years_before_short: tuple[str, ...]
    lowest: str
    highest: str
    mean: str
    usual: str
    lower_limit: str
    upper_limit: str
    lower: str
    upper: str
    expected: str
    special_cause: str
    special_causes: tuple[str, ...]
    target_for: str
    per_cent: str
    share_of: str
    all_others: str
    one_of_others: str
    axis_not_zero: str
    axis_close_up: str
    long_dashes: str
    long_dashes_at: str
    rank: str
    rank_of: str
    similar_group: str
    per_1000: str
    average_of_others: str
    similar_from: str
    similar_to: str
    similar_ends: str
    similar_rates: str
    group_average: str
    level: str
    levels: tuple[str, ...]
    movement: str
    movement_against_group: str
    movements: tuple[str, ...]
    not_judged: str
    neither_is_better: str
    level_and_movement: str
    of_measures: str
    directions_and_shares: str
    directions: tuple[str, ...]
    types: tuple[str, ...]
    of_all: str
    as_a_rate: str
    numbers_are: tuple[str, ...]
    states: tuple[str, ...]
    strong_line: str
    strong_and_thin: str
    band_of_years: str
    fewer_years: str
    one_scale: str
    shares_are_of: str
    all_together: str
    rounded_shares: str
    small_segments: str
    assured: str
    assurances: tuple[str, ...]
    lacking_lines: str
