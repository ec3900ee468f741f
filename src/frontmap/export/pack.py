"""The timelines of a data set in one small file."""

from __future__ import annotations

import json
import math
import zlib
from dataclasses import asdict
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any

from frontmap.export.writing import write_whole
from frontmap.extents import StoredExtents
from frontmap.read.pack import MAGIC, PREFIX, VERSION
from frontmap.topology.compact import to_bytes

if TYPE_CHECKING:
    from collections.abc import Iterable

    from frontmap.dataset import Dataset
    from frontmap.timeline import Timeline


def save_pack(dataset: Dataset, target: Path | str, *, step_deg: float = 1e-7) -> int:
    """Write every timeline in its compact form, with the sectors and sources that they name.

    Events, published figures and the basemap stay behind.

    Parameters
    ----------
    dataset : Dataset
        What to write.
    target : Path or str
        The file; an existing one is replaced when the new one is complete.
    step_deg : float
        The distance of grid lines: 1e-7 keeps every vertex, 1e-5 is about a metre.

    Returns
    -------
    int
        The size of the file in bytes.

    Raises
    ------
    DataError
        If the file cannot be written, or the step is no divisor of the grid.
    """
    bodies = [to_bytes(line.topology, step_deg=step_deg) for line in dataset.timelines]
    used = {line.source for line in dataset.timelines}
    head = {
        "timelines": [
            _entry(line, len(body)) for line, body in zip(dataset.timelines, bodies, strict=True)
        ],
        "sectors": [asdict(dataset.sectors[name]) for name in sorted(dataset.sectors)],
        "sources": [asdict(dataset.sources[name]) for name in sorted(used & set(dataset.sources))],
    }
    packed = zlib.compress(json.dumps(head, ensure_ascii=False, sort_keys=True).encode(), 9)
    data = PREFIX.pack(MAGIC, VERSION, len(packed)) + packed + b"".join(bodies)
    return write_whole(Path(target), data)


def _entry(line: Timeline, size: int) -> dict[str, Any]:
    recorded = _recorded(line)
    entry = {
        "sector": line.sector,
        "status": str(line.status),
        "source": line.source,
        "methods": _runs(str(method) for method in line.methods),
        "errors_m": _runs(None if math.isnan(error) else error for error in line.errors_m),
        "bytes": size,
    }
    return {**entry, "recorded_at": _runs(recorded)} if any(recorded) else entry


def _recorded(line: Timeline) -> list[str | None]:
    days = (
        line.extents.recorded
        if isinstance(line.extents, StoredExtents)
        else [extent.recorded_at for extent in line.extents]
    )
    return [None if day is None else day.isoformat() for day in days]


def _runs(values: Iterable[Any]) -> list[tuple[Any, int]]:
    return [(value, len(list(group))) for value, group in groupby(values)]
