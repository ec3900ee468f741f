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
        If the file is no pack, is cut short or damaged.
    """
    data = file.read_bytes()
    try:
        head, start = _head(data)
        timelines = []
        for entry in head["timelines"]:
            body = data[start : start + entry["bytes"]]
            start += entry["bytes"]
            timelines.append(_timeline(entry, body))
        _check_end(start, len(data))
        sectors = {item["id"]: _sector(item) for item in head["sectors"]}
        sources = {
            item["id"]: Source(**{**item, "title": LocalText(**item["title"])})
            for item in head["sources"]
        }
    except (DataError, ValueError, KeyError, TypeError, struct.error, zlib.error) as error:
        raise DataError(f"{file}: not a sound pack ({error})") from None
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


def _timeline(entry: Head, body: bytes) -> Timeline:
    named = (entry["sector"], Status(entry["status"]), entry["source"])
    topology = from_bytes(body)
    recorded = _unrolled(entry.get("recorded_at", [(None, len(topology.dates))]))
    extents = StoredExtents(
        topology,
        *named,
        methods=[Method(method) for method in _unrolled(entry["methods"])],
        errors_m=[
            math.nan if error is None else float(error) for error in _unrolled(entry["errors_m"])
        ],
        recorded=[None if date is None else as_date(date) for date in recorded],
    )
    return Timeline(*named, extents)


def _unrolled(runs: Sequence[tuple[Any, int]]) -> Iterator[Any]:
    for value, count in runs:
        yield from [value] * count


def _sector(item: Head) -> Sector:
    west, south, east, north = item["window"]
    return Sector(
        id=item["id"],
        name=LocalText(**item["name"]),
        window=(west, south, east, north),
        status=Status(item["status"]),
        description=LocalText(**item["description"]),
    )
