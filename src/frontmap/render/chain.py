"""Rings and lines as integers: the first point in steps of a degree, the others as differences."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from shapely.geometry.base import BaseGeometry

    Floats = NDArray[np.float64]

#: Steps per degree: of an extent, and of the ground under it.
EXTENT_STEPS_PER_DEG = 100_000
GROUND_STEPS_PER_DEG = 10_000
#: An edge this close to a fixed line lies on it: about 20 m.
FIXED_WITHIN_DEG = 0.0002


def extent_rings(geometry: BaseGeometry, fixed: BaseGeometry | None) -> list[list[list[int]]]:
    """Return the rings of an extent, each with its runs of front and of cut.

    Parameters
    ----------
    geometry : Polygon or MultiPolygon
        Longitude and latitude in degrees.
    fixed : geometry or None
        The lines that are no front; ``None`` when nothing of the boundary is.

    Returns
    -------
    list of [points, runs]
        Points as differences; run lengths of free and fixed edges in turn, free first.

    Examples
    --------
    >>> extent_rings(shapely.box(0, 0, 1e-5, 1e-5), shapely.LineString())
    [[[1, 0, 0, 1, -1, 0, 0, -1], [4]]]
    """
    coded = []
    for ring in shapely.get_rings(shapely.get_parts(geometry)):
        points = shapely.get_coordinates(ring)
        cut = np.ones(len(points) - 1, bool) if fixed is None else fixed_edges(points, fixed)
        coded.append([_differences(points[:-1], EXTENT_STEPS_PER_DEG), _runs(cut)])
    return coded


def fixed_edges(points: NDArray[np.float64], fixed: BaseGeometry) -> NDArray[np.bool_]:
    """Tell which edges of a ring are cuts, not front: along the window's edge, border or coast.

    Parameters
    ----------
    points : ndarray, shape (n + 1, 2)
        A closed ring, longitude and latitude in degrees.
    fixed : geometry
        The lines that are no front; see `frontmap.analyse.fixed_lines`.

    Returns
    -------
    ndarray of bool, shape (n,)
        True where both ends and the middle of an edge lie on such a line.

    Examples
    --------
    >>> ring = np.array([[0.0, 0.0], [2.0, 0.0], [1.0, 1.0], [0.0, 0.0]])
    >>> fixed_edges(ring, shapely.LineString([(-9, 0), (9, 0)])).tolist()
    [True, False, False]
    """
    shapely.prepare(fixed)
    middles = (points[:-1] + points[1:]) / 2
    ends, centres = (
        np.asarray(shapely.dwithin(shapely.points(some), fixed, FIXED_WITHIN_DEG))
        for some in (points, middles)
    )
    return np.asarray(ends[:-1] & ends[1:] & centres)


def ground_chain(line: Any) -> list[int]:
    """Return a line or ring of the ground as differences, without points that fall together.

    Parameters
    ----------
    line : LineString or LinearRing
        Longitude and latitude in degrees.

    Returns
    -------
    list of int
        x, y of the first point in steps, then the differences.

    Examples
    --------
    >>> ground_chain(shapely.LineString([(1, 2), (1.00001, 2), (1.001, 2)]))
    [10000, 20000, 10, 0]
    """
    points = shapely.get_coordinates(line)
    steps = np.rint(points * GROUND_STEPS_PER_DEG)
    keep = np.concatenate([[True], (np.diff(steps, axis=0) != 0).any(axis=1)])
    return _differences(points[keep], GROUND_STEPS_PER_DEG)


def _differences(points: Floats, steps_per_deg: int) -> list[int]:
    steps = np.rint(points * steps_per_deg).astype(np.int64)
    return [int(step) for step in np.diff(steps, axis=0, prepend=np.zeros((1, 2), int)).ravel()]


def _runs(fixed: NDArray[np.bool_]) -> list[int]:
    """Return run lengths, beginning with a run of free edges that may be empty."""
    turns = np.flatnonzero(fixed[1:] != fixed[:-1]) + 1
    starts = [0, *([0] if fixed[0] else []), *turns.tolist(), len(fixed)]
    return [end - start for start, end in pairwise(starts)]
