"""The map as one self-contained page."""

from __future__ import annotations

import secrets
import stat
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from frontmap.errors import DataError

if TYPE_CHECKING:
    import datetime as dt

    from frontmap.dataset import Dataset


def save_page(
    dataset: Dataset,
    target: Path | str,
    *,
    date: str | dt.date | None = None,
    baseline: str | dt.date | None = None,
    sector: str | None = None,
    language: str = "en",
    tiles: str | None = None,
    tiles_attribution: str = "",
) -> int:
    """Write the map with its date slider as one page that needs no network.

    Parameters
    ----------
    dataset : Dataset
        What to show.
    target : Path or str
        The HTML file; an existing one is replaced when the new one is complete.
    date, baseline : str or datetime.date, optional
        The day to open on, and the day to compare with.
    sector : str, optional
        The sector to open on; by default all of them.
    language : str
        ``"en"`` or ``"ja"``.
    tiles, tiles_attribution : str
        Online tiles that the reader may switch on, and their credit; by default none.

    Returns
    -------
    int
        The size of the page in bytes.

    Raises
    ------
    FrontmapError
        If a date, sector, language or address of tiles is none, or the file cannot be written.
    """
    from frontmap.render.webmap import page  # Folium takes half a second that others need not wait

    text = page(
        dataset, date=date, baseline=baseline, sector=sector, language=language,
        tiles=tiles, tiles_attribution=tiles_attribution,
    )  # fmt: skip
    write_whole(Path(target), text)
    return len(text.encode())


def write_whole(target: Path, content: str | bytes) -> None:
    """Write a file whole or not at all.

    Parameters
    ----------
    target : Path
        An existing file stays as it is until the new one is complete.
    content : str or bytes
        A text is written as UTF-8, with its line ends as they are.

    Raises
    ------
    DataError
        If the folder does not exist or cannot be written, or the target is no file.

    Notes
    -----
    A link is followed, and a file keeps its permissions; a new one gets those that the user's mask
    leaves.

    Examples
    --------
    >>> import tempfile
    >>> folder = Path(tempfile.mkdtemp())
    >>> write_whole(folder / "note.txt", "as of 30 Sep 2024")
    >>> [file.name for file in folder.iterdir()]
    ['note.txt']
    """
    data = content.encode() if isinstance(content, str) else content
    home = target.resolve()  # a link stays one
    partial = home.with_name(f".{home.name}.{secrets.token_hex(4)}")
    try:
        if home.exists() and not home.is_file():
            raise DataError(f"{target}: cannot be written (it is there already and is no file)")
        with partial.open("xb") as stream:
            stream.write(data)
        if home.exists():
            partial.chmod(stat.S_IMODE(home.stat().st_mode))
        partial.replace(home)
    except OSError as error:
        raise DataError(f"{target}: cannot be written ({error.strerror})") from None
    finally:
        with suppress(OSError):
            partial.unlink(missing_ok=True)
