"""Dated files that state nothing of themselves."""

import json
import math
import os

import geopandas as gpd
import pytest
import shapely

import frontmap
from frontmap import DataError, Status
from frontmap.render.payload import payload

SQUARE = shapely.box(37, 48, 37.1, 48.1)


def write(folder, name, *shapes, **properties):
    features = [
        {"type": "Feature", "properties": properties, "geometry": json.loads(shapely.to_geojson(s))}
        for s in shapes
    ]
    text = json.dumps({"type": "FeatureCollection", "features": features})
    (folder / name).write_text(text, encoding="utf-8")


def test_the_date_comes_from_the_name(tmp_path):
    write(tmp_path, "front_20240930.geojson", SQUARE)
    write(tmp_path, "front_2024-10-01.geojson", shapely.box(37, 48, 37.2, 48.1))
    (line,) = frontmap.read(tmp_path).timelines
    assert [day.isoformat() for day in line.dates] == ["2024-09-30", "2024-10-01"]
    assert (line.sector, line.status) == ("front", Status.UNSTATED)
    assert line.areas().iloc[1] == pytest.approx(2 * line.areas().iloc[0])


def test_features_of_one_day_are_one_extent(tmp_path):
    write(tmp_path, "20240930.geojson", SQUARE, shapely.box(37.1, 48, 37.2, 48.1))
    (line,) = frontmap.read(tmp_path).timelines
    assert line.sector == tmp_path.name
    assert len(line.extents) == 1


def test_properties_win_over_the_name(tmp_path):
    write(tmp_path, "front_20240930.geojson", SQUARE, valid_from="2024-10-05", sector="north")
    (line,) = frontmap.read(tmp_path).timelines
    assert line.sector == "north"
    assert line.dates[0].isoformat() == "2024-10-05"


def test_an_error_that_nobody_stated_is_not_shown_as_a_number(tmp_path):
    write(tmp_path, "front_20240930.geojson", SQUARE)
    dataset = frontmap.read(tmp_path)
    assert math.isnan(dataset.timelines[0].extents[0].positional_error_m)
    (line,) = payload(dataset)["timelines"]
    assert line["bands_km2"] == [None]
    assert line["errors_m"] == [None]


@pytest.mark.parametrize("name", ["front.geojson", "front_20241340.geojson", "12024093012.geojson"])
def test_a_name_without_a_date_is_refused(tmp_path, name):
    write(tmp_path, name, SQUARE)
    with pytest.raises(DataError, match=name):
        frontmap.read(tmp_path)


def test_a_day_without_features_is_a_day_without_area(tmp_path):
    write(tmp_path, "front_20240930.geojson", SQUARE)
    write(tmp_path, "front_20241001.geojson")
    write(tmp_path, "front_20241002.geojson", SQUARE)
    (line,) = frontmap.read(tmp_path).timelines
    assert [day.isoformat() for day in line.dates] == ["2024-09-30", "2024-10-01", "2024-10-02"]
    assert [area > 0 for area in line.areas()] == [True, False, True]


def test_an_empty_file_beside_files_that_state_properties_is_nobodys(write_layer, feature):
    folder = write_layer(feature(), name="a.geojson").parent
    write(folder, "front_20241001.geojson")
    (line,) = frontmap.read(folder).timelines
    assert len(line.dates) == 1


def test_features_of_one_day_are_mended_before_they_are_one(tmp_path):
    bow_tie = shapely.Polygon([(36, 48), (37, 49), (37, 48), (36, 49)])
    write(tmp_path, "front_20240930.geojson", SQUARE, bow_tie)
    dataset = frontmap.read(tmp_path)
    (repair,) = dataset.repairs
    assert repair.where == f"{tmp_path / 'front_20240930.geojson'}: feature 1"
    geometry = dataset.timelines[0].extents[0].geometry
    assert geometry.area == pytest.approx(0.5 + SQUARE.area, rel=1e-2)


@pytest.mark.parametrize("shape", [shapely.Point(36, 48), shapely.box(36, 48, 2000, 49)])
def test_a_feature_of_a_day_that_is_no_area(tmp_path, shape):
    write(tmp_path, "front_20240930.geojson", SQUARE, shape)
    with pytest.raises(DataError, match=r"front_20240930\.geojson: feature 1: "):
        frontmap.read(tmp_path)


def test_a_feature_of_a_day_that_is_not_finite(tmp_path):
    pytest.importorskip("pyarrow", reason="Parquet needs pyarrow")
    corners = shapely.get_coordinates(SQUARE)
    corners[1] = math.nan
    lost = shapely.set_coordinates(shapely.box(0, 0, 1, 1), corners)
    table = gpd.GeoDataFrame({"a": [1, 2]}, geometry=[SQUARE, lost], crs=4326)
    table.to_parquet(tmp_path / "front_20240930.parquet")
    with pytest.raises(DataError, match=r"front_20240930\.parquet: feature 1: "):
        frontmap.read(tmp_path)


def test_a_name_that_is_not_utf_8(tmp_path):
    try:
        write(tmp_path, os.fsdecode(b"\xff_20240101.geojson"), SQUARE)
    except OSError:
        pytest.skip("this file system takes only UTF-8")
    with pytest.raises(DataError, match="is not UTF-8: rename it") as caught:
        frontmap.read(tmp_path)
    str(caught.value).encode()


def test_a_folder_whose_name_is_not_utf_8(tmp_path, monkeypatch):
    folder = tmp_path / os.fsdecode(b"\xff")
    try:
        folder.mkdir()
    except OSError:
        pytest.skip("this file system takes only UTF-8")
    write(folder, "20240101.geojson", SQUARE)
    monkeypatch.chdir(folder)
    with pytest.raises(DataError, match="is not UTF-8: rename it"):
        frontmap.read("20240101.geojson")


def test_the_daily_record_reads(shared):
    folder = shared / "reference" / "deepstate_daily"
    (line,) = frontmap.read(folder).timelines
    assert len(line.dates) == len(list(folder.glob("*.geojson")))
    assert (line.areas() > 100_000).all()
