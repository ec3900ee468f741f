"""A small map that shows where the large one lies."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
import shapely

from frontmap.model import LocalText
from frontmap.render.figure.crowd import Crowd
from frontmap.render.figure.ground import ground_of
from frontmap.render.figure.labels import (
    Line,
    best_spot,
    covered,
    spots_over,
    write_lines,
)
from frontmap.render.figure.page import Box
from frontmap.render.figure.scene import Scene
from frontmap.render.figure.shapes import area_path, points_of
from frontmap.render.figure.sheet import box_path
from frontmap.render.figure.view import equal_area, view_of
from frontmap.render.style import LineStyle

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from frontmap.model import Basemap, Window
    from frontmap.render.figure.sheet import Sheet
    from frontmap.render.figure.view import View
    from frontmap.render.figure.words import Words
    from frontmap.render.style import Theme

#: Points farther apart than this belong to different lines.
_NEIGHBOURS_PT = 12.0
#: How far a country's name may stand from its middle, in points: the nearest first.
_SHIFTS = sorted(
    ((dx, dy) for dx in range(-20, 21, 4) for dy in range(-12, 13, 4)),
    key=lambda shift: (math.hypot(*shift), shift),
)


def shape_for(basemap: Basemap, room: Box) -> Box:
    """Return the frame of the locator: the shape of its region, as large as there is room.

    Parameters
    ----------
    basemap : Basemap
        Its region is shown.
    room : Box
        What is free; the frame stands in its lower left corner.

    Returns
    -------
    Box
        Points of the page.
    """
    west, south, east, north = basemap.land.total_bounds
    ratio = (east - west) * np.cos(np.radians((south + north) / 2)) / (north - south)
    width = min(room.width, room.height * ratio)
    return Box(room.left, room.bottom, room.left + width, room.bottom + width / ratio)


def paint_locator(
    sheet: Sheet, view: View, basemap: Basemap, frame: Box, words: Words, theme: Theme
) -> None:
    """Draw the region, its borders and countries, and the frame of the map on it.

    Parameters
    ----------
    sheet : Sheet
        What to draw on.
    view : View
        What the map shows.
    basemap : Basemap
        The ground.
    frame : Box
        Where.
    words : Words
        The languages.
    theme : Theme
        Colours.
    """
    region = _region(basemap)
    small = view_of(region, equal_area(region), frame, margin=-0.06)
    ground = ground_of(basemap, small)
    sheet.box_area(frame, theme.water)
    sheet.area(ground.land, theme.land, clip=frame)
    sheet.line(ground.coast, theme.coast, clip=frame)
    sheet.line(ground.state_borders, LineStyle(theme.state_border.colour, 0.8), clip=frame)
    here = _here(view, small)
    crowd = Crowd(frame.inner(2.0))
    crowd.take(Box(*here.bounds))
    borders = _dense(points_of(ground.state_borders))
    _name_countries(Scene(sheet, small, words, theme, crowd, borders), basemap)
    sheet.area(area_path(here), theme.ink, 0.16, clip=frame)
    sheet.line(area_path(here), LineStyle(theme.ink, 1.6), clip=frame)
    sheet.line(box_path(frame), LineStyle(theme.muted, 0.6))


def _here(view: View, small: View) -> shapely.Polygon:
    """Return the frame of the large map on the small one, never too small to be seen."""
    edge = shapely.segmentize(shapely.box(*view.frame.as_tuple()), 20.0)
    placed = shapely.transform(edge, lambda points: small.on_page(view.lon_lat(points)))
    left, bottom, right, top = placed.bounds
    grow = max(0.0, 6.0 - (right - left), 6.0 - (top - bottom)) / 2
    return placed.buffer(grow, join_style="mitre") if grow else placed


def _dense(points: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return points with those half-way between neighbours, so that no name slips through."""
    middles = (points[1:] + points[:-1]) / 2
    near = np.hypot(*(points[1:] - points[:-1]).T) < _NEIGHBOURS_PT
    return np.vstack([points, middles[near]])


def _region(basemap: Basemap) -> Window:
    west, south, east, north = (float(value) for value in basemap.land.total_bounds)
    return west, south, east, north


def _name_countries(scene: Scene, basemap: Basemap) -> None:
    """Name countries in the leading language, where a name stays clear of the borders."""
    size = 6.6 * scene.sheet.scale
    for row in basemap.labels.itertuples(index=False):
        if row.kind != "country":
            continue
        name = scene.words.text(LocalText(row.name_en, row.name_ja, row.name_local))[0]
        lines = [Line(name, size, "regular", scene.theme.country_label)]
        x, y = scene.view.on_page(np.array([(row.geometry.x, row.geometry.y)]))[0]
        spots = spots_over((x, y), lines, _SHIFTS)
        clear = [spot for spot in spots if not covered(spot.box, scene.avoid)]
        spot = best_spot(scene.crowd, clear, scene.avoid, 1.0)
        if spot is not None:
            scene.crowd.take(spot.box)
            write_lines(scene.sheet, spot, lines, scene.theme.land, "country")
