"""A deck is a PowerPoint file that says what the library says, the same bytes every time."""

import datetime as dt
import io
import itertools
import os
import re
import subprocess
import sys
import zipfile
from dataclasses import replace

import openpyxl
import pptx
import pytest
from lxml import etree
from PIL import Image
from pptx.enum.shapes import PP_PLACEHOLDER
from pptx.oxml.ns import qn

import frontmap
from frontmap import DataError, FrontmapError, LocalText, NotFoundError
from frontmap.analyse import band_km2, gained_and_lost
from frontmap.cli import main
from frontmap.export import save_deck
from frontmap.export.deck.curve import steps
from frontmap.export.deck.dates import MOST_DATES, slide_dates
from frontmap.export.deck.package import rezipped
from frontmap.export.deck.slide import Line, fitted, height_pt, plain
from frontmap.export.deck.template import JAPANESE, LATIN, Area
from frontmap.language import format_area_km2, format_change_km2

DATES = ["2024-10-04", "2024-11-21"]
SPACE = "{http://www.w3.org/1999/xhtml}"
NASTY = "=1+1 <img onerror=x>\x07 & ]]>"


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("deck")


@pytest.fixture(scope="module")
def kursk(dataset, folder):
    """The deck of one sector, in English, and its file."""
    target = folder / "kursk.pptx"
    size = save_deck(dataset, target, dates=DATES, sector="kursk", baseline="2024-09-30")
    assert size == target.stat().st_size
    return target


@pytest.fixture(scope="module")
def both(dataset, folder):
    """The deck of all sectors, in both languages."""
    target = folder / "both.pptx"
    save_deck(dataset, target, dates=DATES[1:], language="both")
    return target


@pytest.fixture(scope="module")
def japanese(dataset, folder):
    """The deck of one sector, in Japanese."""
    target = folder / "japanese.pptx"
    save_deck(dataset, target, dates=DATES, sector="vuhledar", language="ja")
    return target


@pytest.fixture(scope="module", params=["kursk", "both"])
def slides(request):
    """The slides of either deck."""
    return list(pptx.Presentation(request.getfixturevalue(request.param)).slides)


def texts(slide):
    return [shape.text_frame.text for shape in slide.shapes if shape.has_text_frame]


def charts(slides):
    return [shape.chart for slide in slides for shape in slide.shapes if shape.has_chart]


def tables(slides):
    found = [shape.table for slide in slides for shape in slide.shapes if shape.has_table]
    return [[[cell.text for cell in row.cells] for row in table.rows] for table in found]


