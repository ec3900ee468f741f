"""Measure pictures, films and slides against their peers, in one run, and write RESULTS.md.

The peers are run here, not quoted: a Folium page photographed in a Chromium that runs already, and
a GIF that imageio makes of frames that Matplotlib draws one by one.
Run with ``python benchmarks/pictures.py``.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from peers import Scripts
from stage import Stage, stage
from table import HERE, RESULTS, Row, machine, mb, ms, times, write_section

import frontmap
from frontmap.export import save_animation, save_deck, save_snapshot
from frontmap.export.animation import film_dates

if TYPE_CHECKING:
    from collections.abc import Callable

    from frontmap.dataset import Dataset

ROUNDS = 3
#: Of each round another date, so that nothing is drawn twice.
DAYS = ("2024-11-02", "2024-11-12", "2024-11-26", "2024-12-05")
#: With what a deck has besides they make 14 slides.
DECK_DAYS = (
    "2024-10-07", "2024-10-15", "2024-10-28", "2024-10-31", "2024-11-07", "2024-11-15",
    "2024-11-21", "2024-11-30", "2024-12-15",
)  # fmt: skip


class Studio(NamedTuple):
    """What a measurement needs."""

    dataset: Dataset
    folder: Path
    stage: Stage | None


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--output", type=Path, default=RESULTS)
    options.add_argument("--only", nargs="*", choices=list(BARS), default=list(BARS))
    options.add_argument("--no-peers", action="store_true")
    options.add_argument("--scripts", type=Path, default=HERE.parent / "build" / "peers")
    chosen = options.parse_args()
    rows: list[Row] = []
    dataset = frontmap.read()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        scripts = None if chosen.no_peers else Scripts(chosen.scripts)
        with stage(scripts) as on:
            studio = Studio(dataset, folder, None if chosen.no_peers else on)
            for bar in chosen.only:
                found = BARS[bar](studio)
                print(*(" | ".join(row) for row in found), sep="\n", file=sys.stderr)
                print(f"({bar}: load {os.getloadavg()[0]:.1f})", file=sys.stderr)
                rows += found
            text = description(on.browser.version)
    if chosen.only == list(BARS):
        write_section(chosen.output, "Pictures", text, rows)


def warm_picture(studio: Studio) -> list[Row]:
    """Draw a slide-size picture in a process that has drawn one, and photograph a page."""
    rows, best = [], {}
    for sector in ("kursk", None):
        turns = [_seconds(studio, day, sector) for day in (DAYS[0], *DAYS)]
        best[sector] = min(turns[1:])
        what = f"slide-size PNG, 1920 × 1080, {sector or 'the whole front'}, warm"
        rows.append(Row(what, "≤ 1.0 s", ms(best[sector]), "", ""))
    if studio.stage is None:
        return rows
    ours = best[None]
    for ground, what, bar in (
        (
            True,
            "… of the whole front, to a Folium page with the same ground, photographed",
            "≥ 3 ×",
        ),
        (False, "… peer: a Folium page of the control alone, no ground, no places", ""),
    ):
        peer = min(_photographed(studio, day, ground=ground) for day in DAYS)
        rows.append(Row(what, bar, times(peer / ours, 1), ms(ours), ms(peer)))
    return rows


def _photographed(studio: Studio, day: str, *, ground: bool) -> float:
    from plain import photograph

    if studio.stage is None:
        raise ValueError("no browser")
    start = time.perf_counter()
    photograph(studio.dataset, day, studio.stage, studio.folder, ground=ground)
    return time.perf_counter() - start


def _seconds(studio: Studio, day: str, sector: str | None) -> float:
    start = time.perf_counter()
    save_snapshot(studio.dataset, studio.folder / "map.png", date=day, sector=sector)
    return time.perf_counter() - start


def cold_picture(studio: Studio) -> list[Row]:
    """Run the command in a process of its own."""
    program = [sys.executable, "-c", "from frontmap.cli import main; main()", "snapshot"]
    turns = []
    for day in DAYS[:ROUNDS]:
        target = studio.folder / f"{day}.png"
        start = time.perf_counter()
        subprocess.run(
            [*program, "--date", day, "-o", str(target)], check=True, capture_output=True
        )
        turns.append(time.perf_counter() - start)
    what = "the same of the whole front, cold: the command `snapshot`"
    return [Row(what, "≤ 3.5 s", f"{min(turns):.1f} s", "", "")]


def film(studio: Studio) -> list[Row]:
    """Make the film of 93 days, ours and the naive one."""
    target, naive = studio.folder / "front.gif", studio.folder / "naive.gif"
    start = time.perf_counter()
    size = save_animation(studio.dataset, target)
    ours = time.perf_counter() - start
    dates = film_dates(studio.dataset)
    seconds = weight = ""
    if studio.stage is not None:
        from plain import film as plain_film

        start = time.perf_counter()
        weight = mb(plain_film(studio.dataset, dates, naive))
        seconds = f"{time.perf_counter() - start:.1f} s"
    what = f"GIF of {len(dates)} days, 960 × 540 (peer: imageio over Matplotlib frames)"
    return [
        Row(what, "≤ 25 s", f"{ours:.1f} s", "", seconds),
        Row("… its size", "≤ 6 MB", mb(size), "", weight),
    ]


def deck(studio: Studio) -> list[Row]:
    """Make a deck and count its slides."""
    from pptx import Presentation

    target = studio.folder / "brief.pptx"
    start = time.perf_counter()
    save_deck(studio.dataset, target, dates=DECK_DAYS)
    seconds = time.perf_counter() - start
    count = len(Presentation(str(target)).slides)
    return [Row(f"a deck of {count} slides", "≤ 20 s", f"{seconds:.1f} s", "", "")]


BARS: dict[str, Callable[[Studio], list[Row]]] = {
    "warm": warm_picture, "cold": cold_picture, "film": film, "deck": deck,
}  # fmt: skip


def description(chromium: str) -> str:
    packages = ("matplotlib", "pillow", "folium", "imageio", "geopandas")
    versions = ", ".join(f"{name} {metadata.version(name)}" for name in packages)
    return (
        "Single pictures are the best of several dates; films and decks are made once. "
        "The peer's pictures have far less on them: no legend, no placed labels, no scale.\n\n"
        f"Machine: {machine()}; headless Chromium {chromium}; {versions}."
    )


if __name__ == "__main__":
    main()
