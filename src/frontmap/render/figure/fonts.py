"""The faces that a figure is set in: files of packages, named by path, none searched for.

Latin and Cyrillic are Source Sans Pro, Japanese is IPAexGothic, anything else DejaVu Sans. A text
with Japanese in it is set in the Japanese face as a whole; a character that a face lacks is set in
the next one, so that nothing is drawn as an empty box.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import groupby
from pathlib import Path
from unicodedata import category

import matplotlib as mpl
from matplotlib.font_manager import FontProperties, get_font
from matplotlib.ft2font import LoadFlags

from frontmap.errors import DataError

_MEASURED_AT = 100.0
#: Categories of Unicode that are no letters: control signs, separators of lines, surrogates.
_NO_LETTERS = frozenset({"Cc", "Cs", "Zl", "Zp"})


@dataclass(frozen=True, slots=True)
class Face:
    """One font file, with the names by which other programs know it.

    Parameters
    ----------
    file : str
        The path.
    families : tuple of str
        The family, and what may stand in for it in an SVG.
    weight : int
        As CSS has it.
    slanted : bool
        True for an italic.
    scale : float
        What makes its letters look as large as those of Source Sans Pro.
    ascent, descent : float
        How far its letters reach above and below the base line, in ems.
    """

    file: str
    families: tuple[str, ...]
    weight: int = 400
    slanted: bool = False
    scale: float = 1.0
    ascent: float = 0.74
    descent: float = 0.22


@cache
def face(script: str, style: str = "regular") -> Face:
    """Return a face.

    Parameters
    ----------
    script : str
        ``"latin"``, ``"japanese"`` or ``"other"``.
    style : str
        ``"regular"``, ``"bold"`` or ``"italic"``; the Japanese face has one weight.

    Returns
    -------
    Face
        Of that script and style.

    Examples
    --------
    >>> Path(face("latin", "bold").file).name
    'SourceSansPro-Semibold.ttf'
    """
    weight, slanted = 600 if style == "bold" else 400, style == "italic"
    if script == "latin":
        name = {"regular": "Regular", "bold": "Semibold", "italic": "It"}[style]
        file = _packaged("font_source_sans_pro", f"files/SourceSansPro-{name}.ttf")
        families = ("Source Sans Pro", "Source Sans 3", "Segoe UI", "Arial", "sans-serif")
        return Face(file, families, weight, slanted)
    if script == "japanese":
        file = _packaged("matplotlib_fontja", "fonts/ipaexg.ttf")
        families = ("IPAexGothic", "Yu Gothic", "Hiragino Sans", "Noto Sans CJK JP", "sans-serif")
        return Face(file, families, 400, scale=0.9, ascent=0.88, descent=0.14)
    file = str(Path(mpl.get_data_path()) / "fonts" / "ttf" / "DejaVuSans.ttf")
    return Face(file, ("DejaVu Sans", "sans-serif"), 400, scale=0.9, ascent=0.78, descent=0.24)


def _packaged(package: str, name: str) -> str:
    return str(_folder(package) / name)


@cache
def _folder(package: str) -> Path:
    """Return the folder of a package without running any code of it."""
    from importlib.util import find_spec

    spec = find_spec(package)
    if spec is None or spec.origin is None:
        raise DataError(f"the fonts of {package} are not installed: pip install {package}")
    return Path(spec.origin).parent


@lru_cache(maxsize=512)
def properties(of: Face, size_pt: float) -> FontProperties:
    """Return a face at a size, as Matplotlib wants it.

    Parameters
    ----------
    of : Face
        Any.
    size_pt : float
        Before the face's own scale.

    Returns
    -------
    FontProperties
        With the file. Matplotlib looks the font up once for each family, so it has one here; an SVG
        gets the others when it is written (`families_of`).
    """
    return FontProperties(
        family=of.families[0],
        style="italic" if of.slanted else "normal",
        weight=of.weight,
        size=size_pt * of.scale,
        fname=of.file,
    )


def families_of(name: str) -> list[str]:
    """Return a family, and what may stand in for it in a program that opens an SVG.

    Parameters
    ----------
    name : str
        The first family of a face.

    Returns
    -------
    list of str
        The family itself where it is of none of our faces.

    Examples
    --------
    >>> families_of("DejaVu Sans")
    ['DejaVu Sans', 'sans-serif']
    """
    faces = (face("latin"), face("japanese"), face("other"))
    return next((list(of.families) for of in faces if of.families[0] == name), [name])


@cache
def covered(of: Face) -> frozenset[int]:
    """Return the code points that a face has glyphs for.

    Parameters
    ----------
    of : Face
        Any.

    Returns
    -------
    frozenset of int
        Code points.

    Examples
    --------
    >>> ord("ї") in covered(face("latin")), ord("前") in covered(face("japanese"))
    (True, True)
    """
    return frozenset(get_font(of.file).get_charmap())


@lru_cache(maxsize=4096)
def runs(text: str, style: str = "regular") -> tuple[tuple[str, Face], ...]:
    """Cut a text into runs, each with the face that has its glyphs.

    Parameters
    ----------
    text : str
        One line.
    style : str
        See `face`.

    Returns
    -------
    tuple of (str, Face)
        In order; joined they are the text, with a space for every line end and control sign.

    Examples
    --------
    >>> [(run, of.families[0]) for run, of in runs("2024年9月30日")]
    [('2024年9月30日', 'IPAexGothic')]
    """
    text = "".join(" " if category(letter) in _NO_LETTERS else letter for letter in text)
    latin, japanese = face("latin", style), face("japanese")
    first = japanese if any(is_japanese(letter) for letter in text) else latin
    order = (first, latin if first is japanese else japanese, face("other"))

    def face_of(letter: str) -> Face:
        return next((of for of in order if ord(letter) in covered(of)), order[-1])

    return tuple(("".join(run), of) for of, run in groupby(text, key=face_of))


def is_japanese(letter: str) -> bool:
    """Tell whether a letter is kana, kanji or a full-width sign.

    Parameters
    ----------
    letter : str
        One character.

    Returns
    -------
    bool
        True for those.

    Examples
    --------
    >>> is_japanese("線"), is_japanese("k")
    (True, False)
    """
    code = ord(letter)
    return 0x3000 <= code <= 0x9FFF or 0xF900 <= code <= 0xFAFF or 0xFF00 <= code <= 0xFFEF


@lru_cache(maxsize=8192)
def _run_width_em(text: str, of: Face) -> float:
    font = get_font(of.file)
    font.set_size(_MEASURED_AT, 72)
    font.set_text(text, 0.0, flags=LoadFlags.NO_HINTING)
    advance = sum(
        font.load_char(ord(letter), flags=LoadFlags.NO_HINTING).linearHoriAdvance for letter in text
    )
    return max(advance / 65536, font.get_width_height()[0] / 64) / _MEASURED_AT


def width_pt(text: str, size_pt: float, style: str = "regular") -> float:
    """Return how wide a line of text is.

    Parameters
    ----------
    text : str
        One line.
    size_pt : float
        Size of the letters.
    style : str
        See `face`.

    Returns
    -------
    float
        Points.

    Examples
    --------
    >>> 40 < width_pt("Pokrovsk", 12) < 50
    True
    """
    return sum(_run_width_em(run, of) * of.scale for run, of in runs(text, style)) * size_pt


#: What must not begin a line of Japanese.
_NEVER_FIRST = frozenset("、。，．・：；）」』】〕ー々ぁぃぅぇぉっゃゅょァィゥェォッャュョ％")


def wrapped(text: str, size_pt: float, widest_pt: float, style: str = "regular") -> list[str]:
    """Cut a text into lines: between words, and between Japanese letters.

    Parameters
    ----------
    text : str
        Any.
    size_pt, widest_pt : float
        Size of the letters and width of the column.
    style : str
        See `face`.

    Returns
    -------
    list of str
        A word that is wider than the column stands alone on its line.

    Examples
    --------
    >>> wrapped("Ukrainian forces withdraw from Vuhledar", 10, 110)
    ['Ukrainian forces', 'withdraw from Vuhledar']
    """
    lines: list[str] = []
    line = ""
    for piece in _pieces(text):
        longer = line + piece
        if line and width_pt(longer.rstrip(), size_pt, style) > widest_pt:
            lines.append(line.rstrip())
            line = piece.lstrip()
        else:
            line = longer
    return [*lines, line.rstrip()] if line.strip() else lines


def _pieces(text: str) -> list[str]:
    """Return a text in pieces after each of which a line may end."""
    pieces: list[str] = []
    for letter in text:
        joins = bool(pieces) and not (
            pieces[-1][-1] == " "
            or (
                is_japanese(letter)
                and letter not in _NEVER_FIRST
                and pieces[-1][-1] not in "「『（"
            )
            or (
                is_japanese(pieces[-1][-1])
                and not is_japanese(letter)
                and letter != " "
                and pieces[-1][-1] not in "「『（"
            )
        )
        if joins:
            pieces[-1] += letter
        else:
            pieces.append(letter)
    return pieces
