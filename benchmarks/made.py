"""What the browser's bars are measured on: a record, its page, and its peer's page."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import shapely
from peers import timestamped_page

import frontmap
from frontmap.export import save_page
from frontmap.read import on_shipped_ground

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Page
    from record import Record
    from stage import Stage

#: Rounds of everything that is measured in rounds.
ROUNDS = 3
READY = "window.frontmap ? frontmap.ready.then(() => true) : false"
#: The Leaflet map of a Folium page, and what of a peer's page is drawn.
FOUND_MAP = "Object.values(window).find((one) => window.L && one instanceof L.Map)"
PEER_DATE = f"(date) => {FOUND_MAP}.timeDimension.setCurrentTime(Date.parse(date))"
PEER_THERE = '() => document.querySelector("path.leaflet-interactive")'


class Bench(NamedTuple):
    """What a measurement needs."""

    stage: Stage
    short: Made
    long: Made
    peers: bool


class Made(NamedTuple):
    """A record, its page and its peer's page; the folder has a file a day."""

    record: Record
    page: Path
    peer: Path
    folder: Path


def make(folder: Path, record: Record, *, peers: bool) -> Made:
    """Write a record as a folder of days, as our page and as the peer's."""
    days = folder / "days"
    days.mkdir(parents=True)
    for date, extent in zip(record.dates, record.extents, strict=True):
        head = '{"type":"FeatureCollection","features":[{"type":"Feature","properties":{},'
        text = f'{head}"geometry":{shapely.to_geojson(extent)}}}]}}'
        (days / f"front_{date:%Y%m%d}.geojson").write_text(text, encoding="utf-8")
    ours, peer = folder / "map.html", folder / "peer.html"
    save_page(on_shipped_ground(frontmap.read(days)), ours)
    if peers:
        peer.write_text(timestamped_page(record), encoding="utf-8")
    return Made(record, ours, peer, days)


def opened(page: Page) -> list[str]:
    """Wait until a page of ours has settled, and return its dates."""
    page.evaluate(READY)
    page.wait_for_timeout(700)
    dates: list[str] = page.evaluate("[...frontmap.dates]")
    return dates


def look_at(page: Page, zoom: str) -> None:
    """Leave the view as it opened, on the whole country, or look at one sector."""
    if zoom == "country":
        return
    west, south, east, north = frontmap.read().sectors["pokrovsk"].window
    bounds = [[south, west], [north, east]]
    page.evaluate("(box) => map_frontmap.fitBounds(box, {animate: false})", bounds)
    page.wait_for_timeout(300)
