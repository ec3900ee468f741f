"""Plain GeoJSON without a table: the same as GDAL's, or left to GDAL."""

import json

import pyogrio
import pytest
import shapely

from frontmap.read import SHIPPED
from frontmap.read.geojson import plain_features

SQUARE = {"type": "Polygon", "coordinates": [[[36, 48], [37, 48], [37, 49], [36, 48]]]}


def collection(*geometries, **members):
    features = [
        {"type": "Feature", "properties": {"a": n}, "geometry": geometry}
        for n, geometry in enumerate(geometries)
    ]
    return json.dumps({"type": "FeatureCollection", "features": features, **members})


@pytest.mark.parametrize(
    "file", sorted((SHIPPED / "control").glob("*.geojson")), ids=lambda f: f.stem
)
def test_the_shipped_layers_read_as_gdal_reads_them(file):
    rows, shapes = plain_features(file.read_text(encoding="utf-8"))
    _, _, wkb, _ = pyogrio.raw.read(file)
    assert len(rows) == len(wkb)
    assert shapely.equals_exact(shapes, shapely.from_wkb(wkb), tolerance=0).all()


def test_brackets_and_coordinates_in_texts_survive():
    text = collection(SQUARE).replace('{"a": 0}', json.dumps({"a": '"coordinates": [1, 2] <b>'}))
    rows, _ = plain_features(text)
    assert rows == [{"a": '"coordinates": [1, 2] <b>'}]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        '{"type": "FeatureCollection"}',
        json.dumps(SQUARE),
        collection(),
        collection(None),
        collection({"type": "Point", "coordinates": [36, 48]}),
        collection({"type": "Polygon", "coordinates": [[[36, 48], [37, None]]]}),
        collection({"type": "Polygon", "coordinates": [[[36, 48], [37, 48]]]}),
        collection(SQUARE, crs={"type": "name", "properties": {"name": "EPSG:32637"}}),
    ],
)
def test_all_else_is_left_to_gdal(text):
    assert plain_features(text) is None


def test_the_old_crs_member_for_longitude_and_latitude_is_fine():
    crs = {"type": "name", "properties": {"name": "urn:ogc:def:crs:OGC:1.3:CRS84"}}
    assert plain_features(collection(SQUARE, crs=crs)) is not None


@pytest.mark.parametrize("stand_in", [0, 1, True, "0"])
def test_a_number_in_place_of_coordinates_takes_nothing_from_another_feature(stand_in):
    other = {"type": "Polygon", "coordinates": stand_in}
    assert plain_features(collection(SQUARE, other)) is None
    assert plain_features(collection(other, SQUARE)) is None


def test_coordinates_in_a_property_stay_there():
    text = collection(SQUARE).replace('{"a": 0}', '{"coordinates": [1, 2]}')
    assert plain_features(text) is None


def test_a_code_that_begins_as_that_of_longitude_and_latitude():
    crs = {"type": "name", "properties": {"name": "EPSG:43260"}}
    assert plain_features(collection(SQUARE, crs=crs)) is None
