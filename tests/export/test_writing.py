"""Files are written whole or not at all."""

import os
from pathlib import Path

import pytest

from frontmap import DataError
from frontmap.export import write_whole


@pytest.fixture
def target(tmp_path):
    path = tmp_path / "map.html"
    path.write_text("old", encoding="utf-8")
    return path


def untouched(target):
    return target.read_text(encoding="utf-8") == "old" and list(target.parent.iterdir()) == [target]


def test_replaces(target):
    size = write_whole(target, "new\nline 東京\n")
    assert target.read_bytes() == "new\nline 東京\n".encode()
    assert size == target.stat().st_size
    assert list(target.parent.iterdir()) == [target]


@pytest.mark.parametrize("error", [OSError(28, "No space left on device"), KeyboardInterrupt()])
@pytest.mark.parametrize("step", ["open", "chmod", "replace"])
def test_interrupted_leaves_the_old_file(target, monkeypatch, error, step):
    def fail(*_, **__):
        raise error

    monkeypatch.setattr(Path, step, fail)
    with pytest.raises((DataError, KeyboardInterrupt)):
        write_whole(target, "new")
    monkeypatch.undo()
    assert untouched(target)


def test_text_that_cannot_be_encoded_leaves_the_old_file(target):
    with pytest.raises(UnicodeEncodeError):
        write_whole(target, "new \ud800")
    assert untouched(target)


def test_the_reason_is_said(target, monkeypatch):
    def fail(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", fail)
    with pytest.raises(DataError, match=r"map\.html: cannot be written \(No space left"):
        write_whole(target, "new")


def test_a_link_stays_one(target, tmp_path):
    link = tmp_path / "link.html"
    link.symlink_to(target.name)
    write_whole(link, "new")
    assert link.is_symlink()
    assert target.read_text(encoding="utf-8") == "new"


@pytest.mark.parametrize("mode", [0o600, 0o664])
def test_permissions_are_kept(target, mode):
    target.chmod(mode)
    write_whole(target, "new")
    assert target.stat().st_mode & 0o777 == mode


def test_a_new_file_gets_what_the_mask_leaves(tmp_path):
    plain = tmp_path / "plain"
    plain.touch()
    write_whole(tmp_path / "new", "new")
    assert (tmp_path / "new").stat().st_mode == plain.stat().st_mode


def test_what_is_no_file_is_not_replaced(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(DataError, match="is no file"):
        write_whole(tmp_path / "pipe", "new")
    assert (tmp_path / "pipe").is_fifo()


def test_no_such_folder(tmp_path):
    with pytest.raises(DataError, match="cannot be written"):
        write_whole(tmp_path / "nowhere" / "map.html", "new")


def test_a_folder_is_not_replaced(tmp_path):
    folder = tmp_path / "map.html"
    folder.mkdir()
    with pytest.raises(DataError, match="cannot be written"):
        write_whole(folder, "new")
    assert list(tmp_path.iterdir()) == [folder]
