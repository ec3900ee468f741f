"""Films: true to the calendar, small, whole or not at all, the same bytes every time."""

import datetime as dt
import io
import re
import shlex
import struct
import sys

import numpy as np
import pytest
from PIL import Image

from frontmap.cli import main
from frontmap.errors import DataError, NotFoundError
from frontmap.export import save_animation
from frontmap.export.animation import END_S, HOLD_S, Pace, film_dates
from frontmap.export.animation.gif import gif
from frontmap.export.animation.palette import UNCHANGED, Palette
from frontmap.export.animation.reel import Reel
from frontmap.export.animation.webp import webp
from frontmap.render.figure import figure
from frontmap.render.film import Canvas, frames

SMALL = Pace(width_px=200)
#: An event is told on 21 November, and no other in these days.
DAYS = {"start": "2024-11-20", "end": "2024-11-22"}
MAKE = """
import hashlib, pathlib, sys, frontmap
from frontmap.export import save_animation
from frontmap.export.animation import Pace
dataset = frontmap.read()
for name in ("front.gif", "front.webp", "front.mp4"):
    target = pathlib.Path(sys.argv[1]) / name
    save_animation(dataset, target, start="2024-10-01", end="2024-10-02", sector="vuhledar",
                   baseline="2024-09-30", language="both", size="square", pace=Pace(width_px=200))
    print(name, hashlib.sha256(target.read_bytes()).hexdigest())
"""


@pytest.fixture(scope="module")
def films(dataset, tmp_path_factory):
    """The same film in three formats."""
    folder = tmp_path_factory.mktemp("films")
    made = {ending: folder / f"front.{ending}" for ending in ("gif", "webp", "mp4")}
    for target in made.values():
        assert save_animation(dataset, target, **DAYS, pace=SMALL) == target.stat().st_size
    return made


def shots(path):
    """Return the pictures of a film and how long each stands, in milliseconds."""
    with Image.open(path) as image:
        found = []
        for number in range(image.n_frames):
            image.seek(number)
            found.append((np.asarray(image.convert("RGB")), image.info["duration"]))
        return found


@pytest.fixture(scope="module")
def drawn(dataset):
    """The pictures of that film."""
    return list(frames(dataset, film_dates(dataset, **DAYS), width_px=200))


def test_two_processes_write_the_same_bytes(told_twice):
    one, other = told_twice(MAKE)
    assert one == other
    assert len(one) == 3


class TestTime:
    def test_a_day_is_always_as_long_and_events_are_held(self, films):
        day, hold, end = 1000 / 7, 1000 * HOLD_S, 1000 * END_S
        expected = [day, day + hold, day + end]
        for ending, exact in (("gif", 10), ("webp", 1)):
            lasts = [ms for _, ms in shots(films[ending])]
            assert lasts == pytest.approx(expected, abs=exact)
            assert sum(lasts) == pytest.approx(sum(expected), abs=exact / 2)

    def test_moments_are_rounded_so_that_errors_do_not_add_up(self):
        reel = Reel()
        for shade in range(70):
            reel.add(np.full((1, 1, 3), shade, np.uint8), 1 / 7)
        ticks = reel.ticks(100)
        assert set(ticks) == {14, 15}
        assert sum(ticks) == 1000

    def test_no_picture_of_a_gif_is_so_short_that_browsers_slow_it(self):
        reel = Reel()
        for shade in range(20):
            reel.add(np.full((4, 4, 3), 12 * shade, np.uint8), 0.004)
        assert min(ms for _, ms in shots(io.BytesIO(gif(reel, "")))) >= 20

    def test_equal_pictures_are_one(self):
        reel, grey = Reel(), np.full((4, 6, 3), 9, np.uint8)
        for _ in range(5):
            reel.add(grey.copy(), 0.5)
        assert len(reel) == 1
        assert reel.ticks(10) == [25]

    def test_a_fast_film_keeps_the_days_of_events_and_the_last(self, dataset):
        days = film_dates(dataset, step_days=Pace(100.0).step_days)
        assert days[-1] == dataset.span[1]
        assert dt.date(2024, 11, 21) in days
        assert len(days) < 50

    def test_the_video_has_the_length_of_the_others(self, films):
        data = films["mp4"].read_bytes()
        scale, length = struct.unpack_from(">II", data, data.index(b"mvhd") + 16)
        total = sum(ms for _, ms in shots(films["webp"])) / 1000
        assert length / scale == pytest.approx(total, abs=1 / 24)


