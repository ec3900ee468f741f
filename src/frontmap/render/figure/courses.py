"""Where something flew, and how far it reaches: a launch as a great circle, a range as a circle."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pyproj
import shapely
from matplotlib.path import Path

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from frontmap.render.figure.events import Mark
    from frontmap.render.figure.sheet import Sheet
    from frontmap.render.figure.view import View
    from frontmap.render.style import Theme

    Floats = NDArray[np.float64]

_GEOD = pyproj.Geod(ellps="WGS84")


def paint_courses(sheet: Sheet, view: View, marks: Sequence[Mark], theme: Theme) -> set[str]:
    """Draw the launches and ranges of what is news.

    Parameters
    ----------
    sheet : Sheet
        What to draw on.
    view : View
        What the map shows.
    marks : sequence of Mark
        See `marks_on`.
    theme : Theme
        Lines.

    Returns
    -------
    set of str
        What is in view, by its names in the legend.
    """
    seen = set()
    for mark in marks:
        for name, way in courses_in(view, mark).items():
            sheet.line(Path(way), getattr(theme, name), clip=view.frame)
            seen.add(name)
    return seen


def courses_in(view: View, mark: Mark) -> dict[str, Floats]:
    """Return what is in view of the launch and the range of an event.

    Parameters
    ----------
    view : View
        What the map shows.
    mark : Mark
        In the frame or not; only news has courses.

    Returns
    -------
    dict
        Ways on the page by their names in the legend.
    """
    if not mark.fresh or mark.event.geometry is None:
        return {}
    points = shapely.get_coordinates(mark.event.geometry)
    courses = {}
    if len(points) > 1:
        courses["launch"] = great_circle(points[0], points[-1])
    if mark.event.range_km:
        courses["range_circle"] = circle_around(points[-1], mark.event.range_km)
    frame = shapely.box(*view.frame.inner(2.0).as_tuple())
    ways = {name: view.on_page(course) for name, course in courses.items()}
    return {
        name: way
        for name, way in ways.items()
        if np.isfinite(way).all() and shapely.LineString(way).intersects(frame)
    }


def great_circle(start: Floats, end: Floats) -> Floats:
    """Return the shortest way between two points.

    Parameters
    ----------
    start, end : ndarray, shape (2,)
        Longitude and latitude in degrees.

    Returns
    -------
    ndarray, shape (n, 2)
        Both ends, and points between them.

    Examples
    --------
    >>> way = great_circle(np.array([46.0, 48.0]), np.array([35.0, 48.0]))
    >>> way.shape, bool(way[:, 1].max() > 48.1)
    ((81, 2), True)
    """
    (lon1, lat1), (lon2, lat2) = start, end
    return np.vstack([start, _GEOD.npts(lon1, lat1, lon2, lat2, 79), end])


def circle_around(middle: Floats, radius_km: float) -> Floats:
    """Return the points at a distance from a point.

    Parameters
    ----------
    middle : ndarray, shape (2,)
        Longitude and latitude in degrees.
    radius_km : float
        On the ellipsoid.

    Returns
    -------
    ndarray, shape (n, 2)
        Closed.

    Examples
    --------
    >>> round(float(circle_around(np.array([35.0, 50.0]), 300)[0, 1]), 2)
    52.7
    """
    bearings = np.linspace(0, 360, 181)
    lon, lat, _ = _GEOD.fwd(
        np.full(181, middle[0]), np.full(181, middle[1]), bearings, np.full(181, radius_km * 1000)
    )
    return np.column_stack([lon, lat])
