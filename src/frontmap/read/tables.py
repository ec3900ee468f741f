"""Read the tables that stand beside the extents: sectors, sources, events, claims, series."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import shapely
import shapely.geometry

from frontmap.errors import DataError
from frontmap.model import Claim, Event, Figure, LocalText, Sector, Source, Status
from frontmap.read.document import check_signs
from frontmap.timeline import as_date

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from frontmap.timeline import Timeline

    Row = Mapping[str, Any]


#: The files that may stand beside the extents and are none themselves.
NAMES = frozenset(
    {
        "sectors.geojson",
        "sources.csv",
        "events.geojson",
        "claims.csv",
        "series.csv",
        "datapackage.json",
    }
)


@dataclass(frozen=True)
class Companions:
    """What a folder says beside its extents; empty where it says nothing."""

    sectors: Mapping[str, Sector] = field(default_factory=dict)
    sources: Mapping[str, Source] = field(default_factory=dict)
    events: tuple[Event, ...] = ()
    claims: tuple[Claim, ...] = ()
    series: tuple[Figure, ...] = ()
    files: tuple[Path, ...] = ()


def read_companions(folder: Path) -> Companions:
    """Read the tables of a folder.

    Parameters
    ----------
    folder : Path
        May hold ``sectors.geojson``, ``sources.csv``, ``events.geojson``, ``claims.csv`` and
        ``series.csv``; each is optional.

    Returns
    -------
    Companions
        In order of file; events, claims and series in order of date.

    Raises
    ------
    DataError
        If a table is broken, with its file and row.

    Examples
    --------
    >>> from frontmap.read import SHIPPED
    >>> companions = read_companions(SHIPPED)
    >>> companions.sectors["kursk"].name.ja
    'クルスク'
    """
    parsers: dict[str, Callable[[Row], Any]] = {
        "sectors.geojson": _sector,
        "sources.csv": _source,
        "events.geojson": _event,
        "claims.csv": _claim,
        "series.csv": _figure,
    }
    files = {name: folder / name for name in parsers if (folder / name).is_file()}
    found = {name: _parse(files[name], parsers[name]) for name in files}
    return Companions(
        sectors=_by_id(found.get("sectors.geojson", ()), folder / "sectors.geojson"),
        sources=_by_id(found.get("sources.csv", ()), folder / "sources.csv"),
        events=tuple(sorted(found.get("events.geojson", ()), key=lambda e: (e.date, e.id))),
        claims=tuple(sorted(found.get("claims.csv", ()), key=lambda c: (c.date_end, c.id))),
        series=tuple(sorted(found.get("series.csv", ()), key=lambda f: (f.series, f.date))),
        files=tuple(files.values()),
    )


def _by_id(records: Sequence[Any], file: Path) -> dict[str, Any]:
    """Return records by their id; refuse one that comes twice."""
    known: dict[str, Any] = {}
    for record in records:
        if record.id in known:
            raise DataError(f"{file}: {record.id!r} stands there twice; keep one")
        known[record.id] = record
    return known


def _parse(file: Path, parse: Callable[[Row], Any]) -> list[Any]:
    """Parse every row of a CSV file, or every feature of a GeoJSON file."""
    try:
        text = file.read_bytes().decode("utf-8-sig")  # line ends inside quotes stay as they are
        rows = _features(text) if file.suffix == ".geojson" else _lines(text)
    except RecursionError:
        raise DataError(f"{file}: broken (nested too deeply)") from None
    except (ValueError, KeyError, TypeError, csv.Error) as error:
        raise DataError(f"{file}: broken ({error})") from None
    records = []
    for number, row in enumerate(rows, start=1):
        try:
            check_signs(row)
            records.append(parse(row))
        except KeyError as error:
            raise DataError(f"{file}: row {number} has no {error.args[0]}") from None
        except (
            ValueError,
            TypeError,
            AttributeError,
            IndexError,
            DataError,
            shapely.errors.ShapelyError,
        ) as error:
            raise DataError(f"{file}: row {number}: {error}") from None
    return records


def _features(text: str) -> list[dict[str, Any]]:
    # An event may have no place: GDAL would drop the null geometry's type, so plain JSON is read.
    return [
        {**feature["properties"], "geometry": feature["geometry"]}
        for feature in json.loads(text)["features"]
    ]


def _lines(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text, newline="")))


def _text(row: Row, name: str) -> LocalText:
    return LocalText(*(row.get(f"{name}_{form}") or "" for form in ("en", "ja", "local")))


def _number(value: Any) -> float | None:
    return None if value in {None, ""} else float(value)


def _sector(row: Row) -> Sector:
    if row["geometry"] is None:
        raise ValueError("a sector needs a window, and its geometry is empty")
    west, south, east, north = shapely.geometry.shape(row["geometry"]).bounds
    return Sector(
        id=row["sector"],
        name=_text(row, "name"),
        window=(west, south, east, north),
        status=Status(row["status"]),
        description=_text(row, "description"),
    )


def _source(row: Row) -> Source:
    plain = ("publisher", "published", "licence", "attribution", "url", "note")
    return Source(
        id=row["id"], title=_text(row, "title"), **{name: row.get(name) or "" for name in plain}
    )


def _event(row: Row) -> Event:
    geometry = row["geometry"]
    return Event(
        id=row["id"],
        date=as_date(row["date"]),
        date_end=as_date(row["date_end"]) if row.get("date_end") else None,
        kind=row["kind"],
        title=_text(row, "title"),
        summary=_text(row, "summary"),
        place=_text(row, "place"),
        source=row["source"],
        source_ref=row.get("source_ref") or "",
        geometry=None if geometry is None else shapely.geometry.shape(geometry),
        positional_precision_m=_number(row.get("positional_precision_m")),
        range_km=_number(row.get("range_km")),
    )


def _claim(row: Row) -> Claim:
    return Claim(
        id=row["id"],
        metric=row["metric"],
        value=float(row["value"]),
        unit=row["unit"],
        date_start=as_date(row["date_start"]),
        date_end=as_date(row["date_end"]),
        source=row["source"],
        source_ref=row["source_ref"],
        text=_text(row, "text"),
        sector=row["sector"],
        status=Status(row["status"]) if row["status"] else None,
        approximate=row["approximate"] == "true",
    )


def _figure(row: Row) -> Figure:
    return Figure(
        series=row["series"],
        date=as_date(row["date"]),
        value=float(row["value"]),
        unit=row["unit"],
        qualifier=row["qualifier"],
        source=row["source"],
        source_ref=row["source_ref"],
        note=_text(row, "note"),
    )


def sector_of(lines: Sequence[Timeline]) -> Sector:
    """Make a sector whose folder describes none: its window is the ground of its timelines.

    Parameters
    ----------
    lines : sequence of Timeline
        All of one sector, at least one.

    Returns
    -------
    Sector
        Named by its id, measured by its first status that is not contested, if there is one; the
        whole globe where nothing is held.
    """
    shapes = [extent.geometry for line in lines for extent in line.extents]
    west, south, east, north = (float(value) for value in shapely.total_bounds(shapes))
    window = (-180.0, -90.0, 180.0, 90.0) if west != west else (west, south, east, north)  # noqa: PLR0124  NaN
    held = [line for line in lines if line.status is not Status.CONTESTED]
    first = (held or lines)[0]
    return Sector(first.sector, LocalText(first.sector), window, first.status)
