"""The command line: thin, in the library's words, one line for every failure."""

import csv
import io
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import openpyxl
import pytest
import shapely

import frontmap
from frontmap.cli import app, main
from frontmap.export import save_table
from frontmap.read import SHIPPED

ROOT = Path(__file__).parents[1]

COLUMNS = ["sector", "status", "date", "area_km2", "source"]


@pytest.fixture
def run(capsys):
    """Run a command; return its exit code, output and errors."""

    def command(*arguments):
        try:
            main([str(argument) for argument in arguments])
            code = 0
        except SystemExit as leave:
            code = leave.code or 0
        captured = capsys.readouterr()
        return code, captured.out, captured.err

    return command


@pytest.fixture
def package(tmp_path):
    """A copy of the shipped layers."""
    return shutil.copytree(SHIPPED, tmp_path / "geodata")


class TestAreas:
    def test_csv_is_what_python_says(self, run, dataset):
        code, out, err = run("areas", "--format", "csv")
        read = list(csv.DictReader(io.StringIO(out)))
        table = dataset.areas()
        assert (code, err) == (0, "")
        assert list(read[0]) == COLUMNS
        assert [float(row["area_km2"]) for row in read] == table["area_km2"].round(3).tolist()
        for name in ("sector", "status", "date", "source"):
            assert [row[name] for row in read] == table[name].tolist()

    def test_the_two_figures(self, run):
        _, out, _ = run("areas", "--sector", "kursk", "--status", "ukrainian_held", "-f", "csv")
        areas = {row["date"]: float(row["area_km2"]) for row in csv.DictReader(io.StringIO(out))}
        assert areas["2024-09-30"] == pytest.approx(740, rel=0.02)
        assert areas["2024-12-31"] == pytest.approx(520, rel=0.02)

    def test_json(self, run, dataset):
        code, out, _ = run("areas", "-s", "toretsk", "-f", "json")
        records = json.loads(out)
        assert code == 0
        assert list(records[0]) == COLUMNS
        areas = dataset.timeline("toretsk").areas()
        assert [record["area_km2"] for record in records] == areas.round(3).tolist()

    def test_table(self, run, dataset):
        code, out, _ = run("areas", "-s", "vuhledar")
        assert code == 0
        assert out.split()[:5] == COLUMNS
        for area in dataset.timeline("vuhledar").areas():
            assert f"{area:,.1f}" in out

    @pytest.mark.parametrize(
        ("day", "assessed"), [("2024-10-04", "2024-09-30"), ("2024-12-31", "2024-12-31")]
    )
    def test_in_force_on_a_day(self, run, dataset, day, assessed):
        _, out, _ = run("areas", "-s", "kursk", "-d", day, "-f", "json")
        records = {record["status"]: record for record in json.loads(out)}
        assert set(records) == {"ukrainian_held", "contested"}
        for status, record in records.items():
            assert record["date"] == assessed
            area = dataset.timeline("kursk", status).area_at(day)
            assert record["area_km2"] == round(area, 3)

    def test_a_path(self, run, write_layer, feature):
        path = write_layer(feature())
        _, out, _ = run("areas", path, "-f", "json")
        (record,) = json.loads(out)
        assert record["area_km2"] == round(frontmap.read(path).timelines[0].areas().iloc[0], 3)

    @pytest.mark.parametrize("name", ["<img onerror=x>", "{{ x }}", "[red]", ":warning:", "東京"])
    @pytest.mark.parametrize("form", ["table", "csv", "json"])
    def test_names_are_printed_as_they_are(self, run, write_layer, feature, name, form):
        _, out, _ = run("areas", write_layer(feature(sector=name)), "-f", form)
        assert name in out


