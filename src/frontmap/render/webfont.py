"""Faces of packages, cut to the letters in use, for what a browser opens without a network."""

from __future__ import annotations

import base64
import io
from functools import cache, lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from frontmap.errors import DataError

#: From here on Unicode has the letters of East Asia.
_FIRST_JAPANESE = "\u2e80"


def packaged(package: str, name: str) -> str:
    """Return the path of a file of an installed package, without running any code of it.

    Parameters
    ----------
    package : str
        Its importable name.
    name : str
        The file, relative to the package.

    Returns
    -------
    str
        An absolute path.

    Raises
    ------
    DataError
        If the package is not installed.

    Examples
    --------
    >>> Path(packaged("matplotlib_fontja", "fonts/ipaexg.ttf")).name
    'ipaexg.ttf'
    """
    return str(_folder(package) / name)


@cache
def _folder(package: str) -> Path:
    spec = find_spec(package)
    if spec is None or spec.origin is None:
        raise DataError(f"the fonts of {package} are not installed: pip install {package}")
    return Path(spec.origin).parent


@lru_cache(maxsize=64)
def woff(file: str, letters: str) -> str:
    """Return some letters of a face as a web font.

    Parameters
    ----------
    file : str
        A TrueType or OpenType font.
    letters : str
        What is kept; letters that the face lacks are passed over.

    Returns
    -------
    str
        A WOFF file in base64: the same for the same letters, with the face's copyright.

    Examples
    --------
    >>> woff(packaged("matplotlib_fontja", "fonts/ipaexg.ttf"), "前線")[:4]
    'd09G'
    """
    from fontTools.subset import Options, Subsetter
    from fontTools.ttLib import TTFont

    # Without hints, which only old screens need, and the dates of an editor of fonts; the names
    # keep the copyright.
    options = Options(hinting=False, recalc_timestamp=False)
    options.drop_tables += ["FFTM"]
    stream = io.BytesIO()
    with TTFont(file, lazy=True, recalcTimestamp=False) as font:
        cut = Subsetter(options)
        cut.populate(text=letters)
        cut.subset(font)
        font.flavor = "woff"
        font.save(stream)
    return base64.b64encode(stream.getvalue()).decode()


def japanese_face(value: Any) -> str:
    """Return the Japanese face, cut to the letters of some texts.

    Parameters
    ----------
    value : object
        A text, or lists and dictionaries with texts in them.

    Returns
    -------
    str
        See `woff`; empty where nothing of it is Japanese.

    Examples
    --------
    >>> japanese_face({"title": ["Front line", None]})
    ''
    >>> japanese_face(["前線", "線"]) == japanese_face("前線")
    True
    """
    letters = "".join(sorted(one for one in _letters(value) if one >= _FIRST_JAPANESE))
    file = packaged("matplotlib_fontja", "fonts/ipaexg.ttf")
    return woff(file, letters) if letters else ""


def _letters(value: Any) -> set[str]:
    if isinstance(value, str):
        return set(value)
    if isinstance(value, dict):
        value = value.values()
    elif not isinstance(value, list | tuple):
        return set()
    return set().union(*map(_letters, value))
