"""The step function."""

import datetime as dt

import pytest
import shapely

from frontmap import DataError, Extent, Method, Status, Timeline
from frontmap.timeline import as_date

DATES = ("2024-09-30", "2024-10-15", "2024-12-31")


def extent(date, *, size=0.1, sector="north", status=Status.RUSSIAN_HELD, source="map-a"):
    return Extent(
        sector=sector,
        status=status,
        valid_from=dt.date.fromisoformat(date),
        source=source,
        method=Method.DRAWN,
        positional_error_m=250,
        geometry=shapely.box(36, 48, 36 + size, 48 + size),
    )


def line(*extents):
    first = extents[0]
    return Timeline(first.sector, first.status, first.source, tuple(extents))


@pytest.fixture
def timeline():
    return line(
        *(extent(date, size=size) for date, size in zip(DATES, (0.1, 0.2, 0.3), strict=True))
    )


class TestStepFunction:
    @pytest.mark.parametrize(
        ("day", "assessed"),
        [
            ("2024-09-29", None),
            ("2024-09-30", "2024-09-30"),
            ("2024-10-14", "2024-09-30"),
            ("2024-10-15", "2024-10-15"),
            ("2024-12-30", "2024-10-15"),
            ("2024-12-31", "2024-12-31"),
            ("2030-01-01", "2024-12-31"),
        ],
    )
    def test_an_extent_holds_until_the_next(self, timeline, day, assessed):
        found = timeline.at(day)
        assert (found and found.valid_from.isoformat()) == assessed
        area = timeline.area_at(day)
        assert area == (None if assessed is None else timeline.areas()[assessed])

    def test_a_date_object_and_a_text_are_one(self, timeline):
        assert timeline.at(dt.date(2024, 11, 1)) is timeline.at("2024-11-01")
        assert timeline.at(dt.datetime(2024, 11, 1, 12)) is timeline.at("2024-11-01")  # noqa: DTZ001

    def test_areas(self, timeline):
        areas = timeline.areas()
        assert areas.name == "area_km2"
        assert areas.index.strftime("%Y-%m-%d").tolist() == list(DATES)
        assert areas.is_monotonic_increasing
        assert timeline.dates == tuple(map(dt.date.fromisoformat, DATES))

    def test_areas_cannot_be_changed_from_outside(self, timeline):
        areas = timeline.areas()
        areas.iloc[0] = -1
        assert timeline.areas().iloc[0] > 0


class TestRefusals:
    def test_no_extent(self):
        with pytest.raises(DataError, match="holds no extent"):
            Timeline("north", Status.CONTESTED, "map-a", ())

    @pytest.mark.parametrize("dates", [("2024-10-01", "2024-10-01"), ("2024-10-02", "2024-10-01")])
    def test_one_extent_a_date_in_order(self, dates):
        with pytest.raises(DataError, match=r"2024-10-01.*keep one a date"):
            line(*map(extent, dates))

    @pytest.mark.parametrize("day", ["30.09.2024", "2024-9-30", "2024-02-30", "", None, 20240930])
    def test_a_date_is_written_one_way(self, timeline, day):
        with pytest.raises(DataError, match="YYYY-MM-DD"):
            timeline.at(day)

    def test_records_are_frozen(self, timeline):
        with pytest.raises(AttributeError):
            timeline.extents[0].source = "map-b"


def test_as_date_drops_the_time():
    assert as_date(dt.datetime(2024, 9, 30, 23, 59)) == dt.date(2024, 9, 30)  # noqa: DTZ001
