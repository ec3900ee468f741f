"""Reprojection in every form of input."""

import geopandas as gpd
import numpy as np
import pyproj
import pytest
import shapely

from frontmap import EQUAL_AREA, LON_LAT, UTM_36N, UTM_37N, reproject, utm_crs

SUDZHA = shapely.Point(35.271, 51.191)


@pytest.mark.parametrize(
    ("lon", "epsg"),
    [(35.3, 32636), (36.0, 32637), (35.999, 32636), (37.2, 32637), (-180, 32601), (179.9, 32660),
     (180, 32601), (0, 32631)],
)  # fmt: skip
def test_utm_zone(lon, epsg):
    assert utm_crs(lon).to_epsg() == epsg


@pytest.mark.parametrize("crs", [UTM_36N, UTM_37N, EQUAL_AREA, pyproj.CRS(3857), pyproj.CRS(4284)])
def test_there_and_back(crs):
    moved = reproject(SUDZHA, crs)
    back = reproject(moved, LON_LAT, crs)
    assert moved.distance(SUDZHA) > 1e-5
    assert back.distance(SUDZHA) < 1e-8


def test_longitude_stays_before_latitude():
    east, north = reproject(SUDZHA, UTM_36N).coords[0]
    assert 600_000 < east < 700_000
    assert 5_600_000 < north < 5_700_000
    assert reproject(SUDZHA, 4258).x == pytest.approx(35.271)


def test_form_is_kept():
    series = gpd.GeoSeries({"b": SUDZHA, "a": None}, crs=4326)
    frame = gpd.GeoDataFrame({"name": ["x", "y"]}, geometry=series)
    assert isinstance(reproject(SUDZHA, UTM_36N), shapely.Point)
    assert isinstance(reproject([SUDZHA, None], UTM_36N), np.ndarray)
    assert reproject([SUDZHA, None], UTM_36N)[1] is None
    assert reproject(None, UTM_36N) is None
    moved = reproject(series, UTM_36N)
    assert moved.index.tolist() == ["b", "a"]
    assert moved.crs == UTM_36N
    assert reproject(frame, UTM_36N)["name"].tolist() == ["x", "y"]


def test_every_form_agrees():
    single = reproject(SUDZHA, EQUAL_AREA)
    listed = reproject([SUDZHA], EQUAL_AREA)[0]
    series = reproject(gpd.GeoSeries([SUDZHA], crs=4326), EQUAL_AREA).iloc[0]
    unnamed = reproject(gpd.GeoSeries([SUDZHA]), EQUAL_AREA).iloc[0]
    assert single == listed
    assert series.distance(single) < 1e-6
    assert unnamed.distance(single) < 1e-6


def test_equal_area_keeps_area_and_utm_does_not():
    cell = shapely.segmentize(shapely.box(34.9, 51.1, 35.4, 51.4), 0.001)
    expected_m2 = abs(pyproj.Geod(ellps="WGS84").geometry_area_perimeter(cell)[0])
    assert reproject(cell, EQUAL_AREA).area == pytest.approx(expected_m2, rel=1e-9)
    assert reproject(cell, UTM_36N).area != pytest.approx(expected_m2, rel=1e-5)
