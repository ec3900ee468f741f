"""How much a page weighs on disk, and what it holds in memory."""

from __future__ import annotations

from typing import TYPE_CHECKING

from made import PEER_DATE, PEER_THERE, opened
from stage import heap
from table import Row, mb

if TYPE_CHECKING:
    from made import Bench

PLAYS = 10
PLAY = "(dates) => bench.playThrough(dates, (date) => frontmap.setDate(date))"


def size(bench: Bench) -> list[Row]:
    rows = []
    for made in (bench.short, bench.long):
        ours = made.page.stat().st_size
        peer = mb(made.peer.stat().st_size) if bench.peers else ""
        days = len(made.record.dates)
        what = f"saved page, {days} days, basemap and Leaflet in it"
        rows.append(Row(what, "≤ 600 KB", f"{ours / 1000:.0f} KB", "", peer))
    return rows


def memory(bench: Bench) -> list[Row]:
    with bench.stage.page(bench.long.page.as_uri()) as page:
        dates = opened(page)
        held = []
        for _ in range(1 + PLAYS):
            page.evaluate(PLAY, dates)
            page.wait_for_timeout(700)
            held.append(heap(page))
    peer = ""
    if bench.peers:
        with bench.stage.page(bench.long.peer.as_uri(), fetches=True) as page:
            page.evaluate(f"bench.first({PEER_THERE})")
            through = [f"{date}T00:00:00" for date in bench.long.record.dates]
            page.evaluate(f"(dates) => bench.playThrough(dates, {PEER_DATE})", through)
            peer = mb(heap(page)[0])
    used, buffers = held[0]
    grown = held[-1][0] + held[-1][1] - used - buffers
    beside = f"and {mb(buffers)} in array buffers"
    return [
        Row("heap after a play-through of 769 days", "≤ 40 MB", mb(used), beside, peer),
        Row(f"… grown after {PLAYS} more", "none", f"{grown / 1e6:+.2f} MB", "", ""),
    ]
