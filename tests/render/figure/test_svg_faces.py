"""An SVG brings its faces along, cut to its letters."""

import base64
import dataclasses
import io
import re
from collections import defaultdict
from xml.etree import ElementTree as ET

import pytest
from fontTools.ttLib import TTFont

from frontmap.model import LocalText
from frontmap.render.figure import figure, picture
from frontmap.render.figure.svg_faces import with_faces

SVG = "{http://www.w3.org/2000/svg}"
RULE = re.compile(
    r"@font-face \{font-family: '([^']+)'; font-weight: (\d+); font-style: (\w+);"
    r" src: url\(data:font/woff;base64,([^)]+)\) format\('woff'\)\}"
)


@pytest.fixture(scope="module")
def written(shipped):
    drawn = figure(shipped, sector="kursk", date="2024-11-02", size="square", language="both")
    return picture(drawn, "svg")


def _said(svg):
    """Return the letters of each face: family, weight, slant."""
    found = defaultdict(set)
    for text in ET.fromstring(svg).iter(f"{SVG}text"):  # noqa: S314
        style = dict(one.split(": ", 1) for one in text.get("style").split("; "))
        family = style["font-family"].split("'")[1]
        weight, slant = style.get("font-weight", "400"), style.get("font-style", "normal")
        found[family, weight, slant].update(text.text)
    return found


def test_every_letter_is_in_a_face_of_the_file(written):
    faces = {tuple(found[:3]): found[3] for found in RULE.findall(written.decode())}
    said = _said(written)
    assert set(faces) == set(said)
    assert ("IPAexGothic", "400", "normal") in faces
    for name, letters in said.items():
        font = TTFont(io.BytesIO(base64.b64decode(faces[name])))
        assert font.flavor == "woff"
        assert {ord(letter) for letter in letters} <= set(font.getBestCmap())
        # Cut to what is in use, and still saying whose it is.
        assert len(font.getBestCmap()) <= len(letters)
        assert font["name"].getDebugName(0)


def test_what_has_no_text_has_no_face():
    svg = b'<svg xmlns="http://www.w3.org/2000/svg"><style type="text/css">*{}</style></svg>'
    assert with_faces(svg) == svg


@pytest.mark.parametrize("name", ["Kursk 🚀 region", "\u2800\u200b", "क", "クルスク ќ 州"])
def test_odd_names_are_drawn_with_their_spaces(shipped, name, caplog):
    sectors = {
        **shipped.sectors,
        "kursk": dataclasses.replace(shipped.sectors["kursk"], name=LocalText(name, name)),
    }
    odd = dataclasses.replace(shipped, sectors=sectors)
    svg = picture(figure(odd, language="both"), "svg")
    said = [text.text for text in ET.fromstring(svg).iter(f"{SVG}text")]  # noqa: S314
    assert any(said)
    # Programs that read SVG leave out spaces at the beginning of a text.
    assert not any(text and text.startswith(" ") for text in said)
    assert not caplog.records
