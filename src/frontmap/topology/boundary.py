"""The boundary of many dated polygons as directed edges between grid points.

Every ring is snapped to the grid and turned so that the inside is on its left. Then the edges of a
date are summed with their direction: where two parts share an edge it runs both ways, cancels, and
is no boundary. What is left bounds the date's extent, whatever parts it was written in.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import shapely

from frontmap.errors import GeometryError
from frontmap.globe import check_antimeridian, check_on_globe
from frontmap.topology.grid import (
    UNITS_PER_DEGREE,
    pack,
    signs_of_rings,
    to_degrees,
    to_grid,
    unpack,
)
from frontmap.topology.numbering import numbered
from frontmap.topology.polygons import polygons_of
from frontmap.topology.rings import DirectedEdges, OutlineError
from frontmap.topology.touching import Lines, RawEdges, cut_at_vertices, lines_of, touches

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    Indices = NDArray[np.intp]


class Boundary(NamedTuple):
    """The directed edges of many dates, each once a date.

    Attributes
    ----------
    keys : ndarray of uint64, shape (v,)
        The distinct vertices, packed, ascending.
    edges : ndarray of int64, shape (e, 2)
        The distinct directed edges, as positions in ``keys``.
    edge, date : ndarray of int64, shape (m,)
        Which edge bounds the extent of which date; sorted by edge, then date.
    """

    keys: NDArray[np.uint64]
    edges: NDArray[np.int64]
    edge: NDArray[np.int64]
    date: NDArray[np.int64]


def boundary_of(
    polygons: NDArray[np.object_], names: Sequence[str], *, valid: bool = False
) -> Boundary:
    """Return the boundary of each of many extents.

    Parameters
    ----------
    polygons : ndarray of Polygon, MultiPolygon or None, shape (d,)
        Longitude and latitude in degrees. Parts of one extent may share edges.
    names : sequence of str, length d
        What to call each geometry in an error.
    valid : bool
        Whether all are known to be valid, so that only what the snap may have changed is checked.

    Returns
    -------
    Boundary
        Of every extent, at the precision of the grid.

    Raises
    ------
    GeometryError
        If a geometry is no polygon, crosses itself, leaves the globe, crosses the antimeridian or
        runs around a pole.

    Notes
    -----
    The region is the input's as a point set. Where parts overlap, or the snap to the grid lets an
    outline touch itself, the parts are united on the grid (snap rounding) before they are taken.
    """
    _check_kinds(polygons, names)
    rings = _Rings(polygons)
    boundary, close = _net_edges(rings, len(polygons))
    asked = close if valid else np.arange(len(polygons))
    suspect = _crossing_dates(polygons, rings, boundary, asked)
    if not len(suspect):
        return boundary
    mended = polygons.copy()
    for date in suspect.tolist():
        mended[date] = _united_on_grid(polygons[date], names[date])
    return _net_edges(_Rings(mended), len(mended))[0]


class _Rings:
    """The rings of many extents, flat: points on the grid and what they belong to."""

    def __init__(self, polygons: NDArray[np.object_]) -> None:
        parts, date_of_part = shapely.get_parts(polygons, return_index=True)
        rings, part_of_ring = shapely.get_rings(parts, return_index=True)
        points, ring_of_point = shapely.get_coordinates(rings, return_index=True)
        check_on_globe(points)
        self.units = to_grid(points)
        self.date_of_ring = date_of_part[part_of_ring]
        self.is_shell = np.diff(part_of_ring, prepend=-1) > 0
        self.ring_of_edge = ring_of_point[:-1][ring_of_point[1:] == ring_of_point[:-1]]
        self.start = np.flatnonzero(ring_of_point[1:] == ring_of_point[:-1])
        if len(points) and np.ptp(points[:, 0]) > 180:  # else no edge can leap
            check_antimeridian(points[self.start], points[self.start + 1])


def _check_kinds(polygons: NDArray[np.object_], names: Sequence[str]) -> None:
    kinds = shapely.get_type_id(polygons)
    wrong = ~np.isin(kinds, (-1, 3, 6)) & ~shapely.is_empty(polygons)
    if wrong.any():
        at = int(np.flatnonzero(wrong)[0])
        raise GeometryError(
            f"an extent needs a Polygon or MultiPolygon; that of {names[at]} is a "
            f"{polygons[at].geom_type}: remove it or take its polygon parts"
        )


def _net_edges(rings: _Rings, dates: int) -> tuple[Boundary, Indices]:
    """Sum the directed edges of each date, and return the dates on which outlines come close."""
    keys, place = numbered(pack(rings.units))
    start, end = place[rings.start], place[rings.start + 1]
    first = np.flatnonzero(np.diff(rings.ring_of_edge, prepend=-1))
    turned = signs_of_rings(rings.units[rings.start], first) * np.where(rings.is_shell, 1, -1)
    backward = (turned < 0)[rings.ring_of_edge]
    date = rings.date_of_ring[rings.ring_of_edge].astype(np.int64)
    moves = start != end
    raw = RawEdges(
        np.where(backward, end, start)[moves].astype(np.int64),
        np.where(backward, start, end)[moves].astype(np.int64),
        date[moves],
    )
    lines = lines_of(raw, len(keys))
    touch = touches(raw, lines, keys)
    cut = cut_at_vertices(raw, touch, keys)
    lines = lines if cut is raw else lines_of(cut, len(keys))
    return _net(cut, lines, keys, max(dates, 1)), np.unique(raw.date[touch.edge])


def _net(raw: RawEdges, lines: Lines, keys: NDArray[np.uint64], dates: int) -> Boundary:
    """Sum the directed edges of each date; opposite ones cancel."""
    backward = raw.start > raw.end
    pair = lines.of_edge
    visit = np.sort(((pair * dates + raw.date) << 1) | backward)
    begins = np.flatnonzero(np.diff(visit >> 1, prepend=-1))
    net = np.add.reduceat(1 - 2 * (visit & 1), begins) if len(visit) else visit
    pair, date = np.divmod(visit[begins] >> 1, dates)
    # An edge that bounds a date twice in one direction stays twice; `_crossing_dates` finds it.
    copies = np.abs(net)
    directed = np.repeat((pair << 1) | (net < 0), copies)
    date = np.repeat(date, copies)
    order = np.argsort(directed, kind="stable")
    used, edge = numbered(directed[order])
    ends = np.stack([lines.low[used >> 1], lines.high[used >> 1]], axis=1)
    ends = np.where((used & 1)[:, None] == 1, ends[:, ::-1], ends)
    kept, ends = np.unique(ends, return_inverse=True)
    return Boundary(
        keys[kept],
        ends.reshape(-1, 2).astype(np.int64),
        edge.astype(np.int64, copy=False),
        date[order],
    )


def _crossing_dates(
    polygons: NDArray[np.object_], rings: _Rings, boundary: Boundary, asked: Indices
) -> Indices:
    """Return those of some dates whose edges, snapped and cancelled, bound no valid region."""
    if not len(asked):
        return asked
    snapped = shapely.set_coordinates(polygons.copy(), to_degrees(rings.units))[asked]
    doubtful = asked[~shapely.is_valid(snapped) & ~shapely.is_missing(snapped)]
    twice = boundary.date[1:][(np.diff(boundary.edge) == 0) & (np.diff(boundary.date) == 0)]
    bad = [date for date in doubtful.tolist() if date in twice or not _is_sound(boundary, date)]
    return np.array(bad, dtype=np.intp)


def _is_sound(boundary: Boundary, date: int) -> bool:
    units = unpack(boundary.keys)
    start, end = boundary.edges[boundary.edge[boundary.date == date]].T
    edges = DirectedEdges(np.zeros(len(start), int), start, end, units[end] - units[start])
    try:
        region = polygons_of(edges, units[start], 1)[0]
    except OutlineError:
        return False
    return bool(region.is_valid)


def _united_on_grid(polygon: Any, name: str) -> Any:
    parts = shapely.get_parts(polygon)
    broken = np.flatnonzero(~shapely.is_valid(parts))
    if len(broken):
        reason = shapely.is_valid_reason(parts[broken[0]])
        raise GeometryError(f"the extent of {name} is not valid ({reason}): mend it first")
    scaled = shapely.transform(parts, lambda points: points * UNITS_PER_DEGREE)
    united = shapely.union_all(shapely.set_precision(scaled, 1.0), grid_size=1.0)
    return shapely.transform(united, lambda points: points / UNITS_PER_DEGREE)
