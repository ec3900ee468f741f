"""Change between two days."""

import itertools

import pytest

from frontmap.analyse import change


@pytest.fixture
def kursk(dataset):
    return dataset.timeline("kursk")


def test_between_assessments(kursk):
    areas = kursk.areas()
    expected = areas["2024-12-31"] - areas["2024-09-30"]
    assert change.net_change_km2(kursk, "2024-09-30", "2024-12-31") == expected
    assert change.net_change_km2(kursk, "2024-12-31", "2024-09-30") == -expected


def test_between_two_days_of_one_assessment(kursk):
    assert change.net_change_km2(kursk, "2024-10-01", "2024-10-05") == 0


def test_the_area_in_force_counts(kursk):
    first, second = kursk.areas().iloc[:2]
    assert change.net_change_km2(kursk, "2024-10-05", "2024-10-15") == second - first


@pytest.mark.parametrize("days", [("2024-09-29", "2024-12-31"), ("2024-12-31", "2024-09-29")])
def test_before_the_first_assessment_nothing_is_known(kursk, days):
    assert change.net_change_km2(kursk, *days) is None


def test_changes_add_up(kursk):
    days = [day.isoformat() for day in kursk.dates]
    steps = [change.net_change_km2(kursk, *pair) for pair in itertools.pairwise(days)]
    assert sum(steps) == pytest.approx(change.net_change_km2(kursk, days[0], days[-1]))
