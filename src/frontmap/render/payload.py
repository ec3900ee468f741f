"""Turn a data set into the compact document that the web map draws from.

The document is plain JSON, sorted and free of clocks and chance: the same data set gives the same
bytes. Rings and lines are integers (extents in steps of 1e-5 degree, the ground in steps of 1e-4),
the first point whole and the others as differences. It is then deflated and written in base64,
which has no character that HTML could take for markup.
"""

from __future__ import annotations

import base64
import json
import zlib
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from frontmap.analyse.uncertainty import fixed_lines, plain_band_km2
from frontmap.language import LANGUAGES, catalogue
from frontmap.model import Status
from frontmap.render import style

if TYPE_CHECKING:
    from collections.abc import Iterable

    import geopandas as gpd
    from numpy.typing import NDArray
    from shapely.geometry.base import BaseGeometry

    from frontmap.model import Basemap, Event, LocalText, Sector, Source
    from frontmap.timeline import Dataset, Timeline

#: Steps per degree: of an extent, and of the ground under it.
EXTENT_STEPS_PER_DEG = 100_000
GROUND_STEPS_PER_DEG = 10_000
#: An edge this close to a fixed line lies on it: about 20 m.
FIXED_WITHIN_DEG = 0.0002
#: How far the coast and the lakes may move, being drawn small.
COAST_TOLERANCE_DEG = 0.001
#: A lake or an island smaller than this, in square degrees (about 2.5 km²), is left out.
LEAST_WATER_DEG2 = 3e-4
#: The messages of the map: those under its own prefix, without it, and these shared ones.
_OWN_PREFIX = "map."
_SHARED_PREFIXES = ("status.", "method.")


def payload(dataset: Dataset) -> dict[str, Any]:
    """Return everything that the web map shows, as plain values.

    Parameters
    ----------
    dataset : Dataset
        Any.

    Returns
    -------
    dict
        ``span``, ``sectors``, ``timelines``, ``events``, ``places``, ``basemap``, ``sources``,
        ``attribution``, ``messages``, ``style``. Texts are ``[en, ja, local]``, dates ISO 8601,
        areas and bands square kilometres.

    Examples
    --------
    >>> import frontmap
    >>> payload(frontmap.read())["span"]
    ['2024-09-30', '2024-12-31']
    """
    fixed = {sector: fixed_lines(dataset, sector) for sector in sorted(dataset.sectors)}
    return {
        "span": [date.isoformat() for date in dataset.span],
        "sectors": [_sector(sector) for _, sector in sorted(dataset.sectors.items())],
        "timelines": [_timeline(line, fixed[line.sector]) for line in dataset.timelines],
        "events": [_event(event) for event in dataset.events],
        "places": [
            [
                *_forms(place.name),
                _short(place.lon),
                _short(place.lat),
                place.rank,
                place.population,
                place.kind,
            ]  # fmt: skip
            for place in dataset.places
        ],
        "basemap": None if dataset.basemap is None else _basemap(dataset.basemap),
        "sources": {id_: _source(source) for id_, source in sorted(dataset.sources.items())},
        "attribution": attribution(dataset),
        "messages": {language: messages(language) for language in LANGUAGES},
        "style": {"themes": style.as_json(), "font": style.FONT_STACK},
    }


