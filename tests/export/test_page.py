"""Files are written whole or not at all."""

from pathlib import Path

import pytest

from frontmap import DataError, FrontmapError
from frontmap.export import save_page, write_whole


@pytest.fixture
def target(tmp_path):
    path = tmp_path / "map.html"
    path.write_text("old", encoding="utf-8")
    return path


def untouched(target):
    return target.read_text(encoding="utf-8") == "old" and list(target.parent.iterdir()) == [target]


class TestWriteWhole:
    def test_replaces(self, target):
        write_whole(target, "new\nline 東京\n")
        assert target.read_bytes() == "new\nline 東京\n".encode()
        assert list(target.parent.iterdir()) == [target]

    @pytest.mark.parametrize("error", [OSError(28, "No space left on device"), KeyboardInterrupt()])
    @pytest.mark.parametrize("step", ["chmod", "replace"])
    def test_interrupted_leaves_the_old_file(self, target, monkeypatch, error, step):
        def fail(*_):
            raise error

        monkeypatch.setattr(Path, step, fail)
        with pytest.raises((DataError, KeyboardInterrupt)):
            write_whole(target, "new")
        monkeypatch.undo()
        assert untouched(target)

    def test_text_that_cannot_be_encoded_leaves_the_old_file(self, target):
        with pytest.raises(UnicodeEncodeError):
            write_whole(target, "new \ud800")
        assert untouched(target)

    def test_the_reason_is_said(self, target, monkeypatch):
        def fail(*_):
            raise OSError(28, "No space left on device")

        monkeypatch.setattr(Path, "replace", fail)
        with pytest.raises(DataError, match=r"map\.html: cannot be written \(No space left"):
            write_whole(target, "new")

    def test_no_such_folder(self, tmp_path):
        with pytest.raises(DataError, match="cannot be written"):
            write_whole(tmp_path / "nowhere" / "map.html", "new")

    def test_a_folder_is_not_replaced(self, tmp_path):
        folder = tmp_path / "map.html"
        folder.mkdir()
        with pytest.raises(DataError, match="cannot be written"):
            write_whole(folder, "new")
        assert list(tmp_path.iterdir()) == [folder]


class TestSavePage:
    def test_one_whole_page(self, dataset, target):
        size = save_page(dataset, target, date="2024-11-21", sector="kursk", language="ja")
        page = target.read_text(encoding="utf-8")
        assert size == target.stat().st_size > 100_000
        assert page.lstrip().lower().startswith("<!doctype html>")
        assert page.rstrip().endswith("</html>")

    def test_the_same_bytes_every_time(self, dataset, tmp_path):
        pages = [tmp_path / "one.html", tmp_path / "two.html"]
        for page in pages:
            save_page(dataset, page)
        assert pages[0].read_bytes() == pages[1].read_bytes()

    @pytest.mark.parametrize(
        "wrong", [{"date": "soon"}, {"baseline": "soon"}, {"sector": "west"}, {"language": "fr"}]
    )
    def test_a_wrong_wish_leaves_the_old_file(self, dataset, target, wrong):
        with pytest.raises(FrontmapError):
            save_page(dataset, target, **wrong)
        assert untouched(target)
