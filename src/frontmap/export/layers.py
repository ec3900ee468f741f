"""What a GeoPackage holds: layers for the map, tables beside them, and how QGIS draws them."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Any

import shapely

from frontmap.analyse import fixed_lines_of, is_fixed
from frontmap.export.companions import claim_rows, event_place, source_rows
from frontmap.export.features import features
from frontmap.export.provenance import about
from frontmap.export.qml import styles
from frontmap.geodesy import length_km
from frontmap.model import Status
from frontmap.topology.grid import to_degrees

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from shapely.geometry.base import BaseGeometry

    from frontmap.export.assessment import Assessment
    from frontmap.export.table import Table
    from frontmap.model import Event, LocalText

    Rows = Sequence[Mapping[str, Any]]

_FORMS = ("en", "ja", "local")


@dataclass(frozen=True)
class Layer:
    """A table of a GeoPackage: its rows, and their geometry where they have one."""

    name: str
    columns: tuple[str, ...]
    rows: Rows
    kind: str | None = None
    shapes: Sequence[BaseGeometry | None] = ()


def layers(table: Table) -> list[Layer]:
    """Return the layers of a table, the lowest on the map first.

    Parameters
    ----------
    table : Table
        Any.

    Returns
    -------
    list of Layer
        Six with geometry, three tables, and the styles for QGIS.

    Examples
    --------
    >>> import frontmap
    >>> from frontmap.export.assessment import Selection
    >>> from frontmap.export.table import Table
    >>> [layer.name for layer in layers(Table(frontmap.read(), Selection.of("2024-10-04")))][:4]
    ['sectors', 'control', 'front', 'places']
    """
    return [
        _sectors(table),
        _control(table),
        _front(table),
        _places(table),
        *_events(table),
        _plain("claims", claim_rows(table)),
        _plain("sources", source_rows(table)),
        _plain("about", [line._asdict() for line in about(table)]),
        _styles(table),
    ]


def _control(table: Table) -> Layer:
    records, shapes = features(table)
    rows = [
        {**record, **_names("sector_name", table.dataset.sectors[record["sector"]].name)}
        for record in records
    ]
    return Layer("control", tuple(rows[0]), rows, "MultiPolygon", [_many(s) for s in shapes])


def _many(shape: BaseGeometry) -> BaseGeometry:
    parts: Any = shapely.get_parts(shape)
    many: BaseGeometry = shapely.multipolygons(parts)
    return many


def _front(table: Table) -> Layer:
    """Return the front line of each assessment: contested ground has none of its own."""
    rows = [row for row in table.rows if row.timeline.status is not Status.CONTESTED]
    shapes = [
        shape
        for _, found in groupby(rows, key=lambda row: id(row.timeline))
        for shape in _fronts(table, list(found))
    ]
    records = [
        {
            "sector": row.timeline.sector,
            "status": str(row.timeline.status),
            "valid_from": row.valid_from,
            "valid_to": row.valid_to,
            "length_km": round(float(length_km(shape)), 6),
            "positional_error_m": row.positional_error_m,
            "source": row.timeline.source,
        }
        for row, shape in zip(rows, shapes, strict=True)
    ]
    columns = (
        *("sector", "status", "valid_from", "valid_to"),
        *("length_km", "positional_error_m", "source"),
    )
    return Layer("front", columns, records, "MultiLineString", shapes)


def _fronts(table: Table, rows: Sequence[Assessment]) -> Iterator[BaseGeometry]:
    """Yield the front lines of assessments of one timeline, from its edges."""
    line = rows[0].timeline
    topology = line.topology
    ends = to_degrees(topology.units)[topology.edges]
    free = ~is_fixed(ends, fixed_lines_of(table.dataset, line))
    for row in rows:
        lives = (topology.birth <= row.position) & (row.position < topology.death)
        edges = topology.life_edge[lives]
        pieces: Any = shapely.linestrings(ends[edges[free[edges]]])
        merged: Any = shapely.get_parts(shapely.line_merge(shapely.multilinestrings(pieces)))
        whole: BaseGeometry = shapely.multilinestrings(merged)
        yield whole


def _events(table: Table) -> tuple[Layer, Layer]:
    """Return the lines of events, and all events as points: a line's is where it ends."""
    last = table.selection.date
    events = [event for event in table.dataset.events if last is None or event.date <= last]
    rows = [_event(event) for event in events]
    at = [_end(event) for event in events]
    along = [number for number, event in enumerate(events) if _is_line(event)]
    columns = (
        *("id", "date", "date_end", "kind"),
        *(f"{name}_{form}" for name in ("title", "summary", "place") for form in _FORMS),
        *("positional_precision_m", "range_km", "source", "ref"),
    )
    lines = [rows[number] for number in along]
    curves = [events[number].geometry for number in along]
    return (
        Layer("event_lines", columns, lines, "LineString", curves),
        Layer("events", columns, rows, "Point", at),
    )


def _is_line(event: Event) -> bool:
    return event.geometry is not None and event.geometry.geom_type == "LineString"


def _end(event: Event) -> BaseGeometry | None:
    at = event_place(event)
    return None if at is None else shapely.Point(at)


def _event(event: Event) -> dict[str, Any]:
    return {
        "id": event.id,
        "date": event.date,
        "date_end": event.date_end,
        "kind": event.kind,
        **_names("title", event.title),
        **_names("summary", event.summary),
        **_names("place", event.place),
        "positional_precision_m": event.positional_precision_m,
        "range_km": event.range_km,
        "source": event.source,
        "ref": event.source_ref,
    }


def _names(name: str, text: LocalText) -> dict[str, str | None]:
    return {f"{name}_{form}": getattr(text, form) or None for form in _FORMS}


def _places(table: Table) -> Layer:
    rows = [
        {
            "id": place.id,
            **_names("name", place.name),
            "kind": place.kind,
            "rank": place.rank,
            "population": place.population,
            "country": place.country,
        }
        for place in table.dataset.places
    ]
    at = [shapely.Point(place.lon, place.lat) for place in table.dataset.places]
    columns = ("id", *(f"name_{form}" for form in _FORMS), "kind", "rank", "population", "country")
    return Layer("places", columns, rows, "Point", at)


def _sectors(table: Table) -> Layer:
    """Return the windows that are measured: nothing is assessed outside."""
    used = sorted({row.timeline.sector for row in table.rows})
    sectors = [table.dataset.sectors[name] for name in used]
    rows = [
        {"sector": sector.id, **_names("name", sector.name), "status": str(sector.status)}
        for sector in sectors
    ]
    windows = [shapely.box(*sector.window) for sector in sectors]
    return Layer("sectors", tuple(rows[0]), rows, "Polygon", windows)


def _plain(name: str, rows: Rows) -> Layer:
    return Layer(name, tuple(rows[0]) if rows else ("text",), rows)


def _styles(table: Table) -> Layer:
    """Return the table from which QGIS takes the default style of each layer."""
    kinds = sorted({event.kind for event in table.dataset.events})
    rows = [
        {
            "f_table_catalog": "",
            "f_table_schema": "",
            "f_table_name": name,
            "f_geometry_column": "geom",
            "styleName": "frontmap",
            "styleQML": document,
            "styleSLD": "",
            "useAsDefault": True,
            "description": "frontmap",
            "owner": "",
            "ui": None,
            "update_time": table.dataset.span[1],
        }
        for name, document in styles(table.language, kinds).items()
    ]
    return Layer("layer_styles", tuple(rows[0]), rows)
