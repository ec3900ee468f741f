"""Plain GeoJSON, read without a table: one pass for the geometry, one for the properties."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import shapely

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Rows = list[dict[str, Any]]
    Geometries = NDArray[np.object_]

#: The numbers of a geometry: brackets, digits and what stands between them.
_COORDINATES = re.compile(r'("coordinates"\s*:\s*)\[[^"{}]*\]')
_LON_LAT = ("CRS84", "EPSG::4326", "EPSG:4326")
_POLYGONS = (3, 6)


def plain_features(text: str) -> tuple[Rows, Geometries] | None:
    """Read a collection of features whose geometry is all polygons in longitude and latitude.

    Parameters
    ----------
    text : str
        A GeoJSON document (RFC 7946; a ``crs`` member that says the same is allowed).

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
    try:
        document = json.loads(_COORDINATES.sub(r"\1[]", text))
        features = document["features"] if document["type"] == "FeatureCollection" else []
        rows = [dict(feature["properties"] or {}) for feature in features]
        plain = all(
            feature["geometry"]["type"] in {"Polygon", "MultiPolygon"} for feature in features
        )
        shapes: Geometries = shapely.get_parts(shapely.from_geojson(text))
    except (ValueError, KeyError, TypeError, AttributeError, shapely.GEOSException):
        return None
    named = str(document.get("crs") or "CRS84")
    known = any(name in named for name in _LON_LAT)
    kinds = set(shapely.get_type_id(shapes).tolist())
    if not (plain and known and len(shapes) == len(rows) > 0 and kinds <= set(_POLYGONS)):
        return None
    return rows, shapes
