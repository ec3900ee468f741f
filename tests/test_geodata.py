"""The shipped data keep what they promise: sizes, hashes, names, areas, towns and shapes."""

import csv
import datetime as dt
import importlib.util
import itertools
import json
import re
from collections import Counter
from pathlib import Path

import numpy as np
import pytest
import shapely

from frontmap import area_km2
from frontmap.analyse import fixed_lines
from frontmap.ellipsoid import edge_length_km
from frontmap.geodesy import length_km, ring_areas_km2
from frontmap.read.folder import sha256_of

ROOT = Path(__file__).parents[1]

GEODATA = ROOT / "geodata"
DONBAS = ("pokrovsk", "toretsk", "vuhledar", "chasiv_yar")
SECTORS = ("kursk", *DONBAS)
FIRST, LAST = dt.date(2024, 9, 30), dt.date(2024, 12, 31)
KANA_OR_KANJI = re.compile("[\u3041-\u30ff\u4e00-\u9fff]")


def rows(path):
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def script(name):
    spec = importlib.util.spec_from_file_location(name, ROOT / "scripts" / f"{name}.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def holds(timeline, day, lon, lat):
    return shapely.covers(timeline.at(day).geometry, shapely.Point(lon, lat))


@pytest.fixture(scope="module")
def package():
    return json.loads((GEODATA / "datapackage.json").read_text(encoding="utf-8"))


class TestDataPackage:
    def test_every_file_is_described(self, package):
        shipped = {
            path.relative_to(GEODATA).as_posix()
            for path in GEODATA.rglob("*")
            if path.suffix in {".geojson", ".csv"}
        }
        assert {item["path"] for item in package["resources"]} == shipped

    def test_hashes_and_sizes(self, package):
        for item in package["resources"]:
            file = GEODATA / item["path"]
            assert item["hash"] == f"sha256:{sha256_of(file)}", item["path"]
            assert item["bytes"] == file.stat().st_size

    def test_fields(self, package):
        for item in package["resources"]:
            for name in ("name", "title", "format", "mediatype", "licenses", "sources", "method"):
                assert item[name], (item["path"], name)
            assert "positionalErrorM" in item
            assert all(licence["name"] and licence["path"] for licence in item["licenses"])
        names = [item["name"] for item in package["resources"]]
        assert len(set(names)) == len(names)
        assert all(re.fullmatch(r"[a-z0-9.-]+", name) for name in names)

    def test_layers_with_the_state_border_are_odbl(self, package):
        licences = {
            item["path"]: {licence["name"] for licence in item["licenses"]}
            for item in package["resources"]
        }
        for path in ("control/kursk.geojson", "basemap/state_borders.geojson"):
            assert licences[path] == {"ODbL-1.0"}
        assert "OpenStreetMap" in package["attribution"]
        for item in package["resources"]:
            if any("OpenStreetMap" in source["title"] for source in item["sources"]):
                assert licences[item["path"]] == {"ODbL-1.0"}

    def test_every_licence_is_explained(self, package):
        text = (GEODATA / "LICENSES" / "README.md").read_text(encoding="utf-8")
        for licence in package["licenses"]:
            assert licence["name"] in text or licence["title"].split(" (")[0] in text, licence

    def test_positional_errors_are_those_of_the_extents(self, package, dataset):
        stated = {item["path"]: item["positionalErrorM"] for item in package["resources"]}
        for line in dataset.timelines:
            errors = {extent.positional_error_m for extent in line.extents}
            assert errors == {stated[f"control/{line.sector}.geojson"][line.status]}
            assert all(100 <= error <= 5000 for error in errors)

    def test_the_script_writes_the_same(self, package):
        builder = script("build_datapackage")
        assert [builder.resource(path) for path in builder.DESCRIBED] == package["resources"]

    def test_size(self):
        basemap = sum(path.stat().st_size for path in (GEODATA / "basemap").iterdir())
        assert basemap < 3_000_000

    def test_data_card_names_every_layer(self):
        card = (GEODATA / "README.md").read_text(encoding="utf-8")
        for sector in SECTORS:
            assert sector in card.lower().replace(" ", "_").replace("-", "_"), sector


class TestShapes:
    @pytest.fixture(params=SECTORS)
    def features(self, request):
        text = (GEODATA / "control" / f"{request.param}.geojson").read_text(encoding="utf-8")
        return json.loads(text)["features"]

    def test_valid_as_stored(self, features):
        for feature in features:
            shape = shapely.geometry.shape(feature["geometry"])
            assert shape.is_valid, shapely.is_valid_reason(shape)
            assert not shape.is_empty

    def test_right_hand_rule_as_stored(self, features):
        for feature in features:
            for shell, *holes in feature["geometry"]["coordinates"]:
                signed = ring_areas_km2(shapely.linearrings([shell]))
                assert signed[0] > 0
                for hole in holes:
                    assert ring_areas_km2(shapely.linearrings([hole]))[0] < 0

    def test_coordinates_lie_on_the_grid(self, features):
        points = np.concatenate(
            [shapely.get_coordinates(shapely.geometry.shape(f["geometry"])) for f in features]
        )
        scaled = points * 1e7
        np.testing.assert_allclose(scaled, np.round(scaled), atol=1e-5)

    def test_no_slivers(self, features):
        for feature in features:
            parts = shapely.get_parts(shapely.geometry.shape(feature["geometry"]))
            assert area_km2(list(parts)).min() >= 0.5

    def test_nothing_had_to_be_mended(self, dataset):
        assert dataset.repairs == ()

    @pytest.mark.parametrize("sector", SECTORS)
    def test_vertices_along_the_front_are_close(self, dataset, sector):
        fixed = fixed_lines(dataset, sector).buffer(0.0002)
        for line in dataset.select(sector):
            for extent in line.extents:
                for ring in shapely.get_rings(shapely.get_parts(extent.geometry)):
                    points = shapely.get_coordinates(ring)
                    lengths = edge_length_km(points[:-1], points[1:])
                    edges = shapely.linestrings(np.stack([points[:-1], points[1:]], axis=1))
                    front = ~shapely.covers(fixed, edges)
                    assert lengths[front].max() <= 3.05, (sector, extent.valid_from)

    @pytest.mark.parametrize("sector", SECTORS)
    def test_extents_stay_in_their_window(self, dataset, sector):
        window = shapely.box(*dataset.sectors[sector].window)
        for line in dataset.select(sector):
            for extent in line.extents:
                assert area_km2(extent.geometry) == pytest.approx(
                    area_km2(shapely.intersection(extent.geometry, window)), rel=1e-9
                )

    def test_kursk_stays_on_the_russian_side(self, dataset):
        land = dataset.basemap.land.set_index("country").geometry
        for line in dataset.select("kursk"):
            for extent in line.extents:
                inside = shapely.intersection(extent.geometry, land["RUS"].buffer(1e-5))
                assert inside.area == pytest.approx(extent.geometry.area, rel=1e-9)

    @pytest.mark.parametrize("sector", SECTORS)
    def test_drawn_again_gives_the_same_bytes(self, sector, tmp_path):
        assert script("draw_control").build(sector, tmp_path) == []
        drawn = (tmp_path / f"{sector}.geojson").read_bytes()
        assert drawn == (GEODATA / "control" / f"{sector}.geojson").read_bytes()


class TestKursk:
    @pytest.fixture
    def held(self, dataset):
        return dataset.timeline("kursk")

    def test_published_areas(self, held):
        areas = held.areas()
        assert areas["2024-09-30"] == pytest.approx(740, rel=0.02)
        assert areas["2024-12-31"] == pytest.approx(520, rel=0.02)

    def test_growth(self, held):
        areas = held.areas()
        assert (areas / areas.shift()).max() <= 1.03

    def test_dates(self, held, dataset):
        assert len(held.dates) >= 10
        assert held.dates[0] == FIRST
        assert held.dates[-1] == LAST
        assert dataset.timeline("kursk", "contested").dates == held.dates

    def test_sudzha_inside_korenevo_outside(self, held):
        for day in held.dates:
            assert holds(held, day, 35.271, 51.191), day
            assert not holds(held, day, 34.90, 51.411), day

    def test_held_and_contested_are_apart(self, held, dataset):
        contested = dataset.timeline("kursk", "contested")
        for extent in held.extents:
            fringe = contested.at(extent.valid_from).geometry
            shared_ground = shapely.intersection(extent.geometry, fringe)
            assert shared_ground.area < 1e-10, extent.valid_from
            assert shapely.distance(extent.geometry, fringe) == 0, extent.valid_from

    def test_between_the_public_maps(self, held):
        # Their intersection and their union: ../shared/facts/memo.md.
        assert 691 <= held.area_at(FIRST) <= 930
        assert 462 <= held.area_at(LAST) <= 577


class TestDonbas:
    @pytest.mark.parametrize("sector", DONBAS)
    def test_dates(self, dataset, sector):
        dates = dataset.timeline(sector).dates
        assert len(dates) >= 7
        assert (dates[0], dates[-1]) == (FIRST, LAST)

    def test_pokrovsk_is_never_inside(self, dataset):
        line = dataset.timeline("pokrovsk")
        assert not any(holds(line, day, 37.1771, 48.2801) for day in line.dates)

    @pytest.mark.parametrize(
        ("sector", "lon", "lat", "last_outside", "first_inside"),
        [
            ("vuhledar", 37.25, 47.7797, "2024-10-01", "2024-10-02"),
            ("pokrovsk", 37.3022, 48.1465, "2024-10-27", "2024-10-28"),
            ("vuhledar", 37.2807, 47.9847, "2024-12-16", "2024-12-17"),
        ],
        ids=["Vuhledar", "Selydove", "Kurakhove"],
    )
    def test_towns(self, dataset, sector, lon, lat, last_outside, first_inside):
        line = dataset.timeline(sector)
        turned = dt.date.fromisoformat(first_inside)
        for day in (*line.dates, dt.date.fromisoformat(last_outside), turned):
            assert holds(line, day, lon, lat) == (day >= turned), day

    def test_settlements(self, dataset, shared):
        wrong = []
        for row in rows(shared / "facts" / "settlement_control.csv"):
            since = row["inside_russian_held_from"]
            line = dataset.timeline(row["sector"])
            for day in line.dates:
                expected = since.startswith("before") or bool(since and since <= day.isoformat())
                if holds(line, day, float(row["lon"]), float(row["lat"])) != expected:
                    wrong.append((row["sector"], row["name"], day.isoformat()))
        assert wrong == []

    def test_areas_and_overlap_with_the_reference(self, dataset, shared):
        reference = shared / "reference" / "deepstate_daily"
        for row in rows(shared / "facts" / "sector_areas.csv"):
            extent = dataset.timeline(row["sector"]).at(row["date"])
            case = (row["sector"], row["date"])
            assert extent.valid_from.isoformat() == row["date"], case
            area = area_km2(extent.geometry)
            assert area == pytest.approx(float(row["russian_held_km2"]), rel=0.03), case

            stem = f"deepstatemap_data_{row['date'].replace('-', '')}.geojson"
            document = json.loads((reference / stem).read_text(encoding="utf-8"))
            window = [float(row[name]) for name in ("west", "south", "east", "north")]
            other = shapely.union_all(
                [
                    shapely.make_valid(
                        shapely.make_valid(shapely.geometry.shape(f["geometry"])),
                        method="structure",
                    )
                    for f in document["features"]
                ]
            )
            other = shapely.intersection(other, shapely.box(*window))
            common = area_km2(shapely.intersection(extent.geometry, other))
            assert common / (area + area_km2(other) - common) >= 0.90, case


class TestNames:
    def test_three_names_everywhere(self, dataset):
        labels = dataset.basemap.labels
        named = [
            *(place.name for place in dataset.places),
            *(sector.name for sector in dataset.sectors.values()),
            *(event.place for event in dataset.events if event.geometry is not None),
        ]
        forms = [(name.en, name.ja, name.local) for name in named]
        forms += list(zip(labels.name_en, labels.name_ja, labels.name_local, strict=True))
        for en, ja, local in forms:
            assert en
            assert local
            assert KANA_OR_KANJI.search(ja), (en, ja)

    def test_every_text_is_in_two_languages(self, dataset):
        texts = [
            *(claim.text for claim in dataset.claims),
            *(figure.note for figure in dataset.series),
            *(source.title for source in dataset.sources.values()),
            *(sector.description for sector in dataset.sectors.values()),
            *itertools.chain(*((event.title, event.summary) for event in dataset.events)),
        ]
        for text in texts:
            assert text.en
            assert KANA_OR_KANJI.search(text.ja), text.en

    def test_ids_are_unique(self, dataset):
        for records in (dataset.events, dataset.claims, dataset.places):
            counted = Counter(record.id for record in records)
            assert counted.most_common(1)[0][1] == 1
        assert len(rows(GEODATA / "sources.csv")) == len(dataset.sources)

    def test_basemap_covers_the_region(self, dataset):
        for name in ("land", "state_borders", "coast", "lakes", "oblasts"):
            west, south, east, north = getattr(dataset.basemap, name).total_bounds
            assert west >= 29 - 1e-4, name
            assert south >= 44 - 1e-4, name
            assert east <= 49 + 1e-4, name
            assert north <= 56 + 1e-4, name
        assert all(29 <= place.lon <= 49 and 44 <= place.lat <= 56 for place in dataset.places)


class TestStateBorders:
    """One line between two states, and oblast lines that end on it."""

    REGION = shapely.box(29, 44, 49, 56)
    #: Two cells of the basemap's grid, about 2 m.
    NEAR_DEG = 2e-5

    @pytest.fixture
    def borders(self, dataset):
        table = dataset.basemap.state_borders
        return {
            row.states: shapely.get_parts(row.geometry) for row in table.itertuples(index=False)
        }

    @pytest.fixture
    def land(self, dataset):
        return dataset.basemap.land.set_index("country").geometry

    def ends(self, parts):
        """Return the ends of open lines that do not lie on the region's edge."""
        points = [shapely.Point(p.coords[at]) for p in parts if not p.is_closed for at in (0, -1)]
        edge = self.REGION.boundary
        return [point for point in points if shapely.distance(point, edge) > self.NEAR_DEG]

    def test_pairs(self, borders):
        pairs = {"BLR-RUS", "BLR-UKR", "KAZ-RUS", "MDA-UKR", "ROU-UKR", "RUS-UKR"}
        assert set(borders) == pairs

    def test_one_line_a_pair(self, borders):
        """More than one only where the region's edge cuts it, and around an enclave."""
        for pair, parts in borders.items():
            for part in parts if len(parts) > 1 else ():
                assert part.is_closed or len(self.ends([part])) < 2, pair
            inner = [part for part in parts if not part.is_closed and self.ends([part])]
            assert len(inner) <= 1, pair

    def test_no_short_piece(self, borders):
        for pair, parts in borders.items():
            assert length_km(list(parts)).min() >= 5, pair

    def test_a_border_ends_on_another_or_at_the_sea(self, borders, dataset):
        (coast,) = dataset.basemap.coast.geometry
        for pair, parts in borders.items():
            others = [line for name, own in borders.items() if name != pair for line in own]
            stops = shapely.union_all([coast, *others])
            for end in self.ends(parts):
                assert shapely.distance(end, stops) <= self.NEAR_DEG, (pair, end)

    def test_no_hook(self, borders):
        """A border does not touch itself, and does not turn back on itself."""
        for pair, parts in borders.items():
            for part in parts:
                assert part.is_simple, pair
                steps = np.diff(shapely.get_coordinates(part) * (0.64, 1.0), axis=0)
                steps /= np.hypot(*steps.T)[:, np.newaxis]
                assert (steps[:-1] * steps[1:]).sum(axis=1).min() > np.cos(np.radians(170)), pair

    def test_states_neither_overlap_nor_gape(self, land):
        for (first, one), (second, other) in itertools.combinations(land.items(), 2):
            assert shapely.intersection(one, other).area == 0, (first, second)
        for part in shapely.get_parts(shapely.union_all(land.to_numpy())):
            for hole in part.interiors:
                beside = [name for name, shape in land.items() if shape.intersects(hole)]
                assert len(beside) == 1, (beside, hole.centroid)

    def test_land_meets_along_the_border(self, land, borders):
        lines = shapely.union_all([part for parts in borders.values() for part in parts])
        near = lines.buffer(self.NEAR_DEG)
        for (first, one), (second, other) in itertools.combinations(land.items(), 2):
            shared = shapely.intersection(one.boundary, other.boundary)
            assert shapely.difference(shared, near).length == 0, (first, second)

    def test_oblast_lines_do_not_cross_the_border(self, land, borders, dataset):
        oblasts = shapely.union_all(dataset.basemap.oblasts.geometry.to_numpy())
        lines = shapely.union_all([part for parts in borders.values() for part in parts])
        apart = shapely.difference(oblasts, lines.buffer(self.NEAR_DEG))
        for line in shapely.get_parts(shapely.line_merge(apart)):
            states = {name for name, shape in land.items() if shapely.intersects(shape, line)}
            assert len(states) <= 1, line.coords[0]
            assert states <= {"RUS", "UKR"}, line.coords[0]

    def test_oblast_lines_reach_the_border(self, borders, dataset):
        oblasts = shapely.line_merge(shapely.union_all(dataset.basemap.oblasts.geometry.to_numpy()))
        lines = shapely.union_all([part for parts in borders.values() for part in parts])
        counted = Counter(line.coords[at] for line in shapely.get_parts(oblasts) for at in (0, -1))
        loose = [shapely.Point(point) for point, count in counted.items() if count == 1]
        steps = shapely.get_coordinates(shapely.shortest_line(loose, lines)).reshape(-1, 2, 2)
        apart_km = edge_length_km(steps[:, 0], steps[:, 1])
        assert (apart_km < 0.003).sum() >= 14
        assert not ((apart_km >= 0.003) & (apart_km < 3)).any()


class TestPartition:
    """What the script does with ground that two states have, or none."""

    @pytest.fixture
    def partition(self):
        return script("partition")

    @staticmethod
    def square(west, south, east, north):
        return shapely.box(30 + west, 50 + south, 30 + east, 50 + north)

    def check(self, found, border):
        first, second = found.values()
        assert shapely.intersection(first, second).area == 0
        assert not shapely.get_parts(shapely.union_all([first, second]))[0].interiors
        assert border.geom_type == "LineString"

    def test_gap_and_overlap(self, partition):
        west = self.square(0, 0, 0.5, 1).difference(self.square(0.495, 0.2, 0.5, 0.21))
        west = west.union(self.square(0.4, 0.6, 0.505, 0.61))
        found = partition.one_state_each({"A": west, "B": self.square(0.5, 0, 1, 1)}, 1.0)
        (border,) = partition.borders_between(found).values()
        self.check(found, border)
        assert shapely.union_all(list(found.values())).equals(self.square(0, 0, 1, 1))

    def test_an_enclave_stays(self, partition):
        enclave = self.square(0.2, 0.2, 0.25, 0.25)
        east = self.square(0.5, 0, 1, 1).union(enclave)
        found = partition.one_state_each({"A": self.square(0, 0, 0.5, 1), "B": east}, 1.0)
        assert found["B"].equals(east)
        lines = shapely.get_parts(partition.borders_between(found)["A-B"])
        assert sorted(line.is_closed for line in lines) == [False, True]

    def test_a_lagoon_stays_water(self, partition):
        west = self.square(0, 0, 0.5, 1).difference(self.square(0.2, 0.2, 0.205, 0.205))
        found = partition.one_state_each({"A": west, "B": self.square(0.5, 0, 1, 1)}, 1.0)
        assert found["A"].equals(west)

    def test_a_large_gap_stays(self, partition):
        west = self.square(0, 0, 0.5, 1).difference(self.square(0.4, 0.2, 0.5, 0.3))
        found = partition.one_state_each({"A": west, "B": self.square(0.5, 0, 1, 1)}, 1.0)
        assert found["A"].equals(west)

    def test_lines_end_on_the_border(self, partition):
        abroad = self.square(0.5, 0, 1, 1)
        border = shapely.LineString([(30.5, 50), (30.5, 51)])
        lines = shapely.MultiLineString(
            [
                [(30.1, 50.5), (30.52, 50.5)],
                [(30.1, 50.6), (30.48, 50.6)],
                [(30.1, 50.8), (30.2, 50.8)],
            ]
        )
        ended = partition.ended_on(border, lines, abroad, 3.0)
        assert [part.bounds for part in shapely.get_parts(ended)] == [
            (30.1, 50.5, 30.5, 50.5),
            (30.1, 50.6, 30.5, 50.6),
            (30.1, 50.8, 30.2, 50.8),
        ]


class TestSources:
    def test_every_source_resolves(self, dataset):
        places = json.loads((GEODATA / "basemap" / "places.geojson").read_text(encoding="utf-8"))
        used = {
            *(line.source for line in dataset.timelines),
            *(extent.source for line in dataset.timelines for extent in line.extents),
            *(record.source for record in (*dataset.events, *dataset.claims, *dataset.series)),
            *(feature["properties"]["source"] for feature in places["features"]),
        }
        assert used <= set(dataset.sources)

    def test_every_source_has_terms(self, dataset):
        for source in dataset.sources.values():
            assert source.licence, source.id
            assert source.attribution, source.id
            assert source.publisher, source.id

    def test_every_sector_has_a_timeline(self, dataset):
        assert set(dataset.sectors) == {line.sector for line in dataset.timelines} == set(SECTORS)

    def test_places_in_the_text_are_cited(self, dataset):
        assert all(record.source_ref for record in (*dataset.events, *dataset.claims))


class TestMemo:
    """The memo's facts, against the copy of them in the reference folder."""

    @staticmethod
    def table(shared, heading):
        text = (shared / "facts" / "memo.md").read_text(encoding="utf-8")
        section = text.split(f"## {heading}")[1].split("\n## ")[0]
        lines = [line for line in section.splitlines() if line.startswith("|")][2:]
        return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]

    def test_claims(self, dataset, shared):
        for name, _, value, *_ in self.table(shared, "Areas of control"):
            figures = {float(number.replace(",", "")) for number in re.findall(r"\d[\d,]*", value)}
            claims = [claim for claim in dataset.claims if claim.id.startswith(name)]
            assert {claim.value for claim in claims} == figures, name
            assert all(claim.approximate == ("about" in value) for claim in claims)

    def test_claims_are_recomputed(self, dataset):
        checked = 0
        for claim in dataset.claims:
            if claim.metric == "area_km2":
                area = dataset.timeline(claim.sector, claim.status).area_at(claim.date_end)
                assert area == pytest.approx(claim.value, rel=0.02)
                checked += 1
        assert checked == 2

    def test_events(self, dataset, shared):
        placed = [row[0] for row in self.table(shared, "Events with a place")]
        unplaced = [row[0] for row in self.table(shared, "Events without a place")]
        ours = Counter((e.date.isoformat(), e.geometry is not None) for e in dataset.events)
        for days, has_place in ((placed, True), (unplaced, False)):
            for day, count in Counter(days).items():
                iso = "2024-11-01" if day.startswith("early Nov") else day
                assert ours[iso, has_place] >= count, day

    def test_launch_and_range(self, dataset):
        events = {event.id: event for event in dataset.events}
        launch = events["oreshnik"].geometry
        assert launch.geom_type == "LineString"
        origin, target = launch.coords[0], launch.coords[-1]
        assert origin[0] > 45 > target[0]
        length = edge_length_km(np.array([origin]), np.array([target]))[0]
        distance = next(claim for claim in dataset.claims if claim.id == "oreshnik-distance")
        assert length == pytest.approx(distance.value, rel=0.1)
        assert {event.range_km for event in events.values()} == {None, 300.0}

    def test_derived_figures(self, dataset):
        claims = {claim.id: claim.value for claim in dataset.claims}
        derived = [f.value for f in dataset.series if f.series == "russian_casualties_per_km2"]
        for period, value in zip(("sep-nov", "2024"), derived, strict=True):
            ratio = claims[f"isw-{period}-casualties"] / claims[f"isw-{period}-advance"]
            assert round(ratio, 1) == value

    def test_series(self, dataset):
        values = {(f.series, f.date.isoformat()): f.value for f in dataset.series}
        assert values["dprk_troops", "2024-10-18"] == 1500
        assert values["dprk_troops", "2024-10-23"] == 12000
        assert values["dprk_casualties_total", "2024-11-23"] == 3000
        assert values["dprk_casualties_week", "2024-11-27"] == 1000
