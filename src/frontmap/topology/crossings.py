"""Edges of two outlines cut where they meet, so that they share nothing but nodes.

Only edges that are new can cross edges that are gone: within one date none cross. Whether two edges
meet is decided in whole numbers, exactly. A crossing within both becomes a node of its own; a
vertex that lies on an edge of the other outline becomes a node of that edge.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from frontmap.topology.grid import pack, sign_of_cross
from frontmap.topology.strips import Strips

if TYPE_CHECKING:
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
    start_units, end_units : ndarray of float64, shape (n, 2)
        Where they lie, in grid units.
    heading : ndarray of int64, shape (n, 2)
        The vector of the whole edge, exact.
    weight : ndarray of int, shape (n,)
        How much larger the field is on the left than on the right.
    """

    group: Indices
    start: NDArray[np.int64]
    end: NDArray[np.int64]
    start_units: Floats
    end_units: Floats
    heading: Units
    weight: NDArray[np.int64]

    def take(self, chosen: NDArray[np.bool_] | Indices) -> Pieces:
        """Return some of the pieces."""
        return Pieces(
            self.group[chosen],
            self.start[chosen],
            self.end[chosen],
            self.start_units[chosen],
            self.end_units[chosen],
            self.heading[chosen],
            self.weight[chosen],
        )

    def reverse(self, chosen: NDArray[np.bool_]) -> Pieces:
        """Return all pieces, the chosen ones running the other way."""
        one, two = chosen, chosen[:, None]
        return Pieces(
            self.group,
            np.where(one, self.end, self.start),
            np.where(one, self.start, self.end),
            np.where(two, self.end_units, self.start_units),
            np.where(two, self.start_units, self.end_units),
            np.where(two, -self.heading, self.heading),
            np.where(one, -self.weight, self.weight),
        )


class _Cuts(NamedTuple):
    """Where edges are cut: the edge, how far along it, and the node."""

    edge: Indices
    along: Floats
    node: NDArray[np.int64]
    units: Floats


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
    forward = pieces.reverse(pieces.start > pieces.end)
    _, pair = np.unique(forward.start * limit + forward.end, return_inverse=True)
    place = forward.group.astype(np.int64) * (int(pair.max(initial=0)) + 1) + pair
    _, known, owner = np.unique(place, return_index=True, return_inverse=True)
    sums = np.zeros(len(known), dtype=np.int64)
    np.add.at(sums, owner, forward.weight)
    once = forward.take(known)._replace(weight=sums).take(sums != 0)
    return once.reverse(once.weight < 0)


def cut_where_they_cross(
    pieces: Pieces, is_new: NDArray[np.bool_], keys: NDArray[np.uint64]
) -> Pieces:
    """Cut whole edges where an edge that is new meets an edge that is gone.

    Parameters
    ----------
    pieces : Pieces
        Whole edges between vertices.
    is_new : ndarray of bool, shape (n,)
        Which of them are new; the others are gone.
    keys : ndarray of uint64
        The vertices, packed, ascending; a node below ``len(keys)`` is one of them.

    Returns
    -------
    Pieces
        Each edge in its pieces.
    """
    new, gone = _close_pairs(pieces, is_new)
    if not len(new):
        return pieces
    cuts = _cuts(pieces, new, gone, keys)
    if not len(cuts.edge):
        return pieces
    return _apply(pieces, cuts)


def _close_pairs(pieces: Pieces, is_new: NDArray[np.bool_]) -> tuple[Indices, Indices]:
    """Return pairs of a new and a gone edge of one group whose boxes overlap."""
    low = np.minimum(pieces.start_units, pieces.end_units)
    high = np.maximum(pieces.start_units, pieces.end_units)
    news, gones = np.flatnonzero(is_new), np.flatnonzero(~is_new)
    strips = Strips(pieces.group[gones], pieces.start_units[gones], pieces.end_units[gones])
    found = [np.empty(0, dtype=np.int64)]
    starts, ends = pieces.start_units[news], pieces.end_units[news]
    for query, line in strips.near(pieces.group[news], starts, ends):
        new, gone = news[query], gones[line]
        near = (low[new, 0] <= high[gone, 0]) & (low[gone, 0] <= high[new, 0])
        new, gone = new[near], gone[near]
        near = (low[new, 1] <= high[gone, 1]) & (low[gone, 1] <= high[new, 1])
        found.append(new[near] * len(is_new) + gone[near])
    new, gone = np.divmod(np.unique(np.concatenate(found)), len(is_new))
    return new, gone


