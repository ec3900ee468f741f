"""Extents from files: what is taken, what is mended, what is refused and in which words."""

import datetime as dt
import math

import geopandas as gpd
import pytest
import shapely

import frontmap
from frontmap import DataError, area_km2
from frontmap.read.control import REQUIRED, extents_of, parse, sound_geometry

SQUARE = shapely.box(36, 48, 37, 49)
BOW_TIE = [[[36, 48], [37, 49], [37, 48], [36, 49], [36, 48]]]


def one(path):
    extents, repairs = extents_of(parse(path))
    assert len(extents) == 1
    return extents[0], repairs


def refused(path):
    """Return what is said of a file, which must be one line that names it."""
    with pytest.raises(DataError) as caught:
        extents_of(parse(path))
    said = str(caught.value)
    assert said.startswith(str(path))
    assert len(said.splitlines()) == 1
    return said


class TestTaken:
    def test_a_plain_feature(self, write_layer, feature):
        extent, repairs = one(write_layer(feature(recorded_at="2024-10-05")))
        assert extent == frontmap.Extent(
            sector="north",
            status=frontmap.Status.RUSSIAN_HELD,
            valid_from=dt.date(2024, 9, 30),
            source="map-a",
            method=frontmap.Method.IMPORTED,
            positional_error_m=250.0,
            geometry=extent.geometry,
            recorded_at=dt.date(2024, 10, 5),
        )
        assert extent.geometry.equals(SQUARE)
        assert repairs == []

    def test_recorded_at_may_be_missing_in_some(self, write_layer, feature):
        path = write_layer(feature(recorded_at="2024-10-05"), feature(valid_from="2024-10-01"))
        assert [e.recorded_at for e in extents_of(parse(path))[0]] == [dt.date(2024, 10, 5), None]

    def test_an_error_that_nobody_stated_is_not_a_number(self, write_layer, feature):
        extent, _ = one(write_layer(feature(status="unstated", positional_error_m=None)))
        assert math.isnan(extent.positional_error_m)

    @pytest.mark.parametrize("valid_from", ["2024-09-30T10:00:00Z", "2024-09-30T23:59:59"])
    def test_a_time_of_day_is_dropped(self, write_layer, feature, valid_from):
        assert one(write_layer(feature(valid_from=valid_from)))[0].valid_from == dt.date(
            2024, 9, 30
        )

    @pytest.mark.parametrize(
        "text", ["<img src=x onerror=alert(1)>", "{{ x }}", "[red]{name}", "Köln 東京", "a,b;'\"\\"]
    )
    def test_text_is_kept_as_it_is(self, write_layer, feature, text):
        extent, _ = one(write_layer(feature(sector=text, source=text)))
        assert extent.sector == extent.source == text

    def test_byte_order_mark(self, tmp_path, collection, feature):
        path = tmp_path / "bom.geojson"
        path.write_text(collection(feature()), encoding="utf-8-sig")
        assert one(path)[0].sector == "north"

    def test_heights_are_dropped(self, write_layer, feature):
        extent, _ = one(
            write_layer(feature([[[36, 48, 9], [37, 48, 9], [37, 49, 9], [36, 48, 9]]]))
        )
        assert area_km2(extent.geometry) > 4000

    @pytest.mark.parametrize("clockwise", [False, True])
    def test_rings_are_turned_by_the_right_hand_rule(self, write_layer, feature, clockwise):
        shell = [[36, 48], [37, 48], [37, 49], [36, 49], [36, 48]]
        hole = [[36.2, 48.2], [36.4, 48.2], [36.4, 48.4], [36.2, 48.2]]
        rings = [shell[::-1], hole[::-1]] if clockwise else [shell, hole]
        extent, repairs = one(write_layer(feature(rings)))
        assert extent.geometry.exterior.is_ccw
        assert not extent.geometry.interiors[0].is_ccw
        assert repairs == []

    def test_no_geometry_is_an_empty_area(self, write_layer, feature):
        nothing = feature(valid_from="2024-10-01")
        nothing["geometry"] = None
        extents, _ = extents_of(parse(write_layer(feature(), nothing)))
        assert [extent.geometry.is_empty for extent in extents] == [False, True]


