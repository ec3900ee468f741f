"""One picture of the front on a date: title, map, figures, legend, locator, sources."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from frontmap.render.figure import bearings, control, events, graticule, places
from frontmap.render.figure.column import fitted, paint_rows
from frontmap.render.figure.courses import courses_in, paint_courses
from frontmap.render.figure.crowd import Crowd
from frontmap.render.figure.elsewhere import paint_elsewhere, paint_last
from frontmap.render.figure.figures import front_rows, sector_rows
from frontmap.render.figure.footer import footer_height, paint_footer
from frontmap.render.figure.ground import paint_ground
from frontmap.render.figure.legend import paint_legend
from frontmap.render.figure.locator import paint_locator, shape_for
from frontmap.render.figure.order import Order, order_of
from frontmap.render.figure.page import Box
from frontmap.render.figure.scene import Scene
from frontmap.render.figure.settings import settings
from frontmap.render.figure.sheet import Sheet
from frontmap.render.figure.typesetting import width_pt
from frontmap.render.figure.view import View, crs_for, equal_area, view_of

if TYPE_CHECKING:
    import datetime as dt

    from matplotlib.figure import Figure

    from frontmap.dataset import Dataset
    from frontmap.model import Event, Window
    from frontmap.render.figure.readings import Reading


def figure(
    dataset: Dataset,
    *,
    date: str | dt.date | None = None,
    sector: str | None = None,
    baseline: str | dt.date | None = None,
    language: str = "en",
    size: str = "slide",
    theme: str = "light",
) -> Figure:
    """Compose a picture of the front on a date.

    Parameters
    ----------
    dataset : Dataset
        What to show.
    date : str or datetime.date, optional
        By default the last day with an assessment.
    sector : str, optional
        A sector's id; by default all of them on one map.
    baseline : str or datetime.date, optional
        A day to compare with.
    language : str
        ``"en"``, ``"ja"`` or ``"both"``.
    size : str
        ``"slide"`` (16:9), ``"a4"``, ``"a4-landscape"`` or ``"square"``.
    theme : str
        ``"light"`` or ``"dark"``.

    Returns
    -------
    matplotlib.figure.Figure
        Not known to pyplot; `frontmap.render.figure.picture` makes a file of it.

    Raises
    ------
    NotFoundError
        If there is no such sector, language, size or theme.
    DataError
        If a date is none, or there is nothing to draw.

    Examples
    --------
    >>> import frontmap
    >>> drawn = figure(frontmap.read(), date="2024-11-02", sector="kursk")
    >>> drawn.get_size_inches().round(2).tolist()
    [13.33, 7.5]
    """
    order = order_of(
        dataset, date=date, sector=sector, baseline=baseline, language=language, size=size,
        theme=theme,
    )  # fmt: skip
    with settings():
        return _drawn(order)


def _drawn(order: Order) -> Figure:
    sheet = Sheet(order.page.box, order.theme.paper, order.page.scale)
    readings = order.readings()
    own = order.own(readings)
    top = _paint_header(sheet, order, own)
    frame, room = _layout(order, top, order.page.inside.bottom + footer_height(order))
    view = view_in(order, frame)
    seen, marks = paint_map(sheet, order, view, readings)
    told = [mark.event for mark in marks]
    told += _paint_rest(sheet, order, view, own, seen, room)
    paint_footer(sheet, order, view, told)
    return sheet.figure


def _paint_header(sheet: Sheet, order: Order, own: list[Reading]) -> float:
    """Write title and subtitle over the map; return their foot."""
    box, theme = order.page.inside, order.theme
    if order.page.beside:
        box = Box(box.left, box.bottom, box.right - 1.3 * order.page.column, box.top)
    first, *others = order.title()
    size = _within(first, 19.0 * sheet.scale, box.width, "bold")
    y = box.top - size * 0.76
    sheet.text((box.left, y), first, size, theme.ink, style="bold", name="title")
    for other in others:
        y -= size * 0.84
        own_size = _within(other, size * 0.62, box.width, "bold")
        sheet.text((box.left, y), other, own_size, theme.ink, style="bold", name="title")
    small = 10.0 * sheet.scale
    y -= small * 0.35
    for number, line in enumerate(order.subtitle(own)):
        own_size = _within(line, small * (0.86 if number else 1.0), box.width)
        y -= own_size * 1.32
        sheet.text((box.left, y), line, own_size, theme.muted, name="subtitle")
    return y - small * 0.9


def _within(text: str, size: float, widest: float, style: str = "regular") -> float:
    """Return the size at which a line is no wider than it may be."""
    width = width_pt(text, size, style)
    return size if width <= widest else size * widest / width


def _layout(order: Order, top: float, bottom: float) -> tuple[Box, Box]:
    """Return the frame of the map, and the room beside it or below it."""
    page, inside = order.page, order.page.inside
    # Two languages need a wider column.
    column = page.column * (1.16 if len(order.words.languages) > 1 else 1.0)
    # latitudes stand in the margin, so that the frame meets the title's edge
    foot = 1.7 * graticule.label_size(page.scale)
    if page.beside:
        edge = inside.right - column
        return (
            Box(inside.left, bottom + foot, edge - 16 * page.scale, top),
            Box(edge, bottom + foot, inside.right, inside.top),
        )
    middle = bottom + page.column
    return (
        Box(inside.left, middle + foot + 9 * page.scale, inside.right, top),
        Box(inside.left, bottom, inside.right, middle),
    )


def view_in(order: Order, frame: Box) -> View:
    """Return the view of an order's sector, or of all of them, in a frame.

    Parameters
    ----------
    order : Order
        What to draw.
    frame : Box
        Where on the page, in points.

    Returns
    -------
    View
        In a projection that suits the place.
    """
    if order.sector is not None:
        return view_of(order.sector.window, crs_for(order.sector.window), frame)
    window = _around([sector.window for sector in order.dataset.sectors.values()])
    return view_of(window, equal_area(window), frame)


def _around(windows: list[Window]) -> Window:
    corners = np.array(windows)
    west, south = corners[:, :2].min(axis=0)
    east, north = corners[:, 2:].max(axis=0)
    return float(west), float(south), float(east), float(north)


def paint_map(
    sheet: Sheet, order: Order, view: View, readings: list[Reading]
) -> tuple[set[str], list[events.Mark]]:
    """Draw the map alone: ground, control, events, names, bearings.

    Parameters
    ----------
    sheet : Sheet
        To draw on.
    order : Order
        What to draw.
    view : View
        Where; see `view_in`.
    readings : list of Reading
        What is in force.

    Returns
    -------
    seen : set of str
        What the legend has to explain.
    marks : list of Mark
        The events that are on it, or whose range or launch crosses it.
    """
    dataset, theme = order.dataset, order.theme
    shown = control.in_view(view, readings)
    seen = paint_ground(sheet, view, dataset.basemap, theme)
    seen |= control.paint_control(sheet, view, dataset, shown, theme)
    marks = events.marks_on(dataset, view, order.day, sheet.scale)
    if order.since is not None and order.since > order.day:
        seen = {f"{name}_against" if name in {"gained", "lost"} else name for name in seen}
    beyond = events.news_beyond(dataset, view, order.day, sheet.scale)
    crossing = [mark for mark in beyond if courses_in(view, mark)]
    seen |= paint_courses(sheet, view, [*marks, *crossing], theme)
    avoid = control.front_points(view, dataset, shown)
    crowd = Crowd(view.frame.inner(3.0 * sheet.scale))
    busy = np.vstack([avoid, *[[(mark.x, mark.y)] for mark in marks]])
    corner = bearings.corner_for(view, sheet.scale, busy)
    crowd.take(corner.inner(-4 * sheet.scale))
    for mark in marks:
        crowd.take(mark.box)
    scene = Scene(sheet, view, order.words, theme, crowd, avoid)
    _name_towns(scene, order, shown, marks)
    seen |= events.paint_events(scene, marks)
    if dataset.basemap is not None:
        places.paint_regions(scene, dataset.basemap)
    bearings.paint_bearings(sheet, view, corner, theme)
    graticule.paint_frame(sheet, view, theme)
    return seen, [*marks, *crossing]


def _name_towns(scene: Scene, order: Order, shown: list[Reading], marks: list[events.Mark]) -> None:
    """Name towns; on a map of all sectors these first, and nothing is written over them later."""
    glyphs = [mark.box for mark in marks]
    if order.sector is not None:
        places.paint_places(scene, order.dataset.places, glyphs)
        return
    sectors = list({one.sector.id: one.sector for one in shown}.values())
    places.paint_sector_names(scene, sectors)
    named = {sector.name.en for sector in sectors}
    others = [place for place in order.dataset.places if place.name.en not in named]
    places.paint_places(scene, others, glyphs)
    for sector in sectors:
        box = places.window_box(scene.view, sector)
        if box.width < scene.view.frame.width / 3:  # a small one would vanish under words
            scene.crowd.take(box, crossable=True)


def _paint_rest(
    sheet: Sheet, order: Order, view: View, own: list[Reading], seen: set[str], room: Box
) -> list[Event]:
    """Draw figures, legend and locator beside the map or below it; return the events listed."""
    make = front_rows if order.sector is None else sector_rows
    rows = make(own, order.words, order.theme, sheet.scale)
    gap = 11 * sheet.scale
    basemap, words, theme = order.dataset.basemap, order.words, order.theme
    if order.page.beside:
        part = Box(room.left, room.bottom + room.height * 0.46, room.right, room.top)
        foot = paint_rows(sheet, fitted(rows, part), part, theme) - gap
        least = 0.0 if basemap is None else room.height * 0.2 + gap
        part = Box(room.left, room.bottom + least, room.right, foot)
        foot = paint_legend(sheet, seen, part, words, theme)
        return paint_last(sheet, order, view, Box(room.left, room.bottom, room.right, foot - gap))
    share = (room.width - 2 * gap) * 0.36
    part = Box(room.left, room.bottom, room.left + share, room.top)
    frees = [replace(part, top=paint_rows(sheet, fitted(rows, part), part, theme) - gap)]
    part = Box(part.right + gap, room.bottom, part.right + gap + share, room.top)
    frees.append(replace(part, top=paint_legend(sheet, seen, part, words, theme) - gap))
    rest = Box(part.right + gap, room.bottom, room.right, room.top)
    if basemap is not None:
        frame = shape_for(basemap, rest)
        # below the map its top meets those of its neighbours
        frame = Box(frame.left, rest.top - frame.height, frame.right, rest.top)
        paint_locator(sheet, view, basemap, frame, words, theme)
        frees.append(replace(rest, top=frame.bottom - gap))
    return paint_elsewhere(sheet, order, view, frees)
