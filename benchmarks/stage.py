"""A Chromium that may talk to this machine alone, and Streamlit pages that are served on it."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from playwright.sync_api import Error, sync_playwright

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from peers import Scripts
    from playwright.sync_api import Browser, Frame, Page, Route

HERE = Path(__file__).parent
_ARGUMENTS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip
_LOCAL = {"file", "data", "blob", "about"}
_QUIET = (
    "--server.headless=true", "--browser.gatherUsageStats=false", "--server.fileWatcherType=none",
    "--client.toolbarMode=minimal", "--server.address=127.0.0.1",
)  # fmt: skip
_PATIENCE_S = 120


class Stage:
    """Opens pages; refuses every request beyond this machine and counts what was refused."""

    def __init__(self, browser: Browser, scripts: Scripts | None) -> None:
        self.browser = browser
        self.refused: list[str] = []
        self._scripts = scripts

    @contextmanager
    def page(self, address: str = "", *, fetches: bool = False) -> Iterator[Page]:
        """Open a page with the probe in it; ``fetches`` gives a peer the scripts it asks for."""
        context = self.browser.new_context(viewport={"width": 1280, "height": 800})
        context.set_default_timeout(_PATIENCE_S * 1000)
        context.route("**/*", lambda route: self._guard(route, fetches=fetches))
        context.add_init_script(path=HERE / "probe.js")
        page = context.new_page()
        if address:
            page.goto(address)
        try:
            yield page
        finally:
            context.close()

    def _guard(self, route: Route, *, fetches: bool) -> None:
        parts = urlsplit(route.request.url)
        if parts.scheme in _LOCAL or parts.hostname in ("localhost", "127.0.0.1"):
            route.continue_()
            return
        found = self._scripts.answer(route.request.url) if fetches and self._scripts else None
        if found is None:
            if not fetches:
                self.refused.append(route.request.url)
            route.abort()
            return
        route.fulfill(content_type=found[0], body=found[1], status=200)


@contextmanager
def stage(scripts: Scripts | None) -> Iterator[Stage]:
    """Start Chromium."""
    binary = shutil.which("chromium") or shutil.which("chromium-browser")
    if binary is None:
        raise SystemExit("no Chromium on this machine: install the system's package chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=binary, args=_ARGUMENTS)
        yield Stage(browser, scripts)
        browser.close()


@contextmanager
def served(command: Sequence[str], port: int, **variables: str) -> Iterator[str]:
    """Run a server and give its address; what it serves may not be there yet."""
    with subprocess.Popen(
        command,
        env={**os.environ, **variables},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as process:
        try:
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()


def streamlit(script: Path, port: int) -> list[str]:
    """Return the command that serves a script."""
    program = [sys.executable, "-m", "streamlit", "run", str(script)]
    return [*program, *_QUIET, f"--server.port={port}"]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        number: int = probe.getsockname()[1]
        return number


def arrive(page: Page, address: str) -> None:
    """Open a page as soon as its server answers."""
    end = time.monotonic() + _PATIENCE_S
    port = urlsplit(address).port
    while time.monotonic() < end:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                page.goto(address)
                return
        time.sleep(0.01)
    raise SystemExit(f"{address} does not answer")


def wait_for(page: Page, expression: str) -> Frame:
    """Return the frame of a page in which an expression is true, as soon as there is one."""
    end = time.monotonic() + _PATIENCE_S
    while time.monotonic() < end:
        for frame in page.frames:
            try:
                if frame.evaluate(expression):
                    return frame
            except Error:  # the frame has just gone, or has no document yet
                continue
        page.wait_for_timeout(10)
    raise SystemExit(f"{page.url}: waited in vain for {expression}")


def heap(page: Page) -> tuple[float, float]:
    """Return the bytes that JavaScript holds after a collection: objects, and array buffers."""
    session: Any = page.context.new_cdp_session(page)
    session.send("HeapProfiler.enable")
    for _ in range(3):
        session.send("HeapProfiler.collectGarbage")
    found = session.send("Runtime.getHeapUsage")
    session.detach()
    return found["usedSize"], found.get("backingStorageSize", 0.0)
