import re
import struct
import zlib
from pathlib import Path

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from frontmap.errors import DataError, FrontmapError
from frontmap.topology import build
from frontmap.topology.coarse import snapped
from frontmap.topology.compact import areas_km2, from_bytes, to_bytes
from frontmap.topology.container import seal, unseal

from . import shapes

ROOT = Path(__file__).parents[2]
EXACT = ("dates", "keys", "edges", "life_edge", "birth", "death")
STEPS = [(1e-7, 1), (1e-6, 10), (1e-5, 100), (1e-2, 100_000)]

steps = st.sampled_from(STEPS)
edits = st.tuples(st.integers(0, 11), st.integers(0, 40), st.integers(0, 2**40 - 1))


def assert_equal(found, expected):
    for name in EXACT:
        np.testing.assert_array_equal(getattr(found, name), getattr(expected, name))
        assert getattr(found, name).dtype == getattr(expected, name).dtype
    np.testing.assert_allclose(found.edge_areas_km2, expected.edge_areas_km2, atol=1e-7)


def built(history):
    return build(shapes.days(len(history)), history)


def squares():
    """Two days of a square; on the second its northern half is new ground to the east as well."""
    first = shapely.box(35, 51, 36, 52)
    return build(["2024-09-30", "2024-10-04"], [first, first | shapely.box(36, 51.5, 37, 52)])


def sealed(payload, version=1, length=None):
    size = len(payload) if length is None else length
    data = struct.pack("<8sBI", b"FRONTMAP", version, size) + zlib.compress(payload)
    return data + struct.pack("<I", zlib.crc32(data))


@shapes.steady
@given(shapes.histories)
def test_what_is_written_is_read(history):
    topology = built(history)
    assert_equal(from_bytes(to_bytes(topology)), topology)


@shapes.steady
@given(shapes.histories, steps)
def test_a_coarser_step_gives_a_valid_topology_that_stays(history, step):
    topology = built(history)
    data = to_bytes(topology, step_deg=step[0])
    found = from_bytes(data)
    assert_equal(found, snapped(topology, step[1]))
    assert to_bytes(found, step_deg=step[0]) == data
    extents = found.extents(range(len(history)))
    assert shapely.is_valid(extents).all()
    assert not (np.rint(shapely.get_coordinates(extents) * 1e7) % step[1]).any()
    assert_equal(build(found.dates, extents), found)


@shapes.steady
@given(shapes.histories, steps)
def test_the_series_is_that_of_the_topology(history, step):
    topology = snapped(built(history), step[1])
    dates, areas = areas_km2(to_bytes(topology, step_deg=step[0]))
    assert dates.tolist() == topology.dates.tolist()
    np.testing.assert_allclose(areas, topology.areas_km2(), rtol=1e-12, atol=1e-6)


def test_snapped_parts_that_meet_are_united_and_slivers_vanish():
    parts = [
        shapely.box(35, 51, 35.99999997, 52),
        shapely.box(36.00000003, 51, 37, 52),
        shapely.box(40, 51, 40.000000004, 52),
    ]
    found = from_bytes(to_bytes(built([shapely.MultiPolygon(parts)]), step_deg=1e-5))
    assert found.extent(0).equals(shapely.box(35, 51, 37, 52))


def test_an_outline_that_snaps_onto_itself_is_mended():
    needle = [(35, 51), (36, 51), (36, 52), (35.5, 51.000004), (35.4, 50.999997), (35, 52)]
    drawn = shapely.make_valid(shapely.Polygon(needle))
    topology = built([shapely.MultiPolygon(list(shapely.get_parts(drawn)))])
    found = from_bytes(to_bytes(topology, step_deg=1e-5))
    assert found.extent(0).is_valid
    assert found.areas_km2() == pytest.approx(topology.areas_km2(), abs=0.2)


def test_lives_with_gaps_come_back():
    west, east = shapely.box(35, 51, 36, 52), shapely.box(38, 51, 39, 52)
    topology = built([west, None, west, east, west, west])
    assert len(topology.birth) > len(topology.edges)
    assert_equal(from_bytes(to_bytes(topology)), topology)


