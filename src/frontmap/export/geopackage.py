"""Assessments as a GeoPackage that QGIS opens with its styles and its temporal controller set."""

from __future__ import annotations

import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pyogrio
import pyogrio.raw
import shapely

from frontmap.export.layers import layers

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from frontmap.export.layers import Layer
    from frontmap.export.table import Table

#: What a column holds, where its name tells it; all others hold text.
_DATES = frozenset(
    {"valid_from", "valid_to", "recorded_at", "date", "date_end", "date_start", "assessed"}
)
_WHOLE = frozenset({"population", "rank"})
#: GDAL's sign for times in UTC.
_UTC = 100
_NUMBERS = frozenset({"value", "difference"})


def geopackage_bytes(table: Table) -> bytes:
    """Return a table as a GeoPackage.

    Parameters
    ----------
    table : Table
        What to write.

    Returns
    -------
    bytes
        The layers ``sectors``, ``control``, ``front``, ``places``, ``event_lines`` and ``events``
        in longitude and latitude, the tables ``claims``, ``sources`` and ``about``, and a default
        style for each layer.
    """
    day = table.dataset.span[1]
    with tempfile.TemporaryDirectory() as folder, _clock_stopped_at(day):
        file = Path(folder) / "table.gpkg"
        for layer in layers(table):
            _write(file, layer, day)
        return file.read_bytes()


@contextmanager
def _clock_stopped_at(day: dt.date) -> Iterator[None]:
    """Let GDAL write one day for now, and index in one thread: the same bytes every time."""
    wanted = {
        "OGR_CURRENT_DATE": f"{day.isoformat()}T00:00:00.000Z",
        "OGR_GPKG_ALLOW_THREADED_RTREE": "NO",
        "OGR_SQLITE_SYNCHRONOUS": "OFF",  # the file is thrown away
    }
    before = {name: pyogrio.get_gdal_config_option(name) for name in wanted}
    pyogrio.set_gdal_config_options(wanted)
    try:
        yield
    finally:
        pyogrio.set_gdal_config_options(before)


def _write(file: Path, layer: Layer, day: dt.date) -> None:
    wkb = None
    if layer.kind is not None:
        shapes = np.array([*layer.shapes, None], dtype=object)[:-1]
        wkb = shapely.to_wkb(shapes, flavor="iso", byte_order=1)
    values = [_values(name, [row[name] for row in layer.rows], day) for name in layer.columns]
    pyogrio.raw.write(
        file,
        wkb,
        field_data=[value for value, _ in values],
        fields=list(layer.columns),
        field_mask=[mask for _, mask in values],
        layer=layer.name,
        driver="GPKG",
        geometry_type=layer.kind,
        crs=None if layer.kind is None else "EPSG:4326",
        append=file.exists(),
        gdal_tz_offsets={"update_time": np.full(len(layer.rows), _UTC)},
        dataset_options={"VERSION": "1.3"},  # the newest that older programs know
        layer_options={"FID": "id" if layer.name == "layer_styles" else "fid"},
    )


def _values(
    name: str, values: Sequence[Any], day: dt.date
) -> tuple[NDArray[Any], NDArray[np.bool_]]:
    """Return a column typed by its name, and where it is unknown."""
    unknown = np.array([value is None for value in values], dtype=bool)
    if name in _DATES:
        return np.array([value or day for value in values], dtype="datetime64[D]"), unknown
    if name == "update_time":
        return np.array(values, dtype="datetime64[ms]"), unknown
    if name == "useAsDefault":
        return np.array(values, dtype=bool), unknown
    if name in _WHOLE:
        return np.array([value or 0 for value in values], dtype=np.int64), unknown
    if name in _NUMBERS or name.endswith(("_km2", "_km", "_m", "_deg")):
        return np.array([value or 0.0 for value in values], dtype=np.float64), unknown
    return np.array([*(None if v is None else str(v) for v in values), None], object)[:-1], unknown
