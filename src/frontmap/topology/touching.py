"""Edges cut at vertices of the same date that lie on them.

A ring may touch another within one of its edges, and neighbours may share a line that only one of
them has a vertex on. Cut there, what coincides is made of equal edges.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from frontmap.topology.grid import sign_of_cross, unpack
from frontmap.topology.numbering import numbered
from frontmap.topology.strips import Strips, spread

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Indices = NDArray[np.intp]

#: Grid units within which two outlines may come to touch when they are snapped.
_NEAR = 2


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


class Lines(NamedTuple):
    """The distinct lines that edges run along, in whatever direction and on whatever date.

    Attributes
    ----------
    low, high : ndarray of int64, shape (k,)
        Their ends as positions among the vertices, the lower one first.
    of_edge : ndarray of int, shape (m,)
        The line of each edge.
    """

    low: NDArray[np.int64]
    high: NDArray[np.int64]
    of_edge: Indices


def lines_of(raw: RawEdges, vertices: int) -> Lines:
    """Return the lines that edges run along.

    Parameters
    ----------
    raw : RawEdges
        The edges.
    vertices : int
        How many vertices there are.

    Returns
    -------
    Lines
        In ascending order.
    """
    low, high = np.minimum(raw.start, raw.end), np.maximum(raw.start, raw.end)
    codes, of_edge = numbered(low * vertices + high)
    return Lines(*np.divmod(codes, max(vertices, 1)), of_edge)


class Touch(NamedTuple):
    """Edges that a vertex of their own date comes close to without being their end.

    Attributes
    ----------
    edge, vertex : ndarray of int, shape (k,)
        Which edge, and which vertex.
    within : ndarray of bool, shape (k,)
        Whether the vertex lies on the edge, exactly.
    """

    edge: Indices
    vertex: Indices
    within: NDArray[np.bool_]


def touches(raw: RawEdges, lines: Lines, keys: NDArray[np.uint64]) -> Touch:
    """Return where a vertex comes within two grid units of an edge of its date.

    Parameters
    ----------
    raw : RawEdges
        The edges of any number of dates.
    lines : Lines
        The lines that they run along.
    keys : ndarray of uint64
        The vertices, packed, ascending.

    Returns
    -------
    Touch
        In the order of the edges. The snap to the grid moves a point by at most 0.71 units, so
        where nothing comes close an outline stays as valid as it was.
    """
    units = unpack(keys)
    line, vertex, within = _vertices_near_lines(units, lines)
    if not len(line):
        return Touch(line, vertex, within)
    order = np.argsort(line, kind="stable")
    line, vertex, within = line[order], vertex[order], within[order]
    count = np.bincount(line, minlength=len(lines.low))
    edges = np.flatnonzero(count[lines.of_edge])
    first = (np.cumsum(count) - count)[lines.of_edge[edges]]
    place, owner = spread(first, count[lines.of_edge[edges]])
    edge, vertex, within = edges[owner], vertex[place], within[place]
    known = np.zeros(len(keys), dtype=bool)
    known[vertex] = True
    starts = known[raw.start]
    dates = int(raw.date.max()) + 1
    present = raw.start[starts] * dates + raw.date[starts]
    met = np.isin(vertex * dates + raw.date[edge], present)
    return Touch(edge[met], vertex[met], within[met])


def _vertices_near_lines(
    units: NDArray[np.int64], lines: Lines
) -> tuple[Indices, Indices, NDArray[np.bool_]]:
    """Return pairs of a line and a vertex near it, and whether the vertex lies within it."""
    start, end = units[lines.low], units[lines.high]
    least, most = np.minimum(start, end) - _NEAR, np.maximum(start, end) + _NEAR
    strips = Strips(np.zeros(len(start), dtype=np.int64), start, end)
    reach = np.array([0, _NEAR])
    found = [(np.empty(0, dtype=np.intp), np.empty(0, dtype=np.intp), np.empty(0, dtype=bool))]
    group = np.zeros(len(units), dtype=np.int64)
    for point, passing in strips.near(group, units - reach, units + reach):
        x, y = units[point].T
        near = (least[passing, 0] <= x) & (x <= most[passing, 0])
        near &= (least[passing, 1] <= y) & (y <= most[passing, 1])
        near &= (point != lines.low[passing]) & (point != lines.high[passing])
        vertex, line = point[near], passing[near]
        way, off = end[line] - start[line], units[vertex] - start[line]
        length = np.hypot(way[:, 0], way[:, 1])
        apart = np.abs(way[:, 0].astype(float) * off[:, 1] - way[:, 1].astype(float) * off[:, 0])
        close = apart < _NEAR * length + 1
        vertex, line, way, off = vertex[close], line[close], way[close], off[close]
        inside = (off * way).sum(axis=1) > 0
        inside &= ((way - off) * way).sum(axis=1) > 0
        found.append((line, vertex, inside & (sign_of_cross(way, off) == 0)))
    line, vertex, within = (np.concatenate(column) for column in zip(*found, strict=True))
    # A pair may have been near in several strips.
    _, once = np.unique(line * len(units) + vertex, return_index=True)
    return line[once], vertex[once], within[once]


def cut_at_vertices(raw: RawEdges, touch: Touch, keys: NDArray[np.uint64]) -> RawEdges:
    """Cut edges at vertices of their own date that lie within them.

    Parameters
    ----------
    raw : RawEdges
        The edges of any number of dates.
    touch : Touch
        What `touches` found among them.
    keys : ndarray of uint64
        The vertices, packed, ascending.

    Returns
    -------
    RawEdges
        Running the same ways; the same object where nothing is cut.
    """
    edge, vertex = touch.edge[touch.within], touch.vertex[touch.within]
    if not len(edge):
        return raw
    units = unpack(keys)
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