class TestValidate:
    def test_shipped(self, run, dataset):
        code, out, err = run("validate")
        count = sum(len(line.extents) for line in dataset.timelines)
        assert (code, err) == (0, "")
        assert out.startswith(f"valid   {count} extents")

    def test_repairs_are_listed(self, run, write_layer, feature):
        bow_tie = [[[36, 48], [37, 49], [37, 48], [36, 49], [36, 48]]]
        code, out, _ = run("validate", write_layer(feature(bow_tie)))
        assert code == 0
        assert "layer.geojson: feature 0: Self-intersection" in out
        assert "1 mended" in out

    def test_a_changed_file_is_found(self, run, package):
        file = package / "control" / "toretsk.geojson"
        file.write_text(file.read_text(encoding="utf-8") + "\n", encoding="utf-8")
        code, _, err = run("validate", package)
        assert code == 1
        assert "control/toretsk.geojson" in err

    @pytest.mark.parametrize("name", ["control/toretsk.geojson", "claims.csv", "events.geojson"])
    def test_an_absent_file_is_found(self, run, package, name):
        (package / name).unlink()
        code, _, err = run("validate", package)
        assert code == 1
        assert name in err

    @pytest.mark.parametrize(
        "text",
        [
            "{",
            "[]",
            '{"resources": [{}]}',
            '{"resources": [1]}',
            '{"resources": [{"path": 5, "hash": "x"}]}',
            pytest.param("[" * 100_000, id="deep"),
        ],
    )
    def test_a_broken_data_package(self, run, package, text):
        (package / "datapackage.json").write_text(text, encoding="utf-8")
        code, _, err = run("validate", package)
        assert code == 1
        assert "datapackage.json: broken" in err


class TestMap:
    def test_writes_a_page(self, run, tmp_path):
        target = tmp_path / "front.html"
        code, out, err = run("map", "-o", target, "-d", "2024-11-21", "-s", "kursk", "--lang", "ja")
        assert (code, err) == (0, "")
        assert "front.html" in out
        assert target.stat().st_size > 100_000

    def test_tiles_are_in_the_page_only_on_request(self, run, tmp_path):
        target = tmp_path / "front.html"
        assert run("map", "-o", target)[0] == 0
        assert "tiles.example" not in target.read_text(encoding="utf-8")
        url = "https://tiles.example/{z}/{x}/{y}.png"
        assert run("map", "-o", target, "--tiles", url, "--tiles-attribution", "Someone")[0] == 0
        text = target.read_text(encoding="utf-8")
        assert url in text
        assert "img-src data: https://tiles.example;" in text

    @pytest.mark.parametrize(
        "wrong",
        [
            ["-d", "soon"],
            ["-b", "soon"],
            ["-s", "west"],
            ["-l", "fr"],
            ["--tiles", "https://tiles.example/map.png"],
            ["--tiles-attribution", "Someone"],
        ],
    )
    def test_a_wrong_wish_writes_nothing(self, run, tmp_path, wrong):
        code, out, err = run("map", "-o", tmp_path / "front.html", *wrong)
        assert (code, out) == (1, "")
        assert len(err.splitlines()) == 1
        assert list(tmp_path.iterdir()) == []


class TestTable:
    @pytest.mark.parametrize("ending", [".csv", ".xlsx", ".parquet", ".geojson", ".gpkg"])
    def test_writes_what_python_writes(self, run, dataset, tmp_path, ending):
        theirs, ours = tmp_path / "theirs" / f"t{ending}", tmp_path / f"t{ending}"
        theirs.parent.mkdir()
        wishes = {"date": "2024-11-21", "sector": "kursk", "baseline": "2024-10-01"}
        options = [part for name, day in wishes.items() for part in (f"--{name}", day)]
        code, out, err = run("table", "-o", ours, *options, "--lang", "ja")
        assert (code, err) == (0, "")
        size = save_table(dataset, theirs, **wishes, language="ja")
        assert out == f"wrote {ours} ({size / 1000:,.1f} kB)\n"
        assert ours.read_bytes() == theirs.read_bytes()

    def test_a_path_is_in_the_command(self, run, tmp_path, write_layer, feature):
        path, target = write_layer(feature()), tmp_path / "t.xlsx"
        assert run("table", path, "-o", target)[0] == 0
        about = openpyxl.load_workbook(target)["about"]
        assert f"frontmap table {path} -o t.xlsx" in [row[1].value for row in about]

    @pytest.mark.parametrize("wrong", [["-d", "soon"], ["-s", "west"], ["-b", "soon"]])
    def test_a_wrong_wish_writes_nothing(self, run, tmp_path, wrong):
        code, out, err = run("table", "-o", tmp_path / "t.csv", *wrong)
        assert (code, out) == (1, "")
        assert len(err.splitlines()) == 1
        assert list(tmp_path.iterdir()) == []


