"""What stands beside the areas: events, published figures next to the measured ones, sources."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import shapely

from frontmap.analyse import band_km2
from frontmap.language import catalogue
from frontmap.model import LocalText, Source

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator

    from frontmap.export.table import Table
    from frontmap.model import Claim, Event
    from frontmap.timeline import Timeline

#: A row: values by the name of their column.
Row = dict[str, Any]


def event_rows(table: Table) -> list[Row]:
    """Return the events up to the date of a table, else all.

    Parameters
    ----------
    table : Table
        Any.

    Returns
    -------
    list of dict
        In order of date; a line's place is where it ends.
    """
    rows = []
    for event in table.dataset.events:
        if _is_later(table, event.date):
            continue
        longitude, latitude = event_place(event) or (None, None)
        rows.append(
            {
                "date": event.date,
                "date_end": event.date_end,
                "kind": _word(table, f"map.kind.{event.kind}", event.kind),
                "event": event.title.text(table.language),
                "summary": event.summary.text(table.language),
                "place": event.place.text(table.language),
                "longitude_deg": longitude,
                "latitude_deg": latitude,
                "positional_precision_m": event.positional_precision_m,
                "range_km": event.range_km,
                "source": event.source,
                "ref": event.source_ref,
            }
        )
    return rows


def event_place(event: Event) -> tuple[float, float] | None:
    """Return where an event happened: of a line the end, of no geometry nothing.

    Parameters
    ----------
    event : Event
        Any.

    Returns
    -------
    tuple of float or None
        Longitude and latitude in degrees.
    """
    if event.geometry is None or event.geometry.is_empty:
        return None
    longitude, latitude = shapely.get_coordinates(event.geometry)[-1].tolist()
    return longitude, latitude


def claim_rows(table: Table) -> list[Row]:
    """Return the published figures, and beside each what the extents measure.

    Parameters
    ----------
    table : Table
        A sector leaves out what is said of others; a date leaves out what came later.

    Returns
    -------
    list of dict
        In order of date; measured values are ``None`` where a figure is no area of a timeline.
    """
    wanted = table.selection
    return [
        {
            "claim": claim.text.text(table.language),
            "sector": claim.sector,
            "status": claim.status and _word(table, f"status.{claim.status}", claim.status),
            "date_start": claim.date_start,
            "date_end": claim.date_end,
            "value": claim.value,
            "unit": claim.unit,
            "approximate": _word(table, f"table.{'yes' if claim.approximate else 'no'}", ""),
            **measured,
            "source": claim.source,
            "ref": claim.source_ref,
        }
        for claim in table.dataset.claims
        if not _is_later(table, claim.date_end)
        and (wanted.sector is None or claim.sector == wanted.sector)
        and (wanted.status is None or claim.status in {None, wanted.status})
        for measured in _measured(table, claim)
    ]


def _measured(table: Table, claim: Claim) -> Iterator[Row]:
    """Yield the area in force on a figure's last day, by every source that assessed it."""
    found = [
        line
        for line in table.dataset.timelines
        if claim.metric == "area_km2"
        and (line.sector, line.status) == (claim.sector, claim.status)
        and line.position(claim.date_end) >= 0
    ]
    if not found:
        nothing = ("area_km2", "band_km2", "difference", "assessed", "measured_source")
        yield dict.fromkeys(nothing)
    yield from (_beside(table, claim, line) for line in found)


def _beside(table: Table, claim: Claim, line: Timeline) -> Row:
    position = line.position(claim.date_end)
    area_km2 = float(line.areas().iloc[position])
    band = float(band_km2(table.dataset, line).iloc[position])
    return {
        "area_km2": round(area_km2, 6),
        "band_km2": None if math.isnan(band) else round(band, 6),
        "difference": round(area_km2 / claim.value - 1, 6) if claim.value else None,
        "assessed": line.dates[position],
        "measured_source": line.source,
    }


def source_rows(table: Table) -> list[Row]:
    """Return the sources of a data set with their licences.

    Parameters
    ----------
    table : Table
        Any.

    Returns
    -------
    list of dict
        In order of id; one that extents name and nobody describes has its id alone.
    """
    known = dict(table.dataset.sources)
    for row in table.rows:
        name = row.timeline.source
        known.setdefault(name, Source(name, LocalText("")))
    return [
        {
            "source": source.id,
            "title": source.title.text(table.language),
            "publisher": source.publisher,
            "published": source.published,
            "licence": source.licence,
            "attribution": source.attribution,
            "address": source.url,
            "note": source.note,
        }
        for _, source in sorted(known.items())
    ]


def _is_later(table: Table, day: dt.date) -> bool:
    return table.selection.date is not None and day > table.selection.date


def _word(table: Table, key: str, otherwise: str) -> str:
    return catalogue(table.language).get(key, otherwise)
