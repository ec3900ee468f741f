"""frontmap: a war's front line over time, measured on the ellipsoid.

Examples
--------
>>> import frontmap
>>> dataset = frontmap.read()
>>> areas_km2 = dataset.timeline("kursk").areas()
>>> areas_km2.iloc[[0, -1]].round(-1).tolist()
[740.0, 520.0]
"""

from importlib.metadata import version

from frontmap.dataset import Dataset
from frontmap.errors import DataError, FrontmapError, GeometryError, NotFoundError
from frontmap.geodesy import area_km2, length_km, planar_area_error
from frontmap.model import Claim, Event, Extent, LocalText, Method, Sector, Source, Status
from frontmap.projection import EQUAL_AREA, LON_LAT, UTM_36N, UTM_37N, reproject, utm_crs
from frontmap.read import read
from frontmap.timeline import Timeline

__version__ = version("frontmap")

__all__ = [
    "EQUAL_AREA",
    "LON_LAT",
    "UTM_36N",
    "UTM_37N",
    "Claim",
    "DataError",
    "Dataset",
    "Event",
    "Extent",
    "FrontmapError",
    "GeometryError",
    "LocalText",
    "Method",
    "NotFoundError",
    "Sector",
    "Source",
    "Status",
    "Timeline",
    "area_km2",
    "length_km",
    "planar_area_error",
    "read",
    "reproject",
    "utm_crs",
]
