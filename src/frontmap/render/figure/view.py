"""What a map shows: its projection, and the way from longitude and latitude to the page."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import numpy as np
import pyproj
import shapely

from frontmap.projection import LON_LAT, utm_crs

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from frontmap.model import Window
    from frontmap.render.figure.page import Box

    Floats = NDArray[np.float64]

#: A window wider than this is too wide for one UTM zone.
_ZONE_DEG = 4.0
#: Straight edges in longitude and latitude are followed in steps of this.
STEP_DEG = 0.02
_GEOD = pyproj.Geod(ellps="WGS84")


@dataclass(frozen=True, slots=True)
class View:
    """A projected map in a frame on the page.

    Parameters
    ----------
    crs : str
        The projection, as pyproj reads it.
    frame : Box
        Where the map lies on the page.
    west, south : float
        The projected coordinates of the frame's lower left corner, in metres.
    metres_per_pt : float
        In the projection.
    """

    crs: str
    frame: Box
    west: float
    south: float
    metres_per_pt: float

    def on_page(self, lon_lat: Floats) -> Floats:
        """Return where points lie on the page.

        Parameters
        ----------
        lon_lat : ndarray, shape (n, 2)
            Degrees.

        Returns
        -------
        ndarray, shape (n, 2)
            Points of the page.
        """
        x, y = _transformer(self.crs).transform(lon_lat[:, 0], lon_lat[:, 1])
        metres = np.column_stack([x, y]) - (self.west, self.south)
        placed: Floats = metres / self.metres_per_pt + (self.frame.left, self.frame.bottom)
        return placed

    def place(self, geometry: Any, tolerance_pt: float = 0.0) -> Any:
        """Return geometry on the page.

        Parameters
        ----------
        geometry : geometry or array of geometries
            Longitude and latitude in degrees.
        tolerance_pt : float
            How far a line may move to have fewer points.

        Returns
        -------
        geometry or array of geometries
            Points of the page.
        """
        placed = shapely.transform(geometry, self.on_page)
        if tolerance_pt:
            return shapely.simplify(placed, tolerance_pt, preserve_topology=False)
        return placed

    def lon_lat(self, page: Floats) -> Floats:
        """Return what lies at points of the page.

        Parameters
        ----------
        page : ndarray, shape (n, 2)
            Points of the page.

        Returns
        -------
        ndarray, shape (n, 2)
            Longitude and latitude in degrees.
        """
        metres = (page - (self.frame.left, self.frame.bottom)) * self.metres_per_pt
        x, y = metres[:, 0] + self.west, metres[:, 1] + self.south
        found: Floats = np.column_stack(_transformer(self.crs).transform(x, y, direction="INVERSE"))
        return found

    @property
    def window(self) -> Window:
        """West, south, east and north of what the frame shows, in degrees."""
        edge = shapely.segmentize(shapely.box(*self.frame.as_tuple()).exterior, 20.0)
        west, south = (corners := self.lon_lat(shapely.get_coordinates(edge))).min(axis=0)
        east, north = corners.max(axis=0)
        return float(west), float(south), float(east), float(north)

    @property
    def middle(self) -> tuple[float, float]:
        """The longitude and latitude of the middle of the frame."""
        x, y = (
            (self.frame.left + self.frame.right) / 2,
            (self.frame.bottom + self.frame.top) / 2,
        )
        lon, lat = self.lon_lat(np.array([[x, y]]))[0]
        return float(lon), float(lat)

    def km_per_pt(self, x: float, y: float) -> float:
        """Return the true length of a point of the page, measured level.

        Parameters
        ----------
        x, y : float
            Where on the page.

        Returns
        -------
        float
            Kilometres on the ellipsoid.
        """
        (lon1, lat1), (lon2, lat2) = self.lon_lat(np.array([(x - 20, y), (x + 20, y)]))
        return float(_GEOD.inv(lon1, lat1, lon2, lat2)[2]) / 1000 / 40

    def north(self, x: float, y: float) -> tuple[float, float]:
        """Return the way to true north from a point of the page.

        Parameters
        ----------
        x, y : float
            Where on the page.

        Returns
        -------
        tuple of float
            A direction on the page, of length 1.
        """
        lon, lat = self.lon_lat(np.array([[x, y]]))[0]
        (x0, y0), (x1, y1) = self.on_page(np.array([(lon, lat), (lon, lat + 0.05)]))
        length = math.hypot(x1 - x0, y1 - y0)
        return float((x1 - x0) / length), float((y1 - y0) / length)


@lru_cache(maxsize=32)
def _transformer(crs: str) -> pyproj.Transformer:
    return pyproj.Transformer.from_crs(LON_LAT, pyproj.CRS.from_user_input(crs), always_xy=True)


def crs_for(window: Window) -> str:
    """Return the projection for a window: its UTM zone, or an equal-area one where it is wide.

    Parameters
    ----------
    window : tuple of float
        West, south, east, north in degrees.

    Returns
    -------
    str
        As pyproj reads it.

    Examples
    --------
    >>> crs_for((36.7, 48.0, 37.6, 48.45))
    'EPSG:32637'
    >>> crs_for((30, 46, 40, 52))
    '+proj=laea +lat_0=49 +lon_0=35 +datum=WGS84 +units=m'
    """
    west, south, east, _ = window
    if south >= 0 and east - west <= _ZONE_DEG:
        return f"EPSG:{utm_crs((west + east) / 2).to_epsg()}"
    return equal_area(window)


def equal_area(window: Window) -> str:
    """Return an equal-area projection around the middle of a window.

    Parameters
    ----------
    window : tuple of float
        West, south, east, north in degrees.

    Returns
    -------
    str
        Lambert azimuthal equal-area on WGS 84, centred to half a degree.

    Examples
    --------
    >>> equal_area((34.7, 47.6, 38.1, 51.55))
    '+proj=laea +lat_0=49.5 +lon_0=36.5 +datum=WGS84 +units=m'
    """
    west, south, east, north = window
    lat, lon = round(south + north) / 2, round(west + east) / 2
    return f"+proj=laea +lat_0={lat:g} +lon_0={lon:g} +datum=WGS84 +units=m"


def view_of(window: Window, crs: str, frame: Box, margin: float = 0.06) -> View:
    """Return the view that shows a window as large as its frame allows.

    Parameters
    ----------
    window : tuple of float
        West, south, east, north in degrees.
    crs : str
        The projection.
    frame : Box
        Where on the page.
    margin : float
        What stays free around the window, as a part of the frame.

    Returns
    -------
    View
        With the window in its middle.
    """
    outline = shapely.get_coordinates(shapely.segmentize(shapely.box(*window), STEP_DEG))
    x, y = _transformer(crs).transform(outline[:, 0], outline[:, 1])
    free = 1 - 2 * margin
    metres_per_pt = max(
        (x.max() - x.min()) / (frame.width * free), (y.max() - y.min()) / (frame.height * free)
    )
    return View(
        crs,
        frame,
        float((x.min() + x.max()) / 2 - frame.width / 2 * metres_per_pt),
        float((y.min() + y.max()) / 2 - frame.height / 2 * metres_per_pt),
        float(metres_per_pt),
    )
