"""The keys of a legend: small pictures of what is on the map."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import shapely
from matplotlib.path import Path

from frontmap.model import Status
from frontmap.render.figure.events import paint_glyph
from frontmap.render.figure.shapes import fill, hatch
from frontmap.render.figure.sheet import box_path

if TYPE_CHECKING:
    from collections.abc import Sequence

    from frontmap.render.figure.page import Box
    from frontmap.render.figure.sheet import Sheet
    from frontmap.render.style import Theme

_STATUSES = {str(status): status for status in Status}
_LINES = ("state_border", "oblast_border", "previous_front", "launch")


def paint_key(sheet: Sheet, name: str, box: Box, theme: Theme, statuses: Sequence[Status]) -> None:
    """Draw a key.

    Parameters
    ----------
    sheet : Sheet
        What to draw on.
    name : str
        See `legend.entries`.
    box : Box
        Where.
    theme : Theme
        Colours and patterns.
    statuses : sequence of Status
        Whose hues change is shown in.
    """
    x, y = (box.left + box.right) / 2, (box.bottom + box.top) / 2
    level = Path([(box.left + 1, y), (box.right - 1, y)])
    sheet.box_area(box, theme.land)
    if name in _STATUSES:
        fill(sheet, shapely.box(*box.as_tuple()), theme.area(_STATUSES[name]), clip=box)
    elif name.removesuffix("_against") in ("gained", "lost"):
        _paint_change(sheet, name.removesuffix("_against"), box, theme, statuses)
    elif name == "front":
        sheet.line(level, theme.front_casing, clip=box)
        sheet.line(level, theme.front, clip=box)
    elif name == "window":
        sheet.line(box_path(box.inner(2.0)), theme.window, clip=box)
    elif name == "range_circle":
        angles = np.linspace(0, np.pi, 25)
        arc = np.column_stack([x + np.cos(angles) * box.width * 0.42,
                               box.bottom + np.sin(angles) * box.height * 0.8])  # fmt: skip
        sheet.line(Path(arc), theme.range_circle, clip=box)
    elif name in _LINES:
        sheet.line(level, getattr(theme, name), clip=box)
    else:
        state, _, kind = name.partition(".")
        paint_glyph(sheet, kind, (x, y), box.height * 0.34, theme, fresh=state == "event")


def _paint_change(
    sheet: Sheet, name: str, box: Box, theme: Theme, statuses: Sequence[Status]
) -> None:
    width = box.width / len(statuses)
    for number, status in enumerate(statuses):
        style = theme.area(status)
        part = shapely.box(
            box.left + number * width, box.bottom, box.left + (number + 1) * width, box.top
        )
        if name == "gained":
            fill(sheet, part, style, clip=box, strength=0.6)
        hatch(sheet, part, getattr(theme, name), style.text, clip=box)
