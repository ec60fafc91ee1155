"""What names of rows and columns say of totals, in data and in the tables of papers."""

from __future__ import annotations

import pytest

from papergen.data.total_names import heads_sums, is_all_or_net, is_total, may_be_total


@pytest.mark.parametrize(
    "name", ["Total", "Grand total:", "Sub-total", "All", "(All)", "All  areas", "Altogether", "Sum"]
)
def test_totals_are_totals_in_data_and_in_papers(name: str) -> None:
    assert (is_total(name), may_be_total(name), heads_sums(name)) == (True, True, True)


@pytest.mark.parametrize("name", ["Net", "Net cost", "All crime", "Overall", "overall crimes"])
def test_what_is_all_or_net_heads_sums_in_a_paper_and_may_in_data(name: str) -> None:
    assert (is_total(name), is_all_or_net(name), heads_sums(name)) == (False, True, True)


@pytest.mark.parametrize("name", ["Average", "Mean", "Force"])
def test_means_and_the_force_are_totals_among_places_alone(name: str) -> None:
    assert (is_total(name), is_total(name, "area"), heads_sums(name)) == (False, True, False)


@pytest.mark.parametrize("name", ["All other", "Network", "Sums assured", "Overall satisfaction"])
def test_other_names_are_none(name: str) -> None:
    assert (is_total(name, "area"), may_be_total(name), is_all_or_net(name), heads_sums(name)) == (False,) * 4


def test_the_total_further_on_in_a_label_may_head_anything_in_a_paper() -> None:
    assert [(is_total(name), heads_sums(name)) for name in ("Shropshire Total", "Running total")] == [(True, False)] * 2
