"""Record the map as a short film for the README: real screenshots of the saved page.

Run with ``python scripts/record_map.py``; it needs the extra ``dev`` and a Chromium.
"""

from __future__ import annotations

import argparse
import io
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from PIL import Image
from playwright.sync_api import sync_playwright

import frontmap
from frontmap.export import save_page

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Page

TARGET = Path(__file__).parents[1] / "docs" / "images" / "map.webp"
SIZE = {"width": 1120, "height": 700}
FRAME_MS = 90
HELD_MS = 1600
ARGUMENTS = ("--no-sandbox", "--disable-gpu", "--hide-scrollbars")


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--output", type=Path, default=TARGET)
    options.add_argument("--quality", type=int, default=60)
    chosen = options.parse_args()
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        file = Path(folder) / "map.html"
        save_page(frontmap.read(), file, sector="pokrovsk", date="2024-09-30")
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=list(ARGUMENTS)
        )
        page = browser.new_page(viewport=SIZE, reduced_motion="reduce")
        page.goto(file.as_uri())
        page.evaluate("frontmap.ready")
        shots = list(film(page))
        browser.close()
    frames = [Image.open(io.BytesIO(shot)).convert("RGB") for shot, _ in shots]
    frames[0].save(
        chosen.output, save_all=True, append_images=frames[1:], loop=0,
        duration=[held for _, held in shots], quality=chosen.quality, method=6, minimize_size=True,
    )  # fmt: skip
    print(f"{chosen.output}: {len(frames)} frames, {chosen.output.stat().st_size / 1e6:.2f} MB")


def film(page: Page) -> Iterator[tuple[bytes, int]]:
    """Scrub the Pokrovsk sector, then compare and swipe, then the whole front."""
    page.evaluate("frontmap.setBaseline('2024-09-30')")
    yield shot(page, HELD_MS)
    for day in range(2, 93, 2):
        page.evaluate("(day) => frontmap.setDate(new Date(Date.UTC(2024, 8, 30 + day))"
                      ".toISOString().slice(0, 10))", day)  # fmt: skip
        yield shot(page, FRAME_MS)
    page.evaluate("frontmap.setDate('2024-12-31')")
    page.wait_for_timeout(600)
    yield shot(page, HELD_MS)
    for step in range(20, 81, 4):
        page.evaluate("(share) => frontmap.setSwipe(share)", step / 100)
        yield shot(page, FRAME_MS if step < 80 else HELD_MS)


def shot(page: Page, held_ms: int) -> tuple[bytes, int]:
    page.wait_for_timeout(80)  # the date field comes after the map
    return page.screenshot(type="png"), held_ms


if __name__ == "__main__":
    main()
