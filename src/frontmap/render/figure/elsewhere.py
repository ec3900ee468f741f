"""The events of a day that a map's frame leaves out, as rows beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from frontmap.render.figure.column import Cell, Row
from frontmap.render.figure.fonts import wrapped
from frontmap.render.figure.words import GAP, span_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from frontmap.model import Event
    from frontmap.render.figure.words import Words
    from frontmap.render.style import Theme

_SIZE = 8.2


def elsewhere_rows(
    found: Sequence[Event], words: Words, theme: Theme, scale: float, width: float
) -> list[Row]:
    """Return a heading, and each event with its date.

    Parameters
    ----------
    found : sequence of Event
        Those outside the frame.
    words : Words
        The languages.
    theme : Theme
        Colours.
    scale : float
        Of the page.
    width : float
        Of the column, in points.

    Returns
    -------
    list of Row
        Empty where there are no events.
    """
    size = _SIZE * scale
    if not found:
        return []
    rows = [Row((Cell(words.line("figure.elsewhere")),), size, theme.muted)]
    for event in found:
        first, *others = words.text(event.title)
        date = span_text(words.languages[0], event.date, event.date_end, event.date)
        lines = [(text, size, theme.ink) for text in wrapped(f"{date}{GAP}{first}", size, width)]
        for other in others:
            small = size * 0.88
            lines += [(text, small, theme.muted) for text in wrapped(other, small, width)]
        rows += [Row((Cell(text),), own, colour) for text, own, colour in lines]
    return rows
