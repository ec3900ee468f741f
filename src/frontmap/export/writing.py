"""The writing of a file: whole or not at all, into a file beside it that then takes its place."""

from __future__ import annotations

import secrets
import stat
from contextlib import suppress
from typing import TYPE_CHECKING

from frontmap.errors import DataError

if TYPE_CHECKING:
    from pathlib import Path


def write_whole(target: Path, content: str | bytes) -> int:
    """Write a file whole or not at all.

    Parameters
    ----------
    target : Path
        An existing file stays as it is until the new one is complete.
    content : str or bytes
        A text is written as UTF-8, with its line ends as they are.

    Returns
    -------
    int
        The size of the file in bytes.

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
    >>> from pathlib import Path
    >>> folder = Path(tempfile.mkdtemp())
    >>> write_whole(folder / "note.txt", "as of 30 Sep 2024")
    17
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
    return len(data)
