"""The command that makes a file again, as the file says it of itself."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

#: Options that the command line calls otherwise than the functions do.
_CALLED = {"language": "lang", "start": "from", "end": "to"}
#: What is so by default, for every file that has such a choice.
_USUAL = {"language": "en", "size": "slide", "theme": "light"}


def command_line(verb: str, name: str, asked: Mapping[str, object], origin: str = "") -> str:
    """Return the command that makes a file.

    Parameters
    ----------
    verb : str
        Of the command line.
    name : str
        Of the file.
    asked : mapping of str to object
        What was asked for, by the names of the functions' arguments, in the order of the options.
        What is ``None``, and what is so by default, is left out; ``True`` is an option alone.
    origin : str
        Where the data set is read from; empty for the shipped layers.

    Returns
    -------
    str
        One line for a shell.

    Examples
    --------
    >>> command_line("deck", "brief.pptx", {"events": True, "sector": None, "language": "ja"})
    'frontmap deck --events --lang ja -o brief.pptx'
    """
    words = ["frontmap", verb, *([origin] if origin else [])]
    for key, value in asked.items():
        if value is None or value == _USUAL.get(key):
            continue
        words.append(f"--{_CALLED.get(key, key)}")
        words += [] if value is True else [str(value)]
    return shlex.join([*words, "-o", name])
