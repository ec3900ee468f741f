"""Lines keep within their column, and are as wide as they are drawn."""

import pytest

from frontmap.render.figure.fonts import covered, properties
from frontmap.render.figure.typesetting import has_ink, run_width_pt, runs, width_pt, wrapped


def test_lines_are_no_wider_than_the_column():
    text = "Ukrainian forces withdraw from Vuhledar after two years of fighting"
    lines = wrapped(text, 10, 120)
    assert " ".join(lines) == text
    assert all(width_pt(line, 10) <= 120 for line in lines)


def test_a_japanese_line_begins_with_no_full_stop():
    lines = wrapped("ドニプロ攻撃、プーチン大統領「オレシュニク使用」。" * 3, 10, 60)
    assert len(lines) > 5
    assert not any(line[0] in "、。」ー" for line in lines)


def test_japanese_is_cut_where_a_reader_pauses():
    text = "GUR、クルスク州での北朝鮮兵の参加を確認"
    assert wrapped(text, 10, 110) == ["GUR、クルスク州での", "北朝鮮兵の参加を確認"]
    assert wrapped(text, 10, 500) == [text]


def test_numbers_and_words_within_japanese_stay_whole():
    lines = wrapped("前線全体を1,200 / 2,000 mずらした場合の2024年10月31日時点の幅", 10, 80)
    assert (
        "".join(lines).replace(" ", "")
        == "前線全体を1,200/2,000mずらした場合の2024年10月31日時点の幅"
    )
    for number in ("1,200", "2,000", "2024", "31"):
        assert sum(number in line for line in lines) == 1


def test_a_phrase_wider_than_the_column_is_cut_between_letters():
    lines = wrapped("ボリショエ・ソルダツコエ", 10, 40)
    assert "".join(lines) == "ボリショエ・ソルダツコエ"
    assert all(width_pt(line, 10) <= 40 for line in lines)


@pytest.mark.parametrize("text", ["", " ", "a  b ", "前 線 ", " 前"])
def test_spaces_alone_break_nothing(text):
    assert " ".join(wrapped(text, 10, 5)).split() == text.split()


def test_widths_are_those_that_are_drawn():
    from matplotlib.textpath import TextPath

    for text in ("Pokrovsk", "1,020 ± 64 km²", "ポクロウスク"):
        of = runs(text)[0][1]
        ink = TextPath((0, 0), text, prop=properties(of, 40)).get_extents().width
        assert width_pt(text, 40) == pytest.approx(ink, abs=12)


@pytest.mark.parametrize(
    "text",
    ["rocket 🚀 at night", "한국어", "นม", "前線🙂の変化", "\ue000", "🇺🇦 👨‍👩‍👧 ✈️", "ᚠ\U000e0100"],
)
def test_letters_that_no_face_has_are_shown_as_unknown(text):
    assert width_pt(text, 10) > 0
    assert "\N{REPLACEMENT CHARACTER}" in "".join(run for run, _ in runs(text))
    assert all(ord(letter) in covered(of) for run, of in runs(text) for letter in run)


def test_signs_that_only_steer_are_left_out():
    assert [run for run, _ in runs("a\u200bb\u200d\u202ec\ufe0f\ufeff")] == ["abc"]
    assert runs("e\u0301 て\u3099") == runs("é で")
    assert runs("\u200b") == ()


@pytest.mark.parametrize("text", [" ", "\u00a0", "\u2800", "\u3000"])
def test_what_cannot_be_seen_has_no_ink(text):
    assert not any(has_ink(run, of) for run, of in runs(text))


def test_runs_are_as_wide_as_their_text():
    text = "前線🚀 region"
    assert sum(run_width_pt(*run, 10) for run in runs(text)) == pytest.approx(width_pt(text, 10))


@pytest.mark.parametrize(
    "text", ["Pneumonoultramicroscopic" * 4, "https://example.org/a/very/long/path", "ー" * 40]
)
def test_what_is_wider_than_the_column_is_cut(text):
    lines = wrapped(f"前線 {text}", 10, 60)
    assert "".join(lines).replace(" ", "") == f"前線{text}"
    assert all(width_pt(line, 10) <= 60 for line in lines)


def test_a_mark_stays_on_its_letter():
    text = "か\u309aき\u309aく\u309a"  # there is no sign that has both
    assert {line[-1] for line in wrapped(text, 10, 10)} == {"\u309a"}


@pytest.mark.parametrize("first", "！？】…〜ﾞ")
def test_signs_that_end_a_phrase_begin_no_line(first):
    lines = wrapped(f"前線が大きく動いた{first}" * 4, 10, 55)
    assert not any(line.startswith(first) for line in lines)


def test_line_ends_in_a_text_are_spaces():
    assert wrapped("Ukrainian forces\nwithdraw\tfrom", 10, 100) == [
        "Ukrainian forces",
        "withdraw from",
    ]
