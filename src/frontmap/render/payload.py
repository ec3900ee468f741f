"""Turn a data set into the compact document that the web map draws from.

The document is plain JSON, sorted and free of clocks and chance: the same data set gives the same
bytes. Rings and lines are integers (extents in steps of 1e-5 degree, the ground in steps of 1e-4),
the first point whole and the others as differences. It is then deflated and written in base64,
which has no character that HTML could take for markup.
"""

from __future__ import annotations

import base64
import json
import math
import zlib
from typing import TYPE_CHECKING, Any

import shapely

from frontmap.analyse import band_km2, fixed_lines
from frontmap.language import LANGUAGES, catalogue
from frontmap.model import Status
from frontmap.render import style
from frontmap.render.chain import extent_rings
from frontmap.render.ground import ground

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

    from frontmap.model import Event, LocalText, Sector, Source
    from frontmap.timeline import Dataset, Timeline

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
        "timelines": [_timeline(dataset, line, fixed[line.sector]) for line in dataset.timelines],
        "events": [_event(event) for event in dataset.events],
        "places": [
            [
                *_forms(place.name),
                _short(place.lon),
                _short(place.lat),
                place.rank,
                place.population,
                place.kind,
            ]
            for place in dataset.places
        ],
        "basemap": None if dataset.basemap is None else ground(dataset.basemap),
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


def _known(value: float) -> float | None:
    """Return a number for JSON; one that nobody stated is null."""
    return None if math.isnan(value) else round(float(value), 4)


def _timeline(dataset: Dataset, line: Timeline, fixed: BaseGeometry) -> dict[str, Any]:
    # The front is where one side's ground ends against the other's; a contested zone has none.
    held = line.status is not Status.CONTESTED
    return {
        "sector": line.sector,
        "status": str(line.status),
        "source": line.source,
        "dates": [date.isoformat() for date in line.dates],
        "areas_km2": [round(area, 4) for area in line.areas()],
        "bands_km2": [_known(band) for band in band_km2(dataset, line)],
        "methods": [str(extent.method) for extent in line.extents],
        "errors_m": [_known(extent.positional_error_m) for extent in line.extents],
        "rings": extent_rings(
            [extent.geometry for extent in line.extents], fixed if held else None
        ),
    }
