import json

import numpy as np
import pytest
import shapely

from frontmap.analyse import fixed_lines, is_fixed
from frontmap.language import LANGUAGES, catalogue
from frontmap.model import Status
from frontmap.render.ground import ground_lines
from frontmap.render.lines import fixed_runs, ground_columns
from frontmap.render.payload import messages, packed, payload, unpacked
from frontmap.topology import build
from frontmap.topology.compact import from_bytes
from frontmap.topology.container import unseal, unzigzag


@pytest.fixture(scope="session")
def document(shipped):
    return payload(shipped)


@pytest.fixture(scope="session")
def columns(document):
    return unseal(document["parts"][0])


def test_parts_give_back_every_extent(shipped, document):
    assert len(document["parts"]) == 1 + len(shipped.timelines)
    for line, part in zip(shipped.timelines, document["parts"][1:], strict=True):
        again = from_bytes(part)
        assert again.dates.astype(str).tolist() == [date.isoformat() for date in line.dates]
        assert again.areas_km2() == pytest.approx(line.areas().to_list(), abs=1e-9)
        assert again.extent(0).equals(line.topology.extent(0))


def test_every_timeline_says_what_its_dates_need(shipped, document):
    for line, coded in zip(shipped.timelines, document["timelines"], strict=True):
        for name in ("bands_km2", "methods", "errors_m"):
            assert len(coded[name]) == len(line.dates)
        assert all(band > 0 for band in coded["bands_km2"])


def test_runs_cover_every_edge_and_contested_ground_has_no_front(shipped, columns):
    for line, runs in zip(shipped.timelines, columns, strict=False):
        assert runs.sum() == len(line.topology.edges)
        assert (runs[1:] > 0).all()
        if line.status is Status.CONTESTED:
            assert runs.tolist() == [0, len(line.topology.edges)]
        else:
            assert runs[::2].sum() > 5
            assert runs[1::2].sum() > 0


def test_runs_follow_the_order_of_the_file():
    west, east = shapely.box(36, 48, 37, 49), shapely.box(36, 48, 38, 49)
    topology = build(["2024-09-30", "2024-10-04"], [west, east])
    south = shapely.LineString([(35, 48), (39, 48)])
    runs = fixed_runs(topology, south)
    # The walk: round the first square from its south-west corner, then what the second day adds.
    assert runs.tolist() == [0, 1, 3, 1, 2]
    assert fixed_runs(topology, None).tolist() == [0, len(topology.edges)]
    assert fixed_runs(topology, shapely.LineString()).tolist() == [len(topology.edges)]


def test_ground_comes_back_from_its_columns(shipped, columns):
    layers = ground_lines(shipped.basemap)
    assert len(columns) == len(shipped.timelines) + 3 * len(layers)
    for number, lines in enumerate(layers.values()):
        first = len(shipped.timelines) + 3 * number
        size, lon, lat = columns[first : first + 3]
        points = np.cumsum(unzigzag(np.stack([lon, lat], axis=1)), axis=0) / 10_000
        drawn = np.split(points, np.cumsum(size)[:-1])
        for line, again in zip(lines, drawn, strict=True):
            given = shapely.MultiPoint(shapely.get_coordinates(line))
            assert shapely.MultiPoint(again).hausdorff_distance(given) < 1e-4


def test_edges_on_window_and_border_are_no_front(small):
    window = fixed_lines(small, "here")
    ring = np.array([[37, 48], [37.2, 48], [37.2, 48.3], [37, 48.3], [37, 48]], dtype=float)
    assert is_fixed(np.stack([ring[:-1], ring[1:]], axis=1), window).tolist() == [
        True,
        False,
        False,
        True,
    ]


def test_an_edge_that_only_starts_on_a_fixed_line_is_front():
    line = shapely.LineString([(0, 0), (1, 0)])
    ring = np.array([[0.2, 0], [0.8, 0], [0.5, 0.1], [0.2, 0]])
    assert is_fixed(np.stack([ring[:-1], ring[1:]], axis=1), line).tolist() == [True, False, False]


@pytest.mark.parametrize("empty", [shapely.MultiPolygon(), shapely.Polygon()])
def test_an_empty_extent_has_no_runs(empty):
    assert fixed_runs(build(["2024-09-30"], [empty]), shapely.LineString()).tolist() == [0]


def test_ground_columns_drop_points_that_fall_together():
    line = shapely.LineString([(0, 0), (1e-6, 0), (1, 1)])
    size, lon, lat = ground_columns([line, shapely.LineString([(1, 1), (1, 0)])])
    assert size.tolist() == [2, 2]
    assert unzigzag(lon).tolist() == [0, 10000, 0, 0]
    assert unzigzag(lat).tolist() == [0, 10000, 0, -10000]


def test_document_is_plain_and_repeatable(shipped, document):
    text = packed(document)
    assert packed(payload(shipped)) == text
    plain = {**document, "parts": None}
    assert {**unpacked(text), "parts": None} == json.loads(json.dumps(plain))
    assert unpacked(text)["parts"] == document["parts"]
    assert not set("<>&{}\"'") & set(text)


def test_document_stays_small(document):
    assert len(packed(document)) < 200_000


def test_document_without_basemap_or_places(without_basemap):
    document = payload(without_basemap)
    assert document["basemap"] is None
    assert document["places"] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_message_is_in_every_language(language):
    assert list(messages(language)) == list(messages("en"))
    assert all(messages(language).values())
    assert len(messages(language)["months"].split()) == 12


def test_own_messages_do_not_hide_shared_ones():
    own = {key.removeprefix("map.") for key in catalogue("en") if key.startswith("map.")}
    shared = {key for key in catalogue("en") if not key.startswith("map.")}
    assert not own & {key for key in shared if key.startswith(("status.", "method."))}


def test_every_kind_of_event_has_a_name(shipped):
    known = messages("en")
    assert {event.kind for event in shipped.events} <= {
        key.removeprefix("kind.") for key in known if key.startswith("kind.")
    }
