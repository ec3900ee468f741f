"""Points as GeoJSON writes them: each distinct text is parsed once, however often it comes back.

Day after day a front repeats nearly all its points, digit by digit. So a text is looked up, and
only one that is new is parsed.
"""

from __future__ import annotations

import re
from array import array
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Counts = NDArray[np.int8]

_NUMBER = r"-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?"
_POINT = re.compile(rf"\s*((?:\[\s*)*)({_NUMBER})\s*,\s*({_NUMBER})\s*((?:\]\s*)*)")
#: What stands between two points; without line breaks it is the same all through a file.
_GAP = re.compile(r"\]\s*,\s*\[")
_LOOSE_SIGN = re.compile(r"\s*([\[\],])\s*")
#: Brackets around a point of a multipolygon; more would not fit their count.
_DEEPEST = 4
#: Beyond so many points the texts are forgotten, so that they need little memory.
_MOST = 200_000


class Points(dict[str, int]):
    """The texts of points and their numbers, in order of their first coming.

    Examples
    --------
    >>> lon_lat, opened, closed = Points().read("[[[36,48],[37,48],[36,48]]]")
    >>> lon_lat.tolist(), opened.tolist(), closed.tolist()
    ([[36.0, 48.0], [37.0, 48.0], [36.0, 48.0]], [3, 0, 0], [0, 0, 3])
    """

    def __init__(self) -> None:
        super().__init__()
        self._lon_lat = array("d")
        self._brackets = array("b")

    def __missing__(self, text: str) -> int:
        """Parse a text that is new and give it a number."""
        found = _POINT.fullmatch(text)
        if found is None:
            raise ValueError(f"{text[:40]!r} is no point")
        before, lon, lat, after = found.groups()
        if max(before.count("["), after.count("]")) > _DEEPEST:
            raise ValueError(f"{text[:40]!r} is nested too deeply")
        self._lon_lat.extend((float(lon), float(lat)))
        self._brackets.extend((before.count("["), after.count("]")))
        number = self[text] = len(self)
        return number

    def read(self, text: str) -> tuple[Floats, Counts, Counts]:
        """Return the points of a ``coordinates`` member.

        Parameters
        ----------
        text : str
            Nested arrays of longitudes and latitudes, as JSON.

        Returns
        -------
        lon_lat : ndarray, shape (n, 2)
            Degrees.
        opened, closed : ndarray of int, shape (n,)
            How many brackets open before and close after each point, apart from its own where it
            stands inside a ring: 1 at the ends of a ring, 2 at those of a polygon.

        Raises
        ------
        ValueError
            If it is anything else, such as points with heights.
        """
        if len(self) > _MOST:
            self.clear()
            del self._lon_lat[:], self._brackets[:]
        if "\n" in text:
            text = _LOOSE_SIGN.sub(r"\1", text)
        gap = _GAP.search(text)
        if gap is None:
            raise ValueError("there are no two points")
        texts = text.split(gap[0])
        number = np.fromiter(map(self.__getitem__, texts), np.intp, len(texts))
        lon_lat = np.frombuffer(self._lon_lat).reshape(-1, 2)[number]
        opened, closed = np.frombuffer(self._brackets, dtype=np.int8).reshape(-1, 2)[number].T
        return lon_lat, opened, closed
