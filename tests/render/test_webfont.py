"""Faces cut to letters, for pages that are opened without a network."""

import base64
import io

import pytest
from fontTools.ttLib import TTFont

from frontmap.errors import DataError
from frontmap.render.webfont import japanese_face, packaged


def _letters(woff):
    return set(TTFont(io.BytesIO(base64.b64decode(woff))).getBestCmap())


def test_holds_the_japanese_of_texts_however_deep():
    woff = japanese_face(
        {"a": ["前線 12", {"b": ("ルハンスク州", None, 3.5, b"\x00")}], "c": "Kursk"}
    )
    assert _letters(woff) == {ord(letter) for letter in "前線ルハンスク州"}


def test_letters_that_the_face_lacks_are_passed_over():
    assert _letters(japanese_face("前\U0002ebe0")) == {ord("前")}


def test_no_japanese_no_face():
    assert japanese_face(["Front line", "линия фронта", 740]) == ""


def test_a_package_that_is_absent_is_named():
    with pytest.raises(DataError, match="the fonts of no_such_fonts are not installed"):
        packaged("no_such_fonts", "a.ttf")
