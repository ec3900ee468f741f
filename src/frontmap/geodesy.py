"""Measure geometry on the WGS 84 ellipsoid.

Edges are straight in longitude and latitude, as RFC 7946 (section 3.1.1) defines them. An area
is then a boundary integral of the ellipsoid's authalic function, edge by edge; a length is the
integral of the ellipsoid's line element. Input in another CRS is brought to longitude and
latitude first: a projected edge is followed in steps of 100 m, so that it keeps its own course.

Arrays in, arrays out; a pandas index is kept. Longitude comes before latitude.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from frontmap.errors import GeometryError
from frontmap.projection import as_array, as_lon_lat, crs_of, reproject

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray
    from shapely.geometry.base import BaseGeometry

    Floats = NDArray[np.float64]

#: WGS 84: semi-major axis in metres and flattening (EPSG:7030).
SEMI_MAJOR_AXIS_M = 6_378_137.0
FLATTENING = 1 / 298.257223563
ECCENTRICITY_SQUARED = FLATTENING * (2 - FLATTENING)

_GAUSS_5_NODES, _GAUSS_5_WEIGHTS = np.polynomial.legendre.leggauss(5)
#: Edges that span more than this are cut, so that the quadrature error stays below 1e-10.
_LONGEST_EDGE_DEG = 0.125
_HALF_B_SQUARED_KM2 = 0.5 * SEMI_MAJOR_AXIS_M**2 * (1 - ECCENTRICITY_SQUARED) / 1e6
#: Powers of ``x = (e sin(lat))²`` in the authalic function over its sine, highest first:
#: ``1 / (1 - x)`` and the inverse hyperbolic tangent, added. The next term is below 1e-14.
_AUTHALIC = tuple(1 + 1 / (2 * k + 1) for k in range(6, -1, -1))
_M2_PER_KM2 = 1e6


def authalic_area_km2(lat_deg: ArrayLike) -> Floats:
    """Return the area between the equator and a latitude, per radian of longitude.

    Parameters
    ----------
    lat_deg : array_like, shape (n,)
        Geodetic latitude in degrees.

    Returns
    -------
    ndarray, shape (n,)
        Square kilometres per radian of longitude, odd in latitude.

    Notes
    -----
    Snyder (1987), Map Projections: A Working Manual, eq. 3-12, times half the squared semi-minor
    axis over ``1 - e²``, as a power series in ``(e sin(lat))²``.

    Examples
    --------
    >>> whole_ellipsoid = 4 * np.pi * authalic_area_km2([90.0])[0]
    >>> round(whole_ellipsoid)
    510065622
    """
    return _authalic_and_slope(np.asarray(lat_deg, dtype=np.float64))[0]


def _authalic_and_slope(lat_deg: Floats) -> tuple[Floats, Floats]:
    """Return the authalic function and its derivative by latitude in radians."""
    sine = np.sin(np.radians(lat_deg))
    squared = sine * sine
    x = squared * ECCENTRICITY_SQUARED
    area = np.full_like(x, _AUTHALIC[0])
    for coefficient in _AUTHALIC[1:]:
        area *= x
        area += coefficient
    area *= sine
    area *= _HALF_B_SQUARED_KM2
    # cos(lat) / (1 - x)²; it enters times the square of an edge, so x³ is enough.
    slope = np.sqrt(np.maximum(1 - squared, 0))
    slope *= 2 * _HALF_B_SQUARED_KM2 * (1 + x * (2 + x * (3 + 4 * x)))
    return area, slope


def edge_area_km2(start: Floats, end: Floats) -> Floats:
    """Return each directed edge's share of the area of the ring that it belongs to.

    The shares of a closed ring sum to its area, positive when it runs counter-clockwise. A share
    depends on its own edge alone, and an edge and its reverse cancel, so the sum may be taken in
    any order and over any selection of edges that closes.

    Parameters
    ----------
    start, end : ndarray, shape (n, 2)
        Longitude and latitude in degrees, WGS 84.

    Returns
    -------
    ndarray, shape (n,)
        Square kilometres, signed.

    Notes
    -----
    By Green's theorem the area is minus the integral of the authalic function over longitude.
    Along a straight edge it is taken by the trapezoidal rule with end correction (Abramowitz and
    Stegun 25.4.4), of fourth order, from the function and its slope at the two ends.

    Examples
    --------
    >>> square = np.array([[30.0, 50.0], [30.1, 50.0], [30.1, 50.1], [30.0, 50.1]])
    >>> round(float(edge_area_km2(square, np.roll(square, -1, axis=0)).sum()), 3)
    79.664
    """
    start, end, owner = _cut_long_edges(start, end)
    values, slopes = zip(*(_authalic_and_slope(side[:, 1]) for side in (start, end)), strict=True)
    rise, turn = end[:, 1] - start[:, 1], end[:, 0] - start[:, 0]
    share = _edge_shares(turn, rise, values[0] + values[1], slopes[1] - slopes[0])
    return share if owner is None else _sum_by_owner(share, owner, 0)


def _edge_shares(turn_deg: Floats, rise_deg: Floats, total: Floats, steeper: Floats) -> Floats:
    """Return the shares of edges from the sum of the function and the change of slope on each."""
    correction = rise_deg * steeper
    correction *= np.pi / 180 / 6
    mean_twice = total - correction
    mean_twice *= turn_deg
    mean_twice *= -np.pi / 360
    return mean_twice


def _cut_long_edges(start: Floats, end: Floats) -> tuple[Floats, Floats, NDArray[np.intp] | None]:
    """Cut edges that are too long for the quadrature; also return the edge each piece is of."""
    if not len(start):
        return start, end, None
    span = np.abs(end - start).max(axis=1)
    if span.max() <= _LONGEST_EDGE_DEG:
        return start, end, None
    pieces = np.maximum(1, np.ceil(span / _LONGEST_EDGE_DEG)).astype(np.intp)
    owner = np.repeat(np.arange(len(start)), pieces)
    place = np.arange(len(owner)) - np.repeat(np.cumsum(pieces) - pieces, pieces)
    step = (end - start)[owner] / pieces[owner, None]
    first = start[owner] + place[:, None] * step
    last = start[owner] + (place + 1)[:, None] * step
    return first, last, owner


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
    See `edge_area_km2`. Relative to a geodesic area of the same ring densified to 0.0001 degree the
    error is below 1e-10; the largest part of that is the oracle's.

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
    if not len(filled):
        return areas
    parts, geometry_of_part = shapely.get_parts(polygons[filled], return_index=True)
    rings, part_of_ring = shapely.get_rings(parts, return_index=True)
    is_shell = np.diff(part_of_ring, prepend=-1) > 0
    ring_areas = np.abs(ring_areas_km2(rings))
    signed = np.where(is_shell, ring_areas, -ring_areas)
    owner = filled[geometry_of_part[part_of_ring]]
    return _sum_by_owner(signed, owner, len(polygons))


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
    counts = shapely.get_num_coordinates(rings)
    lon, lat = np.ascontiguousarray(shapely.get_coordinates(rings).T)
    _check_range(lon, lat)
    first = np.cumsum(counts) - counts
    turn, rise = np.diff(lon, append=0.0), np.diff(lat, append=0.0)
    last = (first + counts - 1)[counts > 0]
    turn[last] = rise[last] = 0  # no edge leads from one ring to the next
    area, slope = _authalic_and_slope(lat)
    shares = _edge_shares(turn, rise, area + np.roll(area, -1), np.roll(slope, -1) - slope)
    long = np.flatnonzero(np.maximum(np.abs(turn), np.abs(rise)) > _LONGEST_EDGE_DEG)
    if len(long):
        points = np.column_stack([lon, lat])
        _check_antimeridian(points[long], points[long + 1])
        shares[long] = edge_area_km2(points[long], points[long + 1])
    areas = np.zeros(len(rings))
    filled = np.flatnonzero(counts)
    if len(filled):
        areas[filled] = np.add.reduceat(shares, first[filled])
    return areas


def _check_range(lon: Floats, lat: Floats) -> None:
    """Refuse coordinates off the globe; NaN fails every comparison."""
    if len(lon) and not (
        lon.min() >= -180 and lon.max() <= 180 and lat.min() >= -90 and lat.max() <= 90
    ):
        check_on_globe(np.column_stack([lon, lat]))


def check_on_globe(points: Floats) -> None:
    """Refuse coordinates that are no longitude and latitude.

    Parameters
    ----------
    points : ndarray, shape (n, 2)
        Longitude and latitude in degrees.

    Raises
    ------
    GeometryError
        If a value is not finite, a longitude is beyond ±180 or a latitude beyond ±90 degrees.

    Examples
    --------
    >>> check_on_globe(np.array([[37.0, 48.0]]))
    """
    fine = (np.abs(points[:, 0]) <= 180) & (np.abs(points[:, 1]) <= 90)
    if not fine.all():
        lon, lat = points[np.flatnonzero(~fine)[0]]
        raise GeometryError(
            f"({lon}, {lat}) is no longitude and latitude in degrees: name the CRS of the "
            "coordinates, or put longitude before latitude"
        )


def _sum_by_owner(values: Floats, owner: NDArray[np.intp], count: int) -> Floats:
    return np.bincount(owner, weights=values, minlength=count).astype(np.float64, copy=False)


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


def _check_antimeridian(start: Floats, end: Floats) -> None:
    leap = np.abs(end[:, 0] - start[:, 0]) > 180
    if leap.any():
        lon, lat = start[np.flatnonzero(leap)[0]]
        raise GeometryError(
            f"an edge at ({lon}, {lat}) spans more than 180 degrees of longitude: the ring crosses "
            "the antimeridian or a pole; cut it at 180 degrees (RFC 7946, section 3.1.9)"
        )


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
    The line element ``sqrt((M dlat)² + (N cos(lat) dlon)²)``, with the radii of curvature ``M`` in
    the meridian and ``N`` in the prime vertical (Snyder 1987, eqs. 4-18 and 4-20), integrated with
    five Gauss-Legendre points an edge.

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
    lengths = _sum_by_owner(_chain_lengths_km(chains), owners, len(curves))
    return rebuild(lengths)


def _chain_lengths_km(chains: NDArray[np.object_]) -> Floats:
    points, chain_of_point = shapely.get_coordinates(chains, return_index=True)
    check_on_globe(points)
    same = chain_of_point[1:] == chain_of_point[:-1]
    start, end = points[:-1][same], points[1:][same]
    _check_antimeridian(start, end)
    lengths = edge_length_km(start, end)
    return _sum_by_owner(lengths, chain_of_point[:-1][same], len(chains))


def edge_length_km(start: Floats, end: Floats) -> Floats:
    """Return the length of edges that are straight in longitude and latitude.

    Parameters
    ----------
    start, end : ndarray, shape (n, 2)
        Longitude and latitude in degrees, WGS 84.

    Returns
    -------
    ndarray, shape (n,)
        Kilometres.

    Examples
    --------
    >>> edge_length_km(np.array([[0.0, 0.0]]), np.array([[1.0, 0.0]])).round(3)
    array([111.319])
    """
    first, last, owner = _cut_long_edges(start, end)
    step = np.radians(last - first)
    total = np.zeros(len(first))
    for node, weight in zip(_GAUSS_5_NODES, _GAUSS_5_WEIGHTS, strict=True):
        lat = np.radians(first[:, 1] + (node + 1) / 2 * (last[:, 1] - first[:, 1]))
        w_squared = 1 - ECCENTRICITY_SQUARED * np.sin(lat) ** 2
        meridian = SEMI_MAJOR_AXIS_M * (1 - ECCENTRICITY_SQUARED) / w_squared**1.5
        parallel = SEMI_MAJOR_AXIS_M * np.cos(lat) / np.sqrt(w_squared)
        total += weight / 2 * np.hypot(meridian * step[:, 1], parallel * step[:, 0])
    lengths = total / 1000
    return lengths if owner is None else _sum_by_owner(lengths, owner, 0)


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