class TestSlides:
    def test_are_wide_and_each_has_a_title_a_number_and_sources(self, slides, kursk):
        deck = pptx.Presentation(kursk)
        assert deck.slide_width / deck.slide_height == pytest.approx(16 / 9, abs=1e-6)
        for number, slide in enumerate(slides, start=1):
            assert slide.shapes.title.text_frame.text.strip()
            kinds = [shape.placeholder_format.type for shape in slide.placeholders]
            assert kinds.count(PP_PLACEHOLDER.SLIDE_NUMBER) == 1
            fields = slide.element.findall(f".//{qn('a:fld')}")
            assert [field.findtext(qn("a:t")) for field in fields] == [str(number)]
            assert any("© OpenStreetMap contributors (ODbL-1.0)" in text for text in texts(slide))

    def test_no_place_is_empty_and_no_id_stands_twice(self, slides):
        for slide in slides:
            for shape in slide.placeholders:
                assert not shape.has_text_frame or shape.text_frame.text.strip(), shape.name
            ids = [shape.shape_id for shape in slide.shapes]
            assert len(set(ids)) == len(ids)

    def test_pictures_charts_and_tables_have_words(self, slides):
        seen = set()
        for slide in slides:
            for shape in slide.shapes:
                properties = shape._element._nvXxPr.cNvPr
                drawn = shape.shape_type in {13, 3, 19} or hasattr(shape, "image")
                if drawn:
                    assert len(properties.get("descr")) > 30
                    seen.add(type(shape).__name__)
        assert seen >= {"PlaceholderPicture", "GraphicFrame"}

    def test_a_chart_is_called_by_its_sector(self, kursk):
        slides = pptx.Presentation(kursk).slides
        names = [shape.name for slide in slides for shape in slide.shapes if shape.has_chart]
        assert names == ["Area over time: Kursk"]

    def test_stay_on_the_page_and_off_each_other(self, slides, kursk):
        deck = pptx.Presentation(kursk)
        for slide in slides:
            boxes = [(s.name, s.left, s.top, s.left + s.width, s.top + s.height)
                     for s in slide.shapes]  # fmt: skip
            for name, left, top, right, foot in boxes:
                assert min(left, top) >= 0, name
                assert right <= deck.slide_width, name
                assert foot <= deck.slide_height, name
            for i, (name, left, top, right, foot) in enumerate(boxes):
                for other, left2, top2, right2, foot2 in boxes[i + 1 :]:
                    wide = min(right, right2) - max(left, left2)
                    high = min(foot, foot2) - max(top, top2)
                    assert min(wide, high) <= 12_700, (name, other)  # a point

    def test_faces_are_the_theme_s(self, kursk):
        with zipfile.ZipFile(kursk) as file:
            theme = file.read("ppt/theme/theme1.xml").decode()
            slide = file.read("ppt/slides/slide2.xml").decode()
        assert theme.count(f'<a:latin typeface="{LATIN}"/>') == 2
        assert theme.count(f'<a:ea typeface="{JAPANESE}"/>') == 2
        assert "<a:latin" not in slide

    def test_japanese_is_called_japanese(self, both):
        slide = pptx.Presentation(both).slides[1]
        runs = [run for shape in slide.shapes if shape.has_text_frame
                for paragraph in shape.text_frame.paragraphs for run in paragraph.runs]  # fmt: skip
        japanese = [run for run in runs if re.search("[ぁ-んァ-ヶ一-龠]", run.text)]
        assert len(japanese) > 5
        assert {run._r.rPr.get("lang") for run in japanese} == {"ja-JP"}
        assert {run._r.rPr.get("lang") for run in runs if run not in japanese} >= {"en-GB"}


class TestDatedSlide:
    def test_the_figures_are_the_library_s(self, dataset, kursk):
        line = dataset.timeline("kursk")
        band = band_km2(dataset, line)["2024-11-20"]
        change = gained_and_lost(line, "2024-10-04", "2024-11-21")
        slide = pptx.Presentation(kursk).slides[2]
        assert slide.shapes.title.text == "Kursk: the front on 21 Nov 2024"
        said = "\n".join(texts(slide))
        assert format_area_km2(line.area_at("2024-11-21"), band) in said
        net = line.area_at("2024-11-21") - line.area_at("2024-10-04")
        assert format_change_km2(net) in said
        assert f"lost {change.lost_km2:,.0f} km²" in said
        assert "as of 20 Nov 2024" in said
        assert "What changed since 4 Oct 2024" in said
        assert "23 Oct" in said
        assert dataset.hash[:8] in said
        assert "EPSG:32636" in said

    def test_has_three_figures(self, kursk, both):
        for file in (kursk, both):
            for slide in list(pptx.Presentation(file).slides)[1:2]:
                figures = next(s for s in slide.placeholders if s.placeholder_format.idx == 14)
                sizes = [p.runs[0].font.size.pt for p in figures.text_frame.paragraphs]
                assert len(sizes) == 9
                assert sum(size > 18 for size in sizes) == 3

    def test_the_notes_say_where_each_number_comes_from(self, dataset, kursk):
        notes = pptx.Presentation(kursk).slides[2].notes_slide.notes_text_frame.text
        for part in (
            f"SHA-256 {dataset.hash}",
            "frontmap-kursk",
            "Positional error: ± 1,200 m",
            "WGS 84 ellipsoid",
            "memo, n. 6",
            "frontmap snapshot --date 2024-11-21 --sector kursk --baseline 2024-09-30",
            "frontmap deck --dates 2024-10-04,2024-11-21 --sector kursk --baseline 2024-09-30",
            f"frontmap {frontmap.__version__}",
        ):
            assert part in notes

    def test_the_picture_is_a_map_with_ink(self, kursk):
        slide = pptx.Presentation(kursk).slides[2]
        picture = next(shape for shape in slide.shapes if hasattr(shape, "image"))
        image = Image.open(io.BytesIO(picture.image.blob)).convert("RGB")
        assert image.width > 1600
        assert len(image.getcolors(2**24)) > 500
        assert (picture.crop_left, picture.crop_top) == pytest.approx((0, 0), abs=1e-3)

    def test_before_the_first_assessment_nothing_is_claimed(self, dataset, tmp_path):
        target = tmp_path / "early.pptx"
        save_deck(dataset, target, dates=["2024-09-01"], sector="toretsk")
        slides = list(pptx.Presentation(target).slides)
        said = "\n".join(texts(slides[1]))
        assert "No assessment yet on 1 Sep 2024; the first is of 30 Sep 2024" in said
        assert "km²" not in said
        assert charts(slides) == []


