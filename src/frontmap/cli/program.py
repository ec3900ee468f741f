"""The program that the commands belong to, and what it does with errors."""

from __future__ import annotations

import sys
from typing import Annotated, Any

import typer

import frontmap
from frontmap.errors import FrontmapError

app = typer.Typer(
    name="frontmap",
    help="Front lines over time: measure them, check them, map them. Everything works offline.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"frontmap {frontmap.__version__}")
        raise typer.Exit


@app.callback()
def _root(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Say the version.")
    ] = False,
) -> None:
    """Front lines over time: measure them, check them, map them. Everything works offline."""


def main(arguments: list[str] | None = None) -> Any:
    """Run a command.

    Parameters
    ----------
    arguments : list of str, optional
        By default those of the process.

    Raises
    ------
    SystemExit
        With 0, or with 1 after one line on standard error.
    """
    try:
        app(arguments)
    except FrontmapError as error:
        first = str(error).splitlines()[0]
        sys.stderr.write(f"frontmap: {first}\n")
        raise SystemExit(1) from None
