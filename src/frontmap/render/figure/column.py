"""What stands beside or below the map: rows of figures, and the legend."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from frontmap.model import Status
from frontmap.render.figure.legend import entries, paint_key, words_of
from frontmap.render.figure.page import Box
from frontmap.render.figure.typesetting import width_pt

if TYPE_CHECKING:
    from collections.abc import Sequence

    from frontmap.render.figure.sheet import Align, Sheet
    from frontmap.render.figure.words import Words
    from frontmap.render.style import Theme

#: From one row to the next, in sizes.
LEADING = 1.34
#: Rows are set no smaller than this part of their size to fit.
_SMALLEST = 0.5
#: A row too wide for its column is set no smaller than this part; then its text is cut.
_NARROWEST = 0.75
_LEGEND_SIZE = 8.6
_KEY_WIDTH, _KEY_HEIGHT, _KEY_GAP = 2.3, 1.02, 0.6


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
    factor = max(min(1.0, box.height / height if height else 1.0), _SMALLEST)
    return [
        _narrowed(
            replace(
                row, size=row.size * factor, before=row.before * factor, indent=row.indent * factor
            ),
            box.width,
        )
        for row in rows
    ]


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
    return (_KEY_WIDTH + _KEY_GAP) * row.size if row.key else row.indent


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


def legend_rows(
    seen: set[str], words: Words, theme: Theme, size: float, width: float
) -> list[list[Row]]:
    """Return the rows of a legend; each entry's rows stay together.

    Parameters
    ----------
    seen : set of str
        What is on the map.
    words : Words
        The languages.
    theme : Theme
        Colours.
    size : float
        Points.
    width : float
        Of the column; two languages share a line where it is wide enough.

    Returns
    -------
    list of list of Row
        One list an entry.
    """
    found = []
    for name in entries(seen):
        first, *others = words_of(name, words)
        joined = "\u2002".join([first, *others])
        room = width - (_KEY_WIDTH + _KEY_GAP) * size
        if not others or width_pt(joined, size) <= room:
            found.append([Row((Cell(joined),), size, theme.ink, key=name, before=size * 0.22)])
            continue
        indent = (_KEY_WIDTH + _KEY_GAP) * size
        below = Row((Cell(others[0]),), size * 0.86, theme.muted, indent=indent)
        found.append([Row((Cell(first),), size, theme.ink, key=name, before=size * 0.22), below])
    return found


def statuses_in(seen: set[str]) -> list[Status]:
    """Return the sides that are on the map, for the keys of what changed.

    Parameters
    ----------
    seen : set of str
        What is on the map.

    Returns
    -------
    list of Status
        Never empty.

    Examples
    --------
    >>> statuses_in({"russian_held", "contested", "gained"})
    [<Status.RUSSIAN_HELD: 'russian_held'>]
    """
    sides: list[Status] = [s for s in Status if str(s) in seen and s is not Status.CONTESTED]
    return sides or [Status.UNSTATED]


def paint_legend(sheet: Sheet, seen: set[str], box: Box, words: Words, theme: Theme) -> float:
    """Draw the legend of what is on the map, and of nothing else.

    Parameters
    ----------
    sheet : Sheet
        What to draw on.
    seen : set of str
        What is on the map.
    box : Box
        Where; the letters are as large as they can be, in one column or in two.
    words : Words
        The languages.
    theme : Theme
        Colours.

    Returns
    -------
    float
        The foot of the longest column.
    """
    parts, blocks = _legend_blocks(seen, box, words, theme, sheet.scale)
    statuses, foot = statuses_in(seen), box.top
    for part, rows in zip(parts, blocks, strict=True):
        foot = min(foot, paint_rows(sheet, rows, part, theme, statuses))
    return foot


def _legend_blocks(
    seen: set[str], box: Box, words: Words, theme: Theme, scale: float
) -> tuple[list[Box], list[list[Row]]]:
    """Return the columns of a legend and their rows, at the largest size that fits."""
    for percent in range(100, int(_SMALLEST * 100) - 1, -4):
        for columns in (1, 2):
            size = _LEGEND_SIZE * scale * percent / 100
            parts = _columns(box, columns, 10.0 * scale)
            items = legend_rows(seen, words, theme, size, parts[0].width)
            blocks = _dealt(items, columns)
            fits = all(
                sum(row.height for row in block) <= box.height
                and all(_narrowed(row, parts[0].width) is row for row in block)
                for block in blocks
            )
            if fits:
                return parts[: len(blocks)], blocks
    fitting = [fitted(block, part) for block, part in zip(blocks, parts, strict=False)]
    return parts[: len(blocks)], fitting


def _columns(box: Box, columns: int, gap: float) -> list[Box]:
    width = (box.width - gap * (columns - 1)) / columns
    lefts = [box.left + number * (width + gap) for number in range(columns)]
    return [Box(left, box.bottom, left + width, box.top) for left in lefts]


def _dealt(items: list[list[Row]], columns: int) -> list[list[Row]]:
    """Return rows dealt to columns of like length; the rows of an entry stay together."""
    each = -(-len(items) // columns) or 1
    dealt = [items[start : start + each] for start in range(0, len(items), each)]
    return [[row for item in block for row in item] for block in dealt]
