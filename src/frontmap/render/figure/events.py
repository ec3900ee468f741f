"""Events on the map: a glyph, a date and a title on a leader line."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import shapely
from matplotlib.path import Path

from frontmap.render.figure.labels import (
    Line,
    Spot,
    best_spot,
    spots_around,
    write_lines,
)
from frontmap.render.figure.page import Box
from frontmap.render.figure.typesetting import wrapped
from frontmap.render.figure.words import span_text
from frontmap.render.style import LineStyle

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from frontmap.dataset import Dataset
    from frontmap.model import Event
    from frontmap.render.figure.scene import Scene
    from frontmap.render.figure.sheet import Sheet
    from frontmap.render.figure.view import View
    from frontmap.render.figure.words import Words
    from frontmap.render.style import Theme

    Floats = NDArray[np.float64]

#: For so many days an event is news: its glyph is full, its launch and its range are drawn.
FRESH_DAYS = 7
#: What lasts longer than this is a development and no mark on a map, once it is no news.
_LONG_DAYS = 31
#: At most so many events are told in words; the others keep their glyph.
_TOLD = 6
#: How many distances from its glyph a label is tried at.
_RINGS = 5
#: Glyphs by kind, around the middle, in radii; other kinds are round.
_GLYPHS = {
    "strike": ((0, 1.25), (0.35, 0.35), (1.25, 0), (0.35, -0.35), (0, -1.25), (-0.35, -0.35),
               (-1.25, 0), (-0.35, 0.35)),
    "withdrawal": ((-1, 0.8), (1, 0.8), (0, -1)),
    "participation": ((-0.8, 0.8), (0.8, 0.8), (0.8, -0.8), (-0.8, -0.8)),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Mark:
    """An event on the page."""

    event: Event
    x: float
    y: float
    radius: float
    fresh: bool

    @property
    def box(self) -> Box:
        """What its glyph covers."""
        r = self.radius * 1.3
        return Box(self.x - r, self.y - r, self.x + r, self.y + r)


def events_on(dataset: Dataset, day: dt.date) -> list[tuple[Event, bool]]:
    """Return the events with a place that are shown on a day, and whether each is news.

    Parameters
    ----------
    dataset : Dataset
        Its events; what came before its first assessment is background and not shown.
    day : datetime.date
        The date of the figure.

    Returns
    -------
    list of tuple
        In the order of the data set.
    """
    first, found = dataset.span[0], []
    for event in dataset.events:
        if event.geometry is None or event.date > day:
            continue
        end = event.date_end or event.date
        long = (end - event.date).days > _LONG_DAYS
        fresh = (day - (event.date if long else end)).days < FRESH_DAYS
        if fresh or not (event.date < first or long):
            found.append((event, fresh))
    return found


def marks_on(dataset: Dataset, view: View, day: dt.date, scale: float) -> list[Mark]:
    """Return the events that the map shows on a day, the latest first.

    Parameters
    ----------
    dataset : Dataset
        Its events; what came before its first assessment is background and not shown.
    view : View
        What the map shows.
    day : datetime.date
        The date of the figure.
    scale : float
        Of the page.

    Returns
    -------
    list of Mark
        Those that lie in the frame.
    """
    inner = view.frame.inner(8.0)
    return [mark for mark in _marks(dataset, view, day, scale) if inner.covers(mark.x, mark.y)]


def news_beyond(dataset: Dataset, view: View, day: dt.date, scale: float) -> list[Mark]:
    """Return the news that the frame leaves out: a range or a launch may cross it.

    Parameters
    ----------
    dataset, view, day, scale
        See `marks_on`.

    Returns
    -------
    list of Mark
        The latest first.
    """
    inner = view.frame.inner(8.0)
    marks = _marks(dataset, view, day, scale)
    return [mark for mark in marks if mark.fresh and not inner.covers(mark.x, mark.y)]


def _marks(dataset: Dataset, view: View, day: dt.date, scale: float) -> list[Mark]:
    marks = []
    for event, fresh in events_on(dataset, day):
        lon, lat = shapely.get_coordinates(event.geometry)[-1]
        x, y = view.on_page(np.array([(lon, lat)]))[0]
        radius = (4.6 if fresh else 3.4) * scale
        marks.append(Mark(event, float(x), float(y), radius, fresh))
    return sorted(marks, key=lambda mark: (mark.event.date, mark.event.id), reverse=True)


def glyph_path(kind: str, x: float, y: float, radius: float) -> Path:
    """Return the glyph of a kind of event.

    Parameters
    ----------
    kind : str
        Of the event.
    x, y, radius : float
        Where, and how large.

    Returns
    -------
    Path
        Closed.
    """
    if kind not in _GLYPHS:
        return Path.circle((x, y), radius * 0.8)
    points = np.array([*_GLYPHS[kind], _GLYPHS[kind][0]]) * radius + (x, y)
    return Path(points, closed=True)


def paint_glyph(
    sheet: Sheet, kind: str, at: tuple[float, float], radius: float, theme: Theme, *, fresh: bool
) -> None:
    """Draw a glyph: the kind by shape, news by its fill.

    Parameters
    ----------
    sheet : Sheet
        What to draw on.
    kind : str
        Of the event.
    at : tuple of float
        Its middle.
    radius : float
        Points.
    theme : Theme
        Colours.
    fresh : bool
        True while it is news.
    """
    path = glyph_path(kind, *at, radius)
    sheet.line(path, LineStyle(theme.halo, 3.6))
    sheet.area(path, theme.event if fresh else theme.halo)
    sheet.line(path, LineStyle(theme.event, 1.2))


def paint_events(scene: Scene, marks: Sequence[Mark]) -> set[str]:
    """Draw glyphs, and tell the latest events in words beside them.

    Parameters
    ----------
    scene : Scene
        The map; the glyphs are taken in its crowd.
    marks : sequence of Mark
        The latest first.

    Returns
    -------
    set of str
        The kinds that are shown, by their names in the legend.
    """
    told = []
    for number, mark in enumerate(marks):
        found = _placed(scene, mark, in_words=number < _TOLD)
        if found is not None:
            scene.crowd.take(found[0].box)
            told.append((mark, *found))
    for mark, spot, _ in told:
        _paint_leader(scene.sheet, mark, spot, scene.theme)
    for mark in reversed(marks):
        paint_glyph(
            scene.sheet,
            mark.event.kind,
            (mark.x, mark.y),
            mark.radius,
            scene.theme,
            fresh=mark.fresh,
        )
    for _, spot, lines in told:
        write_lines(scene.sheet, spot, lines, scene.theme.halo, "event")
    news = {f"event.{mark.event.kind}" for mark in marks if mark.fresh}
    past = {mark.event.kind for mark in marks if not mark.fresh}
    return (
        news
        | {f"hollow.{kind}" for kind in past if f"event.{kind}" not in news}
        | ({"past"} if past else set())
    )


def _placed(scene: Scene, mark: Mark, *, in_words: bool) -> tuple[Spot, list[Line]] | None:
    """Return where an event is told, in words where there is room near by, else by its date."""
    gap = mark.radius * 1.3 + 4 * scene.sheet.scale
    at = (mark.x, mark.y)
    for wide in (15, 10) if in_words else ():
        lines = _story(mark, scene, wide)
        spots = spots_around(*at, lines, gap, rings=_RINGS)
        spot = best_spot(scene.crowd, spots, scene.avoid, 2.5, at)
        if spot is not None:
            return spot, lines
    lines = _date(mark, scene.words, scene.sheet.scale, scene.theme)
    spots = spots_around(*at, lines, gap, rings=_RINGS)
    spot = best_spot(scene.crowd, spots, scene.avoid, 2.5, at, over_open=True)
    return None if spot is None else (spot, lines)


def _date(mark: Mark, words: Words, scale: float, theme: Theme) -> list[Line]:
    event = mark.event
    date = span_text(words.languages[0], event.date, event.date_end, event.date)
    return [Line(date, 8.6 * scale, "bold", theme.ink)]


def _story(mark: Mark, scene: Scene, wide: float) -> list[Line]:
    """Return the date and the title of an event, at most so many sizes wide."""
    size = 8.2 * scene.sheet.scale
    lines = _date(mark, scene.words, scene.sheet.scale, scene.theme)
    for number, title in enumerate(scene.words.text(mark.event.title)):
        own = size * (0.88 if number else 1.0)
        colour = scene.theme.muted if number else scene.theme.ink
        lines += [Line(text, own, "regular", colour) for text in wrapped(title, own, wide * size)]
    return lines


def _paint_leader(sheet: Sheet, mark: Mark, spot: Spot, theme: Theme) -> None:
    """Draw a thin line from a glyph to its words, where they stand apart."""
    box = spot.box
    x = min(max(mark.x, box.left), box.right)
    y = min(max(mark.y, box.bottom), box.top)
    length = math.hypot(x - mark.x, y - mark.y)
    clear = mark.radius * 1.3 + 1.0
    if length < clear + 5.0 * sheet.scale:
        return
    dx, dy = (x - mark.x) / length, (y - mark.y) / length
    ends = [
        (mark.x + dx * clear, mark.y + dy * clear),
        (x - dx * 1.5, y - dy * 1.5),
    ]
    sheet.line(Path(ends), LineStyle(theme.halo, 3.0, (), 0.8))
    sheet.line(Path(ends), LineStyle(theme.event, 0.9))
