"""How long, and which way: the scale bar and the arrow to true north."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from matplotlib.path import Path

from frontmap.render.figure.page import Box
from frontmap.render.figure.sheet import box_path
from frontmap.render.figure.typesetting import width_pt
from frontmap.render.style import LineStyle

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from frontmap.render.figure.sheet import Sheet
    from frontmap.render.figure.view import View
    from frontmap.render.style import Theme

_LENGTHS_KM = (0.5, 1, 2, 5, 10, 20, 50, 100, 200, 500, 1000)
#: The bar is at most this part of the frame's width.
_WIDEST = 0.2


def bar_km(view: View) -> tuple[float, float]:
    """Return the length of the scale bar.

    Parameters
    ----------
    view : View
        What the map shows.

    Returns
    -------
    km, points : float
        A round length, and what it measures on the page at the foot of the map.
    """
    frame = view.frame
    km_per_pt = view.km_per_pt((frame.left + frame.right) / 2, frame.bottom)
    widest = frame.width * _WIDEST * km_per_pt
    km = max((one for one in _LENGTHS_KM if one <= widest), default=_LENGTHS_KM[0])
    return km, km / km_per_pt


def corner_for(view: View, scale: float, busy: NDArray[np.float64]) -> Box:
    """Return the corner of the frame where bar and arrow cover least.

    Parameters
    ----------
    view : View
        What the map shows.
    scale : float
        Of the page.
    busy : ndarray, shape (n, 2)
        Points that should stay in sight.

    Returns
    -------
    Box
        Where they stand; lower left when all is equal.
    """
    size = 8.0 * scale
    _, length = bar_km(view)
    width = length + 30 * scale + 2.4 * size
    height, gap, frame = 24 * scale, 8 * scale, view.frame
    left, right = frame.left + gap, frame.right - gap - width
    low, high = frame.bottom + gap, frame.top - gap - height
    boxes = [Box(x, y, x + width, y + height) for y in (low, high) for x in (left, right)]

    def covered(box: Box) -> int:
        wide = box.inner(-6 * scale)
        x, y = busy.T
        return int(((x > wide.left) & (x < wide.right) & (y > wide.bottom) & (y < wide.top)).sum())

    return min(boxes, key=covered)


def paint_bearings(sheet: Sheet, view: View, corner: Box, theme: Theme) -> None:
    """Draw the arrow to true north and, beside it, the scale bar.

    Parameters
    ----------
    sheet : Sheet
        What to draw on.
    view : View
        What the map shows.
    corner : Box
        Where.
    theme : Theme
        Colours.
    """
    scale, size = sheet.scale, 8.0 * sheet.scale
    _paint_arrow(sheet, view, corner, theme)
    km, length = bar_km(view)
    x, y, thick = corner.left + 24 * scale, corner.bottom + 3 * scale, 3.2 * scale
    box = Box(x, y, x + length, y + thick)
    sheet.line(box_path(box), LineStyle(theme.halo, 4.0, (), 0.9))
    sheet.area(box_path(box), theme.halo)
    for left, right in ((0.0, 0.25), (0.5, 1.0)):
        sheet.area(box_path(Box(x + left * length, y, x + right * length, y + thick)), theme.ink)
    sheet.line(box_path(box), LineStyle(theme.ink, 0.8))
    over = y + thick + 3.4 * scale
    for part in (0.0, 0.5, 1.0):
        text = f"{km * part:g}"
        sheet.text(
            (x + part * length, over), text, size, theme.ink, align="center", halo=theme.halo,
            name="scale",
        )  # fmt: skip
    after = x + length + width_pt(f"{km:g}", size) / 2 + 0.3 * size
    sheet.text((after, over), "km", size, theme.ink, halo=theme.halo, name="scale")


def _paint_arrow(sheet: Sheet, view: View, corner: Box, theme: Theme) -> None:
    scale = sheet.scale
    x, y = corner.left + 7 * scale, corner.bottom + 5.5 * scale
    north = np.array(view.north(x, y))
    east = np.array([north[1], -north[0]])
    foot, reach = np.array([x, y]), 12 * scale
    tip = foot + north * (reach - 4 * scale)
    notch = foot - north * 1.2 * scale
    left, right = (
        foot - east * 4 * scale - north * 4 * scale,
        foot + east * 4 * scale - north * 4 * scale,
    )
    whole = Path([tip, right, notch, left, tip], closed=True)
    sheet.line(whole, LineStyle(theme.halo, 4.0, (), 0.9))
    sheet.area(whole, theme.halo)
    sheet.area(Path([tip, notch, left, tip], closed=True), theme.ink)
    sheet.line(whole, LineStyle(theme.ink, 0.9))
    letter = foot + north * (reach - 1.2 * scale)
    sheet.text(
        (float(letter[0]), float(letter[1])), "N", 8.0 * scale, theme.ink, style="bold",
        align="center", halo=theme.halo, name="north",
    )  # fmt: skip