class TestPictures:
    @pytest.mark.parametrize("sector", ["kursk", None])
    def test_what_is_kept_is_what_drawing_all_of_it_gives(self, dataset, sector):
        # new assessments, an event, and days on which only the title differs
        days = [dt.date(2024, 11, day) for day in (20, 21, 22)]
        choice = {"sector": sector, "baseline": "2024-09-30", "width_px": 320}
        after_others = list(frames(dataset, days, **choice))
        for number, frame in enumerate(after_others):
            (alone,) = frames(dataset, [days[number]], **choice)
            height = frame.pixels.shape[0] - 3  # the line at the foot knows the whole film
            assert (frame.pixels[:height] == alone.pixels[:height]).all()

    def test_only_what_differs_is_drawn(self, dataset):
        canvas, counts = Canvas(200), []
        for day in ("2024-12-02", "2024-12-03", "2024-12-10"):
            canvas.draw(figure(dataset, date=day, sector="kursk"))
            counts.append(canvas.drawn)
        everything, title, front = counts
        assert title < everything / 4
        assert title < front

    def test_webp_loses_nothing(self, drawn, films):
        for frame, (pixels, _) in zip(drawn, shots(films["webp"]), strict=True):
            assert (frame.pixels == pixels).all()

    def test_gif_is_near(self, drawn, films):
        for frame, (pixels, _) in zip(drawn, shots(films["gif"]), strict=True):
            apart = np.abs(frame.pixels.astype(int) - pixels)
            assert np.sqrt((apart**2).mean()) < 3
            assert np.percentile(apart, 99) < 20

    def test_events_of_the_day_are_known(self, dataset, drawn):
        assert [frame.eventful for frame in drawn] == [False, True, False]
        # Dnipro is not on the map of Kursk
        (kursk,) = frames(dataset, [dt.date(2024, 11, 21)], sector="kursk", width_px=200)
        assert not kursk.eventful

    def test_the_line_at_the_foot_grows(self, drawn):
        feet = [(frame.pixels[-1] == frame.pixels[-1, 0]).all(axis=1) for frame in drawn]
        # the first shows none of it, and is of one colour too
        assert [int(foot.sum()) for foot in feet[1:]] == [100, 200]
        assert (drawn[0].pixels[-1, 0] != drawn[1].pixels[-1, 0]).any()

    def test_odd_places_and_sizes(self):
        random = np.random.default_rng(3)
        whole = random.integers(0, 3, (37, 51, 3), dtype=np.uint8) * 100
        told = [whole.copy()]
        for top, left in ((3, 5), (8, 0), (36, 50)):
            whole[top:, left:] = random.integers(0, 3, whole[top:, left:].shape) * 100
            told.append(whole.copy())
        reel = Reel()
        for picture in told:
            reel.add(picture, 0.1)
        for write in (gif, webp):
            found = shots(io.BytesIO(write(reel, "a note & <more>")))
            assert all((a == b).all() for a, (b, _) in zip(told, found, strict=True))


class TestPalette:
    def test_flat_colours_stay_as_they_are(self):
        flat = np.repeat(np.arange(40, dtype=np.uint8), 50)[:, None, None].repeat(3, axis=2)
        random = np.random.default_rng(1).integers(0, 256, (60, 60, 3), dtype=np.uint8)
        palette = Palette([flat, random])
        assert len(palette.colours) <= UNCHANGED
        assert (palette.colours[palette.positions(flat)] == flat).all()

    def test_few_colours_are_all_kept(self):
        random = np.random.default_rng(1).integers(0, 6, (60, 60, 3), dtype=np.uint8)
        palette = Palette([random])
        assert (palette.colours[palette.positions(random)] == random).all()


