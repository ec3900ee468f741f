"""The legend: what is on the map and nothing else, each thing as a key and its words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from frontmap.model import Status
from frontmap.render.figure.column import KEY_INDENT, SMALLEST, Cell, Row, fits, fitted, paint_rows
from frontmap.render.figure.page import Box
from frontmap.render.figure.typesetting import width_pt
from frontmap.render.figure.words import GAP

if TYPE_CHECKING:
    from frontmap.render.figure.sheet import Sheet
    from frontmap.render.figure.words import Words
    from frontmap.render.style import Theme

#: The order of a legend; events follow, by kind, and last what a hollow one means.
ORDER = (
    "ukrainian_held", "russian_held", "unstated", "contested", "gained", "lost",
    "gained_against", "lost_against", "front", "previous_front", "state_border", "oblast_border",
    "window", "launch", "range_circle",
)  # fmt: skip
_LEGEND_SIZE = 8.6


def entries(seen: set[str]) -> list[str]:
    """Return what a legend explains, in its order.

    Parameters
    ----------
    seen : set of str
        What is on the map.

    Returns
    -------
    list of str
        Names of keys.

    Examples
    --------
    >>> entries({"event.strike", "front", "russian_held"})
    ['russian_held', 'front', 'event.strike']
    """
    kinds = [name for name in seen if name.startswith(("event.", "hollow."))]
    return [
        *(name for name in ORDER if name in seen),
        *sorted(kinds, key=lambda name: name.partition(".")[2]),
        *(["past"] if "past" in seen else []),
    ]


def words_of(name: str, words: Words) -> tuple[str, ...]:
    """Return what a legend says of a key.

    Parameters
    ----------
    name : str
        See `entries`.
    words : Words
        The languages.

    Returns
    -------
    tuple of str
        One text a language.
    """
    kind = name.removeprefix("event.").removeprefix("hollow.")
    if kind != name:
        key = f"map.kind.{kind}"
        return words.say(key) if words.knows(key) else (kind,)
    return words.say(f"figure.legend.{name}")


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
        joined = GAP.join([first, *others])
        indent = KEY_INDENT * size
        if not others or width_pt(joined, size) <= width - indent:
            found.append([Row((Cell(joined),), size, theme.ink, key=name, before=size * 0.22)])
            continue
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
    for percent in range(100, int(SMALLEST * 100) - 1, -4):
        for columns in (1, 2):
            size = _LEGEND_SIZE * scale * percent / 100
            parts = _columns(box, columns, 10.0 * scale)
            items = legend_rows(seen, words, theme, size, parts[0].width)
            blocks = _dealt(items, columns)
            if all(fits(block, parts[0]) for block in blocks):
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
