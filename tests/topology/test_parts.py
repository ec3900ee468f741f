"""The small parts that the topology is made of, each against plain arithmetic."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from frontmap.topology.grid import (
    pack,
    sign_of_cross,
    signs_of_rings,
    to_degrees,
    to_grid,
    unpack,
)
from frontmap.topology.rings import DirectedEdges, OutlineError, trace
from frontmap.topology.strips import Strips

from . import shapes

LON = st.integers(-1_800_000_000, 1_800_000_000)
LAT = st.integers(-900_000_000, 900_000_000)
points = st.tuples(LON, LAT)


@shapes.steady
@given(st.lists(points, min_size=1))
def test_grid_points_come_back(units):
    array = np.array(units)
    np.testing.assert_array_equal(unpack(pack(array)), array)
    np.testing.assert_array_equal(to_grid(to_degrees(array)), array)
    assert [units[at] for at in np.argsort(pack(array), kind="stable")] == sorted(units)


@shapes.steady
@given(points, points)
def test_cross_products_are_exact(u, v):
    exact = u[0] * v[1] - u[1] * v[0]
    assert sign_of_cross(np.array([u]), np.array([v]))[0] == (exact > 0) - (exact < 0)


@shapes.steady
@given(points, st.integers(-3, 3))
def test_cross_products_of_near_parallels_are_exact(u, off):
    v = (u[0] + off, u[1])
    exact = u[0] * v[1] - u[1] * v[0]
    assert sign_of_cross(np.array([u]), np.array([v]))[0] == (exact > 0) - (exact < 0)


@shapes.steady
@given(st.lists(points, min_size=3, max_size=8))
def test_orientation_is_exact(ring):
    doubled = sum(
        a[0] * b[1] - a[1] * b[0] for a, b in zip(ring, [*ring[1:], ring[0]], strict=True)
    )
    sign = signs_of_rings(np.array([*ring, *ring[::-1]]), np.array([0, len(ring)]))
    expected = (doubled > 0) - (doubled < 0)
    assert sign.tolist() == [expected, -expected]


coordinate = st.integers(-50, 50)
lines = st.lists(
    st.tuples(st.integers(0, 1), coordinate, coordinate, coordinate, coordinate),
    min_size=1,
    max_size=12,
)


@shapes.steady
@given(lines, lines, st.sampled_from([1, 1000]))
def test_strips_miss_no_line(filed, asked, scale):
    filed, asked = np.array(filed), np.array(asked)
    filed[:, 1:] *= scale
    strips = Strips(filed[:, 0], filed[:, 1:3], filed[:, 3:])
    found = set()
    for query, line in strips.near(asked[:, 0], asked[:, 1:3], asked[:, 3:]):
        found.update(zip(query.tolist(), line.tolist(), strict=True))
    for query, a in enumerate(asked):
        for line, b in enumerate(filed):
            if a[0] == b[0] and _meet(a[1:], b[1:]):
                assert (query, line) in found


def _meet(a, b):
    """Return whether two segments share a point, by signs of plain integers."""
    p, q, r, s = (tuple(int(value) for value in pair) for pair in (a[:2], a[2:], b[:2], b[2:]))

    def side(one, two, three):
        cross = (two[0] - one[0]) * (three[1] - one[1]) - (two[1] - one[1]) * (three[0] - one[0])
        return (cross > 0) - (cross < 0)

    boxes = all(
        max(min(p[k], q[k]), min(r[k], s[k])) <= min(max(p[k], q[k]), max(r[k], s[k]))
        for k in (0, 1)
    )
    crosses = side(p, q, r) * side(p, q, s) <= 0 and side(r, s, p) * side(r, s, q) <= 0
    return boxes and crosses


def test_edges_that_do_not_close_are_refused():
    edges = DirectedEdges(np.zeros(1, int), np.array([0]), np.array([1]), np.array([[1, 0]]))
    with pytest.raises(OutlineError, match="do not close"):
        trace(edges)


def test_edges_that_cross_at_a_node_are_refused():
    # Two loops through node 0 whose directions there alternate in, in, out, out.
    start, end = np.array([0, 1, 0, 2]), np.array([1, 0, 2, 0])
    heading = np.array([[1, 0], [0, -1], [0, -1], [1, 0]])
    with pytest.raises(OutlineError, match="cross"):
        trace(DirectedEdges(np.zeros(4, int), start, end, heading))
