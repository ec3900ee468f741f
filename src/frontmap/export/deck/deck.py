"""A presentation of the front over time: a map a date, curves, published figures, sources."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, TypedDict

from frontmap.errors import DataError
from frontmap.export.command import command_line
from frontmap.export.writing import write_whole

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterable
    from typing import Unpack

    from frontmap.dataset import Dataset

ENDING = ".pptx"


class DeckChoice(TypedDict, total=False):
    """What a presentation can be asked to show; see `save_deck`."""

    dates: Iterable[str | dt.date]
    every: str | None
    events: bool
    sector: str | None
    baseline: str | dt.date | None
    language: str


def save_deck(
    dataset: Dataset,
    target: Path | str,
    *,
    origin: str = "",
    progress: Callable[[int, int], object] | None = None,
    **choice: Unpack[DeckChoice],
) -> int:
    """Write a PowerPoint file: an opening, a slide a date, curves, published figures, sources.

    Every slide of a date has a map, three key figures, what changed since the date before, a line
    of sources, and notes that say where each number comes from. Charts are native: their numbers
    can be edited.

    Parameters
    ----------
    dataset : Dataset
        What to show.
    target : Path or str
        A .pptx file; an existing one is replaced when the new one is complete.
    origin : str
        Where the data set was read from, as the commands in the notes name it.
    progress : callable, optional
        Called with the slides made so far, and their number.
    **choice
        ``dates`` (an iterable of days), ``every`` (a step such as ``"7d"``) or ``events`` (True
        for the dates of events): one of them, by default the last day. ``sector``, by default all
        on one map. ``baseline``, a day to compare all maps with, by default the date of the slide
        before. ``language``: ``"en"``, ``"ja"`` or ``"both"``.

    Returns
    -------
    int
        The size of the file in bytes.

    Raises
    ------
    FrontmapError
        If the ending, a date, a step, a sector or a language is not known, or the file cannot be
        written.

    Examples
    --------
    >>> import tempfile
    >>> from pathlib import Path
    >>> import frontmap
    >>> file = Path(tempfile.mkdtemp()) / "kursk.pptx"
    >>> size = save_deck(frontmap.read(), file, dates=["2024-11-21"], sector="kursk")
    >>> size == file.stat().st_size
    True
    """
    target = Path(target)
    check_ending(target)
    from frontmap.export.deck.slides import deck_bytes

    if "dates" in choice:
        choice["dates"] = tuple(choice["dates"])  # told in the command, too
    command = command_for(target.name, origin, **choice)
    return write_whole(target, deck_bytes(dataset, choice, command, origin, progress))


def check_ending(target: Path) -> None:
    """Refuse a file that is no presentation by its name.

    Parameters
    ----------
    target : Path
        The file to write.

    Raises
    ------
    DataError
        If it ends in anything but ``.pptx``.

    Examples
    --------
    >>> from pathlib import Path
    >>> check_ending(Path("brief.PPTX"))
    """
    if target.suffix.lower() != ENDING:
        raise DataError(f"{target}: a presentation ends in {ENDING}")


def command_for(name: str, origin: str = "", **choice: Unpack[DeckChoice]) -> str:
    """Return the command that makes a presentation.

    Parameters
    ----------
    name : str
        Of the file.
    origin : str
        Where the data set is read from; by default the shipped layers.
    **choice
        See `save_deck`.

    Returns
    -------
    str
        One line for a shell.

    Examples
    --------
    >>> command_for("brief.pptx", every="7d", sector="kursk", language="ja")
    'frontmap deck --every 7d --sector kursk --lang ja -o brief.pptx'
    """
    asked = {
        "events": bool(choice.get("events")),
        "dates": ",".join(str(day) for day in choice.get("dates", ())),
        "every": choice.get("every"),
        "sector": choice.get("sector"),
        "baseline": choice.get("baseline"),
        "language": choice.get("language"),
    }
    return command_line("deck", name, {key: value or None for key, value in asked.items()}, origin)
