"""The GeoPackage: its layers, their measures, and what QGIS is told."""

import sqlite3
from contextlib import closing
from xml.etree import ElementTree as ET

import geopandas as gpd
import pyogrio
import pytest
import shapely

import frontmap
from frontmap import Status
from frontmap.analyse import fixed_lines, front_lines
from frontmap.export import save_table
from frontmap.geodesy import area_km2, length_km
from frontmap.render.style import LIGHT

LAYERS = {
    "sectors": "Polygon",
    "control": "MultiPolygon",
    "front": "MultiLineString",
    "event_lines": "LineString",
    "events": "Point",
    "places": "Point",
}


@pytest.fixture(scope="module")
def file(dataset, tmp_path_factory):
    target = tmp_path_factory.mktemp("package") / "front.gpkg"
    save_table(dataset, target, baseline="2024-09-30")
    return target


@pytest.fixture(scope="module")
def layer(file):
    return lambda name: gpd.read_file(file, layer=name)


@pytest.fixture(scope="module")
def styles(file):
    with closing(sqlite3.connect(file)) as base:
        rows = base.execute("SELECT f_table_name, styleQML, useAsDefault FROM layer_styles")
        return {name: ET.fromstring(text) for name, text, default in rows if default}  # noqa: S314


def test_layers(file):
    found = {str(name): kind for name, kind in pyogrio.list_layers(file)}
    assert {name: found[name] for name in LAYERS} == LAYERS
    assert set(found) == {*LAYERS, "claims", "sources", "about", "layer_styles"}
    for name in LAYERS:
        assert pyogrio.read_info(file, layer=name)["crs"] == "EPSG:4326"


def test_control_is_the_extents(dataset, layer):
    table = layer("control")
    ours = dataset.areas()
    assert table["sector"].tolist() == ours["sector"].tolist()
    assert table["valid_from"].dt.strftime("%Y-%m-%d").tolist() == ours["date"].tolist()
    assert list(table["area_km2"]) == pytest.approx(list(ours["area_km2"]), abs=1e-6)
    assert list(area_km2(table.geometry)) == pytest.approx(list(ours["area_km2"]), abs=1e-3)
    assert (table["gained_km2"] - table["lost_km2"]).to_numpy() == pytest.approx(
        table["net_change_km2"].to_numpy(), abs=1e-5
    )


def test_an_extent_holds_until_the_next(dataset, layer):
    table = layer("control")
    for line in dataset.timelines:
        mine = table[(table["sector"] == line.sector) & (table["status"] == line.status)]
        assert mine["valid_to"].tolist()[:-1] == mine["valid_from"].tolist()[1:]
        assert mine["valid_to"].isna().tolist() == [False] * (len(mine) - 1) + [True]


def test_dates_are_dates(file):
    for name, fields in (("control", ("valid_from", "valid_to")), ("events", ("date",))):
        with closing(sqlite3.connect(file)) as base:
            columns = {row[1]: row[2] for row in base.execute(f"PRAGMA table_info({name})")}
        assert {columns[field] for field in fields} == {"DATE"}


def test_front_lines(dataset, layer):
    table = layer("front")
    assert Status.CONTESTED not in set(table["status"])
    for row in table[table["valid_from"] == "2024-12-31"].itertuples():
        extent = dataset.timeline(row.sector).at("2024-12-31")
        front = front_lines(extent.geometry, fixed_lines(dataset, row.sector))
        assert row.length_km == pytest.approx(float(length_km(front)), rel=1e-6)
        assert shapely.hausdorff_distance(row.geometry, front) < 1e-6


def test_no_event_is_lost(dataset, layer):
    table = layer("events")
    assert table["id"].tolist() == [event.id for event in dataset.events]
    nowhere = [event.id for event in dataset.events if event.geometry is None]
    assert table[table.geometry.isna()]["id"].tolist() == nowhere
    (line,) = layer("event_lines").itertuples()
    end = table[table["id"] == line.id].geometry.iloc[0]
    assert shapely.get_point(line.geometry, -1).equals(end)