class TestChart:
    def test_is_native_and_its_sheet_is_the_library_s(self, dataset, kursk):
        (chart,) = charts(pptx.Presentation(kursk).slides)
        until = dt.date(2024, 11, 21)
        found = steps(dataset, "kursk", until)
        rows = list(
            openpyxl.load_workbook(io.BytesIO(chart.part.chart_workbook.xlsx_part.blob))[
                "Sheet1"
            ].iter_rows(values_only=True)
        )
        assert rows[0][:4] == (
            "Date",
            "Ukrainian-held · frontmap-kursk (km²)",
            "Contested · frontmap-kursk (km²)",
            "Published (km²)",
        )
        assert [row[0].date() for row in rows[1:]] == list(found.days)
        assert max(found.days) == until
        for number, series in enumerate(chart.plots[0].series, start=1):
            drawn = [None if v is None else float(v) for v in series.values]
            assert drawn == [row[number] for row in rows[1:]]
        line = dataset.timeline("kursk")
        assert rows[1][1] == pytest.approx(line.areas().iloc[0], abs=1e-3)
        assert rows[-1][1] == pytest.approx(line.area_at(until), abs=1e-3)
        assert rows[1][3] == 740

    def test_bands_are_drawn_from_their_columns(self, dataset, kursk):
        (chart,) = charts(pptx.Presentation(kursk).slides)
        bars = chart._chartSpace.findall(f".//{qn('c:errBars')}")
        assert len(bars) == 2
        book = openpyxl.load_workbook(io.BytesIO(chart.part.chart_workbook.xlsx_part.blob))
        bands = band_km2(dataset, dataset.timeline("kursk"))
        for bar in bars[:1]:
            reference = bar.find(f".//{qn('c:f')}").text.removeprefix("Sheet1!").replace("$", "")
            column = [cell[0].value for cell in book["Sheet1"][reference]]
            known = {n: v for n, v in enumerate(column) if v is not None}
            assert list(known.values()) == pytest.approx(bands[:"2024-11-21"].tolist(), abs=1e-3)
            points = bar.find(qn("c:plus")).findall(f".//{qn('c:pt')}")
            cached = {int(p.get("idx")): float(p.findtext(qn("c:v"))) for p in points}
            assert cached == known

    def test_all_sectors_have_one_each(self, dataset, both):
        assert len(charts(pptx.Presentation(both).slides)) == len(dataset.sectors)

    def test_a_step_is_upright_and_nothing_slopes(self, dataset):
        for sector in dataset.sectors:
            found = steps(dataset, sector, dt.date(2024, 12, 31))
            assert list(found.days) == sorted(found.days)
            areas = found.curves[0].areas_km2
            for (day, area), (later, other) in zip(
                zip(found.days, areas, strict=True),
                zip(found.days[1:], areas[1:], strict=True),
                strict=False,
            ):
                assert area == other or day == later

    def test_nothing_later_is_told(self, dataset):
        assert steps(dataset, "kursk", dt.date(2024, 9, 29)) is None
        found = steps(dataset, "kursk", dt.date(2024, 12, 30))
        assert max(found.days) == dt.date(2024, 12, 30)
        assert 520 not in found.published_km2