def _cuts(pieces: Pieces, new: Indices, gone: Indices, keys: NDArray[np.uint64]) -> _Cuts:
    start = pieces.start_units.astype(np.int64)
    end = pieces.end_units.astype(np.int64)
    way = pieces.heading
    gone_start = sign_of_cross(way[new], start[gone] - start[new])
    gone_end = sign_of_cross(way[new], end[gone] - start[new])
    new_start = sign_of_cross(way[gone], start[new] - start[gone])
    new_end = sign_of_cross(way[gone], end[new] - start[gone])
    found = [
        _vertex_on_edge(pieces, new, gone, gone_start, at_start=True),
        _vertex_on_edge(pieces, new, gone, gone_end, at_start=False),
        _vertex_on_edge(pieces, gone, new, new_start, at_start=True),
        _vertex_on_edge(pieces, gone, new, new_end, at_start=False),
    ]
    proper = (gone_start * gone_end < 0) & (new_start * new_end < 0)
    if proper.any():
        found.extend(_crossings(pieces, new[proper], gone[proper], keys))
    return _Cuts(*(np.concatenate(column) for column in zip(*found, strict=True)))


def _vertex_on_edge(
    pieces: Pieces, edge: Indices, other: Indices, side: Units, *, at_start: bool
) -> _Cuts:
    """Return the cuts of edges by an end of another edge that lies within them."""
    points = (pieces.start_units if at_start else pieces.end_units)[other]
    nodes = (pieces.start if at_start else pieces.end)[other]
    along = _along(pieces, edge, points)
    within = (side == 0) & (along > 0) & (along < 1)
    return _Cuts(edge[within], along[within], nodes[within], points[within])


def _along(pieces: Pieces, edge: Indices, points: Floats) -> Floats:
    """Return how far points on edges lie between their ends, from 0 to 1."""
    way = pieces.heading[edge]
    axis = np.argmax(np.abs(way), axis=1)
    rows = np.arange(len(edge))
    along: Floats = (points - pieces.start_units[edge])[rows, axis] / way[rows, axis]
    return along


def _crossings(
    pieces: Pieces, new: Indices, gone: Indices, keys: NDArray[np.uint64]
) -> tuple[_Cuts, _Cuts]:
    """Return the cuts of both edges at points that lie within both."""
    u, v = pieces.heading[new].astype(float), pieces.heading[gone].astype(float)
    between = pieces.start_units[gone] - pieces.start_units[new]
    below = u[:, 0] * v[:, 1] - u[:, 1] * v[:, 0]
    along_new = (between[:, 0] * v[:, 1] - between[:, 1] * v[:, 0]) / below
    along_gone = (between[:, 0] * u[:, 1] - between[:, 1] * u[:, 0]) / below
    units = pieces.start_units[new] + along_new[:, None] * u
    node = len(keys) + np.arange(len(new), dtype=np.int64)
    # Three edges can meet within two of them only at a vertex, and vertices are on the grid.
    nearest = np.rint(units).astype(np.int64)
    place = np.minimum(np.searchsorted(keys, pack(nearest)), len(keys) - 1)
    from_new = nearest - pieces.start_units[new].astype(np.int64)
    from_gone = nearest - pieces.start_units[gone].astype(np.int64)
    exact = keys[place] == pack(nearest)
    exact &= sign_of_cross(pieces.heading[new], from_new) == 0
    exact &= sign_of_cross(pieces.heading[gone], from_gone) == 0
    node[exact] = place[exact]
    units[exact] = nearest[exact]
    return _Cuts(new, along_new, node, units), _Cuts(gone, along_gone, node, units)


def _apply(pieces: Pieces, cuts: _Cuts) -> Pieces:
    """Return the edges in their pieces."""
    count = len(pieces.group)
    whole = np.arange(count)
    edge = np.concatenate([whole, cuts.edge, whole])
    along = np.concatenate([np.full(count, -1.0), cuts.along, np.full(count, 2.0)])
    node = np.concatenate([pieces.start, cuts.node, pieces.end])
    units = np.concatenate([pieces.start_units, cuts.units, pieces.end_units])
    order = np.lexsort((along, edge))
    edge, node, units = edge[order], node[order], units[order]
    piece = np.flatnonzero((edge[1:] == edge[:-1]) & (node[1:] != node[:-1]))
    owner = edge[piece]
    return Pieces(
        pieces.group[owner],
        node[piece],
        node[piece + 1],
        units[piece],
        units[piece + 1],
        pieces.heading[owner],
        pieces.weight[owner],
    )
