"""The page as Streamlit sees it: widgets, numbers, links, languages."""

import datetime as dt
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

import frontmap
from frontmap.analyse import fixed_lines, plain_band_km2
from frontmap.app.map_component import UP
from frontmap.app.panels import plain
from frontmap.language import format_area_km2


@pytest.fixture
def dated(write_layer: Callable[..., Path], feature: Callable[..., object]) -> Path:
    """Return a layer of two days of its own."""
    return write_layer(feature(valid_from="2024-03-03"), feature(valid_from="2024-04-09"))


def shown(app: AppTest) -> dict[str, str]:
    return {metric.label: metric.value for metric in app.metric}


def test_opens_on_the_last_assessment_of_all_sectors(app: AppTest) -> None:
    app.run()
    assert not app.exception
    assert app.date_input[0].value == dt.date(2024, 12, 31)
    assert app.date_input[1].value == dt.date(2024, 9, 30)
    assert len(app.metric) == 5


def test_the_map_comes_before_what_stands_under_it(fresh_app: AppTest) -> None:
    fresh_app.run()
    assert not fresh_app.exception
    assert not fresh_app.metric
    assert not fresh_app.tabs
    fresh_app.session_state[UP] = True
    fresh_app.run()
    assert len(fresh_app.metric) == 5
    assert fresh_app.tabs


def test_shows_the_number_of_the_library(app: AppTest) -> None:
    dataset = frontmap.read()
    line = dataset.timeline("kursk")
    band_km2 = plain_band_km2(line, fixed_lines(dataset, "kursk"))
    app.query_params["sector"] = "kursk"
    app.query_params["date"] = "2024-11-05"
    app.run()
    expected = format_area_km2(line.area_at("2024-11-05"), band_km2["2024-10-31"])
    assert shown(app) == {"Kursk · Ukrainian-held": expected}
    assert any("5 days old" in caption.value for caption in app.caption)


def test_a_date_chosen_on_the_page_changes_the_numbers_and_the_link(app: AppTest) -> None:
    app.run()
    before = shown(app)
    app.date_input[0].set_value(dt.date(2024, 10, 20)).run()
    assert shown(app) != before
    assert app.query_params["date"] == "2024-10-20"


def test_buttons_step_from_assessment_to_assessment(app: AppTest) -> None:
    app.query_params["sector"] = "kursk"
    app.query_params["date"] = "2024-11-05"
    app.run()
    app.button("app.previous").click().run()
    assert app.date_input[0].value == dt.date(2024, 10, 31)
    app.button("app.next").click().run()
    assert app.date_input[0].value == dt.date(2024, 11, 10)


def test_speaks_japanese_with_japanese_names(app: AppTest) -> None:
    app.query_params["language"] = "ja"
    app.query_params["sector"] = "kursk"
    app.run()
    assert list(shown(app)) == ["クルスク · ウクライナ側保持"]
    assert "前線" in app.title[0].value


def test_switches_language_without_losing_the_view(app: AppTest) -> None:
    app.query_params["sector"] = "toretsk"
    app.query_params["date"] = "2024-11-08"
    app.run()
    app.segmented_control(key="widget_language").set_value("ja").run()
    assert not app.exception
    assert app.query_params["language"] == "ja"
    assert app.query_params["date"] == "2024-11-08"
    assert list(shown(app)) == ["トレツク · ロシア側保持"]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("date", "2031-01-01"),
        ("date", "yesterday"),
        ("sector", "<b>nowhere</b>"),
        ("language", "xx"),
    ],
)
def test_a_bad_link_says_so_and_shows_the_default(app: AppTest, name: str, value: str) -> None:
    app.query_params[name] = value
    app.run()
    assert not app.exception
    assert len(app.warning) == 1
    assert app.date_input[0].value == dt.date(2024, 12, 31)
    assert len(app.run().warning) == 1
    app.date_input[0].set_value(dt.date(2024, 10, 20)).run()
    assert len(app.warning) == 0


def test_a_broken_folder_is_one_line_on_the_page(
    app: AppTest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FRONTMAP_PATH", str(tmp_path))
    app.run()
    assert not app.exception
    assert len(app.error) == 1
    assert plain(str(tmp_path)) in app.error[0].value


def test_published_figures_stand_beside_measured_ones(app: AppTest) -> None:
    app.run()
    tables = [frame.value for frame in app.dataframe]
    claims = next(table for table in tables if "Published" in table.columns)
    row = claims[claims["Published"].str.contains("740")].iloc[0]
    assert row["Measured here"] == format_area_km2(
        frontmap.read().timeline("kursk").area_at("2024-09-30")
    )


def test_the_title_names_the_days_of_what_is_shown(
    app: AppTest, dated: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FRONTMAP_PATH", str(dated))
    app.run()
    assert app.title[0].value == "frontmap · Front lines, 3 Mar 2024 to 9 Apr 2024"


def test_a_published_figure_in_the_chart_is_named_as_one(app: AppTest) -> None:
    app.query_params["language"] = "ja"
    app.query_params["sector"] = "kursk"
    app.run()
    spec = json.loads(app.get("vega_lite_chart")[0].proto.spec)
    tips = [tip for layer in spec["layer"] for tip in layer["encoding"].get("tooltip", [])]
    assert {"日付", "公表値"} <= {tip.get("title") for tip in tips}
    assert all("title" in tip for tip in tips)
