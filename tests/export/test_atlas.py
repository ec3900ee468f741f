"""Atlases: every sector by every date, found again by outline or index, whole or not at all."""

import datetime as dt
import hashlib
import io
import re
import shlex
from html.parser import HTMLParser
from pathlib import Path

import pytest
from PIL import Image
from pypdf import PdfReader

import frontmap
from frontmap.cli import main
from frontmap.errors import DataError, NotFoundError
from frontmap.export import save_atlas
from frontmap.export.atlas.index import MARK, Section, Sheet, index
from frontmap.export.atlas.plan import chapters, step_days

DATES = ["2024-10-01", "2024-11-21"]
MAKE = """
import hashlib, pathlib, sys, frontmap
from frontmap.export import save_atlas
dataset = frontmap.read()
for name in ("atlas.pdf", "atlas"):
    target = pathlib.Path(sys.argv[1]) / name
    save_atlas(dataset, target, dates=["2024-11-21"], sector="kursk", dpi=40,
               baseline="2024-09-30", language="both", size="square")
    for file in sorted(target.rglob("*.*")) or [target]:
        print(file.name, hashlib.sha256(file.read_bytes()).hexdigest())
"""


@pytest.fixture(scope="module")
def two_sectors(tmp_path_factory, feature, collection):
    """A data set of two sectors; one has a name that is no text for a page or a path."""
    folder = tmp_path_factory.mktemp("layers")
    text = collection(
        feature(sector="north", valid_from="2024-09-30"),
        feature(sector="../<script>&", valid_from="2024-10-31"),
        feature(
            [[[36, 48], [37, 48], [37, 48.5], [36, 48]]], sector="north", valid_from="2024-12-01"
        ),
    )
    (folder / "layer.geojson").write_text(text, encoding="utf-8")
    return frontmap.read(folder)


@pytest.fixture(scope="module")
def book(two_sectors, tmp_path_factory):
    """A PDF of two sectors by two dates."""
    target = tmp_path_factory.mktemp("book") / "atlas.pdf"
    size = save_atlas(two_sectors, target, dates=DATES, size="square")
    assert size == target.stat().st_size
    return PdfReader(io.BytesIO(target.read_bytes()))


@pytest.fixture(scope="module")
def folder(two_sectors, tmp_path_factory):
    """A folder of two sectors with odd names."""
    target = tmp_path_factory.mktemp("pictures") / "atlas"
    size = save_atlas(two_sectors, target, every_days=40, size="square", dpi=30)
    assert size == sum(file.stat().st_size for file in target.rglob("*.*"))
    assert [file.name for file in target.parent.iterdir()] == ["atlas"]
    return target


class Page(HTMLParser):
    """What a page links, shows and says."""

    def __init__(self, text):
        super().__init__()
        self.tags, self.links, self.images, self.said = set(), [], [], []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        own = dict(attrs)
        self.tags.add(tag)
        if tag == "a":
            self.links.append(own["href"])
        if tag == "img":
            self.images.append(own)

    def handle_data(self, data):
        self.said.append(data)


def test_two_processes_write_the_same_bytes(told_twice):
    one, other = told_twice(MAKE)
    assert one == other
    assert [line.split()[0] for line in one] == [
        "atlas.pdf", "2024-11-21.png", "index.html",
    ]  # fmt: skip


class TestPlan:
    def test_by_default_a_sector_has_the_days_of_its_assessments(self, dataset):
        plan = chapters(dataset)
        assert [one.sector for one in plan] == [None, *sorted(dataset.sectors)]
        for chapter in plan[1:]:
            lines = dataset.select(chapter.sector)
            assert set(chapter.dates) == {day for line in lines for day in line.dates}
        assert set(plan[0].dates) == {day for one in plan[1:] for day in one.dates}

    def test_named_dates_are_sorted_and_each_is_there_once(self, dataset):
        plan = chapters(dataset, dates=["2024-11-21", "2024-10-01", dt.date(2024, 11, 21)])
        assert {one.dates for one in plan} == {(dt.date(2024, 10, 1), dt.date(2024, 11, 21))}

    @pytest.mark.parametrize(("days", "count"), [(7, 15), (46, 3), (92, 2), (1000, 2)])
    def test_a_regular_step_ends_on_the_last_day(self, dataset, days, count):
        dates = chapters(dataset, every_days=days)[0].dates
        assert len(dates) == count
        assert (dates[0], dates[-1]) == dataset.span

    def test_one_sector_needs_no_whole(self, dataset):
        (chapter,) = chapters(dataset, sector="kursk", language="ja")
        assert (chapter.sector, chapter.title) == ("kursk", "クルスク")

    @pytest.mark.parametrize(
        ("choice", "said"),
        [
            ({"dates": ["2024-09-01"]}, "2024-09-01 lies outside the assessments, 2024-09-30 to"),
            ({"dates": ["2025-01-01"]}, "lies outside"),
            ({"dates": ["soon"]}, "'soon' is no date"),
            ({"dates": []}, "no date is named"),
            ({"dates": DATES, "every_days": 7}, "not both"),
            ({"every_days": 0}, "at least 1"),
        ],
    )
    def test_errors(self, dataset, choice, said):
        with pytest.raises(DataError, match=re.escape(said)):
            chapters(dataset, **choice)

    @pytest.mark.parametrize("text", ["", "7", "d", "0d", "-7d", "7 d", "1.5d", "7m", "999999d"])
    def test_what_is_no_step(self, text):
        with pytest.raises(DataError, match="is no step"):
            step_days(text)


