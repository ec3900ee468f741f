"""The saved page in a real browser: what is drawn, said and reported, by hand and by keyboard."""

import base64
import dataclasses
import datetime as dt
import io
import json
import re

import pytest
import shapely
from fontTools.ttLib import TTFont

import frontmap
from frontmap.model import LocalText
from frontmap.render.offline import OfflineMap
from frontmap.render.webfont import japanese_face
from frontmap.render.webmap import FrontLayer, static
from frontmap.render.webmap import page as render_page

pytestmark = pytest.mark.browser

HOSTILE = "{{ x }} </script><img src=x onerror=alert(1)>"
READY = "window.frontmap && frontmap.ready.then(() => true)"
# What the canvas of a sheet shows at a place: red, green, blue, alpha.
PIXEL = """([pane, lon, lat]) => {
  const canvas = document.querySelector(`.leaflet-${pane}-pane canvas`);
  const box = canvas.getBoundingClientRect();
  const home = map_frontmap.getContainer().getBoundingClientRect();
  const point = map_frontmap.latLngToContainerPoint([lat, lon]);
  const ratio = canvas.width / box.width;
  const x = Math.round((point.x + home.left - box.left) * ratio);
  const y = Math.round((point.y + home.top - box.top) * ratio);
  const copy = new OffscreenCanvas(canvas.width, canvas.height).getContext("2d");
  copy.drawImage(canvas, 0, 0);
  return [...copy.getImageData(x, y, 1, 1).data];
}"""
NEXT_FRAME = "() => new Promise((done) => requestAnimationFrame(() => setTimeout(done)))"


@pytest.fixture(scope="module")
def file(tmp_path_factory):
    made = tmp_path_factory.mktemp("page") / "page.html"
    made.write_text(render_page(frontmap.read()), encoding="utf-8")
    return made


@pytest.fixture
def page(open_page, file):
    page = open_page(file.as_uri())
    page.evaluate(READY)
    return page


def _set(page, **choices):
    for name, value in choices.items():
        page.evaluate(f"(value) => frontmap.set{name.title()}(value)", value)
    page.evaluate(NEXT_FRAME)


def _at(page, window):
    """Look at a window at once, without an animation that a test would have to wait for."""
    west, south, east, north = window
    page.evaluate(
        "(bounds) => map_frontmap.fitBounds(bounds, {animate: false})",
        [[south, west], [north, east]],
    )
    page.evaluate(NEXT_FRAME)


def _until(page, condition):
    """Wait for a condition; Playwright's own way would need eval, which the policy forbids."""
    page.wait_for_function(f"() => {condition}")


def _alpha(page, point, pane="fm-control"):
    return page.evaluate(PIXEL, [pane, point.x, point.y])[3]


