import dataclasses
import datetime as dt

import pytest
import shapely

import frontmap
from frontmap.dataset import Dataset
from frontmap.model import Event, Extent, LocalText, Method, Sector, Source, Status
from frontmap.timeline import Timeline

HOSTILE = "{{ x }} </script><img src=x onerror=alert(1)> {% raw %} & \u2028 ${y} 名"


def _extent(date, east, status=Status.RUSSIAN_HELD):
    return Extent(
        "here", status, date, "ours", Method.DRAWN, 500.0, shapely.box(37.0, 48.0, east, 48.3)
    )


@pytest.fixture
def hostile():
    return HOSTILE


@pytest.fixture(scope="session")
def shipped():
    return frontmap.read()


@pytest.fixture
def small():
    """One sector of 37-38 E, 48-49 N, two assessments, and texts that try to be code."""
    days = [dt.date(2024, 10, 1), dt.date(2024, 10, 11)]
    line = Timeline(
        "here", Status.RUSSIAN_HELD, "ours", (_extent(days[0], 37.2), _extent(days[1], 37.6))
    )
    event = Event(
        "e1", days[0], "strike", LocalText(HOSTILE), LocalText(HOSTILE), "ours",
        place=LocalText(HOSTILE), geometry=shapely.Point(37.5, 48.5), range_km=50.0,
    )  # fmt: skip
    return Dataset(
        timelines=(line,),
        sectors={"here": Sector("here", LocalText(HOSTILE), (37, 48, 38, 49), Status.RUSSIAN_HELD)},
        sources={
            "ours": Source("ours", LocalText(HOSTILE), licence="CC-BY-4.0", attribution=HOSTILE)
        },
        events=(event,),
    )


@pytest.fixture
def without_basemap(shipped):
    return dataclasses.replace(shipped, basemap=None, places=())