class TestPdf:
    def test_every_sector_by_every_date_is_in_the_outline(self, book):
        assert len(book.pages) == 2 * 3
        titles = book.outline[0::2]
        assert [one.title for one in titles] == ["The whole front", "../<script>&", "north"]
        for number, (title, days) in enumerate(zip(titles, book.outline[1::2], strict=True)):
            assert [day.title for day in days] == ["1 Oct 2024", "21 Nov 2024"]
            places = [book.get_destination_page_number(one) for one in (title, *days)]
            assert places == [2 * number, 2 * number, 2 * number + 1]

    def test_an_entry_leads_to_what_it_says(self, book):
        for title, days in ((book.outline[2], book.outline[3]), (book.outline[4], book.outline[5])):
            page = book.pages[book.get_destination_page_number(days[1])]
            assert f"{title.title}: the front on {days[1].title}" in page.extract_text()

    def test_pages_have_labels(self, book):
        assert book.page_labels[:3] == [
            "The whole front, 1 Oct 2024", "The whole front, 21 Nov 2024",
            "../<script>&, 1 Oct 2024",
        ]  # fmt: skip

    def test_it_is_a_vector_with_few_fonts(self, book):
        fonts = set()
        for page in book.pages:
            inside = page["/Resources"].get("/XObject", {}).values()
            assert all(one["/Subtype"] != "/Image" for one in inside)
            fonts |= {font["/BaseFont"] for font in page["/Resources"]["/Font"].values()}
        assert all(re.match(r"/[A-Z]{6}\+", name) for name in fonts)  # parts of fonts, inside
        assert len(fonts) <= 4

    def test_it_says_what_it_is(self, two_sectors, book):
        told = book.metadata
        assert told.title == "Atlas of the front, 1 Oct 2024 to 21 Nov 2024"
        assert told["/Keywords"] == f"sha256:{two_sectors.hash}"
        assert told.producer == f"frontmap {frontmap.__version__}"
        assert "/CreationDate" not in told
        assert shlex.split(told.subject) == [
            "frontmap", "atlas", "--dates", ",".join(DATES), "--size", "square", "-o", "atlas.pdf",
        ]  # fmt: skip
        assert book.trailer["/Root"]["/PageMode"] == "/UseOutlines"


class TestFolder:
    def test_the_index_shows_every_picture(self, folder):
        page = Page((folder / "index.html").read_text(encoding="utf-8"))
        files = {file.relative_to(folder).as_posix() for file in folder.rglob("*.png")}
        assert len(files) == 3 * 3
        assert {image["src"] for image in page.images} == files
        assert {link for link in page.links if not link.startswith("#")} == files
        for image in page.images:
            with Image.open(folder / image["src"]) as picture:
                assert picture.size == (int(image["width"]), int(image["height"]))
            assert image["src"][-14:-4] in picture.info["Date"]
            assert "the front on" in image["alt"].lower()

    def test_names_of_the_data_are_text_alone(self, folder):
        text = (folder / "index.html").read_text(encoding="utf-8")
        page = Page(text)
        assert "script" not in page.tags
        assert "../<script>&" in page.said
        assert "default-src 'none'" in text
        assert all(re.fullmatch(r"[A-Za-z0-9_-]+", part.name) for part in folder.iterdir()
                   if part.is_dir())  # fmt: skip

    def test_it_asks_nobody_for_anything(self, folder):
        text = (folder / "index.html").read_text(encoding="utf-8")
        assert re.findall(r"https?://|//[a-z]", text) == []

    def test_texts_are_escaped_everywhere(self):
        evil = "\"><img src=x onerror=alert(1)>'&"
        page = Page(index(evil, [Section(evil, [Sheet(evil, evil, evil)])], [evil], (1, 1), evil))
        assert len(page.images) == 1
        assert page.images[0]["src"] == page.images[0]["alt"] == evil
        assert page.said.count(evil) == 6

    def test_an_old_atlas_is_replaced(self, two_sectors, tmp_path):
        target = tmp_path / "atlas"
        target.mkdir()
        (target / "index.html").write_text(MARK, encoding="utf-8")
        (target / "old.png").write_bytes(b"old")
        save_atlas(two_sectors, target, dates=["2024-12-01"], sector="north", size="square", dpi=20)
        names = {file.relative_to(target).as_posix() for file in target.rglob("*.*")}
        assert names == {"index.html", "00-north/2024-12-01.png"}
        assert [file.name for file in tmp_path.iterdir()] == ["atlas"]

    @pytest.mark.parametrize("name", ["index.html", "thesis.docx"])
    def test_another_folder_is_left_alone(self, dataset, tmp_path, name):
        (tmp_path / "mine").mkdir()
        (tmp_path / "mine" / name).write_text("mine", encoding="utf-8")
        with pytest.raises(DataError, match="is there already and is no atlas"):
            save_atlas(dataset, tmp_path / "mine")
        assert [file.name for file in tmp_path.rglob("*.*")] == [name]


