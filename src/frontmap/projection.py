"""Coordinate reference systems, and the way from one to another.

Geometry goes in and out in whatever form the caller holds it: one geometry, a sequence, a
GeoSeries. Longitude comes before latitude, whatever a CRS says of its axis order.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import geopandas as gpd
import numpy as np
import pandas as pd
import pyproj
import shapely
from shapely.geometry.base import BaseGeometry

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    Geometries = NDArray[np.object_]

#: Longitude, latitude on WGS 84.
LON_LAT = pyproj.CRS.from_epsg(4326)
#: Lambert azimuthal equal-area on WGS 84, centred on the region of the shipped layers.
EQUAL_AREA = pyproj.CRS.from_proj4("+proj=laea +lat_0=49 +lon_0=37 +datum=WGS84 +units=m")
UTM_36N = pyproj.CRS.from_epsg(32636)
UTM_37N = pyproj.CRS.from_epsg(32637)

#: A projected edge is followed in steps of this length on its way to longitude and latitude.
_PROJECTED_STEP_M = 100.0


def utm_crs(lon: float) -> pyproj.CRS:
    """Return the northern UTM zone on WGS 84 that holds a longitude.

    Parameters
    ----------
    lon : float
        Longitude in degrees.

    Returns
    -------
    pyproj.CRS
        One of EPSG:32601 to EPSG:32660.

    Examples
    --------
    >>> utm_crs(35.3).to_epsg(), utm_crs(37.2).to_epsg()
    (32636, 32637)
    """
    zone = int((lon + 180) // 6) % 60 + 1
    return pyproj.CRS.from_epsg(32600 + zone)


def reproject(geometries: Any, to: Any, crs: Any = None) -> Any:
    """Bring geometries to another CRS, vertex by vertex.

    Parameters
    ----------
    geometries : geometry, GeoSeries, GeoDataFrame, or sequence of geometries
        In the CRS of the GeoSeries, else in `crs`, else longitude and latitude on WGS 84.
    to : CRS
        The target, as anything that pyproj accepts: for example `UTM_36N` or `EQUAL_AREA`.
    crs : optional
        The CRS of the coordinates.

    Returns
    -------
    geometry, GeoSeries, GeoDataFrame or ndarray
        In the form of the input, in the units of the target.

    Examples
    --------
    >>> sudzha = reproject(shapely.Point(35.27, 51.19), UTM_36N)
    >>> round(sudzha.x), round(sudzha.y)
    (658625, 5673403)
    """
    source = crs_of(geometries, crs)
    if isinstance(geometries, (gpd.GeoSeries, gpd.GeoDataFrame)):
        return geometries.set_crs(source, allow_override=True).to_crs(to)
    values, _ = as_array(geometries)
    moved = _transform(values, source, pyproj.CRS.from_user_input(to))
    return moved[0] if geometries is None or isinstance(geometries, BaseGeometry) else moved


def as_array(geometries: Any) -> tuple[Geometries, Callable[[NDArray[Any]], Any]]:
    """Return geometries as an array, and a function that gives results the form of the input.

    Parameters
    ----------
    geometries : geometry, GeoSeries, GeoDataFrame, or sequence of geometries, length n
        One geometry or ``None`` counts as a sequence of one.

    Returns
    -------
    values : ndarray of geometry, shape (n,)
        The same geometries.
    rebuild : callable
        Takes an array of n results; returns a float, a Series with the same index, or the array.

    Examples
    --------
    >>> values, rebuild = as_array(shapely.Point(37, 48))
    >>> values.shape, rebuild(np.array([2.5]))
    ((1,), 2.5)
    """
    if isinstance(geometries, gpd.GeoDataFrame):
        geometries = geometries.geometry
    if isinstance(geometries, pd.Series):
        index = geometries.index
        return np.asarray(geometries, dtype=object), lambda out: pd.Series(out, index=index)
    if geometries is None or isinstance(geometries, BaseGeometry):
        single = np.empty(1, dtype=object)
        single[0] = geometries
        return single, lambda out: float(out[0])
    values = np.empty(len(geometries), dtype=object)
    values[:] = list(geometries)
    return values, lambda out: out


def crs_of(geometries: Any, crs: Any = None) -> pyproj.CRS:
    """Return the CRS named, else that of the GeoSeries, else longitude and latitude.

    Parameters
    ----------
    geometries : geometry, GeoSeries, GeoDataFrame, or sequence of geometries
        The bearer of a CRS, perhaps.
    crs : optional
        As anything that pyproj accepts; it wins.

    Returns
    -------
    pyproj.CRS
        Never ``None``.

    Examples
    --------
    >>> crs_of([shapely.Point(37, 48)]).to_epsg()
    4326
    """
    if crs is None:
        crs = getattr(geometries, "crs", None) or LON_LAT
    return pyproj.CRS.from_user_input(crs)


def as_lon_lat(values: Geometries, crs: pyproj.CRS) -> Geometries:
    """Bring geometries to longitude and latitude, along the course of their own edges.

    Parameters
    ----------
    values : ndarray of geometry, shape (n,)
        In `crs`.
    crs : pyproj.CRS
        Projected edges are followed in steps of 100 m, geographic ones by their ends.

    Returns
    -------
    ndarray of geometry, shape (n,)
        Degrees, WGS 84.

    Examples
    --------
    >>> mercator = shapely.points([[3926000.0, 6650000.0]])
    >>> shapely.get_coordinates(as_lon_lat(mercator, pyproj.CRS(3857))).round(2).tolist()
    [[35.27, 51.16]]
    """
    if crs == LON_LAT:
        return values
    if crs.is_projected:
        step = _PROJECTED_STEP_M / crs.axis_info[0].unit_conversion_factor
        values = shapely.segmentize(values, step)
    return _transform(values, crs, LON_LAT)


def _transform(values: Geometries, source: pyproj.CRS, target: pyproj.CRS) -> Geometries:
    move = pyproj.Transformer.from_crs(source, target, always_xy=True).transform
    moved: Geometries = shapely.transform(
        values, lambda points: np.column_stack(move(points[:, 0], points[:, 1]))
    )
    return moved
