"""Tables say what the library says, in every format, the same bytes every time."""

import csv
import datetime as dt
import io
import json
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import geopandas as gpd
import openpyxl
import pytest
import shapely
from geojson_pydantic import FeatureCollection
from pyarrow import parquet

import frontmap
from frontmap import DataError, FrontmapError, LocalText
from frontmap.analyse import band_km2, gained_and_lost
from frontmap.export import save_table
from frontmap.export.table import FORMATS

NASTY = ["=1+1", "+1", "-1", "@SUM(A1)", "<img onerror=x>", "\t=1", "http://x.example", 'a"b,c\nd']


@pytest.fixture
def save(dataset, tmp_path):
    """Write a table and return its file."""

    def write(ending, data=dataset, **wishes):
        target = tmp_path / f"areas{ending}"
        assert save_table(data, target, **wishes) == target.stat().st_size
        return target

    return write


def rows_of_csv(file):
    return list(csv.DictReader(io.StringIO(file.read_bytes().decode(), newline="")))


def named(dataset, name):
    """The data set with one sector renamed everywhere."""
    line = dataset.timeline("toretsk")
    extents = tuple(replace(extent, sector=name) for extent in line.extents)
    sector = replace(dataset.sectors["toretsk"], id=name, name=LocalText(name, name))
    return replace(
        dataset,
        timelines=(replace(line, sector=name, extents=extents),),
        sectors={name: sector},
        hashes={name: "0" * 64},
    )


class TestCsv:
    def test_is_what_the_library_says(self, dataset, save):
        rows = rows_of_csv(save(".csv"))
        table = dataset.areas()
        bands = [band for line in dataset.timelines for band in band_km2(dataset, line)]
        assert len(rows) == len(table)
        for name in ("sector", "status", "date", "method", "source"):
            assert [row[name] for row in rows] == table[name].tolist()
        for name, values in (("area_km2", table["area_km2"]), ("band_km2", bands)):
            assert [float(row[name]) for row in rows] == pytest.approx(list(values), abs=1e-6)

    def test_is_plain(self, save):
        text = save(".csv").read_bytes()
        assert not text.startswith(b"\xef\xbb\xbf")
        assert b"\r" not in text
        assert text.endswith(b"\n")
        assert text.split(b"\n")[0] == (
            b"sector,status,date,area_km2,band_km2,positional_error_m,method,source"
        )

    def test_in_force_on_a_day(self, save):
        rows = rows_of_csv(save(".csv", date="2024-10-04", sector="kursk"))
        assert {row["status"] for row in rows} == {"contested", "ukrainian_held"}
        assert {row["date"] for row in rows} == {"2024-09-30"}

    def test_since_a_baseline(self, dataset, save):
        line = dataset.timeline("kursk")
        rows = rows_of_csv(save(".csv", sector="kursk", status=line.status, baseline="2024-10-20"))
        assert [row["date"] for row in rows] == [day.isoformat() for day in line.dates]
        for row in rows:
            change = gained_and_lost(line, "2024-10-20", row["date"])
            assert float(row["gained_km2"]) == pytest.approx(change.gained_km2, abs=1e-6)
            assert float(row["lost_km2"]) == pytest.approx(change.lost_km2, abs=1e-6)
            net = float(row["gained_km2"]) - float(row["lost_km2"])
            assert float(row["net_change_km2"]) == pytest.approx(net, abs=1e-5)
        assert any(float(row["lost_km2"]) > 1 for row in rows)

    def test_what_is_not_known_is_empty(self, save, write_layer, feature):
        untold = dict.fromkeys(("sector", "status", "source", "method", "valid_from"), ...)
        square = feature(**untold, positional_error_m=...)
        data = frontmap.read(write_layer(square, name="front_20240930.geojson"))
        (row,) = rows_of_csv(save(".csv", data))
        assert (row["positional_error_m"], row["band_km2"]) == ("", "")
        assert float(row["area_km2"]) > 8000

    @pytest.mark.parametrize("name", NASTY)
    def test_names_come_back(self, dataset, save, name):
        rows = rows_of_csv(save(".csv", named(dataset, name)))
        assert {row["sector"] for row in rows} == {name}


