"""The faces of an SVG, cut to its letters and written into it: it looks the same everywhere."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections import defaultdict

from frontmap.render.figure.fonts import Face, face
from frontmap.render.webfont import woff

_TEXT = "{http://www.w3.org/2000/svg}text"
_FAMILY = re.compile(r"font-family: '([^']+)'")
#: The rules of Matplotlib's own, which every SVG of it begins with.
_RULES = b'<style type="text/css">'


def with_faces(svg: bytes) -> bytes:
    """Return an SVG that brings the faces of its texts along.

    Parameters
    ----------
    svg : bytes
        As Matplotlib writes it, with text as text.

    Returns
    -------
    bytes
        With a rule ``@font-face`` for each face, cut to the letters in use, as WOFF. A program that
        knows no such rules takes the fonts of its machine, by the same names.

    Examples
    --------
    >>> with_faces(b'<svg xmlns="http://www.w3.org/2000/svg"/>')
    b'<svg xmlns="http://www.w3.org/2000/svg"/>'
    """
    rules = "".join(
        f"@font-face {{font-family: '{one.families[0]}'; font-weight: {one.weight};"
        f" font-style: {'italic' if one.slanted else 'normal'};"
        f" src: url(data:font/woff;base64,{woff(one.file, letters)}) format('woff')}}\n"
        for one, letters in _letters(svg)
    )
    return svg.replace(_RULES, _RULES + rules.encode(), 1)


def _letters(svg: bytes) -> list[tuple[Face, str]]:
    """Return the faces of an SVG's texts, each with its letters in order."""
    known = {
        (one.families[0], one.weight, one.slanted): one
        for one in (
            *(face("latin", style) for style in ("regular", "bold", "italic")),
            face("japanese"),
            face("other"),
        )
    }
    found: defaultdict[Face, set[str]] = defaultdict(set)
    for text in ET.fromstring(svg).iter(_TEXT):  # noqa: S314  our own SVG, written just before
        style = text.get("style", "")
        family = _FAMILY.search(style)
        key = (
            family[1] if family else "",
            600 if "font-weight: 600" in style else 400,
            "font-style: italic" in style,
        )
        if key in known:
            found[known[key]].update(text.text or "")
    return [(one, "".join(sorted(found[one]))) for one in known.values() if found[one]]
