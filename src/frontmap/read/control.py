"""Read extents from a vector file, and mend or refuse what is wrong with them."""

from __future__ import annotations

import datetime as dt
import math
import os
import warnings
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any, NamedTuple

import geopandas as gpd
import numpy as np
import pandas as pd
import pyogrio
import pyproj
import shapely

from frontmap.errors import DataError, GeometryError
from frontmap.geodesy import area_km2, check_measurable
from frontmap.model import Extent, Method, Repair, Status
from frontmap.projection import as_lon_lat
from frontmap.read.dated import told_by_name
from frontmap.read.geojson import plain_features
from frontmap.timeline import as_date

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from numpy.typing import NDArray
    from shapely.geometry.base import BaseGeometry

    from frontmap.read.points import Points

    Rows = list[dict[str, Any]]
    Geometries = NDArray[np.object_]

#: The endings of files that are taken for layers when a folder is read.
SUFFIXES = frozenset({".geojson", ".json", ".gpkg", ".shp", ".fgb", ".parquet"})
#: Warnings about rings that cannot be built; such a geometry is refused, by its feature.
_UNSOUND = "Non closed ring|invalid value encountered in from_wkb"
#: What every feature must say of itself.
REQUIRED = ("sector", "status", "valid_from", "source", "method", "positional_error_m")


class Layer(NamedTuple):
    """One file as it was parsed: the properties and the geometry of each feature."""

    file: Path
    rows: Rows
    shapes: Geometries


def parse(file: Path, points: Points | None = None) -> Layer:
    """Parse one file.

    Parameters
    ----------
    file : Path
        A vector file with the properties of `REQUIRED` and perhaps ``recorded_at``, in any CRS.
    points : Points, optional
        Those of the files before, so that what comes back is not parsed again.

    Returns
    -------
    Layer
        Geometry in longitude and latitude, not yet checked.

    Raises
    ------
    DataError
        If the file cannot be read or a property is missing.
    """
    return Layer(file, *_complete(*_features(file, points), file))


def are_valid(layers: Sequence[Layer]) -> list[NDArray[np.bool_]]:
    """Tell which geometries of files are valid; all processors look at once.

    Parameters
    ----------
    layers : sequence of Layer
        As many files as there are.

    Returns
    -------
    list of ndarray of bool
        For each file one value a feature.
    """
    shapes = np.concatenate([layer.shapes for layer in layers])
    with ThreadPoolExecutor() as pool:
        portions = np.array_split(shapes, 4 * (os.cpu_count() or 1))
        valid = np.concatenate(list(pool.map(shapely.is_valid, portions)))
    return np.split(valid, np.cumsum([len(layer.shapes) for layer in layers])[:-1])


def extents_of(
    layer: Layer, valid: NDArray[np.bool_] | None = None
) -> tuple[list[Extent], list[Repair]]:
    """Return every extent of one file.

    Parameters
    ----------
    layer : Layer
        From `parse`.
    valid : ndarray of bool, optional
        From `are_valid`.

    Returns
    -------
    extents : list of Extent
        In the order of the file; valid geometry, right-hand rule, longitude and latitude.
    repairs : list of Repair
        What was mended.

    Raises
    ------
    DataError
        If a property is wrong, or a geometry is no area.

    Examples
    --------
    >>> from frontmap.read import SHIPPED
    >>> extents, repairs = extents_of(parse(SHIPPED / "control" / "kursk.geojson"))
    >>> extents[0].sector, repairs
    ('kursk', [])
    """
    if valid is None:
        (valid,) = are_valid([layer])
    extents: list[Extent] = []
    repairs: list[Repair] = []
    for number, (row, shape) in enumerate(zip(layer.rows, layer.shapes, strict=True)):
        where = f"{layer.file}: feature {number}"
        geometry, mended = sound_geometry(shape, where, valid=bool(valid[number]))
        extents.append(_extent(row, geometry, where))
        repairs += mended
    return extents, repairs


def _features(file: Path, points: Points | None) -> tuple[Rows, Geometries]:
    """Return the properties and the geometry of each feature, in longitude and latitude."""
    if file.suffix.lower() in {".geojson", ".json"}:
        try:
            plain = plain_features(file.read_text(encoding="utf-8-sig"), points)
        except (OSError, UnicodeDecodeError):
            plain = None
        if plain is not None:
            return plain
    table = _read_table(file)
    crs = pyproj.CRS.from_user_input(table.crs or 4326)
    shapes = as_lon_lat(table.geometry.to_numpy(dtype=object), crs)
    rows = table.drop(columns=table.geometry.name).to_dict("records")
    return [{str(name): value for name, value in row.items()} for row in rows], shapes


def _complete(rows: Rows, shapes: Geometries, file: Path) -> tuple[Rows, Geometries]:
    """Add what the features do not state and the file's name does; one extent a dated file."""
    stated = set().union(*rows) if rows else set(REQUIRED)
    missing = [name for name in REQUIRED if name not in stated]
    told = told_by_name(file) if missing else {}
    if missing and not told:
        raise DataError(f"{file}: the features have no {', '.join(missing)}")
    if len(missing) == len(REQUIRED) and len(rows) > 1:
        rows = [{}]
        shapes = np.array([shapely.union_all(shapes[~shapely.is_missing(shapes)])], dtype=object)
    nothing = dict.fromkeys(REQUIRED)
    added = {name: told[name] for name in missing}
    return [{**nothing, **row, **added} for row in rows], shapes


