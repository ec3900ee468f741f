"""Pictures as files: whole or not at all, the same bytes every time, with their facts inside."""

import hashlib
import re
import shlex

import pytest
from PIL import Image

import frontmap
from frontmap.cli import main
from frontmap.errors import DataError, NotFoundError
from frontmap.export import save_snapshot

MAKE = """
import hashlib, pathlib, sys, frontmap
from frontmap.export import save_snapshot
dataset = frontmap.read()
for name in ("map.png", "map.svg", "map.pdf"):
    target = pathlib.Path(sys.argv[1]) / name
    save_snapshot(dataset, target, sector="kursk", date="2024-11-26", baseline="2024-09-30",
                  language="both", dpi=60)
    print(name, hashlib.sha256(target.read_bytes()).hexdigest())
"""


def test_two_processes_write_the_same_bytes(told_twice):
    one, other = told_twice(MAKE)
    assert one == other
    assert len(one) == 3


@pytest.mark.parametrize("ending", ["png", "svg", "pdf"])
def test_it_is_written_and_its_size_told(dataset, tmp_path, ending):
    target = tmp_path / f"map.{ending}"
    size = save_snapshot(dataset, target, sector="toretsk", size="square", dpi=40)
    assert size == target.stat().st_size > 10_000
    assert [file.name for file in tmp_path.iterdir()] == [target.name]


def test_the_command_inside_makes_it_again(dataset, tmp_path, monkeypatch, capsys):
    first = tmp_path / "map.png"
    save_snapshot(dataset, first, sector="kursk", language="ja", size="square", dpi=40)
    with Image.open(first) as image:
        info = dict(image.info)
    assert info["Date"] == str(dataset.span[1])
    assert info["Hash"] == f"sha256:{dataset.hash}"
    assert info["Software"] == f"frontmap {frontmap.__version__}"
    assert "520 ± 80 km²" in info["Description"]
    content = first.read_bytes()
    first.unlink()
    monkeypatch.chdir(tmp_path)
    words = shlex.split(info["Command"])
    assert words[0] == "frontmap"
    with pytest.raises(SystemExit, match="0"):
        main(words[1:])
    assert "wrote map.png" in capsys.readouterr().out
    assert hashlib.sha256(first.read_bytes()).digest() == hashlib.sha256(content).digest()


def test_an_unknown_ending_is_refused(dataset, tmp_path):
    with pytest.raises(DataError, match=r"a picture ends in \.png, \.svg, \.pdf"):
        save_snapshot(dataset, tmp_path / "map.jpg")


@pytest.mark.parametrize("dpi", [0, -3, 5000])
def test_a_senseless_resolution_is_refused(dataset, tmp_path, dpi):
    with pytest.raises(DataError, match="dpi"):
        save_snapshot(dataset, tmp_path / "map.png", dpi=dpi)


@pytest.mark.parametrize("choice", [{"sector": "nowhere"}, {"size": "a3"}])
def test_a_failure_leaves_the_old_file(dataset, tmp_path, choice):
    target = tmp_path / "map.png"
    target.write_bytes(b"old")
    with pytest.raises(NotFoundError):
        save_snapshot(dataset, target, **choice)
    assert [file.read_bytes() for file in tmp_path.iterdir()] == [b"old"]


def test_an_interrupted_write_leaves_the_old_file(dataset, tmp_path, monkeypatch):
    target = tmp_path / "map.svg"
    target.write_bytes(b"old")

    def broken(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("pathlib.Path.replace", broken)
    with pytest.raises(DataError, match="No space left"):
        save_snapshot(dataset, target, sector="kursk", size="square")
    assert [file.read_bytes() for file in tmp_path.iterdir()] == [b"old"]


def test_on_the_command_line_a_failure_is_one_line(tmp_path, capsys):
    with pytest.raises(SystemExit) as leave:
        main(["snapshot", "--size", "a3", "-o", str(tmp_path / "map.png")])
    captured = capsys.readouterr()
    assert leave.value.code == 1
    assert re.fullmatch(r"frontmap: no size 'a3'; there is .*\n", captured.err)
    assert list(tmp_path.iterdir()) == []
