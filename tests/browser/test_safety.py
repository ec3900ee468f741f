"""Hostile names, wherever a file may bring them: they are text, and the page goes on working."""

import dataclasses
import shutil
from pathlib import Path

import pytest

import frontmap
from frontmap.model import LocalText
from frontmap.read import on_shipped_ground
from frontmap.render.webmap import page as render_page

pytestmark = pytest.mark.browser

READY = "window.frontmap && frontmap.ready.then(() => true)"
MARKUP = "{{ x }} </script><img src=x onerror=alert(1)> ${1} \"'`]]>"
LONG = "Verylongname" * 40
# Hebrew, then a sign that turns the direction of what follows, and is never taken back.
TURNED = "\u05e9\u05dc\u05d5\u05dd \u202egnorw"


def _renamed(dataset, name, **ids):
    """Put a name into every text of a data set, and names of JavaScript's own into its ids."""
    text, sector = LocalText(name), ids.get("sector", "chasiv_yar")
    old = "chasiv_yar"

    def source_of(id_):
        return ids.get("source", id_)

    timelines = tuple(
        dataclasses.replace(
            line,
            sector=sector if line.sector == old else line.sector,
            source=source_of(line.source),
            extents=tuple(
                dataclasses.replace(
                    extent,
                    sector=sector if extent.sector == old else extent.sector,
                    source=source_of(extent.source),
                )
                for extent in line.extents
            ),
        )
        for line in dataset.timelines
    )
    sectors = {
        (sector if id_ == old else id_): dataclasses.replace(
            one, id=sector if id_ == old else id_, name=text, description=text
        )
        for id_, one in dataset.sectors.items()
    }
    events = tuple(
        dataclasses.replace(
            one,
            kind=ids.get("kind", one.kind),
            title=text, summary=text, place=text, source=name, source_ref=name,
        )
        for one in dataset.events
    )  # fmt: skip
    sources = {
        source_of(id_): dataclasses.replace(
            one,
            title=text,
            publisher=name,
            published=name,
            licence=name,
            attribution=name,
            note=name,
        )
        for id_, one in dataset.sources.items()
    }
    return dataclasses.replace(
        dataset, timelines=timelines, sectors=sectors, events=events, sources=sources
    )


@pytest.fixture
def opened(open_page, dataset, tmp_path):
    def make(name, viewport=None, **ids):
        file = tmp_path / "hostile.html"
        changed = _renamed(dataset, name, **ids)
        file.write_text(render_page(changed, date="2024-11-21"), encoding="utf-8")
        page = open_page(file.as_uri(), viewport=viewport or {"width": 1280, "height": 800})
        page.on("dialog", lambda dialog: pytest.fail(f"a script ran: {dialog.message}"))
        page.evaluate(READY)
        return page

    return make


def _tour(page):
    """Go where names are shown: rows, cards of event and sector, hint, attribution, legend."""
    page.locator(".fm-event").first.click()
    page.locator(".fm-about").first.click()
    box = page.locator(".fm-range").bounding_box()
    page.mouse.move(box["x"] + box["width"] * 0.57, box["y"] + 5)
    page.locator(".fm-row").nth(1).click()
    page.locator(".fm-range").press("Home")
    page.locator(".fm-range").press("End")
    page.wait_for_timeout(400)


def test_markup_stays_text_everywhere(opened):
    page = opened(MARKUP, source=MARKUP)
    _tour(page)
    shown = [
        page.locator(place).first.inner_text()
        for place in (".fm-areas", ".fm-inspect", ".fm-attribution")
    ]
    assert all(MARKUP in text for text in shown)
    assert page.locator("img").count() == 0
    assert page.evaluate("typeof x") == "undefined"


@pytest.mark.parametrize("name", ["__proto__", "constructor", "toString", "hasOwnProperty"])
def test_names_of_the_language_s_own_are_names(opened, dataset, name):
    page = opened(name, sector=name, source=name, kind=name)
    _tour(page)
    page.evaluate("(id) => frontmap.setSector(id)", name)
    # Read inside the page: what crosses to Python loses such a name.
    areas = page.evaluate(
        "(id) => [Object.keys(frontmap.areas()).includes(id), frontmap.areas()[id].russian_held]",
        name,
    )
    area = dataset.timeline("chasiv_yar").area_at("2024-12-31")
    assert areas == [True, pytest.approx(area, abs=1e-3)]
    assert page.evaluate("({}).russian_held") is None


@pytest.mark.parametrize("sector", ['a"]{}', "a b#c.d>e", "'; drop", "../../etc", ""])
def test_ids_are_never_selectors(opened, sector):
    page = opened("North", sector=sector or " ")
    page.evaluate("(id) => frontmap.setSector(id)", sector or " ")
    _tour(page)
    assert page.evaluate("frontmap.date") == "2024-12-31"


@pytest.mark.parametrize("width", [390, 1280])
def test_a_long_name_pushes_nothing_away(opened, width):
    page = opened(LONG, viewport={"width": width, "height": 800})
    page.evaluate("frontmap.setBaseline('2024-09-30')")
    page.wait_for_timeout(400)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    panel = page.locator(".fm-panel").bounding_box()
    for number in page.locator(".fm-areas .fm-number:visible").all():
        box = number.bounding_box()
        assert box["x"] >= panel["x"]
        assert box["x"] + box["width"] <= panel["x"] + panel["width"]
    for part in (".fm-panel", ".fm-bar", ".fm-legend"):
        box = page.locator(part).bounding_box()
        assert box["y"] >= 0
        assert box["y"] + box["height"] <= 800, part
    assert page.locator(".fm-bar").bounding_box()["height"] < 400


def test_a_turned_name_turns_nothing_else(opened):
    page = opened(TURNED)
    rows = page.locator(".fm-areas tbody tr")
    assert TURNED in rows.first.inner_text()
    order = rows.first.evaluate("""(row) => [".fm-swatch", "bdi", ".fm-number"]
      .map((part) => row.querySelector(part).getBoundingClientRect().left)""")
    assert order == sorted(order)
    # The last credit is ours; it still stands at the end, from left to right.
    last = page.locator(".fm-attribution bdi")
    left = [one.bounding_box()["x"] for one in last.all()]
    assert left == sorted(left) or len({one.bounding_box()["y"] for one in last.all()}) > 1
    assert last.last.inner_text() == "Leaflet"


def test_a_file_may_be_called_anything(open_page, tmp_path, write_layer, feature):
    folder = tmp_path / "daily"
    folder.mkdir()
    name = "<img src=x onerror=alert(1)>{{ x }}"
    for day in ("2024-10-01", "2024-10-05"):
        bare = feature(**dict.fromkeys(
            ("sector", "status", "valid_from", "source", "method", "positional_error_m"), ...
        ))  # fmt: skip
        made = write_layer(bare, name=f"{day}.json")
        shutil.move(made, folder / f"{name}_{day}.geojson")
    file = Path(tmp_path / "named.html")
    file.write_text(render_page(on_shipped_ground(frontmap.read(folder))), encoding="utf-8")
    page = open_page(file.as_uri())
    page.evaluate(READY)
    assert name in page.locator(".fm-areas").inner_text()
    assert page.locator("img").count() == 0
