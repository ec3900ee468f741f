"""Edges on the WGS 84 ellipsoid: what each adds to an area or a length.

An edge is straight in longitude and latitude. All functions take and return flat arrays, one
value an edge, so that shares may be summed over any selection.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.polynomial import chebyshev, polynomial

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import ArrayLike, NDArray

    Floats = NDArray[np.float64]

#: WGS 84: semi-major axis in metres and flattening (EPSG:7030).
SEMI_MAJOR_AXIS_M = 6_378_137.0
FLATTENING = 1 / 298.257223563
ECCENTRICITY_SQUARED = FLATTENING * (2 - FLATTENING)

_GAUSS_5_NODES, _GAUSS_5_WEIGHTS = np.polynomial.legendre.leggauss(5)
#: Edges that span more than this are cut, so that an error of quadrature stays below 1e-10.
_LONGEST_SPAN_DEG = 0.125
#: Above this squared rise Taylor's series is not good to 2e-13: its next term is r⁴ q⁗ / 1920.
_TALL = 0.25**2
#: Up to this rise five points give an area to the last digit.
_TALLEST_DEG = 20.0
#: So many edges at a time keep what is computed on the way within the processor's cache.
_EDGES_AT_ONCE = 16_384


def _authalic_km2(lat: Floats) -> Floats:
    """Return the authalic function of latitudes in radians."""
    e, sine = np.sqrt(ECCENTRICITY_SQUARED), np.sin(lat)
    scale = 0.5 * SEMI_MAJOR_AXIS_M**2 * (1 - ECCENTRICITY_SQUARED) / 1e6
    area: Floats = scale * (sine / (1 - (e * sine) ** 2) + np.arctanh(e * sine) / e)
    return area


def _odd_polynomial(function: Callable[[Floats], Floats], degree: int) -> Floats:
    """Interpolate an odd function of latitude, at Chebyshev's points from pole to pole.

    Returns the coefficients of the odd powers.
    """
    quarter = np.pi / 2
    points = chebyshev.chebpts1(degree + 1)
    waves = chebyshev.chebfit(points, function(points * quarter), degree)
    waves[::2] = 0
    odd = chebyshev.cheb2poly(waves)[1::2] / quarter ** np.arange(1, degree + 1, 2)
    return odd.astype(np.float64, copy=False)


def _second_derivative(odd: Floats) -> Callable[[Floats], Floats]:
    """Derive a polynomial of odd powers twice."""
    power = 2 * np.arange(len(odd)) + 1
    derived = (odd * power * (power - 1))[1:]

    def second(x: Floats) -> Floats:
        value: Floats = x * polynomial.polyval(x * x, derived)
        return value

    return second


def _edge_polynomials() -> tuple[Floats, Floats]:
    """Return the authalic function and a 24th of its second derivative, by odd powers.

    Of the sum of two latitudes in degrees, per degree of longitude; the second one also per
    squared degree of rise.
    """
    middle, radian = np.pi / 360, np.pi / 180
    value = _odd_polynomial(_authalic_km2, 21)
    second = _odd_polynomial(_second_derivative(_odd_polynomial(_authalic_km2, 25)), 11)
    return (
        value * middle ** (2 * np.arange(len(value)) + 1) * radian,
        second * middle ** (2 * np.arange(len(second)) + 1) * radian**3 / 24,
    )


_VALUE, _SECOND = _edge_polynomials()


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
    Snyder (1987), Map Projections: A Working Manual, eq. 3-12, times half the squared semi-major
    axis.

    Examples
    --------
    >>> whole_ellipsoid = 4 * np.pi * authalic_area_km2([90.0])[0]
    >>> round(whole_ellipsoid)
    510065622
    """
    return _authalic_km2(np.radians(np.asarray(lat_deg, dtype=np.float64)))


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
    By Green's theorem the area is minus the integral of the authalic function q over longitude.
    Along a straight edge that is the mean of q between its latitudes, here by Taylor's series at
    the middle latitude: with the rise r, ``q + r² q″ / 24``. Both are polynomials in the latitude,
    within 2e-14 of the function. For an edge that rises more than 0.25 degree the mean is taken
    at five Gauss-Legendre points.

    Examples
    --------
    >>> square = np.array([[30.0, 50.0], [30.1, 50.0], [30.1, 50.1], [30.0, 50.1]])
    >>> round(float(edge_area_km2(square, np.roll(square, -1, axis=0)).sum()), 3)
    79.664
    """
    shares, tall = _shares(start, end)
    if len(tall):
        shares[tall] = _tall_shares(start[tall], end[tall])
    return shares


def _tall_shares(start: Floats, end: Floats) -> Floats:
    """Return the shares of edges that rise much, by Gauss and Legendre's points."""
    rise = np.abs(end[:, 1] - start[:, 1])
    first, last, owner = _pieces(start, end, np.ceil(rise / _TALLEST_DEG))
    mean = np.zeros(len(first))
    # Not by a product of matrices: a share must not depend on the edges beside its own.
    for node, weight in zip(_GAUSS_5_NODES, _GAUSS_5_WEIGHTS, strict=True):
        lat = first[:, 1] + (node + 1) / 2 * (last[:, 1] - first[:, 1])
        mean += weight / 2 * authalic_area_km2(lat)
    return sums_by_owner(mean * np.radians(first[:, 0] - last[:, 0]), owner, len(start))