class TestApp:
    def test_serves_a_checked_path(self, run, monkeypatch, write_layer, feature):
        from frontmap.app import serve

        asked = []
        monkeypatch.setattr(
            serve, "serve", lambda path, **options: asked.append((path, options)) or 0
        )
        path = write_layer(feature())
        assert run("app", path, "--port", "8600", "--no-browser")[0] == 0
        assert asked == [(path, {"port": 8600, "open_browser": False})]
        assert run("app", write_layer(feature(status="blue")))[0] == 1
        assert len(asked) == 1


class TestFailures:
    """Exit code 1, nothing on standard output, one line on standard error."""

    @pytest.mark.parametrize(
        ("arguments", "said"),
        [
            (["areas", "nowhere"], "nowhere: no such file or folder"),
            (["validate", "nowhere"], "nowhere: no such file or folder"),
            (["map", "nowhere"], "nowhere: no such file or folder"),
            (["app", "nowhere"], "nowhere: no such file or folder"),
            (["areas", "--sector", "west"], "no sector 'west' here; there is chasiv_yar, kursk"),
            (["areas", "--status", "blue"], "no status 'blue' here; there is contested"),
            (["areas", "-s", "kursk", "--status", "russian_held"], "no timeline with sector kursk"),
            (["areas", "--date", "2024-13-01"], "write it as YYYY-MM-DD"),
            (["areas", "--date", "yesterday"], "'yesterday' is no date"),
            (["areas", "--date", "2024-09-29"], "the first is 2024-09-30"),
            (["table", "-o", "areas.xls"], "areas.xls: no table of that kind; end its name in"),
            (["table", "nowhere"], "nowhere: no such file or folder"),
            (["table", "-o", "nowhere/t.csv"], "nowhere/t.csv: cannot be written"),
            (["map", "-o", "nowhere/front.html"], "nowhere/front.html: cannot be written"),
        ],
        ids=" ".join,
    )
    def test_one_line(self, run, arguments, said, tmp_path, monkeypatch):
        monkeypatch.chdir(tmp_path)
        code, out, err = run(*arguments)
        assert (code, out) == (1, "")
        assert err.startswith("frontmap: ")
        assert err.count("\n") == 1
        assert said in err

    @pytest.mark.parametrize("command", ["areas", "validate", "map", "app"])
    def test_a_broken_file(self, run, command, tmp_path, monkeypatch):
        monkeypatch.chdir(tmp_path)
        (tmp_path / "layer.geojson").write_text("not a layer", encoding="utf-8")
        code, out, err = run(command, tmp_path / "layer.geojson")
        assert (code, out) == (1, "")
        assert err.count("\n") == 1
        assert "layer.geojson: cannot be read" in err

    def test_a_folder_that_may_not_be_read(self, run, tmp_path, monkeypatch):
        def deny(path):
            raise PermissionError(13, "Permission denied", str(path))

        monkeypatch.setattr(os, "access", lambda *_arguments, **_options: False)
        monkeypatch.setattr(Path, "iterdir", deny)
        code, out, err = run("areas", tmp_path)
        assert (code, out) == (1, "")
        assert err == f"frontmap: {tmp_path}: cannot be read (Permission denied)\n"

    @pytest.mark.parametrize(
        ("error", "said"),
        [
            (PermissionError(13, "Permission denied", "there"), "there: Permission denied"),
            (OSError("no more room"), "no more room"),
            (RecursionError("maximum depth"), "nested too deeply"),
            (shapely.errors.GEOSException("TopologyException\nat 1 2"), "TopologyException"),
        ],
        ids=lambda value: type(value).__name__,
    )
    def test_what_nobody_caught(self, run, monkeypatch, error, said):
        def fail(*_arguments, **_options):
            raise error

        monkeypatch.setattr(frontmap, "read", fail)
        code, out, err = run("areas")
        assert (code, out) == (1, "")
        assert err.count("\n") == 1
        assert said in err

    def test_a_fault_of_the_program_keeps_its_traceback(self, run, monkeypatch):
        def fail(*_arguments, **_options):
            raise AttributeError("a fault")

        monkeypatch.setattr(frontmap, "read", fail)
        with pytest.raises(AttributeError, match="a fault"):
            run("areas")

    @pytest.mark.parametrize("arguments", [["areas", "-f", "xml"], ["areas", "--wrong"], ["fly"]])
    def test_a_wrong_command_line_shows_the_usage(self, run, arguments):
        code, out, err = run(*arguments)
        assert (code, out) == (2, "")
        assert "Usage" in err
        assert "Traceback" not in err

    def test_as_a_process_with_an_open_ring(self, write_layer, feature):
        path = write_layer(feature([[[36, 48], [37, 48], [37, 49]]]))
        command = [sys.executable, "-m", "frontmap.cli", "areas", str(path)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        assert (done.returncode, done.stdout) == (1, "")
        assert done.stderr.splitlines() == [
            f"frontmap: {path}: feature 0: a ring is open, too short or not finite"
        ]


def test_version(run):
    assert run("--version") == (0, f"frontmap {frontmap.__version__}\n", "")


def test_every_command_has_help_and_is_in_the_readme(run):
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    names = [info.name or info.callback.__name__ for info in app.registered_commands]
    assert set(names) == {
        "animate",
        "app",
        "areas",
        "atlas",
        "deck",
        "map",
        "pack",
        "snapshot",
        "table",
        "validate",
    }
    for name in names:
        code, out, _ = run(name, "--help")
        assert code == 0
        assert "Usage" in out
        assert f"frontmap {name}" in readme, name


def test_a_terminal_shows_how_far_reading_has_come():
    pty = pytest.importorskip("pty")  # only where there are such terminals
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "frontmap.cli", "areas", "--format", "csv"]
    surroundings = {**os.environ, "TERM": "xterm"}
    done = subprocess.run(
        command, env=surroundings, stdout=subprocess.PIPE, stderr=theirs, text=True, check=True
    )
    os.close(theirs)
    shown = os.read(ours, 100_000).decode()
    os.close(ours)
    assert "Reading" in shown
    assert "5/5" in shown
    assert done.stdout.startswith(",".join(COLUMNS[:3]))


