"""What stands beside or below the map: rows of text and figures, as small as their box needs."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from frontmap.render.figure.keys import paint_key
from frontmap.render.figure.page import Box
from frontmap.render.figure.typesetting import width_pt

if TYPE_CHECKING:
    from collections.abc import Sequence

    from frontmap.model import Status
    from frontmap.render.figure.sheet import Align, Sheet
    from frontmap.render.style import Theme

#: From one row to the next, in sizes.
LEADING = 1.34
#: Rows are set no smaller than this part of their size to fit.
SMALLEST = 0.5
#: A row too wide for its column is set no smaller than this part; then its text is cut.
_NARROWEST = 0.75
_KEY_WIDTH, _KEY_HEIGHT, _KEY_GAP = 2.3, 1.02, 0.6
#: Kept free for a key before the text, in sizes.
KEY_INDENT = _KEY_WIDTH + _KEY_GAP


@dataclass(frozen=True, slots=True)
class Cell:
    """A text in a row.

    Parameters
    ----------
    text : str
        One line.
    at : float
        Where, as a part of the column's width.
    align : str
        ``"left"`` or ``"right"`` of that place.
    """

    text: str
    at: float = 0.0
    align: Align = "left"


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a column.

    Parameters
    ----------
    cells : tuple of Cell
        Its texts.
    size : float
        Points.
    colour : str
        Of the letters.
    style : str
        See `fonts.face`.
    before : float
        Kept free above it, in points.
    rule : str
        Colour of a line above it; none where empty.
    key : str
        A key of the legend before the text.
    indent : float
        Kept free before the text, in points.
    """

    cells: tuple[Cell, ...]
    size: float
    colour: str
    style: str = "regular"
    before: float = 0.0
    rule: str = ""
    key: str = ""
    indent: float = 0.0

    @property
    def height(self) -> float:
        """Points, with what is kept free above it."""
        return self.before + self.size * LEADING


def fitted(rows: Sequence[Row], box: Box) -> list[Row]:
    """Return rows made small enough for a box.

    Parameters
    ----------
    rows : sequence of Row
        From the top.
    box : Box
        What there is room for.

    Returns
    -------
    list of Row
        All by the same factor in height, and those that are still too wide by their own.
    """
    height = sum(row.height for row in rows)
    factor = max(min(1.0, box.height / height if height else 1.0), SMALLEST)
    return [
        _narrowed(
            replace(
                row, size=row.size * factor, before=row.before * factor, indent=row.indent * factor
            ),
            box.width,
        )
        for row in rows
    ]


def fits(rows: Sequence[Row], box: Box) -> bool:
    """Tell whether rows fit into a box as they are.

    Parameters
    ----------
    rows : sequence of Row
        From the top.
    box : Box
        What there is room for.

    Returns
    -------
    bool
        False where one is too wide, or all are too high.

    Examples
    --------
    >>> row = Row((Cell("Pokrovsk"),), 10.0, "#000000")
    >>> fits([row], Box(0, 0, 90, 20)), fits([row, row], Box(0, 0, 90, 20))
    (True, False)
    """
    return sum(row.height for row in rows) <= box.height and all(
        _needed(row) <= _room(row, box.width) for row in rows
    )


def _narrowed(row: Row, width: float) -> Row:
    """Return a row whose texts do not run into each other or out of the column."""
    if _needed(row) <= (room := _room(row, width)):
        return row
    small = replace(row, size=row.size * max(room / _needed(row), _NARROWEST))
    first, *others = small.cells
    while _needed(small) > _room(small, width) and len(first.text) > 1:
        first = replace(first, text=first.text.removesuffix("…")[:-1].rstrip() + "…")
        small = replace(small, cells=(first, *others))
    return small


def _needed(row: Row) -> float:
    """Return how wide the texts of a row are up to the first that ends at its place."""
    lefts = [cell for cell in row.cells if cell.align == "left"]
    rights = sorted((cell for cell in row.cells if cell.align == "right"), key=lambda one: one.at)
    texts = [cell.text for cell in (*lefts, *rights[:1])]
    return _indent(row) + sum(width_pt(text, row.size, row.style) for text in texts)


def _room(row: Row, width: float) -> float:
    ends = [cell.at for cell in row.cells if cell.align == "right"]
    return min(ends) * width - 0.5 * row.size if ends else width


def _indent(row: Row) -> float:
    return KEY_INDENT * row.size if row.key else row.indent


def paint_rows(
    sheet: Sheet, rows: Sequence[Row], box: Box, theme: Theme, statuses: Sequence[Status] = ()
) -> float:
    """Draw rows from the top of a box.

    Parameters
    ----------
    sheet : Sheet
        What to draw on.
    rows : sequence of Row
        See `fitted`.
    box : Box
        Where.
    theme : Theme
        For the keys.
    statuses : sequence of Status
        Whose hues change is shown in.

    Returns
    -------
    float
        The foot of the last row.
    """
    y = box.top
    for row in rows:
        top = y - row.before
        y -= row.height
        if row.rule:
            half = top + row.before * 0.45
            sheet.strokes(np.array([[(box.left, half), (box.right, half)]]), row.rule, 0.7)
        base = top - row.size * 0.98
        if row.key:
            foot = base - row.size * 0.16
            key = Box(
                box.left, foot, box.left + _KEY_WIDTH * row.size, foot + _KEY_HEIGHT * row.size
            )
            paint_key(sheet, row.key, key, theme, statuses)
        for cell in row.cells:
            x = box.left + cell.at * box.width + (_indent(row) if cell.align == "left" else 0)
            sheet.text(
                (x, base), cell.text, row.size, row.colour, style=row.style, align=cell.align,
                name="row",
            )  # fmt: skip
    return y
