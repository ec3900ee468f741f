"""What of a boundary is front: not a window, a state border or a coast, whosever they are."""

import dataclasses
import math

import numpy as np
import pytest
import shapely

import frontmap
from frontmap import Dataset, Method, length_km
from frontmap.analyse import fixed_lines, fixed_lines_of, front_lines
from frontmap.read import on_shipped_ground

SQUARE = shapely.box(36, 48, 37, 49)
#: About 450 m to the north-east, as another map may have its border.
ASIDE_DEG = 0.003


@pytest.fixture(scope="module")
def record(dataset):
    """Kursk as another map's record: border and all a little aside."""

    def make(method=Method.IMPORTED, error_m=math.nan):
        line = dataset.timeline("kursk")
        extents = tuple(
            dataclasses.replace(
                extent,
                method=method,
                positional_error_m=error_m,
                geometry=shapely.transform(extent.geometry, lambda points: points + ASIDE_DEG),
            )
            for extent in line.extents
        )
        return dataclasses.replace(line, extents=extents)

    return make


def _front_km(dataset, line):
    return float(length_km(front_lines(line.extents[0].geometry, fixed_lines_of(dataset, line))))


def test_a_near_miss_of_a_fixed_line_is_on_it():
    beside = shapely.LineString([(36.0001, 47), (36.0001, 50)])
    assert front_lines(SQUARE, beside).length == pytest.approx(3, abs=2e-3)


def test_without_a_basemap_only_the_window_is_fixed(dataset):
    bare = Dataset(dataset.timelines, sectors=dataset.sectors)
    window = shapely.box(*dataset.sectors["kursk"].window)
    assert fixed_lines(bare, "kursk").equals(window.boundary)
    assert fixed_lines(dataset, "kursk").length > window.boundary.length


def test_what_is_drawn_here_keeps_its_own_lines(dataset, record):
    for line in (*dataset.timelines, record(Method.DRAWN)):
        assert fixed_lines_of(dataset, line) == fixed_lines(dataset, line.sector)


def test_an_imported_border_is_no_front(dataset, record):
    ours_km = _front_km(dataset, dataset.timeline("kursk"))
    assert _front_km(dataset, record(Method.DRAWN)) > 1.5 * ours_km
    assert _front_km(dataset, record()) == pytest.approx(ours_km, rel=0.03)


def test_an_imported_line_with_a_small_error_is_front_wherever_it_is_not_ours(dataset, record):
    aside_km = _front_km(dataset, record(Method.DRAWN))
    assert _front_km(dataset, record(error_m=50.0)) == pytest.approx(aside_km, rel=0.01)
    assert _front_km(dataset, record(error_m=1000.0)) < 0.7 * aside_km


def test_a_line_with_the_sea_outside_is_no_front(dataset, record):
    south = shapely.box(34.2, 44.2, 34.4, 44.9)  # from Crimea into the Black Sea
    line = record()
    extent = dataclasses.replace(line.extents[0], geometry=south)
    own = fixed_lines_of(dataset, dataclasses.replace(line, extents=(extent,)))
    front = front_lines(south, own)
    assert front.distance(shapely.Point(34.3, 44.9)) < 1e-9
    assert front.distance(shapely.Point(34.3, 44.2)) > 0.05


def test_a_front_near_its_window_is_front(dataset, record):
    round_ = shapely.Point(36, 48).buffer(0.3)
    sectors = {"kursk": dataclasses.replace(dataset.sectors["kursk"], window=round_.bounds)}
    around = dataclasses.replace(dataset, sectors=sectors)
    line = record()
    extent = dataclasses.replace(line.extents[0], geometry=round_)
    alone = dataclasses.replace(line, extents=(extent,))
    assert _front_km(around, alone) == pytest.approx(float(length_km(round_.boundary)))


def test_a_border_just_beyond_the_window_of_a_record_is_its_border(dataset, record):
    line = record()
    window = line.extents[0].geometry.bounds
    sectors = {"kursk": dataclasses.replace(dataset.sectors["kursk"], window=window)}
    around = dataclasses.replace(dataset, sectors=sectors)
    assert _front_km(around, line) == pytest.approx(_front_km(dataset, line), rel=1e-3)


def test_a_drawn_extent_among_imported_ones_changes_nothing_of_theirs(dataset, record):
    imported, drawn = record(), dataset.timeline("kursk")
    mixed = dataclasses.replace(imported, extents=(*imported.extents[:-1], drawn.extents[-1]))
    assert _front_km(dataset, mixed) == pytest.approx(_front_km(dataset, imported), rel=1e-3)


def test_nothing_is_fixed_where_there_is_nothing(dataset, record):
    line = record()
    bare = Dataset((line,), sectors=dataset.sectors)
    assert fixed_lines_of(bare, line) == fixed_lines(bare, "kursk")
    empty = dataclasses.replace(
        line, extents=(dataclasses.replace(line.extents[0], geometry=shapely.MultiPolygon()),)
    )
    assert _front_km(dataset, empty) == 0


def test_the_front_of_a_real_record_has_neither_coast_nor_border(shared):
    dataset = on_shipped_ground(frontmap.read(shared / "reference" / "deepstate_daily"))
    [line] = dataset.timelines
    extent = line.extents[-1].geometry
    front = front_lines(extent, fixed_lines_of(dataset, line))
    assert length_km(front) < 0.35 * length_km(extent.boundary)
    # Crimea's south, the Arabat spit, the Azov coast, Luhansk's border; Pokrovsk, Zaporizhzhia.
    at_coast = ((34.2, 44.4), (35.0, 45.8), (37.6, 47.1), (39.8, 49.6))
    far = [shapely.Point(*at) for at in at_coast]
    near = [shapely.Point(*at) for at in ((37.1, 48.15), (35.5, 47.5))]
    assert np.all(shapely.distance(front, far) > 0.2)
    assert np.all(shapely.distance(front, near) < 0.2)
