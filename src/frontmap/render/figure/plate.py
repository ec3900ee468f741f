"""The map of a slide: what stands around it in a picture of its own is text of the slide here."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from frontmap.render.figure.composition import paint_map, view_in
from frontmap.render.figure.courses import courses_in
from frontmap.render.figure.footer import projection_name
from frontmap.render.figure.graticule import label_size
from frontmap.render.figure.legend import paint_legend
from frontmap.render.figure.locator import paint_locator, shape_for
from frontmap.render.figure.order import order_of
from frontmap.render.figure.page import Box, Page
from frontmap.render.figure.picture import picture
from frontmap.render.figure.sheet import Sheet

if TYPE_CHECKING:
    import datetime as dt

    from frontmap.dataset import Dataset
    from frontmap.model import Event
    from frontmap.render.figure.order import Order

#: The size of the picture on a slide; its column bears the legend and the locator.
PLATE = Page("plate", 8.5, 5.3, 1.25, 1.0, 126.0, beside=True)
_DPI = 200


@dataclass(frozen=True, slots=True)
class Plate:
    """A map as a picture, and what is said beside it.

    Parameters
    ----------
    png : bytes
        The picture.
    title, subtitle : tuple of str
        One text a language: what it shows, and how old that is.
    projection : str
        Its name.
    events : tuple of Event
        Those on the map, or whose range or launch crosses it.
    circled : frozenset of str
        The ids of those whose range is drawn.
    """

    png: bytes
    title: tuple[str, ...]
    subtitle: tuple[str, ...]
    projection: str
    events: tuple[Event, ...]
    circled: frozenset[str]


def plate(
    dataset: Dataset,
    *,
    date: dt.date,
    sector: str | None,
    baseline: dt.date | None,
    language: str,
) -> Plate:
    """Draw the map of a date with its legend and its locator, without title, figures and foot.

    Parameters
    ----------
    dataset : Dataset
        What to show.
    date, baseline : datetime.date
        The day, and the day to compare with.
    sector : str, optional
        By default all of them.
    language : str
        ``"en"``, ``"ja"`` or ``"both"``.

    Returns
    -------
    Plate
        The same bytes every time.

    Examples
    --------
    >>> import datetime as dt, frontmap
    >>> day = dt.date(2024, 11, 21)
    >>> drawn = plate(frontmap.read(), date=day, sector="kursk", baseline=None, language="en")
    >>> drawn.png[1:4], drawn.projection
    (b'PNG', 'UTM 36N (EPSG:32636)')
    """
    asked = order_of(dataset, date=date, sector=sector, baseline=baseline, language=language)
    order = replace(asked, page=PLATE)
    sheet = Sheet(PLATE.box, order.theme.paper, PLATE.scale)
    frame, room = _layout(order)
    view = view_in(order, frame)
    readings = order.readings()
    seen, marks = paint_map(sheet, order, view, readings)
    foot = paint_legend(sheet, seen, room, order.words, order.theme)
    if dataset.basemap is not None:
        free = Box(room.left, room.bottom, room.right, foot - 11 * PLATE.scale)
        small = shape_for(dataset.basemap, free)
        paint_locator(sheet, view, dataset.basemap, small, order.words, order.theme)
    return Plate(
        picture(sheet.figure, "png", dpi=_DPI),
        order.title(),
        tuple(order.subtitle(order.own(readings))),
        projection_name(view, order.words),
        tuple(mark.event for mark in marks),
        frozenset(mark.event.id for mark in marks if "range_circle" in courses_in(view, mark)),
    )


def _layout(order: Order) -> tuple[Box, Box]:
    """Return the frame of the map, and the room beside it; ticks have theirs left and below."""
    inside = PLATE.inside
    ticks = 1.7 * label_size(PLATE.scale)
    # Two languages need a wider column.
    edge = inside.right - PLATE.column * (1.25 if len(order.words.languages) > 1 else 1.0)
    top = inside.top - 1.0  # the frame's line lies half outside
    return (
        Box(inside.left + ticks, inside.bottom + ticks, edge - 12 * PLATE.scale, top),
        Box(edge, inside.bottom + ticks, inside.right, top),
    )