class TestGeojson:
    def test_is_read_again_as_it_was(self, dataset, save):
        again = frontmap.read(save(".geojson"))
        assert again.repairs == ()
        assert (
            again.areas().drop(columns="area_km2").equals(dataset.areas().drop(columns="area_km2"))
        )
        ours, theirs = dataset.areas()["area_km2"], again.areas()["area_km2"]
        assert list(theirs) == pytest.approx(list(ours), abs=1e-3)

    def test_keeps_to_the_standard(self, save):
        document = json.loads(save(".geojson").read_bytes())
        FeatureCollection.model_validate(document)
        assert "crs" not in document
        west, south, east, north = document["bbox"]
        assert -180 <= west < east <= 180
        assert -90 <= south < north <= 90
        for feature in document["features"]:
            shape = shapely.geometry.shape(feature["geometry"])
            assert shape.is_valid
            for part in shapely.get_parts(shape):
                assert part.exterior.is_ccw
                assert not any(ring.is_ccw for ring in part.interiors)
            points = shapely.get_coordinates(shape)
            assert (points == points.round(7)).all()
            assert (points >= [west, south]).all()
            assert (points <= [east, north]).all()

    def test_says_whose_data_it_is(self, dataset, save):
        about = json.loads(save(".geojson").read_bytes())["about"]
        assert about["data_sha256"] == dataset.hash
        assert any("OpenStreetMap" in line for line in about["attribution"])

    def test_says_what_was_asked_and_how_to_make_it_again(self, save):
        file = save(".geojson", date="2024-11-21", baseline="2024-09-30", sector="kursk")
        about = json.loads(file.read_bytes())["about"]
        assert about["program"] == f"frontmap {frontmap.__version__}"
        assert (about["date"], about["baseline"]) == ("2024-11-21", "2024-09-30")
        assert "--baseline 2024-09-30" in about["command"]

    def test_what_is_empty_comes_back_empty(self, save, write_layer, feature):
        nothing = {"type": "MultiPolygon", "coordinates": []}
        data = frontmap.read(
            write_layer(feature(), feature(geometry=nothing, valid_from="2024-10-04"))
        )
        file = save(".geojson", data)
        assert json.loads(file.read_bytes())["features"][1]["geometry"] is None
        assert frontmap.read(file).areas()["area_km2"].iloc[1] == 0

    def test_finer_than_the_grid_is_mended(self, save, write_layer, feature):
        notch = [[36, 48], [37, 48], [37, 49], [36.5, 49], [36.5 + 2e-9, 48.5], [36.5 + 4e-9, 49]]
        data = frontmap.read(write_layer(feature([[*notch, [36, 49], [36, 48]]])))
        again = frontmap.read(save(".geojson", data))
        assert again.repairs == ()
        assert again.areas()["area_km2"][0] == pytest.approx(data.areas()["area_km2"][0], abs=1e-3)

    @pytest.mark.parametrize("name", NASTY)
    def test_names_come_back(self, dataset, save, name):
        assert frontmap.read(save(".geojson", named(dataset, name))).timelines[0].sector == name


class TestParquet:
    def test_is_typed(self, save):
        schema = parquet.read_schema(save(".parquet", baseline="2024-09-30"))
        types = {name: str(kind) for name, kind in zip(schema.names, schema.types, strict=True)}
        assert {types[name] for name in ("valid_from", "valid_to", "recorded_at")} == {
            "date32[day]"
        }
        assert {types[name] for name in types if name.endswith("_km2")} == {"double"}
        assert json.loads(schema.metadata[b"frontmap"])["command"].endswith("-o areas.parquet")

    def test_is_geoparquet(self, dataset, save):
        file = save(".parquet")
        table = gpd.read_parquet(file)
        assert table.crs == "OGC:CRS84"
        assert list(table.total_bounds) == pytest.approx(
            json.loads(parquet.read_schema(file).metadata[b"geo"])["columns"]["geometry"]["bbox"]
        )
        ours, theirs = dataset.areas()["area_km2"], frontmap.read(file).areas()["area_km2"]
        assert list(theirs) == pytest.approx(list(ours), abs=1e-3)


