"""Read a pack: the timelines of a data set in one file, each in its compact form."""

from __future__ import annotations

import json
import math
import struct
import zlib
from typing import TYPE_CHECKING, Any

from frontmap.errors import DataError
from frontmap.extents import StoredExtents
from frontmap.model import LocalText, Method, Sector, Source, Status
from frontmap.timeline import Timeline, as_date
from frontmap.topology.compact import from_bytes

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    Head = Mapping[str, Any]

MAGIC = b"FRONTPAK"
VERSION = 1
#: Magic, version, length of the deflated head.
PREFIX = struct.Struct("<8sBI")
#: The ending of a pack's name.
SUFFIX = ".frontmap"
_NAMED = ("sector", "status", "source")
#: What a head that is damaged, or was made to do harm, leads to.
_BROKEN = (
    DataError,
    ValueError,
    LookupError,
    TypeError,
    AttributeError,
    OverflowError,
    RecursionError,
    struct.error,
    zlib.error,
)


def is_pack(file: Path) -> bool:
    """Tell whether a file begins as a pack does.

    Parameters
    ----------
    file : Path
        Any file.

    Returns
    -------
    bool
        By its first bytes, whatever its name.
    """
    with file.open("rb") as stream:
        return stream.read(len(MAGIC)) == MAGIC


def read_pack(
    file: Path,
) -> tuple[tuple[Timeline, ...], dict[str, Sector], dict[str, Source]]:
    """Read every timeline of a pack, and the sectors and sources that they name.

    Parameters
    ----------
    file : Path
        Written by `frontmap.export.save_pack`; ``docs/format.md`` has the layout.

    Returns
    -------
    timelines : tuple of Timeline
        By sector, status and source.
    sectors, sources : dict by id
        As they were in the data set that was packed.

    Raises
    ------
    DataError
        If the file is no pack, is of a newer version, is cut short or damaged.
    """
    data = file.read_bytes()
    if data.startswith(MAGIC) and data[len(MAGIC) :][:1] > bytes([VERSION]):
        raise DataError(f"{file}: written by a newer frontmap: update")
    try:
        head, start = _head(data)
        timelines = []
        for entry in head["timelines"]:
            size = _count(entry["bytes"])
            body = data[start : start + size]
            start += size
            timelines.append(_timeline(entry, body))
        _check_end(start, len(data))
        _check_single(timelines)
        sectors = {item["id"]: _sector(item) for item in head["sectors"]}
        sources = {item["id"]: _source(item) for item in head["sources"]}
    except _BROKEN as error:
        reason = str(error) or type(error).__name__
        raise DataError(f"{file}: not a sound pack ({reason})") from None
    return tuple(timelines), sectors, sources


def _head(data: bytes) -> tuple[Head, int]:
    magic, version, size = PREFIX.unpack_from(data)
    if magic != MAGIC or version != VERSION:
        raise DataError("another magic or version")
    end = PREFIX.size + size
    head: Head = json.loads(zlib.decompress(data[PREFIX.size : end]))
    return head, end


def _check_end(end: int, size: int) -> None:
    if end != size:
        longer = "longer" if end < size else "shorter"
        raise DataError(f"it is {longer} than its head says")


def _check_single(timelines: Sequence[Timeline]) -> None:
    known: set[tuple[str, str, str]] = set()
    for line in timelines:
        named = (line.sector, line.status, line.source)
        if named in known:
            raise DataError(f"it holds {'/'.join(named)} twice")
        known.add(named)


def _timeline(entry: Head, body: bytes) -> Timeline:
    sector, status, source = _texts({name: entry[name] for name in _NAMED}).values()
    named = (sector, Status(status), source)
    topology = from_bytes(body)
    dates = len(topology.dates)
    recorded = _unrolled(entry.get("recorded_at", [(None, dates)]), dates)
    extents = StoredExtents(
        topology,
        *named,
        methods=[Method(method) for method in _unrolled(entry["methods"], dates)],
        errors_m=[_metres(error) for error in _unrolled(entry["errors_m"], dates)],
        recorded=[None if date is None else as_date(date) for date in recorded],
    )
    return Timeline(*named, extents)


def _unrolled(runs: Sequence[tuple[Any, int]], dates: int) -> Iterator[Any]:
    """Return a value for each date; no count is trusted before their sum is checked."""
    if sum(_count(count) for _, count in runs) != dates:
        raise DataError(f"its runs are not those of {dates} dates")
    return (value for value, count in runs for _ in range(count))


def _count(value: Any) -> int:
    if type(value) is not int or value < 0:
        raise DataError(f"{value!r} is no count")
    return value


def _metres(value: Any) -> float:
    metres = math.nan if value is None else float(value)
    if metres < 0 or math.isinf(metres):
        raise DataError(f"{value!r} is no length in metres")
    return metres


def _texts(item: Mapping[str, Any]) -> dict[str, str]:
    wrong = [name for name, value in item.items() if not isinstance(value, str)]
    if wrong:
        raise DataError(f"{', '.join(wrong)} is no text")
    return dict(item)


def _local(item: Mapping[str, Any]) -> LocalText:
    return LocalText(**_texts(item))


def _sector(item: Head) -> Sector:
    west, south, east, north = (float(value) for value in item["window"])
    return Sector(
        id=_texts({"id": item["id"]})["id"],
        name=_local(item["name"]),
        window=(west, south, east, north),
        status=Status(item["status"]),
        description=_local(item["description"]),
    )


def _source(item: Head) -> Source:
    plain = {name: value for name, value in item.items() if name != "title"}
    return Source(title=_local(item["title"]), **_texts(plain))
