"""CRSs and broken files of every form: used, or refused in one line."""

import geopandas as gpd
import numpy as np
import pandas as pd
import pyproj
import pytest
import shapely

import frontmap
from frontmap import DataError, area_km2

SQUARE = shapely.box(36, 48, 36.1, 48.1)


@pytest.fixture
def table(feature):
    return gpd.GeoDataFrame([feature()["properties"]], geometry=[SQUARE], crs=4326)


def refused(path):
    with pytest.raises(DataError) as caught:
        frontmap.read(path)
    said = str(caught.value)
    assert said.startswith(str(path))
    assert len(said.splitlines()) == 1
    return said


@pytest.mark.parametrize("crs", [5773, 4978, "+proj=geocent +datum=WGS84"])
def test_a_crs_without_a_map(table, tmp_path, crs):
    pytest.importorskip("pyarrow", reason="Parquet needs pyarrow")
    path = tmp_path / "layer.parquet"
    table.set_crs(crs, allow_override=True).to_parquet(path)
    assert "neither geographic nor projected" in refused(path)


@pytest.mark.parametrize("crs", ["EPSG:4326+5773", "EPSG:32637+5773"])
def test_a_compound_crs_is_its_horizontal_part(table, tmp_path, crs):
    pytest.importorskip("pyarrow", reason="Parquet needs pyarrow")
    path = tmp_path / "layer.parquet"
    moved = table.to_crs(pyproj.CRS(crs).sub_crs_list[0])
    moved.set_crs(crs, allow_override=True).to_parquet(path)
    (line,) = frontmap.read(path).timelines
    assert line.areas().iloc[0] == pytest.approx(area_km2(SQUARE), rel=1e-5)


@pytest.mark.parametrize("far", [1e12, -1e12, np.inf, np.nan])
@pytest.mark.parametrize("crs", [3857, 32637])
def test_coordinates_that_no_map_has(table, tmp_path, crs, far):
    pytest.importorskip("pyarrow", reason="Parquet needs pyarrow")
    path = tmp_path / "layer.parquet"
    corners = [(0, 0), (far, 0), (1000, 1000), (0, 1000), (0, 0)]
    away = shapely.set_coordinates(shapely.box(0, 0, 1, 1), corners)
    table.set_geometry([away]).set_crs(crs, allow_override=True).to_parquet(path)
    assert "feature 0" in refused(path)


def test_a_crs_of_nonsense(table, tmp_path, monkeypatch):
    def lost(*_args, **_kwargs):
        raise pyproj.exceptions.CRSError("no such thing\nat all")

    monkeypatch.setattr(gpd, "read_file", lost)
    path = tmp_path / "layer.gpkg"
    table.to_file(path)
    assert "its CRS cannot be used (no such thing)" in refused(path)


def test_a_way_that_does_not_exist(table, tmp_path, monkeypatch):
    def lost(*_args, **_kwargs):
        raise pyproj.exceptions.ProjError("no way")

    path = tmp_path / "layer.gpkg"
    table.to_crs(32637).to_file(path)
    monkeypatch.setattr(pyproj.Transformer, "from_crs", lost)
    assert "its CRS cannot be used (no way)" in refused(path)


@pytest.mark.parametrize("at", [4, 200, 1000, -20])
def test_damaged_parquet(table, tmp_path, at):
    pytest.importorskip("pyarrow", reason="Parquet needs pyarrow")
    path = tmp_path / "layer.parquet"
    table.to_parquet(path)
    data = bytearray(path.read_bytes())
    data[at : at + 15] = b"\xff" * 15
    path.write_bytes(data)
    refused(path)


def test_an_error_of_position_that_is_a_date(table, tmp_path):
    pytest.importorskip("pyarrow", reason="Parquet needs pyarrow")
    path = tmp_path / "layer.parquet"
    table.assign(positional_error_m=pd.Timestamp("2024-09-30")).to_parquet(path)
    assert "feature 0: positional_error_m 2024-09-30" in refused(path)
