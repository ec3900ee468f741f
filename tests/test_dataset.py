"""The data set that holds many timelines."""

import datetime as dt

import pytest
import shapely

from frontmap import Dataset, Extent, Method, NotFoundError, Sector, Status, Timeline
from frontmap.dataset import AREA_COLUMNS
from frontmap.model import LocalText


def line(date, *, sector="north", status=Status.RUSSIAN_HELD, source="map-a"):
    extent = Extent(
        sector=sector,
        status=status,
        valid_from=dt.date.fromisoformat(date),
        source=source,
        method=Method.DRAWN,
        positional_error_m=250,
        geometry=shapely.box(36, 48, 36.1, 48.1),
    )
    return Timeline(sector, status, source, (extent,))


@pytest.fixture
def several():
    lines = (
        line("2024-10-01", sector="north", status=Status.CONTESTED),
        line("2024-10-02", sector="north"),
        line("2024-10-03", sector="south", source="map-a"),
        line("2024-10-04", sector="south", source="map-b"),
    )
    sectors = {"north": Sector("north", LocalText("N"), (36, 48, 37, 49), Status.RUSSIAN_HELD)}
    return Dataset(lines, sectors=sectors)


def test_a_sector_measures_its_own_status(several):
    assert several.timeline("north").status is Status.RUSSIAN_HELD
    assert several.timeline("north", "contested").status is Status.CONTESTED


def test_several_sources_must_be_told_apart(several):
    with pytest.raises(NotFoundError, match=r"map-a.*map-b"):
        several.timeline("south")
    assert several.timeline("south", source="map-b").source == "map-b"


@pytest.mark.parametrize(
    ("wanted", "told"),
    [
        ({"sector": "west"}, "there is north, south"),
        ({"sector": "north", "status": "blue"}, "there is contested, russian_held"),
        ({"sector": "north", "source": "map-c"}, "there is map-a, map-b"),
        ({"sector": "south", "status": "contested"}, "no timeline with sector south"),
    ],
)
def test_what_is_not_there_is_said(several, wanted, told):
    with pytest.raises(NotFoundError, match=told) as caught:
        several.timeline(**wanted)
    assert "\n" not in str(caught.value)


def test_span_and_table(several):
    assert several.span == (dt.date(2024, 10, 1), dt.date(2024, 10, 4))
    table = several.areas()
    assert tuple(table.columns) == AREA_COLUMNS
    assert table["date"].tolist() == [f"2024-10-0{day}" for day in (1, 2, 3, 4)]
    assert len(several.areas("south")) == 2
    assert several.areas(status="contested")["sector"].tolist() == ["north"]


def test_hash_depends_on_names_and_contents_alone():
    one = Dataset((), hashes={"a": "1", "b": "2"})
    same = Dataset((), hashes={"b": "2", "a": "1"})
    other = Dataset((), hashes={"a": "2", "b": "1"})
    assert one.hash == same.hash != other.hash
    assert len(one.hash) == 64
