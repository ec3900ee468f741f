"""Measure the topology against its peers, in one run, and write RESULTS.md.

The peers are run here, not quoted: loops over `pyproj.Geod`, `geopandas.read_file`, and
`shapely.difference`. Each figure is the best of several turns, and the turns alternate, so that
a busy machine slows both. Run with ``python benchmarks/run.py --reference FOLDER``.
"""

from __future__ import annotations

import argparse
import datetime as dt
import gzip
import resource
import subprocess
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import numpy as np
import pyproj
import shapely
from record import SEED, Record, continued, read_reference
from table import REFERENCE, RESULTS, Row, machine, mb, ms, times, write_section

import frontmap
from frontmap.geodesy import area_km2
from frontmap.topology import build, compact

if TYPE_CHECKING:
    from collections.abc import Callable

GEOD = pyproj.Geod(ellps="WGS84")
DENSIFIED_DEG = 0.0005


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--reference", type=Path, default=REFERENCE)
    options.add_argument("--output", type=Path, default=RESULTS)
    options.add_argument("--building", type=Path, help=argparse.SUPPRESS)
    chosen = options.parse_args()
    if chosen.building:
        measure_building(chosen.building)
        return
    reference = read_reference(chosen.reference)
    record = continued(reference)
    rows = [
        *kernel(reference),
        folder(chosen.reference),
        series(record),
        *consecutive(reference, "112 days"),
        *consecutive(record, "769 days"),
        *a_year_apart(record),
        *sizes(record),
        *growth(record),
        *memory(record),
    ]
    write_section(chosen.output, "Topology", description(), rows)
    for row in rows:
        print(" | ".join(row))


def kernel(reference: Record) -> list[Row]:
    polygons = reference.extents
    ours, peer = duel(lambda: area_km2(polygons), lambda: geod_areas(polygons))
    dense = geod_areas(shapely.segmentize(polygons[::10], DENSIFIED_DEG))
    off = np.abs(np.array(area_km2(polygons[::10])) / dense - 1).max()
    return [
        Row("area kernel, 112 extents", "≥ 25 ×", times(peer / ours), ms(ours), ms(peer)),
        Row("… off the densified geodesic area", "≤ 1e-10", f"{off:.0e}", "", ""),
    ]


def folder(reference: Path) -> Row:
    files = sorted(reference.glob("*.geojson"))

    def ours() -> Any:
        return frontmap.read(reference).timelines[0].areas()

    def peer() -> Any:
        return geod_areas([gpd.read_file(file).geometry.iloc[0] for file in files])

    fast, slow = duel(ours, peer)
    return Row("folder of GeoJSON to area series", "≥ 3 ×", times(slow / fast), ms(fast), ms(slow))


def series(record: Record) -> Row:
    topology = build(*record)
    ours, peer = duel(
        lambda: replace(topology).areas_km2(),  # a copy that has computed nothing yet
        lambda: geod_areas(record.extents),
        turns=3,
    )
    off = np.abs(topology.areas_km2() / np.array(area_km2(record.extents)) - 1).max()
    what = f"topology in memory to area series, 769 days (within {off:.0e} of each extent's)"
    return Row(what, "≥ 300 ×", times(peer / ours), ms(ours), ms(peer))


def consecutive(record: Record, name: str) -> list[Row]:
    days = np.arange(len(record.dates) - 1)
    return changes(record, days, days + 1, f"every pair of consecutive days, {name}", "≥ 20 ×")


def a_year_apart(record: Record) -> list[Row]:
    since = np.arange(0, len(record.dates) - 366, 80)
    rows = []
    topology = build(*record)

    def ours() -> None:
        for at in since.tolist():
            topology.changes(at, at + 366)

    def peer() -> None:
        for at in since.tolist():
            overlays(record.extents, np.array([at]), np.array([at + 366]))

    fast, slow = duel(ours, peer)
    share = f", {len(since)} pairs one by one"
    what = f"gained and lost, a year apart{share}"
    rows.append(Row(what, "≥ 3 ×", times(slow / fast), ms(fast), ms(slow)))
    rows.append(tolerance(record, since, since + 366))
    return rows


def changes(record: Record, since: Any, until: Any, name: str, bar: str) -> list[Row]:
    topology = build(*record)
    ours, peer = duel(
        lambda: topology.changes(since, until),
        lambda: overlays(record.extents, since, until),
        turns=3,
    )
    what = f"gained and lost, {name}"
    row = Row(what, bar, times(peer / ours), ms(ours), ms(peer))
    return [row, tolerance(record, since, until)]


def tolerance(record: Record, since: Any, until: Any) -> Row:
    """Compare with the areas, by one and the same kernel, of full overlays."""
    found = build(*record).changes(since, until)
    outlines = np.array(record.extents, dtype=object)
    gained = area_km2(shapely.difference(outlines[until], outlines[since]))
    lost = area_km2(shapely.difference(outlines[since], outlines[until]))
    scale = np.array(area_km2(outlines[until]))
    off = np.maximum(np.abs(found.gained_km2 - gained), np.abs(found.lost_km2 - lost)) / scale
    return Row("… off the full overlay, over the extent", "≤ 1e-9", f"{off.max():.0e}", "", "")


