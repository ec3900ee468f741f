"""A pack is the data set, in one small file."""

import json
import math
import zlib
from dataclasses import replace

import pytest

import frontmap
from frontmap import DataError
from frontmap.export import save_pack
from frontmap.read.pack import PREFIX


@pytest.fixture
def packed(dataset, tmp_path):
    file = tmp_path / "front.frontmap"
    save_pack(dataset, file)
    return file


def test_comes_back_as_it_was(dataset, packed):
    again = frontmap.read(packed)
    assert dict(again.sectors) == dict(dataset.sectors)
    for ours, theirs in zip(dataset.timelines, again.timelines, strict=True):
        assert (ours.sector, ours.status, ours.source) == (
            theirs.sector,
            theirs.status,
            theirs.source,
        )
        assert ours.dates == theirs.dates
        for one, other in zip(ours.extents, theirs.extents, strict=True):
            assert one.method == other.method
            assert one.positional_error_m == other.positional_error_m
            assert one.recorded_at == other.recorded_at
            assert one.geometry.symmetric_difference(other.geometry).area < 1e-12
        assert list(ours.areas()) == pytest.approx(list(theirs.areas()), rel=1e-12)


def test_when_it_was_written_down_comes_back(dataset, tmp_path):
    line = dataset.timeline("toretsk")
    days = [None, *[extent.valid_from for extent in line.extents[1:]]]
    extents = tuple(
        replace(extent, recorded_at=day) for extent, day in zip(line.extents, days, strict=True)
    )
    first, second = tmp_path / "first.frontmap", tmp_path / "second.frontmap"
    save_pack(replace(dataset, timelines=(replace(line, extents=extents),)), first)
    save_pack(frontmap.read(first), second)
    assert first.read_bytes() == second.read_bytes()
    assert [extent.recorded_at for extent in frontmap.read(second).timelines[0].extents] == days


def test_is_small_and_says_whose_data_it_is(packed):
    assert packed.stat().st_size < 40_000
    sources = frontmap.read(packed).sources
    assert "OpenStreetMap" in sources["frontmap-kursk"].attribution


def test_a_coarser_step_is_smaller_and_near(dataset, packed, tmp_path):
    coarse = tmp_path / "coarse.frontmap"
    assert save_pack(dataset, coarse, step_deg=1e-5) < packed.stat().st_size
    near = frontmap.read(coarse).timeline("kursk").areas()
    assert list(near) == pytest.approx(list(dataset.timeline("kursk").areas()), rel=1e-3)


def test_an_error_that_nobody_stated_stays_unstated(tmp_path, shared):
    source = shared / "reference" / "deepstate_daily" / "deepstatemap_data_20240930.geojson"
    file = tmp_path / "day.frontmap"
    save_pack(frontmap.read(source), file)
    (line,) = frontmap.read(file).timelines
    assert math.isnan(line.extents[0].positional_error_m)


@pytest.mark.parametrize("cut", [5, 9, 20, 400, -1])
def test_a_file_that_is_cut_short_is_refused(packed, cut):
    packed.write_bytes(packed.read_bytes()[:cut])
    with pytest.raises(DataError, match=packed.name):
        frontmap.read(packed)


@pytest.mark.parametrize("at", [8, 14, 60, 3000])
def test_a_damaged_file_is_refused(packed, at):
    data = bytearray(packed.read_bytes())
    data[at] ^= 0xFF
    packed.write_bytes(data)
    with pytest.raises(DataError, match=packed.name):
        frontmap.read(packed)


def test_a_longer_file_is_refused(packed):
    packed.write_bytes(packed.read_bytes() + b"x")
    with pytest.raises(DataError, match="longer"):
        frontmap.read(packed)


def change_head(file, change):
    """Change the head of a pack; what follows it stays."""
    data = file.read_bytes()
    magic, version, size = PREFIX.unpack_from(data)
    head = json.loads(zlib.decompress(data[PREFIX.size : PREFIX.size + size]))
    packed = zlib.compress((change(head) or json.dumps(head)).encode())
    rest = data[PREFIX.size + size :]
    file.write_bytes(PREFIX.pack(magic, version, len(packed)) + packed + rest)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("methods", [["drawn", 1e12]]),
        ("methods", [["drawn", 1e30]]),
        ("methods", [["drawn", 10**12]]),
        ("methods", [["drawn", -1]]),
        ("methods", [["drawn"]]),
        ("methods", 5),
        ("methods", [[["drawn"], 14]]),
        ("errors_m", [["wide", 14]]),
        ("errors_m", [[-5, 14]]),
        ("errors_m", [[10**400, 14]]),
        ("recorded_at", [[5, 14]]),
        ("sector", [1]),
        ("sector", 1),
        ("source", None),
        ("status", {}),
        ("bytes", -1),
        ("bytes", 1e3),
        ("bytes", "all"),
    ],
)
def test_a_head_made_to_do_harm_is_refused(packed, name, value):
    change_head(packed, lambda head: head["timelines"][0].update({name: value}))
    with pytest.raises(DataError, match=f"{packed.name}: not a sound pack"):
        frontmap.read(packed)


@pytest.mark.parametrize(
    "change",
    [
        lambda head: head["sectors"][0].update(window=[1, 2, 3, "north"]),
        lambda head: head["sectors"][0].update(id=[1]),
        lambda head: head["sectors"][0].update(name={"en": 5}),
        lambda head: head["sources"][0].update(url=5),
        lambda head: head["sources"][0].update(title="T"),
        lambda head: head.update(sectors=5),
        lambda _: "[]",
        lambda _: "[" * 100_000,
    ],
)
def test_a_head_of_wrong_types_is_refused(packed, change):
    change_head(packed, change)
    with pytest.raises(DataError, match=f"{packed.name}: not a sound pack"):
        frontmap.read(packed)


def test_a_timeline_that_stands_there_twice_is_refused(dataset, tmp_path):
    line = dataset.timeline("toretsk")
    file = tmp_path / "twice.frontmap"
    save_pack(replace(dataset, timelines=(line, line)), file)
    with pytest.raises(DataError, match=r"toretsk/.* twice"):
        frontmap.read(file)


def test_a_pack_of_a_newer_version_says_what_to_do(packed):
    data = bytearray(packed.read_bytes())
    data[8] = 2
    packed.write_bytes(data)
    with pytest.raises(DataError, match=r"frontmap: written by a newer frontmap: update$"):
        frontmap.read(packed)
