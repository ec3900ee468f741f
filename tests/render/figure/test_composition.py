"""One picture: what it says, what it shows, and that every word on it can be read."""

import dataclasses
import datetime as dt
import itertools

import pytest
import shapely

import frontmap
from frontmap.dataset import Dataset
from frontmap.errors import DataError, NotFoundError
from frontmap.language import format_area_km2
from frontmap.model import Extent, Method, Sector, Status
from frontmap.render.figure import figure
from frontmap.timeline import Timeline

SECTORS = (None, "chasiv_yar", "kursk", "pokrovsk", "toretsk", "vuhledar")
SIZES = ("slide", "a4", "a4-landscape", "square")


def texts(boxes, kind=None):
    return [text for text, label, _ in boxes if kind in (None, label)]


@pytest.mark.parametrize("language", ["en", "ja", "both"])
@pytest.mark.parametrize("sector", SECTORS)
def test_no_two_texts_overlap_and_none_is_cut(shipped, boxes, overlaps, sector, language):
    days = itertools.cycle([("2024-11-26", "2024-09-30"), ("2024-12-31", None)])
    for size, (date, baseline) in zip(SIZES, days, strict=False):
        drawn = figure(
            shipped, date=date, baseline=baseline, sector=sector, language=language, size=size
        )
        found = boxes(drawn)
        assert len(found) > 35
        assert overlaps(found) == []
        width, height = drawn.get_size_inches() * 72
        for text, _, box in found:
            assert box.x0 > 4, text
            assert box.y0 > 4, text
            assert box.x1 < width - 4, text
            assert box.y1 < height - 4, text


def test_names_on_the_map_lie_in_its_frame(shipped, boxes):
    found = boxes(figure(shipped, sector="kursk"))
    latitudes = [box for text, kind, box in found if kind == "tick" and text.endswith("N")]
    longitudes = [box for text, kind, box in found if kind == "tick" and text.endswith("E")]
    left = max(box.x1 for box in latitudes)
    foot = max(box.y1 for box in longitudes)
    names = [box for _, kind, box in found if kind in ("place", "event", "oblast")]
    assert len(names) > 8
    assert all(box.x0 > left and box.y0 > foot for box in names)


def test_the_figure_is_the_library_s_own(shipped, boxes):
    line = shipped.timeline("kursk")
    band = frontmap.analyse.band_km2(shipped, line)
    change = frontmap.analyse.gained_and_lost(line, "2024-09-30", "2024-11-26")
    said = texts(boxes(figure(shipped, sector="kursk", date="2024-11-26", baseline="2024-09-30")))
    assert format_area_km2(line.area_at("2024-11-26"), band["2024-11-20"]) in said
    assert format_area_km2(line.area_at("2024-09-30"), band["2024-09-30"]) in said
    assert format_area_km2(change.lost_km2) in said
    assert "As of 20 Nov 2024, 6 days old · compared with 30 Sep 2024" in said
    assert any(shipped.hash[:8] in text and "EPSG:32636" in text for text in said)
    assert any("ODbL-1.0" in text for text in said)


def test_all_sectors_stand_in_a_table_with_bands_and_a_unit(shipped, boxes):
    said = texts(boxes(figure(shipped, date="2024-12-31")), "row")
    for id_ in shipped.sectors:
        line = shipped.timeline(id_)
        band = frontmap.analyse.band_km2(shipped, line).iloc[-1]
        assert format_area_km2(line.area_at("2024-12-31"), band).removesuffix(" km²") in said
    assert "km²" in said


def test_before_the_first_assessment_it_says_so(shipped, boxes):
    said = texts(boxes(figure(shipped, sector="toretsk", date="2024-09-01")))
    assert "No assessment yet on 1 Sep 2024; the first is of 30 Sep 2024" in said
    assert "no assessment yet" in said
    assert not any("±" in text for text in said)


def test_the_legend_explains_what_is_shown_only(shipped, boxes):
    early = texts(boxes(figure(shipped, sector="chasiv_yar", date="2024-10-01")), "row")
    later = texts(
        boxes(figure(shipped, sector="vuhledar", date="2024-10-15", baseline="2024-09-30")), "row"
    )
    assert {"Russian-held", "Front line", "Measured window"} <= set(early)
    assert {"Gained since then", "Front line then", "State border", "Withdrawal"}.isdisjoint(early)
    assert {"Gained since then", "Front line then", "Withdrawal"} <= set(later)


def test_a_launch_is_explained_while_it_is_news(shipped, boxes):
    news = texts(boxes(figure(shipped, date="2024-11-22")), "row")
    later = texts(boxes(figure(shipped, date="2024-12-22")), "row")
    assert "Reported launch" in news
    assert "Reported launch" not in later


