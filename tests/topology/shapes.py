"""Extents for the properties: on a coarse grid, where much touches and coincides, and off it."""

import datetime as dt

import numpy as np
import shapely
from hypothesis import settings
from hypothesis import strategies as st

#: The same examples every time, on a machine of any speed.
steady = settings(deadline=None, derandomize=True)

CELL_DEG = 0.25
ORIGIN = (30.0, 45.0)


def cell(column, row):
    west, south = ORIGIN[0] + column * CELL_DEG, ORIGIN[1] + row * CELL_DEG
    return shapely.box(west, south, west + CELL_DEG, south + CELL_DEG)


def united(parts):
    return shapely.union_all(parts) if parts else shapely.MultiPolygon()


places = st.tuples(st.integers(0, 4), st.integers(0, 4))
cell_sets = st.frozensets(places, max_size=16)


def as_parts(cells):
    """Neighbours keep their common edges."""
    return shapely.MultiPolygon([cell(*place) for place in sorted(cells)])


def as_union(cells):
    """Holes, islands, and corners that touch."""
    return united([cell(*place) for place in sorted(cells)])


@st.composite
def triangles(draw):
    """Outlines that cross each other at any angle, with corners that often coincide."""
    step = draw(st.sampled_from([0.25, 0.01, 1e-7]))
    corner = st.tuples(st.integers(0, 8), st.integers(0, 8))
    corners = draw(st.lists(st.tuples(corner, corner, corner), min_size=1, max_size=4))
    shapes = [shapely.Polygon(np.array(three) * step + ORIGIN) for three in corners]
    return polygonal(united([shape for shape in shapes if shape.is_valid]))


def polygonal(geometry):
    parts = shapely.get_parts(geometry)
    return shapely.MultiPolygon([part for part in parts if part.geom_type == "Polygon"])


extents = st.one_of(st.none(), cell_sets.map(as_parts), cell_sets.map(as_union), triangles())
histories = st.lists(extents, min_size=1, max_size=5)


def days(count):
    return [dt.date(2024, 10, 1) + dt.timedelta(days=number) for number in range(count)]


def point_set(geometry):
    """Return the union of the parts, which is what an extent means."""
    return united(list(shapely.get_parts(geometry))) if geometry else shapely.MultiPolygon()
