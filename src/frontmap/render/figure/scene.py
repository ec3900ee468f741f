"""A map that is being drawn: where, in which words and colours, and what is taken already."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from frontmap.render.figure.crowd import Crowd
    from frontmap.render.figure.sheet import Sheet
    from frontmap.render.figure.view import View
    from frontmap.render.figure.words import Words
    from frontmap.render.style import Theme


@dataclass(frozen=True, slots=True)
class Scene:
    """What everything that is written on a map needs to know.

    Parameters
    ----------
    sheet : Sheet
        What to draw on.
    view : View
        What the map shows.
    words : Words
        The languages.
    theme : Theme
        Colours.
    crowd : Crowd
        What is taken; every label is added.
    avoid : ndarray, shape (n, 2)
        Points that labels should not cover, such as those of the front.
    """

    sheet: Sheet
    view: View
    words: Words
    theme: Theme
    crowd: Crowd
    avoid: NDArray[np.float64]
