"""The tables beside the extents."""

import datetime as dt
import json

import pytest

from frontmap import DataError, LocalText, Status
from frontmap.read.tables import read_companions, sector_of

CLAIM = {
    "id": "a", "sector": "north", "status": "russian_held", "metric": "area_km2", "value": "740",
    "unit": "km2", "approximate": "true", "date_start": "2024-09-30", "date_end": "2024-09-30",
    "source": "memo", "source_ref": "p. 1", "text_en": "About 740 km².", "text_ja": "約740km²。",
}  # fmt: skip
EVENT = {
    "id": "a", "date": "2024-10-01", "kind": "strike", "title_en": "Strike", "title_ja": "攻撃",
    "summary_en": "", "source": "memo", "source_ref": "n. 1",
}  # fmt: skip


@pytest.fixture
def folder(tmp_path):
    return tmp_path


def write_csv(path, *rows, encoding="utf-8"):
    quoted = [",".join('"' + value.replace('"', '""') + '"' for value in row) for row in rows]
    path.write_bytes(("\n".join(quoted) + "\n").encode(encoding))


def write_claim(folder, **changes):
    row = CLAIM | changes
    write_csv(folder / "claims.csv", row.keys(), row.values())


def write_event(folder, geometry=None, **changes):
    feature = {"type": "Feature", "properties": EVENT | changes, "geometry": geometry}
    text = json.dumps({"type": "FeatureCollection", "features": [feature]})
    (folder / "events.geojson").write_text(text, encoding="utf-8")


def refused(folder, name):
    with pytest.raises(DataError) as caught:
        read_companions(folder)
    said = str(caught.value)
    assert said.startswith(str(folder / name))
    assert len(said.splitlines()) == 1
    return said


class TestTaken:
    def test_nothing_there(self, folder):
        companions = read_companions(folder)
        assert not companions.files
        assert not companions.sectors
        assert not companions.events

    def test_claim(self, folder):
        write_claim(folder)
        (claim,) = read_companions(folder).claims
        assert claim.value == 740
        assert claim.status is Status.RUSSIAN_HELD
        assert claim.approximate
        assert claim.date_end == dt.date(2024, 9, 30)
        assert claim.text == LocalText("About 740 km².", "約740km²。")

    def test_a_claim_may_have_no_sector_and_status(self, folder):
        write_claim(folder, sector="", status="", approximate="false")
        (claim,) = read_companions(folder).claims
        assert claim.status is None
        assert not claim.approximate

    def test_event_without_a_place(self, folder):
        write_event(folder)
        (event,) = read_companions(folder).events
        assert event.geometry is None
        assert event.date_end is None
        assert event.range_km is None

    def test_event_with_a_place(self, folder):
        point = {"type": "Point", "coordinates": [37.25, 47.78]}
        write_event(folder, point, date_end="2024-10-03", range_km=300)
        (event,) = read_companions(folder).events
        assert event.geometry.coords[0] == (37.25, 47.78)
        assert event.range_km == 300
        assert event.date_end == dt.date(2024, 10, 3)

    @pytest.mark.parametrize(
        "text", ["<img src=x onerror=alert(1)>", "{{ x }}", 'say "so"', "a, b", "two\nlines",
                 "line\u2028separator", "東京"],
    )  # fmt: skip
    def test_text_is_kept_as_it_is(self, folder, text):
        write_claim(folder, text_en=text)
        assert read_companions(folder).claims[0].text.en == text
        write_event(folder, title_en=text)
        assert read_companions(folder).events[0].title.en == text

    def test_a_table_from_a_spreadsheet(self, folder):
        rows = [["id", "title_en"], ["memo", "A memo"]]
        write_csv(folder / "sources.csv", *rows, encoding="utf-8-sig")
        assert read_companions(folder).sources["memo"].title.en == "A memo"
        text = (folder / "sources.csv").read_bytes().replace(b"\n", b"\r\n")
        (folder / "sources.csv").write_bytes(text)
        assert read_companions(folder).sources["memo"].title.en == "A memo"

    def test_order_is_by_date(self, folder):
        rows = [CLAIM | {"id": day, "date_end": f"2024-10-{day}"} for day in ("12", "03", "07")]
        write_csv(folder / "claims.csv", CLAIM.keys(), *(row.values() for row in rows))
        assert [claim.id for claim in read_companions(folder).claims] == ["03", "07", "12"]

    def test_a_sector_is_made_where_none_is_described(self, dataset):
        line = dataset.timeline("toretsk")
        sector = sector_of([line])
        assert sector.name.text("ja") == "toretsk"
        assert sector.status is line.status
        assert sector.window == pytest.approx((37.6, 48.25, 38.05, 48.5), abs=0.06)


