"""The legend says what is on the map, in as many lines as it needs."""

from frontmap.model import Status
from frontmap.render.figure.legend import legend_rows, statuses_in
from frontmap.render.figure.words import words_in
from frontmap.render.style import LIGHT


def test_two_languages_share_a_line_where_it_is_wide_enough():
    wide, narrow = (
        legend_rows({"russian_held"}, words_in("both"), LIGHT, 10.0, width) for width in (400, 110)
    )
    assert [len(rows) for rows in wide] == [1]
    assert [len(rows) for rows in narrow] == [2]


def test_change_is_keyed_in_the_hues_that_are_there():
    assert statuses_in({"ukrainian_held", "russian_held"}) == [
        Status.UKRAINIAN_HELD,
        Status.RUSSIAN_HELD,
    ]
    assert statuses_in({"front"}) == [Status.UNSTATED]
