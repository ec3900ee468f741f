"""A Folium document that stands alone: Leaflet inside, nothing loaded, code named by its hash.

Text is put into the document as it is. Folium's own way would render it as a Jinja template twice,
so a place called ``{{ x }}`` would be lost.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
from functools import cache
from importlib import metadata
from pathlib import Path
from typing import Any

import folium
from branca.element import Element
from folium.template import Template

from frontmap.errors import DataError

_SCRIPT = re.compile(r"<script(?P<attributes>[^>]*)>(?P<body>.*?)</script>", re.DOTALL)
_STYLE = re.compile(r"<style[^>]*>(?P<body>.*?)</style>", re.DOTALL)


class Verbatim(Element):  # type: ignore[misc]  # branca ships no type hints
    """A piece of the document that no template engine reads."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self._name = "Verbatim"
        self.text = text

    def render(self, **kwargs: Any) -> str:  # noqa: ARG002  the signature is branca's
        """Return the text as it is."""
        return self.text


class OfflineMap(folium.Map):  # type: ignore[misc]  # folium ships no type hints
    """A Folium map whose Leaflet is inside the document and that loads nothing else."""

    default_js: list[tuple[str, str]] = []  # noqa: RUF012  folium's attribute
    default_css: list[tuple[str, str]] = []  # noqa: RUF012

    _template = Template(
        """
        {% macro html(this, kwargs) %}
            <div class="folium-map" id={{ this.get_name()|tojson }}></div>
        {% endmacro %}
        {% macro script(this, kwargs) %}
            var {{ this.get_name() }} = L.map(
                {{ this.get_name()|tojson }},
                {center: {{ this.location|tojson }}, ...{{ this.options|tojavascript }}}
            );
        {% endmacro %}
        """
    )

    def render(self, **kwargs: Any) -> None:
        """Put Leaflet and the size of the map into the head, then render as Folium does."""
        header = self.get_root().header
        width, height = ("".join(str(part) for part in size) for size in (self.width, self.height))
        header.add_child(
            Verbatim(
                '<meta name="viewport" content="width=device-width, initial-scale=1">'
                f"<style>{leaflet('leaflet.css')}</style>"
                "<style>html, body { width: 100%; height: 100%; margin: 0; padding: 0; } "
                f"#{self.get_name()} {{ width: {width}; height: {height}; }}</style>"
                f"<script>{leaflet('leaflet.js')}</script>"
            ),
            name="leaflet",
        )
        super().render(**kwargs)


def content_security_policy(document: str, images: tuple[str, ...] = ()) -> str:
    """Return the policy that allows a document its own scripts and styles and nothing else.

    Parameters
    ----------
    document : str
        HTML with inline scripts and styles.
    images : tuple of str
        Origins from which it may load pictures; by default none.

    Returns
    -------
    str
        The value of a Content-Security-Policy.

    Examples
    --------
    >>> content_security_policy("<script>1</script>")[:57]
    "default-src 'none'; script-src 'sha256-a4ayc/80/OGda4BO/1"
    """
    scripts = [
        match["body"] for match in _SCRIPT.finditer(document)
        if "type=" not in match["attributes"]  # data that no browser runs
    ]  # fmt: skip
    styles = [match["body"] for match in _STYLE.finditer(document)]
    return "; ".join(
        [
            "default-src 'none'",
            f"script-src {_hashes(scripts)}",
            f"style-src {_hashes(styles)}",
            " ".join(["img-src data:", *images]),
            "base-uri 'none'",
            "form-action 'none'",
        ]
    )


def _hashes(bodies: list[str]) -> str:
    digests = (hashlib.sha256(body.encode("utf-8")).digest() for body in bodies)
    named = dict.fromkeys(f"'sha256-{base64.b64encode(one).decode('ascii')}'" for one in digests)
    return " ".join(named) or "'none'"


def as_script_json(value: Any) -> str:
    r"""Return JSON that may stand inside a script element.

    Parameters
    ----------
    value : object
        Plain values.

    Returns
    -------
    str
        JSON without ``<``, ``>``, ``&`` and the line separators U+2028 and U+2029.

    Examples
    --------
    >>> as_script_json("</script>")
    '"\\u003c/script\\u003e"'
    """
    text = json.dumps(value, ensure_ascii=False, sort_keys=True)
    for sign in ("<", ">", "&", "\u2028", "\u2029"):
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return text


@cache
def leaflet(name: str) -> str:
    """Return one of Leaflet's files, from the package that ships it.

    Parameters
    ----------
    name : str
        ``"leaflet.js"`` or ``"leaflet.css"``.

    Returns
    -------
    str
        Its text without references to other files (source map, marker images).

    Raises
    ------
    DataError
        If the package is not installed.

    Examples
    --------
    >>> "url(" in leaflet("leaflet.css").replace("url(#default", "")
    False
    """
    try:
        # Read by path: importing the package would need pkg_resources, which is not everywhere.
        package = metadata.distribution("xstatic-leaflet")
        file = package.locate_file(f"xstatic/pkg/leaflet/data/{name}")
        text = Path(str(file)).read_text(encoding="utf-8")
    except (metadata.PackageNotFoundError, OSError):
        raise DataError("Leaflet is missing: install the package xstatic-leaflet") from None
    text = re.sub(r"^//# sourceMappingURL=.*$", "", text, flags=re.MULTILINE)
    text = re.sub(r"background-image:\s*url\(images/[^)]*\);?", "", text)
    return text.replace("\r\n", "\n")
