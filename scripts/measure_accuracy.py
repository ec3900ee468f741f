"""Measure what docs/accuracy.md and the README say, and write it there.

Run ``python scripts/measure_accuracy.py``; with ``--check`` it writes nothing and fails when a
page says something else. ``--reference DIR`` also writes how far the layers lie from a record of
daily extents into geodata/README.md.
"""

from __future__ import annotations

import argparse
import csv
import re
import sys
from pathlib import Path

import numpy as np
import pyproj
import shapely

import frontmap
from frontmap.analyse import fixed_lines, front_lines, plain_band_km2

ROOT = Path(__file__).parents[1]
WGS84 = pyproj.Geod(ellps="WGS84")


def table(head: tuple[str, ...], rows: list[tuple[str, ...]]) -> str:
    """Return a Markdown table."""
    lines = [head, ("---",) * len(head), *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def densified_km2(geometry: shapely.Geometry) -> float:
    """Return the geodesic area of a polygon whose edges are cut at 0.0001 degree: the oracle."""
    cut = shapely.segmentize(geometry, 0.0001)
    return abs(WGS84.geometry_area_perimeter(cut)[0]) / 1e6


def claims(dataset: frontmap.Dataset) -> str:
    """Compare published areas with the layers'."""
    rows = []
    for claim in dataset.claims:
        if claim.metric != "area_km2":
            continue
        line = dataset.timeline(claim.sector, claim.status)
        area, extent = line.area_at(claim.date_end), line.at(claim.date_end)
        assert area is not None  # noqa: S101  a claim's date is assessed
        assert extent is not None  # noqa: S101
        band = plain_band_km2(line, fixed_lines(dataset, claim.sector)).iloc[
            line.dates.index(extent.valid_from)
        ]
        rows.append(
            (
                f"Kursk, Ukrainian-held, {claim.date_end}",
                f"about {claim.value:,.0f} km²",
                f"{area:,.1f} km²",
                f"{100 * (area / claim.value - 1):+.1f} %",
                f"± {band:,.0f} km²",
            )
        )
    return table(("figure", "published", "measured", "difference", "plain band"), rows)


def projections(dataset: frontmap.Dataset) -> str:
    """Compare the ellipsoid with what projections say."""
    systems = {
        "EPSG:3857 (Web Mercator)": 3857,
        "UTM 36N (EPSG:32636)": frontmap.UTM_36N,
        "UTM 37N (EPSG:32637)": frontmap.UTM_37N,
        "equal-area (frontmap.EQUAL_AREA)": frontmap.EQUAL_AREA,
    }
    shapes = {name: dataset.timeline(name).at(dataset.span[1]).geometry for name in dataset.sectors}
    names = sorted(shapes)
    rows = [
        (
            title,
            *(f"{100 * frontmap.planar_area_error(shapes[name], crs):+.3f} %" for name in names),
        )
        for title, crs in systems.items()
    ]
    return table(("plane area in", *names), rows).replace("-0.000 %", "+0.000 %")


def oracle(dataset: frontmap.Dataset) -> str:
    """Compare the ellipsoidal area with the densified geodesic one over all layers."""
    shapes = [extent.geometry for line in dataset.timelines for extent in line.extents]
    areas = frontmap.area_km2(shapes)
    oracles = np.array([densified_km2(shape) for shape in shapes])
    plain = np.array([abs(WGS84.geometry_area_perimeter(shape)[0]) / 1e6 for shape in shapes])
    return table(
        ("over all shipped extents", "largest relative difference"),
        [
            ("`area_km2` to the geodesic area densified to 0.0001°", bound(areas / oracles - 1)),
            ("plain `pyproj.Geod`, not densified, to the same", bound(plain / oracles - 1)),
        ],
    )


def bound(relative: np.ndarray) -> str:
    """Return a power of ten that bounds a difference, so that the page is the same everywhere."""
    power = int(np.ceil(np.log10(np.abs(relative).max())))
    return f"below 1e{power}"


def agreement(dataset: frontmap.Dataset, reference: Path, windows: Path) -> str:
    """Compare the Donbas sectors with a record of daily extents, at the dates of a table."""
    rows = []
    for row in csv.DictReader(windows.read_text(encoding="utf-8").splitlines()):
        line = dataset.timeline(row["sector"])
        extent = line.at(row["date"])
        file = reference / f"deepstatemap_data_{row['date'].replace('-', '')}.geojson"
        window = [float(row[side]) for side in ("west", "south", "east", "north")]
        parts = shapely.get_parts(shapely.from_geojson(file.read_text(encoding="utf-8")))
        record = shapely.make_valid(shapely.clip_by_rect(shapely.union_all(parts), *window))
        assert extent is not None  # noqa: S101  the table's dates are assessed
        shared = frontmap.area_km2(extent.geometry & record)
        either = frontmap.area_km2(extent.geometry | record)
        offset = front_distances_m(dataset, row["sector"], extent.geometry, record)
        target = float(row["russian_held_km2"])
        area = frontmap.area_km2(extent.geometry)
        rows.append(
            (
                row["sector"],
                row["date"],
                f"{area:,.1f}",
                f"{100 * (area / target - 1):+.1f} %",
                f"{shared / either:.3f}",
                f"{np.percentile(offset, 68):,.0f} m",
            )
        )
    head = ("sector", "date", "area, km²", "to the record", "IoU", "front, 68 % within")
    return table(head, rows)


def front_distances_m(
    dataset: frontmap.Dataset, sector: str, ours: shapely.Geometry, theirs: shapely.Geometry
) -> np.ndarray:
    """Return how far two fronts lie apart, every 200 m along each."""
    fixed = fixed_lines(dataset, sector)
    fronts = [
        shapely.segmentize(frontmap.reproject(front_lines(shape, fixed), frontmap.UTM_37N), 200)
        for shape in (ours, theirs)
    ]
    return np.concatenate(
        [
            shapely.distance(shapely.points(shapely.get_coordinates(one)), other)
            for one, other in (fronts, fronts[::-1])
        ]
    )


def fill(page: Path, sections: dict[str, str], *, check: bool) -> bool:
    """Put each section between its marks on a page; return whether the page said it already."""
    before = after = page.read_text(encoding="utf-8")
    for name, text in sections.items():
        mark = rf"(<!-- {name} -->\n).*?(<!-- /{name} -->)"
        after = re.sub(
            mark, lambda found, text=text: f"{found[1]}{text}\n{found[2]}", after, flags=re.DOTALL
        )
    if after != before and not check:
        page.write_text(after, encoding="utf-8")
    return after == before


def main() -> None:
    """Measure, then write or check."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--reference", type=Path, help="a folder of daily extents")
    parser.add_argument("--windows", type=Path, help="the table of windows, dates and areas")
    given = parser.parse_args()
    dataset = frontmap.read()
    sections = {
        "claims": claims(dataset),
        "projections": projections(dataset),
        "oracle": oracle(dataset),
    }
    same = [
        fill(ROOT / page, sections, check=given.check) for page in ("README.md", "docs/accuracy.md")
    ]
    if given.reference:
        found = {"agreement": agreement(dataset, given.reference, given.windows)}
        same.append(fill(ROOT / "geodata" / "README.md", found, check=given.check))
    if given.check and not all(same):
        sys.exit("the pages differ from what is measured: run scripts/measure_accuracy.py")


if __name__ == "__main__":
    main()
