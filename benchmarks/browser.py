"""Measure the map in the browser against its peers, in one run, and write it into RESULTS.md.

The peers are run here, not quoted: a Folium page with TimestampedGeoJson and Streamlit pages with
st_folium, their scripts served from npm's packages. Steps are measured in rounds; the quietest
round counts, ours and the peer's alike, for a busy machine only ever adds.
Run with ``python benchmarks/browser.py --reference FOLDER``.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING

from frames import pan
from made import ROUNDS, Bench, make
from peers import Scripts
from record import SEED, continued, read_reference
from stage import stage
from starts import app, first_map
from steps import STEPS, baseline, steps
from table import HERE, REFERENCE, RESULTS, Row, machine, write_section
from weights import memory, size

if TYPE_CHECKING:
    from collections.abc import Callable


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--reference", type=Path, default=REFERENCE)
    options.add_argument("--output", type=Path, default=RESULTS)
    options.add_argument("--only", nargs="*", choices=list(BARS), default=list(BARS))
    options.add_argument("--no-peers", action="store_true")
    options.add_argument("--scripts", type=Path, default=HERE.parent / "build" / "peers")
    chosen = options.parse_args()
    reference = read_reference(chosen.reference)
    scripts = None if chosen.no_peers else Scripts(chosen.scripts)
    rows: list[Row] = []
    with tempfile.TemporaryDirectory() as folder, stage(scripts) as on:
        made = [
            make(Path(folder) / str(len(record.dates)), record, peers=scripts is not None)
            for record in (reference, continued(reference))
        ]
        bench = Bench(on, *made, peers=scripts is not None)
        for name in chosen.only:
            found = BARS[name](bench)
            print(*(" | ".join(row) for row in found), sep="\n", file=sys.stderr)
            print(f"({name}: load {os.getloadavg()[0]:.1f})", file=sys.stderr)
            rows += found
        text = description(on.browser.version)
    if chosen.only == list(BARS):
        write_section(chosen.output, "Browser", text, rows)


BARS: dict[str, Callable[[Bench], list[Row]]] = {
    "step": steps, "baseline": baseline, "pan": pan, "size": size, "memory": memory,
    "open": first_map, "app": app,
}  # fmt: skip


def description(chromium: str) -> str:
    packages = ("folium", "streamlit", "streamlit-folium", "playwright")
    versions = ", ".join(f"{name} {_version(name)}" for name in packages)
    return (
        "A step is timed from the call of `setDate`, at any moment between two frames, to the task "
        "after the next frame, so up to 16.7 ms of it are waiting at 60 Hz. Our JavaScript is that "
        "call and every callback of the frame; style, layout and painting are the browser's. "
        f"Each figure is the quietest of {ROUNDS} rounds of {STEPS} steps, frames and starts the "
        "best of several. All requests beyond this machine are refused; the peers get their "
        f"scripts from local packages. The record of 769 days is `record.py`'s, seed {SEED}.\n\n"
        f"Machine: {machine()}; headless Chromium {chromium} without a graphics processor, "
        f"1280 × 800; {versions}."
    )


def _version(name: str) -> str:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return "absent"


if __name__ == "__main__":
    main()
