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


def test_widths_are_those_that_are_drawn():
    from matplotlib.textpath import TextPath

    for text in ("Pokrovsk", "1,020 ± 64 km²", "ポクロウスク"):
        of = runs(text)[0][1]
        ink = TextPath((0, 0), text, prop=properties(of, 40)).get_extents().width
        assert width_pt(text, 40) == pytest.approx(ink, abs=12)
