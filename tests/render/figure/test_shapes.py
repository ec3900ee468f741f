"""Geometry as paths, and patterns over it."""

import numpy as np
import pytest
import shapely
from matplotlib.path import Path

from frontmap.render.figure.shapes import area_path, hatch_lines, line_path

RING = shapely.Polygon(
    [(0, 0), (40, 0), (40, 40), (0, 40)], [[(10, 10), (30, 10), (30, 30), (10, 30)]]
)


@pytest.mark.parametrize("direction", [(1, 1), (1, -1), (1, 0)])
def test_lines_stay_inside_and_fill_it(direction):
    lines = hatch_lines(RING, direction, 1.3)
    drawn = shapely.linestrings(lines)
    assert shapely.covers(RING.buffer(1e-9), drawn).all()
    # Parallel lines at a distance measure an area: length times distance.
    assert shapely.length(drawn).sum() * 1.3 == pytest.approx(RING.area, rel=0.06)


def test_neighbours_lines_meet():
    left, right = (hatch_lines(shapely.box(x, 0, x + 50, 50), (1, 1), 7.0) for x in (0, 50))
    ends = left[np.isclose(left[:, 1, 0], 50)][:, 1]
    starts = right[np.isclose(right[:, 0, 0], 50)][:, 0]
    met, meeting = (sorted(y for y in points[:, 1] if 1 < y < 49) for points in (ends, starts))
    assert len(met) > 3
    assert met == pytest.approx(meeting)


def test_a_hole_stays_open():
    path = area_path(RING)
    assert path.contains_point((5, 5))
    codes = path.codes.tolist()
    assert codes.count(Path.MOVETO) == codes.count(Path.CLOSEPOLY) == 2
    outer, inner = (shapely.LinearRing(ring[:-1]) for ring in np.split(path.vertices, 2))
    assert outer.is_ccw != inner.is_ccw


def test_nothing_is_an_empty_path():
    assert len(area_path(shapely.Polygon()).vertices) == 0
    assert len(line_path([]).vertices) == 0
