"""The web map: a Folium map and our plugin on it, in one page that asks nothing of the network.

`web_map` gives a `folium.Map` that shows in a notebook and takes other Folium layers. `page` gives
the same map as a finished HTML document with a strict Content-Security-Policy. Both hold the whole
timeline; the date moves inside the page, without a server.
"""

from __future__ import annotations

import html
import re
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any

import rjsmin
from branca.element import MacroElement

from frontmap.errors import DataError, NotFoundError
from frontmap.language import LANGUAGES
from frontmap.render import style
from frontmap.render.offline import (
    OfflineMap,
    Verbatim,
    as_script_json,
    content_security_policy,
)
from frontmap.render.payload import messages, packed, payload
from frontmap.render.tiles import tile_source
from frontmap.render.webfont import japanese_face
from frontmap.timeline import as_date

if TYPE_CHECKING:
    import datetime as dt

    import folium

    from frontmap.dataset import Dataset
    from frontmap.render.tiles import TileSource

#: Our modules in the order in which they are joined: each uses only those before it.
MODULES = (
    "text", "compact", "ellipsoid", "chain", "outline", "difference", "unpack", "mercator", "dom",
    "state", "sheet", "hatch", "basemap", "control",
    "face", "events", "spread", "labels", "areas", "panel", "curve", "play", "compare", "dayfield",
    "hint",
    "slider", "legend", "describe", "inspect", "layers", "swipe", "graticule", "api",
    "sheets", "view", "mount",
)  # fmt: skip
#: Modules that only some pages need: each stands before the last of `MODULES`.
EXTRA_MODULES = ("tiles",)


class FrontLayer(MacroElement):  # type: ignore[misc]  # branca ships no type hints
    """The timeline as a layer of any Folium map, with its slider, panel and legend.

    Parameters
    ----------
    dataset : Dataset
        What to show.
    options : dict
        Any of ``date``, ``baseline``, ``sector``, ``language``, ``theme``, ``controls``, ``face``
        (see `web_map`), ``tiles`` (``url`` and ``attribution``) and ``own`` (the map is ours, so
        the layer may set its view and bounds).

    Examples
    --------
    >>> import folium, frontmap
    >>> FrontLayer(frontmap.read(), {"language": "ja"}).add_to(folium.Map()).get_name()[:11]
    'front_layer'
    """

    def __init__(self, dataset: Dataset, options: dict[str, Any]) -> None:
        super().__init__()
        self._name = "FrontLayer"
        self.dataset = dataset
        self.options = options

    def render(self, **kwargs: Any) -> None:
        """Add our style and script to the head, the data to the body, and the call that mounts."""
        figure = self.get_root()
        name = self.get_name()
        code = script(*(name for name in EXTRA_MODULES if self.options.get(name)))
        figure.header.add_child(Verbatim(f"<style>{_stylesheet()}</style>"), name="frontmap_css")
        figure.header.add_child(Verbatim(f"<script>{code}</script>"), name="frontmap_js")
        shown = payload(self.dataset)
        data = packed(shown)
        figure.html.add_child(
            Verbatim(f'<script type="text/plain" id="{name}">{data}</script>'), name=name
        )
        options = dict(self.options)
        if options.pop("face", True):  # at least for the button that turns to Japanese
            said = shown if options.get("language") == "ja" else []
            options["face"] = japanese_face([*LANGUAGES.values(), said])
        call = f'frontmapMount({self._parent.get_name()}, "{name}", {as_script_json(options)});'
        figure.script.add_child(Verbatim(call), name=name)
        super().render(**kwargs)


