"""What was gained and lost, against the set difference of the extents."""

import pytest

from frontmap import area_km2
from frontmap.analyse import gained_and_lost, net_change_km2


@pytest.mark.parametrize("sector", ["kursk", "pokrovsk", "toretsk", "vuhledar", "chasiv_yar"])
def test_it_is_the_difference_of_the_extents(dataset, sector):
    line = dataset.timeline(sector)
    since, until = line.dates[0], line.dates[-1]
    before, after = line.at(since).geometry, line.at(until).geometry
    change = gained_and_lost(line, since, until)
    whole = line.area_at(until)
    assert change.gained_km2 == pytest.approx(area_km2(after - before), abs=1e-8 * whole)
    assert change.lost_km2 == pytest.approx(area_km2(before - after), abs=1e-8 * whole)
    net = net_change_km2(line, since, until)
    assert change.gained_km2 - change.lost_km2 == pytest.approx(net, abs=1e-8 * whole)
    assert change.gained.is_valid
    assert change.lost.is_valid
    assert not change.gained.overlaps(change.lost)


def test_backwards_gained_is_lost(dataset):
    line = dataset.timeline("vuhledar")
    forth = gained_and_lost(line, "2024-09-30", "2024-12-31")
    back = gained_and_lost(line, "2024-12-31", "2024-09-30")
    assert back.gained_km2 == pytest.approx(forth.lost_km2)
    assert back.lost_km2 == pytest.approx(forth.gained_km2)


def test_before_the_first_assessment_nothing_is_known(dataset):
    assert gained_and_lost(dataset.timeline("kursk"), "2024-01-01", "2024-12-31") is None