def test_only_what_is_in_force(dataset, tmp_path):
    file = tmp_path / "day.gpkg"
    save_table(dataset, file, date="2024-10-04", sector="kursk")
    control = gpd.read_file(file, layer="control")
    assert set(control["valid_from"].dt.strftime("%Y-%m-%d")) == {"2024-09-30"}
    assert len(control) == 2
    assert control["valid_to"].notna().all()
    assert gpd.read_file(file, layer="events")["date"].max().strftime("%Y-%m-%d") <= "2024-10-04"
    assert gpd.read_file(file, layer="sectors")["sector"].tolist() == ["kursk"]


def test_a_file_without_anything_beside_it(tmp_path, write_layer, feature):
    file = tmp_path / "own.gpkg"
    save_table(frontmap.read(write_layer(feature(sector="'; DROP TABLE control; --"))), file)
    assert gpd.read_file(file, layer="control")["sector"].tolist() == ["'; DROP TABLE control; --"]
    assert len(gpd.read_file(file, layer="events")) == 0


def test_gdal_keeps_its_own_clock(dataset, tmp_path):
    before = pyogrio.get_gdal_config_option("OGR_CURRENT_DATE")
    save_table(dataset, tmp_path / "one.gpkg", sector="toretsk")
    assert pyogrio.get_gdal_config_option("OGR_CURRENT_DATE") == before


class TestStyles:
    def test_every_layer_has_one(self, styles):
        assert set(styles) == set(LAYERS)

    def test_hues_and_patterns_are_those_of_the_table(self, styles):
        control = styles["control"]
        symbols = {symbol.get("name"): symbol for symbol in control.find("renderer-v2/symbols")}
        categories = control.findall("renderer-v2/categories/category")
        assert [category.get("value") for category in categories] == list(Status)
        for category in categories:
            style = LIGHT.area(Status(category.get("value")))
            fill, *hatches = symbols[category.get("symbol")].findall("layer")
            red, green, blue, alpha = option(fill, "color").split(",")
            assert f"#{int(red):02X}{int(green):02X}{int(blue):02X}" == style.hue
            assert int(alpha) == round(style.fill_opacity * 255)
            assert len(hatches) == (2 if style.hatch.direction == "both" else 1)
            for hatch in hatches:
                assert float(option(hatch, "distance")) == pytest.approx(
                    style.hatch.spacing * 25.4 / 96, abs=1e-3
                )

    def test_fields_of_styles_exist(self, styles, layer):
        for name, style in styles.items():
            temporal, renderer = style.find("temporal"), style.find("renderer-v2")
            fields = set() if temporal is None else {temporal.get("startField")}
            fields |= {None if temporal is None else temporal.get("endField"), renderer.get("attr")}
            assert fields - {None} <= set(layer(name).columns)

    def test_the_temporal_controller_is_set(self, styles):
        for name in ("control", "front"):
            temporal = styles[name].find("temporal")
            assert (temporal.get("enabled"), temporal.get("mode")) == ("1", "2")
            assert (temporal.get("startField"), temporal.get("endField")) == (
                "valid_from",
                "valid_to",
            )
        events = styles["events"].find("temporal")
        assert (events.get("mode"), events.get("startField")) == ("1", "date")

    def test_in_japanese(self, dataset, tmp_path):
        file = tmp_path / "ja.gpkg"
        save_table(dataset, file, sector="toretsk", language="ja")
        with closing(sqlite3.connect(file)) as base:
            (text,) = base.execute(
                "SELECT styleQML FROM layer_styles WHERE f_table_name = 'control'"
            ).fetchone()
        assert "係争中" in text


def option(layer, name):
    return layer.find(f"Option/Option[@name='{name}']").get("value")
