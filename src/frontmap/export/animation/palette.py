"""One palette for all pictures of a film."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from PIL import Image

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

    Pixels = NDArray[np.uint8]

#: The last of 256 places stands for what does not change.
UNCHANGED = 255
#: So many of the colours that cover most are kept exactly: the flat ones.
_EXACT = 96
#: How far the eye tells red, green and blue apart.
_WEIGHTS = np.array([0.30, 0.59, 0.11])


class Palette:
    """The colours of a film; each other colour is shown by the nearest of them.

    Parameters
    ----------
    pictures : iterable of ndarray, shape (..., 3)
        Everything that will be shown.

    Examples
    --------
    >>> red = np.array([[[250, 10, 20]]], np.uint8)
    >>> palette = Palette([red])
    >>> palette.colours[palette.positions(red)[0, 0]].tolist()
    [250, 10, 20]
    """

    def __init__(self, pictures: Iterable[Pixels]) -> None:
        known, counts = _counted(pictures)
        self.colours = _chosen(known, counts)
        self._known = known
        self._nearest = _nearest(known, self.colours)

    def positions(self, pixels: Pixels) -> Pixels:
        """Return the place of each pixel's colour in the palette.

        Parameters
        ----------
        pixels : ndarray, shape (height, width, 3)
            Of the pictures that the palette was made of.

        Returns
        -------
        ndarray of uint8, shape (height, width)
            Never `UNCHANGED`.
        """
        return self._nearest[np.searchsorted(self._known, _packed(pixels))]


def _packed(pixels: Pixels) -> NDArray[np.uint32]:
    wide = pixels.astype(np.uint32)
    packed: Any = wide[..., 0] << 16 | wide[..., 1] << 8 | wide[..., 2]
    return np.asarray(packed, np.uint32)


def _split(packed: NDArray[np.uint32]) -> Pixels:
    parts = [packed >> 16 & 255, packed >> 8 & 255, packed & 255]
    return np.stack(parts, axis=-1).astype(np.uint8)


def _counted(pictures: Iterable[Pixels]) -> tuple[NDArray[np.uint32], NDArray[np.int64]]:
    """Return the distinct colours, ascending, and how often each is there."""
    found = [np.unique(_packed(picture), return_counts=True) for picture in pictures]
    joined = np.concatenate([colours for colours, _ in found])
    known, places = np.unique(joined, return_inverse=True)
    counts = np.zeros(len(known), np.int64)
    np.add.at(counts, places, np.concatenate([often for _, often in found]))
    return known, counts


def _chosen(known: NDArray[np.uint32], counts: NDArray[np.int64]) -> Pixels:
    """Choose colours: those that cover most as they are, the others by median cut."""
    if len(known) <= UNCHANGED:
        return _split(known)
    order = np.lexsort((known, -counts))
    exact, others = order[:_EXACT], order[_EXACT:]
    # the square root, lest the rare colours of small signs go under
    often = np.ceil(np.sqrt(counts[others])).astype(np.int64)
    strip = np.repeat(_split(known[others]), often, axis=0)[None]
    cut = Image.fromarray(strip, "RGB").quantize(
        UNCHANGED - _EXACT, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE
    )
    found = np.array(cut.getpalette(), np.uint8).reshape(-1, 3)[: UNCHANGED - _EXACT]
    return np.concatenate([_split(known[exact]), found])


def _nearest(known: NDArray[np.uint32], colours: Pixels) -> Pixels:
    targets = colours.astype(float)
    found = np.empty(len(known), np.uint8)
    for start in range(0, len(known), 4096):
        own = _split(known[start : start + 4096]).astype(float)
        apart = ((own[:, None] - targets[None]) ** 2) @ _WEIGHTS
        found[start : start + 4096] = apart.argmin(axis=1)
    return found