@pytest.mark.parametrize("sector", [None, "kursk"])
@pytest.mark.parametrize("size", ["slide", "a4"])
@pytest.mark.parametrize("since", [None, "2024-09-30"])
def test_the_day_s_news_outside_the_frame_is_told(shipped, boxes, overlaps, sector, size, since):
    drawn = figure(shipped, date="2024-11-25", sector=sector, size=size, baseline=since)
    found = boxes(drawn)
    on_map = {text for text in texts(found, "event") if text == "25 Nov"}
    listed = [text for text in texts(found, "row") if "Khalino" in text]
    assert bool(on_map) != bool(listed)
    assert overlaps(found) == []
    assert ("Range around the target" in texts(found, "row")) == (sector is None)


def test_a_development_has_both_dates(shipped, boxes):
    said = texts(boxes(figure(shipped, date="2024-10-02", sector="kursk")), "event")
    assert "30 Sep to 31 Dec" in said


def test_hollow_glyphs_are_explained_while_there_are_any(shipped, boxes):
    news = texts(boxes(figure(shipped, date="2024-10-01", sector="vuhledar")), "row")
    later = texts(boxes(figure(shipped, date="2024-10-15", sector="vuhledar")), "row")
    assert "Withdrawal" in news
    assert "A week ago or more" not in news
    assert {"Withdrawal", "A week ago or more"} <= set(later)


def test_a_comparison_with_a_later_day_says_so(shipped, boxes):
    choice = {"date": "2024-11-21", "baseline": "2025-01-31"}
    whole = texts(boxes(figure(shipped, **choice)), "row")
    assert "against 31 Jan 2025" in whole
    assert "Held then only" in whole
    assert "Lost since then" not in whole
    own = texts(boxes(figure(shipped, **choice, sector="kursk")), "row")
    assert {"Against 31 Jan 2025", "Held on this date only"} <= set(own)
    assert {"Gained", "Gained since then"}.isdisjoint(own)


def test_no_band_is_explained_where_there_is_none(small, boxes):
    (line,) = small.timelines
    bare = tuple(dataclasses.replace(one, positional_error_m=float("nan")) for one in line.extents)
    for sector in (None, "here"):
        assert any("±" in text for text in texts(boxes(figure(small, sector=sector))))
        unsure = dataclasses.replace(small, timelines=(dataclasses.replace(line, extents=bare),))
        assert not any("±" in text for text in texts(boxes(figure(unsure, sector=sector))))


def test_events_of_later_days_are_not_shown(shipped, boxes):
    before = texts(boxes(figure(shipped, date="2024-11-20")), "event")
    after = texts(boxes(figure(shipped, date="2024-11-21")), "event")
    assert "21 Nov" not in before
    assert "21 Nov" in after


def test_texts_of_the_data_are_taken_as_they_are(small, boxes, overlaps):
    found = boxes(figure(small, size="a4"))
    assert any("</script>" in text for text in texts(found))
    assert overlaps(found) == []


def test_it_draws_without_a_basemap_anywhere_on_earth(boxes, overlaps):
    corner = (-70.3, -33.6)
    extent = Extent(
        "far", Status.UNSTATED, dt.date(2024, 1, 1), "ours", Method.DRAWN, float("nan"),
        shapely.box(*corner, -70.1, -33.5),
    )  # fmt: skip
    sector = Sector("far", frontmap.LocalText("Far"), (-70.5, -33.8, -69.9, -33.2), Status.UNSTATED)
    line = Timeline("far", Status.UNSTATED, "ours", (extent,))
    found = boxes(figure(Dataset((line,), {"far": sector}), sector="far"))
    assert overlaps(found) == []
    said = texts(found)
    assert any("Lambert" in text for text in said)
    assert any(text.endswith("′S") for text in said)
    assert not any("±" in text for text in said if "the whole front" not in text)


def test_the_same_call_draws_the_same(shipped, boxes):
    first, second = (
        [(text, box.bounds) for text, _, box in boxes(figure(shipped, sector="kursk"))]
        for _ in range(2)
    )
    assert first == second


@pytest.mark.parametrize(
    ("wrong", "error", "match"),
    [
        ({"sector": "nowhere"}, NotFoundError, "no sector 'nowhere' here; there is chasiv_yar"),
        ({"size": "a3"}, NotFoundError, "no size 'a3'; there is slide, a4"),
        ({"language": "fr"}, NotFoundError, "no language 'fr'; there is en, ja, both"),
        ({"theme": "sepia"}, NotFoundError, "no theme 'sepia'"),
        ({"date": "yesterday"}, DataError, "YYYY-MM-DD"),
        ({"baseline": "2024-13-01"}, DataError, "YYYY-MM-DD"),
    ],
)
def test_what_is_not_there_is_refused_in_one_line(shipped, wrong, error, match):
    with pytest.raises(error, match=match) as caught:
        figure(shipped, **wrong)
    assert "\n" not in str(caught.value)


def test_nothing_to_draw_is_refused(shipped):
    with pytest.raises(DataError, match="no extents"):
        figure(dataclasses.replace(shipped, timelines=()))
