"""The integer grid of 1e-7 degree on which vertices are told apart, and exact tests on it.

A unit is about a centimetre. Coordinates are whole numbers of units, so that "the same vertex",
"on the edge" and "left of the edge" have one answer, whatever the rounding of the input was.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Keys = NDArray[np.uint64]

#: Grid units in one degree; RFC 7946 (section 11.2) calls 1e-6 degree enough for most purposes.
UNITS_PER_DEGREE = 10_000_000
_LON_OFFSET = 180 * UNITS_PER_DEGREE
_LAT_OFFSET = 90 * UNITS_PER_DEGREE
_LAT_BITS = np.uint64(32)
_LAT_MASK = np.uint64(2**32 - 1)
#: Beyond this a 64-bit product may have wrapped, and its floating-point estimate has a sure sign.
_SURE_BY_FLOAT = 4e18


def to_grid(degrees: Floats) -> NDArray[np.int64]:
    """Return the nearest grid points.

    Parameters
    ----------
    degrees : ndarray, shape (n, 2)
        Longitude and latitude on the globe.

    Returns
    -------
    ndarray of int64, shape (n, 2)
        Grid units.

    Examples
    --------
    >>> to_grid(np.array([[37.5, 48.12345678]])).tolist()
    [[375000000, 481234568]]
    """
    return np.rint(degrees * UNITS_PER_DEGREE).astype(np.int64)


def to_degrees(units: NDArray[Any]) -> Floats:
    """Return grid units as degrees, each the double nearest to its decimal fraction.

    Parameters
    ----------
    units : ndarray, shape (n, 2)
        Grid units.

    Returns
    -------
    ndarray of float64, shape (n, 2)
        Longitude and latitude.

    Examples
    --------
    >>> to_degrees(np.array([[375000000, 481234568]])).tolist()
    [[37.5, 48.1234568]]
    """
    degrees: Floats = units / UNITS_PER_DEGREE
    return degrees


def pack(units: NDArray[np.int64]) -> Keys:
    """Return one number for each grid point, ordered by longitude, then latitude.

    Parameters
    ----------
    units : ndarray of int64, shape (n, 2)
        Grid points on the globe.

    Returns
    -------
    ndarray of uint64, shape (n,)
        Longitude in the upper 32 bits, latitude in the lower, both counted from the south-west.

    Examples
    --------
    >>> unpack(pack(np.array([[375000000, -481234568]]))).tolist()
    [[375000000, -481234568]]
    """
    lon = (units[:, 0] + _LON_OFFSET).astype(np.uint64)
    lat = (units[:, 1] + _LAT_OFFSET).astype(np.uint64)
    return (lon << _LAT_BITS) | lat


def unpack(keys: Keys) -> NDArray[np.int64]:
    """Return the grid points of packed numbers; see `pack`.

    Parameters
    ----------
    keys : ndarray of uint64, shape (n,)
        What `pack` gave.

    Returns
    -------
    ndarray of int64, shape (n, 2)
        Grid units.
    """
    units = np.empty((len(keys), 2), dtype=np.int64)
    units[:, 0] = (keys >> _LAT_BITS).astype(np.int64) - _LON_OFFSET
    units[:, 1] = (keys & _LAT_MASK).astype(np.int64) - _LAT_OFFSET
    return units


def sign_of_cross(u: NDArray[np.int64], v: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return the exact sign of the cross product of integer vectors.

    Parameters
    ----------
    u, v : ndarray of int64, shape (n, 2)
        Differences of grid points.

    Returns
    -------
    ndarray of int64, shape (n,)
        1 where ``v`` lies to the left of ``u``, -1 to the right, 0 in line with it.

    Notes
    -----
    Integer arithmetic modulo 2**64 is exact for every result that fits; where the result may not
    fit, its floating-point estimate is far from zero and gives the sign.

    Examples
    --------
    >>> sign_of_cross(np.array([[1, 0], [3, 3]]), np.array([[0, 1], [9, 9]])).tolist()
    [1, 0]
    """
    exact = np.sign(u[:, 0] * v[:, 1] - u[:, 1] * v[:, 0])
    longest = float(max(np.abs(u).max(initial=0), np.abs(v).max(initial=0)))
    if 2 * longest * longest < _SURE_BY_FLOAT:
        return exact
    rough = u[:, 0] * v[:, 1].astype(np.float64) - u[:, 1] * v[:, 0].astype(np.float64)
    return np.where(np.abs(rough) > _SURE_BY_FLOAT, np.sign(rough).astype(np.int64), exact)


def signs_of_rings(units: NDArray[np.int64], first: NDArray[np.intp]) -> NDArray[np.int64]:
    """Return the exact orientation of closed rings.

    Parameters
    ----------
    units : ndarray of int64, shape (n, 2)
        The points of all rings, one ring after the other, without the repeated last point.
    first : ndarray, shape (r,)
        Where each ring begins, ascending from zero; no ring is empty.

    Returns
    -------
    ndarray of int64, shape (r,)
        1 for counter-clockwise, -1 for clockwise, 0 for a ring without area.

    Examples
    --------
    >>> points = np.array([[0, 0], [2, 0], [0, 2], [0, 0], [0, 2], [2, 0]])
    >>> signs_of_rings(points, np.array([0, 3])).tolist()
    [1, -1]
    """
    if not len(first):
        return np.empty(0, dtype=np.int64)
    size = np.diff(first, append=len(units))
    last = np.append(first[1:], len(units)) - 1
    # Column by column: rows of two are slow to copy.
    (x, x_ahead), (y, y_ahead) = (from_first(units[:, axis], first, size, last) for axis in (0, 1))
    exact = np.add.reduceat(x * y_ahead - y * x_ahead, first)
    widest = (float(np.abs(column).max()) for column in (x, y))
    if 8 * math.prod(widest) < _SURE_BY_FLOAT:
        return np.sign(exact)
    rough = np.add.reduceat(x * y_ahead.astype(np.float64) - y * x_ahead.astype(np.float64), first)
    sure = np.abs(rough) > _SURE_BY_FLOAT
    return np.where(sure, np.sign(rough), np.sign(exact)).astype(np.int64)


def from_first(
    column: NDArray[Any], first: NDArray[np.intp], size: NDArray[Any], last: NDArray[Any]
) -> tuple[NDArray[Any], NDArray[Any]]:
    """Return one coordinate of closed rings, measured from each ring's first point.

    Parameters
    ----------
    column : ndarray, shape (n,)
        The coordinate of all points, ring after ring.
    first, size, last : ndarray of int, shape (r,)
        Where each ring begins, how many points it has, and where it ends.

    Returns
    -------
    here, ahead : ndarray, shape (n,)
        Of each point, and of the point that follows it in its ring.

    Examples
    --------
    >>> one = np.array([0]), np.array([3]), np.array([2])
    >>> [part.tolist() for part in from_first(np.array([5, 7, 9]), *one)]
    [[0, 2, 4], [2, 4, 0]]
    """
    here = column - np.repeat(column[first], size)
    ahead = np.empty_like(here)
    ahead[:-1] = here[1:]
    ahead[last] = 0
    return here, ahead
