"""One step from date to date: until it is painted, and the JavaScript of it."""

from __future__ import annotations

import statistics
from typing import TYPE_CHECKING

from made import PEER_DATE, PEER_THERE, ROUNDS, look_at, opened
from stage import HERE, arrive, free_port, served, streamlit, wait_for
from table import Row

if TYPE_CHECKING:
    from made import Bench, Made

STEPS = 100
PEER_STEPS = 8
STEP = "(dates) => bench.steps(dates, (date) => frontmap.setDate(date))"
CANVAS = '() => document.querySelector(".leaflet-fm-control-pane canvas")'
#: Press the button of a Streamlit page and wait for the day that it asks for.
PRESS = """async (day) => {
  const inFrames = () => [...document.querySelectorAll("iframe")]
    .some(({ contentDocument: inner }) => inner && inner.querySelector(`path.day-${day}`));
  const button = [...document.querySelectorAll("button")].find((one) => one.innerText === "next");
  const begin = performance.now();
  button.click();
  return (await bench.first(inFrames)) - begin;
}"""


def steps(bench: Bench) -> list[Row]:
    rows = []
    peer = peer_steps(bench) if bench.peers else ""
    for made in (bench.short, bench.long):
        rows += our_steps(bench, made, peer, baseline=False)
    return [*rows, *complete(bench)]


def baseline(bench: Bench) -> list[Row]:
    return our_steps(bench, bench.long, "", baseline=True)


def our_steps(bench: Bench, made: Made, peer: str, *, baseline: bool) -> list[Row]:
    rows = []
    days = len(made.record.dates)
    shown, bar_ms = (", with a baseline", 4) if baseline else ("", 2)
    with bench.stage.page(made.page.as_uri()) as page:
        dates = opened(page)
        if baseline:
            page.evaluate("(date) => frontmap.setBaseline(date)", dates[0])
        for zoom in ("country", "sector"):
            look_at(page, zoom)
            page.evaluate(STEP, dates[:30])  # the engine warms up
            rounds = [
                page.evaluate(STEP, [dates[(turn * STEPS + i) % days] for i in range(STEPS)])
                for turn in range(ROUNDS)
            ]
            until = min(([total for total, _ in one] for one in rounds), key=late)
            script = min(statistics.median(own for _, own in one) for one in rounds)
            what = f"one step{shown}, {zoom} zoom, {days} days"
            found, middle = (f"{value:.1f} ms" for value in (late(until), statistics.median(until)))
            rows += [
                Row(f"{what}: painted, 95 in 100", "≤ 20 ms", found, f"median {middle}", peer),
                Row("… our JavaScript, median", f"< {bar_ms} ms", f"{script:.1f} ms", "", ""),
            ]
    return rows


def complete(bench: Bench) -> list[Row]:
    """Look whether the very next frame shows all of a step."""
    with bench.stage.page(bench.long.page.as_uri()) as page:
        dates = opened(page)[10:300:15]
        look = f"(dates) => bench.complete(dates, (date) => frontmap.setDate(date), {CANVAS})"
        found = page.evaluate(look, dates)
    if not found["moved"]:
        raise SystemExit("the map shows the same at every date")
    reached = "yes" if found["equal"] else "no"
    return [Row("… the next frame is what stands half a second later", "yes", reached, "", "")]


def late(found: list[float]) -> float:
    """Return the 95th percentile."""
    return statistics.quantiles(found, n=20)[-1]


def peer_steps(bench: Bench) -> str:
    found = {
        "st_folium": streamlit_steps(bench, "folium_full.py"),
        "with a feature group": streamlit_steps(bench, "folium_group.py"),
        "TimestampedGeoJson": timestamped_steps(bench),
    }
    return ", ".join(f"{name} {median:,.0f} ms" for name, median in found.items())


def streamlit_steps(bench: Bench, app: str) -> float:
    port = free_port()
    command = streamlit(HERE / "apps" / app, port)
    folder = str(bench.long.folder)
    with (
        served(command, port, BENCH_FOLDER=folder) as address,
        bench.stage.page(fetches=True) as page,
    ):
        arrive(page, address)
        wait_for(page, '() => document.querySelector("path.day-0") !== null')
        found = []
        for day in range(1, PEER_STEPS + 1):
            page.wait_for_timeout(1000)
            found.append(page.evaluate(PRESS, day))
    return statistics.median(found)


def timestamped_steps(bench: Bench) -> float:
    with bench.stage.page(bench.long.peer.as_uri(), fetches=True) as page:
        page.evaluate(f"bench.first({PEER_THERE})")
        dates = [f"{date}T00:00:00" for date in bench.long.record.dates[100:140]]
        found = page.evaluate(f"(dates) => bench.steps(dates, {PEER_DATE})", dates)
    return statistics.median(total for total, _ in found)
