"""Geometry as paths on the page, and patterns of parallel lines over it."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely
from matplotlib.path import Path

from frontmap.render.figure.sheet import PT_PER_PX

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from frontmap.render.figure.page import Box
    from frontmap.render.figure.sheet import Sheet
    from frontmap.render.style import AreaStyle, Hatch

#: The slope of a hatch's lines, as the direction they run in.
_DIRECTIONS = {
    "up": ((1.0, 1.0),),
    "down": ((1.0, -1.0),),
    "both": ((1.0, 1.0), (1.0, -1.0)),
    "level": ((1.0, 0.0),),
}


def points_of(path: Path) -> NDArray[np.float64]:
    """Return the points of a path.

    Parameters
    ----------
    path : Path
        Any.

    Returns
    -------
    ndarray, shape (n, 2)
        Points of the page.
    """
    return np.asarray(path.vertices, dtype=float)


def area_path(geometry: Any) -> Path:
    """Return areas as one path.

    Parameters
    ----------
    geometry : Polygon, MultiPolygon, or sequence of them
        Points of the page.

    Returns
    -------
    Path
        Outer rings one way round, inner rings the other.

    Examples
    --------
    >>> len(area_path(shapely.box(0, 0, 1, 1)).vertices)
    5
    """
    rings = shapely.get_rings(shapely.orient_polygons(_parts(geometry, (3,))))
    return _joined(rings, close=True)


def line_path(geometry: Any) -> Path:
    """Return lines as one path.

    Parameters
    ----------
    geometry : LineString, MultiLineString, or sequence of them
        Points of the page.

    Returns
    -------
    Path
        One stroke a line.

    Examples
    --------
    >>> line_path(shapely.LineString([(0, 0), (1, 1)])).vertices.tolist()
    [[0.0, 0.0], [1.0, 1.0]]
    """
    return _joined(_parts(geometry, (1, 2)), close=False)


def _parts(geometry: Any, kinds: tuple[int, ...]) -> NDArray[Any]:
    """Return the parts of some kinds, out of collections in collections too."""
    parts = shapely.get_parts(np.atleast_1d(geometry))
    while (shapely.get_type_id(parts) > 3).any():
        parts = shapely.get_parts(parts)
    found: NDArray[Any] = parts[np.isin(shapely.get_type_id(parts), kinds)]
    return found


def _joined(lines: NDArray[Any], *, close: bool) -> Path:
    points, line = shapely.get_coordinates(lines, return_index=True)
    if not len(points):
        return Path(np.empty((0, 2)))
    codes = np.full(len(points), Path.LINETO, dtype=Path.code_type)
    starts = np.diff(line, prepend=-1) != 0
    codes[starts] = Path.MOVETO
    if close:
        codes[np.append(starts[1:], True)] = Path.CLOSEPOLY
    return Path(points, codes)


def hatch_lines(geometry: Any, direction: tuple[float, float], spacing: float) -> NDArray[Any]:
    """Return parallel lines over an area, cut at its boundary.

    Parameters
    ----------
    geometry : Polygon or MultiPolygon
        Points of the page.
    direction : tuple of float
        The way the lines run.
    spacing : float
        Their distance. They are anchored to the page, so that neighbours' lines meet.

    Returns
    -------
    ndarray, shape (n, 2, 2)
        Start and end of each piece.

    Examples
    --------
    >>> hatch_lines(shapely.box(0, 0.5, 9, 2.5), (1, 0), 1).tolist()
    [[[0.0, 1.0], [9.0, 1.0]], [[0.0, 2.0], [9.0, 2.0]]]
    """
    if geometry.is_empty:
        return np.empty((0, 2, 2))
    along = np.array(direction) / math.hypot(*direction)
    across = np.array([-along[1], along[0]])
    left, bottom, right, top = geometry.bounds
    corners = np.array([(left, bottom), (right, bottom), (right, top), (left, top)])
    low, high = (corners @ across).min() / spacing, (corners @ across).max() / spacing
    near, far = (corners @ along).min() - 1, (corners @ along).max() + 1
    offsets = np.arange(math.ceil(low), math.floor(high) + 1) * spacing
    ends = across * offsets[:, None, None] + along * np.array([near, far])[None, :, None]
    whole: Any = shapely.linestrings(ends)
    shapely.prepare(geometry)
    pieces = shapely.get_parts(shapely.intersection(whole, geometry))
    pieces = pieces[shapely.get_type_id(pieces) == 1]
    return shapely.get_coordinates(pieces).reshape(-1, 2, 2)


def hatch(
    sheet: Sheet, geometry: Any, pattern: Hatch, hue: str, second: str = "", *, clip: Box
) -> None:
    """Draw a pattern over an area.

    Parameters
    ----------
    sheet : Sheet
        What to draw on.
    geometry : Polygon or MultiPolygon
        Points of the page.
    pattern : Hatch
        In CSS pixels.
    hue, second : str
        Colours of the lines and, where they cross, of the others.
    clip : Box
        Nothing is drawn outside it.
    """
    inside = shapely.make_valid(shapely.clip_by_rect(geometry, *clip.as_tuple()))
    spacing = pattern.spacing * PT_PER_PX * sheet.scale
    for colour, direction in zip(
        (hue, second or hue), _DIRECTIONS[pattern.direction], strict=False
    ):
        lines = hatch_lines(inside, direction, spacing)
        sheet.strokes(lines, colour, pattern.width, pattern.opacity)


def fill(
    sheet: Sheet, geometry: Any, style: AreaStyle, *, clip: Box, strength: float = 1.0
) -> None:
    """Fill an area as its status says, by hue and by pattern.

    Parameters
    ----------
    sheet : Sheet
        What to draw on.
    geometry : Polygon or MultiPolygon
        Points of the page.
    style : AreaStyle
        Of its status.
    clip : Box
        Nothing is drawn outside it.
    strength : float
        Of the fill, where it is to be stronger or weaker.
    """
    if geometry.is_empty:
        return
    sheet.area(area_path(geometry), style.hue, style.fill_opacity * strength, clip=clip)
    hatch(sheet, geometry, style.hatch, style.hue, style.second, clip=clip)
