"""Turn a data set into the compact document that the web map draws from.

A head of plain JSON and binary parts: the compact form of every timeline, and columns for lines.
``docs/format.md`` says how they lie. All is sorted and free of clocks and chance: the same data
set gives the same bytes. They are written in base64, which has no character that HTML could take
for markup.
"""

from __future__ import annotations

import base64
import json
import math
import struct
import zlib
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING, Any

import shapely

from frontmap.analyse import band_km2, fixed_lines_of
from frontmap.language import LANGUAGES, catalogue
from frontmap.model import Status
from frontmap.render import style
from frontmap.render.credits import stated_credits, undescribed
from frontmap.render.ground import ground, ground_lines
from frontmap.render.lines import fixed_runs, ground_columns
from frontmap.topology.compact import to_bytes
from frontmap.topology.container import seal

if TYPE_CHECKING:
    from frontmap.dataset import Dataset
    from frontmap.model import Event, LocalText, Sector, Source
    from frontmap.timeline import Timeline

#: The messages of the map: those under its own prefix, without it, and these shared ones.
_OWN_PREFIX = "map."
_SHARED_PREFIXES = ("status.", "method.")
#: The length of the head, deflated.
_LENGTH = struct.Struct("<I")


def payload(dataset: Dataset) -> dict[str, Any]:
    """Return everything that the web map shows.

    Parameters
    ----------
    dataset : Dataset
        Any.

    Returns
    -------
    dict
        ``span``, ``sectors``, ``timelines``, ``events``, ``places``, ``basemap``, ``sources``,
        ``attribution``, ``unlisted``, ``messages``, ``style``: plain values, texts as
        ``[en, ja, local]``, dates ISO 8601, bands square kilometres. ``parts``: the bytes of the
        columns, then of each timeline's compact form.

    Examples
    --------
    >>> import frontmap
    >>> payload(frontmap.read())["span"]
    ['2024-09-30', '2024-12-31']
    """
    return {
        "span": [date.isoformat() for date in dataset.span],
        "sectors": [_sector(sector) for _, sector in sorted(dataset.sectors.items())],
        "timelines": [_timeline(dataset, line) for line in dataset.timelines],
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
        "attribution": stated_credits(dataset),
        "unlisted": undescribed(dataset),
        "messages": {language: messages(language) for language in LANGUAGES},
        "style": {"themes": style.as_json(), "font": style.FONT_STACK},
        "parts": [_columns(dataset), *(to_bytes(line.topology) for line in dataset.timelines)],
    }


def packed(document: dict[str, Any]) -> str:
    """Return a document in base64: its plain values deflated, then its parts.

    Parameters
    ----------
    document : dict
        Plain values, and ``parts``: a list of bytes.

    Returns
    -------
    str
        Letters, digits, ``+``, ``/`` and ``=`` alone.

    Examples
    --------
    >>> unpacked(packed({"name": "</script>{{ x }}", "parts": [b"1"]}))
    {'name': '</script>{{ x }}', 'parts': [b'1']}
    """
    parts = document["parts"]
    plain = {**document, "parts": [len(part) for part in parts]}
    text = json.dumps(plain, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    head = zlib.compress(text.encode("utf-8"), 9)
    return base64.b64encode(b"".join([_LENGTH.pack(len(head)), head, *parts])).decode("ascii")


def unpacked(text: str) -> dict[str, Any]:
    """Return the document that `packed` wrote.

    Parameters
    ----------
    text : str
        Base64.

    Returns
    -------
    dict
        Plain values, and ``parts``.

    Examples
    --------
    >>> unpacked(packed({"name": "二", "parts": []}))["name"]
    '二'
    """
    data = base64.b64decode(text)
    at = _LENGTH.size + _LENGTH.unpack_from(data)[0]
    document: dict[str, Any] = json.loads(zlib.decompress(data[_LENGTH.size : at]))
    ends = list(accumulate(document["parts"], initial=at))
    return {**document, "parts": [data[begin:end] for begin, end in pairwise(ends)]}


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


def _timeline(dataset: Dataset, line: Timeline) -> dict[str, Any]:
    return {
        "sector": line.sector,
        "status": str(line.status),
        "source": line.source,
        "bands_km2": [_known(band) for band in band_km2(dataset, line)],
        "methods": [str(extent.method) for extent in line.extents],
        "errors_m": [_known(extent.positional_error_m) for extent in line.extents],
    }


def _columns(dataset: Dataset) -> bytes:
    """Return what is front of each timeline, and the lines of the ground."""
    columns = [
        # The front is where one side's ground ends against the other's: contested ground has none.
        fixed_runs(
            line.topology,
            None if line.status is Status.CONTESTED else fixed_lines_of(dataset, line),
        )
        for line in dataset.timelines
    ]
    if dataset.basemap is not None:
        for lines in ground_lines(dataset.basemap).values():
            columns += ground_columns(lines)
    return seal(columns)
