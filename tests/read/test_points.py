"""Points by their texts: the same numbers as a parser of JSON gives, parsed once."""

import json
from importlib import import_module

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from frontmap.read.points import Points

coordinates = st.floats(-180, 180) | st.integers(-180, 180)
rings = st.lists(st.tuples(coordinates, coordinates), min_size=2, max_size=8)
polygons = st.lists(rings, min_size=1, max_size=3)


@given(
    st.lists(polygons, min_size=1, max_size=3),
    st.sampled_from([{}, {"separators": (",", ":")}, {"indent": 1}]),
)
def test_what_json_reads_is_read(nested, style):
    lon_lat, opened, closed = Points().read(json.dumps(nested, **style))
    flat = [point for polygon in nested for ring in polygon for point in ring]
    assert np.array_equal(lon_lat, np.array(flat, dtype=float))
    assert (np.count_nonzero(opened), np.count_nonzero(closed)) == (sum(map(len, nested)),) * 2
    ends = np.cumsum([len(ring) for polygon in nested for ring in polygon])
    assert np.array_equal(np.flatnonzero(closed) + 1, ends)
    assert np.count_nonzero(opened > 1) == len(nested)


def test_a_point_that_comes_back_is_not_parsed_again():
    points = Points()
    first, _, _ = points.read("[[[36,48],[37,48],[36,48]]]")
    known = len(points)
    again, _, _ = points.read("[[[36,48],[37,48],[36,48]]]")
    assert len(points) == known
    assert np.array_equal(first, again)


def test_memory_is_bounded(monkeypatch):
    monkeypatch.setattr(import_module("frontmap.read.points"), "_MOST", 3)
    points = Points()
    for lon in range(9):
        lon_lat, _, _ = points.read(f"[[[{lon},48],[37,48],[{lon},49]]]")
        assert lon_lat[:, 0].tolist() == [lon, 37, lon]
        assert len(points) <= 6


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "[36, 48]",
        "[[36, 48, 120], [37, 48, 120]]",
        "[[36, 48], [37, null]]",
        "[[36, 48], [NaN, 48]]",
        "[[36, 48], [037, 48]]",
        "[[36, 48], [1_0, 48]]",
        "[[36, 48],[37, 48], [36, 49]]",
        "[[3\n6, 48],[37, 48],[36, 49]]",
        "[[36, 48], [37, [48]]]",
    ],
)
def test_all_else_is_refused(text):
    with pytest.raises(ValueError, match="point"):
        Points().read(text)


def test_too_many_brackets_leave_what_is_known_as_it_was():
    points = Points()
    with pytest.raises(ValueError, match="nested too deeply"):
        points.read("[" * 200 + "36,48],[37,48" + "]" * 200)
    lon_lat, _, _ = points.read("[[[38,48],[39,48],[38,48]]]")
    assert lon_lat.tolist() == [[38, 48], [39, 48], [38, 48]]
