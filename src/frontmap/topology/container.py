"""Columns of whole numbers in one checked, deflated file: the container of the compact form.

A column is cut into planes of bytes: first the least significant byte of every number, then the
next. A plane of high bytes is almost all zeros, and a plane of low bytes is almost noise; each gets
a code of its own from deflate. A browser inflates it with ``DecompressionStream("deflate")``.
"""

from __future__ import annotations

import struct
import zlib
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from frontmap.errors import DataError
from frontmap.topology.grid import UNITS_PER_DEGREE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    Column = NDArray[np.int64]

MAGIC = b"FRONTMAP"
VERSION = 1
#: Magic, version, and the length of the payload before it was deflated.
_HEAD = struct.Struct("<8sBI")
_CHECKSUM = struct.Struct("<I")
#: How many numbers a column has, and in how many planes of bytes.
_COLUMN = struct.Struct("<IB")
#: Five bytes hold a difference of longitudes in units of 1e-7 degree, with its sign.
_MOST_PLANES = 5
#: Deflate makes at most 258 bytes of two bits.
_MOST_INFLATION = 1032


class Columns(NamedTuple):
    """The columns of a compact form, in the order of its file.

    ``docs/format.md`` says what each holds.
    """

    head: Column
    gap: Column
    size: Column
    start: Column
    end: Column
    birth: Column
    again: Column
    stay: Column
    lon: Column
    lat: Column
    lon_digit: Column
    lat_digit: Column


def zigzag(signed: Any) -> Any:
    """Return whole numbers without sign, small where the number is near zero.

    Parameters
    ----------
    signed : int or ndarray of int64
        Any.

    Returns
    -------
    int or ndarray of int64
        None negative.

    Examples
    --------
    >>> [zigzag(number) for number in (0, -1, 1, -2)], unzigzag(3)
    ([0, 1, 2, 3], -2)
    """
    return (signed << 1) ^ (signed >> 63)


def unzigzag(code: Any) -> Any:
    """Return what `zigzag` was given.

    Parameters
    ----------
    code : int or ndarray of int64
        None negative.

    Returns
    -------
    int or ndarray of int64
        Signed.
    """
    return (code >> 1) ^ -(code & 1)


def divides_globe(step: int) -> bool:
    """Return whether the edges of the globe lie on a grid's lines, so that snapping stays on it.

    Parameters
    ----------
    step : int
        The distance of the lines in units of 1e-7 degree, at least 1.

    Returns
    -------
    bool
        True for every power of ten up to a degree.

    Examples
    --------
    >>> divides_globe(100), divides_globe(7)
    (True, False)
    """
    return 90 * UNITS_PER_DEGREE % step == 0


def seal(columns: Sequence[Column]) -> bytes:
    """Return columns as the bytes of a file.

    Parameters
    ----------
    columns : sequence of ndarray of int64
        Numbers from 0 to ``2**40 - 1``; columns may differ in length.

    Returns
    -------
    bytes
        Head, deflated payload, checksum.

    Examples
    --------
    >>> data = seal([np.array([7, 300]), np.array([], dtype=np.int64)])
    >>> data[:8], [column.tolist() for column in unseal(data)]
    (b'FRONTMAP', [[7, 300], []])
    """
    deflate = zlib.compressobj(9, zlib.DEFLATED, 15, 9, zlib.Z_FILTERED)
    body: list[bytes] = []
    length = 0
    for column in columns:
        planes = max(1, (int(column.max(initial=0)).bit_length() + 7) // 8)
        cut = column.astype("<u8").view(np.uint8).reshape(-1, 8)[:, :planes].T
        for piece in (_COLUMN.pack(len(column), planes), *(plane.tobytes() for plane in cut)):
            # A block of its own for every plane, since each has its own frequencies.
            body += [deflate.compress(piece), deflate.flush(zlib.Z_BLOCK) if piece else b""]
            length += len(piece)
    data = b"".join([_HEAD.pack(MAGIC, VERSION, length), *body, deflate.flush()])
    return data + _CHECKSUM.pack(zlib.crc32(data))


def unseal(data: bytes) -> list[Column]:
    """Return the columns of a file.

    Parameters
    ----------
    data : bytes
        What `seal` gave.

    Returns
    -------
    list of ndarray of int64
        As they went in.

    Raises
    ------
    DataError
        If the bytes are not such a file, are of another version, or are damaged.
    """
    payload = _payload(data)
    columns: list[Column] = []
    at = 0
    while at < len(payload):
        if at + _COLUMN.size > len(payload):
            raise DataError("the compact file is damaged: a column has no head")
        count, planes = _COLUMN.unpack_from(payload, at)
        at += _COLUMN.size
        if not 1 <= planes <= _MOST_PLANES or at + count * planes > len(payload):
            raise DataError("the compact file is damaged: a column is longer than the file")
        cut = np.frombuffer(payload, dtype=np.uint8, count=count * planes, offset=at)
        column = np.zeros((count, 8), dtype=np.uint8)
        column[:, :planes] = cut.reshape(planes, count).T
        columns.append(column.view("<i8").ravel().astype(np.int64))
        at += count * planes
    return columns


def _payload(data: bytes) -> bytes:
    if data[: len(MAGIC)] != MAGIC:
        raise DataError("this is not a compact file of frontmap: its first bytes are not FRONTMAP")
    if len(data) < _HEAD.size + _CHECKSUM.size:
        raise DataError("the compact file is cut short: fetch or write it again")
    _, version, length = _HEAD.unpack_from(data)
    if version != VERSION:
        raise DataError(f"the compact file has version {version}, not {VERSION}: update frontmap")
    body, end = data[_HEAD.size : -_CHECKSUM.size], data[-_CHECKSUM.size :]
    if _CHECKSUM.unpack(end)[0] != zlib.crc32(data[: -_CHECKSUM.size]):
        raise DataError("the compact file is damaged or cut short: fetch or write it again")
    if length > _MOST_INFLATION * len(body):
        raise DataError("the compact file is damaged: it says that it is larger than it can be")
    inflate = zlib.decompressobj()
    try:
        payload = inflate.decompress(body, length + 1)
    except zlib.error as error:
        raise DataError(f"the compact file is damaged: {error}") from None
    if len(payload) != length or not inflate.eof or inflate.unused_data:
        raise DataError("the compact file is damaged: its length is not what it says")
    return payload
