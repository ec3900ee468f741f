"""The plain band: a front displaced by its positional error."""

import dataclasses
import datetime as dt

import pytest
import shapely

from frontmap import Dataset, Extent, Method, Status, Timeline, length_km
from frontmap.analyse import band_km2, fixed_lines, plain_band_km2

SQUARE = shapely.box(36, 48, 37, 49)


@pytest.fixture
def timeline():
    day = dt.date(2024, 9, 30)
    extent = Extent("north", Status.RUSSIAN_HELD, day, "map-a", Method.DRAWN, 500, SQUARE)
    return Timeline("north", Status.RUSSIAN_HELD, "map-a", (extent,))


def test_whole_boundary(timeline):
    band = plain_band_km2(timeline)
    assert band.name == "band_km2"
    assert band.index.equals(timeline.areas().index)
    assert band.iloc[0] == pytest.approx(length_km(SQUARE.boundary) * 0.5)


def test_fixed_lines_do_not_move(timeline):
    west_and_south = shapely.LineString([(36, 50), (36, 48), (38, 48)])
    others = shapely.LineString([(37, 48), (37, 49), (36, 49)])
    band = plain_band_km2(timeline, west_and_south).iloc[0]
    assert band == pytest.approx(length_km(others) * 0.5, rel=1e-3)


def test_everything_fixed_leaves_no_band(timeline):
    assert plain_band_km2(timeline, SQUARE.boundary).iloc[0] == 0


def test_band_grows_with_the_error(timeline):
    wider = dataclasses.replace(timeline.extents[0], positional_error_m=1000)
    other = dataclasses.replace(timeline, extents=(wider,))
    assert plain_band_km2(other).iloc[0] == pytest.approx(2 * plain_band_km2(timeline).iloc[0])


def test_the_state_border_is_no_front(dataset):
    kursk = dataset.timeline("kursk")
    bare = Dataset(dataset.timelines, sectors=dataset.sectors)
    with_border = plain_band_km2(kursk, fixed_lines(dataset, "kursk"))
    without = plain_band_km2(kursk, fixed_lines(bare, "kursk"))
    assert (with_border < 0.9 * without).all()
    assert (with_border > 0).all()


def test_contested_ground_answers_only_for_its_outer_line(dataset):
    contested = dataset.timeline("kursk", "contested")
    alone = plain_band_km2(contested, fixed_lines(dataset, "kursk"))
    assert (band_km2(dataset, contested) < 0.75 * alone).all()
    held = dataset.timeline("kursk")
    assert band_km2(dataset, held).equals(plain_band_km2(held, fixed_lines(dataset, "kursk")))


def _line(status, boxes, first=dt.date(2024, 9, 30), every=1):
    extents = tuple(
        Extent(
            "north", status, first + dt.timedelta(days=every * day), "map-a", Method.DRAWN, 500, box
        )
        for day, box in enumerate(boxes)
    )
    return Timeline("north", status, "map-a", extents)


def test_an_edge_counts_on_its_own_dates_only():
    bands = plain_band_km2(_line(Status.RUSSIAN_HELD, [SQUARE, shapely.Polygon(), SQUARE]))
    whole = length_km(SQUARE.boundary) * 0.5
    assert bands.to_list() == pytest.approx([whole, 0, whole], abs=1e-9)


def test_a_shared_line_counts_while_the_other_has_it():
    fringe = shapely.box(37, 48, 37.5, 49)
    contested = _line(Status.CONTESTED, [fringe] * 4)
    # The held ground reaches the fringe on the second day, and leaves it on the last.
    away = shapely.box(35, 48, 36, 49)
    held = _line(Status.RUSSIAN_HELD, [SQUARE, SQUARE, away], first=dt.date(2024, 10, 1))
    whole = length_km(fringe.boundary) * 0.5
    shared = length_km(shapely.LineString([(37, 48), (37, 49)])) * 0.5
    bands = plain_band_km2(contested, beside=[held])
    assert bands.to_list() == pytest.approx(
        [whole, whole - shared, whole - shared, whole], rel=1e-6
    )
    twice = plain_band_km2(contested, beside=[held, held])
    assert twice.to_list() == pytest.approx(bands.to_list())