def _read_table(file: Path) -> gpd.GeoDataFrame:
    try:
        table = gpd.read_parquet(file) if file.suffix.lower() == ".parquet" else _read_layer(file)
    except shapely.GEOSException:
        at = _first_unsound(file)
        raise DataError(f"{file}: feature {at}: a ring is open, too short or not finite") from None
    except (pyogrio.errors.DataSourceError, pyogrio.errors.DataLayerError, ValueError) as error:
        reason = str(error).split(";")[0].splitlines()[0]
        raise DataError(f"{file}: cannot be read as a vector file ({reason})") from None
    if not isinstance(table, gpd.GeoDataFrame):
        raise DataError(f"{file}: has no geometry")
    return table


def _read_layer(file: Path) -> gpd.GeoDataFrame:
    layers = [str(name) for name, _ in pyogrio.list_layers(file)]
    if len(layers) > 1:
        raise DataError(f"{file}: holds several layers ({', '.join(layers)}): keep one a file")
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", _UNSOUND, RuntimeWarning)
        return gpd.read_file(file)


def _first_unsound(file: Path) -> int:
    """Return the number of the first feature whose geometry cannot be built."""
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", _UNSOUND, RuntimeWarning)
        shapes = pyogrio.raw.read(file, columns=[])[2]
        built = shapely.from_wkb(shapes, on_invalid="ignore")
    return next(
        at
        for at, (raw, shape) in enumerate(zip(shapes, built, strict=True))
        if raw and shape is None
    )


def _extent(row: Mapping[str, Any], geometry: BaseGeometry, where: str) -> Extent:
    """Parse the properties of one feature."""
    for name in REQUIRED:
        if not pd.api.types.is_scalar(row[name]):
            raise DataError(f"{where}: {name} is a list or an object: give it one value")
        unknown = name == "positional_error_m" and row["status"] == Status.UNSTATED
        if not unknown and (pd.isna(row[name]) or row[name] == ""):
            raise DataError(f"{where}: {name} is empty")
    recorded = row.get("recorded_at")
    try:
        return Extent(
            sector=str(row["sector"]),
            status=Status(row["status"]),
            valid_from=_day(row["valid_from"]),
            source=str(row["source"]),
            method=Method(row["method"]),
            positional_error_m=_metres(row["positional_error_m"]),
            geometry=geometry,
            recorded_at=_day(recorded) if recorded and recorded == recorded else None,  # noqa: PLR0124
        )
    except (ValueError, DataError) as error:
        raise DataError(f"{where}: {error}") from None


def _day(value: Any) -> dt.date:
    """Read a day; a time of day is dropped, as GDAL gives one to dates of some formats."""
    if isinstance(value, str) and "T" in value:
        value = dt.datetime.fromisoformat(value)
    return as_date(value.date() if hasattr(value, "date") else value)


def _metres(value: Any) -> float:
    metres = math.nan if value is None else float(value)
    if not (math.isnan(metres) or (math.isfinite(metres) and metres >= 0)):
        raise ValueError(f"positional_error_m {value!r} is no length in metres")
    return metres


def sound_geometry(
    shape: BaseGeometry | None, where: str, *, valid: bool | None = None
) -> tuple[BaseGeometry, list[Repair]]:
    """Return an area as valid geometry by the right-hand rule, and what had to be mended.

    Parameters
    ----------
    shape : geometry or None
        Longitude and latitude. ``None`` is an empty area.
    where : str
        Named in errors and in the ledger.
    valid : bool, optional
        Whether it is valid, where that is known.

    Returns
    -------
    geometry : Polygon or MultiPolygon
        Valid; shells counter-clockwise, holes clockwise (RFC 7946, section 3.1.6).
    repairs : list of Repair
        At most one.

    Raises
    ------
    DataError
        If the geometry has no area to keep, or cannot be measured.

    Examples
    --------
    >>> bow_tie = shapely.Polygon([(36, 48), (37, 49), (37, 48), (36, 49)])
    >>> geometry, repairs = sound_geometry(bow_tie, "here")
    >>> geometry.is_valid, repairs[0].what
    (True, 'Self-intersection')
    """
    if shape is None or shape.is_empty:
        return shapely.MultiPolygon(), []
    try:
        check_measurable(shape)
    except GeometryError as error:
        raise DataError(f"{where}: {error}") from None
    repairs = []
    if not (shape.is_valid if valid is None else valid):
        before = area_km2(shape)
        reason = shapely.is_valid_reason(shape).split("[")[0]
        parts = shapely.get_parts(shapely.make_valid(shape, method="structure"))
        shape = shapely.union_all(parts[shapely.get_dimensions(parts) == 2])
        if shape.is_empty:
            raise DataError(f"{where}: {reason}, and nothing is left of it when mended")
        repairs.append(Repair(where, reason, area_km2(shape) - before))
    return shapely.orient_polygons(shape), repairs