class TestTables:
    def test_published_stands_beside_measured(self, dataset, kursk):
        claims = tables(pptx.Presentation(kursk).slides)[0]
        line = dataset.timeline("kursk")
        band = band_km2(dataset, line).iloc[0]
        assert claims[1][1:4] == [
            "≈ 740 km²",
            format_area_km2(line.areas().iloc[0], band),
            f"{line.areas().iloc[0] / 740 - 1:+.1%}".replace("%", " %"),
        ]
        assert len(claims) == 2  # what is said of all sectors, or of another one, is left out
        assert not any("December" in row[0] for row in claims[1:])  # later than the deck

    def test_every_source_has_its_licence(self, dataset, both):
        rows = [row for table in tables(pptx.Presentation(both).slides) for row in table]
        used = {"memo", "osm", "geonames", "natural-earth", "frontmap-kursk", "frontmap-donbas"}
        for source in dataset.sources.values():
            found = [row for row in rows if source.title.en in row[0]]
            assert source.id not in used or found[0][2].startswith(source.licence)
        assert not any(dataset.sources["ukrinform"].title.en in row[0] for row in rows)

    def test_a_source_that_nobody_describes_has_its_id(self, dataset, tmp_path):
        target = tmp_path / "bare.pptx"
        save_deck(replace(dataset, sources={}, events=()), target, dates=DATES[:1], sector="kursk")
        slides = pptx.Presentation(target).slides
        rows = [row for table in tables(slides) for row in table]
        assert any(row[0] == "frontmap-kursk" and row[2] == "not stated" for row in rows)
        said = [shape.text_frame.text for shape in slides[1].shapes if shape.has_text_frame]
        assert any("frontmap-kursk (licence not stated)" in text for text in said)
        assert "frontmap-kursk (licence not stated)" in slides[1].notes_slide.notes_text_frame.text

    def test_a_circle_is_spoken_of_where_it_is_drawn(self, dataset, tmp_path):
        target = tmp_path / "circle.pptx"
        save_deck(dataset, target, dates=["2024-11-25", "2024-12-31"], baseline="2024-09-30")
        save_deck(dataset, tmp_path / "late.pptx", dates=["2024-11-01", "2024-12-31"])
        near = pptx.Presentation(target).slides[1].notes_slide.notes_text_frame.text
        late = pptx.Presentation(tmp_path / "late.pptx").slides[2].notes_slide.notes_text_frame.text
        assert "Khalino" in near
        assert "Khalino" in late
        assert "dashed circle" in near
        assert "dashed circle" not in late

    def test_a_later_baseline_is_no_gain(self, dataset, tmp_path):
        target = tmp_path / "later.pptx"
        save_deck(dataset, target, dates=DATES[:1], sector="kursk", baseline="2024-12-31")
        slide = pptx.Presentation(target).slides[1]
        said = [shape.text_frame.text for shape in slide.shapes if shape.has_text_frame]
        for text in ("\n".join(said), slide.notes_slide.notes_text_frame.text):
            assert "km² on this date only" in text
            assert "gained" not in text

    def test_charts_explain_what_they_show(self, japanese):
        said = [shape.text_frame.text for slide in pptx.Presentation(japanese).slides
                for shape in slide.shapes if shape.has_text_frame]  # fmt: skip
        assert any("縦棒" in text for text in said)
        assert not any("菱形" in text for text in said)

    def test_one_sector_has_its_own_sources(self, dataset, kursk):
        rows = [row[0] for row in tables(pptx.Presentation(kursk).slides)[-1]]
        assert dataset.sources["frontmap-kursk"].title.en in rows
        assert dataset.sources["frontmap-donbas"].title.en not in rows

    def test_units_and_licences_are_in_the_language(self, japanese):
        said = {text for table in tables(pptx.Presentation(japanese).slides) for row in table
                for text in row}  # fmt: skip
        assert {"20 か月", "事実のみ"} <= said
        assert not any("months" in text or text == "Facts only" for text in said)


