"""Pictures one after the other, of which only what differs is kept."""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    Pixels = NDArray[np.uint8]


class Patch(NamedTuple):
    """What one picture changes of the one before.

    Parameters
    ----------
    left, top : int
        Where it lies, from the upper left corner.
    pixels : ndarray, shape (height, width, 3)
        Red, green, blue.
    same : ndarray of bool, shape (height, width)
        True where a pixel inside it does not change.
    """

    left: int
    top: int
    pixels: Pixels
    same: NDArray[np.bool_]


@dataclass
class _Shot:
    left: int
    top: int
    shape: tuple[int, ...]
    packed: bytes
    seconds: float


class Reel:
    """Pictures of one size, each with the time that it stands.

    Examples
    --------
    >>> reel, picture = Reel(), np.zeros((2, 3, 3), np.uint8)
    >>> reel.add(picture, 0.5)
    >>> reel.add(picture, 0.25)
    >>> reel.add(picture + 1, 1.0)
    >>> reel.ticks(100)
    [75, 100]
    """

    def __init__(self) -> None:
        self._shots: list[_Shot] = []
        self._last: Pixels | None = None

    def __len__(self) -> int:
        """Return how many pictures differ from the one before."""
        return len(self._shots)

    @property
    def size(self) -> tuple[int, int]:
        """Width and height in pixels."""
        height, width = self._shots[0].shape[:2]
        return width, height

    def add(self, pixels: Pixels, seconds: float) -> None:
        """Add a picture; one that is equal to the last makes that one stand longer.

        Parameters
        ----------
        pixels : ndarray, shape (height, width, 3)
            Kept as it is: the caller changes it no more.
        seconds : float
            How long it stands.
        """
        left, top, right, bottom = 0, 0, pixels.shape[1], pixels.shape[0]
        if self._last is not None:
            differs = (pixels != self._last).any(axis=2)
            rows, columns = np.flatnonzero(differs.any(axis=1)), np.flatnonzero(differs.any(axis=0))
            if not len(rows):
                self._shots[-1].seconds += seconds
                return
            left, right = int(columns[0]), int(columns[-1]) + 1
            top, bottom = int(rows[0]), int(rows[-1]) + 1
        part = pixels[top:bottom, left:right]
        self._shots.append(_Shot(left, top, part.shape, zlib.compress(part.tobytes(), 1), seconds))
        self._last = pixels

    def stay(self, seconds: float) -> None:
        """Let the last picture stand longer.

        Parameters
        ----------
        seconds : float
            By how much.
        """
        self._shots[-1].seconds += seconds

    def patches(self) -> Iterator[Patch]:
        """Unpack what each picture changes.

        Yields
        ------
        Patch
            The first is the whole picture.
        """
        width, height = self.size
        whole = np.zeros((height, width, 3), dtype=np.uint8)
        for number, shot in enumerate(self._shots):
            pixels = np.frombuffer(zlib.decompress(shot.packed), np.uint8).reshape(shot.shape)
            rows = slice(shot.top, shot.top + shot.shape[0])
            columns = slice(shot.left, shot.left + shot.shape[1])
            same = (whole[rows, columns] == pixels).all(axis=2) & (number > 0)
            whole[rows, columns] = pixels
            yield Patch(shot.left, shot.top, pixels, same)

    def pictures(self) -> Iterator[Pixels]:
        """Unpack whole pictures.

        Yields
        ------
        ndarray, shape (height, width, 3)
            The same array each time, with other pixels.
        """
        width, height = self.size
        whole = np.zeros((height, width, 3), dtype=np.uint8)
        for patch in self.patches():
            tall, wide = patch.pixels.shape[:2]
            whole[patch.top : patch.top + tall, patch.left : patch.left + wide] = patch.pixels
            yield whole

    def ticks(self, per_second: float, least: int = 1) -> list[int]:
        """Return how long each picture stands in whole ticks of a clock.

        Moments are rounded and not durations, so that errors do not add up.

        Parameters
        ----------
        per_second : float
            Ticks.
        least : int
            No picture stands shorter than so many.

        Returns
        -------
        list of int
            One a picture.
        """
        ends = np.cumsum([shot.seconds for shot in self._shots]) * per_second
        moments = np.concatenate([[0], np.floor(ends + 0.5)]).astype(int)
        return [max(int(ticks), least) for ticks in np.diff(moments)]
