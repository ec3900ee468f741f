"""What is taken on a map, found by where it lies."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from frontmap.render.figure.page import Box

#: The side of a cell of the index, in points.
_CELL_PT = 40.0


class Crowd:
    """Boxes that are taken, found by the cells they lie in.

    Parameters
    ----------
    frame : Box
        What lies outside it, even in part, is not free.

    Examples
    --------
    >>> from frontmap.render.figure.page import Box
    >>> crowd = Crowd(Box(0, 0, 100, 100))
    >>> crowd.take(Box(10, 10, 30, 20))
    >>> crowd.is_free(Box(25, 15, 40, 30)), crowd.is_free(Box(31, 10, 50, 20))
    (False, True)
    """

    def __init__(self, frame: Box) -> None:
        self.frame = frame
        self._cells: defaultdict[tuple[int, int], list[Box]] = defaultdict(list)
        self._open: set[Box] = set()

    def take(self, box: Box, *, crossable: bool = False) -> None:
        """Take a box.

        Parameters
        ----------
        box : Box
            Not free from now on.
        crossable : bool
            True where a leader line may cross it.
        """
        if crossable:
            self._open.add(box)
        for cell in _cells(box):
            self._cells[cell].append(box)

    def is_free(self, box: Box, *, over_open: bool = False) -> bool:
        """Tell whether a box lies in the frame and over no other.

        Parameters
        ----------
        box : Box
            Any.
        over_open : bool
            True where it may lie over what a leader line may cross.

        Returns
        -------
        bool
            True where it is free.
        """
        frame = self.frame
        if (
            box.left < frame.left
            or box.right > frame.right
            or box.bottom < frame.bottom
            or box.top > frame.top
        ):
            return False
        return not any(
            box.left < other.right
            and box.right > other.left
            and box.bottom < other.top
            and box.top > other.bottom
            for cell in _cells(box)
            for other in self._cells.get(cell, ())
            if not (over_open and other in self._open)
        )

    def is_barred(self, x: float, y: float) -> bool:
        """Tell whether a point lies in a box that no leader line may cross.

        Parameters
        ----------
        x, y : float
            Points of the page.

        Returns
        -------
        bool
            True where it does.
        """
        return any(
            other.left < x < other.right and other.bottom < y < other.top
            for other in self._cells.get((int(x // _CELL_PT), int(y // _CELL_PT)), ())
            if other not in self._open
        )


def _cells(box: Box) -> Iterator[tuple[int, int]]:
    for column in range(int(box.left // _CELL_PT), int(box.right // _CELL_PT) + 1):
        for row in range(int(box.bottom // _CELL_PT), int(box.top // _CELL_PT) + 1):
            yield column, row