@pytest.mark.parametrize("history", [[], [None], [None] * 3])
def test_nothing_held_and_no_dates(history):
    assert_equal(from_bytes(to_bytes(built(history))), built(history))


def test_the_ends_of_the_globe_and_of_time():
    corners = shapely.MultiPolygon([shapely.box(179, 89, 180, 90), shapely.box(-180, -90, -179, 0)])
    topology = build(["0001-01-01", "9999-12-31"], [corners, None])
    for step, _ in STEPS:
        assert_equal(from_bytes(to_bytes(topology, step_deg=step)), topology)


def test_ten_times_as_many_days_of_the_same_front_cost_little():
    turn = np.linspace(0, 2 * np.pi, 400, endpoint=False)
    reach = 2 + np.random.default_rng(1).normal(0, 0.05, 400)
    front = shapely.Polygon(np.stack([35 + reach * np.cos(turn), 49 + reach * np.sin(turn)], 1))
    few, many = (len(to_bytes(built([front] * count))) for count in (70, 700))
    assert many < 1.05 * few


@pytest.mark.parametrize("step", [0.0, -1e-5, 1.5e-7, 7e-7, 1e-8, float("nan"), float("inf")])
def test_a_step_that_is_no_grid_is_refused(step):
    with pytest.raises(DataError, match="step"):
        to_bytes(squares(), step_deg=step)


def test_every_cut_and_every_flipped_bit_is_noticed():
    data = to_bytes(squares())
    for size in range(len(data)):
        with pytest.raises(DataError):
            from_bytes(data[:size])
    for bit in range(8 * len(data)):
        flipped = bytearray(data)
        flipped[bit // 8] ^= 1 << bit % 8
        with pytest.raises(DataError):
            from_bytes(bytes(flipped))


@shapes.steady
@given(st.binary(max_size=200))
def test_foreign_bytes_are_refused(junk):
    for data in (junk, b"FRONTMAP" + junk, sealed(junk)):
        with pytest.raises(DataError):
            from_bytes(data)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"PK\x03\x04", "not a compact file"),
        (sealed(b"", version=2), "version 2"),
        (sealed(b"", length=2**32 - 1), "larger than it can be"),
        (sealed(bytes(10**6), length=10), "its length"),
        (sealed(struct.pack("<IB", 2**32 - 1, 5)), "longer than the file"),
        (sealed(struct.pack("<IB", 0, 1)), "columns"),
    ],
)
def test_the_reason_is_named(data, reason):
    with pytest.raises(DataError, match=reason):
        from_bytes(data)


@shapes.steady
@given(st.lists(edits, min_size=1, max_size=3), st.booleans())
def test_columns_that_contradict_each_other_never_crash(changes, cuts):
    columns = unseal(to_bytes(squares()))
    for column, place, value in changes:
        numbers = columns[column]
        if len(numbers):
            numbers[place % len(numbers)] = value if place % 2 else value % 6
        if cuts:
            columns[column] = numbers[: place % (len(numbers) + 1)]
    try:
        topology = from_bytes(seal(columns))
    except DataError:
        return
    assert np.isfinite(topology.areas_km2()).all()
    try:
        topology.extents(range(min(len(topology.dates), 5)))
    except FrontmapError:
        return


def test_the_example_in_the_documentation():
    page = (ROOT / "docs" / "format.md").read_text(encoding="utf-8")
    block = re.search(r"```hex\n(.*?)```", page, re.DOTALL).group(1)
    payload = bytes.fromhex("".join(line.split("|")[0] for line in block.splitlines()))
    data = to_bytes(squares(), step_deg=1e-2)
    assert zlib.decompress(data[13:-4]) == payload
    head = re.search(r"```head\n(.*?)```", page, re.DOTALL).group(1)
    assert data[:13] == bytes.fromhex("".join(line.split("|")[0] for line in head.splitlines()))
    assert_equal(from_bytes(sealed(payload)), squares())
