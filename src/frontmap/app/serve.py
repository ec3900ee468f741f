"""Serve the page on this machine."""

from __future__ import annotations

import os
import socket
import time
from pathlib import Path

from streamlit.web import bootstrap

from frontmap.app.store import PATH_VARIABLE, key_of, prepare
from frontmap.errors import FrontmapError

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


def _answers(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def _wait_for(port: int) -> None:
    """Wait until the server answers: made beside its start, the page would hold it up."""
    end = time.monotonic() + _PATIENCE_S
    while not _answers(port) and time.monotonic() < end:
        time.sleep(0.01)
