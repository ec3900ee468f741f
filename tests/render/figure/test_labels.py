"""Where labels go."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from frontmap.render.figure.crowd import Crowd
from frontmap.render.figure.labels import Line, best_spot, spots_around
from frontmap.render.figure.page import Box

FRAME = Box(0, 0, 400, 300)
NOTHING = np.empty((0, 2))
LINE = [Line("Pokrovsk", 10)]

sides = st.tuples(st.floats(0, 380), st.floats(0, 280), st.floats(1, 90), st.floats(1, 60))


def box_of(values):
    x, y, width, height = values
    return Box(x, y, min(x + width, 400), min(y + height, 300))


@given(st.lists(sides, max_size=25), sides)
def test_the_index_finds_what_looking_at_all_finds(taken, wanted):
    crowd, box = Crowd(FRAME), box_of(wanted)
    boxes = [box_of(values) for values in taken]
    for one in boxes:
        crowd.take(one)
    clash = any(
        box.left < one.right and box.right > one.left and box.bottom < one.top
        and box.top > one.bottom
        for one in boxes
    )  # fmt: skip
    assert crowd.is_free(box) is not clash


def test_what_leaves_the_frame_is_not_free():
    assert not Crowd(FRAME).is_free(Box(380, 10, 401, 20))


def test_a_label_stands_to_the_right_where_it_can():
    spot = best_spot(Crowd(FRAME), spots_around(100, 100, LINE, 5), NOTHING)
    assert spot.box.left == pytest.approx(105)


def test_a_label_leaves_the_front_in_sight():
    front = np.column_stack([np.linspace(105, 150, 20), np.full(20, 100.0)])
    spot = best_spot(Crowd(FRAME), spots_around(100, 100, LINE, 5), front)
    assert spot.box.right == pytest.approx(95)


def test_a_leader_crosses_no_label_where_it_need_not():
    crowd = Crowd(FRAME)
    crowd.take(Box(110, 80, 125, 120))
    spots = [spot for spot in spots_around(100, 100, LINE, 40) if spot.align != "center"]
    spot = best_spot(crowd, spots, NOTHING, origin=(100, 100))
    assert spot.align == "right"


def test_no_room_is_no_spot():
    crowd = Crowd(FRAME)
    crowd.take(FRAME)
    assert best_spot(crowd, spots_around(100, 100, LINE, 5, rings=4), NOTHING) is None
