"""The browser's peers: a Folium page with TimestampedGeoJson, and scripts that it would fetch.

Folium's pages fetch their scripts when they are opened. Here they come from npm's packages, once,
and are handed to the browser as the answers of the hosts that it asks; so the peers work without
a network too. Style sheets of icons that no map here shows are answered empty.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import tarfile
from typing import TYPE_CHECKING, Any

import folium
import shapely
from folium.plugins import TimestampedGeoJson

if TYPE_CHECKING:
    from pathlib import Path

    from record import Record

#: What an address ends with, the package that has it, and its name there.
_SCRIPTS = (
    ("leaflet@1.9.3/dist/leaflet.js", "leaflet@1.9.3", "dist/leaflet.js"),
    ("leaflet@1.9.3/dist/leaflet.css", "leaflet@1.9.3", "dist/leaflet.css"),
    ("jquery-3.7.1.min.js", "jquery@3.7.1", "dist/jquery.min.js"),
    ("jquery/3.7.1/jquery.min.js", "jquery@3.7.1", "dist/jquery.min.js"),
    ("jquery-ui.min.js", "jqueryui@1.11.1", "jquery-ui.min.js"),
    ("bootstrap.bundle.min.js", "bootstrap@5.2.2", "dist/js/bootstrap.bundle.min.js"),
    ("css/bootstrap.min.css", "bootstrap@5.2.2", "dist/css/bootstrap.min.css"),
    (
        "leaflet.awesome-markers.js",
        "leaflet.awesome-markers@2.0.5",
        "dist/leaflet.awesome-markers.js",
    ),
    ("iso8601.min.js", "iso8601-js-period@0.2.1", "iso8601.js"),
    (
        "leaflet.timedimension.min.js",
        "leaflet-timedimension@1.1.1",
        "dist/leaflet.timedimension.min.js",
    ),
    (
        "leaflet.timedimension.control.css",
        "leaflet-timedimension@1.1.1",
        "dist/leaflet.timedimension.control.css",
    ),
    ("moment.min.js", "moment@2.18.1", "min/moment.min.js"),
)
_TYPES = {"js": "text/javascript", "css": "text/css"}
STYLE = {"color": "#D55E00", "weight": 1.5, "fillColor": "#D55E00", "fillOpacity": 0.3}
VIEW = {"location": [48.4, 36.5], "zoom_start": 6, "tiles": None}


class Scripts:
    """Files of npm's packages by the addresses under which Folium's pages ask for them."""

    def __init__(self, folder: Path) -> None:
        self._files: dict[str, bytes] = {}
        npm = shutil.which("npm")
        if npm is None:
            raise SystemExit("the peers' scripts come from npm: install it, or give --no-peers")
        folder.mkdir(parents=True, exist_ok=True)
        for end, package, name in _SCRIPTS:
            stored = folder / (package.replace("@", "-") + ".tgz")
            if not stored.exists():
                command = [npm, "pack", "--silent", "--pack-destination", str(folder), package]
                subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
            with tarfile.open(stored) as archive:
                member = archive.extractfile(f"package/{name}")
                self._files[end] = b"" if member is None else member.read()

    def answer(self, address: str) -> tuple[str, bytes] | None:
        """Return the type and the text of a script, or None where nobody asks for such a one."""
        found = re.search(r"\.(js|css)$", address)
        if found is None:
            return None
        for end, text in self._files.items():
            if address.endswith(end):
                return _TYPES[found[1]], text
        return (_TYPES["css"], b"") if found[1] == "css" else None


def timestamped_page(record: Record) -> str:
    """Return the page that shows a record with TimestampedGeoJson."""
    features = []
    for date, extent in zip(record.dates, record.extents, strict=True):
        geometry: dict[str, Any] = shapely.geometry.mapping(extent)
        # The plugin wants as many times as there are polygons.
        properties = {"times": [f"{date}T00:00:00"] * len(extent.geoms), "style": STYLE}
        features.append({"type": "Feature", "geometry": geometry, "properties": properties})
    made = folium.Map(**VIEW)
    collection = {"type": "FeatureCollection", "features": features}
    TimestampedGeoJson(
        collection, period="P1D", duration="PT12H", auto_play=False, loop=False, transition_time=1
    ).add_to(made)
    document: str = made.get_root().render()
    return document
