"""The foot of a figure: sources and their licences, the projection, the hash of the data."""

from __future__ import annotations

from dataclasses import replace
from importlib.metadata import version
from typing import TYPE_CHECKING

import shapely

from frontmap.render.credits import credit_line
from frontmap.render.figure.graticule import degrees_text
from frontmap.render.figure.typesetting import width_pt, wrapped

if TYPE_CHECKING:
    from collections.abc import Iterable

    from frontmap.model import Event
    from frontmap.render.figure.order import Order
    from frontmap.render.figure.sheet import Sheet
    from frontmap.render.figure.view import View
    from frontmap.render.figure.words import Words
    from frontmap.timeline import Timeline

_SIZE, _LEADING = 6.4, 1.3


def footer_height(order: Order) -> float:
    """Return how much the foot takes at most, with the space above it.

    Parameters
    ----------
    order : Order
        What was asked for.

    Returns
    -------
    float
        Points.
    """
    dataset, size = order.dataset, _SIZE * order.page.scale
    lines = _lines(order, dataset.timelines, dataset.events)
    return size * (_LEADING * (len(lines) + 1) + 0.7)


def paint_footer(sheet: Sheet, order: Order, view: View, told: Iterable[Event]) -> None:
    """Write the foot.

    Parameters
    ----------
    sheet : Sheet
        What to draw on.
    order : Order
        What was asked for.
    view : View
        What the map shows.
    told : iterable of Event
        Those on the map.
    """
    size, inside, colour = _SIZE * sheet.scale, order.page.inside, order.theme.muted
    first = order.words
    about = " · ".join(
        (
            first.say("figure.projection", name=projection_name(view, first))[0],
            first.say("figure.data", hash=order.dataset.hash[:8])[0],
            f"frontmap {version('frontmap')}",
        )
    )
    y = inside.bottom + size * 0.3
    own = min(size, size * inside.width / width_pt(about, size))
    sheet.text((inside.left, y), about, own, colour, name="footer")
    seen = shapely.box(*view.window)
    windows = order.dataset.sectors
    lines = [
        line
        for line in order.dataset.timelines
        if shapely.box(*windows[line.sector].window).intersects(seen)
    ]
    for text in reversed(_lines(order, lines, told)):
        y += size * _LEADING
        sheet.text((inside.left, y), text, size, colour, name="footer")


def _lines(order: Order, timelines: Iterable[Timeline], events: Iterable[Event]) -> list[str]:
    """Return the credits of the ground, of the extents in view and of the events told."""
    dataset, language = order.dataset, order.words.languages[0]
    whole = credit_line(replace(dataset, timelines=tuple(timelines)), events, language)
    size, widest = _SIZE * order.page.scale, order.page.inside.width
    lines = wrapped(whole, size, widest)
    # Lines of like length: the narrowest measure that needs no more of them.
    for part in (0.6, 0.7, 0.8, 0.9):
        narrower = wrapped(whole, size, widest * part)
        if len(narrower) == len(lines):
            return narrower
    return lines


def projection_name(view: View, words: Words) -> str:
    """Return the name of a projection as a picture gives it.

    Parameters
    ----------
    view : View
        What the map shows.
    words : Words
        The languages; the leading one names it.

    Returns
    -------
    str
        With its EPSG code or its centre.
    """
    if view.crs.startswith("EPSG:326"):
        return f"UTM {int(view.crs[-2:])}N ({view.crs})"
    values = dict(part[1:].split("=") for part in view.crs.split())
    centre = [
        degrees_text(round(float(values[name]) * 60), letters)
        for name, letters in (("lat_0", "NS"), ("lon_0", "EW"))
    ]
    return words.say("figure.equal_area", centre=" ".join(centre))[0]