def packed(document: Any) -> str:
    """Return a document as deflated JSON in base64.

    Parameters
    ----------
    document : object
        Plain values.

    Returns
    -------
    str
        Letters, digits, ``+``, ``/`` and ``=`` alone.

    Examples
    --------
    >>> unpacked(packed({"name": "</script>{{ x }}"}))
    {'name': '</script>{{ x }}'}
    """
    text = json.dumps(document, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return base64.b64encode(zlib.compress(text.encode("utf-8"), 9)).decode("ascii")


def unpacked(text: str) -> Any:
    """Return the document that `packed` wrote.

    Parameters
    ----------
    text : str
        Base64.

    Returns
    -------
    object
        Plain values.

    Examples
    --------
    >>> unpacked(packed([1, "二"]))
    [1, '二']
    """
    return json.loads(zlib.decompress(base64.b64decode(text)))


def messages(language: str) -> dict[str, str]:
    """Return the messages that the map shows.

    Parameters
    ----------
    language : str
        ``"en"`` or ``"ja"``.

    Returns
    -------
    dict
        Those of the map, and the shared names of statuses and methods, in order of key.

    Examples
    --------
    >>> messages("ja")["status.contested"]
    '係争中'
    """
    return {
        key.removeprefix(_OWN_PREFIX): text
        for key, text in sorted(catalogue(language).items())
        if key.startswith((_OWN_PREFIX, *_SHARED_PREFIXES))
    }


def attribution(dataset: Dataset) -> list[str]:
    """Return the lines of credit that the map must show.

    Parameters
    ----------
    dataset : Dataset
        Any.

    Returns
    -------
    list of str
        The attributions of the sources whose geometry is drawn, each once: the ground's first,
        then those of the extents. Sources of facts stand on the cards that tell the facts.
    """
    drawn = {line.source for line in dataset.timelines}
    ground = ["osm", "geonames", "natural-earth"] if dataset.basemap is not None else []
    order = [*ground, *sorted(drawn)]
    lines = [_credit(dataset.sources[id_]) for id_ in order if id_ in dataset.sources]
    return list(dict.fromkeys(line for line in lines if line))


def _credit(source: Source) -> str:
    credit = source.attribution or source.publisher or source.title.en
    known = source.licence and source.licence.split("-")[0].split()[0] not in credit
    return f"{credit} ({source.licence})" if known else credit


def _forms(text: LocalText) -> list[str]:
    return [text.en, text.ja, text.local]


def _short(degrees: float) -> float:
    return round(float(degrees), 4)


def _sector(sector: Sector) -> dict[str, Any]:
    return {
        "id": sector.id,
        "name": _forms(sector.name),
        "description": _forms(sector.description),
        "window": [round(value, 5) for value in sector.window],
        "status": str(sector.status),
    }


def _source(source: Source) -> dict[str, Any]:
    return {
        "title": _forms(source.title),
        "publisher": source.publisher,
        "published": source.published,
        "licence": source.licence,
        "note": source.note,
    }


def _event(event: Event) -> dict[str, Any]:
    points = [] if event.geometry is None else shapely.get_coordinates(event.geometry).tolist()
    return {
        "id": event.id,
        "date": event.date.isoformat(),
        "end": None if event.date_end is None else event.date_end.isoformat(),
        "kind": event.kind,
        "title": _forms(event.title),
        "summary": _forms(event.summary),
        "place": _forms(event.place),
        "source": event.source,
        "ref": event.source_ref,
        "precision_m": event.positional_precision_m,
        "range_km": event.range_km,
        "points": [[_short(lon), _short(lat)] for lon, lat in points],
    }


def _timeline(line: Timeline, fixed: BaseGeometry) -> dict[str, Any]:
    # The front is where one side's ground ends against the other's; a contested zone has none.
    held = line.status is not Status.CONTESTED
    return {
        "sector": line.sector,
        "status": str(line.status),
        "source": line.source,
        "dates": [date.isoformat() for date in line.dates],
        "areas_km2": [round(area, 4) for area in line.areas()],
        "bands_km2": [round(float(band), 4) for band in plain_band_km2(line, fixed)],
        "methods": [str(extent.method) for extent in line.extents],
        "errors_m": [extent.positional_error_m for extent in line.extents],
        "rings": [
            [_ring(ring, fixed, held=held) for ring in _rings([extent.geometry])]
            for extent in line.extents
        ],
    }


def _rings(geometries: Iterable[BaseGeometry]) -> list[NDArray[np.float64]]:
    rings = shapely.get_rings(shapely.get_parts(list(geometries)))
    return [shapely.get_coordinates(ring) for ring in rings]


def _ring(points: NDArray[np.float64], fixed: BaseGeometry, *, held: bool) -> list[list[int]]:
    """Return a ring as differences, and the lengths of its runs of free and fixed edges in turn."""
    cut = fixed_edges(points, fixed) if held else np.ones(len(points) - 1, bool)
    return [_deltas(points[:-1], EXTENT_STEPS_PER_DEG), _runs(cut)]


def fixed_edges(points: NDArray[np.float64], fixed: BaseGeometry) -> NDArray[np.bool_]:
    """Tell which edges of a ring are cuts, not front: along the window's edge, border or coast.

    Parameters
    ----------
    points : ndarray, shape (n + 1, 2)
        A closed ring, longitude and latitude in degrees.
    fixed : geometry
        The lines that are no front; see `frontmap.analyse.fixed_lines`.

    Returns
    -------
    ndarray of bool, shape (n,)
        True where both ends and the middle of an edge lie on such a line.

    Examples
    --------
    >>> ring = np.array([[0.0, 0.0], [2.0, 0.0], [1.0, 1.0], [0.0, 0.0]])
    >>> fixed_edges(ring, shapely.LineString([(-9, 0), (9, 0)])).tolist()
    [True, False, False]
    """
    shapely.prepare(fixed)
    middles = (points[:-1] + points[1:]) / 2
    ends = shapely.dwithin(shapely.points(points), fixed, FIXED_WITHIN_DEG)
    centres = shapely.dwithin(shapely.points(middles), fixed, FIXED_WITHIN_DEG)
    return np.asarray(ends[:-1] & ends[1:] & centres)


def _runs(fixed: NDArray[np.bool_]) -> list[int]:
    """Return run lengths, beginning with a run of free edges that may be empty."""
    turns = np.flatnonzero(np.diff(np.concatenate([[False], fixed])))
    return np.diff(np.concatenate([[0], turns, [len(fixed)]])).tolist()


def _deltas(points: NDArray[np.float64], steps_per_deg: int) -> list[int]:
    """Return x, y of the first point in steps, then the differences; repeated points go."""
    steps = np.rint(points * steps_per_deg).astype(np.int64)
    return np.diff(steps, axis=0, prepend=np.zeros((1, 2), np.int64)).ravel().tolist()


def _chain(points: NDArray[np.float64]) -> list[int]:
    steps = np.rint(points * GROUND_STEPS_PER_DEG)
    keep = np.concatenate([[True], (np.diff(steps, axis=0) != 0).any(axis=1)])
    return _deltas(points[keep], GROUND_STEPS_PER_DEG)


def _basemap(basemap: Basemap) -> dict[str, Any]:
    # The ground is one colour: its inner borders are drawn as lines, so the states are joined.
    land = shapely.union_all(basemap.land.geometry.to_numpy())
    lakes = basemap.lakes.geometry.to_numpy()
    return {
        "region": [round(float(value), 4) for value in basemap.land.total_bounds],
        "land": _large_rings([land]),
        "lakes": _large_rings(lakes),
        "coast": _lines(_eased(_shores(basemap.coast.geometry.to_numpy()))),
        "state_borders": _lines(basemap.state_borders.geometry.to_numpy()),
        "oblasts": _lines(_eased(basemap.oblasts.geometry.to_numpy())),
        "labels": _labels(basemap.labels),
    }


def _large_rings(polygons: Any) -> list[list[int]]:
    """Return the rings that are large enough to be seen; slivers between states go with the rest."""
    rings = shapely.get_rings(shapely.get_parts(polygons))
    large = rings[shapely.area(shapely.polygons(rings)) > LEAST_WATER_DEG2]
    return [_chain(shapely.get_coordinates(ring)) for ring in _eased(large)]


def _eased(geometries: Any) -> Any:
    return shapely.simplify(geometries, COAST_TOLERANCE_DEG)


def _shores(lines: Any) -> Any:
    """Return the lines without small closed ones: slivers between states, islets."""
    chains = shapely.get_parts(shapely.line_merge(shapely.union_all(lines)))
    west, south, east, north = shapely.bounds(chains).T
    small = (east - west) * (north - south) < LEAST_WATER_DEG2
    return chains[~(small & shapely.is_closed(chains))]


def _lines(geometries: Any) -> list[list[int]]:
    merged = shapely.line_merge(shapely.union_all(geometries))
    return [_chain(shapely.get_coordinates(line)) for line in shapely.get_parts(merged)]


def _labels(labels: gpd.GeoDataFrame) -> list[list[Any]]:
    return [
        [
            row.name_en,
            row.name_ja,
            row.name_local,
            _short(row.geometry.x),
            _short(row.geometry.y),
            row.kind,
        ]  # fmt: skip
        for row in labels.itertuples(index=False)
    ]
