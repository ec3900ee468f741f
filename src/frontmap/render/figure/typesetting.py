"""Text set in the faces: cut into runs, measured, broken into lines.

A text with Japanese in it is set in the Japanese face as a whole; a character that a face lacks is
set in the next one, and one that all lack is shown as "�", so that nothing is an empty box.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from itertools import groupby
from typing import TYPE_CHECKING
from unicodedata import category, normalize

import budoux
from matplotlib.font_manager import get_font
from matplotlib.ft2font import LoadFlags

from frontmap.render.figure.fonts import Face, covered, face

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from matplotlib.ft2font import FT2Font

#: Letters are measured once, at this size in points: widths grow with the size.
_MEASURED_AT = 100.0
#: Categories of Unicode that are no letters: control signs, separators of lines, surrogates.
_NO_LETTERS = frozenset({"Cc", "Cs", "Zl", "Zp"})
#: Signs that draw nothing and only steer how others are drawn: joiners, marks of direction.
_STEERING = frozenset(map(chr, (*range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0))))
#: What must not begin a line of Japanese.
_NEVER_FIRST = frozenset(
    "、。，．・：；！？）」』】〕》〉｝］｠〟々ーぁぃぅぇぉっゃゅょゎゕゖァィゥェォッャュョヮヵヶ"
    "ゝゞヽヾ…‥〜～％℃｡｣､･ｰﾞﾟｧｨｩｪｫｬｭｮｯ"
)
#: What must not end one.
_NEVER_LAST = frozenset("「『（【〔《〈｛［｟〝｢")
#: Stands for a letter that no face has.
_UNKNOWN = "\N{REPLACEMENT CHARACTER}"
_AFTER_SPACE = re.compile("(?<= )(?=[^ ])")


@lru_cache(maxsize=4096)
def runs(text: str, style: str = "regular") -> tuple[tuple[str, Face], ...]:
    """Cut a text into runs, each with the face that has its glyphs.

    Parameters
    ----------
    text : str
        One line.
    style : str
        See `fonts.face`.

    Returns
    -------
    tuple of (str, Face)
        In order; joined they are the text on one line, with "�" for what no face has.

    Examples
    --------
    >>> [(run, of.families[0]) for run, of in runs("2024年9月30日")]
    [('2024年9月30日', 'IPAexGothic')]
    """
    text = _on_one_line(text)
    latin, japanese = face("latin", style), face("japanese")
    first = japanese if any(is_japanese(letter) for letter in text) else latin
    order = (first, latin if first is japanese else japanese, face("other"))
    known = (
        letter if any(ord(letter) in covered(of) for of in order) else _UNKNOWN for letter in text
    )

    def face_of(letter: str) -> Face:
        return next(of for of in order if ord(letter) in covered(of))

    return tuple(("".join(run), of) for of, run in groupby(known, key=face_of))


def _on_one_line(text: str) -> str:
    """Return a text composed, with spaces for line ends and without signs that only steer."""
    kept = (
        " " if category(letter) in _NO_LETTERS else letter
        for letter in normalize("NFC", text)
        if category(letter) != "Cf" and letter not in _STEERING
    )
    return "".join(kept)


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
    font = _set(text, of)
    ink = font.get_width_height()[0]
    advance = sum(_advance(letter, of) for letter in text)
    return max(advance / 65536, ink / 64) / _MEASURED_AT


@lru_cache(maxsize=4096)
def _advance(letter: str, of: Face) -> float:
    font = get_font(of.file)
    font.set_size(_MEASURED_AT, 72)
    return font.load_char(ord(letter), flags=LoadFlags.NO_HINTING).linearHoriAdvance


def _set(text: str, of: Face) -> FT2Font:
    font = get_font(of.file)
    font.set_size(_MEASURED_AT, 72)
    font.set_text(text, 0.0, flags=LoadFlags.NO_HINTING)
    return font


@lru_cache(maxsize=8192)
def has_ink(run: str, of: Face) -> bool:
    """Tell whether anything of a run is seen.

    Parameters
    ----------
    run : str
        See `runs`.
    of : Face
        Its face.

    Returns
    -------
    bool
        False for spaces of every kind.

    Examples
    --------
    >>> [has_ink(run, face("latin")) for run in ("km²", " ", "")]
    [True, False, False]
    """
    ink_height: int = _set(run, of).get_width_height()[1]  # its width counts spaces, too
    return ink_height > 0


def width_pt(text: str, size_pt: float, style: str = "regular") -> float:
    """Return how wide a line of text is.

    Parameters
    ----------
    text : str
        One line.
    size_pt : float
        Size of the letters.
    style : str
        See `fonts.face`.

    Returns
    -------
    float
        Points.

    Examples
    --------
    >>> 40 < width_pt("Pokrovsk", 12) < 50
    True
    """
    return sum(run_width_pt(run, of, size_pt) for run, of in runs(text, style))


def run_width_pt(run: str, of: Face, size_pt: float) -> float:
    """Return how wide a run is in its face.

    Parameters
    ----------
    run, of : str and Face
        See `runs`.
    size_pt : float
        Size of the letters.

    Returns
    -------
    float
        Points.

    Examples
    --------
    >>> run_width_pt(" km²", face("latin"), 10) > run_width_pt("km²", face("latin"), 10)
    True
    """
    return _run_width_em(run, of) * of.scale * size_pt


def wrapped(text: str, size_pt: float, widest_pt: float, style: str = "regular") -> list[str]:
    """Cut a text into lines: between words, and between phrases of Japanese.

    Parameters
    ----------
    text : str
        Any.
    size_pt, widest_pt : float
        Size of the letters and width of the column.
    style : str
        See `fonts.face`.

    Returns
    -------
    list of str
        A word or phrase that is wider than the column is cut between letters; steering signs are
        left out.

    Examples
    --------
    >>> wrapped("Ukrainian forces withdraw from Vuhledar", 10, 110)
    ['Ukrainian forces', 'withdraw from Vuhledar']
    """
    lines: list[str] = []
    line = ""
    for piece in _fitting(_on_one_line(text), size_pt, widest_pt, style):
        longer = line + piece
        if line.strip() and width_pt(longer.rstrip(), size_pt, style) > widest_pt:
            lines.append(line.rstrip())
            line = piece.lstrip()
        else:
            line = longer
    return [*lines, line.rstrip()] if line.strip() else lines


def _fitting(text: str, size_pt: float, widest_pt: float, style: str) -> Iterator[str]:
    """Yield the phrases of a text; what is wider than the column in ever smaller pieces."""

    def too_wide(piece: str) -> bool:
        return width_pt(piece.rstrip(), size_pt, style) > widest_pt

    for phrase in _joined(_phrases(text)):
        for piece in _joined(phrase) if too_wide(phrase) else [phrase]:
            yield from _letters(piece) if too_wide(piece) else [piece]


def _letters(piece: str) -> list[str]:
    """Cut a piece into letters, each with the marks that stand on it."""
    letters: list[str] = []
    for letter in piece:
        if letters and category(letter).startswith("M"):
            letters[-1] += letter
        else:
            letters.append(letter)
    return letters


def _phrases(text: str) -> Iterable[str]:
    """Return a text cut where a reader of Japanese pauses, or letter by letter without any."""
    if not any(map(is_japanese, text)):
        return text
    return _parser().parse(text)


@cache
def _parser() -> budoux.Parser:
    return budoux.load_default_japanese_parser()


def _joined(parts: Iterable[str]) -> list[str]:
    """Join parts between which no line may end; end one after every space."""
    pieces: list[str] = []
    for letters in parts:
        for part in _AFTER_SPACE.split(letters):
            if pieces and not _may_end(pieces[-1][-1], part[0]):
                pieces[-1] += part
            else:
                pieces.append(part)
    return pieces


def _may_end(last: str, first: str) -> bool:
    """Tell whether a line may end between two letters."""
    if last == " " or first == " ":
        return last == " "
    if last in _NEVER_LAST or first in _NEVER_FIRST or category(first).startswith("M"):
        return False
    return is_japanese(last) or is_japanese(first)
