"""Edges of two outlines cut where they meet, so that they share nothing but nodes.

Only edges that are new can cross edges that are gone: within one date none cross. Whether two edges
meet is decided in whole numbers, exactly. A crossing within both becomes a node of its own; a
vertex that lies on an edge of the other outline becomes a node of that edge.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from frontmap.topology.grid import pack, sign_of_cross
from frontmap.topology.numbering import numbered
from frontmap.topology.strips import Strips

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Indices = NDArray[np.intp]
    Units = NDArray[np.int64]


class Pieces(NamedTuple):
    """Pieces of edges, each between two nodes that follow each other.

    Attributes
    ----------
    group : ndarray of int, shape (n,)
        Only pieces of one group belong together.
    start, end : ndarray of int, shape (n,)
        Nodes: vertices, then crossings.
    heading : ndarray of int64, shape (n, 2)
        The vector of the whole edge, exact.
    weight : ndarray of int, shape (n,)
        How much larger the field is on the left than on the right.
    """

    group: Indices
    start: NDArray[np.int64]
    end: NDArray[np.int64]
    heading: Units
    weight: NDArray[np.int64]

    def take(self, chosen: NDArray[np.bool_] | Indices) -> Pieces:
        """Return some of the pieces."""
        return Pieces(
            self.group[chosen],
            self.start[chosen],
            self.end[chosen],
            self.heading[chosen],
            self.weight[chosen],
        )

    def turn(self, chosen: NDArray[np.bool_]) -> Pieces:
        """Return all pieces, the chosen ones running the other way."""
        sign = np.where(chosen, -1, 1)
        return Pieces(
            self.group,
            np.where(chosen, self.end, self.start),
            np.where(chosen, self.start, self.end),
            self.heading * sign[:, None],
            self.weight * sign,
        )


class _Cuts(NamedTuple):
    """Where edges are cut: the edge, how far along it, and the node."""

    edge: Indices
    along: Floats
    node: NDArray[np.int64]


def merged(pieces: Pieces) -> Pieces:
    """Return each piece once, with the sum of the weights of all that coincide with it.

    Parameters
    ----------
    pieces : Pieces
        In any direction.

    Returns
    -------
    Pieces
        With positive weights; those that cancel are gone.
    """
    limit = int(max(pieces.start.max(initial=0), pieces.end.max(initial=0))) + 1
    forward = pieces.start < pieces.end
    low, high = np.minimum(pieces.start, pieces.end), np.maximum(pieces.start, pieces.end)
    _, place = numbered(pieces.group * limit + low)
    distinct, owner = numbered(place * limit + high)
    known = np.empty(len(distinct), dtype=np.intp)
    known[owner] = np.arange(len(owner))
    signed = np.where(forward, pieces.weight, -pieces.weight)
    sums = np.bincount(owner, weights=signed, minlength=len(known)).astype(np.int64)
    once = pieces.take(known)._replace(weight=np.where(forward[known], sums, -sums))
    return once.take(sums != 0).turn(once.weight[sums != 0] < 0)


def cut_where_they_cross(
    pieces: Pieces, is_new: NDArray[np.bool_], units: Units, keys: NDArray[np.uint64]
) -> tuple[Pieces, Floats]:
    """Cut whole edges where an edge that is new meets an edge that is gone.

    Parameters
    ----------
    pieces : Pieces
        Whole edges between vertices.
    is_new : ndarray of bool, shape (n,)
        Which of them are new; the others are gone.
    units : ndarray of int64, shape (v, 2)
        The vertices, in grid units.
    keys : ndarray of uint64, shape (v,)
        The same, packed, ascending.

    Returns
    -------
    pieces : Pieces
        Each edge in its pieces.
    nodes : ndarray of float64, shape (v + c, 2)
        Where the nodes lie, in grid units: the vertices, then the crossings.
    """
    nodes = units.astype(np.float64)
    new, gone = _close_pairs(pieces, is_new, nodes)
    if not len(new):
        return pieces, nodes
    sides = _Sides(pieces, new, gone, units)
    found = [*sides.vertices_on_edges()]
    if sides.crosses.any():
        at, on_new, on_gone = _crossings(sides, keys, len(nodes))
        nodes = np.concatenate([nodes, at])
        found += [on_new, on_gone]
    cuts = _Cuts(*(np.concatenate(column) for column in zip(*found, strict=True)))
    return (_apply(pieces, cuts) if len(cuts.edge) else pieces), nodes


def _close_pairs(
    pieces: Pieces, is_new: NDArray[np.bool_], nodes: Floats
) -> tuple[Indices, Indices]:
    """Return pairs of a new and a gone edge of a group whose boxes overlap, some repeatedly."""
    start, end = nodes[pieces.start], nodes[pieces.end]
    low, high = np.minimum(start, end), np.maximum(start, end)
    news, gones = np.flatnonzero(is_new), np.flatnonzero(~is_new)
    strips = Strips(pieces.group[gones], start[gones], end[gones])
    news_near, gones_near = [np.empty(0, dtype=np.intp)], [np.empty(0, dtype=np.intp)]
    for query, line in strips.near(pieces.group[news], start[news], end[news]):
        new, gone = news[query], gones[line]
        near = (low[new, 0] <= high[gone, 0]) & (low[gone, 0] <= high[new, 0])
        new, gone = new[near], gone[near]
        near = (low[new, 1] <= high[gone, 1]) & (low[gone, 1] <= high[new, 1])
        news_near.append(new[near])
        gones_near.append(gone[near])
    return np.concatenate(news_near), np.concatenate(gones_near)


class _Sides:
    """Pairs of edges, and on which side of one the ends of the other lie: 1 left, 0 on its line."""

    def __init__(self, pieces: Pieces, new: Indices, gone: Indices, units: Units) -> None:
        self.pieces, self.new, self.gone, self.units = pieces, new, gone, units
        way_new, way_gone = pieces.heading[new], pieces.heading[gone]
        origin_new, origin_gone = units[pieces.start[new]], units[pieces.start[gone]]
        between = origin_gone - origin_new
        self.gone_start = sign_of_cross(way_new, between)
        self.gone_end = sign_of_cross(way_new, between + way_gone)
        self.new_start = sign_of_cross(way_gone, -between)
        self.new_end = sign_of_cross(way_gone, way_new - between)
        self.crosses = (self.gone_start * self.gone_end < 0) & (self.new_start * self.new_end < 0)

    def vertices_on_edges(self) -> Iterator[_Cuts]:
        """Yield the cuts of edges by ends of others that lie within them."""
        start, end = self.pieces.start, self.pieces.end
        yield self._cuts(self.gone_start == 0, self.new, start[self.gone])
        yield self._cuts(self.gone_end == 0, self.new, end[self.gone])
        yield self._cuts(self.new_start == 0, self.gone, start[self.new])
        yield self._cuts(self.new_end == 0, self.gone, end[self.new])

    def _cuts(self, on_line: NDArray[np.bool_], edge: Indices, vertex: NDArray[np.int64]) -> _Cuts:
        edge, vertex = edge[on_line], vertex[on_line]
        way = self.pieces.heading[edge]
        off = self.units[vertex] - self.units[self.pieces.start[edge]]
        steep = np.abs(way[:, 1]) > np.abs(way[:, 0])
        along = np.where(steep, off[:, 1], off[:, 0]) / np.where(steep, way[:, 1], way[:, 0])
        within = (along > 0) & (along < 1)
        return _Cuts(edge[within], along[within], vertex[within])


def _crossings(sides: _Sides, keys: NDArray[np.uint64], first: int) -> tuple[Floats, _Cuts, _Cuts]:
    """Return the points that lie within two edges, and the cuts of both there."""
    count = len(sides.pieces.start)
    met = sides.new[sides.crosses] * count + sides.gone[sides.crosses]
    new, gone = np.divmod(np.unique(met), count)
    way_new, way_gone = sides.pieces.heading[new], sides.pieces.heading[gone]
    origin_new = sides.units[sides.pieces.start[new]]
    origin_gone = sides.units[sides.pieces.start[gone]]
    u, v = way_new.astype(np.float64), way_gone.astype(np.float64)
    between = origin_gone - origin_new
    below = u[:, 0] * v[:, 1] - u[:, 1] * v[:, 0]
    along_new = (between[:, 0] * v[:, 1] - between[:, 1] * v[:, 0]) / below
    along_gone = (between[:, 0] * u[:, 1] - between[:, 1] * u[:, 0]) / below
    at = origin_new + along_new[:, None] * u
    node = first + np.arange(len(new), dtype=np.int64)
    # Three edges can meet within two of them only at a vertex, and vertices are on the grid.
    nearest = np.rint(at).astype(np.int64)
    place = np.minimum(np.searchsorted(keys, pack(nearest)), len(keys) - 1)
    exact = keys[place] == pack(nearest)
    exact &= sign_of_cross(way_new, nearest - origin_new) == 0
    exact &= sign_of_cross(way_gone, nearest - origin_gone) == 0
    node[exact] = place[exact]
    return at, _Cuts(new, along_new, node), _Cuts(gone, along_gone, node)


def _apply(pieces: Pieces, cuts: _Cuts) -> Pieces:
    """Return the edges in their pieces."""
    count = len(pieces.group)
    whole = np.arange(count)
    edge = np.concatenate([whole, cuts.edge, whole])
    along = np.concatenate([np.full(count, -1.0), cuts.along, np.full(count, 2.0)])
    node = np.concatenate([pieces.start, cuts.node, pieces.end])
    order = np.lexsort((along, edge))
    edge, node = edge[order], node[order]
    piece = np.flatnonzero((edge[1:] == edge[:-1]) & (node[1:] != node[:-1]))
    owner = edge[piece]
    return Pieces(
        pieces.group[owner],
        node[piece],
        node[piece + 1],
        pieces.heading[owner],
        pieces.weight[owner],
    )
