import numpy as np
import pytest
import shapely
from hypothesis import given

from frontmap.geodesy import area_km2
from frontmap.topology import build, change

from . import shapes


def all_pairs(count):
    since, until = np.indices((count, count)).reshape(2, -1)
    return since, until


@shapes.steady
@given(shapes.histories)
def test_gained_less_lost_is_the_net_change(history):
    topology = build(shapes.days(len(history)), history)
    since, until = all_pairs(len(history))
    changes = topology.changes(since, until)
    net = topology.net_change_km2(since, until)
    np.testing.assert_allclose(changes.gained_km2 - changes.lost_km2, net, atol=1e-6)


@shapes.steady
@given(shapes.histories)
def test_changes_are_the_differences_of_the_extents(history):
    topology = build(shapes.days(len(history)), history)
    since, until = all_pairs(len(history))
    changes = topology.changes(since, until)
    extents = topology.extents(range(len(history)))
    for found, held, not_held in (
        (changes.gained, until, since),
        (changes.lost, since, until),
    ):
        assert shapely.is_valid(found).all()
        expected = shapely.difference(extents[held], extents[not_held])
        assert shapely.area(shapely.symmetric_difference(found, expected)).max() < 1e-11
    np.testing.assert_allclose(area_km2(changes.gained), changes.gained_km2, atol=1e-6)
    np.testing.assert_allclose(area_km2(changes.lost), changes.lost_km2, atol=1e-6)


@shapes.steady
@given(shapes.cell_sets, shapes.cell_sets)
def test_changes_on_the_grid_are_exact(before, after):
    topology = build(shapes.days(2), [shapes.as_union(before), shapes.as_parts(after)])
    changes = topology.changes(0, 1)
    assert changes.gained[0].equals(shapes.as_union(after - before))
    assert changes.lost[0].equals(shapes.as_union(before - after))


@shapes.steady
@given(shapes.histories)
def test_no_full_overlay_is_needed(history):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(change, "_overlay", None)
        build(shapes.days(len(history)), history).changes(*all_pairs(len(history)))


@shapes.steady
@given(shapes.histories)
def test_backward_in_time_gains_are_losses(history):
    topology = build(shapes.days(len(history)), history)
    last = len(history) - 1
    forward, backward = topology.changes(0, last), topology.changes(last, 0)
    assert forward.gained_km2 == backward.lost_km2
    assert forward.lost[0].equals(backward.gained[0])


def test_two_squares_that_cross():
    before, after = shapely.box(30, 45, 32, 47), shapely.box(31, 46, 33, 48)
    changes = build(shapes.days(2), [before, after]).changes([0, 1], [1, 0])
    assert changes.gained[0].equals(after - before)
    assert changes.lost[0].equals(before - after)
    assert changes.gained_km2[0] == changes.lost_km2[1] > 0


def test_steady_edges_are_left_alone():
    before = shapely.box(30, 45, 32, 47) - shapely.box(30.2, 45.2, 30.4, 45.4)
    after = before | shapely.box(32, 46, 32.5, 46.5)
    gained = build(shapes.days(2), [before, after]).changes(0, 1).gained[0]
    assert gained.equals(shapely.box(32, 46, 32.5, 46.5))


def test_nothing_changed():
    square = shapely.box(30, 45, 31, 46)
    changes = build(shapes.days(3), [square, None, square]).changes([0, 0], [2, 0])
    assert [region.is_empty for region in [*changes.gained, *changes.lost]] == [True] * 4
    assert changes.gained_km2.tolist() == changes.lost_km2.tolist() == [0, 0]


def test_a_full_overlay_takes_over_where_pieces_are_unsure(monkeypatch):
    before, after = shapely.box(30, 45, 32, 47), shapely.box(31, 46, 33, 48)
    topology = build(shapes.days(2), [before, after])
    sure = topology.changes(0, 1)
    # A field that is wrong everywhere leaves pieces that bound nothing.
    monkeypatch.setattr(
        change, "field_on_the_right", lambda pieces, _: np.arange(len(pieces.weight))
    )
    overlaid = topology.changes(0, 1)
    assert overlaid.gained[0].equals(sure.gained[0])
    assert overlaid.gained_km2 == pytest.approx(sure.gained_km2, rel=1e-12)
