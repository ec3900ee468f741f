"""Extents that are drawn from a topology when they are asked for."""

import datetime as dt
import math

import pytest
import shapely

from frontmap import DataError
from frontmap.extents import StoredExtents
from frontmap.model import Method, Status
from frontmap.timeline import Timeline
from frontmap.topology import build

SQUARES = [shapely.box(35, 51, 36 + step / 10, 52) for step in range(5)]
DAYS = [dt.date(2024, 10, day) for day in (1, 2, 5, 8, 9)]
SAID = {
    "methods": [Method.DRAWN] * 4 + [Method.IMPORTED],
    "errors_m": [500.0, 500.0, math.nan, 250.0, 250.0],
    "recorded": [None, dt.date(2024, 10, 3), None, None, None],
}


@pytest.fixture
def stored():
    return StoredExtents(build(DAYS, SQUARES), "kursk", Status.CONTESTED, "some", **SAID)


def test_each_is_what_was_stored(stored):
    assert len(stored) == len(SQUARES)
    for position, extent in enumerate(stored):
        assert shapely.equals(extent.geometry, SQUARES[position])
        assert extent.valid_from == DAYS[position]
        assert extent.method == SAID["methods"][position]
        assert extent.recorded_at == SAID["recorded"][position]
        assert str(extent.positional_error_m) == str(SAID["errors_m"][position])
        assert (extent.sector, extent.status, extent.source) == (
            "kursk", Status.CONTESTED, "some",
        )  # fmt: skip


def test_it_is_a_sequence(stored):
    assert stored[-1].geometry == stored[4].geometry
    assert [extent.valid_from for extent in stored[1:4]] == DAYS[1:4]
    assert [extent.valid_from for extent in reversed(stored)] == DAYS[::-1]
    with pytest.raises(IndexError):
        stored[5]


def test_what_was_drawn_lately_is_kept(stored):
    assert stored[2] is stored[2]


def test_a_timeline_on_it_draws_nothing(stored, monkeypatch):
    monkeypatch.setattr(StoredExtents, "_extent", None)
    line = Timeline("kursk", Status.CONTESTED, "some", stored)
    assert line.dates == tuple(DAYS)
    assert line.topology is stored.topology
    assert line.areas().is_monotonic_increasing
    assert line.methods[-1] is Method.IMPORTED
    assert math.isnan(line.errors_m[2])


def test_only_the_last_few_are_kept():
    days = [dt.date(2024, 10, day) for day in range(1, 31)]
    said = {"methods": [Method.DRAWN] * 30, "errors_m": [1.0] * 30, "recorded": [None] * 30}
    stored = StoredExtents(
        build(days, [SQUARES[0]] * 30), "kursk", Status.CONTESTED, "some", **said
    )
    first = stored[0]
    kept = [stored[position] for position in range(30)]
    assert stored[29] is kept[29]
    assert stored[0] is not first


def test_a_date_of_which_nothing_is_said_is_refused():
    with pytest.raises(DataError, match="kursk"):
        StoredExtents(
            build(DAYS, SQUARES), "kursk", Status.CONTESTED, "some",
            methods=[Method.DRAWN], errors_m=[1.0], recorded=[None],
        )  # fmt: skip
