"""What commands have in common: layers read with a bar, and what was written said."""

from __future__ import annotations

from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

import frontmap
from frontmap.read import on_shipped_ground

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from frontmap.dataset import Dataset


def layers(path: Path | None) -> Dataset:
    """Read layers, with a bar on a terminal.

    Parameters
    ----------
    path : Path or None
        By default the shipped ones.

    Returns
    -------
    Dataset
        As they are.
    """
    with progress("Reading", "files") as told:
        return frontmap.read(path, progress=told)


def layers_on_ground(path: Path | None) -> Dataset:
    """Read layers, and put them on the shipped ground where they have none.

    Parameters
    ----------
    path : Path or None
        By default the shipped ones.

    Returns
    -------
    Dataset
        To be drawn.
    """
    return on_shipped_ground(layers(path))


@contextmanager
def progress(verb: str, noun: str) -> Iterator[Callable[[int, int], None]]:
    """Show on a terminal how far work has come, in a bar that goes when it is done.

    Parameters
    ----------
    verb, noun : str
        What is done, and to what.

    Yields
    ------
    callable
        To be told the number done and the number of all.
    """
    console = Console(stderr=True)
    columns = (verb, BarColumn(), MofNCompleteColumn(), TextColumn(noun))
    with Progress(
        *columns, console=console, transient=True, disable=not console.is_terminal
    ) as bar:
        task = bar.add_task("", total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)


def origin_of(path: Path | None) -> str:
    """Return the PATH of a command as a file says it of itself.

    Parameters
    ----------
    path : Path or None
        As typed.

    Returns
    -------
    str
        Empty for the shipped layers.

    Examples
    --------
    >>> origin_of(None), origin_of(Path("daily"))
    ('', 'daily')
    """
    return "" if path is None else str(path)


def say_written(output: Path, size: int) -> None:
    """Say what was written, and how large it is.

    Parameters
    ----------
    output : Path
        The file.
    size : int
        Its bytes.

    Examples
    --------
    >>> say_written(Path("front.frontmap"), 7_240)
    wrote front.frontmap (7.2 kB)
    """
    typer.echo(f"wrote {output} ({size / 1000:,.1f} kB)")
