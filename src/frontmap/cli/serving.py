"""The app, served on this machine."""

from __future__ import annotations

from typing import Annotated

import typer

from frontmap.cli.options import PathArgument
from frontmap.cli.program import app
from frontmap.cli.terminal import layers


@app.command("app")
def app_(
    path: PathArgument = None,
    port: Annotated[int, typer.Option("--port", "-p", help="The port to serve on.")] = 8501,
    browser: Annotated[bool, typer.Option(help="Open a browser.")] = True,
) -> None:
    """Serve the map with its tables and charts on this machine, and open it."""
    if path is not None:
        layers(path)
    from frontmap.app.serve import serve

    raise typer.Exit(serve(path, port=port, open_browser=browser))
