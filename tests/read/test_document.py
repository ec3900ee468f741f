"""GeoJSON that GDAL would read in part is refused by its feature."""

import json
import zipfile

import pytest

import frontmap
from frontmap import DataError

RING = [[36, 48], [37, 48], [37, 49], [36, 48]]


def refused(path):
    with pytest.raises(DataError) as caught:
        frontmap.read(path)
    said = str(caught.value)
    assert said.startswith(str(path))
    assert len(said.splitlines()) == 1
    return said


@pytest.mark.parametrize(
    "geometry",
    [
        {"type": "Polygon", "coordinates": [[[36, 48], [37, None], [37, 49], [36, 48]]]},
        {"type": "Polygon", "coordinates": [[["36", 48], [37, 48], [37, 49], ["36", 48]]]},
        {"type": "Polygon", "coordinates": [[[36], [37, 48], [37, 49], [36]]]},
        {"type": "Polygon", "coordinates": [[[36, True], [37, 48], [37, 49], [36, True]]]},
        {"type": "Polygon", "coordinates": [[[36, 48, None], [37, 48], [37, 49], [36, 48]]]},
        {"type": "Polygon", "coordinates": [[[10**400, 48], [37, 48], [37, 49], [36, 48]]]},
        {"type": "Polygon", "coordinates": [[RING]]},
        {"type": "Polygon", "coordinates": RING},
        {"type": "Polygon", "coordinates": [RING, [[36.5, 48.2], None, [36.6, 48.3]]]},
        {"type": "Polygon", "coordinates": [[]]},
        {"type": "Polygon", "coordinates": 0},
        {"type": "Polygon", "coordinates": None},
        {"type": "Polygon", "coordinates": {}},
        {"type": "Polygon", "coords": [RING]},
        {"type": "MultiPolygon", "coordinates": [RING]},
        {"type": "MultiPolygon", "coordinates": [[RING], [[[38, 48], [39, None], [38, 48]]]]},
        {"type": "MultiPolygon", "coordinates": [[RING], []]},
        {"type": "Polygone", "coordinates": [RING]},
        {"type": ["Polygon"], "coordinates": [RING]},
        {"coordinates": [RING]},
        {"type": "GeometryCollection", "geometries": [{"type": "Polygon", "coordinates": [[1]]}]},
        {"type": "GeometryCollection"},
        "Polygon",
        5,
    ],
)
def test_a_broken_geometry_names_its_feature(write_layer, feature, geometry):
    broken = feature(valid_from="2024-10-01") | {"geometry": geometry}
    assert "feature 1: " in refused(write_layer(feature(), broken))


@pytest.mark.parametrize("geometry", [None, {"type": "Polygon", "coordinates": []}])
def test_nothing_is_held_where_the_file_says_so(write_layer, feature, geometry):
    nothing = feature(valid_from="2024-10-01") | {"geometry": geometry}
    (line,) = frontmap.read(write_layer(feature(), nothing)).timelines
    assert [extent.geometry.is_empty for extent in line.extents] == [False, True]


def test_a_feature_without_geometry_or_type(write_layer, feature):
    bare = feature(valid_from="2024-10-01")
    del bare["geometry"]
    assert "feature 1: has no geometry" in refused(write_layer(feature(), bare))
    assert "feature 1: is no Feature" in refused(write_layer(feature(), 5))


def test_a_sequence_of_documents_is_walked_too(tmp_path, feature):
    path = tmp_path / "layer.geojson"
    lines = [feature(), feature([[[36, 48], [37, None]]], valid_from="2024-10-01")]
    path.write_text("\n".join(json.dumps(line) for line in lines), encoding="utf-8")
    assert "feature 1: [37, null] is no position" in refused(path)


def test_a_broken_geometry_in_a_file_that_is_not_utf_8(tmp_path, collection, feature):
    path = tmp_path / "layer.geojson"
    text = collection(feature([[[36, 48], [37, None]]], source="SOURCE"))
    path.write_bytes(text.replace("SOURCE", "Köln").encode("latin-1"))
    assert "feature 0" in refused(path)


