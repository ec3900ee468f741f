"""Rings made into polygons: shells counter-clockwise, holes clockwise, each hole in its shell."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from frontmap.topology.grid import from_first, signs_of_rings, to_degrees
from frontmap.topology.rings import OutlineError, trace

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from frontmap.topology.rings import DirectedEdges

    Indices = NDArray[np.intp]

#: A ring of crossing points with less area than this, in square grid units, has none.
_LEAST_AREA = 0.5


def polygons_of(edges: DirectedEdges, start_units: NDArray[Any], count: int) -> NDArray[np.object_]:
    """Return the regions that edges bound.

    Parameters
    ----------
    edges : DirectedEdges
        Edges that close, region by region.
    start_units : ndarray, shape (m, 2)
        Where each edge starts, in grid units; whole numbers are taken exactly.
    count : int
        The number of regions; one without edges is empty.

    Returns
    -------
    ndarray of MultiPolygon, shape (count,)
        Longitude and latitude in degrees. Shells run counter-clockwise (RFC 7946, section 3.1.6).

    Raises
    ------
    OutlineError
        If the edges of a region do not bound one.
    """
    out = np.full(count, shapely.MultiPolygon(), dtype=object)
    order, first = trace(edges)
    if not len(first):
        return out
    points = start_units[order]
    sign = _orientation(points, first)
    flat = np.flatnonzero(sign == 0)
    if len(flat) and np.issubdtype(points.dtype, np.integer):
        raise OutlineError(int(edges.region[order[first[flat[0]]]]), "a ring has no area")
    rings = _linear_rings(to_degrees(points), first)
    region = edges.region[order[first]].astype(np.intp)
    shells, holes = np.flatnonzero(sign > 0), np.flatnonzero(sign < 0)
    shells = shells[np.argsort(region[shells], kind="stable")]
    if len(holes):
        shell_of_hole = _shells_of_holes(rings, shells, holes, region)
        polygons = _with_holes(rings, shells, holes, shell_of_hole)
    else:
        polygons = _filled(rings[shells])
    if len(shells):
        shapely.multipolygons(polygons, indices=region[shells], out=out)
    return out


def _orientation(points: NDArray[Any], first: Indices) -> NDArray[np.int64]:
    if np.issubdtype(points.dtype, np.integer):
        return signs_of_rings(points, first)
    size = np.diff(first, append=len(points))
    last = np.append(first[1:], len(points)) - 1
    (x, x_ahead), (y, y_ahead) = (from_first(points[:, axis], first, size, last) for axis in (0, 1))
    doubled = np.add.reduceat(x * y_ahead - y * x_ahead, first)
    return np.where(np.abs(doubled) < 2 * _LEAST_AREA, 0, np.sign(doubled)).astype(np.int64)


def _linear_rings(points: NDArray[np.float64], first: Indices) -> NDArray[np.object_]:
    size = np.diff(first, append=len(points))
    ring = np.repeat(np.arange(len(first)), size + 1)
    place = np.arange(len(ring)) - ring
    closing = np.cumsum(size + 1) - 1
    place[closing] = first
    rings: NDArray[np.object_] = shapely.linearrings(points[place], indices=ring)
    return rings


def _shells_of_holes(
    rings: NDArray[np.object_], shells: Indices, holes: Indices, region: Indices
) -> Indices:
    """Return for each hole the place in ``shells`` of the smallest shell around it."""
    bounds = np.searchsorted(region[shells], np.stack([region[holes], region[holes] + 1]))
    found = np.array(bounds[0], dtype=np.intp)
    boxes = shapely.bounds(rings)
    for at in np.flatnonzero(bounds[1] - bounds[0] != 1).tolist():
        among = np.arange(bounds[0, at], bounds[1, at])
        box, others = boxes[holes[at]], boxes[shells[among]]
        around = np.hstack([others[:, :2] <= box[:2], others[:, 2:] >= box[2:]]).all(axis=1)
        fits = among[around]
        inner = _smallest_around(rings[holes[at]], rings[shells[fits]])
        if inner < 0:
            raise OutlineError(int(region[holes[at]]), "a hole lies in no shell")
        found[at] = fits[inner]
    return found


def _smallest_around(hole: Any, shells: NDArray[np.object_]) -> int:
    """Return which shell is the smallest around a hole, by the middles of its edges; else -1."""
    if len(shells) == 1:
        return 0
    corners = shapely.get_coordinates(hole)
    middles = (corners[1:] + corners[:-1]) / 2
    candidates = _filled(shells)
    for candidate in np.argsort(shapely.area(candidates)).tolist():
        shapely.prepare(candidates[candidate])
        if shapely.contains_xy(candidates[candidate], middles).any():
            return int(candidate)
    return -1


def _with_holes(
    rings: NDArray[np.object_], shells: Indices, holes: Indices, shell_of_hole: Indices
) -> NDArray[np.object_]:
    polygons = _filled(rings[shells])
    pierced, place = np.unique(shell_of_hole, return_inverse=True)
    ring = np.concatenate([shells[pierced], holes])
    owner = np.concatenate([np.arange(len(pierced)), place])
    order = np.argsort(owner, kind="stable")
    polygons[pierced] = shapely.polygons(rings[ring[order]], indices=owner[order])
    return polygons


def _filled(shells: NDArray[np.object_]) -> NDArray[np.object_]:
    return np.asarray(shapely.polygons(shells), dtype=object)
