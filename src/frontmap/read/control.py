"""Read extents from a vector file, and mend or refuse what is wrong with them."""

from __future__ import annotations

import datetime as dt
import math
import os
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import pandas as pd
import shapely

from frontmap.errors import DataError, GeometryError
from frontmap.geodesy import area_km2, check_measurable
from frontmap.model import Extent, Method, Repair, Status
from frontmap.read.dated import told_by_name
from frontmap.read.document import check_signs
from frontmap.read.vector import vector_features
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
#: What every feature must say of itself.
REQUIRED = ("sector", "status", "valid_from", "source", "method", "positional_error_m")


class Layer(NamedTuple):
    """One file as it was parsed: the properties and the geometry of each feature."""

    file: Path
    rows: Rows
    shapes: Geometries
    #: Whether no feature has any of `REQUIRED`, or there is none.
    states_nothing: bool = False
    #: What was mended before features were united.
    repairs: tuple[Repair, ...] = ()


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
    try:
        f"{file}{file.resolve().parent.name}".encode()
    except UnicodeEncodeError:
        named = str(file).encode(errors="backslashreplace").decode()
        raise DataError(f"{named}: its name or its folder's is not UTF-8: rename it") from None
    return _complete(*vector_features(file, points), file)


def with_empty_days(layers: Sequence[Layer]) -> list[Layer]:
    """Give dated files without features an extent without area.

    Parameters
    ----------
    layers : sequence of Layer
        All files of a folder.

    Returns
    -------
    list of Layer
        The same where any file states properties: nobody could tell whose ground an empty file
        means.
    """
    if not all(layer.states_nothing for layer in layers):
        return list(layers)
    nothing = np.array([None], dtype=object)
    return [
        layer._replace(rows=[told], shapes=nothing)
        if not layer.rows and (told := told_by_name(layer.file))
        else layer
        for layer in layers
    ]


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
    repairs = list(layer.repairs)
    for number, (row, shape) in enumerate(zip(layer.rows, layer.shapes, strict=True)):
        where = f"{layer.file}: feature {number}"
        geometry, mended = sound_geometry(shape, where, valid=bool(valid[number]))
        extents.append(_extent(row, geometry, where))
        repairs += mended
    return extents, repairs


def _complete(rows: Rows, shapes: Geometries, file: Path) -> Layer:
    """Add what the features do not state and the file's name does; one extent a dated file."""
    if not rows:
        return Layer(file, rows, shapes, states_nothing=True)
    stated = set().union(*rows)
    missing = [name for name in REQUIRED if name not in stated]
    told = told_by_name(file) if missing else {}
    if missing and not told:
        raise DataError(f"{file}: the features have no {', '.join(missing)}")
    states_nothing = len(missing) == len(REQUIRED)
    repairs: list[Repair] = []
    if states_nothing and len(rows) > 1:
        rows, (shapes, repairs) = [{}], _as_one(shapes, file)
    nothing = dict.fromkeys(REQUIRED)
    added = {name: told[name] for name in missing}
    rows = [{**nothing, **row, **added} for row in rows]
    return Layer(file, rows, shapes, states_nothing, tuple(repairs))


def _as_one(shapes: Geometries, file: Path) -> tuple[Geometries, list[Repair]]:
    """Unite the features of a day; only sound ones can be."""
    repairs: list[Repair] = []
    parts = []
    for number, (shape, valid) in enumerate(zip(shapes, shapely.is_valid(shapes), strict=True)):
        part, mended = sound_geometry(shape, f"{file}: feature {number}", valid=bool(valid))
        parts.append(part)
        repairs += mended
    return np.array([shapely.union_all(parts)], dtype=object), repairs


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
        check_signs(row)
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
    except (ValueError, TypeError, OverflowError, DataError) as error:
        raise DataError(f"{where}: {error}") from None


def _day(value: Any) -> dt.date:
    """Read a day; a time of day is dropped, as GDAL gives one to dates of some formats."""
    if isinstance(value, str) and "T" in value:
        value = dt.datetime.fromisoformat(value)
    return as_date(value.date() if hasattr(value, "date") else value)


def _metres(value: Any) -> float:
    if hasattr(value, "year"):
        raise ValueError(f"positional_error_m {value} is a date: give it a length in metres")
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
