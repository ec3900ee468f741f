"""A reel as a GIF: one palette, and of each picture only what differs."""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING

import numpy as np
from PIL import Image

from frontmap.export.animation.palette import UNCHANGED, Palette

if TYPE_CHECKING:
    from frontmap.export.animation.reel import Patch, Reel

#: A GIF counts time in hundredths of a second.
TICKS_PER_S = 100
#: Browsers show what is shorter than this, in ticks, ten times as long.
_SHORTEST = 2
#: The longest that one picture may stand, in ticks.
_LONGEST = 65_535
_LOOP_FOR_EVER = b"\x21\xff\x0bNETSCAPE2.0\x03\x01\x00\x00\x00"


def gif(reel: Reel, note: str) -> bytes:
    """Return a reel as a GIF that starts again at its end.

    Parameters
    ----------
    reel : Reel
        The pictures.
    note : str
        What the file says of itself.

    Returns
    -------
    bytes
        The same for the same reel.
    """
    palette = Palette(patch.pixels for patch in reel.patches())
    table = np.zeros((256, 3), np.uint8)
    table[: len(palette.colours)] = palette.colours
    parts = [
        b"GIF89a" + struct.pack("<HHBBB", *reel.size, 0xF7, 0, 0) + table.tobytes(),
        _LOOP_FOR_EVER,
        b"\x21\xfe" + _blocks(note.encode()),
    ]
    for patch, ticks in zip(reel.patches(), reel.ticks(TICKS_PER_S, _SHORTEST), strict=True):
        parts.append(_picture(patch, palette, min(ticks, _LONGEST)))
    return b"".join([*parts, b"\x3b"])


def _picture(patch: Patch, palette: Palette, ticks: int) -> bytes:
    """Return one picture over the one before it."""
    places = palette.positions(patch.pixels)
    places[patch.same] = UNCHANGED
    height, width = places.shape
    image = Image.frombytes("P", (width, height), places.tobytes())
    # bits a pixel, and no interlacing
    packed = image.tobytes("gif", ("P", 8, 0))
    return b"".join(
        (
            b"\x21\xf9\x04" + struct.pack("<BHBB", 0x05, ticks, UNCHANGED, 0),
            b"\x2c" + struct.pack("<HHHHB", patch.left, patch.top, width, height, 0),
            b"\x08" + packed + b"\x00",
        )
    )


def _blocks(data: bytes) -> bytes:
    """Cut data into blocks, each after its length."""
    cut = (data[start : start + 255] for start in range(0, len(data), 255))
    return b"".join(bytes([len(block)]) + block for block in cut) + b"\x00"
