"""Assessments as GeoParquet 1.1: typed columns with their geometry as WKB."""

from __future__ import annotations

import io
import json
from typing import TYPE_CHECKING, Any

import shapely

from frontmap.export.features import features
from frontmap.export.provenance import about

if TYPE_CHECKING:
    from frontmap.export.table import Table


def geoparquet_bytes(table: Table) -> bytes:
    """Return a table as GeoParquet.

    Parameters
    ----------
    table : Table
        What to write.

    Returns
    -------
    bytes
        Dates as ``date32``, numbers as ``double``; the geometry in longitude and latitude (OGC
        CRS84); what the workbook says of itself under the key ``frontmap``.
    """
    import pyarrow as pa
    from pyarrow import parquet

    records, shapes = features(table)
    columns = {
        name: pa.array([record[name] for record in records], _arrow_type(name))
        for name in records[0]
    }
    wkb = shapely.to_wkb(shapes, flavor="iso", byte_order=1)
    said = {
        "geo": _geo(shapes),
        "frontmap": {line.key: line.text for line in about(table)},
    }
    arrow = pa.table({**columns, "geometry": pa.array(wkb, pa.binary())})
    arrow = arrow.replace_schema_metadata(
        {key: json.dumps(value, ensure_ascii=False) for key, value in said.items()}
    )
    stream = io.BytesIO()
    parquet.write_table(arrow, stream, compression="zstd")
    return stream.getvalue()


def _arrow_type(name: str) -> Any:
    import pyarrow as pa

    if name in {"valid_from", "valid_to", "recorded_at"}:
        return pa.date32()
    return pa.float64() if name.endswith(("_km2", "_m")) else pa.string()


def _geo(shapes: Any) -> dict[str, Any]:
    """Return the metadata that makes a Parquet file a GeoParquet file; no CRS means OGC CRS84."""
    column: dict[str, Any] = {
        "encoding": "WKB",
        "geometry_types": sorted({shape.geom_type for shape in shapes}),
        "orientation": "counterclockwise",
        "edges": "planar",
    }
    if not shapely.is_empty(shapes).all():
        column["bbox"] = [float(value) for value in shapely.total_bounds(shapes)]
    return {"version": "1.1.0", "primary_column": "geometry", "columns": {"geometry": column}}
