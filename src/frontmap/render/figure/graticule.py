"""Ticks of longitude and latitude at the frame of a map, with their labels."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from frontmap.render.figure.sheet import box_path
from frontmap.render.figure.typesetting import width_pt
from frontmap.render.style import LineStyle

if TYPE_CHECKING:
    from frontmap.render.figure.sheet import Sheet
    from frontmap.render.figure.view import View
    from frontmap.render.style import Theme

#: Distances of ticks in minutes of arc, of which the finest that is not too dense is taken.
_STEPS_MIN = (1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 1200)
#: Ticks stand at least so far apart, in points.
_APART_PT = 66.0
_TICK_PT = 4.0


@dataclass(frozen=True, slots=True)
class Tick:
    """Where a meridian or a parallel meets a side of the frame."""

    side: str
    x: float
    y: float
    minutes: int


def ticks_of(view: View, scale: float = 1.0) -> list[Tick]:
    """Return the ticks on all four sides.

    Parameters
    ----------
    view : View
        What the map shows.
    scale : float
        Of the page.

    Returns
    -------
    list of Tick
        Meridians below and above, parallels left and right.
    """
    west, south, east, north = view.window
    frame = view.frame
    step_lon = _step((east - west) * 60, frame.width, scale)
    step_lat = _step((north - south) * 60, frame.height, scale)
    ticks = []
    for side in ("bottom", "top", "left", "right"):
        level = side in ("bottom", "top")
        count = 200
        along = np.linspace(
            frame.left if level else frame.bottom, frame.right if level else frame.top, count
        )
        still = np.full(count, getattr(frame, side))
        points = np.column_stack([along, still] if level else [still, along])
        minutes = view.lon_lat(points)[:, 0 if level else 1] * 60
        step = step_lon if level else step_lat
        for number in range(math.ceil(minutes[0] / step), math.floor(minutes[-1] / step) + 1):
            at = float(np.interp(number * step, minutes, along))
            x, y = (at, still[0]) if level else (still[0], at)
            ticks.append(Tick(side, float(x), float(y), number * step))
    return ticks


def _step(span_min: float, length_pt: float, scale: float) -> int:
    least = span_min * _APART_PT * scale / length_pt
    return next((step for step in _STEPS_MIN if step >= least), _STEPS_MIN[-1])


def degrees_text(minutes: int, letters: str) -> str:
    """Write an angle in degrees and minutes, with the letter of its side.

    Parameters
    ----------
    minutes : int
        Of arc, negative to the west or south.
    letters : str
        For positive and for negative angles, such as ``"EW"``.

    Returns
    -------
    str
        Minutes only where there are any.

    Examples
    --------
    >>> degrees_text(2205, "EW"), degrees_text(-120, "NS")
    ('36°45′E', '2°S')
    """
    whole, rest = divmod(abs(minutes), 60)
    letter = "" if minutes == 0 else letters[minutes < 0]
    return f"{whole}°{rest:02d}′{letter}" if rest else f"{whole}°{letter}"


def label_size(scale: float) -> float:
    """Return the size of the labels of ticks.

    Parameters
    ----------
    scale : float
        Of the page.

    Returns
    -------
    float
        Points.
    """
    return 6.8 * scale


def paint_frame(sheet: Sheet, view: View, theme: Theme) -> None:
    """Draw the frame of a map, its ticks, and their labels below and to the left.

    Parameters
    ----------
    sheet : Sheet
        What to draw on.
    view : View
        What the map shows.
    theme : Theme
        Colours.
    """
    frame, size = view.frame, label_size(sheet.scale)
    line = LineStyle(theme.muted, 0.8)
    sheet.line(box_path(frame), line)
    tick = _TICK_PT * sheet.scale
    inward = {"bottom": (0, 1), "top": (0, -1), "left": (1, 0), "right": (-1, 0)}
    strokes = []
    for one in ticks_of(view, sheet.scale):
        dx, dy = inward[one.side]
        strokes.append(np.array([(one.x, one.y), (one.x + dx * tick, one.y + dy * tick)]))
        text = degrees_text(one.minutes, "EW" if one.side in ("bottom", "top") else "NS")
        if one.side == "bottom":
            half = width_pt(text, size) / 2
            x = min(max(one.x, frame.left + half), frame.right - half)
            y = frame.bottom - size * 1.2
            sheet.text((x, y), text, size, theme.muted, align="center", name="tick")
        elif one.side == "left":
            half = width_pt(text, size) / 2
            y = min(max(one.y, frame.bottom + half), frame.top - half)
            sheet.turned_text((frame.left - size * 0.5, y), text, size, theme.muted, name="tick")
    sheet.strokes(strokes, theme.muted, 0.8)
