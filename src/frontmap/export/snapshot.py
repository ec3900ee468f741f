"""A picture of the front on a date as a file for a slide or a page."""

from __future__ import annotations

from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

from frontmap.errors import DataError
from frontmap.export.command import command_line
from frontmap.export.writing import write_whole
from frontmap.timeline import as_date

if TYPE_CHECKING:
    from typing import Unpack

    from frontmap.dataset import Dataset
    from frontmap.render.figure import Choice

#: Formats by the ending of the file.
ENDINGS = (".png", ".svg", ".pdf")
#: The choices in the order of the command's options.
_CHOICES = ("date", "sector", "baseline", "language", "size", "theme")
#: A slide is 1,920 pixels wide by default.
DPI = 144
_MOST_DPI = 1200


def save_snapshot(
    dataset: Dataset,
    target: Path | str,
    *,
    dpi: int = DPI,
    origin: str = "",
    **choice: Unpack[Choice],
) -> int:
    """Write a picture of the front on a date; what it shows stands in the file too.

    Parameters
    ----------
    dataset : Dataset
        What to show.
    target : Path or str
        A PNG, SVG or PDF by its ending; an existing file is replaced when the new one is complete.
    dpi : int
        Pixels per inch of a PNG.
    origin : str
        Where the data set was read from, as the command that makes the picture again names it.
    **choice
        ``date``, ``sector``, ``baseline``, ``language``, ``size``, ``theme``: see
        `frontmap.render.figure.figure`.

    Returns
    -------
    int
        The size of the file in bytes.

    Raises
    ------
    FrontmapError
        If the ending is of no such format, a choice is not there, or the file cannot be written.

    Examples
    --------
    >>> import tempfile
    >>> from pathlib import Path
    >>> import frontmap
    >>> file = Path(tempfile.mkdtemp()) / "kursk.png"
    >>> size = save_snapshot(frontmap.read(), file, sector="kursk", size="square", dpi=50)
    >>> size == file.stat().st_size, file.read_bytes()[1:4]
    (True, b'PNG')
    """
    target = Path(target)
    format_ = picture_format(target)
    if not 1 <= dpi <= _MOST_DPI:
        raise DataError(f"{dpi} dpi: a picture has 1 to {_MOST_DPI}")
    from frontmap.render.figure import figure, picture

    drawn = figure(dataset, **choice)
    command = command_for(target.name, dpi=dpi, origin=origin, **_dated(dataset, choice))
    content = picture(
        drawn, format_, dpi=dpi, metadata={**_facts(dataset, choice), "command": command}
    )
    return write_whole(target, content)


def picture_format(target: Path) -> str:
    """Return the format that the ending of a file names.

    Parameters
    ----------
    target : Path
        The file to write.

    Returns
    -------
    str
        ``"png"``, ``"svg"`` or ``"pdf"``.

    Raises
    ------
    DataError
        If the ending is none of a picture.

    Examples
    --------
    >>> from pathlib import Path
    >>> picture_format(Path("map.PDF"))
    'pdf'
    """
    ending = target.suffix.lower()
    if ending not in ENDINGS:
        raise DataError(f"{target}: a picture ends in {', '.join(ENDINGS)}")
    return ending[1:]


def command_for(name: str, *, dpi: int = DPI, origin: str = "", **choice: Unpack[Choice]) -> str:
    """Return the command that makes a picture.

    Parameters
    ----------
    name : str
        Of the file.
    dpi : int
        Pixels per inch of a PNG.
    origin : str
        Where the data set is read from; by default the shipped layers.
    **choice
        See `save_snapshot`; what is as it is by default is left out.

    Returns
    -------
    str
        One line for a shell.

    Examples
    --------
    >>> command_for("map.pdf", date="2024-11-21", sector="kursk", language="ja")
    'frontmap snapshot --date 2024-11-21 --sector kursk --lang ja -o map.pdf'
    """
    asked = {key: choice.get(key) for key in _CHOICES}
    fine = dpi if dpi != DPI and name.lower().endswith(".png") else None
    return command_line("snapshot", name, {**asked, "dpi": fine}, origin)


def _dated(dataset: Dataset, choice: Choice) -> Choice:
    """Return a choice with its date: the last day of the data may be another one tomorrow."""
    date = choice.get("date")
    return {**choice, "date": dataset.span[1] if date is None else as_date(date)}


def _facts(dataset: Dataset, choice: Choice) -> dict[str, str]:
    """Return what is written into the file."""
    from frontmap.render.figure import caption

    told = caption(dataset, **choice)
    return {
        "title": told.title,
        "description": told.text,
        "date": str(_dated(dataset, choice)["date"]),
        "language": "ja" if choice.get("language") == "ja" else "en",
        "sources": told.sources,
        "hash": f"sha256:{dataset.hash}",
        "program": f"frontmap {version('frontmap')}",
    }
