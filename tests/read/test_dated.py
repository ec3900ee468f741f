"""Dated files that state nothing of themselves."""

import json
import math

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


def test_the_daily_record_reads(shared):
    folder = shared / "reference" / "deepstate_daily"
    (line,) = frontmap.read(folder).timelines
    assert len(line.dates) == len(list(folder.glob("*.geojson")))
    assert (line.areas() > 100_000).all()
