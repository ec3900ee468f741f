import json

import numpy as np
import pytest
import shapely

from frontmap.analyse import fixed_lines, is_fixed
from frontmap.geodesy import area_km2
from frontmap.language import LANGUAGES, catalogue
from frontmap.model import Status
from frontmap.render.chain import extent_rings, ground_chain
from frontmap.render.payload import attribution, messages, packed, payload, unpacked


def _ring(coded, steps=100_000):
    points = np.cumsum(np.array(coded).reshape(-1, 2), axis=0) / steps
    return shapely.LinearRing(points)


@pytest.fixture(scope="session")
def document(shipped):
    return payload(shipped)


def test_rings_give_back_the_extent_and_its_area(shipped, document):
    for line, coded in zip(shipped.timelines, document["timelines"], strict=True):
        for extent, area, rings in zip(
            line.extents, coded["areas_km2"], coded["rings"], strict=True
        ):
            drawn = shapely.polygonize([_ring(points) for points, _ in rings])
            again = shapely.union_all([part for part in drawn.geoms if extent.geometry.contains(
                part.representative_point())])  # fmt: skip
            assert area_km2(again) == pytest.approx(area, abs=0.05)


def test_areas_are_the_library_s(shipped, document):
    for line, coded in zip(shipped.timelines, document["timelines"], strict=True):
        assert coded["areas_km2"] == pytest.approx(line.areas().to_list(), abs=1e-4)
        assert coded["dates"] == [date.isoformat() for date in line.dates]
        assert all(band > 0 for band in coded["bands_km2"])


def test_runs_cover_every_edge_and_contested_ground_has_no_front(document):
    for line in document["timelines"]:
        for points, runs in (ring for rings in line["rings"] for ring in rings):
            assert sum(runs) == len(points) // 2
            if line["status"] == Status.CONTESTED:
                assert runs == [0, sum(runs)]


def test_every_held_extent_has_front_and_cut(document):
    for line in document["timelines"]:
        if line["status"] == Status.CONTESTED:
            continue
        for rings in line["rings"]:
            assert sum(sum(runs[::2]) for _, runs in rings) > 5
            assert sum(sum(runs[1::2]) for _, runs in rings) > 0


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
def test_an_empty_extent_has_no_rings(empty):
    assert extent_rings([empty], shapely.LineString()) == [[]]


def test_a_hole_is_a_ring_of_its_own():
    ring = shapely.box(37, 48, 38, 49) - shapely.box(37.4, 48.4, 37.6, 48.6)
    assert len(extent_rings([ring], None)[0]) == 2


def test_ground_chain_drops_points_that_fall_together():
    assert ground_chain(shapely.LineString([(0, 0), (1e-6, 0), (1, 1)])) == [0, 0, 10000, 10000]


def test_document_is_plain_and_repeatable(shipped, document):
    text = packed(document)
    assert packed(payload(shipped)) == text
    assert unpacked(text) == json.loads(json.dumps(document))
    assert not set("<>&{}\"'") & set(text)


def test_document_stays_small(document):
    assert len(packed(document)) < 300_000


def test_document_without_basemap_or_places(without_basemap):
    document = payload(without_basemap)
    assert document["basemap"] is None
    assert document["places"] == []


def test_attribution_names_the_licences_of_what_is_drawn(shipped):
    text = " · ".join(attribution(shipped))
    for credit in ("© OpenStreetMap contributors", "ODbL", "GeoNames", "Natural Earth", "frontmap"):
        assert credit in text


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