def web_map(  # noqa: PLR0913  keyword-only options of a view
    dataset: Dataset,
    *,
    date: str | dt.date | None = None,
    baseline: str | dt.date | None = None,
    sector: str | None = None,
    language: str = "en",
    theme: str = "light",
    controls: bool = True,
    tiles: str | None = None,
    tiles_attribution: str = "",
    face: bool = True,
) -> folium.Map:
    """Return a Folium map of a data set, to be scrubbed by date.

    Parameters
    ----------
    dataset : Dataset
        What to show.
    date : str or datetime.date, optional
        The date to open on; by default the last one.
    baseline : str or datetime.date, optional
        An earlier date to compare with.
    sector : str, optional
        The sector to zoom to; by default all of them.
    language : str
        ``"en"`` or ``"ja"``; the reader can change it.
    theme : str
        ``"light"`` or ``"dark"``.
    controls : bool
        Whether the slider is shown.
    tiles : str, optional
        The address of online tiles, such as ``https://tiles.example/{z}/{x}/{y}.png``. The reader
        can then switch them on; until that, and without this option, nothing is asked of a network.
    tiles_attribution : str
        The credit that is shown with the tiles, as plain text; by default the name of their host.
    face : bool
        Whether Japanese letters come along for machines without: those in use where the map opens
        in Japanese (60 to 90 kB), else those of the language's own name (2 kB).

    Returns
    -------
    folium.Map
        Shows in a notebook; other Folium layers may be added.

    Raises
    ------
    NotFoundError
        If there is no such sector, language or theme.
    DataError
        If a date is none, or the address of the tiles cannot be one.

    Examples
    --------
    >>> import frontmap
    >>> web_map(frontmap.read(), sector="kursk").default_js
    []
    """
    style.theme_named(theme)
    if language not in LANGUAGES:
        raise NotFoundError(f"no language {language!r}; there is {', '.join(LANGUAGES)}")
    if sector is not None and sector not in dataset.sectors:
        known = ", ".join(sorted(dataset.sectors))
        raise NotFoundError(f"no sector {sector!r} here; there is {known}")
    first, last = dataset.span
    options: dict[str, Any] = {
        "date": min(max(as_date(date or last), first), last).isoformat(),
        "baseline": None if baseline is None else as_date(baseline).isoformat(),
        "sector": sector,
        "language": language,
        "theme": theme,
        "controls": controls,
        "own": True,
        "face": face,
    }
    if source := _tile_source(tiles, tiles_attribution):
        options["tiles"] = {"url": source.url, "attribution": source.attribution}
    made = OfflineMap(
        location=[49.5, 36.0], zoom_start=7, tiles=None, zoom_snap=0.1, zoom_delta=0.5,
        max_zoom=13, max_bounds_viscosity=1.0, zoom_control=False,
        wheel_px_per_zoom_level=90,
    )  # fmt: skip
    FrontLayer(dataset, options).add_to(made)
    return made


def _tile_source(tiles: str | None, attribution: str) -> TileSource | None:
    if tiles is None:
        if attribution:
            raise DataError("an attribution of tiles is given, but no address of tiles")
        return None
    return tile_source(tiles, attribution)


def page(dataset: Dataset, **options: Any) -> str:
    """Return the web map as one HTML document that needs no network.

    Parameters
    ----------
    dataset : Dataset
        What to show.
    **options
        Those of `web_map`.

    Returns
    -------
    str
        The document: the same data set and options give the same bytes. Its
        Content-Security-Policy names every script and style by hash and allows no connection; with
        ``tiles`` it allows pictures from their origin.

    Raises
    ------
    NotFoundError, DataError
        As `web_map`.

    Examples
    --------
    >>> import frontmap
    >>> "Content-Security-Policy" in page(frontmap.read())
    True
    """
    made = web_map(dataset, **options)
    figure = made.get_root()
    made._id = "frontmap"  # noqa: SLF001  branca draws names by lot; a page has the same every time
    for child in made._children.values():  # noqa: SLF001
        child._id = "frontmap"  # noqa: SLF001
    language = options.get("language", "en")
    figure.title = html.escape(messages(language)["title"])
    document: str = figure.render().replace("\r\n", "\n").replace("\r", "\n")
    document = document.replace("<html>", f'<html lang="{language}">', 1)
    source = _tile_source(options.get("tiles"), options.get("tiles_attribution", ""))
    policy = content_security_policy(document, () if source is None else (source.origin,))
    meta = (
        f'<meta http-equiv="Content-Security-Policy" content="{html.escape(policy, quote=False)}">'
    )
    return document.replace("<head>", f"<head>\n{meta}", 1)


@cache
def script(*extra: str) -> str:
    """Return our modules as one script.

    Parameters
    ----------
    *extra : str
        Those of `EXTRA_MODULES` that are wanted.

    Returns
    -------
    str
        The modules of `MODULES` in that order, those of ``extra`` before the last of them, without
        import and export words, comments and spaces that say nothing, inside one function, so that
        only ``frontmapMount`` and ``window.frontmap`` are seen outside.

    Examples
    --------
    >>> "</script" in script().lower()
    False
    """
    parts = [_module(name) for name in (*MODULES[:-1], *extra, MODULES[-1])]
    body = "\n".join(parts)
    whole = f'(() => {{\n"use strict";\n{body}\nglobalThis.frontmapMount = frontmapMount;\n}})();'
    small: str = rjsmin.jsmin(whole)
    return small


def _module(name: str) -> str:
    text = static(f"{name}.js")
    text = re.sub(r"^import\b.*?;\n", "", text, flags=re.MULTILINE | re.DOTALL)
    return re.sub(r"^export ", "", text, flags=re.MULTILINE)


def static(name: str) -> str:
    """Return one of the files in ``render/static``.

    Parameters
    ----------
    name : str
        Such as ``"host.js"``.

    Returns
    -------
    str
        Its text.

    Examples
    --------
    >>> "export default" in static("host.js")
    True
    """
    return (resources.files("frontmap.render") / "static" / name).read_text(encoding="utf-8")


def _stylesheet() -> str:
    return style.as_css_variables() + re.sub(r"\s+", " ", static("page.css"))