class TestDates:
    def test_as_named_once_each_in_order(self, dataset):
        assert [str(day) for day in slide_dates(dataset, dates=[*DATES[::-1], DATES[0]])] == DATES

    def test_by_steps_the_last_is_among_them(self, dataset):
        found = slide_dates(dataset, every="2w")
        assert (found[0], found[-1]) == dataset.span
        assert {(b - a).days for a, b in itertools.pairwise(found[:-1])} == {14}

    def test_of_events_in_the_span_and_window(self, dataset):
        first, last = dataset.span
        every = {e.date for e in dataset.events if first <= e.date <= last}
        assert set(slide_dates(dataset, events=True)) == every
        assert [str(d) for d in slide_dates(dataset, events=True, sector="vuhledar")] == [
            "2024-10-01"
        ]

    def test_no_event_is_said(self, dataset):
        quiet = replace(dataset, events=())
        with pytest.raises(DataError, match="no event in the window of toretsk from 2024-09-30"):
            slide_dates(quiet, events=True, sector="toretsk")

    def test_by_default_the_last(self, dataset):
        assert slide_dates(dataset) == dataset.span[1:]

    @pytest.mark.parametrize(
        ("wish", "kind"),
        [
            ({"every": "7d", "events": True}, DataError),
            ({"dates": ["2024-10-01"], "every": "7d"}, DataError),
            ({"every": "0d"}, DataError),
            ({"every": "monthly"}, DataError),
            ({"dates": ["4 Oct 2024"]}, DataError),
            ({"dates": [str(dt.date(2024, 1, 1) + dt.timedelta(n)) for n in range(MOST_DATES + 1)]},
             DataError),
            ({"sector": "nowhere"}, NotFoundError),
        ],
    )  # fmt: skip
    def test_what_is_not_there_is_refused_in_one_line(self, dataset, wish, kind):
        with pytest.raises(kind) as caught:
            slide_dates(dataset, **wish)
        assert "\n" not in str(caught.value)


class TestFile:
    def test_has_no_clock_and_says_where_it_is_from(self, dataset, kursk):
        with zipfile.ZipFile(kursk) as file:
            members = file.infolist()
            parts = {name: file.read(name) for name in file.namelist()}
        assert {member.date_time for member in members} == {(1980, 1, 1, 0, 0, 0)}
        assert not any("thumbnail" in name or "printer" in name for name in parts)
        for name, part in parts.items():
            if name.endswith((".xml", ".rels")):
                etree.fromstring(part)
        facts = pptx.Presentation(kursk).core_properties
        assert facts.created.date() == facts.modified.date() == dataset.span[1]
        assert facts.title == "Kursk: the front, 4 Oct 2024 to 21 Nov 2024"
        assert dataset.hash in facts.keywords
        assert facts.comments.startswith("frontmap deck --dates")

    def test_the_same_bytes_in_another_process(self, kursk, tmp_path):
        code = (
            "import sys, pathlib, frontmap; from frontmap.export import save_deck;"
            "save_deck(frontmap.read(), pathlib.Path(sys.argv[1]), sector='kursk',"
            f"dates={DATES}, baseline='2024-09-30')"
        )
        target = tmp_path / kursk.name
        other = {"PYTHONHASHSEED": "1", "TZ": "Asia/Tokyo", "LANG": "ja_JP.UTF-8"}
        surroundings = {**os.environ, **other}
        subprocess.run([sys.executable, "-c", code, target], env=surroundings, check=True)
        assert target.read_bytes() == kursk.read_bytes()

    def test_text_of_the_data_is_text(self, dataset, tmp_path):
        sector = replace(dataset.sectors["toretsk"], name=LocalText(NASTY, NASTY))
        data = replace(dataset, sectors={**dataset.sectors, "toretsk": sector})
        target = tmp_path / "nasty.pptx"
        save_deck(data, target, dates=["2024-11-10"], sector="toretsk")
        slides = list(pptx.Presentation(target).slides)
        assert slides[1].shapes.title.text.startswith(plain(NASTY))
        (chart,) = charts(slides)
        book = openpyxl.load_workbook(io.BytesIO(chart.part.chart_workbook.xlsx_part.blob))
        assert all(cell.data_type != "f" for row in book["Sheet1"].iter_rows() for cell in row)

    def test_an_old_file_stays_when_the_new_one_fails(self, dataset, tmp_path, monkeypatch):
        target = tmp_path / "old.pptx"
        target.write_bytes(b"old")
        with pytest.raises(FrontmapError):
            save_deck(dataset, target, dates=DATES, sector="nowhere")
        monkeypatch.setattr("pathlib.Path.replace", lambda *_: (_ for _ in ()).throw(OSError()))
        with pytest.raises(FrontmapError):
            save_deck(dataset, target, dates=DATES[:1], sector="toretsk")
        assert target.read_bytes() == b"old"
        assert [file.name for file in tmp_path.iterdir()] == ["old.pptx"]

    @pytest.mark.parametrize("wrong", [{"language": "fr"}, {"baseline": "soon"}])
    def test_a_wrong_wish_is_refused(self, dataset, tmp_path, wrong):
        with pytest.raises(FrontmapError):
            save_deck(dataset, tmp_path / "a.pptx", **wrong)
        with pytest.raises(DataError, match=r"ends in \.pptx"):
            save_deck(dataset, tmp_path / "a.ppt")
        assert list(tmp_path.iterdir()) == []

    def test_progress_comes_to_its_end(self, dataset, tmp_path):
        told = []
        save_deck(
            dataset, tmp_path / "a.pptx", dates=DATES[:1], sector="toretsk",
            progress=lambda done, total: told.append((done, total)),
        )  # fmt: skip
        slides = len(pptx.Presentation(tmp_path / "a.pptx").slides)
        assert told == [(number, slides) for number in range(1, slides + 1)]

    def test_zipping_again_changes_no_member(self, kursk):
        data = kursk.read_bytes()
        assert rezipped(data) == data