class TestFormats:
    @pytest.fixture
    def table(self, feature):
        return gpd.GeoDataFrame([feature()["properties"]], geometry=[SQUARE], crs=4326)

    @pytest.mark.parametrize("ending", ["gpkg", "fgb", "geojson", "json"])
    def test_vector_files(self, table, tmp_path, ending):
        path = tmp_path / f"layer.{ending}"
        table.to_file(path, driver="GeoJSON" if ending == "json" else None)
        assert area_km2(one(path)[0].geometry) == pytest.approx(area_km2(SQUARE), rel=1e-12)

    @pytest.mark.parametrize("ending", ["parquet", "PARQUET"])
    def test_parquet(self, table, tmp_path, ending):
        pytest.importorskip("pyarrow", reason="Parquet needs pyarrow")
        table.to_parquet(tmp_path / f"layer.{ending}")
        assert area_km2(one(tmp_path / f"layer.{ending}")[0].geometry) == area_km2(SQUARE)

    def test_a_column_of_dates(self, table, tmp_path):
        path = tmp_path / "dates.gpkg"
        table.assign(valid_from=dt.date(2024, 9, 30)).to_file(path)
        assert one(path)[0].valid_from == dt.date(2024, 9, 30)

    @pytest.mark.parametrize("epsg", [3857, 32636, 32637, 3035, 4284])
    def test_any_crs_is_brought_to_longitude_and_latitude(self, table, tmp_path, epsg):
        path = tmp_path / "moved.gpkg"
        moved = table.to_crs(epsg)
        moved.to_file(path)
        extent, _ = one(path)
        assert area_km2(extent.geometry) == pytest.approx(
            area_km2(moved.geometry).iloc[0], rel=1e-12
        )
        corners = shapely.distance(extent.geometry, shapely.points(SQUARE.exterior.coords))
        assert corners.max() < 1e-7

    def test_several_layers_are_not_dropped_silently(self, table, tmp_path):
        path = tmp_path / "two.gpkg"
        table.to_file(path, layer="first")
        table.to_file(path, layer="second")
        assert "several layers (first, second)" in refused(path)

    def test_a_table_without_geometry(self, table, tmp_path):
        path = tmp_path / "plain.csv"
        table.drop(columns="geometry").to_csv(path)
        assert "no geometry" in refused(path)


class TestRefusedProperties:
    @pytest.mark.parametrize("name", REQUIRED)
    def test_missing_in_every_feature(self, write_layer, feature, name):
        assert f"the features have no {name}" in refused(write_layer(feature(**{name: ...})))

    @pytest.mark.parametrize("name", REQUIRED)
    @pytest.mark.parametrize("value", [None, ...])
    def test_missing_in_one_feature(self, write_layer, feature, name, value):
        other = {"valid_from": "2024-10-01"} | {name: value}
        path = write_layer(feature(), feature(**other))
        assert refused(path) == f"{path}: feature 1: {name} is empty"

    @pytest.mark.parametrize(
        ("name", "value", "reason"),
        [
            ("status", "blue", "'blue' is not a valid Status"),
            ("status", "Russian_Held", "not a valid Status"),
            ("status", 5, "not a valid Status"),
            ("method", "guessed", "'guessed' is not a valid Method"),
            ("valid_from", "30.09.2024", "write it as YYYY-MM-DD"),
            ("valid_from", "2024-13-01", "write it as YYYY-MM-DD"),
            ("valid_from", 20240930, "write it as YYYY-MM-DD"),
            ("recorded_at", "soon", "write it as YYYY-MM-DD"),
            ("positional_error_m", -1, "no length in metres"),
            ("positional_error_m", float("nan"), "is empty"),
            ("positional_error_m", float("inf"), "no length in metres"),
            ("positional_error_m", "wide", "could not convert"),
            ("positional_error_m", [1, 2], "give it one value"),
            ("source", ["map-a", "map-b"], "give it one value"),
            ("source", {"id": "map-a"}, "give it one value"),
            ("sector", "", "is empty"),
        ],
    )
    def test_wrong_value(self, write_layer, feature, name, value, reason):
        said = refused(write_layer(feature(**{name: value})))
        assert "feature 0" in said
        assert reason in said


