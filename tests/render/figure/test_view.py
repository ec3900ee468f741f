"""The projection of a map, its scale, its north and its ticks."""

import math

import numpy as np
import pyproj
import pytest

from frontmap.render.figure.bearings import bar_km
from frontmap.render.figure.graticule import ticks_of
from frontmap.render.figure.page import Box
from frontmap.render.figure.view import crs_for, equal_area, view_of

GEOD = pyproj.Geod(ellps="WGS84")
FRAME = Box(30, 60, 630, 420)


@pytest.fixture(params=["kursk", "pokrovsk", None])
def view(request, shipped):
    if request.param is None:
        window = (34.7, 47.6, 38.1, 51.55)
        return view_of(window, equal_area(window), FRAME)
    window = shipped.sectors[request.param].window
    return view_of(window, crs_for(window), FRAME)


def test_the_window_lies_in_the_frame(shipped):
    for sector in shipped.sectors.values():
        west, south, east, north = sector.window
        view = view_of(sector.window, crs_for(sector.window), FRAME)
        corners = view.on_page(
            np.array([(west, south), (east, south), (east, north), (west, north)])
        )
        assert (corners > (FRAME.left, FRAME.bottom)).all()
        assert (corners < (FRAME.right, FRAME.top)).all()


def test_there_and_back(view):
    page = np.array([(40.0, 70.0), (300.0, 200.0), (600.0, 400.0)])
    assert view.on_page(view.lon_lat(page)) == pytest.approx(page, abs=1e-6)


def test_the_bar_is_as_long_as_it_says(view):
    km, length = bar_km(view)
    middle, foot = (FRAME.left + FRAME.right) / 2, FRAME.bottom
    ends = view.lon_lat(np.array([(middle - length / 2, foot), (middle + length / 2, foot)]))
    (lon1, lat1), (lon2, lat2) = ends
    assert GEOD.inv(lon1, lat1, lon2, lat2)[2] / 1000 == pytest.approx(km, rel=1e-3)


def test_north_is_true_north(view):
    x, y = FRAME.left + 20, FRAME.bottom + 20
    dx, dy = view.north(x, y)
    assert math.hypot(dx, dy) == pytest.approx(1)
    (lon1, lat1), (lon2, lat2) = view.lon_lat(np.array([(x, y), (x + 40 * dx, y + 40 * dy)]))
    assert GEOD.inv(lon1, lat1, lon2, lat2)[0] == pytest.approx(0, abs=0.1)


def test_grid_north_is_another_one_away_from_the_central_meridian(shipped):
    window = shipped.sectors["kursk"].window
    dx, _ = view_of(window, crs_for(window), FRAME).north(330, 240)
    assert dx < -0.015  # east of 33° E the meridians lean to the left of the grid


def test_ticks_stand_where_they_say(view):
    ticks = ticks_of(view)
    assert {tick.side for tick in ticks} == {"bottom", "top", "left", "right"}
    for tick in ticks:
        lon, lat = view.lon_lat(np.array([(tick.x, tick.y)]))[0]
        angle = lon if tick.side in ("bottom", "top") else lat
        assert angle * 60 == pytest.approx(tick.minutes, abs=0.01)