@pytest.mark.parametrize("sector", ["pokrovsk", "vuhledar", "toretsk", "chasiv_yar", "kursk"])
def test_what_is_drawn_at_a_date_is_the_extent_of_that_date(page, dataset, sector):
    line = dataset.timeline(sector)
    _at(page, dataset.sectors[sector].window)
    others = [one for one in dataset.timelines if one is not line]
    for extent in (line.extents[0], line.extents[len(line.extents) // 2], line.extents[-1]):
        _set(page, date=extent.valid_from.isoformat())
        drawn = [extent.geometry, *(one.at(extent.valid_from).geometry for one in others)]
        free = shapely.box(*dataset.sectors[sector].window) - shapely.union_all(drawn)
        for part in shapely.get_parts(extent.geometry.buffer(-0.01)):
            assert _alpha(page, part.representative_point()) > 0
        for part in shapely.get_parts(free.buffer(-0.01)):
            assert _alpha(page, part.representative_point()) == 0


def test_ground_taken_later_is_empty_before(page, dataset):
    line = dataset.timeline("pokrovsk")
    taken = (line.extents[-1].geometry - line.extents[0].geometry).buffer(-0.01)
    point = shapely.get_parts(taken)[0].representative_point()
    _at(page, dataset.sectors["pokrovsk"].window)
    _set(page, date=line.dates[0].isoformat())
    assert _alpha(page, point) == 0
    _set(page, date=line.dates[-1].isoformat())
    assert _alpha(page, point) > 0


def test_ground_is_drawn_and_names_stand_on_it(page):
    _at(page, (29.5, 46.0, 40.0, 52.0))
    land = page.evaluate(PIXEL, ["fm-ground", 33.0, 49.5])
    sea = page.evaluate(PIXEL, ["fm-ground", 36.3, 46.2])
    assert land[:3] == [243, 241, 236]
    assert sea[:3] == [217, 228, 234]
    inked = page.evaluate("""() => {
      const canvas = document.querySelector(".leaflet-fm-marks-pane canvas");
      const copy = new OffscreenCanvas(canvas.width, canvas.height).getContext("2d");
      copy.drawImage(canvas, 0, 0);
      const { data } = copy.getImageData(0, 0, canvas.width, canvas.height);
      return data.filter((value, i) => i % 4 === 3 && value).length;
    }""")
    assert inked > 3000


def test_areas_are_the_library_s(page, dataset):
    for date in ("2024-09-30", "2024-11-05", "2024-12-31"):
        _set(page, date=date)
        shown = page.evaluate("frontmap.areas()")
        for line in dataset.timelines:
            assert shown[line.sector][line.status] == pytest.approx(line.area_at(date), abs=1e-3)


def test_panel_says_area_band_and_age(page, dataset):
    _set(page, date="2024-10-04", sector="kursk")
    area = dataset.timeline("kursk").area_at("2024-10-04")
    row = page.locator("tr", has=page.locator('[data-sector="kursk"]'))
    assert f"{area:,.0f}\u2009±" in row.inner_text()
    assert page.locator(".fm-date").inner_text() == "4 Oct 2024"
    assert page.locator(".fm-age").inner_text() == "as of 30 Sep (4 days old)"


def test_baseline_shows_change_and_previous_front(page, dataset):
    line = dataset.timeline("kursk")
    _set(page, date="2024-12-31", baseline="2024-09-30", sector="kursk")
    change = line.area_at("2024-12-31") - line.area_at("2024-09-30")
    row = page.locator("tr", has=page.locator('[data-sector="kursk"]'))
    assert f"\u2212{abs(change):.0f}" in row.inner_text()
    _until(page, "document.querySelector('.fm-legend').textContent.includes('Lost since')")
    _set(page, baseline=None)
    _until(page, "!document.querySelector('.fm-legend').textContent.includes('Lost since')")


def test_keys_move_the_date_and_space_plays(page):
    _set(page, date="2024-10-10", sector="kursk")
    page.locator(".fm-range").focus()
    for key, date in [
        ("ArrowRight", "2024-10-11"),
        ("ArrowLeft", "2024-10-10"),
        ("Home", "2024-09-30"),
        ("PageUp", "2024-10-10"),
        ("Shift+PageUp", "2024-10-15"),
        ("End", "2024-12-31"),
    ]:
        page.keyboard.press(key)
        assert page.evaluate("frontmap.date") == date, key
    page.keyboard.press("Space")
    _until(page, "frontmap.date > '2024-10-01' && frontmap.date < '2024-12-31'")
    page.keyboard.press("Space")
    held = page.evaluate("frontmap.date")
    page.wait_for_timeout(400)
    assert page.evaluate("frontmap.date") == held


def test_click_on_the_track_moves_and_draws(page):
    _set(page, date="2024-09-30")
    box = page.locator(".fm-range").bounding_box()
    page.mouse.click(box["x"] + box["width"] * 0.5, box["y"] + 14)
    assert "2024-11-13" <= page.evaluate("frontmap.date") <= "2024-11-17"
    assert "Nov 2024" in page.locator(".fm-date").inner_text()


def test_every_control_is_reached_by_tab_and_shows_it(page):
    seen = set()
    for _ in range(40):
        page.keyboard.press("Tab")
        name, outline = page.evaluate("""() => {
          const at = document.activeElement;
          const style = getComputedStyle(at);
          const label = at.labels?.[0]?.textContent || at.textContent;
          const name = at.getAttribute("aria-label") || label;
          return [name, style.outlineStyle + style.outlineWidth];
        }""")
        if name:
            seen.add(name.strip())
            assert outline != "none0px", name
    for needed in ("Play", "One step back", "One step forward", "Kursk", "Whole front", "日本語"):
        assert needed in seen


def test_resting_date_is_announced(page):
    _set(page, date="2024-10-20", sector="kursk")
    live = page.locator("[aria-live]")
    _until(page, "document.querySelector('[aria-live]').textContent.startsWith('20 Oct 2024')")
    assert "Kursk" in live.text_content()
    assert page.locator(".fm-range").get_attribute("aria-valuetext") == "20 Oct 2024"


def test_japanese_comes_without_reload(page):
    page.get_by_role("button", name="日本語").click()
    _set(page, date="2024-11-21")
    assert page.locator(".fm-date").inner_text() == "2024年11月21日"
    assert "クルスク" in page.locator(".fm-areas").inner_text()
    assert "凡例" in page.locator(".fm-legend").inner_text()
    assert page.evaluate("document.documentElement.lang") == "ja"


def test_dark_theme_redraws_the_ground(page):
    page.evaluate("frontmap.setTheme('dark')")
    page.evaluate(NEXT_FRAME)
    assert page.evaluate(PIXEL, ["fm-ground", 33.0, 49.5])[:3] == [35, 39, 43]


def test_click_tells_what_it_is_and_from_where(page, dataset):
    extent = dataset.timeline("kursk").at("2024-12-31")
    _at(page, dataset.sectors["kursk"].window)
    inside = max(shapely.get_parts(extent.geometry), key=lambda part: part.area).centroid
    x, y = page.evaluate(
        "([lon, lat]) => { const p = map_frontmap.latLngToContainerPoint([lat, lon]);"
        " return [p.x, p.y]; }",
        [inside.x, inside.y],
    )
    page.mouse.click(x, y)
    card = page.locator(".fm-inspect")
    card.wait_for(state="visible")
    text = card.inner_text()
    for fact in ("Ukrainian-held", "km²", "31 Dec 2024", "Drawn from public facts", "ODbL"):
        assert fact in text
    page.keyboard.press("Escape")
    assert card.is_hidden()


def test_every_fresh_event_can_be_reached_by_keyboard(open_page, dataset, tmp_path):
    one = next(event for event in dataset.events if event.id == "khalino-strike")
    more = [
        dataclasses.replace(one, id=f"more-{i}", date=one.date - dt.timedelta(i % 6))
        for i in range(9)
    ]
    target = tmp_path / "events.html"
    text = render_page(dataclasses.replace(dataset, events=(*more, *dataset.events)), date=one.date)
    target.write_text(text, encoding="utf-8")
    page = open_page(target.as_uri())
    page.evaluate(READY)
    buttons = page.locator(".fm-event")
    assert buttons.count() >= 10
    dates = [time.get_attribute("datetime") for time in page.locator(".fm-event time").all()]
    assert dates == sorted(dates, reverse=True)
    inside = """(button) => {
        const box = button.getBoundingClientRect();
        const home = button.closest("ul").getBoundingClientRect();
        return box.top >= home.top - 1 && box.bottom <= home.bottom + 1;
    }"""
    assert not buttons.last.evaluate(inside)
    buttons.last.focus()
    assert buttons.last.evaluate(inside)


def test_event_opens_by_keyboard_and_focus_returns(page):
    _set(page, date="2024-11-21")
    button = page.locator(".fm-event", has_text="Oreshnik")
    button.focus()
    page.keyboard.press("Enter")
    assert "Dnipro" in page.locator(".fm-inspect").inner_text()
    assert "dashed circle" not in page.locator(".fm-inspect").inner_text()
    page.keyboard.press("Escape")
    assert button.evaluate("(node) => node === document.activeElement")


def test_a_range_circle_is_explained_where_it_is_drawn(page):
    _set(page, date="2024-11-25")
    page.locator(".fm-event", has_text="Khalino").press("Enter")
    text = page.locator(".fm-inspect").inner_text()
    assert "The dashed circle around the target has the range of about 300 km" in text


def test_legend_holds_what_is_on_screen_only(page, dataset):
    _at(page, dataset.sectors["toretsk"].window)
    text = page.locator(".fm-legend").inner_text()
    assert "Russian-held" in text
    assert "Ukrainian-held" not in text
    assert "Launch" not in text


def test_legend_looks_like_the_map(page):
    """What is held is plain while gained and lost are shown, and hatched otherwise."""
    hues = """() => {
      const canvas = document.querySelector(".fm-key");
      const copy = new OffscreenCanvas(canvas.width, canvas.height).getContext("2d");
      copy.drawImage(canvas, 0, 0);
      const { data } = copy.getImageData(0, 0, canvas.width, canvas.height);
      return new Set(new Uint32Array(data.buffer)).size;
    }"""
    _set(page, sector="kursk", date="2024-12-31", baseline="2024-10-10")
    assert page.locator(".fm-legend li").first.inner_text() == "Ukrainian-held"
    assert page.evaluate(hues) == 1
    _set(page, swipe=0.5)
    assert page.evaluate(hues) > 1
    _set(page, baseline=None)
    assert page.evaluate(hues) > 1


def test_dates_fire_an_event_and_bad_ones_are_refused(page):
    heard = page.evaluate("""() => {
      const heard = [];
      document.addEventListener("frontmap:date", (event) => heard.push(event.detail.date));
      frontmap.setDate("2024-10-05");
      frontmap.setDate("2024-10-05");
      frontmap.setDate("1999-01-01");
      let error = "";
      try { frontmap.setDate("soon"); } catch (caught) { error = caught.message; }
      return [heard, error, frontmap.date];
    }""")
    assert heard == [
        ["2024-10-05", "2024-09-30"],
        "soon is no date: write it as YYYY-MM-DD",
        "2024-09-30",
    ]


def test_hostile_texts_appear_as_written(open_page, dataset, tmp_path):
    hostile = LocalText(HOSTILE)
    first = dataset.timelines[0].sector
    changed = dataclasses.replace(
        dataset,
        sectors={
            **dataset.sectors,
            first: dataclasses.replace(dataset.sectors[first], name=hostile, description=hostile),
        },
        events=tuple(
            dataclasses.replace(event, title=hostile, summary=hostile, place=hostile)
            for event in dataset.events
        ),
        sources={
            id_: dataclasses.replace(source, title=hostile, attribution=HOSTILE)
            for id_, source in dataset.sources.items()
        },
    )
    file = tmp_path / "hostile.html"
    file.write_text(render_page(changed, date="2024-11-21"), encoding="utf-8")
    page = open_page(file.as_uri())
    page.on("dialog", lambda dialog: pytest.fail(f"a script ran: {dialog.message}"))
    page.evaluate(READY)
    page.locator(".fm-event").first.click()
    for part in (".fm-areas", ".fm-inspect h3", ".fm-attribution"):
        assert HOSTILE in page.locator(part).first.inner_text()
    assert page.locator("img").count() == 0


def test_policy_stops_foreign_code(page, open_page):
    ran = page.evaluate("""() => {
      const script = document.createElement("script");
      script.textContent = "window.foreign = true";
      document.body.append(script);
      return window.foreign === true;
    }""")
    assert ran is False
    assert "Content Security Policy" in open_page.errors.pop()


@pytest.mark.parametrize("language", ["en", "ja"])
def test_phone_width_cuts_nothing_off(open_page, file, language):
    page = open_page(
        file.as_uri(), viewport={"width": 390, "height": 800}, device_scale_factor=2, has_touch=True
    )
    page.evaluate(READY)
    _set(page, language=language, baseline="2024-09-30")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    for selector in (".fm-panel", ".fm-bar", ".fm-legend", ".fm-range", ".fm-field", ".fm-compare"):
        box = page.locator(selector).bounding_box()
        assert box["x"] >= 0, selector
        assert box["x"] + box["width"] <= 390, selector
        assert box["y"] + box["height"] <= 800, selector


@pytest.mark.parametrize(
    ("width", "height"), [(480, 270), (640, 240), (720, 450), (844, 390), (640, 180), (390, 225)]
)
def test_small_frame_shows_the_whole_front(open_page, file, width, height):
    page = open_page(file.as_uri(), viewport={"width": width, "height": height})
    page.evaluate(READY)
    page.evaluate(NEXT_FRAME)
    out = page.evaluate("""() => {
      const { width, height } = document.querySelector(".fm-bar").getBoundingClientRect();
      const map = map_frontmap.getSize();
      const out = ({ x, y }) => x < 0 || x > map.x || y < 0 || y > map.y - height;
      const ends = [[51.17, 35.25], [48.0, 37.5]];
      const lie = ends.map((at) => map_frontmap.latLngToContainerPoint(at));
      return [width <= map.x, lie.filter(out)];
    }""")
    assert out == [True, []]


LOW_FRAMES = [
    (1280, 180), (721, 180), (640, 180), (480, 180), (390, 180), (320, 180),
    (640, 225), (390, 225), (320, 270), (390, 290), (640, 300), (900, 330),
]  # fmt: skip


@pytest.mark.parametrize(("width", "height"), LOW_FRAMES)
@pytest.mark.parametrize("language", ["en", "ja"])
def test_low_frame_shows_the_sector_between_panel_and_bar(
    open_page, file, dataset, width, height, language
):
    page = open_page(
        file.as_uri(), viewport={"width": width, "height": height}, reduced_motion="reduce"
    )
    page.evaluate(READY)
    # An age of many words.
    _set(page, language=language, date="2024-12-12")
    for sector in ("kursk", "pokrovsk"):
        _set(page, sector=sector)
        west, south, east, north = dataset.sectors[sector].window
        left, top, right, bottom = page.evaluate(
            """([[w, n], [e, s]]) => {
              const { x: left, y: top } = map_frontmap.latLngToContainerPoint([n, w]);
              const { x: right, y: bottom } = map_frontmap.latLngToContainerPoint([s, e]);
              return [left, top, right, bottom];
            }""",
            [[west, north], [east, south]],
        )
        panel = page.locator(".fm-panel").bounding_box()
        bar = page.locator(".fm-bar").bounding_box()
        free = [0, 0, panel["x"], bar["y"]]
        if width <= 720:
            free = [0, panel["y"] + panel["height"], width, bar["y"]]
        assert left >= free[0]
        assert top >= free[1]
        assert right <= free[2]
        assert bottom <= free[3]
        assert bottom - top >= 40
    for part in (".fm-date", ".fm-age", ".fm-play", ".fm-range", ".fm-field", ".fm-attribution"):
        box = page.locator(part).bounding_box()
        assert box["width"] > 20, part
        assert 0 <= box["y"] <= box["y"] + box["height"] <= height, part
        assert 0 <= box["x"] <= box["x"] + box["width"] <= width, part
    cut = page.evaluate("""() => {
      const { scrollWidth, clientWidth } = document.querySelector(".fm-age");
      return scrollWidth > clientWidth;
    }""")
    assert not cut


def test_controls_of_a_low_frame_are_whole_and_their_list_scrolls(open_page, file):
    page = open_page(file.as_uri(), viewport={"width": 390, "height": 180})
    page.evaluate(READY)
    page.evaluate(NEXT_FRAME)
    bar = page.locator(".fm-bar").bounding_box()
    for control in page.locator(".leaflet-top .leaflet-control").all():
        box = control.bounding_box()
        assert box["y"] + box["height"] <= bar["y"]
    page.get_by_role("button", name="Layers").click()
    box = page.locator(".fm-layers-list").bounding_box()
    assert box["y"] + box["height"] <= bar["y"]
    page.get_by_role("checkbox", name="Oblast borders").uncheck()
    assert page.evaluate("frontmap.layers") == "names,events"


def test_print_has_no_controls(page):
    page.emulate_media(media="print")
    shown = page.evaluate(
        "[...document.querySelectorAll('.fm button:not(.fm-row):not(.fm-event), .fm select')]"
        ".filter((one) => one.offsetWidth > 1).length"
    )
    assert shown == 0
    assert page.locator(".fm-attribution").is_visible()


def test_tiny_frame_does_no_harm(open_page, file):
    page = open_page(file.as_uri(), viewport={"width": 300, "height": 150})
    page.evaluate(READY)
    assert page.evaluate("frontmap.setDate('2024-10-15')") == "2024-10-15"


def test_legend_follows_a_jump_of_the_view(page):
    _set(page, date="2024-12-31", baseline=None)
    legend = page.locator(".fm-legend")
    page.evaluate("frontmap.setView('37.0,48.1,9')")
    _until(page, "document.querySelector('.fm-legend').textContent.includes('Russian-held')")
    # Far from any front there is none to explain, and no window either.
    page.evaluate("frontmap.setView('30.5,50.4,11')")
    _until(page, "!document.querySelector('.fm-legend').textContent.includes('Russian-held')")
    text = legend.inner_text()
    assert "Front line" not in text
    assert "Measured window" not in text
    # In the middle of a sector there is its ground, and nothing of its edges.
    page.evaluate("frontmap.setView('35.2,51.2,13')")
    _until(page, "document.querySelector('.fm-legend').textContent.includes('Ukrainian-held')")
    _until(page, "!document.querySelector('.fm-legend').textContent.includes('Contested')")


def test_hollow_glyphs_are_explained(page):
    _set(page, date="2024-12-31", sector=None, baseline=None)
    legend = page.locator(".fm-legend")
    assert "Hollow: a week ago or more" in legend.inner_text()
    _set(page, date="2024-10-01")
    assert "Hollow" not in legend.inner_text()


def test_a_comparison_with_a_later_date_is_not_called_since(page):
    _set(page, date="2024-10-10", baseline="2024-12-31", sector="kursk")
    assert "against 31 Dec" in page.locator(".fm-head").inner_text()
    legend = page.locator(".fm-legend").inner_text()
    assert "Held on this date, not on the later one" in legend
    change = page.locator(".fm-areas td[title*='on this date only']").first
    change.wait_for(state="attached")
    assert "gained" not in change.get_attribute("title")
    assert "since" not in legend


def test_keys_move_the_date_from_a_button_too(page):
    page.locator("button[data-sector=toretsk]").click()
    page.keyboard.press("Home")
    assert page.evaluate("frontmap.date") == "2024-09-30"
    page.keyboard.press("ArrowRight")
    assert page.evaluate("frontmap.date") == "2024-10-01"


def test_layer_on_another_map_leaves_its_view_alone(open_page, dataset, tmp_path):
    made = OfflineMap(location=[48.3, 37.9], zoom_start=9, tiles=None)
    FrontLayer(dataset, {}).add_to(made)
    file = tmp_path / "layer.html"
    made.save(str(file))
    page = open_page(file.as_uri())
    page.evaluate(READY)
    assert page.evaluate("frontmap.date") == "2024-12-31"
    name = made.get_name()
    assert page.evaluate(f"[{name}.getZoom(), {name}.getCenter().lat]") == pytest.approx(
        [9, 48.3], abs=0.01
    )


def test_reduced_motion_jumps(open_page, file):
    page = open_page(file.as_uri(), reduced_motion="reduce")
    page.evaluate(READY)
    moved = page.evaluate("frontmap.setSector('kursk'); map_frontmap.getZoom()")
    page.wait_for_timeout(500)
    assert page.evaluate("map_frontmap.getZoom()") == moved


@pytest.fixture
def embedded(open_page, file, tmp_path):
    """The page inside another one, which speaks with it through host.js as the app does."""
    host = static("host.js").replace("export default function host", "function host")
    around = tmp_path / "around.html"
    around.write_text(
        f"""<!doctype html><body><div id="place"></div><script>{host}
        window.calls = [];
        window.render = (data) => host({{
          data, parentElement: document.getElementById("place"),
          setStateValue: (name, value) => calls.push([name, value]),
          setTriggerValue: (name, value) => calls.push([name, value]),
        }});
        </script></body>""",
        encoding="utf-8",
    )
    page = open_page(around.as_uri())
    html = json.loads(json.dumps(file.read_text(encoding="utf-8")))
    page.evaluate("(page) => render({page, page_id: 'a', date: '2024-10-15'})", html)
    frame = page.locator("iframe").element_handle().content_frame()
    _until(frame, "window.frontmap && frontmap.date === '2024-10-15'")
    page.evaluate("document.querySelector('iframe').marked = true")
    return page, frame


def _told(page):
    """Return what the host told the app, but for the face that some machines want once."""
    calls = page.evaluate("calls")
    assert calls.count(["face_wanted", True]) <= 1
    return [call for call in calls if call[0] != "face_wanted"]


def test_host_passes_the_view_on_and_never_mounts_again(embedded):
    page, frame = embedded
    page.evaluate("render({page_id: 'a', date: '2024-11-01', language: 'ja', sector: 'kursk'})")
    _until(frame, "frontmap.date === '2024-11-01' && frontmap.language === 'ja'")
    page.wait_for_timeout(500)
    assert _told(page) == [["up", "a"]]
    assert page.evaluate("document.querySelector('iframe').marked") is True
    assert page.locator("iframe").count() == 1


def test_host_says_once_that_the_page_is_up(embedded):
    page, frame = embedded
    _until(page, "calls.length > 0")
    assert _told(page) == [["up", "a"]]
    frame.evaluate("location.reload()")
    page.wait_for_timeout(1000)
    assert _told(page) == [["up", "a"]]


def test_host_reports_at_rest_and_takes_no_echo(embedded):
    page, frame = embedded
    page.evaluate("calls.length = 0")
    for date in ("2024-10-20", "2024-10-21", "2024-10-22"):
        frame.evaluate("(date) => frontmap.setDate(date)", date)
    _until(page, "calls.length > 0")
    page.wait_for_timeout(400)
    [[name, choices]] = page.evaluate("calls")
    assert (name, list(choices)) == ("choices", ["date"])
    assert choices["date"]["value"] == "2024-10-22"
    first = choices["date"]["at"]
    # The hand moves on while the app still answers to the first report.
    frame.evaluate("frontmap.setDate('2024-10-30')")
    answer = "([date, at]) => render({page_id: 'a', date, taken: {date: at}})"
    page.evaluate(answer, ["2024-10-22", first])
    page.wait_for_timeout(600)
    assert frame.evaluate("frontmap.date") == "2024-10-30"
    # What the app says before it has taken the second report over is from before that.
    page.evaluate(answer, ["2024-10-01", first])
    page.wait_for_timeout(200)
    assert frame.evaluate("frontmap.date") == "2024-10-30"
    second = page.evaluate("calls.at(-1)[1].date.at")
    assert second > first
    page.evaluate(answer, ["2024-10-30", second])
    page.evaluate(answer, ["2024-10-01", second])
    _until(frame, "frontmap.date === '2024-10-01'")
    # Back to what the hand chose a moment ago: the app's own wish, and no echo.
    page.evaluate(answer, ["2024-10-30", second])
    _until(frame, "frontmap.date === '2024-10-30'")


def test_host_reports_what_the_hand_has_moved_and_nothing_else(embedded):
    page, frame = embedded
    page.evaluate("calls.length = 0")
    # The hand moves the theme; before it rests, the app turns the language.
    frame.evaluate("frontmap.setTheme('dark')")
    page.evaluate("render({page_id: 'a', date: '2024-10-15', language: 'ja'})")
    _until(page, "calls.length > 0")
    assert frame.evaluate("[frontmap.theme, frontmap.language]") == ["dark", "ja"]
    [[_, choices]] = page.evaluate("calls")
    assert {name: one["value"] for name, one in choices.items()} == {"theme": "dark"}


def test_a_report_that_crosses_a_message_of_the_host_leaves_it_the_last_word(embedded):
    page, frame = embedded
    page.evaluate("calls.length = 0")
    # A message reaches the map after a report that was on its way, as the event below says it.
    page.evaluate("""() => {
      render({page_id: "a", date: "2024-10-15", language: "ja"});
      window.dispatchEvent(new MessageEvent("message", {
        source: document.querySelector("iframe").contentWindow,
        data: {
          type: "frontmap:date", language: "en", theme: "dark",
          moved: ["language", "theme"], turn: 1,
        },
      }));
    }""")
    _until(frame, "frontmap.language === 'ja'")
    [[_, choices]] = page.evaluate("calls")
    assert {name: one["value"] for name, one in choices.items()} == {"theme": "dark"}


#: Whether the machine has no Japanese letters: two of them look the same.
LACKS_JAPANESE = """() => {
  const [one, other] = ["語", "線"].map((letter) => {
    const canvas = Object.assign(document.createElement("canvas"), { width: 40, height: 40 });
    const context = canvas.getContext("2d");
    context.font = "30px sans-serif";
    context.fillText(letter, 2, 32);
    return canvas.toDataURL();
  });
  return one === other;
}"""
FACES = "[...document.fonts].map((face) => [face.family.replaceAll('\"', ''), face.status])"


def test_host_asks_for_a_face_where_the_machine_has_none(embedded):
    page, frame = embedded
    _until(page, "calls.length > 0")
    asked = ["face_wanted", True] in page.evaluate("calls")
    assert asked == page.evaluate(LACKS_JAPANESE)
    page.evaluate("(face) => render({page_id: 'a', face})", japanese_face("語線"))
    # One came with the page, for the button that turns it to Japanese.
    _until(frame, f"{FACES}.length > 1 && {FACES}.every(([, status]) => status === 'loaded')")
    assert frame.evaluate(FACES) == [["frontmap Japanese", "loaded"]] * 2
    page.evaluate("(face) => render({page_id: 'a', face})", japanese_face("語線"))
    page.wait_for_timeout(200)
    # Streamlit's families: of its texts and of its commands.
    assert sorted(page.evaluate(FACES)) == [
        ["Source Code Pro", "loaded"],
        ["Source Sans", "loaded"],
    ]
    assert len(frame.evaluate(FACES)) == 2


def test_a_face_that_is_none_is_left_alone(embedded):
    page, frame = embedded
    page.evaluate("""() => {
      const target = document.querySelector("iframe").contentWindow;
      target.postMessage({type: "frontmap:face", woff: "d09G) , url(http://localhost:9/x"}, "*");
      target.postMessage({type: "frontmap:face", woff: "AAAA"}, "*");
      target.postMessage({type: "frontmap:face"}, "*");
    }""")
    frame.wait_for_timeout(300)
    assert len(frame.evaluate(FACES)) == 1  # that of the page itself


def test_a_japanese_page_brings_its_letters(open_page, dataset, tmp_path):
    target = tmp_path / "ja.html"
    target.write_text(render_page(dataset, language="ja", sector="kursk"), encoding="utf-8")
    page = open_page(target.as_uri())
    page.evaluate(READY)
    _until(page, f"{FACES}.length > 0 && {FACES}[0][1] === 'loaded'")
    face = re.search(r'"face": "([^"]+)"', target.read_text(encoding="utf-8"))[1]
    there = set(TTFont(io.BytesIO(base64.b64decode(face))).getBestCmap())
    seen = {ord(letter) for letter in page.inner_text("body") if letter >= "\u2e80"}
    assert len(seen) > 50
    assert seen <= there


def test_host_asks_for_a_page_that_it_never_had(embedded):
    page, _ = embedded
    page.evaluate("""() => {
      calls.length = 0;
      document.getElementById("place").id = "old";
      const place = document.createElement("div");
      place.id = "place";
      document.body.append(place);
      render({page_id: "b"});
    }""")
    assert page.evaluate("calls") == [["page_wanted", "b"]]


def test_a_page_that_cannot_be_drawn_says_so(open_page, file, tmp_path):
    damaged = tmp_path / "damaged.html"
    text = file.read_text(encoding="utf-8")
    data = re.search(r'type="text/plain"[^>]*>([^<]{2000})', text)[1]
    damaged.write_text(text.replace(data, data[:1000] + data[1004:], 1), encoding="utf-8")
    page = open_page(damaged.as_uri())
    page.locator(".fm-failure").wait_for()
    assert "This map cannot be drawn here: its data are damaged." in page.inner_text("body")
    assert page.locator(".leaflet-control-attribution svg").count() == 0
    open_page.errors.clear()  # it says so to the console as well


def test_only_the_parent_is_heard(embedded):
    _, frame = embedded
    frame.evaluate("window.postMessage({type: 'frontmap:set', date: '2024-12-01'}, '*')")
    frame.wait_for_timeout(200)
    assert frame.evaluate("frontmap.date") == "2024-10-15"


def test_nonsense_from_the_parent_changes_nothing(embedded):
    page, frame = embedded
    page.evaluate("""() => {
      const target = document.querySelector("iframe").contentWindow;
      target.postMessage({type: "frontmap:set", date: "soon"}, "*");
      target.postMessage({type: "frontmap:set", sector: "nowhere", date: "2024-12-01"}, "*");
      target.postMessage(null, "*");
    }""")
    frame.wait_for_timeout(300)
    assert frame.evaluate("frontmap.date") == "2024-10-15"


@pytest.fixture
def late(embedded):
    """Put a frame of the given size into a page, and make it large later."""
    page, _ = embedded
    html = page.evaluate("document.querySelector('iframe').srcdoc")

    def make(style):
        page.evaluate(
            """([html, style]) => {
              const frame = document.createElement("iframe");
              frame.id = "late";
              frame.style.cssText = `border: 0; ${style}`;
              frame.srcdoc = html;
              document.body.prepend(frame);
            }""",
            [html, style],
        )
        frame = page.locator("#late").element_handle().content_frame()
        _until(frame, "window.frontmap && frontmap.date")
        return frame

    def enlarge():
        page.evaluate(
            "document.querySelector('#late').style.cssText = 'width: 900px; height: 600px'"
        )

    make.enlarge = enlarge
    return make


@pytest.mark.parametrize(
    "style", ["width: 0; height: 0", "width: 900px; height: 0", "width: 0; height: 600px"]
)
def test_a_frame_that_gets_its_size_late_still_shows_the_map(late, style):
    frame = late(style)
    late.enlarge()
    _until(frame, "map_frontmap.getBounds().contains([51.2, 35.2])")
    _until(frame, "document.querySelector('.leaflet-fm-control-pane canvas').width > 900")


def test_a_zoom_before_the_frame_has_a_size_does_no_harm(late):
    frame = late("width: 0; height: 600px")
    frame.evaluate("map_frontmap.setZoom(map_frontmap.getZoom() - 1)")
    frame.evaluate("map_frontmap.setView([48, 37], 9, {animate: true})")
    frame.wait_for_timeout(400)
    late.enlarge()
    _until(frame, "map_frontmap.getBounds().contains([51.2, 35.2])")
    _until(frame, "document.querySelector('.leaflet-fm-control-pane canvas').width > 900")
