"""Serve the page on this machine."""

from __future__ import annotations

import os
import socket
from pathlib import Path

from streamlit.web import bootstrap

from frontmap.app.store import PATH_VARIABLE, key_of, prepare
from frontmap.errors import FrontmapError


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
    with socket.socket() as probe:
        if probe.connect_ex(("127.0.0.1", port)) == 0:
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
    prepare(os.environ.get(PATH_VARIABLE, ""))
    bootstrap.load_config_options(options)
    bootstrap.run(str(Path(__file__).with_name("start.py")), False, [], options)
    return 0
