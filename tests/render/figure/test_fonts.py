"""The faces hold every letter that a figure writes."""

import pytest
from fontTools.ttLib import TTFont

from frontmap.language import catalogue
from frontmap.render.figure import figure, fonts, typesetting


def glyphs(file, cache={}):  # noqa: B006
    if file not in cache:
        cache[file] = set(TTFont(file).getBestCmap())
    return cache[file]


def missing(text, style="regular"):
    return [
        letter
        for run, face in typesetting.runs(text, style)
        for letter in run
        if letter == "\N{REPLACEMENT CHARACTER}" or ord(letter) not in glyphs(face.file)
    ]


@pytest.mark.parametrize("style", ["regular", "bold"])
def test_every_message_has_its_glyphs(style):
    for language in ("en", "ja"):
        for key, text in catalogue(language).items():
            assert missing(text, style) == [], key


def test_every_name_and_title_has_its_glyphs(shipped):
    content = [place.name for place in shipped.places]
    content += [event.title for event in shipped.events]
    content += [sector.name for sector in shipped.sectors.values()]
    for text in content:
        for form in (text.en, text.ja, text.local):
            assert missing(form) == [], form


@pytest.mark.parametrize("sector", [None, "kursk"])
def test_every_letter_of_a_japanese_figure_is_in_the_face_it_is_drawn_with(shipped, sector):
    from matplotlib.text import Text

    drawn = figure(shipped, sector=sector, language="ja", baseline="2024-09-30", size="a4")
    texts = [one for one in drawn.findobj(Text) if one.get_text()]
    kana = 0
    for one in texts:
        held = glyphs(one.get_fontproperties().get_file())
        assert [letter for letter in one.get_text() if ord(letter) not in held] == []
        kana += any(typesetting.is_japanese(letter) for letter in one.get_text())
    assert kana > 10


def test_an_unknown_letter_is_found_missing():
    assert missing("a\ue000") == ["\N{REPLACEMENT CHARACTER}"]


def test_no_other_face_is_searched_for():
    for script in ("latin", "japanese", "other"):
        of = fonts.face(script)
        assert fonts.properties(of, 10.0).get_file() == of.file
