"""The program that the commands belong to, and what it does with errors."""

from __future__ import annotations

import signal
import sys
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import shapely
import typer

import frontmap
from frontmap.errors import FrontmapError

if TYPE_CHECKING:
    from collections.abc import Iterator

#: Requests to end: from another program, and from a terminal that is closed.
_REQUESTS = ("SIGTERM", "SIGHUP")

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
        with _ended_in_order():
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


@contextmanager
def _ended_in_order() -> Iterator[None]:
    """Let a request to end unwind as Ctrl-C does, so that nothing unfinished stays behind."""
    if threading.current_thread() is not threading.main_thread():
        yield  # only the main thread may hear signals
        return

    def end(number: int, _: object) -> NoReturn:
        raise SystemExit(128 + number)

    known = [getattr(signal, name) for name in _REQUESTS if hasattr(signal, name)]
    # What is ignored, as after nohup, stays so; None is a handler that is not Python's.
    before = {one: signal.getsignal(one) for one in known}
    heard = {one: how for one, how in before.items() if how not in (signal.SIG_IGN, None)}
    for one in heard:
        signal.signal(one, end)
    try:
        yield
    finally:
        for one, how in heard.items():
            signal.signal(one, how)


def _leave(reason: str) -> NoReturn:
    """Say one line, in letters that any terminal takes, and leave."""
    first = next(iter(reason.splitlines()), "failed")
    sys.stderr.write(f"frontmap: {first.encode(errors='backslashreplace').decode()}\n")
    raise SystemExit(1) from None
