"""The field that edges bound: how many times, with its direction, they run around a place."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from frontmap.topology.numbering import numbered
from frontmap.topology.strips import Strips

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from frontmap.topology.crossings import Pieces

    Floats = NDArray[np.float64]
    Indices = NDArray[np.intp]


def field_on_the_right(pieces: Pieces, nodes: Floats) -> NDArray[np.int64]:
    """Return the field just to the right of each piece.

    Parameters
    ----------
    pieces : Pieces
        With positive weights, sharing nothing but nodes; all those of a group together bound its
        field.
    nodes : ndarray of float64, shape (v, 2)
        Where the nodes lie, in grid units.

    Returns
    -------
    ndarray of int64, shape (n,)
        The sum of the weights of all pieces around a point there, each with its direction.

    Notes
    -----
    Pieces that follow each other, with nothing else at their node, have the same field beside
    them, so it is counted for one piece of a chain only.
    """
    asked, chain = numbered(_one_of_chain(pieces))
    return _counted_along_rays(pieces, nodes, asked)[chain]


def _one_of_chain(pieces: Pieces) -> Indices:
    """Return for each piece one piece of its chain, mostly the same one."""
    count = len(pieces.start)
    limit = int(max(pieces.start.max(initial=0), pieces.end.max(initial=0))) + 1
    both = np.concatenate([pieces.start, pieces.end]) + np.tile(pieces.group * limit, 2)
    nodes, place = numbered(both)
    plain = np.bincount(place, minlength=len(nodes)) == 2
    leaves = np.zeros(len(nodes), dtype=np.intp)
    leaves[place[:count]] = np.arange(count)
    ends = place[count:]
    onward = np.where(plain[ends], leaves[ends], np.arange(count))
    least = np.arange(count)
    reach = 1
    while reach < count:
        least = np.minimum(least, least[onward])
        onward = onward[onward]
        reach *= 2
    # An open chain leads to its last piece; of a closed one the least piece stands for all.
    return np.where(onward[onward] == onward, onward, least)


def _counted_along_rays(pieces: Pieces, nodes: Floats, asked: Indices) -> NDArray[np.int64]:
    """Return the field to the right of some pieces.

    A ray runs east from the middle of a piece and passes other pieces. A piece counts from its
    lower end up to, and without, its upper end, as if the ray ran a hair's breadth higher.
    """
    start, end = nodes[pieces.start], nodes[pieces.end]
    middle = ((start + end) / 2)[asked]
    field = np.zeros(len(asked), dtype=np.int64)
    for here, other in _level_with(pieces.group, start, end, asked, middle):
        way, off = end[other] - start[other], middle[here] - start[other]
        rises = way[:, 1] > 0
        ahead = (way[:, 0] * off[:, 1] - off[:, 0] * way[:, 1] > 0) == rises
        ahead &= other != asked[here]
        step = np.where(rises, pieces.weight[other], -pieces.weight[other])[ahead]
        field += np.bincount(here[ahead], weights=step, minlength=len(asked)).astype(np.int64)
    # The count holds to the east of the piece, or above it where it is level.
    way = (end - start)[asked]
    on_the_left = np.where(way[:, 1] == 0, way[:, 0] > 0, way[:, 1] < 0)
    return np.where(on_the_left, field - pieces.weight[asked], field)


def _level_with(
    group: Indices, start: Floats, end: Floats, asked: Indices, middle: Floats
) -> Iterator[tuple[Indices, Indices]]:
    """Yield pairs of a ray and a piece of its group that has a point on the ray's level."""
    low, high = np.minimum(start[:, 1], end[:, 1]), np.maximum(start[:, 1], end[:, 1])
    y = middle[:, 1]
    strips = Strips(group, start, end)
    for here, other in strips.east_of(group[asked], middle):
        level = (low[other] <= y[here]) & (y[here] < high[other])
        yield here[level], other[level]
