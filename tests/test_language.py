"""Two languages, one catalogue."""

import datetime as dt
import json
import string
from pathlib import Path

import pytest

from frontmap import Method, NotFoundError, Status
from frontmap.language import (
    LANGUAGES,
    catalogue,
    format_area_km2,
    format_change_km2,
    format_date,
    message,
)

ROOT = Path(__file__).parents[1]


def placeholders(text):
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def test_every_language_has_the_same_keys_in_the_same_order():
    keys = [list(catalogue(language)) for language in LANGUAGES]
    assert all(other == keys[0] for other in keys)


def test_no_key_stands_twice():
    for language in LANGUAGES:
        text = (ROOT / "src/frontmap/language" / f"{language}.json").read_text(encoding="utf-8")
        pairs = json.loads(text, object_pairs_hook=list)
        assert len(pairs) == len(dict(pairs))


@pytest.mark.parametrize("key", [key for key in catalogue("en") if not key.endswith("date")])
def test_placeholders_agree(key):
    assert placeholders(catalogue("en")[key]) == placeholders(catalogue("ja")[key])


def test_dates_need_no_more_than_they_are_given():
    for language in LANGUAGES:
        assert placeholders(catalogue(language)["date"]) <= {"day", "month", "name", "year"}
        assert placeholders(catalogue(language)["map.date"]) <= {"day", "month", "year"}


def test_no_message_is_empty():
    for language in LANGUAGES:
        assert all(text.strip() for text in catalogue(language).values())


def test_every_word_of_the_data_has_a_message(dataset):
    words = catalogue("en")
    assert {f"status.{status}" for status in Status} <= set(words)
    assert {f"method.{method}" for method in Method} <= set(words)
    assert {f"map.kind.{event.kind}" for event in dataset.events} <= set(words)


def test_values_are_filled_in_as_they_are():
    assert message("en", "app.as_of", date="{x} <b>") == "as of {x} <b>"
    assert "2024年" in message("ja", "app.as_of", date="2024年")


@pytest.mark.parametrize(
    ("language", "key"), [("fr", "app.title"), ("en", "app.nothing"), ("en", "app.as_of")]
)
def test_what_is_not_there_is_refused(language, key):
    with pytest.raises(NotFoundError):
        message(language, key)


@pytest.mark.parametrize(
    ("day", "english", "japanese"),
    [
        (dt.date(2024, 9, 30), "30 Sep 2024", "2024年9月30日"),
        (dt.date(2024, 11, 1), "1 Nov 2024", "2024年11月1日"),
        (dt.date(2025, 1, 5), "5 Jan 2025", "2025年1月5日"),
        (dt.date(2025, 12, 31), "31 Dec 2025", "2025年12月31日"),
    ],
)
def test_dates(day, english, japanese):
    assert format_date("en", day) == english
    assert format_date("ja", day) == japanese


@pytest.mark.parametrize(
    ("area", "band", "text"),
    [(740.2, 34.6, "740 ± 35 km²"), (2511.6, None, "2,512 km²"), (0, 0, "0 ± 0 km²"),
     (12345.6, 1234.5, "12,346 ± 1,234 km²")],
)  # fmt: skip
def test_areas(area, band, text):
    assert format_area_km2(area, band) == text


@pytest.mark.parametrize(
    ("change", "text"),
    [
        (-220.4, "−220 km²"),
        (18, "+18 km²"),
        (0.4, "±0 km²"),
        (-0.4, "±0 km²"),
        (-1500, "−1,500 km²"),
    ],
)
def test_changes(change, text):
    assert format_change_km2(change) == text
