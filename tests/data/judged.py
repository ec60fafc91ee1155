"""Series for tests of judgements, and the marks that they are given."""

from __future__ import annotations

from itertools import accumulate

from hypothesis import strategies as st

from papergen.data.control_limits import ControlChart, SpecialCause

CALM = [9, 11] * 7
"""Mean 10, every range 2: limits 10 ± 5.32 = 4.68 and 15.32, near limits 10 ± 3.54⅔ = 6.45⅓ and 13.54⅔."""
# R's set.seed(123); rnorm(20), eight places: the data of the reference package's tests.
NORMAL = [
    *(-0.56047565, -0.23017749, 1.55870831, 0.07050839, 0.12928774, 1.71506499, 0.46091621),
    *(-1.26506123, -0.68685285, -0.44566197, 1.22408180, 0.35981383, 0.40077145, 0.11068272),
    *(-0.55584113, 1.78691314, 0.49785048, -1.96661716, 0.70135590, -0.47279141),
]
COUNTS = st.lists(st.integers(0, 30), min_size=1, max_size=45)
WALKS = st.lists(st.integers(-2, 2), min_size=1, max_size=45).map(lambda moves: list(accumulate(moves)))
SERIES = st.one_of(COUNTS, WALKS)

NONE, ABOVE, BELOW = SpecialCause.NONE, SpecialCause.ABOVE_LIMIT, SpecialCause.BELOW_LIMIT
RISING, FALLING = SpecialCause.RISING, SpecialCause.FALLING
HIGH, LOW = SpecialCause.NEAR_UPPER, SpecialCause.NEAR_LOWER
RUN_ABOVE, RUN_BELOW = SpecialCause.RUN_ABOVE, SpecialCause.RUN_BELOW
MIRROR = {
    NONE: NONE,
    **{ABOVE: BELOW, RISING: FALLING, HIGH: LOW, RUN_ABOVE: RUN_BELOW},
    **{BELOW: ABOVE, FALLING: RISING, LOW: HIGH, RUN_BELOW: RUN_ABOVE},
}


def causes(chart: ControlChart) -> list[SpecialCause]:
    return [point.special for point in chart.points]
