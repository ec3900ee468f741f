"""Rows of figures: nothing runs into anything."""

import pytest

from frontmap.render.figure.column import Cell, Row, fits, fitted
from frontmap.render.figure.page import Box
from frontmap.render.figure.typesetting import width_pt

ROW = Row((Cell("Chasiv Yar"), Cell("382 ± 25", 1.0, "right")), 12.0, "#000000")


def test_rows_keep_their_size_where_there_is_room():
    assert fitted([ROW], Box(0, 0, 300, 100)) == [ROW]


def test_rows_shrink_alike_to_fit_the_height():
    rows = fitted([ROW] * 10, Box(0, 0, 300, 120))
    assert sum(row.height for row in rows) == pytest.approx(120)
    assert len({row.size for row in rows}) == 1


@pytest.mark.parametrize("width", [300, 120, 80])
@pytest.mark.parametrize("name", ["Chasiv Yar", "A sector with a very long name indeed"])
def test_a_name_never_runs_into_its_figure(width, name):
    row = Row((Cell(name), Cell("382 ± 25", 1.0, "right")), 12.0, "#000000", key="russian_held")
    (fit,) = fitted([row], Box(0, 0, width, 100))
    texts = sum(width_pt(cell.text, fit.size) for cell in fit.cells)
    assert texts + 2.9 * fit.size <= width
    assert fit.cells[1].text == "382 ± 25"
    assert fit.size >= 9.0


def test_rows_that_were_fitted_fit():
    box = Box(0, 0, 120, 100)
    assert not fits([ROW] * 10, box)
    assert fits(fitted([ROW] * 10, box), box.inner(-1e-9))