class TestFile:
    def test_it_says_how_to_make_it_again(self, dataset, films, tmp_path, monkeypatch, capsys):
        with Image.open(films["gif"]) as image:
            note = image.info["comment"].decode()
        assert dataset.hash in note
        assert "OpenStreetMap" in note
        assert "Facts: Yamazoe" in note
        for ending in ("webp", "mp4"):
            inside = films[ending].read_bytes().decode(errors="replace")
            assert note.replace("front.gif", f"front.{ending}") in inside
        command = re.search(r"frontmap animate .*", note)[0]
        assert "--width 200" in command
        monkeypatch.chdir(tmp_path)
        with pytest.raises(SystemExit, match="0"):
            main(shlex.split(command)[1:])
        assert "wrote front.gif" in capsys.readouterr().out
        assert (tmp_path / "front.gif").read_bytes() == films["gif"].read_bytes()

    def test_it_is_called_by_its_sector(self, dataset, tmp_path):
        target = tmp_path / "kursk.gif"
        save_animation(dataset, target, **DAYS, sector="kursk", pace=SMALL)
        with Image.open(target) as image:
            note = image.info["comment"].decode()
        assert note.startswith("Kursk: the front, 20 Nov 2024 to 22 Nov 2024\n")
        assert note.endswith(" -o kursk.gif")

    def test_it_starts_again(self, films):
        for ending in ("gif", "webp"):
            with Image.open(films[ending]) as image:
                assert image.info["loop"] == 0

    def test_progress_is_told(self, dataset, tmp_path):
        told = []
        save_animation(
            dataset, tmp_path / "a.gif", **DAYS, sector="kursk", pace=SMALL,
            progress=lambda *at: told.append(at),
        )  # fmt: skip
        assert told == [(1, 3), (2, 3), (3, 3)]

    @pytest.mark.parametrize("ending", ["gif", "webp", "mp4"])
    def test_an_interrupted_one_leaves_the_old_file(self, dataset, tmp_path, ending):
        target = tmp_path / f"front.{ending}"
        target.write_bytes(b"old")

        def interrupt(done, total):
            if done == total - 1:
                raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            save_animation(dataset, target, **DAYS, sector="kursk", pace=SMALL, progress=interrupt)
        assert [file.read_bytes() for file in tmp_path.iterdir()] == [b"old"]


class TestErrors:
    @pytest.mark.parametrize(
        ("choice", "said"),
        [
            ({"start": "2024-09-01"}, "2024-09-01 lies outside the assessments, 2024-09-30 to"),
            ({"end": "2025-01-01"}, "2025-01-01 lies outside the assessments"),
            ({"start": "2024-11-02", "end": "2024-11-01"}, "has no days: the end must be later"),
            ({"start": "2024-11-02", "end": "2024-11-02"}, "has no days"),
            ({"start": "soon"}, "'soon' is no date"),
        ],
    )
    def test_days(self, dataset, tmp_path, choice, said):
        with pytest.raises(DataError, match=re.escape(said)):
            save_animation(dataset, tmp_path / "a.gif", **choice)
        assert list(tmp_path.iterdir()) == []

    @pytest.mark.parametrize("values", [(0.0,), (5000.0,), (7.0, -1.0), (7.0, 1.0, 3), ("nan",)])
    def test_pace(self, values):
        with pytest.raises(DataError, match="a film has"):
            Pace(*(float(value) for value in values))

    @pytest.mark.parametrize("choice", [{"sector": "nowhere"}, {"size": "a3"}, {"language": "fr"}])
    def test_choices(self, dataset, tmp_path, choice):
        with pytest.raises(NotFoundError):
            save_animation(dataset, tmp_path / "a.gif", **choice)

    @pytest.mark.parametrize(
        ("arguments", "said"),
        [
            (["-o", "front.avi"], "front.avi: a film ends in .gif, .webp, .mp4"),
            (["--from", "2023-01-01"], "2023-01-01 lies outside the assessments"),
            (["--speed", "0"], "0 days a second: a film has 0.05 to 1000"),
        ],
    )
    def test_one_line_on_the_command_line(self, arguments, said, tmp_path, monkeypatch, capsys):
        monkeypatch.chdir(tmp_path)
        with pytest.raises(SystemExit) as leave:
            main(["animate", *arguments])
        captured = capsys.readouterr()
        assert leave.value.code == 1
        assert captured.err.startswith(f"frontmap: {said}")
        assert captured.err.count("\n") == 1
        assert list(tmp_path.iterdir()) == []

    def test_without_the_package_for_videos(self, dataset, tmp_path, monkeypatch):
        monkeypatch.setitem(sys.modules, "imageio_ffmpeg", None)
        with pytest.raises(DataError, match=r"pip install 'frontmap\[video\]'"):
            save_animation(dataset, tmp_path / "front.mp4")
        assert list(tmp_path.iterdir()) == []

    def test_a_failing_ffmpeg(self, dataset, tmp_path, monkeypatch):
        monkeypatch.setattr("frontmap.export.animation.video._QUALITY", "nonsense")
        with pytest.raises(DataError, match="ffmpeg failed: "):
            save_animation(dataset, tmp_path / "front.mp4", **DAYS, sector="kursk", pace=SMALL)
        assert list(tmp_path.iterdir()) == []