class TestRefused:
    @pytest.mark.parametrize(
        ("changes", "reason"),
        [
            ({"value": "many"}, "could not convert"),
            ({"value": ""}, "could not convert"),
            ({"status": "blue"}, "not a valid Status"),
            ({"date_end": "end of September"}, "YYYY-MM-DD"),
        ],
    )
    def test_claim(self, folder, changes, reason):
        write_claim(folder, **changes)
        said = refused(folder, "claims.csv")
        assert "row 1" in said
        assert reason in said

    @pytest.mark.parametrize("name", ["value", "date_start", "status", "source_ref"])
    def test_missing_column(self, folder, name):
        row = {key: value for key, value in CLAIM.items() if key != name}
        write_csv(folder / "claims.csv", row.keys(), row.values())
        assert refused(folder, "claims.csv").endswith(f"row 1 has no {name}")

    def test_a_short_row_is_named(self, folder):
        write_csv(folder / "claims.csv", CLAIM.keys(), CLAIM.values(), ["b", "north"])
        assert "row 2" in refused(folder, "claims.csv")

    @pytest.mark.parametrize(
        ("geometry", "changes", "reason"),
        [
            (None, {"date": "soon"}, "YYYY-MM-DD"),
            (None, {"range_km": "far"}, "could not convert"),
            (None, {"range_km": [300]}, "row 1"),
            ({"type": "Point", "coordinates": ["a", "b"]}, {}, "row 1"),
            ({"type": "Spot", "coordinates": [1, 2]}, {}, "row 1"),
        ],
    )
    def test_event(self, folder, geometry, changes, reason):
        write_event(folder, geometry, **changes)
        said = refused(folder, "events.geojson")
        assert "row 1" in said
        assert reason in said

    def test_half_of_a_sign(self, folder):
        write_event(folder, title_en="cut off \ud83d")
        assert "row 1: title_en is cut within a sign" in refused(folder, "events.geojson")

    @pytest.mark.parametrize("name", ["sectors.geojson", "events.geojson"])
    @pytest.mark.parametrize("text", ["", "{", "[1]", '{"features": ["a"]}', '{"features": [{}]}'])
    def test_broken_json(self, folder, name, text):
        (folder / name).write_text(text, encoding="utf-8")
        assert "broken" in refused(folder, name)

    @pytest.mark.parametrize("name", ["sectors.geojson", "events.geojson"])
    def test_deep_nesting(self, folder, name):
        (folder / name).write_text("[" * 100_000, encoding="utf-8")
        assert "nested too deeply" in refused(folder, name)

    def test_a_field_longer_than_csv_takes(self, folder):
        write_csv(folder / "sources.csv", ["id", "title_en"], ["a", "x" * 131_073])
        assert "broken (field larger" in refused(folder, "sources.csv")

    def test_sector_without_a_window(self, folder):
        feature = {"properties": {"sector": "a", "status": "contested"}, "geometry": None}
        text = json.dumps({"features": [feature]})
        (folder / "sectors.geojson").write_text(text, encoding="utf-8")
        assert "window" in refused(folder, "sectors.geojson")

    @pytest.mark.parametrize("name", ["sources.csv", "claims.csv", "series.csv"])
    def test_not_utf_8(self, folder, name):
        (folder / name).write_bytes("id,title_en\na,Köln\n".encode("latin-1"))
        assert "broken" in refused(folder, name)
