"""Frames while the map is panned and zoomed by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from made import ROUNDS, look_at, opened
from table import Row

if TYPE_CHECKING:
    from collections.abc import Callable

    from made import Bench
    from playwright.sync_api import Page


def pan(bench: Bench) -> list[Row]:
    rows = []
    with bench.stage.page(bench.long.page.as_uri()) as page:
        opened(page)
        for zoom in ("country", "sector"):
            look_at(page, zoom)
            for name, act in (("pan", drag), ("zoom", wheel)):
                longest = min(longest_frame(page, act) for _ in range(ROUNDS))
                what = f"{name} by hand, {zoom} zoom, 769 days: longest frame"
                rows.append(Row(what, "≤ 50 ms", f"{longest:.0f} ms", "", ""))
    return rows


def longest_frame(page: Page, act: Callable[[Page], None]) -> float:
    page.evaluate("() => { window.stopWatch = bench.watchFrames(); }")
    act(page)
    page.wait_for_timeout(600)
    longest: float = page.evaluate("() => stopWatch()")
    return longest


def drag(page: Page) -> None:
    for way in (1, -1):
        page.mouse.move(500, 330)
        page.mouse.down()
        for step in range(1, 31):
            page.mouse.move(500 + way * 8 * step, 330 + way * 3 * step)
        page.mouse.up()
        page.wait_for_timeout(400)


def wheel(page: Page) -> None:
    page.mouse.move(500, 330)
    for way in (-1, 1):
        for _ in range(4):
            page.mouse.wheel(0, way * 90)
            page.wait_for_timeout(350)
