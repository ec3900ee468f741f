"""The faces that a figure is set in: files of packages, named by path, none searched for.

Latin and Cyrillic are Source Sans Pro, Japanese is IPAexGothic, anything else DejaVu Sans.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

import matplotlib as mpl
from matplotlib.font_manager import FontProperties, get_font

from frontmap.render.webfont import packaged


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
        file = packaged("font_source_sans_pro", f"files/SourceSansPro-{name}.ttf")
        families = ("Source Sans Pro", "Source Sans 3", "Segoe UI", "Arial", "sans-serif")
        return Face(file, families, weight, slanted)
    if script == "japanese":
        file = packaged("matplotlib_fontja", "fonts/ipaexg.ttf")
        families = ("IPAexGothic", "Yu Gothic", "Hiragino Sans", "Noto Sans CJK JP", "sans-serif")
        return Face(file, families, 400, scale=0.9, ascent=0.88, descent=0.14)
    file = str(Path(mpl.get_data_path()) / "fonts" / "ttf" / "DejaVuSans.ttf")
    return Face(file, ("DejaVu Sans", "sans-serif"), 400, scale=0.9, ascent=0.78, descent=0.24)


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
