"""The map as one page in a file."""

import pytest

from frontmap import FrontmapError
from frontmap.export import save_page


def test_one_whole_page(dataset, tmp_path):
    target = tmp_path / "map.html"
    size = save_page(dataset, target, date="2024-11-21", sector="kursk", language="ja")
    page = target.read_text(encoding="utf-8")
    assert size == target.stat().st_size > 100_000
    assert page.lstrip().lower().startswith("<!doctype html>")
    assert page.rstrip().endswith("</html>")


def test_the_same_bytes_every_time(dataset, tmp_path):
    pages = [tmp_path / "one.html", tmp_path / "two.html"]
    for page in pages:
        save_page(dataset, page)
    assert pages[0].read_bytes() == pages[1].read_bytes()


@pytest.mark.parametrize(
    "wrong", [{"date": "soon"}, {"baseline": "soon"}, {"sector": "west"}, {"language": "fr"}]
)
def test_a_wrong_wish_leaves_the_old_file(dataset, tmp_path, wrong):
    target = tmp_path / "map.html"
    target.write_text("old", encoding="utf-8")
    with pytest.raises(FrontmapError):
        save_page(dataset, target, **wrong)
    assert target.read_text(encoding="utf-8") == "old"
    assert list(tmp_path.iterdir()) == [target]
