"""Build geodata/control from the hand-placed points in scripts/drawings.

Each sector has two tables. ``points.csv`` holds the points: ``id,lon,lat,note``. ``extents.csv``
holds the rings: ``date,status,part,points``, with the ids in order of the ring. A point that does
not move keeps its id, so the outlines of different dates share their vertices.

Rings are cut to the sector's window, in the Kursk sector to the Russian side of the state border;
contested ground is cut by held ground. Run
``python scripts/draw_control.py [SECTOR ...] [--output FOLDER]``.
"""

from __future__ import annotations

import argparse
import csv
import json
from collections import defaultdict
from pathlib import Path
from typing import Any

import numpy as np
import shapely

from frontmap.ellipsoid import edge_length_km
from frontmap.geodesy import area_km2

ROOT = Path(__file__).parents[1]
DRAWINGS = Path(__file__).parent / "drawings"
GEODATA = ROOT / "geodata"
GRID_DEG = 1e-7
LONGEST_STEP_KM = 3.0
SMALLEST_PART_KM2 = 0.5
#: Sector -> (source, status -> positional error in metres); see geodata/README.md for how the
#: errors were measured.
SECTORS: dict[str, tuple[str, dict[str, int]]] = json.loads(
    (DRAWINGS / "sectors.json").read_text(encoding="utf-8")
)


def rows(path: Path) -> list[dict[str, str]]:
    """Read a CSV file."""
    return list(csv.DictReader(path.read_text(encoding="utf-8").splitlines()))


def clip_of(sector: str) -> Any:
    """Return the ground that a sector's extents may cover."""
    features = json.loads((GEODATA / "sectors.geojson").read_text(encoding="utf-8"))["features"]
    window = next(
        shapely.geometry.shape(item["geometry"])
        for item in features
        if item["properties"]["sector"] == sector
    )
    if sector != "kursk":
        return window
    land = json.loads((GEODATA / "basemap" / "land.geojson").read_text(encoding="utf-8"))
    russia = next(f for f in land["features"] if f["properties"]["country"] == "RUS")
    near = shapely.clip_by_rect(shapely.geometry.shape(russia["geometry"]), 34, 50.5, 36.5, 52.5)
    return shapely.make_valid(near)


def outlines(sector: str) -> dict[tuple[str, str], Any]:
    """Return the drawn area of each date and status, uncut."""
    places = {
        row["id"]: (float(row["lon"]), float(row["lat"]))
        for row in rows(DRAWINGS / sector / "points.csv")
    }
    shells: dict[tuple[str, str], list[Any]] = defaultdict(list)
    for row in rows(DRAWINGS / sector / "extents.csv"):
        ring = np.array([places[name] for name in row["points"].split()])
        shape = shapely.Polygon(ring)
        if not shape.is_valid:
            message = f"{sector} {row['date']} {row['status']}: {shapely.is_valid_reason(shape)}"
            raise SystemExit(message)
        shells[row["date"], row["status"]].append(shape)
    return {key: shapely.union_all(parts) for key, parts in shells.items()}


def cut(drawn: Any, clip: Any, held: Any) -> Any:
    """Cut an outline to its ground and drop slivers, as oriented multipolygon on the grid."""
    shape = shapely.intersection(drawn, clip, grid_size=GRID_DEG)
    if held is not None:
        shape = shapely.difference(shape, held, grid_size=GRID_DEG)
    parts = shapely.get_parts(shape)
    parts = parts[shapely.get_dimensions(parts) == 2]
    kept = [part for part in parts if area_km2(part) >= SMALLEST_PART_KM2]
    return shapely.orient_polygons(shapely.MultiPolygon(kept))


def long_steps(shape: Any, clip: Any) -> list[str]:
    """Return the steps of a front that are too long; borders and window edges do not count."""
    fixed = shapely.boundary(clip).buffer(1e-6)
    found: list[str] = []
    for ring in shapely.get_rings(shapely.get_parts(shape)):
        points = shapely.get_coordinates(ring)
        lengths = edge_length_km(points[:-1], points[1:])
        found += [
            f"a step of {lengths[at]:.1f} km at {points[at].round(3).tolist()}"
            for at in np.flatnonzero(lengths > LONGEST_STEP_KM)
            if not fixed.contains(shapely.LineString(points[at : at + 2]))
        ]
    return found


def build(sector: str, folder: Path) -> list[str]:
    """Write the extents of one sector to a folder; return what is wrong with the drawing."""
    source, errors = SECTORS[sector]
    clip, drawn = clip_of(sector), outlines(sector)
    held = {
        date: cut(shape, clip, None)
        for (date, status), shape in drawn.items()
        if status != "contested"
    }
    features, faults = [], []
    for (date, status), shape in sorted(drawn.items()):
        area = held[date] if status != "contested" else cut(shape, clip, held[date])
        faults += [f"{sector} {date} {status}: {fault}" for fault in long_steps(area, clip)]
        properties = {
            "sector": sector,
            "status": status,
            "valid_from": date,
            "source": source,
            "method": "drawn",
            "positional_error_m": errors[status],
        }
        features.append(as_feature(area, properties))
        print(f"{sector:11}{date} {status:15}{area_km2(area):9.1f} km2")
    write(folder / f"{sector}.geojson", features)
    return faults


def as_feature(shape: Any, properties: dict[str, Any]) -> dict[str, Any]:
    """Return a GeoJSON feature."""
    geometry = json.loads(shapely.to_geojson(shape), parse_float=lambda text: round(float(text), 7))
    return {"type": "Feature", "properties": properties, "geometry": geometry}


def write(path: Path, features: list[dict[str, Any]]) -> None:
    """Write a layer, a feature a line."""
    lines = ",\n".join(json.dumps(item, separators=(",", ":")) for item in features)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(
        '{"type":"FeatureCollection","features":[\n' + lines + "\n]}\n", encoding="utf-8"
    )


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("sectors", nargs="*", metavar="SECTOR", default=sorted(SECTORS))
    parser.add_argument("--output", type=Path, default=GEODATA / "control", metavar="FOLDER")
    chosen = parser.parse_args()
    problems = [fault for name in chosen.sectors for fault in build(name, chosen.output)]
    if problems:
        raise SystemExit("\n".join(problems))
