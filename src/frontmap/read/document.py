"""A GeoJSON document, walked before GDAL reads it: GDAL drops in silence what it cannot parse."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import pyproj

from frontmap.errors import DataError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

#: How many arrays stand around the positions of a geometry.
_NESTING = {
    "Point": 0,
    "MultiPoint": 1,
    "LineString": 1,
    "MultiLineString": 2,
    "Polygon": 2,
    "MultiPolygon": 3,
}
#: Beyond it a number is none that can be measured, and may be infinite as a float.
_MOST = 1e300
#: Half of a sign beyond 16 bits: JSON can hold one alone, UTF-8 cannot.
_HALF = re.compile("[\ud800-\udfff]")


def check_document(text: str, file: Path) -> pyproj.CRS | None:
    """Refuse a document of which GDAL would read only a part.

    Parameters
    ----------
    text : str
        What the file holds: GeoJSON (RFC 7946), TopoJSON or Esri JSON.
    file : Path
        Named in errors.

    Returns
    -------
    pyproj.CRS or None
        What its ``crs`` member states, if it has one.

    Raises
    ------
    DataError
        If it is nothing of that kind, names a CRS that nobody knows, or a geometry is neither
        ``null`` nor sound in its type, nesting and numbers.

    Examples
    --------
    >>> from pathlib import Path
    >>> check_document('{"type":"Point","coordinates":[37,null]}', Path("a.json"))
    Traceback (most recent call last):
    frontmap.errors.DataError: a.json: feature 0: [37, null] is no position: write finite numbers
    """
    try:
        documents = _documents(text)
        stated = [_crs(document, file) for document in documents]
        features = [feature for document in documents for feature in _features(document, file)]
        for number, feature in enumerate(features):
            try:
                _check_feature(feature)
            except DataError as error:
                raise DataError(f"{file}: feature {number}: {error}") from None
    except RecursionError:
        raise DataError(f"{file}: cannot be read as a vector file (nested too deeply)") from None
    except ValueError as error:
        raise DataError(f"{file}: cannot be read as a vector file ({error})") from None
    return next((crs for crs in stated if crs is not None), None)


def check_signs(row: Mapping[Any, Any]) -> None:
    r"""Refuse texts that cannot be written again, since half of a sign is in them.

    Parameters
    ----------
    row : mapping
        Properties of a feature, or a row of a table.

    Raises
    ------
    DataError
        If one is such a text.

    Examples
    --------
    >>> check_signs({"title_en": "cut off " + chr(0xD83D)})
    Traceback (most recent call last):
    frontmap.errors.DataError: title_en is cut within a sign: 'cut off \ud83d'
    """
    for name, value in row.items():
        if isinstance(value, str) and _HALF.search(value):
            raise DataError(f"{name} is cut within a sign: {value!r}")


def _documents(text: str) -> list[Any]:
    """Return the document, or each line of a sequence of documents (RFC 8142)."""
    try:
        return [json.loads(text)]
    except json.JSONDecodeError as error:
        try:
            return [json.loads(line) for line in text.replace("\x1e", "").splitlines() if line]
        except json.JSONDecodeError:
            raise error from None


def _features(document: Any, file: Path) -> Iterator[Any]:
    """Yield the features of a document, a bare geometry as one of them."""
    named = document if isinstance(document, dict) else {}
    kind, features = named.get("type"), named.get("features")
    if kind == "FeatureCollection" and isinstance(features, list):
        yield from features
    elif kind == "Feature":
        yield document
    elif isinstance(kind, str) and kind in {"GeometryCollection", *_NESTING}:
        yield {"type": "Feature", "geometry": document}
    elif kind == "Topology":
        yield {"type": "Feature", "geometry": _lines(named.get("arcs"))}
    elif kind is None and "geometryType" in named and isinstance(features, list):
        for feature in features:
            geometry = feature.get("geometry") if isinstance(feature, dict) else 0
            lines = _lines(geometry.get("rings")) if isinstance(geometry, dict) else geometry
            yield {"type": "Feature", "geometry": lines}
    else:
        raise DataError(f"{file}: cannot be read as a vector file (it is no GeoJSON)")


def _lines(positions: Any) -> dict[str, Any]:
    return {"type": "MultiLineString", "coordinates": positions}


def _crs(document: Any, file: Path) -> pyproj.CRS | None:
    """Return the CRS of a ``crs`` member; GDAL takes longitude and latitude for one unknown."""
    stated = document.get("crs") if isinstance(document, dict) else None
    if stated is None:
        return None
    try:
        said = stated["properties"]
        name = f"EPSG:{said['code']}" if "code" in said else said["name"]
        return pyproj.CRS.from_user_input(str(name))
    except (LookupError, TypeError, AttributeError):
        raise DataError(f"{file}: its crs member names no CRS: write an EPSG code") from None
    except pyproj.exceptions.ProjError:
        raise DataError(f"{file}: the CRS {name!r} is not known: write an EPSG code") from None


def _check_feature(feature: Any) -> None:
    if not isinstance(feature, dict) or feature.get("type") != "Feature":
        raise DataError("is no Feature")
    if "geometry" not in feature:
        raise DataError("has no geometry: write null where nothing is held")
    if feature["geometry"] is not None:
        _check_geometry(feature["geometry"])


def _check_geometry(geometry: Any) -> None:
    kind = geometry.get("type") if isinstance(geometry, dict) else None
    if kind == "GeometryCollection" and isinstance(geometry.get("geometries"), list):
        for part in geometry["geometries"]:
            _check_geometry(part)
        return
    if not isinstance(kind, str) or kind not in _NESTING:
        raise DataError(f"{_brief(kind)} is no type of geometry: write Polygon or MultiPolygon")
    if "coordinates" not in geometry:
        raise DataError(f"the {kind} has no coordinates")
    if geometry["coordinates"] != []:
        _check_positions(geometry["coordinates"], _NESTING[kind], kind)


def _check_positions(value: Any, nesting: int, kind: str) -> None:
    """Check arrays of so many levels, down to their positions."""
    if nesting == 0:
        if not _is_position(value):
            raise DataError(f"{_brief(value)} is no position: write finite numbers")
        return
    if not isinstance(value, list) or not value:
        raise DataError(f"{_brief(value)} stands where a {kind} has an array of arrays")
    for inner in value:
        _check_positions(inner, nesting - 1, kind)


def _is_position(value: Any) -> bool:
    return (
        isinstance(value, list)
        and len(value) >= 2
        and all(type(number) in {int, float} and -_MOST < number < _MOST for number in value)
    )


def _brief(value: Any) -> str:
    text = json.dumps(value)
    return text if len(text) <= 40 else f"{text[:40]}…"