class TestWorkbook:
    @pytest.fixture
    def book(self, save):
        return openpyxl.load_workbook(save(".xlsx", baseline="2024-09-30"))

    def test_areas(self, dataset, book):
        sheet = book["areas"]
        head, *rows = sheet.iter_rows(values_only=True)
        assert "Area (km²)" in head
        assert len(rows) == len(dataset.areas())
        areas = [row[head.index("Area (km²)")] for row in rows]
        assert areas == pytest.approx(list(dataset.areas()["area_km2"]), abs=1e-6)
        dates = [row[head.index("Date")] for row in rows]
        assert all(isinstance(day, dt.datetime) for day in dates)
        assert [day.date().isoformat() for day in dates] == dataset.areas()["date"].tolist()
        assert sheet.freeze_panes == "A2"
        assert sheet.auto_filter.ref.startswith("A1:")

    def test_published_beside_measured(self, dataset, book):
        head, *rows = book["claims"].iter_rows(values_only=True)
        records = [dict(zip(head, row, strict=True)) for row in rows]
        assert len(records) == len(dataset.claims)
        kursk = [record for record in records if record["Sector"] == "kursk"]
        assert [record["Published value"] for record in kursk] == [740, 520]
        for record in kursk:
            line = dataset.timeline("kursk")
            area = line.area_at(record["Until"].date())
            assert record["Area (km²)"] == pytest.approx(area, abs=1e-6)
            share = area / record["Published value"] - 1
            assert record["Measured against published (%)"] == pytest.approx(share, abs=1e-6)

    def test_sources_and_about(self, dataset, book):
        head, *rows = book["sources"].iter_rows(values_only=True)
        assert {row[0] for row in rows} == set(dataset.sources)
        assert "ODbL-1.0" in {row[head.index("Licence")] for row in rows}
        about = dict(book["about"].iter_rows(values_only=True, min_row=2))
        assert dataset.hash in about["Data"]
        assert about["Command, on the same data"] == (
            "frontmap table --baseline 2024-09-30 -o areas.xlsx"
        )
        assert len(list(book["events"].iter_rows())) == len(dataset.events) + 1

    def test_in_japanese(self, save):
        book = openpyxl.load_workbook(save(".xlsx", language="ja", date="2024-11-21"))
        assert book.sheetnames[0] == "面積"
        assert "面積（km²）" in [cell.value for cell in book["面積"][1]]
        days = [row[0].date() for row in book["出来事"].iter_rows(values_only=True, min_row=2)]
        assert max(days) <= dt.date(2024, 11, 21)

    @pytest.mark.parametrize("name", NASTY)
    def test_text_stays_text(self, dataset, save, name):
        book = openpyxl.load_workbook(save(".xlsx", named(dataset, name)))
        cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
        assert {cell.data_type for cell in cells} <= {"s", "n", "d"}
        assert name in [cell.value for cell in cells]
        assert not any(cell.hyperlink for cell in cells)

    def test_a_day_before_spreadsheets_can_count(self, save, write_layer, feature):
        data = frontmap.read(write_layer(feature(valid_from="1812-06-24")))
        sheet = openpyxl.load_workbook(save(".xlsx", data))["areas"]
        assert "1812-06-24" in [cell.value for cell in sheet[2]]


class TestSaving:
    @pytest.mark.parametrize("name", ["areas", "areas.xls", "areas.shp", "areas.csv.gz"])
    def test_another_ending_names_those_there_are(self, dataset, tmp_path, name):
        with pytest.raises(DataError, match=r"\.csv, \.geojson, \.gpkg, \.parquet, \.xlsx"):
            save_table(dataset, tmp_path / name)

    @pytest.mark.parametrize("ending", FORMATS)
    @pytest.mark.parametrize(
        "wrong",
        [
            {"date": "soon"},
            {"baseline": "2024-09-29"},
            {"date": "1999-01-01"},
            {"sector": "west"},
            {"status": "blue"},
            {"language": "fr"},
        ],
        ids=str,
    )
    def test_a_wrong_wish_leaves_the_old_file(self, dataset, tmp_path, ending, wrong):
        target = tmp_path / f"areas{ending}"
        target.write_text("old", encoding="utf-8")
        with pytest.raises(FrontmapError):
            save_table(dataset, target, **wrong)
        assert target.read_text(encoding="utf-8") == "old"
        assert list(tmp_path.iterdir()) == [target]

    @pytest.mark.parametrize("ending", FORMATS)
    @pytest.mark.parametrize("step", ["chmod", "replace"])
    def test_interrupted_leaves_the_old_file(self, dataset, tmp_path, monkeypatch, ending, step):
        target = tmp_path / f"areas{ending}"
        target.write_text("old", encoding="utf-8")

        def fail(*_):
            raise KeyboardInterrupt

        monkeypatch.setattr(Path, step, fail)
        with pytest.raises(KeyboardInterrupt):
            save_table(dataset, target, sector="toretsk")
        monkeypatch.undo()
        assert target.read_text(encoding="utf-8") == "old"
        assert list(tmp_path.iterdir()) == [target]


def test_the_same_bytes_in_two_processes(tmp_path):
    """With another hash seed, language, time zone, working folder and day."""
    code = """
import sys
from pathlib import Path
import frontmap
from frontmap.export.table import FORMATS, save_table
dataset = frontmap.read()
for ending in FORMATS:
    file = Path(sys.argv[1]) / f"areas{ending}"
    save_table(dataset, file, baseline="2024-09-30", language="ja")
"""
    surroundings = [
        {"PYTHONHASHSEED": "1", "LANG": "C", "LC_ALL": "C", "TZ": "Asia/Tokyo"},
        {"PYTHONHASHSEED": "77", "LANG": "ja_JP.UTF-8", "TZ": "America/St_Johns"},
    ]
    running = []
    for number, variables in enumerate(surroundings):
        folder = tmp_path / str(number)
        folder.mkdir()
        command = [sys.executable, "-c", code, str(folder)]
        kept = {name: value for name, value in os.environ.items() if not name.startswith("LC_")}
        running.append(subprocess.Popen(command, env={**kept, **variables}, cwd=folder))
    assert [process.wait(timeout=60) for process in running] == [0, 0]
    first, second = (sorted((tmp_path / str(number)).iterdir()) for number in range(2))
    assert len(first) == len(FORMATS)
    differing = [
        one.name
        for one, other in zip(first, second, strict=True)
        if one.read_bytes() != other.read_bytes()
    ]
    assert differing == []
