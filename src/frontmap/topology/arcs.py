"""Arcs: chains of directed edges that share all their dates, in a walk that a file can follow.

The walk takes the edges in order of their first birth. A vertex is numbered when the walk first
comes to it. An arc runs over vertices that are new to the walk; only its two ends may be known
ones. So a moved piece of the front is one arc that leaves the old line and comes back to it.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from frontmap.topology.record import Topology


class Arcs(NamedTuple):
    """The edges of a topology as arcs, in the order of the walk.

    Attributes
    ----------
    path : ndarray of int64, shape (p,)
        The vertices of arc after arc, first and last included, by their number in the walk.
    size : ndarray of int64, shape (a,)
        How many edges each arc has; its path is longer by one.
    vertex : ndarray of int64, shape (v,)
        Which vertex of the topology has each number.
    edge : ndarray of int64, shape (a,)
        The first edge of each arc; the others live at the same dates.
    """

    path: NDArray[np.int64]
    size: NDArray[np.int64]
    vertex: NDArray[np.int64]
    edge: NDArray[np.int64]


def arcs_of(topology: Topology) -> Arcs:
    """Return the arcs of a topology.

    Parameters
    ----------
    topology : Topology
        Any; the same one always gives the same arcs.

    Returns
    -------
    Arcs
        Each edge in one arc.

    Examples
    --------
    >>> import shapely
    >>> from frontmap.topology import build
    >>> squares = [shapely.box(35, 51, 36, 52), shapely.box(35, 51, 37, 52)]
    >>> arcs = arcs_of(build(["2024-09-30", "2024-10-04"], squares))
    >>> arcs.size.tolist(), arcs.path.tolist()
    ([3, 1, 3], [0, 1, 2, 3, 3, 0, 0, 4, 5, 3])
    """
    walk = _Walk(topology)
    first_life = np.searchsorted(topology.life_edge, np.arange(len(topology.edges)))
    born = topology.birth[first_life]
    by_birth = np.argsort(born, kind="stable")
    for edges in np.split(by_birth, np.flatnonzero(np.diff(born[by_birth])) + 1):
        walk.follow(edges.tolist())
    return walk.arcs()


class _Walk:
    def __init__(self, topology: Topology) -> None:
        self.start: list[int] = topology.edges[:, 0].tolist()
        self.end: list[int] = topology.edges[:, 1].tolist()
        self.dates = _dates_of_edges(topology)
        self.number: dict[int, int] = {}
        self.path: list[int] = []
        self.size: list[int] = []
        self.edge: list[int] = []

    def arcs(self) -> Arcs:
        parts = (self.path, self.size, list(self.number), self.edge)
        return Arcs(*(np.array(part, dtype=np.int64) for part in parts))

    def follow(self, edges: list[int]) -> None:
        """Walk over all edges of one first birth: first those that leave known vertices."""
        leaving: dict[int, list[int]] = {}
        for edge in reversed(edges):
            leaving.setdefault(self.start[edge], []).append(edge)
        known = sorted((edge for edge in edges if self.start[edge] in self.number), key=self._place)
        for edge in known + edges:
            at = self.start[edge]
            while leaving.get(at):
                at = self._arc(leaving[at].pop(), leaving)

    def _place(self, edge: int) -> int:
        return self.number[self.start[edge]]

    def _arc(self, edge: int, leaving: dict[int, list[int]]) -> int:
        """Walk along one arc; return the vertex at its end."""
        self.edge.append(edge)
        self.path.append(self._numbered(self.start[edge]))
        size = 1
        while True:
            at = self.end[edge]
            is_new = at not in self.number
            self.path.append(self._numbered(at))
            onward = leaving.get(at)
            if not (is_new and onward and self.dates[onward[-1]] == self.dates[edge]):
                self.size.append(size)
                return at
            edge = onward.pop()
            size += 1

    def _numbered(self, vertex: int) -> int:
        return self.number.setdefault(vertex, len(self.number))


def _dates_of_edges(topology: Topology) -> list[bytes]:
    """Return for each edge something that is equal for edges that live at the same dates."""
    lives = np.stack([topology.birth, topology.death], axis=1).tobytes()
    first = np.searchsorted(topology.life_edge, np.arange(len(topology.edges) + 1)).tolist()
    width = 2 * topology.birth.itemsize
    return [lives[a * width : b * width] for a, b in pairwise(first)]
