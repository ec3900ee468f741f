"""Measure geometry on the WGS 84 ellipsoid.

Edges are straight in longitude and latitude, as RFC 7946 (section 3.1.1) defines them. An area
is then a boundary integral of the ellipsoid's authalic function, edge by edge; a length is the
integral of the ellipsoid's line element. Input in another CRS is brought to longitude and
latitude first: a projected edge is followed in steps of 100 m, so that it keeps its own course.

Arrays in, arrays out; a pandas index is kept. Longitude comes before latitude.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from frontmap.ellipsoid import edge_area_km2, edge_length_km, sums_by_owner
from frontmap.errors import GeometryError
from frontmap.globe import check_antimeridian, check_on_globe
from frontmap.projection import as_array, as_lon_lat, crs_of, reproject

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray
    from shapely.geometry.base import BaseGeometry

    Floats = NDArray[np.float64]

_M2_PER_KM2 = 1e6
#: So many points at a time: fewer cost calls; the copies of more would be taken from the system
#: and given back to it at every call, which can take as long as the measuring.
_POINTS_AT_ONCE = 32_768


def area_km2(geometries: Any, crs: Any = None) -> Any:
    """Return the area of polygons on the WGS 84 ellipsoid.

    Parameters
    ----------
    geometries : geometry, GeoSeries, GeoDataFrame, or sequence of geometries, length n
        Polygons and multipolygons, with or without holes, rings in either orientation.
        ``None`` and empty geometries have no area.
    crs : optional
        The CRS of the coordinates, as anything that pyproj accepts. By default that of the
        GeoSeries; without one, longitude and latitude on WGS 84.

    Returns
    -------
    float, Series or ndarray, shape (n,)
        Square kilometres, in the form of the input: a Series keeps its index.

    Raises
    ------
    GeometryError
        If a geometry is not a polygon, a coordinate is not finite or lies outside the globe, or a
        ring crosses the antimeridian or runs around a pole.

    Notes
    -----
    See `frontmap.ellipsoid.edge_area_km2`. Relative to a geodesic area of the same ring densified
    to 0.0001 degree the error is below 1e-10; the largest part of that is the oracle's.

    Examples
    --------
    >>> shell = shapely.box(36.0, 48.0, 37.0, 49.0)
    >>> hole = shapely.box(36.4, 48.4, 36.6, 48.6)
    >>> round(area_km2(shell), 3), round(area_km2(shell - hole), 3)
    (8217.732, 7889.019)
    """
    values, rebuild = as_array(geometries)
    polygons = as_lon_lat(values, crs_of(geometries, crs))
    return rebuild(_polygon_areas_km2(polygons))


def _polygon_areas_km2(polygons: NDArray[np.object_]) -> Floats:
    areas = np.zeros(len(polygons))
    kinds = shapely.get_type_id(polygons)
    empty = shapely.is_missing(polygons) | shapely.is_empty(polygons)
    wrong = ~empty & ~np.isin(kinds, (3, 6))
    if wrong.any():
        at = int(np.flatnonzero(wrong)[0])
        raise GeometryError(
            f"an area needs a Polygon or MultiPolygon; geometry {at} is a "
            f"{polygons[at].geom_type}: remove it or take its polygon parts"
        )
    filled = np.flatnonzero(~empty)
    for portion in _portions(polygons[filled]):
        areas[filled[portion]] = _filled_areas_km2(polygons[filled[portion]])
    return areas


def _portions(geometries: NDArray[np.object_]) -> Iterator[slice]:
    """Yield runs of geometries of so many points that what is copied of them stays in the cache."""
    portion = np.cumsum(shapely.get_num_coordinates(geometries)) // _POINTS_AT_ONCE
    ends = np.flatnonzero(np.diff(portion, append=portion[-1:] + 1)) + 1
    for first, end in pairwise([0, *ends.tolist()]):
        yield slice(first, end)


def _filled_areas_km2(polygons: NDArray[np.object_]) -> Floats:
    parts, geometry_of_part = shapely.get_parts(polygons, return_index=True)
    rings, part_of_ring = shapely.get_rings(parts, return_index=True)
    is_shell = np.diff(part_of_ring, prepend=-1) > 0
    ring_areas = np.abs(ring_areas_km2(rings))
    signed = np.where(is_shell, ring_areas, -ring_areas)
    return sums_by_owner(signed, geometry_of_part[part_of_ring], len(polygons))


def ring_areas_km2(rings: NDArray[np.object_]) -> Floats:
    """Return the signed area of closed rings, counter-clockwise positive.

    Parameters
    ----------
    rings : ndarray of LinearRing, shape (n,)
        Longitude and latitude in degrees, WGS 84.

    Returns
    -------
    ndarray, shape (n,)
        Square kilometres.

    Raises
    ------
    GeometryError
        If a coordinate is not on the globe or a ring crosses the antimeridian.

    Examples
    --------
    >>> ring = shapely.get_rings(shapely.box(36.0, 48.0, 37.0, 49.0, ccw=False))
    >>> float(ring_areas_km2(ring)[0].round(3))
    -8217.732
    """
    points = shapely.get_coordinates(rings)
    size = shapely.get_num_coordinates(rings)
    areas = np.zeros(len(rings))
    if not len(points):
        return areas
    last = np.cumsum(size) - 1
    _check_points(points, last)
    shares = edge_area_km2(points[:-1], points[1:])
    shares[last[:-1]] = 0  # no edge leads from one ring to the next
    filled = np.flatnonzero(size)
    areas[filled] = np.add.reduceat(shares, (last - size + 1)[filled])
    return areas


def _check_points(points: Floats, last: NDArray[Any]) -> None:
    """Refuse rings off the globe or over the antimeridian; NaN fails every comparison."""
    if points.min() >= -90 and points.max() <= 90:
        return  # whichever of the two a number is, it is fine, and no edge can leap
    check_on_globe(points)
    inner = np.delete(np.arange(len(points)), last)
    check_antimeridian(points[inner], points[inner + 1])


def check_measurable(shape: BaseGeometry) -> None:
    """Refuse a geometry that has no well-defined area as it stands.

    Parameters
    ----------
    shape : geometry
        Longitude and latitude in degrees, WGS 84; not empty.

    Raises
    ------
    GeometryError
        If it is no polygon, a coordinate is not on the globe, or a ring crosses the antimeridian
        or runs around a pole.

    Examples
    --------
    >>> check_measurable(shapely.box(36, 48, 37, 49))
    """
    west, south, east, north = shape.bounds
    narrow = west >= -180 and east <= 180 and east - west <= 180 and south >= -90 and north <= 90
    # Within one half of the globe no edge can leap over the antimeridian.
    if (
        not (narrow and shape.geom_type in {"Polygon", "MultiPolygon"})
        or not np.isfinite(shapely.get_coordinates(shape)).all()
    ):
        area_km2(shape)


def length_km(lines: Any, crs: Any = None) -> Any:
    """Return the length of lines on the WGS 84 ellipsoid; of polygons, that of their rings.

    Parameters
    ----------
    lines : geometry, GeoSeries, GeoDataFrame, or sequence of geometries, length n
        Lines or polygons. ``None`` and empty geometries have no length.
    crs : optional
        The CRS of the coordinates; see `area_km2`.

    Returns
    -------
    float, Series or ndarray, shape (n,)
        Kilometres, in the form of the input.

    Raises
    ------
    GeometryError
        If a geometry is a point or a collection, or a coordinate is not on the globe.

    Notes
    -----
    See `frontmap.ellipsoid.edge_length_km`.

    Examples
    --------
    >>> round(length_km(shapely.LineString([(37.0, 48.0), (37.0, 49.0)])), 3)
    111.2
    """
    values, rebuild = as_array(lines)
    curves = as_lon_lat(values, crs_of(lines, crs))
    kinds = shapely.get_type_id(curves)
    if np.isin(kinds, (0, 4, 7)).any():
        raise GeometryError("a length needs lines or polygons: remove points and collections")
    pieces, owner = shapely.get_parts(curves, return_index=True)
    is_polygon = shapely.get_type_id(pieces) == 3
    rings, polygon_of_ring = shapely.get_rings(pieces[is_polygon], return_index=True)
    chains = np.concatenate([pieces[~is_polygon], rings])
    owners = np.concatenate([owner[~is_polygon], owner[is_polygon][polygon_of_ring]])
    lengths = sums_by_owner(_chain_lengths_km(chains), owners, len(curves))
    return rebuild(lengths)


def _chain_lengths_km(chains: NDArray[np.object_]) -> Floats:
    points, chain_of_point = shapely.get_coordinates(chains, return_index=True)
    check_on_globe(points)
    same = chain_of_point[1:] == chain_of_point[:-1]
    start, end = points[:-1][same], points[1:][same]
    check_antimeridian(start, end)
    lengths = edge_length_km(start, end)
    return sums_by_owner(lengths, chain_of_point[:-1][same], len(chains))


def planar_area_error(geometries: Any, to: Any, crs: Any = None) -> Any:
    """Return how far a plane area in a projection lies from the ellipsoid's.

    Parameters
    ----------
    geometries : geometry, GeoSeries, GeoDataFrame, or sequence of geometries
        Polygons.
    to : CRS
        The projection to judge.
    crs : optional
        The CRS of the coordinates.

    Returns
    -------
    float, Series or ndarray
        Plane area over ellipsoidal area, less one: 1.5 means two and a half times too large.

    Notes
    -----
    Edges are followed in steps of at most 0.001 degree, so that the figure is the projection's
    distortion and not the bend of long edges.

    Examples
    --------
    >>> from frontmap.projection import EQUAL_AREA
    >>> kursk = shapely.box(34.9, 51.1, 35.4, 51.4)
    >>> [round(planar_area_error(kursk, crs), 4) for crs in (3857, 32636, EQUAL_AREA)]
    [1.5488, -0.0002, -0.0]
    """
    values, rebuild = as_array(geometries)
    polygons = as_lon_lat(values, crs_of(geometries, crs))
    flat = reproject(shapely.segmentize(polygons, 0.001), to)
    return rebuild(shapely.area(flat) / _M2_PER_KM2 / _polygon_areas_km2(polygons) - 1)
