"""Directed edges joined into rings, with the inside on the left.

Where several rings meet in one vertex, an edge that comes in goes on along the first edge clockwise
from it: the two bound the same wedge of the inside. A closed walk that meets itself is then cut
into simple loops. So parts that touch stay apart, and a hole that touches its shell stays a hole.
"""

from __future__ import annotations

from functools import cmp_to_key
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from frontmap.errors import GeometryError
from frontmap.topology.numbering import numbered

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    Indices = NDArray[np.intp]


class DirectedEdges(NamedTuple):
    """Edges of many regions, each edge with its region's inside on the left.

    Attributes
    ----------
    region : ndarray of int, shape (m,)
        Which region the edge bounds.
    start, end : ndarray of int, shape (m,)
        Nodes; the same number is the same point.
    heading : ndarray of int64, shape (m, 2)
        A vector along the edge, exact, of any length.
    """

    region: NDArray[Any]
    start: NDArray[Any]
    end: NDArray[Any]
    heading: NDArray[np.int64]


class OutlineError(GeometryError):
    """Edges that bound no region.

    Parameters
    ----------
    region : int
        The first region that is not bounded.
    reason : str
        Why.
    """

    def __init__(self, region: int, reason: str) -> None:
        super().__init__(f"the outline of region {region} is broken: {reason}")
        self.region = region


def trace(edges: DirectedEdges) -> tuple[Indices, Indices]:
    """Join edges into simple rings.

    Parameters
    ----------
    edges : DirectedEdges
        Edges that close, region by region.

    Returns
    -------
    order : ndarray of int, shape (m,)
        The edges, ring after ring, each ring in its own sequence.
    first : ndarray of int, shape (r,)
        Where each ring begins in ``order``.

    Raises
    ------
    OutlineError
        If the edges do not close, or cross at a node.

    Examples
    --------
    >>> two_triangles = np.array([[0, 1], [1, 2], [2, 0], [2, 3], [3, 4], [4, 2]])
    >>> ways = np.array([[2, 0], [-1, 1], [-1, -1], [1, 1], [-2, 0], [1, -1]])
    >>> edges = DirectedEdges(np.zeros(6, int), *two_triangles.T, ways)
    >>> [part.tolist() for part in trace(edges)]
    [[0, 1, 2, 3, 4, 5], [0, 3]]
    """
    count = len(edges.start)
    if not count:
        return np.empty(0, dtype=np.intp), np.empty(0, dtype=np.intp)
    nodes, places = _places(edges)
    start, end = places[:count], places[count:]
    leaving = np.bincount(start, minlength=len(nodes))
    uneven = np.flatnonzero(leaving != np.bincount(end, minlength=len(nodes)))
    if len(uneven):
        raise OutlineError(int(nodes[uneven[0]] // _node_limit(edges)), "its edges do not close")
    by_start = np.argsort(start, kind="stable")
    first_leaving = np.cumsum(leaving) - leaving
    following = by_start[first_leaving[end]]
    crowded = np.flatnonzero(leaving > 1)
    if not len(crowded):
        return _walk(following.tolist())
    by_end = np.argsort(end, kind="stable")
    for node in crowded.tolist():
        span = slice(first_leaving[node], first_leaving[node] + leaving[node])
        coming, going = by_end[span].tolist(), by_start[span].tolist()
        if not _pair_at_node(coming, going, edges.heading, following):
            raise OutlineError(int(edges.region[going[0]]), "its edges cross or overlap at a node")
    return _cut_at_repeats(*_walk(following.tolist()), start, leaving > 1)


def _node_limit(edges: DirectedEdges) -> int:
    return int(max(edges.start.max(initial=0), edges.end.max(initial=0))) + 1


def _places(edges: DirectedEdges) -> tuple[NDArray[np.int64], Indices]:
    """Return the nodes of all regions, and which each start, then each end, is."""
    limit = _node_limit(edges)
    region = edges.region.astype(np.int64) * limit
    both = np.concatenate([region + edges.start, region + edges.end])
    return numbered(both)


def _walk(following: list[int]) -> tuple[Indices, Indices]:
    order: list[int] = []
    first: list[int] = []
    for begin in range(len(following)):
        if following[begin] < 0:
            continue
        first.append(len(order))
        edge = begin
        while (after := following[edge]) >= 0:
            order.append(edge)
            following[edge] = -1  # been there
            edge = after
    return np.array(order, dtype=np.intp), np.array(first, dtype=np.intp)


def _pair_at_node(
    coming: list[int], leaving: list[int], heading: NDArray[np.int64], following: Indices
) -> bool:
    """Let each edge that ends at a node go on along the first edge clockwise from it, if it can."""
    spokes = [(*(-heading[edge]).tolist(), edge, False) for edge in coming]
    spokes += [(*heading[edge].tolist(), edge, True) for edge in leaving]
    spokes.sort(key=cmp_to_key(_compare_angles))
    for at, (_, _, edge, leaves) in enumerate(spokes):
        if leaves:
            continue
        _, _, neighbour, neighbour_leaves = spokes[at - 1]
        if not neighbour_leaves:
            return False
        following[edge] = neighbour
    return True


def _compare_angles(a: tuple[int, int, int, bool], b: tuple[int, int, int, bool]) -> int:
    """Order directions counter-clockwise from east, exactly."""
    halves = [(y < 0 or (y == 0 and x < 0)) for x, y, _, _ in (a, b)]
    if halves[0] != halves[1]:
        return -1 if halves[1] else 1
    cross = a[0] * b[1] - a[1] * b[0]
    return (cross < 0) - (cross > 0)


def _cut_at_repeats(
    order: Indices, first: Indices, start: Indices, is_crowded: NDArray[np.bool_]
) -> tuple[Indices, Indices]:
    """Cut walks that come back to a node into loops that do not."""
    ends = np.append(first[1:], len(order))
    place = np.flatnonzero(is_crowded[start[order]])
    walk = np.searchsorted(first, place, side="right") - 1
    nodes = len(is_crowded)
    visited, often = np.unique(walk * nodes + start[order[place]], return_counts=True)
    more: list[int] = []
    for ring in np.unique(visited[often > 1] // nodes).tolist():
        at = int(first[ring])
        for loop in _simple_loops(order[at : ends[ring]].tolist(), start):
            order[at : at + len(loop)] = loop
            more.append(at)
            at += len(loop)
    return order, np.union1d(first, np.array(more, dtype=np.intp))


def _simple_loops(walk: list[int], start: Indices) -> Iterator[list[int]]:
    open_edges: list[int] = []
    depth: dict[int, int] = {}
    for edge in walk:
        node = int(start[edge])
        if node in depth:
            loop = open_edges[depth[node] :]
            del open_edges[depth[node] :]
            for closed in loop:
                del depth[int(start[closed])]
            yield loop
        depth[node] = len(open_edges)
        open_edges.append(edge)
    yield open_edges
