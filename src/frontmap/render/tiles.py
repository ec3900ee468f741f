"""Online tiles: where they come from, if somebody asks for them in so many words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from frontmap.errors import DataError

_HOST = re.compile(r"[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?")
_PLACEHOLDER = re.compile(r"\{([^{}]*)\}")


@dataclass(frozen=True, slots=True)
class TileSource:
    """A server of map tiles in Web Mercator.

    Parameters
    ----------
    url : str
        Its template with ``{z}``, ``{x}`` and ``{y}``.
    attribution : str
        The credit that its owner asks for; where none is given, the name of the server.
    origin : str
        Scheme, host and port: all that a page with these tiles may ask.

    Examples
    --------
    >>> tile_source("https://tiles.example/{z}/{x}/{y}.png?key=a", "").origin
    'https://tiles.example'
    """

    url: str
    attribution: str
    origin: str


def tile_source(url: str, attribution: str = "") -> TileSource:
    """Check a template of tile addresses.

    Parameters
    ----------
    url : str
        http or https, one host, and ``{z}``, ``{x}``, ``{y}`` in its path or query.
    attribution : str
        The credit; shown as it is written.

    Returns
    -------
    TileSource
        The template with the origin that a policy may name.

    Raises
    ------
    DataError
        If the template is none.

    Examples
    --------
    >>> tile_source("ftp://tiles.example/{z}/{x}/{y}.png")
    Traceback (most recent call last):
    ...
    frontmap.errors.DataError: tiles: 'ftp://tiles.example/{z}/{x}/{y}.png' is no http(s) address
    """
    said = repr(url)
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        raise DataError(f"tiles: {said} is no address") from None
    if parts.scheme not in {"http", "https"}:
        raise DataError(f"tiles: {said} is no http(s) address")
    # The host goes into the page's policy, so it may hold nothing but a plain name.
    if not _HOST.fullmatch(host) or parts.username is not None:
        raise DataError(f"tiles: {said} names no plain host")
    found = _PLACEHOLDER.findall(url)
    if absent := [f"{{{name}}}" for name in "zxy" if name not in found]:
        raise DataError(f"tiles: {said} lacks {', '.join(absent)}")
    if other := [f"{{{name}}}" for name in found if name not in {"z", "x", "y"}]:
        raise DataError(f"tiles: {said} has {', '.join(other)}; only {{z}}, {{x}}, {{y}} are known")
    named = host if port is None else f"{host}:{port}"
    return TileSource(url, attribution.strip() or named, f"{parts.scheme}://{named}")