@pytest.mark.parametrize(
    "crs",
    [
        {"type": "name", "properties": {"name": "EPSG:999999"}},
        {"type": "EPSG", "properties": {"code": 999999}},
        {"type": "link", "properties": {"href": "https://example.org"}},
        {"type": "name", "properties": {"name": None}},
        "EPSG:999999",
        5,
    ],
)
def test_a_crs_that_nobody_knows(tmp_path, feature, crs):
    path = tmp_path / "layer.geojson"
    document = {"type": "FeatureCollection", "crs": crs, "features": [feature()]}
    path.write_text(json.dumps(document), encoding="utf-8")
    assert "write an EPSG code" in refused(path)


@pytest.mark.parametrize("stated", [{"name": "EPSG:32637"}, {"code": 32637}])
def test_a_crs_that_is_known_is_used(tmp_path, feature, stated):
    ring = [[500_000, 5_400_000], [510_000, 5_400_000], [510_000, 5_410_000]]
    crs = {"type": "name" if "name" in stated else "EPSG", "properties": stated}
    document = {"type": "FeatureCollection", "crs": crs, "features": [feature([[*ring, ring[0]]])]}
    path = tmp_path / "layer.geojson"
    path.write_text(json.dumps(document), encoding="utf-8")
    (line,) = frontmap.read(path).timelines
    assert line.areas().iloc[0] == pytest.approx(50, rel=2e-3)


@pytest.mark.parametrize("before", ["", '{"type": "FeatureCollection", "features": '])
def test_deep_nesting(tmp_path, before):
    path = tmp_path / "layer.geojson"
    path.write_text(before + "[" * 100_000, encoding="utf-8")
    assert "nested too deeply" in refused(path)


@pytest.mark.parametrize("name", ["layer.txt", "layer.geojsonl", "layer.shp"])
@pytest.mark.parametrize("before", ["", "\ufeff", "\n "])
def test_geojson_by_another_name(tmp_path, collection, feature, name, before):
    path = tmp_path / name
    text = collection(feature([[[36, 48], [37, None]]]))
    path.write_text(before + text, encoding="utf-8")
    assert "feature 0: [37, null] is no position" in refused(path)


def test_geojson_inside_an_archive(tmp_path, collection, feature):
    path = tmp_path / "layer.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("layer.geojson", collection(feature([[[36, 48], [37, None]]])))
    assert "unpack it" in refused(path)


@pytest.mark.parametrize("kind", ["featurecollection", None, 5, ["FeatureCollection"]])
def test_a_document_of_another_type(tmp_path, collection, feature, kind):
    path = tmp_path / "layer.geojson"
    text = collection(feature([[[36, 48], [37, None]]]))
    path.write_text(text.replace('"FeatureCollection"', json.dumps(kind)), encoding="utf-8")
    assert "it is no GeoJSON" in refused(path)


@pytest.mark.parametrize("lat", [48, None])
def test_topojson(tmp_path, feature, lat):
    held = {"type": "Polygon", "properties": feature()["properties"], "arcs": [[0]]}
    objects = {"held": {"type": "GeometryCollection", "geometries": [held]}}
    ring = [[36, 48], [37, lat], [37, 49], [36, 48]]
    path = tmp_path / "layer.json"
    document = {"type": "Topology", "objects": objects, "arcs": [ring]}
    path.write_text(json.dumps(document), encoding="utf-8")
    if lat is None:
        assert "[37, null] is no position" in refused(path)
    else:
        assert frontmap.read(path).timelines[0].areas().iloc[0] > 4000


@pytest.mark.parametrize("lat", [48, None])
def test_esri_json(tmp_path, feature, lat):
    named = feature(positional_error_m="250")["properties"]
    geometry = {"rings": [[[36, 48], [37, 49], [37, lat], [36, 48]]]}
    document = {
        "geometryType": "esriGeometryPolygon",
        "spatialReference": {"wkid": 4326},
        "fields": [{"name": name, "type": "esriFieldTypeString"} for name in named],
        "features": [{"attributes": named, "geometry": geometry}],
    }
    path = tmp_path / "layer.json"
    path.write_text(json.dumps(document), encoding="utf-8")
    if lat is None:
        assert "feature 0: [37, null] is no position" in refused(path)
    else:
        assert frontmap.read(path).timelines[0].areas().iloc[0] > 4000
