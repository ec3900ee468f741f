"""A reel as an animated WebP: no colour is lost, and of each picture only what differs is kept."""

from __future__ import annotations

import io
import struct
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

import numpy as np
from PIL import Image

if TYPE_CHECKING:
    from frontmap.export.animation.reel import Patch, Reel

#: A WebP counts time in milliseconds.
TICKS_PER_S = 1000
#: The longest that one picture may stand, in ticks.
_LONGEST = (1 << 24) - 1
_ANIMATED, _WITH_NOTE, _WITH_ALPHA = 0x02, 0x04, 0x10
#: How a file says something of itself.
_XMP = (
    '<x:xmpmeta xmlns:x="adobe:ns:meta/">'
    '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
    '<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:description>'
    '<rdf:Alt><rdf:li xml:lang="x-default">{}</rdf:li></rdf:Alt>'
    "</dc:description></rdf:Description></rdf:RDF></x:xmpmeta>"
)
_OVER_THE_LAST, _INSTEAD = 0x00, 0x02


def webp(reel: Reel, note: str) -> bytes:
    """Return a reel as an animated WebP that starts again at its end.

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
    width, height = reel.size
    head = struct.pack("<B3x", _ANIMATED | _WITH_NOTE | _WITH_ALPHA)
    chunks = [
        _chunk(b"VP8X", head + _three(width - 1) + _three(height - 1)),
        _chunk(b"ANIM", struct.pack("<IH", 0, 0)),
    ]
    for patch, ticks in zip(reel.patches(), reel.ticks(TICKS_PER_S), strict=True):
        chunks.append(_chunk(b"ANMF", _picture(patch, min(ticks, _LONGEST))))
    body = b"".join([b"WEBP", *chunks, _chunk(b"XMP ", _XMP.format(escape(note)).encode())])
    return _chunk(b"RIFF", body)


def _picture(patch: Patch, ticks: int) -> bytes:
    """Return one picture over the one before it; where it does not change it is clear."""
    # A picture begins at an even place: a clear row or column goes before it.
    before = ((patch.top % 2, 0), (patch.left % 2, 0))
    seen = np.pad(np.where(patch.same, 0, 255).astype(np.uint8), before)
    colours = np.pad(patch.pixels, (*before, (0, 0)))
    colours[seen == 0] = 0
    height, width = seen.shape
    stream = io.BytesIO()
    whole = bool(seen.all())
    image = Image.fromarray(colours if whole else np.dstack([colours, seen]))
    image.save(stream, "webp", lossless=True, quality=60, method=4)
    place = _three(patch.left // 2) + _three(patch.top // 2)
    size = _three(width - 1) + _three(height - 1) + _three(ticks)
    over = bytes([_INSTEAD if whole else _OVER_THE_LAST])
    # the still picture without its own head
    return place + size + over + _bare(stream.getvalue())


def _bare(still: bytes) -> bytes:
    """Return the chunk of a still WebP that holds the pixels."""
    start = still.index(b"VP8L")
    (length,) = struct.unpack_from("<I", still, start + 4)
    return still[start : start + 8 + length + length % 2]


def _chunk(name: bytes, body: bytes) -> bytes:
    return name + struct.pack("<I", len(body)) + body + b"\x00" * (len(body) % 2)


def _three(number: int) -> bytes:
    """Return a number in three bytes."""
    return struct.pack("<I", number)[:3]
