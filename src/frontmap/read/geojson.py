"""Plain GeoJSON, read without a table: its points by their texts, its properties as JSON."""

from __future__ import annotations

import json
import re
import secrets
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from frontmap.read.points import Points

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Rows = list[dict[str, Any]]
    Geometries = NDArray[np.object_]

#: Where the numbers of a geometry begin; they end before the next quote or brace.
_COORDINATES = re.compile(r'"coordinates"\s*:\s*(?=\[)')
_LON_LAT = ("CRS84", "EPSG::4326", "EPSG:4326")
#: Stands for coordinates that were put aside; a file cannot know it.
_TOKEN = secrets.token_hex(16)
#: The brackets around the first and the last point.
_DEPTH = {"Polygon": 3, "MultiPolygon": 4}


def plain_features(text: str, points: Points | None = None) -> tuple[Rows, Geometries] | None:
    """Read a collection of features whose geometry is all polygons in longitude and latitude.

    Parameters
    ----------
    text : str
        A GeoJSON document (RFC 7946; a ``crs`` member that says the same is allowed).
    points : Points, optional
        Those that are known from other files.

    Returns
    -------
    rows : list of dict
        The properties of each feature.
    shapes : ndarray of Polygon or MultiPolygon
        Their geometry. ``None`` in place of both when the document is anything else, or broken:
        GDAL knows more forms, and says what is wrong.

    Examples
    --------
    >>> square = '[[[36,48],[37,48],[37,49],[36,48]]]'
    >>> feature = '{"type":"Feature","properties":{"a":1},"geometry":{"type":"Polygon",'
    >>> feature += '"coordinates":%s}}' % square
    >>> rows, shapes = plain_features('{"type":"FeatureCollection","features":[%s]}' % feature)
    >>> rows, shapes[0].area
    ([{'a': 1}], 0.5)
    """
    known = Points() if points is None else points
    rest, members = _apart(text)
    try:
        document = json.loads(rest)
        features = document["features"] if document["type"] == "FeatureCollection" else []
        rows = [dict(feature["properties"] or {}) for feature in features]
        shapes = [
            _shape(geometry["type"], members.pop(geometry["coordinates"]), known)
            for geometry in (feature["geometry"] for feature in features)
        ]
        crs = document.get("crs")
        named = "CRS84" if crs is None else crs["properties"]["name"]
        # What is left over are coordinates that stand elsewhere, such as in a property.
        if not rows or members or not named.endswith(_LON_LAT):
            return None
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
        return None
    except shapely.GEOSException:
        return None
    return rows, np.array(shapes, dtype=object)


def _apart(text: str) -> tuple[str, dict[str, str]]:
    """Put the coordinates of a document aside, and a token in their place."""
    kept: list[str] = []
    members: dict[str, str] = {}
    done = 0
    for found in _COORDINATES.finditer(text):
        if found.start() < done:
            continue
        stops = (text.find(sign, found.end()) for sign in '"{}')
        end = text.rfind("]", 0, min((stop for stop in stops if stop >= 0), default=len(text))) + 1
        token = f"{_TOKEN}{len(members)}"
        kept += [text[done : found.end()], f'"{token}"']
        members[token] = text[found.end() : end]
        done = end
    return "".join([*kept, text[done:]]), members


def _shape(kind: str, text: str, points: Points) -> Any:
    """Return a polygon or multipolygon by its coordinates."""
    depth = _DEPTH[kind]
    lon_lat, opened, closed = points.read(text)
    if opened[0] != depth or closed[-1] != depth:
        raise ValueError("the brackets are not those of polygons")
    # Inside, each gap between rings closes one bracket and opens one, between polygons two.
    gap = opened[1:]
    if (gap != closed[:-1]).any() or gap.max() > depth - 2:
        raise ValueError("the brackets are not those of rings")
    starts_ring = np.flatnonzero(opened)
    ring = np.append(starts_ring, len(lon_lat))
    if not np.array_equal(lon_lat[starts_ring], lon_lat[ring[1:] - 1]):
        raise ValueError("a ring is not closed")
    polygon = np.append(np.flatnonzero(opened[starts_ring] > 1), len(starts_ring))
    if kind == "Polygon":
        made = shapely.from_ragged_array(
            shapely.GeometryType.POLYGON, lon_lat, (ring, np.array([0, len(starts_ring)]))
        )
    else:
        whole = np.array([0, len(polygon) - 1])
        made = shapely.from_ragged_array(
            shapely.GeometryType.MULTIPOLYGON, lon_lat, (ring, polygon, whole)
        )
    return made[0]