def test_a_pipe_is_told_nothing_of_it():
    command = [sys.executable, "-m", "frontmap.cli", "areas", "--format", "csv"]
    assert subprocess.run(command, capture_output=True, check=True).stderr == b""


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such request to end")
@pytest.mark.parametrize("name", ["SIGTERM", "SIGINT", "SIGHUP"])
def test_a_command_that_is_told_to_end_leaves_nothing_unfinished(tmp_path, name):
    number = getattr(signal, name)
    code = (
        # As in a terminal, however these tests are run: in the background Ctrl-C is ignored.
        "import signal; signal.signal(signal.SIGINT, signal.default_int_handler);"
        "signal.signal(signal.SIGHUP, signal.SIG_DFL);"
        "from frontmap.cli import main;"
        f"main(['atlas', '-o', '{tmp_path}/atlas/'])"
    )
    command = [sys.executable, "-c", code]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process:
        while not list(tmp_path.iterdir()):
            assert process.poll() is None, "it ended by itself"
            time.sleep(0.05)
        process.send_signal(number)
        _, told = process.communicate(timeout=60)
    assert process.returncode not in {0, -number}
    assert "Traceback" not in told
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such request to end")
def test_a_command_that_is_to_outlive_its_terminal_does(tmp_path):
    target = tmp_path / "atlas"
    code = (
        "import signal; signal.signal(signal.SIGHUP, signal.SIG_IGN);"
        "from frontmap.cli import main;"
        f"main(['atlas', '--sector', 'kursk', '--every', '60d', '-o', {str(target) + '/'!r}])"
    )
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE) as process:
        while not list(tmp_path.iterdir()):
            assert process.poll() is None, "it ended by itself"
            time.sleep(0.05)
        process.send_signal(signal.SIGHUP)
        process.communicate(timeout=60)
    assert process.returncode == 0
    assert (target / "index.html").is_file()