class TestCommand:
    def test_writes_what_python_writes(self, kursk, tmp_path, capsys):
        target = tmp_path / kursk.name
        options = ["--dates", ", ".join(DATES), "--sector", "kursk", "--baseline", "2024-09-30"]
        with pytest.raises(SystemExit) as leave:
            main(["deck", *options, "-o", str(target)])
        assert not leave.value.code
        assert capsys.readouterr().out.startswith(f"wrote {target}")
        assert target.read_bytes() == kursk.read_bytes()

    def test_a_wrong_ending_is_said_in_one_line(self, tmp_path, capsys):
        with pytest.raises(SystemExit):
            main(["deck", "-o", str(tmp_path / "brief.odp")])
        assert capsys.readouterr().err.splitlines() == [
            f"frontmap: {tmp_path / 'brief.odp'}: a presentation ends in .pptx"
        ]


class TestFitting:
    def test_lines_become_small_enough(self):
        area = Area(0, 0, 3.0, 1.0)
        lines = [Line("A line that is by far too long for so small a place. " * 3, 20)]
        assert height_pt(lines, 216) > 72
        assert height_pt(fitted(lines, area), 216) <= 72

    def test_lines_that_fit_stay(self):
        lines = [Line("Short", 20)]
        assert fitted(lines, Area(0, 0, 3.0, 1.0)) == lines


@pytest.fixture(scope="module", params=["both", "japanese"])
def pages(request, program, tmp_path_factory):
    """The text of every page with its box, as LibreOffice draws the deck."""
    office = program("soffice", "libreoffice-impress")
    to_text = program("pdftotext", "poppler-utils")
    deck = request.getfixturevalue(request.param)
    folder = tmp_path_factory.mktemp("pdf")
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [office, profile, "--headless", "--convert-to", "pdf", "--outdir", folder]
    subprocess.run([*map(str, command), str(deck)], check=True, capture_output=True, timeout=90)
    out = folder / "deck.html"
    subprocess.run(
        [to_text, "-bbox", str((folder / deck.name).with_suffix(".pdf")), str(out)], check=True
    )
    parser = etree.XMLParser(recover=True)
    return deck, etree.parse(str(out), parser).findall(f".//{SPACE}page")


class TestLibreOffice:
    def test_draws_every_slide(self, pages):
        deck, found = pages
        assert len(found) == len(pptx.Presentation(deck).slides)

    def test_text_stays_inside_and_above_the_foot(self, pages):
        for page in pages[1]:
            width, height = float(page.get("width")), float(page.get("height"))
            words = page.findall(f"{SPACE}word")
            assert len(words) > 10
            sources = min(float(w.get("yMin")) for w in words if w.text == "©")
            for word in words:
                assert float(word.get("xMin")) > 0.02 * width
                assert float(word.get("xMax")) < 0.985 * width
                assert float(word.get("yMax")) < 0.985 * height
            content = [w for w in words if float(w.get("yMin")) < sources - 1]
            assert max(float(w.get("yMax")) for w in content) < sources + 2


def test_commands_in_notes_name_where_the_data_are_from(dataset, folder):
    target = folder / "elsewhere.pptx"
    days = (day for day in DATES[1:])
    save_deck(dataset, target, dates=days, sector="kursk", origin="my layers")
    notes = pptx.Presentation(target).slides[1].notes_slide.notes_text_frame.text
    assert "frontmap deck 'my layers' --dates 2024-11-21 --sector kursk -o elsewhere.pptx" in notes
    assert "frontmap snapshot 'my layers' --date 2024-11-21 --sector kursk" in notes
