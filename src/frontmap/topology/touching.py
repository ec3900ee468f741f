"""Edges cut at vertices of the same date that lie on them.

A ring may touch another within one of its edges, and neighbours may share a line that only one of
them has a vertex on. Cut there, what coincides is made of equal edges.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from frontmap.topology.grid import sign_of_cross, unpack
from frontmap.topology.strips import Strips, spread

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Indices = NDArray[np.intp]


class RawEdges(NamedTuple):
    """The directed edges of dated rings, as they come.

    Attributes
    ----------
    start, end : ndarray of int64, shape (m,)
        Positions among the vertices.
    date : ndarray of int64, shape (m,)
        Whose edge it is.
    """

    start: NDArray[np.int64]
    end: NDArray[np.int64]
    date: NDArray[np.int64]


def cut_at_vertices(raw: RawEdges, keys: NDArray[np.uint64]) -> RawEdges:
    """Cut edges at vertices of their own date that lie within them.

    Parameters
    ----------
    raw : RawEdges
        The edges of any number of dates.
    keys : ndarray of uint64
        The vertices, packed, ascending.

    Returns
    -------
    RawEdges
        Running the same ways.
    """
    low, high = np.minimum(raw.start, raw.end), np.maximum(raw.start, raw.end)
    pairs, pair = np.unique(low * len(keys) + high, return_inverse=True)
    low, high = np.divmod(pairs, max(len(keys), 1))
    units = unpack(keys)
    line, vertex = _vertices_on_lines(units, low, high)
    if not len(line):
        return raw
    edge, vertex = _of_one_date(raw, pair, line, vertex)
    if not len(edge):
        return raw
    start, end = units[raw.start[edge]], units[raw.end[edge]]
    along = np.abs(units[vertex] - start).max(axis=1) / np.abs(end - start).max(axis=1)
    whole = np.arange(len(raw.start))
    owner = np.concatenate([whole, edge, whole])
    where = np.concatenate([np.zeros(len(whole)), along, np.ones(len(whole))])
    node = np.concatenate([raw.start, vertex, raw.end])
    order = np.lexsort((where, owner))
    owner, node = owner[order], node[order]
    piece = np.flatnonzero(owner[1:] == owner[:-1])
    return RawEdges(node[piece], node[piece + 1], raw.date[owner[piece]])


def _vertices_on_lines(
    units: NDArray[np.int64], low: NDArray[np.int64], high: NDArray[np.int64]
) -> tuple[Indices, Indices]:
    """Return the pairs of a line and a vertex strictly within it."""
    start, end = units[low], units[high]
    least, most = np.minimum(start, end), np.maximum(start, end)
    strips = Strips(np.zeros(len(low), dtype=np.int64), start, end)
    lines, vertices = [np.empty(0, dtype=np.intp)], [np.empty(0, dtype=np.intp)]
    for point, passing in strips.near(np.zeros(len(units), dtype=np.int64), units, units):
        x, y = units[point].T
        near = (least[passing, 0] <= x) & (x <= most[passing, 0])
        near &= (least[passing, 1] <= y) & (y <= most[passing, 1])
        near &= (point != low[passing]) & (point != high[passing])
        vertex, line = point[near], passing[near]
        on_it = sign_of_cross(end[line] - start[line], units[vertex] - start[line]) == 0
        lines.append(line[on_it])
        vertices.append(vertex[on_it])
    return np.concatenate(lines), np.concatenate(vertices)


def _of_one_date(
    raw: RawEdges, line_of_edge: Indices, line: Indices, vertex: Indices
) -> tuple[Indices, Indices]:
    """Return the edges on those lines whose date also has the vertex on it."""
    present = np.unique(raw.start * (int(raw.date.max()) + 1) + raw.date)
    order = np.argsort(line, kind="stable")
    line, vertex = line[order], vertex[order]
    first = np.searchsorted(line, line_of_edge, side="left")
    count = np.searchsorted(line, line_of_edge, side="right") - first
    place, edge = spread(first, count)
    wanted = vertex[place] * (int(raw.date.max()) + 1) + raw.date[edge]
    found = np.isin(wanted, present)
    return edge[found], vertex[place][found]
