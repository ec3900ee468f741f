"""A film of the front: one picture a day, of which only what differs is drawn again."""

from __future__ import annotations

import hashlib
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from matplotlib.backends.backend_agg import RendererAgg
from matplotlib.collections import LineCollection
from matplotlib.colors import to_rgb
from matplotlib.patches import PathPatch
from matplotlib.text import Text

from frontmap.render.figure import figure
from frontmap.render.figure.settings import settings
from frontmap.render.figure.words import short_date, words_in
from frontmap.render.style import theme_named

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Sequence
    from typing import Unpack

    from matplotlib.artist import Artist
    from matplotlib.figure import Figure
    from numpy.typing import NDArray

    from frontmap.dataset import Dataset
    from frontmap.render.figure import Choice

    Pixels = NDArray[np.uint8]

#: Left, top, right, bottom in pixels from the upper left corner.
Rect = tuple[int, int, int, int]
#: Edges of letters and lines reach a little beyond their outlines.
_RIM_PX = 3.0
#: The line at the foot that shows how far the film has come, as a part of the height.
_TRACK_SHARE = 1 / 135


class Frame(NamedTuple):
    """One picture of a film.

    Parameters
    ----------
    date : datetime.date
        What it shows.
    pixels : ndarray, shape (height, width, 3)
        Red, green, blue; its own, not shared with the next.
    eventful : bool
        True where it tells of an event of that very day.
    """

    date: dt.date
    pixels: Pixels
    eventful: bool


def frames(
    dataset: Dataset, dates: Sequence[dt.date], *, width_px: int = 960, **choice: Unpack[Choice]
) -> Iterator[Frame]:
    """Draw the pictures of a film.

    Parameters
    ----------
    dataset : Dataset
        What to show.
    dates : sequence of datetime.date
        Ascending.
    width_px : int
        Of every picture.
    **choice
        All but the date: see `frontmap.render.figure.figure`.

    Yields
    ------
    Frame
        One a date; a line at its foot shows how far the film has come.

    Raises
    ------
    FrontmapError
        As for the figure.

    Examples
    --------
    >>> import datetime as dt, frontmap
    >>> days = [dt.date(2024, 10, 2), dt.date(2024, 10, 3)]
    >>> shown = frames(frontmap.read(), days, sector="kursk", width_px=200)
    >>> [(str(one.date), one.pixels.shape) for one in shown]
    [('2024-10-02', (112, 200, 3)), ('2024-10-03', (112, 200, 3))]
    """
    canvas = Canvas(width_px)
    language = words_in(choice.get("language", "en")).languages[0]
    theme = theme_named(choice.get("theme", "light"))
    days_of_events = {event.date for event in dataset.events if event.geometry is not None}
    span = max((dates[-1] - dates[0]).days, 1)
    for date in dates:
        wanted: Choice = {**choice, "date": date}
        drawn = figure(dataset, **wanted)
        pixels = canvas.draw(drawn).copy()
        _paint_track(pixels, (date - dates[0]).days / span, theme.rule, theme.muted)
        eventful = date in days_of_events and _tells(drawn, short_date(language, date))
        yield Frame(date, pixels, eventful)


def _tells(drawn: Figure, date: str) -> bool:
    """Tell whether a picture tells of an event of a date."""
    return any(
        artist.get_label() == "event" and artist.get_text().startswith(date)
        for artist in drawn.artists
        if isinstance(artist, Text)
    )


def _paint_track(pixels: Pixels, share: float, rest: str, done: str) -> None:
    height, width = pixels.shape[:2]
    top = height - max(2, round(height * _TRACK_SHARE))
    until = round(width * share)
    pixels[top:, until:] = _rgb(rest)
    pixels[top:, :until] = _rgb(done)


def _rgb(colour: Any) -> Pixels:
    own: Pixels = np.round(np.array(to_rgb(colour)) * 255).astype(np.uint8)
    return own


