"""A topology as the columns of its compact form."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from frontmap.topology.arcs import Arcs, arcs_of
from frontmap.topology.container import Columns, zigzag
from frontmap.topology.grid import unpack

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from frontmap.topology.record import Topology

    Integers = NDArray[np.int64]

#: More exact tens than this among the differences, and the last digit gets a column of its own.
_MANY_TENS = 0.25


def columns_of(topology: Topology, step: int) -> Columns:
    """Return the columns that hold a topology.

    Parameters
    ----------
    topology : Topology
        Its vertices are whole multiples of the step.
    step : int
        In units of 1e-7 degree.

    Returns
    -------
    Columns
        The same topology always gives the same ones.

    Examples
    --------
    >>> import shapely
    >>> from frontmap.topology import build
    >>> columns = columns_of(build(["2024-09-30"], [shapely.box(31, 47, 32, 49)]), 10_000_000)
    >>> columns.start.tolist(), columns.size.tolist(), columns.end.tolist(), columns.stay.tolist()
    ([0], [3], [1], [0])
    """
    arcs = arcs_of(topology)
    gaps = np.diff(topology.dates).astype(np.int64)
    start, end = _codes_of_ends(arcs)
    # The vertex before a new one on the walk, also across arcs.
    _, first = np.unique(arcs.path, return_index=True)
    units = unpack(topology.keys)[arcs.vertex] // step
    along = units[arcs.path]
    delta = np.diff(along, axis=0, prepend=np.zeros((1, 2), dtype=np.int64))[first]
    split = 10 if len(delta) and np.mean(delta % 10 == 0) > _MANY_TENS else 1
    tens, digit = np.divmod(delta, split)
    head = [step, split, len(topology.dates)]
    head += [zigzag(int(day)) for day in topology.dates[:1].astype(np.int64)]
    birth, again, stay = _lives_of_arcs(topology, arcs)
    return Columns(
        np.array(head, dtype=np.int64),
        gaps,
        arcs.size - 1,
        start,
        end,
        birth,
        again,
        stay,
        *zigzag(tens).T,
        *digit.T,
    )


def _codes_of_ends(arcs: Arcs) -> tuple[Integers, Integers]:
    """Return how the reader finds the first and last vertex of each arc."""
    last = np.cumsum(arcs.size + 1) - 1
    starts, ends = arcs.path[last - arcs.size].tolist(), arcs.path[last].tolist()
    codes: list[tuple[int, int]] = []
    known, anchor, at = 0, 0, -1
    for size, start, end in zip(arcs.size.tolist(), starts, ends, strict=True):
        if start == known:
            begins, anchor = 0, start
            known += 1
        elif start == at:
            begins = 1
        else:
            begins, anchor = zigzag(start - anchor) + 2, start
        known += size - 1
        if end == known:
            finishes = 0
            known += 1
        else:
            finishes, anchor = zigzag(end - anchor) + 1, end
        at = end
        codes.append((begins, finishes))
    columns = np.array(codes, dtype=np.int64).reshape(-1, 2)
    return columns[:, 0], columns[:, 1]


def _lives_of_arcs(topology: Topology, arcs: Arcs) -> tuple[Integers, Integers, Integers]:
    first = np.searchsorted(topology.life_edge, arcs.edge)
    count = np.searchsorted(topology.life_edge, arcs.edge, side="right") - first
    birth = np.diff(topology.birth[first], prepend=0).astype(np.int64)
    arc = np.repeat(np.arange(len(count)), count)
    life = np.arange(len(arc)) - np.repeat(np.cumsum(count) - count - first, count)
    events = np.stack([topology.birth[life], topology.death[life]], axis=1).astype(np.int64)
    stay = np.diff(events.ravel(), prepend=0)
    stay[1::2][events[:, 1] == len(topology.dates)] = 0
    begins = np.flatnonzero(np.diff(arc, prepend=-1))
    return birth, (count - 1).astype(np.int64), np.delete(stay, 2 * begins)
