"""Vector files of any form, brought to longitude and latitude."""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import numpy as np
import pyogrio
import pyproj
import shapely

from frontmap.errors import DataError
from frontmap.projection import LON_LAT, as_lon_lat
from frontmap.read.document import check_document
from frontmap.read.geojson import plain_features

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

    from frontmap.read.points import Points

    Rows = list[dict[str, Any]]
    Geometries = NDArray[np.object_]

#: Warnings about rings that cannot be built; such a geometry is refused, by its feature.
_UNSOUND = "Non closed ring|invalid value encountered in from_wkb"
#: No projection of the globe reaches so far.
_FARTHEST_M = 1e8


def vector_features(file: Path, points: Points | None = None) -> tuple[Rows, Geometries]:
    """Read a vector file of any form.

    Parameters
    ----------
    file : Path
        GeoJSON, GeoParquet, or what GDAL can read.
    points : Points, optional
        Those of the files before, so that what comes back is not parsed again.

    Returns
    -------
    rows : list of dict
        The properties of each feature.
    shapes : ndarray of geometry or None
        In longitude and latitude, not yet checked.

    Raises
    ------
    DataError
        If the file or its CRS cannot be used.
    """
    is_json = _is_json(file)
    crs = None
    if is_json:
        data = file.read_bytes()
        try:
            text, sound = data.decode("utf-8-sig"), True
        except UnicodeDecodeError:
            text, sound = data.decode("utf-8-sig", errors="replace"), False
        plain = plain_features(text, points) if sound else None
        if plain is not None:
            return plain
        if sound or text.lstrip().startswith("{"):
            crs = check_document(text, file)
    table = _read_table(file, is_json=is_json)
    shapes = _lon_lat(table.geometry.to_numpy(dtype=object), crs or table.crs or LON_LAT, file)
    rows = table.drop(columns=table.geometry.name).to_dict("records")
    return [{str(name): value for name, value in row.items()} for row in rows], shapes


def _is_json(file: Path) -> bool:
    """Tell JSON by its name, or by its first sign: GDAL looks at what a file holds."""
    if file.suffix.lower() in {".geojson", ".json"}:
        return True
    with file.open("rb") as stream:
        return stream.read(64).lstrip(b"\xef\xbb\xbf\x1e \t\r\n").startswith(b"{")


def _lon_lat(shapes: Geometries, crs: Any, file: Path) -> Geometries:
    try:
        flat = _horizontal(pyproj.CRS.from_user_input(crs))
        if flat is None:
            raise DataError(
                f"{file}: the CRS {crs.name!r} is neither geographic nor projected: use EPSG:4326"
            )
        if flat != LON_LAT:
            _check_reach(shapes, flat, file)
        return as_lon_lat(shapes, flat)
    except pyproj.exceptions.ProjError as error:
        reason = _first_line(error)
        raise DataError(f"{file}: its CRS cannot be used ({reason}): use EPSG:4326") from None


def _horizontal(crs: pyproj.CRS) -> pyproj.CRS | None:
    """Return what a CRS says of longitude and latitude, or of a map; ``None`` if nothing."""
    while crs.is_compound:
        crs = crs.sub_crs_list[0]
    usable = (crs.is_geographic or crs.is_projected) and not crs.is_geocentric
    return crs if usable else None


def _check_reach(shapes: Geometries, crs: pyproj.CRS, file: Path) -> None:
    """Refuse coordinates that no map has; along their edges steps without end would be taken."""
    coordinates, feature = shapely.get_coordinates(shapes, return_index=True)
    unit = crs.axis_info[0].unit_conversion_factor if crs.is_projected else 1.0
    off = ~(np.abs(coordinates) * unit < _FARTHEST_M).all(axis=1)
    if off.any():
        first = np.flatnonzero(off)[0]
        x, y = coordinates[first]
        raise DataError(
            f"{file}: feature {feature[first]}: {x:g}, {y:g} is no place in {crs.name}: "
            "check the CRS"
        )


def _read_table(file: Path, *, is_json: bool) -> gpd.GeoDataFrame:
    try:
        with warnings.catch_warnings():
            warnings.filterwarnings("ignore", _UNSOUND, RuntimeWarning)
            if file.suffix.lower() == ".parquet":
                table = _read_parquet(file)
            else:
                _check_form(file, is_json=is_json)
                table = gpd.read_file(file)
    except shapely.GEOSException:
        at = _first_unsound(file)
        raise DataError(f"{file}: feature {at}: a ring is open, too short or not finite") from None
    except pyproj.exceptions.ProjError as error:
        reason = _first_line(error)
        raise DataError(f"{file}: its CRS cannot be used ({reason}): use EPSG:4326") from None
    except (RuntimeError, ValueError, OSError) as error:
        reason = _first_line(error).split(";")[0]
        raise DataError(f"{file}: cannot be read as a vector file ({reason})") from None
    if not isinstance(table, gpd.GeoDataFrame):
        raise DataError(f"{file}: has no geometry")
    return table


def _first_line(error: Exception) -> str:
    return next(iter(str(error).splitlines()), type(error).__name__)


def _read_parquet(file: Path) -> gpd.GeoDataFrame:
    try:
        return gpd.read_parquet(file)
    except shapely.GEOSException:
        raise ValueError("a ring is open, too short or not finite") from None
    except (LookupError, TypeError, AttributeError, ImportError, NotImplementedError) as error:
        raise ValueError(_first_line(error)) from None


def _check_form(file: Path, *, is_json: bool) -> None:
    layers = [str(name) for name, _ in pyogrio.list_layers(file)]
    if len(layers) > 1:
        raise DataError(f"{file}: holds several layers ({', '.join(layers)}): keep one a file")
    if not is_json and "JSON" in pyogrio.read_info(file)["driver"]:
        raise DataError(f"{file}: is GeoJSON inside another file: unpack it")


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
