"""Lines filed under horizontal strips, and in each strip from west to east, group by group.

A line is filed under every strip that it passes, with the part of its west-east range that lies
there. So a long line among short ones is not near everything, only near what it passes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    Indices = NDArray[np.intp]

#: So many pairs are looked at in one go; this bounds the memory, not the result.
_PAIRS_AT_ONCE = 1_000_000
#: Longitudes take up this many bits of a place; the globe has 3.6e9 units, less than 2**32.
_BITS_OF_X = 33
_EASTERNMOST = 2**_BITS_OF_X - 1
#: How high a strip is, over the mean line: low ones hold few lines, high ones need few entries.
_HEIGHT = 3
#: Where a line meets the edge of a strip is known to this many units of height, and better.
_SLACK = 0.01


def spread(first: NDArray[Any], count: NDArray[Any]) -> tuple[Indices, Indices]:
    """Return the members of ranges one after the other, and the range that each is of.

    Parameters
    ----------
    first, count : ndarray of int, shape (n,)
        Where each range begins, and how many it holds.

    Returns
    -------
    member, owner : ndarray of int
        Both of the length ``count.sum()``.

    Examples
    --------
    >>> [part.tolist() for part in spread(np.array([5, 9]), np.array([2, 1]))]
    [[5, 6, 9], [0, 0, 1]]
    """
    owner = np.repeat(np.arange(len(first)), count)
    begins = np.cumsum(count) - count
    member = np.arange(len(owner)) + np.repeat(first - begins, count)
    return member.astype(np.intp, copy=False), owner


class _Passages(NamedTuple):
    """The strips that lines pass: drawer (a strip of a group), line, its west and east there."""

    drawer: NDArray[np.int64]
    line: Indices
    west: NDArray[np.int64]
    east: NDArray[np.int64]


class Strips:
    """Lines of many groups, filed by strip and by west end.

    Parameters
    ----------
    group : ndarray of int, shape (n,)
        Only lines of one group meet.
    start, end : ndarray, shape (n, 2)
        The ends of each line.

    Notes
    -----
    A strip is a few times as high as the mean line, so the filing takes few entries a line on
    average, however uneven they are.
    """

    def __init__(self, group: NDArray[Any], start: NDArray[Any], end: NDArray[Any]) -> None:
        rise = np.abs(end[:, 1] - start[:, 1])
        low = np.minimum(start[:, 1], end[:, 1])
        self._base = float(low.min()) if len(low) else 0.0
        self._height = max(1.0, _HEIGHT * float(rise.mean())) if len(low) else 1.0
        top = float((low + rise).max()) if len(low) else 0.0
        self._per_group = int((top - self._base) // self._height) + 2
        passages = self._passages(group, start, end)
        self._west_end = int(passages.west.min()) if len(low) else 0
        place = self._place(passages.drawer, passages.west)
        order = np.argsort(place, kind="stable")
        self._line, self._filed = passages.line[order], place[order]
        self._widest = int((passages.east - passages.west).max(initial=0))

    def east_of(
        self, group: NDArray[Any], points: NDArray[Any]
    ) -> Iterator[tuple[Indices, Indices]]:
        """Yield the lines that a ray from a point to the east may meet.

        Parameters
        ----------
        group : ndarray of int, shape (m,)
            The group of each point.
        points : ndarray, shape (m, 2)
            Where the rays begin.

        Yields
        ------
        point, line : ndarray of int
            Pairs, in portions; each pair once.
        """
        drawer = group.astype(np.int64) * self._per_group + self._strip(points[:, 1])
        west = np.floor(points[:, 0]).astype(np.int64)
        yield from self._pairs(drawer, west, np.full(len(west), _EASTERNMOST))

    def near(
        self, group: NDArray[Any], start: NDArray[Any], end: NDArray[Any]
    ) -> Iterator[tuple[Indices, Indices]]:
        """Yield the lines that other lines, or points, may meet.

        Parameters
        ----------
        group : ndarray of int, shape (m,)
            The group of each query.
        start, end : ndarray, shape (m, 2)
            The ends of each query; the same for a point.

        Yields
        ------
        query, line : ndarray of int
            Pairs, in portions; a pair that is near in several strips comes several times.
        """
        drawer, query, west, east = self._passages(group, start, end)
        for place, line in self._pairs(drawer, west, east):
            yield query[place], line

    def _strip(self, y: NDArray[Any]) -> NDArray[np.int64]:
        strip = ((y - self._base) // self._height).astype(np.int64)
        return np.clip(strip, 0, self._per_group - 1)

    def _place(self, drawer: NDArray[np.int64], x: NDArray[np.int64]) -> NDArray[np.int64]:
        """Return one number that ascends with the drawer, and within it with longitude."""
        return (drawer << _BITS_OF_X) + np.clip(x - self._west_end, 0, _EASTERNMOST)

    def _passages(self, group: NDArray[Any], start: NDArray[Any], end: NDArray[Any]) -> _Passages:
        rises = end[:, 1] >= start[:, 1]
        foot_x, head_x = np.where(rises, (start[:, 0], end[:, 0]), (end[:, 0], start[:, 0]))
        foot_y, head_y = np.where(rises, (start[:, 1], end[:, 1]), (end[:, 1], start[:, 1]))
        first, last = self._strip(foot_y), self._strip(head_y)
        strip, line = spread(first, last - first + 1)
        lean = (head_x - foot_x) / np.where(last > first, head_y - foot_y, 1)
        # Where the line would be at the bottom of the first strip of all.
        root = foot_x + lean * (self._base - foot_y)
        lean, step = lean[line], (lean * self._height)[line]
        along = root[line] + step * strip
        enters = np.where(strip == first[line], foot_x[line], along)
        leaves = np.where(strip == last[line], head_x[line], along + step)
        slack = 1 + np.abs(lean) * _SLACK
        west = np.floor(np.minimum(enters, leaves) - slack).astype(np.int64)
        east = np.ceil(np.maximum(enters, leaves) + slack).astype(np.int64)
        drawer = group[line].astype(np.int64) * self._per_group + strip
        return _Passages(drawer, line, west, east)

    def _pairs(
        self, drawer: NDArray[np.int64], west: NDArray[np.int64], east: NDArray[np.int64]
    ) -> Iterator[tuple[Indices, Indices]]:
        first = np.searchsorted(self._filed, self._place(drawer, west - self._widest), "left")
        count = np.searchsorted(self._filed, self._place(drawer, east), "right") - first
        total = np.cumsum(count)
        begin = 0
        while begin < len(drawer):
            done = int(total[begin - 1]) if begin else 0
            end = max(begin + 1, int(np.searchsorted(total, done + _PAIRS_AT_ONCE, "right")))
            place, query = spread(first[begin:end], count[begin:end])
            yield query + begin, self._line[place]
            begin = end
