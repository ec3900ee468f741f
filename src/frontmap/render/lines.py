"""Lines as columns of whole numbers, for the page that draws them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from frontmap.analyse.front import is_fixed
from frontmap.topology.arcs import arcs_of
from frontmap.topology.container import zigzag
from frontmap.topology.grid import to_degrees

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray
    from shapely.geometry.base import BaseGeometry

    from frontmap.topology import Topology

    Integers = NDArray[np.int64]

#: Steps per degree of the ground.
GROUND_STEPS_PER_DEG = 10_000


def fixed_runs(topology: Topology, fixed: BaseGeometry | None) -> Integers:
    """Return which edges are front and which run along a fixed line.

    Parameters
    ----------
    topology : Topology
        Any.
    fixed : geometry or None
        The lines that are no front; ``None`` when nothing of the boundaries is.

    Returns
    -------
    ndarray of int64
        How many edges in a row are front, and how many are not, in turn; front first, perhaps
        none. The edges are in the order in which the compact form holds them.

    Examples
    --------
    >>> from frontmap.topology import build
    >>> square = build(["2024-09-30"], [shapely.box(36, 48, 37, 49)])
    >>> fixed_runs(square, shapely.LineString([(35, 48), (38, 48)])).tolist()
    [0, 1, 3]
    """
    edges = topology.edges[_edges_in_file(topology)]
    if fixed is None:
        still = np.ones(len(edges), dtype=bool)
    else:
        still = is_fixed(to_degrees(topology.units)[edges], fixed)
    turns = np.flatnonzero(np.diff(still, prepend=False))
    return np.diff(turns, prepend=0, append=len(still)).astype(np.int64)


def _edges_in_file(topology: Topology) -> NDArray[np.intp]:
    """Return the edges of a topology in the order of its arcs."""
    arcs = arcs_of(topology)
    last = np.cumsum(arcs.size + 1) - 1
    start = arcs.vertex[np.delete(arcs.path, last)]
    end = arcs.vertex[np.delete(arcs.path, last - arcs.size)]
    vertices = len(topology.keys)
    code = topology.edges @ np.array([vertices, 1], dtype=np.int64)
    return np.searchsorted(code, start * vertices + end)


def ground_columns(lines: Sequence[Any]) -> tuple[Integers, Integers, Integers]:
    """Return lines or rings of the ground, without points that fall together.

    Parameters
    ----------
    lines : sequence of LineString or LinearRing
        Longitude and latitude in degrees.

    Returns
    -------
    size : ndarray of int64
        How many points each line has.
    lon, lat : ndarray of int64
        The difference of each point to the one before it, across lines, in steps, zigzag.

    Examples
    --------
    >>> columns = ground_columns([shapely.LineString([(1, 2), (1.00001, 2), (1.001, 2)])])
    >>> [column.tolist() for column in columns]
    [[2], [20000, 20], [40000, 0]]
    """
    points, line = shapely.get_coordinates(list(lines), return_index=True)
    steps = np.rint(points * GROUND_STEPS_PER_DEG).astype(np.int64)
    differs = np.diff(steps, axis=0, prepend=-1).any(axis=1) | (np.diff(line, prepend=-1) != 0)
    steps, line = steps[differs], line[differs]
    lon, lat = zigzag(np.diff(steps, axis=0, prepend=np.zeros((1, 2), dtype=np.int64))).T
    return np.bincount(line, minlength=len(lines)).astype(np.int64), lon, lat
