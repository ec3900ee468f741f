"""Edges on the WGS 84 ellipsoid: what each adds to an area or a length.

An edge is straight in longitude and latitude. All functions take and return flat arrays, one
value an edge, so that shares may be summed over any selection.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    Floats = NDArray[np.float64]

#: WGS 84: semi-major axis in metres and flattening (EPSG:7030).
SEMI_MAJOR_AXIS_M = 6_378_137.0
FLATTENING = 1 / 298.257223563
ECCENTRICITY_SQUARED = FLATTENING * (2 - FLATTENING)

_GAUSS_5_NODES, _GAUSS_5_WEIGHTS = np.polynomial.legendre.leggauss(5)
#: Edges that span more than this are cut, so that an error of quadrature stays below 1e-10.
_LONGEST_SPAN_DEG = 0.125
#: Edges that rise more than this are cut, so that three terms of Taylor's series are enough.
_LONGEST_RISE_DEG = 0.5
#: So many edges at a time keep what is computed on the way within the processor's cache.
_EDGES_AT_ONCE = 16_384


def _authalic_series() -> tuple[Floats, Floats, Floats]:
    """Return the authalic function over its sine, and two derivatives, by powers of sin²(lat).

    Notes
    -----
    With ``x = (e sin(lat))²`` the function is ``sin(lat)`` times ``1 / (1 - x)`` and the inverse
    hyperbolic tangent, added (Snyder 1987, eq. 3-12). What is cut off changes no area by more
    than a part in 1e11.
    """
    power = np.arange(6)
    scale = 0.5 * SEMI_MAJOR_AXIS_M**2 * (1 - ECCENTRICITY_SQUARED) / 1e6
    value = scale * ECCENTRICITY_SQUARED**power * (1 + 1 / (2 * power + 1))
    second = _second_derivative(value)
    fourth = _second_derivative(second)
    return value, second[:4] / 6, fourth[:2] / 120


def _second_derivative(odd: Floats) -> Floats:
    """Derive a sum of odd powers of the sine twice: ``n (n - 1) sinⁿ⁻² - n² sinⁿ`` for each."""
    n = 2 * np.arange(len(odd)) + 1
    derived = -n * n * odd
    derived[:-1] += (n * (n - 1) * odd)[1:]
    return derived


#: The function, a sixth of its second and a 120th of its fourth derivative.
_VALUE, _SECOND, _FOURTH = _authalic_series()


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
    sine = np.sin(np.radians(np.asarray(lat_deg, dtype=np.float64)))
    return sine * np.polynomial.polynomial.polyval(sine * sine, _VALUE)


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
    the middle latitude: with half the rise h, ``q + h² q″ / 6 + h⁴ q⁗ / 120``.

    Examples
    --------
    >>> square = np.array([[30.0, 50.0], [30.1, 50.0], [30.1, 50.1], [30.0, 50.1]])
    >>> round(float(edge_area_km2(square, np.roll(square, -1, axis=0)).sum()), 3)
    79.664
    """
    shares, highest_rise = _shares(start, end)
    if highest_rise > _LONGEST_RISE_DEG:
        rise = np.abs(end[:, 1] - start[:, 1])
        tall = np.flatnonzero(rise > _LONGEST_RISE_DEG)
        pieces = _pieces(start[tall], end[tall], np.ceil(rise[tall] / _LONGEST_RISE_DEG))
        shares[tall] = _sums(_shares(pieces[0], pieces[1])[0], pieces[2], len(tall))
    return shares


def _shares(start: Floats, end: Floats) -> tuple[Floats, float]:
    """Return the shares of edges that rise little, and the highest rise in degrees."""
    shares = np.empty(len(start))
    room = np.empty((5, min(_EDGES_AT_ONCE, len(start))))
    highest = 0.0
    for first in range(0, len(start), _EDGES_AT_ONCE):
        part = slice(first, min(first + _EDGES_AT_ONCE, len(start)))
        highest = max(highest, _fill_shares(start[part], end[part], shares[part], room))
    return shares, highest


def _fill_shares(start: Floats, end: Floats, shares: Floats, room: Floats) -> float:
    """Compute shares in place: memory that is used again is most of the speed."""
    sine, square, half, mean, term = room[:, : len(start)]
    np.add(start[:, 1], end[:, 1], out=sine)
    sine *= np.pi / 360
    np.sin(sine, out=sine)
    np.multiply(sine, sine, out=square)
    np.subtract(end[:, 1], start[:, 1], out=half)
    highest = max(float(half.max()), -float(half.min()))
    half *= np.pi / 360
    half *= half
    _polynomial(_FOURTH, square, mean)
    mean *= half
    mean += _polynomial(_SECOND, square, term)
    mean *= half
    mean += _polynomial(_VALUE, square, term)
    mean *= sine
    np.subtract(start[:, 0], end[:, 0], out=term)
    term *= np.pi / 180
    np.multiply(mean, term, out=shares)
    return highest


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


def _sums(values: Floats, owner: NDArray[np.intp], count: int) -> Floats:
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
    return _sums(total / 1000, owner, len(start))
