"""The sheet that a figure is drawn on: areas, lines and text at points of the page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.collections import LineCollection
from matplotlib.figure import Figure
from matplotlib.patches import PathPatch, Rectangle
from matplotlib.path import Path
from matplotlib.text import Text
from matplotlib.textpath import TextPath
from matplotlib.transforms import Affine2D

from frontmap.render.figure.fonts import face, properties
from frontmap.render.figure.page import PT_PER_IN, Box
from frontmap.render.figure.typesetting import has_ink, run_width_pt, runs, width_pt

if TYPE_CHECKING:
    from collections.abc import Sequence

    from matplotlib.artist import Artist
    from matplotlib.font_manager import FontProperties
    from numpy.typing import NDArray

    from frontmap.render.style import LineStyle

#: Which side of a text its place is.
Align = Literal["left", "center", "right"]
#: CSS pixels, in which the table of styles is written, to points.
PT_PER_PX = 0.75
#: The Japanese face has one weight: its bold is drawn with a line of this width, in ems.
_BOLDER_EM = 0.032


class Sheet:
    """One page that is being drawn, what is drawn later over what was drawn before.

    Parameters
    ----------
    box : Box
        The whole page.
    colour : str
        Of the paper.
    scale : float
        Of lines and patterns.
    """

    def __init__(self, box: Box, colour: str, scale: float) -> None:
        self.box = box
        self.scale = scale
        self.figure = Figure(
            figsize=(box.width / PT_PER_IN, box.height / PT_PER_IN), facecolor=colour, dpi=144
        )
        FigureCanvasAgg(self.figure)
        self._points = Affine2D().scale(1 / PT_PER_IN) + self.figure.dpi_scale_trans
        self._drawn = 0
        self._clips: dict[Box, Rectangle] = {}

    def _put(self, artist: Artist, clip: Box | None) -> None:
        artist.set_transform(self._points)
        artist.set_zorder(10 + self._drawn)
        self._drawn += 1
        if clip is not None:
            if clip not in self._clips:
                self._clips[clip] = Rectangle(
                    (clip.left, clip.bottom), clip.width, clip.height, transform=self._points
                )
            artist.set_clip_path(self._clips[clip])
        self.figure.add_artist(artist, clip=False)

    def area(
        self, path: Path, colour: str, opacity: float = 1.0, *, clip: Box | None = None
    ) -> None:
        """Fill a path.

        Parameters
        ----------
        path : Path
            Points of the page; holes run the other way round.
        colour : str
            Of the fill.
        opacity : float
            0 to 1.
        clip : Box, optional
            Nothing is drawn outside it.
        """
        if len(np.asarray(path.vertices)):
            self._put(PathPatch(path, facecolor=colour, alpha=opacity, linewidth=0), clip)

    def box_area(self, box: Box, colour: str, opacity: float = 1.0) -> None:
        """Fill a rectangle.

        Parameters
        ----------
        box : Box
            Where.
        colour : str
            Of the fill.
        opacity : float
            0 to 1.
        """
        self.area(box_path(box), colour, opacity)

    def line(self, path: Path, style: LineStyle, *, clip: Box | None = None) -> None:
        """Draw along a path.

        Parameters
        ----------
        path : Path
            Points of the page.
        style : LineStyle
            In CSS pixels.
        clip : Box, optional
            Nothing is drawn outside it.
        """
        if not len(np.asarray(path.vertices)):
            return
        unit = PT_PER_PX * self.scale
        width = style.width * unit
        patch = PathPatch(
            path, facecolor="none", edgecolor=style.colour, alpha=style.opacity, linewidth=width,
            capstyle="butt" if style.dash else "round", joinstyle="round",
        )  # fmt: skip
        if style.dash:
            # Matplotlib counts dashes in widths of the line when it scales them: it must not.
            patch.set_linestyle((0, tuple(on * unit / width for on in style.dash)))
        self._put(patch, clip)

    def strokes(
        self,
        segments: NDArray[np.float64] | Sequence[NDArray[np.float64]],
        colour: str,
        width_px: float,
        opacity: float = 1.0,
        *,
        clip: Box | None = None,
    ) -> None:
        """Draw many straight lines of one kind.

        Parameters
        ----------
        segments : array, shape (n, 2, 2)
            Start and end of each, points of the page.
        colour : str
            Of all of them.
        width_px : float
            CSS pixels.
        opacity : float
            0 to 1.
        clip : Box, optional
            Nothing is drawn outside it.
        """
        if len(segments):
            lines = LineCollection(
                list(segments), colors=colour, alpha=opacity, capstyle="butt",
                linewidths=width_px * PT_PER_PX * self.scale,
            )  # fmt: skip
            self._put(lines, clip)

    def text(
        self,
        at: tuple[float, float],
        text: str,
        size: float,
        colour: str,
        *,
        style: str = "regular",
        align: Align = "left",
        halo: str = "",
        name: str = "",
    ) -> None:
        """Write a line of text.

        Parameters
        ----------
        at : tuple of float
            Where it begins, ends or has its middle, on its base line.
        text : str
            Taken as it is.
        size : float
            Points.
        colour : str
            Of the letters.
        style : str
            See `fonts.face`.
        align : str
            ``"left"``, ``"center"`` or ``"right"``.
        halo : str
            Colour of the rim of the letters; by default none.
        name : str
            What kind of text it is; the artist bears it as its label.
        """
        x, y = at
        x -= _before(align, width_pt(text, size, style))
        pieces = runs(text, style)
        for piece, of in pieces:
            run = piece.lstrip()  # an SVG does not keep spaces at the beginning
            end = x + run_width_pt(piece, of, size)
            x = end - run_width_pt(run, of, size)
            bolder = style == "bold" and of is face("japanese")
            for rim, rim_pt in ((halo, 0.26 * size), (colour if bolder else "", _BOLDER_EM * size)):
                if rim and has_ink(run, of):
                    # A rim that Matplotlib draws would turn the letters of a vector into outlines.
                    outline = TextPath((x, y), run, prop=properties(of, size))
                    patch = PathPatch(
                        outline, facecolor="none", edgecolor=rim, linewidth=rim_pt,
                        joinstyle="round",
                    )  # fmt: skip
                    self._put(patch, None)
            # An SVG aligns it anew where another face stands in.
            anchored = len(pieces) == 1
            self._letters(
                at if anchored else (x, y), run, properties(of, size), colour, name,
                align=align if anchored else "left",
            )  # fmt: skip
            x = end

    def turned_text(
        self, at: tuple[float, float], text: str, size: float, colour: str, *, name: str = ""
    ) -> None:
        """Write a line of text that is read from below.

        Parameters
        ----------
        at : tuple of float
            The middle of its base line.
        text : str
            Of Latin letters and figures.
        size : float
            Points.
        colour : str
            Of the letters.
        name : str
            What kind of text it is.
        """
        x, y = at
        at = (x, y - width_pt(text, size) / 2)
        self._letters(at, text, properties(face("latin"), size), colour, name, angle=90.0)

    def _letters(
        self,
        at: tuple[float, float],
        text: str,
        font: FontProperties,
        colour: str,
        name: str,
        *,
        align: Align = "left",
        angle: float = 0.0,
    ) -> None:
        letters = Text(
            *at, text, color=colour, fontproperties=font, parse_math=False, rotation=angle,
            rotation_mode="anchor", horizontalalignment=align,
            verticalalignment="baseline",
        )  # fmt: skip
        letters.set_label(name)
        self._put(letters, None)


def _before(align: Align, width: float) -> float:
    """Return how much of a text lies before its place."""
    return {"left": 0.0, "center": width / 2, "right": width}[align]


def box_path(box: Box) -> Path:
    """Return the outline of a rectangle.

    Parameters
    ----------
    box : Box
        Any.

    Returns
    -------
    Path
        Closed.
    """
    corners: Any = [
        (box.left, box.bottom), (box.right, box.bottom), (box.right, box.top),
        (box.left, box.top), (box.left, box.bottom),
    ]  # fmt: skip
    return Path(corners, closed=True)
