"""Who holds what on a date, what changed, and the front: drawn as the table of styles says."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from frontmap.model import Status
from frontmap.render.figure.memory import front
from frontmap.render.figure.shapes import area_path, fill, hatch, line_path, points_of
from frontmap.render.figure.view import STEP_DEG

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from frontmap.dataset import Dataset
    from frontmap.model import Sector
    from frontmap.render.figure.page import Box
    from frontmap.render.figure.readings import Reading
    from frontmap.render.figure.sheet import Sheet
    from frontmap.render.figure.view import View
    from frontmap.render.style import Theme

#: A line of control moves by no more than this, in points of the page.
TOLERANCE_PT = 0.1
#: An area smaller than this, in square points, is not explained in the legend.
_LEAST_PT2 = 4.0
#: Under its pattern, ground that was gained is filled by so much of the fill of held ground.
_GAINED_FILL = 0.6


def in_view(view: View, readings: Sequence[Reading]) -> list[Reading]:
    """Return the readings whose window the map shows.

    Parameters
    ----------
    view : View
        What the map shows.
    readings : sequence of Reading
        All of them.

    Returns
    -------
    list of Reading
        In the same order.
    """
    seen = shapely.box(*view.window)
    return [one for one in readings if shapely.box(*one.sector.window).intersects(seen)]


def paint_control(
    sheet: Sheet, view: View, dataset: Dataset, readings: Sequence[Reading], theme: Theme
) -> set[str]:
    """Draw extents, changes, windows and fronts.

    Parameters
    ----------
    sheet : Sheet
        What to draw on.
    view : View
        What the map shows.
    dataset : Dataset
        Gives the lines that are no front.
    readings : sequence of Reading
        Those in view.
    theme : Theme
        Colours and patterns.

    Returns
    -------
    set of str
        What was drawn, by its names in the legend.
    """
    seen: set[str] = set()
    clip = view.frame
    for one in readings:
        if one.position < 0:
            continue
        status = one.line.status
        shape = placed(view, one.line.extents[one.position].geometry)
        fill(sheet, shape, theme.area(status), clip=clip)
        if _visible(clip, shape):
            seen.add(str(status))
        sheet.line(area_path(shape), theme.fixed_edge, clip=clip)
    for one in readings:
        seen |= _paint_change(sheet, view, one, theme)
    seen |= _paint_windows(sheet, view, [one.sector for one in readings], theme)
    return seen | _paint_fronts(sheet, view, dataset, readings, theme)


def placed(view: View, geometry: Any) -> Any:
    """Return an area on the page, valid and simplified to the picture's resolution.

    Parameters
    ----------
    view : View
        What the map shows.
    geometry : Polygon or MultiPolygon
        Longitude and latitude, straight edges there.

    Returns
    -------
    geometry
        Points of the page.
    """
    shape = view.place(shapely.segmentize(geometry, STEP_DEG), TOLERANCE_PT)
    return shape if shapely.is_valid(shape) else shapely.make_valid(shape)


def _visible(clip: Box, shape: Any) -> bool:
    """Tell whether there is enough of an area in a frame to be seen."""
    inside = shapely.clip_by_rect(shape, *clip.as_tuple())
    return float(shapely.area(inside)) > _LEAST_PT2


def _paint_change(sheet: Sheet, view: View, one: Reading, theme: Theme) -> set[str]:
    """Draw what was gained and lost, in the hue of the holder, dense and sparse."""
    if one.change is None or one.line.status is Status.CONTESTED:
        return set()
    style, clip = theme.area(one.line.status), view.frame
    seen = set()
    gained, lost = placed(view, one.change.gained), placed(view, one.change.lost)
    if _visible(clip, gained):
        sheet.area(area_path(gained), style.hue, style.fill_opacity * _GAINED_FILL, clip=clip)
        hatch(sheet, gained, theme.gained, style.text, clip=clip)
        seen.add("gained")
    if _visible(clip, lost):
        hatch(sheet, lost, theme.lost, style.text, clip=clip)
        seen.add("lost")
    return seen


def _paint_windows(sheet: Sheet, view: View, sectors: Sequence[Sector], theme: Theme) -> set[str]:
    windows = {sector.window for sector in sectors}
    edges = [
        shapely.segmentize(shapely.box(*window), STEP_DEG).exterior for window in sorted(windows)
    ]
    if edges:
        # Neighbours share edges: each is drawn once, so that dots do not fill each other's gaps.
        sheet.line(
            line_path(view.place(shapely.line_merge(shapely.union_all(edges)))),
            theme.window,
            clip=view.frame,
        )
    return {"window"} if edges else set()


def _paint_fronts(
    sheet: Sheet, view: View, dataset: Dataset, readings: Sequence[Reading], theme: Theme
) -> set[str]:
    """Draw the previous front thin and the front strongest, each over a casing."""
    # The front is where one side's ground ends against the other's: contested ground has none.
    held = [one for one in readings if one.line.status is not Status.CONTESTED]
    now = [front(dataset, one.line, one.position) for one in held if one.position >= 0]
    before = [
        front(dataset, one.line, one.before) for one in held if -1 < one.before != one.position
    ]
    seen = set()
    for name, lines, casing, style in (
        ("previous_front", before, None, theme.previous_front),
        ("front", now, theme.front_casing, theme.front),
    ):
        path = line_path(view.place(np.array(lines, dtype=object), TOLERANCE_PT) if lines else [])
        if not len(points_of(path)):
            continue
        if casing is not None:
            sheet.line(path, casing, clip=view.frame)
        sheet.line(path, style, clip=view.frame)
        seen.add(name)
    return seen


def front_points(view: View, dataset: Dataset, readings: Sequence[Reading]) -> NDArray[np.float64]:
    """Return points along the fronts, close enough that no name slips between them.

    Parameters
    ----------
    view : View
        What the map shows.
    dataset : Dataset
        Gives the lines that are no front.
    readings : sequence of Reading
        Those in view.

    Returns
    -------
    ndarray, shape (n, 2)
        Points of the page.
    """
    lines = [
        front(dataset, one.line, position)
        for one in readings
        if one.line.status is not Status.CONTESTED
        for position in {one.position, one.before}
        if position >= 0
    ]
    lines += [
        shapely.boundary(one.line.extents[one.position].geometry)
        for one in readings
        if one.line.status is Status.CONTESTED and one.position >= 0
    ]
    if not lines:
        return np.empty((0, 2))
    return shapely.get_coordinates(
        shapely.segmentize(view.place(np.array(lines, dtype=object)), 4.0)
    )
