"""How long it takes until there is a map: of a saved page, and of the app."""

from __future__ import annotations

import sys
import time
from typing import TYPE_CHECKING

from made import PEER_THERE, READY, ROUNDS
from stage import HERE, arrive, free_port, served, streamlit, wait_for
from table import Row, ms, times

if TYPE_CHECKING:
    from pathlib import Path

    from made import Bench

LOADS = 5
#: The chart's line, when Vega has drawn it.
CHART_THERE = """() => Boolean(
  document.querySelector("[data-testid=stVegaLiteChart] :is(canvas, .mark-line path[d])")
)"""


def first_map(bench: Bench) -> list[Row]:
    drawn = """async () => {
      await bench.first(() => window.frontmap);
      await frontmap.ready;
      return bench.painted();
    }"""
    ours = min(load(bench, bench.long.page, drawn) for _ in range(LOADS))
    peer = ""
    if bench.peers:
        shown = f"bench.first({PEER_THERE})"
        found = min(load(bench, bench.long.peer, shown, fetches=True) for _ in range(2))
        peer = f"{found:,.0f} ms"
    return [Row("open page to first map, 769 days", "≤ 700 ms", f"{ours:.0f} ms", "", peer)]


def load(bench: Bench, file: Path, drawn: str, *, fetches: bool = False) -> float:
    with bench.stage.page(file.as_uri(), fetches=fetches) as page:
        found: float = page.evaluate(drawn)
    return found


def app(bench: Bench) -> list[Row]:
    """Start our app and an empty one in turn, each in a process and a browser page of its own."""
    port = free_port()
    start = "from frontmap.cli import main; main()"
    frontmap_app = [sys.executable, "-c", start, "app", "--no-browser", "--port", str(port)]
    best = [float("inf")] * 2
    for _ in range(ROUNDS):
        found = (
            cold_start(bench, frontmap_app, port, READY),
            cold_start(bench, streamlit(HERE / "apps" / "chart.py", port), port, CHART_THERE),
        )
        best = [min(pair) for pair in zip(best, found, strict=True)]
    ours, peer = best
    what = "app, cold start to first map (peer: an empty page with one chart)"
    return [Row(what, "≤ 1.5 ×", times(ours / peer, 2), ms(ours), ms(peer))]


def cold_start(bench: Bench, command: list[str], port: int, there: str) -> float:
    with bench.stage.page() as page:
        begin = time.perf_counter()
        with served(command, port) as address:
            arrive(page, address)
            wait_for(page, there).evaluate("bench.painted()")
            return time.perf_counter() - begin