class TestWhole:
    @pytest.mark.parametrize("name", ["atlas.pdf", "atlas"])
    def test_an_interrupted_one_leaves_the_old(self, two_sectors, tmp_path, name):
        target = tmp_path / name
        kept = target if target.suffix else target / "index.html"
        kept.parent.mkdir(exist_ok=True)
        kept.write_text(MARK, encoding="utf-8")

        def interrupt(done, total):
            if done == total - 1:
                raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            save_atlas(
                two_sectors, target, sector="north", size="square", dpi=20, progress=interrupt
            )
        assert [file.name for file in tmp_path.iterdir()] == [name]
        assert [file for file in tmp_path.rglob("*.*") if file.is_file()] == [kept]
        assert kept.read_text(encoding="utf-8") == MARK

    def test_a_folder_that_cannot_take_its_place(self, two_sectors, tmp_path, monkeypatch):
        target = tmp_path / "atlas"
        target.mkdir()
        (target / "index.html").write_text(MARK, encoding="utf-8")
        rename = Path.rename

        def broken(path, to):
            if path.name == "new":
                raise OSError(28, "No space left on device")
            return rename(path, to)

        monkeypatch.setattr(Path, "rename", broken)
        with pytest.raises(DataError, match="No space left"):
            save_atlas(two_sectors, target, sector="north", size="square", dpi=20)
        assert [file.name for file in tmp_path.rglob("*")] == ["atlas", "index.html"]

    @pytest.mark.parametrize("choice", [{"sector": "nowhere"}, {"size": "a3"}, {"language": "fr"}])
    @pytest.mark.parametrize("name", ["atlas.pdf", "atlas"])
    def test_a_choice_that_is_not_there(self, dataset, tmp_path, choice, name):
        with pytest.raises(NotFoundError):
            save_atlas(dataset, tmp_path / name, **choice)
        assert list(tmp_path.iterdir()) == []

    @pytest.mark.parametrize("name", ["none/atlas", "none/atlas.pdf"])
    def test_a_place_that_is_not_there(self, two_sectors, tmp_path, name):
        with pytest.raises(DataError, match="cannot be written"):
            save_atlas(two_sectors, tmp_path / name, sector="north", size="square", dpi=20)


class TestCommandLine:
    def test_the_command_inside_makes_it_again(self, dataset, tmp_path, monkeypatch, capsys):
        monkeypatch.chdir(tmp_path)
        file = Path("toretsk.pdf")
        save_atlas(dataset, file, every_days=92, sector="toretsk", language="ja", size="square")
        before = hashlib.sha256(file.read_bytes()).digest()
        told = PdfReader(io.BytesIO(file.read_bytes())).metadata
        assert "Natural Earth" in told.author
        words = shlex.split(told.subject)
        file.unlink()
        with pytest.raises(SystemExit, match="0"):
            main(words[1:])
        assert "wrote toretsk.pdf" in capsys.readouterr().out
        assert hashlib.sha256(file.read_bytes()).digest() == before

    @pytest.mark.parametrize(
        ("arguments", "said"),
        [
            (["-o", "atlas.docx"], "atlas.docx: an atlas is a .pdf file, or a folder"),
            (["--every", "weekly"], "'weekly' is no step: write it as 7d or 2w"),
            (["--every", "7d", "--assessments"], "exclude each other"),
            (["--dates", "2024-10-01,,"], "'' is no date"),
            (["--dates", "2023-01-01"], "2023-01-01 lies outside the assessments"),
        ],
    )
    def test_one_line_for_a_failure(self, arguments, said, tmp_path, monkeypatch, capsys):
        monkeypatch.chdir(tmp_path)
        with pytest.raises(SystemExit) as leave:
            main(["atlas", *arguments])
        captured = capsys.readouterr()
        assert leave.value.code == 1
        assert said in captured.err
        assert captured.err.count("\n") == 1
        assert list(tmp_path.iterdir()) == []