def _shares(start: Floats, end: Floats) -> tuple[Floats, NDArray[np.intp]]:
    """Return the shares of edges that rise little, and which edges rise too much for that."""
    shares = np.empty(len(start))
    room = np.empty((4, min(_EDGES_AT_ONCE, len(start))))
    tall = [np.empty(0, dtype=np.intp)]
    for first in range(0, len(start), _EDGES_AT_ONCE):
        part = slice(first, min(first + _EDGES_AT_ONCE, len(start)))
        squared_rise = _fill_shares(start[part], end[part], shares[part], room)
        if squared_rise.max() > _TALL:
            tall.append(first + np.flatnonzero(squared_rise > _TALL))
    return shares, np.concatenate(tall)


def _fill_shares(start: Floats, end: Floats, shares: Floats, room: Floats) -> Floats:
    """Compute shares in place, for memory that is used again is fast; return the squared rises."""
    both, square, rise, term = room[:, : len(start)]
    np.add(start[:, 1], end[:, 1], out=both)
    np.multiply(both, both, out=square)
    np.subtract(end[:, 1], start[:, 1], out=rise)
    squared_rise: Floats = np.multiply(rise, rise, out=rise)
    mean = _polynomial(_SECOND, square, shares)
    mean *= squared_rise
    mean += _polynomial(_VALUE, square, term)
    mean *= both
    np.subtract(start[:, 0], end[:, 0], out=term)
    mean *= term
    return squared_rise


def _polynomial(coefficients: Floats, x: Floats, out: Floats) -> Floats:
    """Return a polynomial by Horner's rule, in `out`."""
    np.multiply(x, coefficients[-1], out=out)
    for coefficient in coefficients[-2:0:-1]:
        out += coefficient
        out *= x
    out += coefficients[0]
    return out


def _pieces(start: Floats, end: Floats, count: Floats) -> tuple[Floats, Floats, NDArray[np.intp]]:
    """Cut each edge into so many pieces; return their ends, and the edge each piece is of."""
    times = np.maximum(1, count).astype(np.intp)
    owner = np.repeat(np.arange(len(start)), times)
    place = np.arange(len(owner)) - np.repeat(np.cumsum(times) - times, times)
    step = (end - start)[owner] / times[owner, None]
    first = start[owner] + place[:, None] * step
    return first, start[owner] + (place + 1)[:, None] * step, owner


def sums_by_owner(values: Floats, owner: NDArray[np.intp], count: int) -> Floats:
    """Return the sum of the values of each owner.

    Parameters
    ----------
    values : ndarray, shape (n,)
        Any numbers.
    owner : ndarray of int, shape (n,)
        Whose each value is, from 0 on.
    count : int
        How many owners there are.

    Returns
    -------
    ndarray, shape (count,)
        Zero for an owner of nothing.

    Examples
    --------
    >>> sums_by_owner(np.array([1.0, 2.0, 4.0]), np.array([0, 2, 0]), 3).tolist()
    [5.0, 0.0, 2.0]
    """
    # Of no values at all the sums would be whole numbers.
    return np.bincount(owner, weights=values, minlength=count).astype(np.float64, copy=False)


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

    Notes
    -----
    The line element ``sqrt((M dlat)² + (N cos(lat) dlon)²)``, with the radii of curvature ``M`` in
    the meridian and ``N`` in the prime vertical (Snyder 1987, eqs. 4-18 and 4-20), integrated with
    five Gauss-Legendre points an edge.

    Examples
    --------
    >>> edge_length_km(np.array([[0.0, 0.0]]), np.array([[1.0, 0.0]])).round(3)
    array([111.319])
    """
    span = np.abs(end - start).max(axis=1, initial=0)
    first, last, owner = _pieces(start, end, np.ceil(span / _LONGEST_SPAN_DEG))
    step = np.radians(last - first)
    total = np.zeros(len(first))
    for node, weight in zip(_GAUSS_5_NODES, _GAUSS_5_WEIGHTS, strict=True):
        lat = np.radians(first[:, 1] + (node + 1) / 2 * (last[:, 1] - first[:, 1]))
        w_squared = 1 - ECCENTRICITY_SQUARED * np.sin(lat) ** 2
        meridian = SEMI_MAJOR_AXIS_M * (1 - ECCENTRICITY_SQUARED) / w_squared**1.5
        parallel = SEMI_MAJOR_AXIS_M * np.cos(lat) / np.sqrt(w_squared)
        total += weight / 2 * np.hypot(meridian * step[:, 1], parallel * step[:, 0])
    return sums_by_owner(total / 1000, owner, len(start))
