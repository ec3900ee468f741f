"""Assessments as features: GeoJSON (RFC 7946), and the columns that every layer file shares."""

from __future__ import annotations

import json
from itertools import groupby
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely
import shapely.geometry

from frontmap.export.provenance import about, credit_lines

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray
    from shapely.geometry.base import BaseGeometry

    from frontmap.export.assessment import Assessment
    from frontmap.export.table import Table
    from frontmap.model import Extent

#: RFC 7946 asks for no more than is meant: 1e-7 degree is about a centimetre.
DECIMALS = 7
#: What a GeoJSON says of itself beside its hash and its credits.
_TOLD = {"program", "sector", "status", "date", "baseline", "command"}


def features(table: Table) -> tuple[list[dict[str, Any]], NDArray[np.object_]]:
    """Return what a layer says of every row, and the row's geometry.

    Parameters
    ----------
    table : Table
        Any.

    Returns
    -------
    records : list of dict
        All that `frontmap.read` needs, and the measures; dates as dates, numbers as numbers,
        ``None`` where nothing is known.
    shapes : ndarray of Polygon or MultiPolygon
        On a grid of 1e-7 degree, valid, by the right-hand rule; empty where nothing is held.
    """
    extents = list(_extents(table.rows))
    records = [
        {
            "sector": extent.sector,
            "status": str(extent.status),
            "valid_from": row.valid_from,
            "valid_to": row.valid_to,
            **row.measures(compared=table.compared),
            "method": str(extent.method),
            "source": extent.source,
            "recorded_at": extent.recorded_at,
        }
        for row, extent in zip(table.rows, extents, strict=True)
    ]
    return records, _on_grid(np.array([extent.geometry for extent in extents], dtype=object))


def _extents(rows: Sequence[Assessment]) -> Iterator[Extent]:
    """Draw the extents of rows, those of a timeline together."""
    for _, found in groupby(rows, key=lambda row: id(row.timeline)):
        same = list(found)
        yield from same[0].timeline.extents[same[0].position : same[-1].position + 1]


def _on_grid(shapes: NDArray[np.object_]) -> NDArray[np.object_]:
    rounded = shapely.transform(shapes, _rounded)
    for number in np.flatnonzero(~shapely.is_valid(rounded)):
        # What is thinner than the grid falls away; all else stays where it is.
        parts = shapely.get_parts(shapely.set_precision(shapes[number], 10.0**-DECIMALS))
        kept: Any = shapely.multipolygons(parts[shapely.get_dimensions(parts) == 2])
        rounded[number] = shapely.transform(kept, _rounded)
    return np.asarray(shapely.orient_polygons(rounded))


def _rounded(points: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.round(points, DECIMALS)


def geojson_bytes(table: Table) -> bytes:
    """Return a table as GeoJSON after RFC 7946, one feature a line.

    Parameters
    ----------
    table : Table
        What to write.

    Returns
    -------
    bytes
        Longitude and latitude on WGS 84, with a ``bbox`` and, as a foreign member, the data
        set's hash, its lines of credit, what was asked for, and the command that makes it again.
    """
    records, shapes = features(table)
    head: dict[str, Any] = {
        "type": "FeatureCollection",
        "about": {
            "data_sha256": table.dataset.hash,
            "attribution": credit_lines(table),
            **{line.key: line.text for line in about(table) if line.key in _TOLD},
        },
    }
    if not shapely.is_empty(shapes).all():
        head["bbox"] = [round(float(value), DECIMALS) for value in shapely.total_bounds(shapes)]
    lines = ",\n".join(
        _json({"type": "Feature", "properties": record, "geometry": _geometry(shape)})
        for record, shape in zip(records, shapes, strict=True)
    )
    return f'{_json(head)[:-1]},"features":[\n{lines}\n]}}\n'.encode()


def _geometry(shape: BaseGeometry) -> dict[str, Any] | None:
    return None if shape.is_empty else dict(shapely.geometry.mapping(shape))


def _json(value: Any) -> str:
    return json.dumps(
        value, ensure_ascii=False, separators=(",", ":"), allow_nan=False, default=str
    )
