"""Folders and single files become a data set."""

import errno
import hashlib
import shutil
from pathlib import Path

import pytest

import frontmap
from frontmap import DataError
from frontmap.read import SHIPPED
from frontmap.read.folder import sha256_of, timelines_of


def refused(path):
    with pytest.raises(DataError) as caught:
        frontmap.read(path)
    assert len(str(caught.value).splitlines()) == 1
    return str(caught.value)


class TestFolder:
    def test_extents_are_sorted_into_timelines(self, write_layer, feature):
        write_layer(feature(valid_from="2024-10-02"), feature(sector="south"), name="b.geojson")
        path = write_layer(feature(), feature(status="contested"), name="a.geojson")
        dataset = frontmap.read(path.parent)
        named = [(line.sector, str(line.status), len(line.extents)) for line in dataset.timelines]
        assert named == [
            ("north", "contested", 1),
            ("north", "russian_held", 2),
            ("south", "russian_held", 1),
        ]
        days = [day.isoformat() for day in dataset.timeline("north", "russian_held").dates]
        assert days == ["2024-09-30", "2024-10-02"]

    def test_order_of_files_and_features_does_not_matter(self, write_layer, feature):
        features = [feature(valid_from=f"2024-10-0{day}") for day in (1, 2, 3)]
        forth = frontmap.read(write_layer(*features, name="forth.geojson"))
        back = frontmap.read(write_layer(*features[::-1], name="back.geojson"))
        assert forth.areas().equals(back.areas())

    def test_a_control_folder_and_its_companions(self, write_layer, feature, tmp_path):
        write_layer(feature(sector="kursk", status="ukrainian_held"), name="control/k.geojson")
        for name in (
            "sectors.geojson",
            "sources.csv",
            "claims.csv",
            "series.csv",
            "events.geojson",
        ):
            shutil.copy(SHIPPED / name, tmp_path)
        dataset = frontmap.read(tmp_path)
        assert dataset.sectors["kursk"].name.ja == "クルスク"
        assert dataset.events
        assert dataset.claims
        assert dataset.series
        assert dataset.basemap is None
        assert set(dataset.hashes) == {
            "control/k.geojson", "sectors.geojson", "sources.csv", "claims.csv", "series.csv",
            "events.geojson",
        }  # fmt: skip

    def test_a_single_file_stands_alone(self, write_layer, feature):
        path = write_layer(feature())
        dataset = frontmap.read(path)
        assert dataset.sectors["north"].window == (36, 48, 37, 49)
        assert dataset.sectors["north"].name.text("ja") == "north"
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
        assert dataset.hashes == {"layer.geojson": digest}
        assert sha256_of(path) == digest

    def test_a_text_path_is_a_path(self, write_layer, feature):
        path = write_layer(feature())
        assert frontmap.read(str(path)).hash == frontmap.read(path).hash

    def test_one_changed_byte_changes_the_hash(self, write_layer, feature):
        before = frontmap.read(write_layer(feature())).hash
        assert frontmap.read(write_layer(feature(positional_error_m=251))).hash != before

    def test_other_files_are_left_alone(self, write_layer, feature):
        path = write_layer(feature())
        (path.parent / "notes.txt").write_text("not a layer", encoding="utf-8")
        assert len(frontmap.read(path.parent).timelines) == 1

    def test_markup_in_names_survives(self, write_layer, feature):
        name = "<img src=x onerror=alert(1)>{{ x }}"
        dataset = frontmap.read(write_layer(feature(sector=name)))
        assert dataset.timeline(name).sector == dataset.sectors[name].name.en == name


class TestRefusals:
    def test_no_such_path(self, tmp_path):
        assert "no such file or folder" in refused(tmp_path / "nowhere")

    def test_an_empty_folder(self, tmp_path):
        assert "no vector files" in refused(tmp_path)
        (tmp_path / "notes.txt").write_text("not a layer", encoding="utf-8")
        assert "no vector files" in refused(tmp_path)

    def test_an_empty_control_folder(self, tmp_path):
        (tmp_path / "control").mkdir()
        assert "control: no vector files" in refused(tmp_path)

    def test_a_layer_without_features(self, write_layer):
        assert "layer.geojson" in refused(write_layer())

    def test_one_broken_file_among_good_ones(self, write_layer, feature):
        path = write_layer(feature(), name="a.geojson")
        broken = write_layer(feature(status="blue"), name="b.geojson")
        assert refused(path.parent).startswith(f"{broken}: feature 0")

    @pytest.mark.parametrize("name", ["layer.geojson", "layer.frontmap", "sources.csv"])
    def test_a_file_that_may_not_be_read(self, write_layer, feature, monkeypatch, name):
        folder = write_layer(feature()).parent
        (folder / name).touch()
        take = Path.open

        def deny(path, *arguments, **options):
            if path.name == name:
                raise PermissionError(errno.EACCES, "Permission denied", str(path))
            return take(path, *arguments, **options)

        monkeypatch.setattr(Path, "open", deny)
        said = refused(folder / name if name.startswith("layer") else folder)
        assert said == f"{folder / name}: cannot be read (Permission denied)"

    def test_a_folder_that_may_not_be_read(self, tmp_path, monkeypatch):
        def deny(path):
            raise PermissionError(errno.EACCES, "Permission denied", str(path))

        monkeypatch.setattr(Path, "iterdir", deny)
        assert refused(tmp_path) == f"{tmp_path}: cannot be read (Permission denied)"

    def test_a_folder_named_as_a_layer(self, tmp_path):
        (tmp_path / "layer.geojson").mkdir()
        assert "cannot be read (Is a directory)" in refused(tmp_path)

    def test_a_repeated_date_names_both_features(self, write_layer, feature):
        path = write_layer(feature(), feature(valid_from="2024-10-01"), feature())
        said = refused(path)
        assert f"{path}: feature 2" in said
        assert f"{path}: feature 0" in said
        assert "2024-09-30" in said

    def test_a_repeated_date_in_another_file(self, write_layer, feature):
        first, second = (write_layer(feature(), name=name) for name in ("a.geojson", "b.geojson"))
        said = refused(first.parent)
        assert f"{second}: feature 0" in said
        assert f"{first}: feature 0" in said

    def test_timelines_of_repeated_extents(self, dataset):
        extent = dataset.timelines[0].extents[0]
        with pytest.raises(DataError, match="keep one a date"):
            timelines_of([extent, extent])


def test_same_date_of_another_source_or_status_is_no_repetition(write_layer, feature):
    path = write_layer(feature(), feature(source="map-b"), feature(status="contested"))
    assert len(frontmap.read(path).timelines) == 3


def test_progress_is_told_after_each_file(write_layer, feature):
    folder = write_layer(feature(), name="a.geojson").parent
    write_layer(feature(valid_from="2024-11-01"), name="b.geojson")
    told = []
    frontmap.read(folder, progress=lambda done, total: told.append((done, total)))
    assert told == [(1, 2), (2, 2)]
