"""Serve the page on this machine."""

from __future__ import annotations

import os
import socket
import threading
import time
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from streamlit.web import bootstrap

from frontmap.app.store import PATH_VARIABLE, document_of, key_of
from frontmap.errors import FrontmapError

if TYPE_CHECKING:
    from collections.abc import Callable

_PATIENCE_S = 10


def serve(path: Path | None, *, port: int, open_browser: bool) -> int:
    """Serve the page until it is interrupted.

    Parameters
    ----------
    path : Path or None
        The layers to show; by default the shipped ones.
    port : int
        The port on the loopback interface.
    open_browser : bool
        Whether to open a browser on it.

    Returns
    -------
    int
        The exit code.

    Raises
    ------
    FrontmapError
        If the port is taken.
    """
    if _answers(port):
        raise FrontmapError(f"port {port} is taken: name another one with --port")
    if path is not None:
        os.environ[PATH_VARIABLE] = key_of(path)
    options = {
        "server.address": "127.0.0.1",
        "server.port": port,
        "server.headless": not open_browser,
        "browser.gatherUsageStats": False,
        "client.toolbarMode": "minimal",
        "server.fileWatcherType": "none",
    }
    prepare(os.environ.get(PATH_VARIABLE, ""), after=lambda: _wait_for(port))
    bootstrap.load_config_options(options)
    bootstrap.run(str(Path(__file__).with_name("start.py")), False, [], options)
    return 0


def prepare(key: str, after: Callable[[], None] = lambda: None) -> threading.Thread:
    """Make the document, and import what the page needs, before the first reader asks.

    Parameters
    ----------
    key : str
        As of `key_of`.
    after : callable, optional
        Called first, in the thread.

    Returns
    -------
    Thread
        Already running. What is wrong with the layers is said when the page asks for them.
    """

    def make() -> None:
        after()
        with suppress(FrontmapError):
            document_of(key)
        import frontmap.app.page  # noqa: F401  for its imports

    thread = threading.Thread(target=make, name="prepare", daemon=True)
    thread.start()
    return thread


def _answers(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def _wait_for(port: int) -> None:
    """Wait until the server answers: made beside its start, the page would hold it up."""
    end = time.monotonic() + _PATIENCE_S
    while not _answers(port) and time.monotonic() < end:
        time.sleep(0.01)
