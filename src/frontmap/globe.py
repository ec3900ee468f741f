"""The globe as longitude and latitude span it: what lies off it, or leaps around it, is refused."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from frontmap.errors import GeometryError

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]


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


def check_antimeridian(start: Floats, end: Floats) -> None:
    """Refuse edges that leap over the antimeridian.

    Parameters
    ----------
    start, end : ndarray, shape (n, 2)
        Longitude and latitude in degrees.

    Raises
    ------
    GeometryError
        If an edge spans more than 180 degrees of longitude.

    Examples
    --------
    >>> check_antimeridian(np.array([[-90.0, 48.0]]), np.array([[90.0, 48.0]]))
    """
    leap = np.abs(end[:, 0] - start[:, 0]) > 180
    if leap.any():
        lon, lat = start[np.flatnonzero(leap)[0]]
        raise GeometryError(
            f"an edge at ({lon}, {lat}) spans more than 180 degrees of longitude: the ring crosses "
            "the antimeridian or a pole; cut it at 180 degrees (RFC 7946, section 3.1.9)"
        )
