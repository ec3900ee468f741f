"""The Export panel in a real browser: a picture is made, looked at and saved."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING, Any

import pytest
from tests.browser.test_app import WAIT_MS, address, map_of, settle, wait_for_query

from frontmap import cli

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

__all__ = ["address"]  # a fixture
pytestmark = pytest.mark.browser


def test_a_picture_is_downloaded_and_its_command_makes_the_same(
    address: str,
    open_page: Callable[..., Any],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    page = open_page(f"{address}/?sector=kursk&date=2024-11-05&theme=dark", accept_downloads=True)
    _, frame = map_of(page)
    settle(page)
    # By key: on a busy machine a pointer's press was sometimes lost, for a reason not known.
    page.get_by_role("tab", name="Export").press("Enter")
    page.get_by_role("tab", name="Export", selected=True).wait_for(timeout=WAIT_MS)
    page.get_by_role("button", name="Make it").click()
    save = page.get_by_role("button", name="Save frontmap-picture-kursk-2024-11-05.png")
    save.wait_for(timeout=WAIT_MS)
    settle(page)
    preview = page.get_by_test_id("stImage").locator("img")
    assert preview.evaluate("image => image.decode().then(() => image.naturalWidth)") > 900
    with page.expect_download() as waiting:
        save.click()
    waiting.value.save_as(tmp_path / "saved.png")
    command = page.locator("[data-testid=stCode]:visible").inner_text().strip()
    monkeypatch.chdir(tmp_path)
    with pytest.raises(SystemExit):
        cli.main(shlex.split(command)[1:])
    made = tmp_path / waiting.value.suggested_filename
    assert made.read_bytes() == (tmp_path / "saved.png").read_bytes()
    frame.get_by_role("slider").first.press("Home")
    wait_for_query(page, date="2024-09-30")
    page.get_by_text("was made earlier, of 5 Nov 2024").wait_for(timeout=WAIT_MS)
    assert save.is_visible()
