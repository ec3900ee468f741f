"""The ground of a map: land, water, coast and borders as paths on the page."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import shapely

from frontmap.render.figure.memory import Same
from frontmap.render.figure.shapes import area_path, line_path, points_of
from frontmap.render.figure.view import STEP_DEG
from frontmap.render.ground import joined_land

if TYPE_CHECKING:
    from matplotlib.path import Path
    from numpy.typing import NDArray

    from frontmap.model import Basemap
    from frontmap.render.figure.page import Box
    from frontmap.render.figure.sheet import Sheet
    from frontmap.render.figure.view import View
    from frontmap.render.style import Theme

#: A line of the ground moves by no more than this, in points of the page.
TOLERANCE_PT = 0.12
#: An island or a lake is drawn from this size, in square points.
_LEAST_PT2 = 1.2
#: Oblast lines come from a small-scale source: nearer than this they would claim too much.
_OBLASTS_FROM_M_PER_PT = 60.0


@dataclass(frozen=True, slots=True)
class Ground:
    """The paths of a basemap in a view."""

    region: Path
    land: Path
    lakes: Path
    coast: Path
    state_borders: Path
    oblasts: Path


def ground_of(basemap: Basemap, view: View) -> Ground:
    """Return the ground as it lies on the page; it is made once for a view.

    Parameters
    ----------
    basemap : Basemap
        Longitude and latitude.
    view : View
        What the map shows.

    Returns
    -------
    Ground
        Simplified to the picture's resolution.
    """
    return _ground_of(Same(basemap), view)


@lru_cache(maxsize=32)
def _ground_of(held: Same, view: View) -> Ground:
    basemap: Basemap = held.thing
    region = shapely.box(*basemap.land.total_bounds)
    near = shapely.box(*view.window).buffer(0.1)
    here = shapely.segmentize(shapely.intersection(region, near), STEP_DEG)
    return Ground(
        region=area_path(view.place(here)),
        land=_areas(_joined_land(held), near, view),
        lakes=_areas(basemap.lakes.geometry.to_numpy(), near, view),
        coast=_lines(basemap.coast.geometry.to_numpy(), near, view),
        state_borders=_lines(basemap.state_borders.geometry.to_numpy(), near, view),
        oblasts=_lines(basemap.oblasts.geometry.to_numpy(), near, view),
    )


@lru_cache(maxsize=4)
def _joined_land(held: Same) -> NDArray[Any]:
    found: NDArray[Any] = joined_land(held.thing)
    return found


def _areas(geometries: NDArray[Any], near: Any, view: View) -> Path:
    parts = shapely.get_parts(_placed(geometries, near, view))
    return area_path(parts[shapely.area(parts) > _LEAST_PT2])


def _lines(geometries: NDArray[Any], near: Any, view: View) -> Path:
    return line_path(_placed(geometries, near, view))


def _placed(geometries: NDArray[Any], near: Any, view: View) -> NDArray[Any]:
    cut = shapely.clip_by_rect(geometries, *near.bounds)
    placed: NDArray[Any] = view.place(cut[~shapely.is_empty(cut)], TOLERANCE_PT)
    return placed[~shapely.is_empty(placed)]


def paint_ground(sheet: Sheet, view: View, basemap: Basemap | None, theme: Theme) -> set[str]:
    """Draw the ground.

    Parameters
    ----------
    sheet : Sheet
        What to draw on.
    view : View
        What the map shows.
    basemap : Basemap, optional
        Without one the frame is plain land.
    theme : Theme
        Colours and lines.

    Returns
    -------
    set of str
        The lines that are in view, by their names in the legend.
    """
    frame = view.frame
    if basemap is None:
        sheet.box_area(frame, theme.land)
        return set()
    ground = ground_of(basemap, view)
    sheet.box_area(frame, theme.outside)
    sheet.area(ground.region, theme.water, clip=frame)
    sheet.area(ground.land, theme.land, clip=frame)
    sheet.area(ground.lakes, theme.water, clip=frame)
    sheet.line(ground.lakes, theme.coast, clip=frame)
    sheet.line(ground.coast, theme.coast, clip=frame)
    seen = set()
    if view.metres_per_pt >= _OBLASTS_FROM_M_PER_PT and _shows(frame, ground.oblasts):
        sheet.line(ground.oblasts, theme.oblast_border, clip=frame)
        seen.add("oblast_border")
    if _shows(frame, ground.state_borders):
        sheet.line(ground.state_borders, theme.state_border, clip=frame)
        seen.add("state_border")
    return seen


def _shows(frame: Box, path: Path) -> bool:
    """Tell whether any of a path lies in a frame, not only at its rim."""
    inner = frame.inner(3.0)
    x, y = points_of(path).T
    inside = (x > inner.left) & (x < inner.right) & (y > inner.bottom) & (y < inner.top)
    return bool(inside.any())
