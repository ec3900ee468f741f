"""The program that the commands belong to, and what it does with errors."""

from __future__ import annotations

import sys
from typing import Annotated, Any, NoReturn

import shapely
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
        _leave(str(error))
    except OSError as error:
        named = "" if error.filename is None else f"{error.filename}: "
        _leave(f"{named}{error.strerror or error}")
    except RecursionError:
        _leave("the input is nested too deeply")
    except shapely.errors.GEOSException as error:
        _leave(f"a geometry cannot be worked with ({error})")


def _leave(reason: str) -> NoReturn:
    """Say one line, in letters that any terminal takes, and leave."""
    first = next(iter(reason.splitlines()), "failed")
    sys.stderr.write(f"frontmap: {first.encode(errors='backslashreplace').decode()}\n")
    raise SystemExit(1) from None
