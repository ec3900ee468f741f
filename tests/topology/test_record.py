import numpy as np
import pytest
import shapely
from hypothesis import given

from frontmap.geodesy import area_km2
from frontmap.topology import build

from . import shapes

#: A square degree here has about 8,600 km²; its corners move by at most half a unit of 1.1 cm.
SNAP_KM2 = 0.01


@shapes.steady
@given(shapes.histories)
def test_series_equals_the_area_of_each_extent(history):
    topology = build(shapes.days(len(history)), history)
    areas = topology.areas_km2()
    drawn = area_km2([shapes.point_set(extent) for extent in history])
    np.testing.assert_allclose(areas, drawn, rtol=1e-10, atol=SNAP_KM2)
    rebuilt = area_km2(topology.extents(range(len(history))))
    np.testing.assert_allclose(areas, rebuilt, rtol=1e-10, atol=1e-6)


@shapes.steady
@given(shapes.cell_sets)
def test_extent_on_the_grid_is_the_input_exactly(cells):
    topology = build(shapes.days(2), [shapes.as_union(cells), shapes.as_parts(cells)])
    for extent in topology.extents([0, 1]):
        assert extent.is_valid
        assert extent.equals(shapes.as_union(cells))


@shapes.steady
@given(shapes.histories)
def test_extent_is_the_input_as_a_point_set(history):
    topology = build(shapes.days(len(history)), history)
    extents = topology.extents(range(len(history)))
    assert shapely.is_valid(extents).all()
    drawn = [shapes.point_set(extent) for extent in history]
    apart = shapely.area(shapely.symmetric_difference(extents, drawn))
    assert apart.max() < 1e-6  # square degrees: outlines of ten degrees, moved by 5e-8


@shapes.steady
@given(shapes.cell_sets)
def test_shells_run_counter_clockwise_and_holes_clockwise(cells):
    extent = build(shapes.days(1), [shapes.as_union(cells)]).extent(0)
    for part in extent.geoms:
        assert part.exterior.is_ccw
        assert not any(hole.is_ccw for hole in part.interiors)


@shapes.steady
@given(shapes.cell_sets, shapes.cell_sets)
def test_area_is_additive_over_disjoint_parts(one, other):
    pair = [shapes.as_union(one - other), shapes.as_union(other), shapes.as_union(one | other)]
    parts = build(shapes.days(3), pair).areas_km2()
    assert parts[0] + parts[1] == pytest.approx(parts[2], rel=1e-12, abs=1e-8)


@shapes.steady
@given(shapes.triangles())
def test_area_does_not_depend_on_where_edges_are_split(extent):
    split = shapely.segmentize(extent, 0.03)
    areas = build(shapes.days(2), [extent, split]).areas_km2()
    assert areas[1] == pytest.approx(areas[0], abs=SNAP_KM2)


def test_islands_in_holes_and_rings_that_touch():
    lake = shapely.box(30, 45, 34, 49) - shapely.box(31, 46, 33, 48)
    island = shapely.box(31.5, 46.5, 32.5, 47.5) - shapely.box(31.8, 46.8, 32.2, 47.2)
    corner = shapely.box(34, 49, 35, 50)
    diamond = shapely.Polygon([(30, 47), (30.5, 46.5), (31, 47), (30.5, 47.5)])
    drawn = shapely.union_all([lake, island, corner]) - diamond
    extent = build(shapes.days(1), [drawn]).extent(0)
    assert extent.is_valid
    assert extent.equals(drawn)


def test_edges_between_two_dates():
    west, east = shapely.box(35, 51, 36, 52), shapely.box(36, 51, 37, 52)
    topology = build(shapes.days(2), [west, shapely.MultiPolygon([west, east])])
    new, gone, steady = topology.edges_between(0, 1)
    assert [len(new), len(gone), len(steady)] == [3, 1, 3]
    assert np.intersect1d(new, topology.edges_at(1)).tolist() == new.tolist()
    assert np.intersect1d(gone, topology.edges_at(0)).tolist() == gone.tolist()
    back = topology.edges_between(1, 0)
    assert back[0].tolist() == gone.tolist()
    assert back[1].tolist() == new.tolist()


def test_net_change_in_either_order():
    topology = build(shapes.days(2), [shapely.box(35, 51, 36, 52), None])
    change = topology.net_change_km2([0, 1, 0], [1, 0, 0])
    assert change.tolist() == [-topology.areas_km2()[0], topology.areas_km2()[0], 0]


@pytest.mark.parametrize("position", [3, -4])
def test_a_position_beyond_the_dates_is_refused(position):
    with pytest.raises(IndexError, match="3 dates"):
        build(shapes.days(3), [None] * 3).extent(position)


def test_a_first_date_with_a_hundred_thousand_vertices():
    turn = np.linspace(0, 2 * np.pi, 100_000, endpoint=False)
    reach = 2 + 0.2 * np.sin(50 * turn) + 0.01 * np.sin(9973 * turn)
    coast = shapely.Polygon(np.stack([33 + reach * np.cos(turn), 47 + reach * np.sin(turn)], 1))
    square = shapely.box(32, 46, 34, 48)
    topology = build(shapes.days(2), [coast, square])
    assert topology.areas_km2() == pytest.approx(area_km2([coast, square]), abs=SNAP_KM2)
    assert topology.extent(0).is_valid
    change = topology.changes(0, 1)
    assert change.lost_km2[0] == pytest.approx(area_km2(coast - square), abs=SNAP_KM2)


@pytest.mark.parametrize("name", ["units", "lives_again", "_series"])
def test_what_is_made_on_first_use_cannot_be_changed(name):
    topology = build(shapes.days(2), [shapely.box(35, 51, 36, 52)] * 2)
    with pytest.raises(ValueError, match="read-only"):
        getattr(topology, name)[...] = 0


def test_a_series_that_was_handed_out_can_be_changed():
    topology = build(shapes.days(1), [shapely.box(35, 51, 36, 52)])
    topology.areas_km2()[:] = 0
    assert topology.areas_km2()[0] > 0