class TestRefusedGeometry:
    @pytest.mark.parametrize(
        ("geometry", "reason"),
        [
            ({"type": "Point", "coordinates": [36, 48]}, "is a Point"),
            ({"type": "LineString", "coordinates": [[36, 48], [37, 48]]}, "is a LineString"),
            (
                {"type": "Polygon", "coordinates": [[[136, 48], [197, 48], [137, 49], [136, 48]]]},
                "longitude and latitude",
            ),
            (
                {"type": "Polygon", "coordinates": [[[48, 136], [48, 137], [49, 137], [48, 136]]]},
                "longitude before latitude",
            ),
            (
                {"type": "Polygon", "coordinates": [[[170, 1], [-170, 1], [-170, 2], [170, 1]]]},
                "antimeridian",
            ),
            (
                {"type": "Polygon", "coordinates": [[[36, 48], [37, 48], [38, 48], [36, 48]]]},
                "nothing is left",
            ),
            ({"type": "Polygon", "coordinates": [[[36, 48], [37, 48], [37, 49]]]}, "ring is open"),
            ({"type": "Polygon", "coordinates": [[[36, 48], [37, 48]]]}, "too short"),
            ({"type": "Polygon", "coordinates": [[[36, 48]]]}, "too short"),
            (
                {
                    "type": "Polygon",
                    "coordinates": [[[float("nan"), 48], [37, 48], [37, 49], [36, 48]]],
                },
                "write finite numbers",
            ),
        ],
    )
    def test_the_feature_is_named(self, write_layer, feature, geometry, reason):
        path = write_layer(feature(), feature(geometry=geometry, valid_from="2024-10-01"))
        said = refused(path)
        assert "feature 1" in said
        assert reason in said

    @pytest.mark.parametrize("name", ["sector", "source"])
    def test_half_of_a_sign(self, write_layer, feature, name):
        path = write_layer(feature())
        text = path.read_text(encoding="utf-8").replace(f'"{name}": "', f'"{name}": "\\ud83d')
        path.write_text(text, encoding="utf-8")
        assert f"{name} is cut within a sign" in refused(path)

    def test_projected_coordinates_without_a_crs(self, write_layer, feature):
        shell = [[658_000, 5_673_000], [668_000, 5_673_000], [668_000, 5_683_000]]
        assert "name the CRS" in refused(write_layer(feature([[*shell, shell[0]]])))


class TestRefusedFiles:
    @pytest.mark.parametrize(
        "content",
        [
            b"30 September 2024: the front\n",
            b"",
            b"<html></html>",
            b"[1, 2]",
            bytes(range(256)),
            b'{"type": "FeatureCollection", "features": [{"type": "Fea',
        ],
        ids=["text", "empty", "html", "list", "binary", "cut short"],
    )
    def test_renamed_or_broken(self, tmp_path, content):
        path = tmp_path / "layer.geojson"
        path.write_bytes(content)
        assert "cannot be read as a vector file" in refused(path)

    def test_cut_short_in_the_middle(self, write_layer, feature):
        path = write_layer(feature(), feature(valid_from="2024-10-01"))
        path.write_text(path.read_text(encoding="utf-8")[:-70], encoding="utf-8")
        assert "cannot be read" in refused(path)

    def test_not_utf_8(self, write_layer, feature, tmp_path):
        path = tmp_path / "latin.geojson"
        text = write_layer(feature(sector="SECTOR")).read_text(encoding="utf-8")
        path.write_bytes(text.replace("SECTOR", "Köln").encode("latin-1"))
        assert "cannot be read" in refused(path)

    @pytest.mark.parametrize("ending", ["parquet", "gpkg", "shp", "fgb"])
    def test_broken_in_every_format(self, tmp_path, ending):
        path = tmp_path / f"layer.{ending}"
        path.write_bytes(b"not a layer")
        assert "cannot be read" in refused(path)


class TestLedger:
    def test_a_bow_tie_is_mended_and_written_down(self, write_layer, feature):
        path = write_layer(feature(), feature(BOW_TIE, valid_from="2024-10-01"))
        extents, repairs = extents_of(parse(path))
        wings = [
            shapely.Polygon([(36, 48), (36.5, 48.5), (36, 49)]),
            shapely.Polygon([(37, 48), (37, 49), (36.5, 48.5)]),
        ]
        assert extents[1].geometry.is_valid
        assert area_km2(extents[1].geometry) == pytest.approx(area_km2(wings).sum(), rel=1e-9)
        (repair,) = repairs
        assert repair.where == f"{path}: feature 1"
        assert repair.what == "Self-intersection"

    def test_the_effect_on_the_area_is_stated(self):
        twice = shapely.MultiPolygon([SQUARE, shapely.box(36.5, 48, 37.5, 49)])
        mended, (repair,) = sound_geometry(twice, "here")
        assert area_km2(mended) == pytest.approx(
            area_km2(twice) + repair.area_change_km2, rel=1e-12
        )
        assert repair.area_change_km2 == pytest.approx(-area_km2(shapely.box(36.5, 48, 37, 49)))

    def test_a_spike_is_cut_off(self):
        spiked = shapely.Polygon([(36, 48), (37, 48), (37, 49), (37, 50), (37, 49), (36, 49)])
        mended, (repair,) = sound_geometry(spiked, "here")
        assert mended.equals(SQUARE)
        assert repair.area_change_km2 == pytest.approx(0, abs=1e-6)

    def test_sound_geometry_has_no_entry(self):
        assert sound_geometry(SQUARE, "here")[1] == []

    def test_the_data_set_carries_the_ledger(self, write_layer, feature):
        path = write_layer(feature(BOW_TIE))
        assert [repair.where for repair in frontmap.read(path).repairs] == [f"{path}: feature 0"]
