import dataclasses

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from frontmap.errors import DataError, GeometryError
from frontmap.geodesy import area_km2
from frontmap.topology import append, build, merge

from . import shapes

SQUARE = shapely.box(35, 51, 36, 52)


def assert_same(one, other):
    for field in dataclasses.fields(one):
        left, right = getattr(one, field.name), getattr(other, field.name)
        assert left.dtype == right.dtype, field.name
        np.testing.assert_array_equal(left, right, err_msg=field.name)


@shapes.steady
@given(shapes.histories)
def test_appending_equals_rebuilding(history):
    dates = shapes.days(len(history))
    grown = build(dates[:1], history[:1])
    for date, extent in zip(dates[1:], history[1:], strict=True):
        grown = append(grown, date, extent)
    assert_same(grown, build(dates, history))


@shapes.steady
@given(shapes.histories)
def test_what_is_known_to_be_valid_is_checked_only_where_the_snap_may_matter(history):
    dates, outlines = shapes.days(len(history)), [shapes.point_set(one) for one in history]
    assert_same(build(dates, outlines, valid=True), build(dates, outlines))


def test_a_snap_that_closes_a_gap_is_noticed_in_valid_outlines():
    notch = shapely.Polygon([(35.5, 51 + 2e-8), (35.4, 51.5), (35.6, 51.5)])
    drawn = SQUARE - notch  # its tip stays two millimetres inside; on the grid it touches the edge
    topology = build(["2024-10-01"], [drawn], valid=True)
    assert drawn.is_valid
    assert topology.extent(0).is_valid
    assert topology.areas_km2()[0] == pytest.approx(area_km2(drawn), abs=0.001)


@shapes.steady
@given(shapes.histories)
def test_batches_do_not_show(history):
    dates = shapes.days(len(history))
    whole = build(dates, history)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(merge, "_POINTS_IN_BATCH", 1)
        assert_same(build(dates, iter(history)), whole)


@shapes.steady
@given(shapes.cell_sets, st.randoms(use_true_random=False))
def test_ring_start_orientation_and_part_order_do_not_show(cells, random):
    extent = shapes.as_union(cells)
    turned = []
    for part in shapely.get_parts(extent):
        rings = []
        for ring in [part.exterior, *part.interiors]:
            corners = list(ring.coords)[:-1]
            start = random.randrange(len(corners))
            corners = corners[start:] + corners[:start]
            rings.append(corners[::-1] if random.random() < 0.5 else corners)
        holes = rings[1:]
        random.shuffle(holes)
        turned.append(shapely.Polygon(rings[0], holes))
    random.shuffle(turned)
    assert_same(
        build(["2024-10-01"], [extent]), build(["2024-10-01"], [shapely.MultiPolygon(turned)])
    )


def test_opposite_edges_of_neighbours_cancel():
    halves = shapely.MultiPolygon([SQUARE, shapely.box(36, 51, 37, 52)])
    topology = build(["2024-10-01"], [halves])
    assert len(topology.edges) == 6
    assert topology.extent(0).equals(shapely.box(35, 51, 37, 52))


def test_neighbours_cancel_where_only_one_has_a_vertex():
    east = shapely.MultiPolygon([shapely.box(36, 51, 37, 51.3), shapely.box(36, 51.3, 37, 52)])
    together = shapely.MultiPolygon([SQUARE, *east.geoms])
    assert build(["2024-10-01"], [together]).extent(0).equals(shapely.box(35, 51, 37, 52))


def test_overlapping_parts_are_one_point_set():
    pair = shapely.MultiPolygon([SQUARE, shapely.box(35.5, 51, 36.5, 52)])
    inside = shapely.MultiPolygon([SQUARE, shapely.box(35.4, 51.4, 35.6, 51.6)])
    twice = shapely.MultiPolygon([SQUARE, SQUARE])
    topology = build(shapes.days(4), [pair, inside, twice, SQUARE])
    areas = topology.areas_km2()
    np.testing.assert_allclose(areas, areas[3] * np.array([1.5, 1, 1, 1]), rtol=1e-12)


def test_an_edge_that_comes_back_has_two_lives():
    topology = build(shapes.days(4), [SQUARE, None, SQUARE, SQUARE])
    assert topology.life_edge.tolist() == [0, 0, 1, 1, 2, 2, 3, 3]
    assert topology.birth.tolist() == [0, 2] * 4
    assert topology.death.tolist() == [1, 4] * 4


def test_what_is_steady_costs_nothing():
    once, often = build(shapes.days(1), [SQUARE]), build(shapes.days(500), [SQUARE] * 500)
    for name in ("keys", "edges", "life_edge", "birth", "death"):
        assert getattr(once, name).nbytes == getattr(often, name).nbytes


def test_arrays_are_read_only():
    topology = build(["2024-10-01"], [SQUARE])
    for field in dataclasses.fields(topology):
        with pytest.raises(ValueError, match="read-only"):
            getattr(topology, field.name)[...] = 0


def test_vertices_closer_than_the_grid_are_one():
    jitter = shapely.transform(SQUARE, lambda points: points + 3e-8)
    topology = build(shapes.days(2), [SQUARE, jitter])
    assert len(topology.keys) == 4
    assert len(topology.birth) == 4


def test_nothing_at_all():
    topology = build([], [])
    assert topology.areas_km2().shape == (0,)
    assert topology.extents([]).shape == (0,)
    assert append(topology, "2024-10-01", SQUARE).areas_km2() > 7000


@pytest.mark.parametrize("nothing", [None, shapely.Polygon(), shapely.MultiPolygon()])
def test_a_date_without_area(nothing):
    topology = build(shapes.days(3), [nothing, SQUARE, nothing])
    assert topology.areas_km2()[[0, 2]].tolist() == [0, 0]
    assert topology.extent(2).is_empty
    assert topology.extent(1).equals(SQUARE)


@pytest.mark.parametrize(
    ("geometry", "words"),
    [
        (shapely.Point(35, 51), "2024-10-01 is a Point"),
        (shapely.Polygon([(35, 51), (36, 52), (36, 51), (35, 52)]), "Self-intersection"),
        (shapely.box(35, 51, 36, 152), "no longitude and latitude"),
        (shapely.Polygon([(170, 60), (-170, 60), (-170, 65), (170, 65)]), "antimeridian"),
        (shapely.Polygon([(-170, 80), (-50, 80), (70, 80), (170, 80)]), "antimeridian"),
    ],
)
def test_what_cannot_be_measured_is_refused(geometry, words):
    with pytest.raises(GeometryError, match=words):
        build(["2024-10-01"], [geometry])


@pytest.mark.parametrize(
    ("dates", "count", "words"),
    [
        (["2024-10-02", "2024-10-01"], 2, "not ascending"),
        (["2024-10-01", "2024-10-01"], 2, "not ascending"),
        (["yesterday"], 1, "YYYY-MM-DD"),
        (["2024-10-01"], 2, "more polygons"),
        (["2024-10-01", "2024-10-02"], 1, "but 1 polygons"),
    ],
)
def test_dates_that_do_not_fit_are_refused(dates, count, words):
    with pytest.raises(DataError, match=words):
        build(dates, [SQUARE] * count)


def test_appending_an_earlier_date_is_refused():
    with pytest.raises(DataError, match="not ascending"):
        append(build(["2024-10-02"], [SQUARE]), "2024-10-01", SQUARE)
