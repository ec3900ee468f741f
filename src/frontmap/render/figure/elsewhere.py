"""The events of a day that a map's frame leaves out, as rows beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from frontmap.render.figure.column import Cell, Row, fitted, paint_rows
from frontmap.render.figure.events import news_beyond
from frontmap.render.figure.locator import paint_locator, shape_for
from frontmap.render.figure.page import Box
from frontmap.render.figure.typesetting import wrapped
from frontmap.render.figure.words import GAP, span_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from frontmap.model import Event
    from frontmap.render.figure.order import Order
    from frontmap.render.figure.sheet import Sheet
    from frontmap.render.figure.view import View
    from frontmap.render.figure.words import Words
    from frontmap.render.style import Theme

_SIZE = 8.2
#: How much of its size a locator keeps where something stands beside it.
_LOCATOR_SHARES = (1.0, 0.8, 0.62)
#: Less room beside a locator than this holds no words.
_LEAST_BESIDE_PT = 72.0
#: Events outside the map are listed no smaller than this part of their size.
_TIGHTEST = 0.8


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
    heading = wrapped(words.line("figure.elsewhere"), size, width)
    rows = [Row((Cell(text),), size, theme.muted) for text in heading]
    for event in found:
        first, *others = words.text(event.title)
        date = span_text(words.languages[0], event.date, event.date_end, event.date)
        lines = [(text, size, theme.ink) for text in wrapped(f"{date}{GAP}{first}", size, width)]
        for other in others:
            small = size * 0.88
            lines += [(text, small, theme.muted) for text in wrapped(other, small, width)]
        rows += [Row((Cell(text),), own, colour) for text, own, colour in lines]
    return rows


def paint_last(sheet: Sheet, order: Order, view: View, rest: Box) -> list[Event]:
    """Draw the locator, and beside it, for which it may be smaller, what lies outside the map.

    Parameters
    ----------
    sheet : Sheet
        What to draw on.
    order : Order
        What is asked for.
    view : View
        The map's frame.
    rest : Box
        What the column has left.

    Returns
    -------
    list of Event
        Those listed.
    """
    basemap, found = order.dataset.basemap, _outside(sheet, order, view)
    if basemap is None:
        return _listed(sheet, order, found, [rest])
    whole = shape_for(basemap, rest)
    for share in _LOCATOR_SHARES:
        frame = Box(
            whole.left, whole.top - whole.height * share,
            whole.left + whole.width * share, whole.top,
        )  # fmt: skip
        beside = Box(frame.right + 9 * sheet.scale, rest.bottom, rest.right, rest.top)
        frees = [beside] if beside.width >= _LEAST_BESIDE_PT * sheet.scale else []
        listed = _listed(sheet, order, found, frees)
        if listed or not found:
            break
    paint_locator(sheet, view, basemap, frame if listed else whole, order.words, order.theme)
    return listed


def _outside(sheet: Sheet, order: Order, view: View) -> list[Event]:
    """Return the day's events that the frame leaves out."""
    beyond = news_beyond(order.dataset, view, order.day, sheet.scale)
    return [mark.event for mark in beyond if mark.event.date == order.day]


def paint_elsewhere(sheet: Sheet, order: Order, view: View, frees: list[Box]) -> list[Event]:
    """List the day's events that the frame leaves out, in the first place with room for them.

    Parameters
    ----------
    sheet : Sheet
        What to draw on.
    order : Order
        What is asked for.
    view : View
        The map's frame.
    frees : list of Box
        Where there may be room.

    Returns
    -------
    list of Event
        Those listed.
    """
    return _listed(sheet, order, _outside(sheet, order, view), frees)


def _listed(sheet: Sheet, order: Order, found: list[Event], frees: list[Box]) -> list[Event]:
    for free in frees:
        rows = elsewhere_rows(found, order.words, order.theme, sheet.scale, free.width)
        if rows and sum(row.height for row in rows) * _TIGHTEST <= free.height:
            paint_rows(sheet, fitted(rows, free), free, order.theme)
            return found
    return []