class Canvas:
    """Pixels that follow one figure after the other.

    What looks as before keeps its pixels. Where something differs, everything that reaches there
    is drawn again, so that each picture is the one that drawing all of it would give.

    Parameters
    ----------
    width_px : int
        The height follows from the figures, which are all of one size.
    """

    def __init__(self, width_px: int) -> None:
        self._width = width_px
        self._looks: list[bytes] = []
        self._rects: dict[bytes, Rect] = {}
        self._renderer: Any = None
        self._pixels: Pixels = np.empty((0, width_px, 3), dtype=np.uint8)
        #: How many artists were drawn for the last figure.
        self.drawn = 0

    def draw(self, shown: Figure) -> Pixels:
        """Draw what differs from the figure before.

        Parameters
        ----------
        shown : Figure
            As `frontmap.render.figure.figure` made it.

        Returns
        -------
        ndarray, shape (height, width, 3)
            Of this canvas: the next figure changes it.
        """
        width_in, height_in = shown.get_size_inches()
        shown.set_dpi(self._width / width_in)
        height = round(height_in * shown.dpi)
        artists = sorted(shown.artists, key=lambda artist: artist.get_zorder())
        looks = [_look(artist, number) for number, artist in enumerate(artists)]
        paper = _rgb(shown.get_facecolor())
        with settings():
            if self._pixels.shape[0] != height:
                make: Any = RendererAgg
                self._renderer = make(self._width, height, shown.dpi)
                self._pixels = np.empty((height, self._width, 3), dtype=np.uint8)
                self._looks, self._rects = [], {}
            rects = {
                look: self._rects.get(look) or self._reach(artist)
                for look, artist in zip(looks, artists, strict=True)
            }
            changed = self._changed(looks, rects)
            self._redraw(artists, [rects[look] for look in looks], changed, paper)
        self._looks, self._rects = looks, rects
        return self._pixels

    def _changed(self, looks: list[bytes], rects: dict[bytes, Rect]) -> list[Rect]:
        """Return where this figure may differ from the one before."""
        if not self._looks:
            height, width = self._renderer.height, self._renderer.width
            return [(0, 0, int(width), int(height))]
        pairs = SequenceMatcher(None, self._looks, looks, autojunk=False).get_opcodes()
        found: list[Rect] = []
        for kind, before, until, start, end in pairs:
            if kind != "equal":
                found += [self._rects[look] for look in self._looks[before:until]]
                found += [rects[look] for look in looks[start:end]]
        return _joined(found)

    def _redraw(
        self, artists: list[Artist], rects: list[Rect], changed: list[Rect], paper: Pixels
    ) -> None:
        """Draw all that reaches into the changed rectangles, and take those over."""
        self._renderer.clear()
        buffer = np.asarray(self._renderer.buffer_rgba())
        buffer[..., :3], buffer[..., 3] = paper, 255
        self.drawn = 0
        for artist, rect in zip(artists, rects, strict=True):
            if any(_meet(rect, other) for other in changed):
                artist.draw(self._renderer)
                self.drawn += 1
        for left, top, right, bottom in changed:
            self._pixels[top:bottom, left:right] = buffer[top:bottom, left:right, :3]

    def _reach(self, artist: Artist) -> Rect:
        """Return the pixels that an artist may touch."""
        width, height = int(self._renderer.width), int(self._renderer.height)
        if isinstance(artist, Text):
            left, low, right, high = artist.get_window_extent(self._renderer).extents
            rim = _RIM_PX + artist.get_fontsize() * self._renderer.dpi / 288
        elif isinstance(artist, (PathPatch, LineCollection)):
            left, low, right, high = _outline(artist)
            widest = float(np.max(np.atleast_1d(artist.get_linewidth())))
            rim = _RIM_PX + widest * self._renderer.dpi / 72
        else:
            return 0, 0, width, height
        clip = artist.get_clip_box()
        if clip is not None:
            x0, y0, x1, y1 = clip.extents
            left, low, right, high = max(left, x0), max(low, y0), min(right, x1), min(high, y1)
        return (
            max(int(left - rim), 0),
            max(int(height - high - rim), 0),
            min(int(right + rim) + 1, width),
            min(int(height - low + rim) + 1, height),
        )


def _outline(artist: PathPatch | LineCollection) -> tuple[float, float, float, float]:
    paths = artist.get_paths() if isinstance(artist, LineCollection) else [artist.get_path()]
    points = artist.get_transform().transform(np.vstack([path.vertices for path in paths]))
    (left, low), (right, high) = points.min(axis=0), points.max(axis=0)
    return float(left), float(low), float(right), float(high)


def _look(artist: Artist, number: int) -> bytes:
    """Return what an artist looks like; equal looks have equal pixels."""
    own: list[Any] = [type(artist).__name__, artist.get_alpha(), artist.get_visible()]
    clip = artist.get_clip_box()
    own.append(None if clip is None else [float(edge) for edge in clip.extents])
    arrays: list[Any] = []
    if isinstance(artist, Text):
        font = artist.get_fontproperties()
        own += [artist.get_position(), artist.get_text(), artist.get_color(), font.get_file()]
        own += [font.get_size_in_points(), artist.get_rotation()]
    elif isinstance(artist, LineCollection):
        arrays += [path.vertices for path in artist.get_paths()]
        arrays += [artist.get_color(), artist.get_linewidth()]
        own += [artist.get_linestyle(), str(artist.get_capstyle()), len(arrays)]
    elif isinstance(artist, PathPatch):
        path = artist.get_path()
        arrays += [path.vertices, path.codes if path.codes is not None else []]
        own += [artist.get_facecolor(), artist.get_edgecolor(), artist.get_linewidth()]
        own += [artist.get_linestyle(), artist.get_capstyle(), artist.get_joinstyle()]
    else:  # not known: taken as changed
        own.append((id(artist), number))
    digest = hashlib.blake2b(repr(own).encode(), digest_size=16)
    for array in arrays:
        digest.update(np.ascontiguousarray(array).tobytes())
    return digest.digest()


def _meet(one: Rect, other: Rect) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _joined(rects: list[Rect]) -> list[Rect]:
    """Join rectangles that meet, until none do."""
    apart: list[Rect] = []
    for rect in sorted(set(rects)):
        if rect[0] >= rect[2] or rect[1] >= rect[3]:
            continue
        whole = rect
        while touching := [other for other in apart if _meet(whole, other)]:
            apart = [other for other in apart if other not in touching]
            corners = np.array([whole, *touching])
            low, high = corners[:, :2].min(axis=0), corners[:, 2:].max(axis=0)
            whole = (int(low[0]), int(low[1]), int(high[0]), int(high[1]))
        apart.append(whole)
    return apart
