"""Rings and lines as integers: the first point in steps of a degree, the others as differences."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from frontmap.analyse.front import is_fixed, ring_edges

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray
    from shapely.geometry.base import BaseGeometry

    Floats = NDArray[np.float64]

#: Steps per degree: of an extent, and of the ground under it.
EXTENT_STEPS_PER_DEG = 100_000
GROUND_STEPS_PER_DEG = 10_000


def extent_rings(
    geometries: Sequence[BaseGeometry], fixed: BaseGeometry | None
) -> list[list[list[list[int]]]]:
    """Return the rings of extents, each with its runs of front and of cut.

    Parameters
    ----------
    geometries : sequence of Polygon or MultiPolygon
        Longitude and latitude in degrees.
    fixed : geometry or None
        The lines that are no front; ``None`` when nothing of the boundaries is.

    Returns
    -------
    list of list of [points, runs]
        For each extent its rings: points as differences; run lengths of free and fixed edges in
        turn, free first.

    Examples
    --------
    >>> extent_rings([shapely.box(0, 0, 1e-5, 1e-5)], shapely.LineString())
    [[[[1, 0, 0, 1, -1, 0, 0, -1], [4]]]]
    """
    edges, extent_of, ring_of = ring_edges(geometries)
    cut = np.ones(len(edges), dtype=bool) if fixed is None else is_fixed(edges, fixed)
    coded: list[list[list[list[int]]]] = [[] for _ in geometries]
    starts = np.flatnonzero(np.diff(ring_of, prepend=-1)).tolist()
    for start, end in pairwise([*starts, len(edges)]):
        points = _differences(edges[start:end, 0], EXTENT_STEPS_PER_DEG)
        coded[extent_of[start]].append([points, _runs(cut[start:end])])
    return coded


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