def overlays(extents: list[Any], since: Any, until: Any) -> None:
    outlines = np.array(extents, dtype=object)
    geod_areas(shapely.difference(outlines[until], outlines[since]))
    geod_areas(shapely.difference(outlines[since], outlines[until]))


def sizes(record: Record) -> list[Row]:
    topology = build(*record)
    text = geojson(record)
    plain, zipped = len(text), len(gzip.compress(text, 6))
    peer = f"{plain / 1e6:.1f} MB GeoJSON, {zipped / 1e6:.1f} MB gzipped"
    rows = []
    for digits, bar in ((5, 90), (7, 150)):
        size = len(compact.to_bytes(topology, step_deg=10.0**-digits)) / 1000
        what = f"compact form, 769 extents, 1e-{digits} degree"
        rows.append(Row(what, f"≤ {bar} KB", f"{size:.1f} KB", "", peer))
    return rows


def geojson(record: Record) -> bytes:
    lines = []
    for date, extent in zip(record.dates, record.extents, strict=True):
        head = f'{{"type":"Feature","properties":{{"valid_from":"{date}"}},"geometry":'
        lines.append(head + shapely.to_geojson(extent) + "}")
    text = '{"type":"FeatureCollection","features":[' + ",\n".join(lines) + "]}"
    return text.encode()


def growth(record: Record) -> list[Row]:
    days = [record.dates[0] + dt.timedelta(days=day) for day in range(10 * len(record.dates))]
    held = [extent for extent in record.extents for _ in range(10)]
    short, long = build(*record), build(days, held)

    def query(topology: Any, step: int) -> None:
        last = len(topology.dates) - 1
        topology.areas_km2()
        for at in range(0, last, 50 * step):
            topology.extent(at)
            topology.changes(at, min(at + 10 * step, last))

    few, many = duel(lambda: query(short, 1), lambda: query(long, 10))
    packed = [len(compact.to_bytes(topology)) for topology in (short, long)]
    return [
        Row("growth, ten times as many days: bytes held", "≤ 1.2 ×",
            times(long.nbytes / short.nbytes, 2), mb(long.nbytes), mb(short.nbytes)),
        Row("… bytes in the compact form", "≤ 1.2 ×",
            times(packed[1] / packed[0], 2), mb(packed[1]), mb(packed[0])),
        Row("… time of the same queries", "≤ 1.2 ×", times(many / few, 2), ms(many), ms(few)),
    ]  # fmt: skip


def memory(record: Record) -> list[Row]:
    """Build in a process of its own, from a file that is read day by day."""
    with tempfile.TemporaryDirectory() as folder:
        stored = Path(folder) / "record.npz"
        blobs = shapely.to_wkb(record.extents)
        ends = np.cumsum([len(blob) for blob in blobs])
        stored.with_suffix(".wkb").write_bytes(b"".join(blobs))
        np.savez(stored, ends=ends, dates=np.array(record.dates, dtype="datetime64[D]"))
        command = [sys.executable, str(Path(__file__)), "--building", str(stored)]
        answer = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    peak, held = (int(number) for number in answer.split())
    return [
        Row("peak memory of the process while building", "≤ 600 MB", mb(peak), "", ""),
        Row("held after", "≤ 60 MB", mb(held), "", ""),
    ]


def measure_building(stored: Path) -> None:
    with np.load(stored) as arrays:
        ends, dates = arrays["ends"], arrays["dates"]

    def outlines() -> Any:
        with stored.with_suffix(".wkb").open("rb") as file:
            for size in np.diff(ends, prepend=0).tolist():
                yield shapely.from_wkb(file.read(size))

    topology = build(dates, outlines())
    topology.changes(range(len(dates) - 1), range(1, len(dates)))
    print(peak_memory(), topology.nbytes)


def peak_memory() -> int:
    """Return the most bytes that this process has held."""
    status = Path("/proc/self/status")
    if not status.exists():
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    # The resource module would also count what the parent held when it started this process.
    lines = status.read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) * 1024 for line in lines if line.startswith("VmHWM"))


def duel(ours: Callable[[], Any], peer: Callable[[], Any], turns: int = 7) -> tuple[float, float]:
    """Return the best time of each, in seconds; they take turns."""
    best = [np.inf, np.inf]
    for _ in range(turns):
        for side, run in enumerate((ours, peer)):
            begin = time.perf_counter()
            run()
            best[side] = min(best[side], time.perf_counter() - begin)
    return best[0], best[1]


def geod_areas(polygons: Any) -> np.ndarray:
    return np.array([abs(GEOD.geometry_area_perimeter(one)[0]) / 1e6 for one in polygons])


def description() -> str:
    packages = {"numpy": np, "shapely": shapely, "pyproj": pyproj, "geopandas": gpd}
    versions = ", ".join(f"{name} {module.__version__}" for name, module in packages.items())
    return (
        "Times are the best of several turns, ours and the peer's in turn. The record of 769 days "
        f"is the reference's 112, continued by a generator with seed {SEED} (`record.py`).\n\n"
        f"Machine: {machine()}, {versions}, GEOS {shapely.geos_version_string}."
    )


if __name__ == "__main__":
    main()
