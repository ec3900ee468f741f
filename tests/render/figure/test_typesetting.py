"""Lines keep within their column, and are as wide as they are drawn."""

import pytest

from frontmap.render.figure.fonts import properties
from frontmap.render.figure.typesetting import runs, width_pt, wrapped


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
