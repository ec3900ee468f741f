"""Every kind of file is written where a name says, be it a path or a text."""

import pytest

from frontmap import DataError, export

ONE_DAY = {"sector": "toretsk"}
KINDS = [
    (export.save_page, "map.html", {}),
    (export.save_pack, "front.frontmap", {}),
    (export.save_table, "areas.csv", ONE_DAY),
    (export.save_snapshot, "map.png", {**ONE_DAY, "dpi": 30}),
    (export.save_deck, "brief.pptx", {**ONE_DAY, "dates": ["2024-10-04"]}),
    (export.save_animation, "film.gif", {**ONE_DAY, "start": "2024-10-03", "end": "2024-10-05"}),
    (export.save_atlas, "atlas.pdf", {**ONE_DAY, "dates": ["2024-10-04"]}),
]


@pytest.mark.parametrize(("save", "name", "options"), KINDS, ids=[kind[1] for kind in KINDS])
def test_a_name_may_be_a_text(dataset, tmp_path, save, name, options):
    target = tmp_path / name
    save(dataset, str(target), **options)
    assert target.stat().st_size > 500


@pytest.mark.parametrize("save", [kind[0] for kind in KINDS[2:6]])
def test_a_wrong_ending_is_one_line_even_as_text(dataset, tmp_path, save):
    with pytest.raises(DataError, match="end"):
        save(dataset, str(tmp_path / "file.xyz"))
    assert not list(tmp_path.iterdir())
