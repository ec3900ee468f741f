"""Settlements, sectors and countries: what is named on the map, and how large."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import shapely
from matplotlib.path import Path

from frontmap.model import LocalText
from frontmap.render.figure.labels import (
    Line,
    Spot,
    best_spot,
    block_height,
    spots_around,
    spots_over,
    write_lines,
)
from frontmap.render.figure.page import Box
from frontmap.render.style import LineStyle

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from frontmap.model import Basemap, Place, Sector
    from frontmap.render.figure.scene import Scene
    from frontmap.render.figure.sheet import Align, Sheet
    from frontmap.render.figure.view import View
    from frontmap.render.figure.words import Words
    from frontmap.render.style import Theme

    Floats = NDArray[np.float64]

#: Sizes of names by rank, before the scale of the page.
_SIZES = (10.0, 9.6, 9.2, 8.8, 8.6, 8.2, 8.0, 7.8)
_DOTS = (2.0, 2.0, 1.7, 1.6, 1.5, 1.35, 1.2, 1.2)
#: The most metres to a point of the page at which a rank is still named.
_FARTHEST_M_PER_PT = (1e9, 3000.0, 1500.0, 900.0, 560.0, 500.0, 450.0, 350.0)
#: Nearer than this only oblasts are named; the country is too large for the frame.
_NEAR_M_PER_PT = 300.0
#: How far the name of a region may stand from its middle, in points.
_SHIFTS = ((0, 0), (0, 14), (0, -14), (24, 0), (-24, 0), (24, 20), (-24, -20))


def paint_places(scene: Scene, places: Sequence[Place], glyphs: Sequence[Box] = ()) -> None:
    """Name settlements, the important first.

    Parameters
    ----------
    scene : Scene
        The map.
    places : sequence of Place
        In order of importance.
    glyphs : sequence of Box
        Of events: a place under one keeps its name and leaves its dot to the glyph.
    """
    if not places:
        return
    at = scene.view.on_page(np.array([(place.lon, place.lat) for place in places]))
    reach = scene.view.metres_per_pt * scene.sheet.scale  # a larger page is seen from farther away
    dots = []
    for place, (x, y) in zip(places, at, strict=True):
        rank = min(place.rank, len(_SIZES) - 1)
        if reach > _FARTHEST_M_PER_PT[rank] or not _inside(scene.view.frame, x, y):
            continue
        dot = _DOTS[rank] * scene.sheet.scale
        own = Box(x - dot, y - dot, x + dot, y + dot)
        glyph = next((box for box in glyphs if _overlap(own, box)), None)
        if glyph is None and not scene.crowd.is_free(own.inner(-0.8)):
            continue
        lines = _name(place, scene.words, scene.sheet.scale, scene.theme)
        gap = (dot if glyph is None else glyph.width / 2) + 2.2 * scene.sheet.scale
        spot = best_spot(scene.crowd, spots_around(x, y, lines, gap), scene.avoid)
        if spot is None:
            continue
        scene.crowd.take(spot.box)
        if glyph is None:
            scene.crowd.take(own)
            dots.append((own, place.kind == "capital"))
        write_lines(scene.sheet, spot, lines, scene.theme.halo, "place")
    _paint_dots(scene.sheet, dots, scene.theme)


def _name(place: Place, words: Words, scale: float, theme: Theme) -> list[Line]:
    rank = min(place.rank, len(_SIZES) - 1)
    size = _SIZES[rank] * scale
    first, *others = words.text(place.name)
    style = "bold" if rank < 2 else "regular"
    return [
        Line(first, size, style, theme.ink),
        *(Line(other, size * 0.82, "regular", theme.muted) for other in others),
    ]


def _inside(frame: Box, x: float, y: float) -> bool:
    return frame.left < x < frame.right and frame.bottom < y < frame.top


def _paint_dots(sheet: Sheet, dots: list[tuple[Box, bool]], theme: Theme) -> None:
    shapes = [
        Path([(b.left, b.bottom), (b.right, b.bottom), (b.right, b.top), (b.left, b.top),
              (b.left, b.bottom)], closed=True)
        if square
        else Path.circle(((b.left + b.right) / 2, (b.bottom + b.top) / 2), b.width / 2)
        for b, square in dots
    ]  # fmt: skip
    if shapes:
        path = Path.make_compound_path(*shapes)
        sheet.area(path, theme.halo)
        sheet.line(path, LineStyle(theme.ink, 1.1))


def paint_sector_names(scene: Scene, sectors: Sequence[Sector]) -> None:
    """Name the windows of sectors, beside them.

    Parameters
    ----------
    scene : Scene
        The map.
    sectors : sequence of Sector
        Those in view.
    """
    boxes = [window_box(scene.view, sector) for sector in sectors]
    for number, (sector, box) in enumerate(zip(sectors, boxes, strict=True)):
        others = boxes[:number] + boxes[number + 1 :]
        lines = _sector_name(sector, scene)
        for kept in dict.fromkeys((len(lines), 1)):  # the leading language alone, if need be
            # A name may stand on the window of no other sector.
            spots = [
                spot
                for spot in _spots_beside(box, lines[:kept])
                if not any(_overlap(spot.box, other) for other in others)
            ]
            spot = best_spot(scene.crowd, spots, np.empty((0, 2)))
            if spot is not None:
                scene.crowd.take(spot.box)
                write_lines(scene.sheet, spot, lines[:kept], scene.theme.halo, "sector")
                break


def _sector_name(sector: Sector, scene: Scene) -> list[Line]:
    first, *others = scene.words.text(sector.name)
    size = 10.5 * scene.sheet.scale
    return [
        Line(first, size, "bold", scene.theme.ink),
        *(Line(other, size * 0.82, "regular", scene.theme.muted) for other in others),
    ]


def _overlap(one: Box, other: Box) -> bool:
    return (
        one.left < other.right
        and one.right > other.left
        and one.bottom < other.top
        and one.top > other.bottom
    )


def _spots_beside(box: Box, lines: list[Line]) -> list[Spot]:
    width, height = max(line.width for line in lines), block_height(lines)
    middle = (box.bottom + box.top - height) / 2
    found = []
    for gap in (4.0, 14.0):
        west, east = box.left - gap - width, box.right + gap
        places: tuple[tuple[float, float, Align], ...] = (
            (west, middle, "right"), (east, middle, "left"),
            (box.left, box.top + gap, "left"), (box.left, box.bottom - gap - height, "left"),
            (west, box.bottom, "right"), (east, box.bottom, "left"),
            (west, box.top - height, "right"), (east, box.top - height, "left"),
        )  # fmt: skip
        found += [Spot(Box(x, y, x + width, y + height), align) for x, y, align in places]
    return found


def window_box(view: View, sector: Sector) -> Box:
    """Return the bounds of a sector's window on the page.

    Parameters
    ----------
    view : View
        What the map shows.
    sector : Sector
        Any.

    Returns
    -------
    Box
        Points of the page.
    """
    return Box(*shapely.bounds(view.place(shapely.box(*sector.window))).tolist())


def paint_regions(scene: Scene, basemap: Basemap) -> None:
    """Name countries, oblasts and waters where there is room.

    Parameters
    ----------
    scene : Scene
        The map.
    basemap : Basemap
        Its labels.
    """
    near = scene.view.metres_per_pt * scene.sheet.scale < _NEAR_M_PER_PT
    for row in basemap.labels.itertuples(index=False):
        if near and row.kind != "oblast":
            continue
        x, y = scene.view.on_page(np.array([(row.geometry.x, row.geometry.y)]))[0]
        if not _inside(scene.view.frame, x, y):
            continue
        lines = _region_name(scene, row)
        spot = best_spot(scene.crowd, spots_over((x, y), lines, _SHIFTS), scene.avoid, room=4.0)
        if spot is not None:
            scene.crowd.take(spot.box)
            halo = scene.theme.water if row.kind == "water" else scene.theme.land
            write_lines(scene.sheet, spot, lines, halo, row.kind)


def _region_name(scene: Scene, row: Any) -> list[Line]:
    size = {"country": 11.0, "water": 9.0}.get(row.kind, 8.2) * scene.sheet.scale
    style = {"country": "bold", "water": "italic"}.get(row.kind, "regular")
    colour = getattr(scene.theme, f"{row.kind}_label", scene.theme.oblast_label)
    texts = scene.words.text(LocalText(row.name_en, row.name_ja, row.name_local))
    if row.kind == "country":
        texts = tuple(text.upper() for text in texts)
    return [
        Line(text, size * (0.82 if number else 1.0), style, colour)
        for number, text in enumerate(texts)
    ]
