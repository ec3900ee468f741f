"""Names on the map: the important first, none over another, none cut by the frame."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from frontmap.render.figure.page import Box
from frontmap.render.figure.typesetting import width_pt

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

    from frontmap.render.figure.crowd import Crowd
    from frontmap.render.figure.sheet import Align, Sheet

#: A leader line begins in its own glyph, which is no obstacle.
_LEADER_FREE_PT = 10
#: Letters reach so far above and below their base line, in sizes.
ABOVE, BELOW = 0.80, 0.26
#: From one base line to the next, in sizes.
LEADING = 1.16


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a label: its text, size, style and colour."""

    text: str
    size: float
    style: str = "regular"
    colour: str = ""

    @property
    def width(self) -> float:
        """Points."""
        return width_pt(self.text, self.size, self.style)


@dataclass(frozen=True, slots=True)
class Spot:
    """A place for a label: its box, and the side from which it reads."""

    box: Box
    align: Align


def spots_around(
    x: float, y: float, lines: Sequence[Line], gap: float, *, rings: int = 1
) -> list[Spot]:
    """Return the places for a label around a point, the best first.

    Parameters
    ----------
    x, y : float
        The point.
    lines : sequence of Line
        What is to be written.
    gap : float
        Between the point and the label.
    rings : int
        How many distances are tried, each half as far again.

    Returns
    -------
    list of Spot
        To the right, left, above, below, then between these.
    """
    width = max(line.width for line in lines)
    height = block_height(lines)
    found = []
    for ring in range(rings):
        d = gap * 1.7**ring
        o = d * 0.75
        places: tuple[tuple[float, float, Align], ...] = (
            (x + d, y - height / 2, "left"), (x - d - width, y - height / 2, "right"),
            (x - width / 2, y + d, "center"), (x - width / 2, y - d - height, "center"),
            (x + o, y + o, "left"), (x + o, y - o - height, "left"),
            (x - o - width, y + o, "right"), (x - o - width, y - o - height, "right"),
        )  # fmt: skip
        if ring:  # farther out there is room between the directions
            places += (
                (x + d, y + o, "left"), (x + d, y - o - height, "left"),
                (x - d - width, y + o, "right"), (x - d - width, y - o - height, "right"),
                (x + o / 3, y + d, "left"), (x + o / 3, y - d - height, "left"),
                (x - o / 3 - width, y + d, "right"), (x - o / 3 - width, y - d - height, "right"),
            )  # fmt: skip
        found += [
            Spot(Box(left, low, left + width, low + height), align) for left, low, align in places
        ]
    return found


def spots_over(
    middle: tuple[float, float], lines: Sequence[Line], shifts: Iterable[tuple[float, float]]
) -> list[Spot]:
    """Return the places for a label over a point, or a little beside it.

    Parameters
    ----------
    middle : tuple of float
        The point.
    lines : sequence of Line
        What is to be written.
    shifts : iterable of tuple of float
        How far its middle may stand from the point, the best first.

    Returns
    -------
    list of Spot
        One a shift.
    """
    (x, y), width, height = middle, max(line.width for line in lines), block_height(lines)
    corners = [(x + dx - width / 2, y + dy - height / 2) for dx, dy in shifts]
    return [Spot(Box(left, low, left + width, low + height), "center") for left, low in corners]


def block_height(lines: Sequence[Line]) -> float:
    """Return the height of lines under each other.

    Parameters
    ----------
    lines : sequence of Line
        At least one.

    Returns
    -------
    float
        Points, from the top of the first to the foot of the last.
    """
    return (
        lines[0].size * ABOVE
        + sum(line.size * LEADING for line in lines[1:])
        + lines[-1].size * BELOW
    )


def best_spot(
    crowd: Crowd,
    spots: Iterable[Spot],
    avoid: NDArray[np.float64],
    room: float = 1.5,
    origin: tuple[float, float] | None = None,
    *,
    over_open: bool = False,
) -> Spot | None:
    """Return the first free spot that covers little of what should stay in sight.

    Parameters
    ----------
    crowd : Crowd
        What is taken.
    spots : iterable of Spot
        The best first.
    avoid : ndarray, shape (n, 2)
        Points that a label should not cover, such as those of the front.
    room : float
        Kept free around the label.
    origin : tuple of float, optional
        Where a leader line to the label begins: it should cross no other label.
    over_open : bool
        See `Crowd.is_free`.

    Returns
    -------
    Spot or None
        ``None`` where all are taken.
    """
    best, least = None, np.inf
    for rank, spot in enumerate(spots):
        if not crowd.is_free(spot.box.inner(-room), over_open=over_open):
            continue
        cost = rank + 2.5 * covered(spot.box, avoid)
        if origin is not None:
            cost += 8.0 * _crossed(crowd, spot.box, origin)
        if cost < least:
            best, least = spot, cost
        if cost <= rank:
            break
    return best


def _crossed(crowd: Crowd, box: Box, origin: tuple[float, float]) -> int:
    """Return at how many of its points a leader line crosses what is taken."""
    ends = (min(max(origin[0], box.left), box.right), min(max(origin[1], box.bottom), box.top))
    length = math.dist(origin, ends)
    steps = range(_LEADER_FREE_PT, int(length), 4)
    places = (
        (
            origin[0] + (ends[0] - origin[0]) * d / length,
            origin[1] + (ends[1] - origin[1]) * d / length,
        )
        for d in steps
    )
    return sum(crowd.is_barred(x, y) for x, y in places)


def covered(box: Box, points: NDArray[np.float64]) -> int:
    """Return how many points a box covers.

    Parameters
    ----------
    box : Box
        Of a label.
    points : ndarray, shape (n, 2)
        Points of the page.

    Returns
    -------
    int
        How many.
    """
    x, y = points.T
    inside = (x > box.left) & (x < box.right) & (y > box.bottom) & (y < box.top)
    return int(np.count_nonzero(inside))


def write_lines(sheet: Sheet, spot: Spot, lines: Sequence[Line], halo: str, name: str) -> None:
    """Write a label where it was placed.

    Parameters
    ----------
    sheet : Sheet
        What to draw on.
    spot : Spot
        Where.
    lines : sequence of Line
        From the top.
    halo : str
        Colour of the rim.
    name : str
        Of the artists.
    """
    box = spot.box
    x = {"left": box.left, "center": (box.left + box.right) / 2, "right": box.right}[spot.align]
    y = box.top - lines[0].size * ABOVE
    for number, line in enumerate(lines):
        if number:
            y -= line.size * LEADING
        sheet.text(
            (x, y), line.text, line.size, line.colour,
            style=line.style, align=spot.align, halo=halo, name=name,
        )  # fmt: skip
