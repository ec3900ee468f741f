"""Layers that the reader switches: the swipe, the graticule, online tiles, names and events."""

import contextlib
import re
import struct
import threading
import zlib
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
import shapely

import frontmap
from frontmap.render.webmap import page as render_page

pytestmark = pytest.mark.browser

READY = "window.frontmap && frontmap.ready.then(() => true)"
NEXT_FRAME = "() => new Promise((done) => requestAnimationFrame(() => setTimeout(done)))"
POINT = """([lon, lat]) => {
  const home = map_frontmap.getContainer().getBoundingClientRect();
  const { x, y } = map_frontmap.latLngToContainerPoint([lat, lon]);
  return [x + home.left, y + home.top];
}"""
HOSTILE = "{{ x }} </script><img src=x onerror=alert(1)> & \u2028 tiles"


@pytest.fixture(scope="module")
def file(tmp_path_factory):
    made = tmp_path_factory.mktemp("layers") / "page.html"
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
    west, south, east, north = window
    page.evaluate(
        "(bounds) => map_frontmap.fitBounds(bounds, {animate: false})",
        [[south, west], [north, east]],
    )
    page.evaluate(NEXT_FRAME)


def _ink_of_marks(page):
    """Count what is painted on the sheet of names and events, once it stays the same.

    After a move the sheets are drawn one a frame, so the first picture may be that of before.
    """
    count = """() => {
      const canvas = document.querySelector(".leaflet-fm-marks-pane canvas");
      const copy = new OffscreenCanvas(canvas.width, canvas.height).getContext("2d");
      copy.drawImage(canvas, 0, 0);
      const { data } = copy.getImageData(0, 0, canvas.width, canvas.height);
      return data.filter((value, i) => i % 4 === 3 && value).length;
    }"""
    before = None
    for _ in range(40):
        now = page.evaluate(count)
        if now == before:
            return now
        before = now
        page.wait_for_timeout(200)
    pytest.fail("the names and events never come to rest")


def _until(page, condition):
    page.wait_for_function(f"() => {condition}")


def _colour(page, point):
    """What the eye sees at a place: red, green and blue of one pixel of the screen."""
    x, y = page.evaluate(POINT, [point.x, point.y])
    shot = page.screenshot(clip={"x": round(x), "y": round(y), "width": 1, "height": 1})
    at, body = 8, b""
    while at < len(shot):
        (size,) = struct.unpack(">I", shot[at : at + 4])
        if shot[at + 4 : at + 8] == b"IDAT":
            body += shot[at + 8 : at + 8 + size]
        at += size + 12
    return tuple(zlib.decompress(body)[1:4])


class TestSwipe:
    @pytest.fixture
    def two_dates(self, open_page, file, dataset):
        """A page without names, two dates, and a point that is held on the later one alone."""
        page = open_page(file.as_uri(), reduced_motion="reduce")
        page.evaluate(READY)
        line = dataset.timeline("pokrovsk")
        taken = (line.extents[-1].geometry - line.extents[0].geometry).buffer(-0.015)
        point = max(shapely.get_parts(taken), key=lambda part: part.area).representative_point()
        _at(page, dataset.sectors["pokrovsk"].window)
        _set(page, layers="")
        colours = []
        for date in (line.dates[0], line.dates[-1]):
            _set(page, date=date.isoformat())
            colours.append(_colour(page, point))
        assert colours[0] != colours[1]
        _set(page, baseline=line.dates[0].isoformat())
        return page, point, *colours

    def test_each_side_shows_the_ground_of_its_date(self, two_dates):
        page, point, before, now = two_dates
        _set(page, swipe=0.9)
        assert _colour(page, point) == before
        _set(page, swipe=0.05)
        assert _colour(page, point) == now
        _set(page, swipe=None)
        assert _colour(page, point) not in {before, now}

    def test_line_stays_on_the_screen_when_the_map_moves(self, two_dates):
        page, point, before, now = two_dates
        x, _ = page.evaluate(POINT, [point.x, point.y])
        _set(page, swipe=(x - 60) / 1280)
        assert _colour(page, point) == now
        page.evaluate("map_frontmap.panBy([120, 0], {animate: false})")
        assert _colour(page, point) == before
        page.evaluate("map_frontmap.panBy([-120, 0], {animate: false})")
        assert _colour(page, point) == now
        page.evaluate("map_frontmap.setZoom(map_frontmap.getZoom() + 1, {animate: false})")
        x, _ = page.evaluate(POINT, [point.x, point.y])
        share = page.evaluate("frontmap.swipe")
        page.evaluate(NEXT_FRAME)
        page.evaluate(f"map_frontmap.panBy([{x - share * 1280 - 30}, 100], {{animate: false}})")
        assert _colour(page, point) == now
        page.evaluate("map_frontmap.panBy([60, 0], {animate: false})")
        assert _colour(page, point) == before

    def test_gained_and_lost_are_left_off(self, two_dates):
        page, *_ = two_dates
        legend = "document.querySelector('.fm-legend').textContent"
        _until(page, f"{legend}.includes('Gained since')")
        _set(page, swipe=0.5)
        _until(page, f"!{legend}.includes('Gained since')")
        _set(page, swipe=None)
        _until(page, f"{legend}.includes('Gained since')")

    def test_button_comes_with_a_baseline_and_goes_with_it(self, page):
        toggle = page.locator(".fm-swipe-toggle")
        assert toggle.is_hidden()
        _set(page, date="2024-12-31", baseline="2024-09-30")
        assert toggle.get_attribute("title") == "Swipe between 30 Sep 2024 and 31 Dec 2024"
        toggle.click()
        assert toggle.get_attribute("aria-pressed") == "true"
        assert page.locator(".fm-swipe-date").all_inner_texts() == ["30 Sep 2024", "31 Dec 2024"]
        _set(page, date="2024-11-21", language="ja")
        assert page.locator(".fm-swipe-date").all_inner_texts() == [
            "2024年9月30日",
            "2024年11月21日",
        ]
        _set(page, baseline=None)
        assert toggle.is_hidden()
        assert page.locator(".fm-swipe").is_hidden()
        assert page.evaluate("frontmap.swipe") is None

    def test_keys_move_the_line_and_say_where_it_is(self, page):
        _set(page, date="2024-12-31", baseline="2024-09-30", swipe=0.5)
        handle = page.get_by_role("slider", name="Line between two dates")
        handle.focus()
        for key, share in [
            ("ArrowRight", 52), ("ArrowLeft", 50), ("PageUp", 60), ("PageDown", 50),
            ("End", 100), ("Home", 0), ("ArrowLeft", 0), ("ArrowUp", 2),
        ]:  # fmt: skip
            page.keyboard.press(key)
            assert handle.get_attribute("aria-valuenow") == str(share), key
        said = handle.get_attribute("aria-valuetext")
        assert said.startswith("30 Sep 2024 to the left, 31 Dec 2024 to the right")
        assert page.evaluate("frontmap.date") == "2024-12-31"

    def test_mouse_drags_the_line(self, page):
        _set(page, date="2024-12-31", baseline="2024-09-30", swipe=0.5)
        centre = page.evaluate("map_frontmap.getCenter().lng")
        grip = page.locator(".fm-swipe-grip").bounding_box()
        page.mouse.move(grip["x"] + 18, grip["y"] + 18)
        page.mouse.down()
        page.mouse.move(400, 500, steps=5)
        page.mouse.up()
        page.mouse.move(900, 500)
        assert page.evaluate("frontmap.swipe") == pytest.approx(400 / 1280, abs=0.002)
        assert page.locator(".fm-swipe").bounding_box()["x"] == pytest.approx(400, abs=2)
        assert page.evaluate("map_frontmap.getCenter().lng") == centre

    def test_finger_drags_the_line(self, open_page, file):
        page = open_page(file.as_uri(), viewport={"width": 390, "height": 800}, has_touch=True)
        page.evaluate(READY)
        _set(page, date="2024-12-31", baseline="2024-09-30", swipe=0.5)
        grip = page.locator(".fm-swipe-grip").bounding_box()
        y = grip["y"] + 18
        touch = page.context.new_cdp_session(page)

        def send(kind, *xs):
            points = [{"x": x, "y": y} for x in xs]
            touch.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

        send("touchStart", 195)
        for x in (215, 245, 273):
            send("touchMove", x)
        send("touchEnd")
        _until(page, "frontmap.swipe > 0.65")
        assert page.evaluate("frontmap.swipe") == pytest.approx(0.7, abs=0.02)

    @pytest.mark.parametrize("size", [(1280, 800), (390, 800), (844, 390)])
    @pytest.mark.parametrize("share", [0, 0.025, 0.05, 0.9, 0.975, 1])
    def test_controls_are_clicked_and_the_grip_is_grabbed_wherever_it_stands(
        self, open_page, file, share, size
    ):
        width, height = size
        page = open_page(file.as_uri(), viewport={"width": width, "height": height})
        page.evaluate(READY)
        _set(page, date="2024-12-31", baseline="2024-09-30", swipe=share)
        page.wait_for_timeout(400)
        hidden = page.evaluate("""() => [...document.querySelectorAll(
            ".leaflet-control a, .leaflet-control button, .fm-panel button, .fm-legend summary")]
          .filter((one) => one.checkVisibility())
          .filter((one) => {
            const { left, top, right, bottom } = one.getBoundingClientRect();
            const card = one.closest(".fm-card, .leaflet-control").getBoundingClientRect();
            const [x, y] = [(left + right) / 2, (top + bottom) / 2];
            // What its own card has scrolled away cannot be clicked anyhow.
            return y < card.bottom && !one.contains(document.elementFromPoint(x, y));
          }).map((one) => one.outerHTML)""")
        assert hidden == []
        grip = page.locator(".fm-swipe-grip").bounding_box()
        assert grip["x"] >= 0
        assert grip["x"] + grip["width"] <= width
        x, y = grip["x"] + 18, grip["y"] + 18
        by = 60 if share < 0.5 else -60
        page.mouse.move(x, y)
        page.mouse.down()
        page.mouse.move(x + by, y, steps=4)
        page.mouse.up()
        assert page.evaluate("frontmap.swipe") == pytest.approx(share + by / width, abs=0.003)

    def test_grip_stays_in_the_hand_and_comes_out_from_under_a_card_after(self, page):
        _set(page, date="2024-12-31", baseline="2024-09-30", swipe=0.5)
        grip, panel = page.locator(".fm-swipe-grip"), page.locator(".fm-panel")
        start, card = grip.bounding_box(), panel.bounding_box()
        y = start["y"] + 18
        assert y < card["y"] + card["height"]
        page.mouse.move(start["x"] + 18, y)
        page.mouse.down()
        page.mouse.move(1100, y, steps=5)
        page.wait_for_timeout(400)
        assert grip.bounding_box()["y"] == start["y"]
        page.mouse.up()
        assert grip.bounding_box()["y"] > card["y"] + card["height"]

    def test_click_left_of_the_line_tells_of_the_date_compared(self, page, dataset):
        line = dataset.timeline("kursk")
        _at(page, dataset.sectors["kursk"].window)
        _set(page, date="2024-12-31", baseline="2024-09-30", layers="")
        both = line.extents[0].geometry & line.extents[-1].geometry
        point = max(shapely.get_parts(both), key=lambda part: part.area).representative_point()
        x, y = page.evaluate(POINT, [point.x, point.y])
        for share, said in ((0.95, "30 Sep 2024"), (0.05, "31 Dec 2024")):
            _set(page, swipe=share)
            page.mouse.click(x, y)
            facts = page.locator(".fm-inspect dl").first
            facts.wait_for(state="visible")
            assert f"Assessed\n{said}" in facts.inner_text()
            page.keyboard.press("Escape")


class TestGraticule:
    LABELS = """() => {
      const shown = ".fm-grid:not([hidden]) span:not([hidden])";
      return [...document.querySelectorAll(shown)].map((span) => ({
        text: span.textContent, edge: span.dataset.edge,
        x: parseFloat(span.style.left), y: parseFloat(span.style.top),
      }));
    }"""

    @pytest.mark.parametrize(
        ("zoom", "form"),
        [
            (7, r"\d+°[EN]"),
            (8.5, r"\d+(\.5)?°[EN]"),
            (11, r"\d+°\d\d′[EN]|\d+°[EN]"),
            (13, r"\d+°\d\d′[EN]|\d+°[EN]"),
        ],
    )
    def test_labels_stand_where_their_lines_meet_the_frame(self, page, zoom, form):
        _set(page, layers="graticule")
        page.evaluate(f"map_frontmap.setView([48.35, 37.3], {zoom}, {{animate: false}})")
        page.evaluate(NEXT_FRAME)
        labels = page.evaluate(self.LABELS)
        edges = {label["edge"] for label in labels}
        assert {"top", "left", "right"} <= edges
        for label in labels:
            assert re.fullmatch(form, label["text"]), label
            whole, minutes = re.fullmatch(r"([\d.]+)°(?:(\d+)′)?[EN]", label["text"]).groups()
            degrees = float(whole) + float(minutes or 0) / 60
            is_lon = label["text"].endswith("E")
            assert is_lon == (label["edge"] in {"top", "bottom"})
            place = [degrees, 48.35] if is_lon else [37.3, degrees]
            x, y = page.evaluate(POINT, place)
            assert label["x" if is_lon else "y"] == pytest.approx(x if is_lon else y, abs=1)
        if zoom == 8.5:
            assert any(".5°" in label["text"] for label in labels)

    def test_labels_follow_the_map_and_the_language(self, page):
        _set(page, layers="graticule")
        page.evaluate("map_frontmap.setView([48.35, 37.3], 9, {animate: false})")
        before = {
            one["text"]: one["x"] for one in page.evaluate(self.LABELS) if one["edge"] == "top"
        }
        page.evaluate("map_frontmap.panBy([40, 0], {animate: false})")
        after = {
            one["text"]: one["x"] for one in page.evaluate(self.LABELS) if one["edge"] == "top"
        }
        shared = before.keys() & after.keys()
        assert shared
        assert all(after[text] - before[text] == pytest.approx(-40, abs=1) for text in shared)
        _set(page, language="ja")
        assert all(one["text"][:2] in {"東経", "北緯"} for one in page.evaluate(self.LABELS))

    def test_lines_are_drawn_under_the_front_and_named_in_the_legend(self, page):
        legend = "document.querySelector('.fm-legend').textContent"
        assert page.locator(".leaflet-fm-graticule-pane").count() == 0
        _set(page, layers="graticule")
        _until(page, f"{legend}.includes('Longitude and latitude')")
        page.evaluate("map_frontmap.setView([48.35, 37.3], 8.5, {animate: false})")
        alpha = """([lon, lat]) => {
          const canvas = document.querySelector(".leaflet-fm-graticule-pane canvas");
          const box = canvas.getBoundingClientRect();
          const p = map_frontmap.latLngToContainerPoint([lat, lon]);
          const [x, y] = [p.x - box.left - 1, p.y - box.top - 1];
          const copy = new OffscreenCanvas(canvas.width, canvas.height).getContext("2d");
          copy.drawImage(canvas, 0, 0);
          const { data } = copy.getImageData(x, y, 3, 3);
          return Math.max(...data.filter((value, i) => i % 4 === 3));
        }"""
        assert page.evaluate(alpha, [37.5, 48.4]) > 0
        assert page.evaluate(alpha, [37.2, 48.5]) > 0
        assert page.evaluate(alpha, [37.25, 48.4]) == 0
        levels = page.evaluate("""() => ["ground", "graticule", "control"].map((name) =>
          Number(getComputedStyle(document.querySelector(`.leaflet-fm-${name}-pane`)).zIndex))""")
        assert levels == sorted(levels)
        _set(page, layers="names")
        _until(page, f"!{legend}.includes('Longitude and latitude')")
        assert page.evaluate(self.LABELS) == []


class TestControl:
    def test_keyboard_switches_layers(self, page):
        button = page.get_by_role("button", name="Layers")
        button.focus()
        page.keyboard.press("Enter")
        assert button.get_attribute("aria-expanded") == "true"
        boxes = page.get_by_role("group", name="Layers").get_by_role("checkbox")
        names = ["Names of places", "Events on the map", "Longitude and latitude", "Oblast borders"]
        assert [box.locator("..").inner_text() for box in boxes.all()] == names
        assert [box.is_checked() for box in boxes.all()] == [True, True, False, True]
        page.keyboard.press("Tab")
        page.keyboard.press("Space")
        assert page.evaluate("frontmap.layers") == "events,oblasts"
        page.keyboard.press("Escape")
        assert button.get_attribute("aria-expanded") == "false"
        assert page.evaluate("document.activeElement.title") == "Layers"

    def test_choice_outlives_language_and_theme(self, page):
        page.get_by_role("button", name="Layers").click()
        page.get_by_role("checkbox", name="Longitude and latitude").check()
        page.get_by_role("checkbox", name="Events on the map").uncheck()
        _set(page, language="ja", theme="dark", date="2024-11-21")
        assert page.evaluate("frontmap.layers") == "names,graticule,oblasts"
        assert page.get_by_role("checkbox", name="経緯線").is_checked()
        assert not page.get_by_role("checkbox", name="出来事").is_checked()

    def test_names_events_and_borders_go_and_come(self, page):
        legend = page.locator(".fm-legend ul")
        _set(page, date="2024-11-21")
        everything = _ink_of_marks(page)
        assert "Strike" in legend.inner_text()
        assert "Oblast border" in legend.inner_text()
        _set(page, layers="events,oblasts")
        without_names = _ink_of_marks(page)
        _set(page, layers="")
        nothing = _ink_of_marks(page)
        assert everything > without_names > nothing
        assert "Strike" not in legend.inner_text()
        assert "Oblast border" not in legend.inner_text()
        _set(page, layers=None)
        # A legend that has grown or shrunk meanwhile may leave room for another name.
        assert _ink_of_marks(page) == pytest.approx(everything, rel=0.01)
        assert everything > 1.1 * without_names

    def test_an_unknown_layer_is_refused(self, page):
        said = page.evaluate(
            "(() => { try { frontmap.setLayers('roads') } catch (e) { return e.message } })()"
        )
        assert said == "no layer roads: there is names, events, graticule, oblasts"
        assert page.evaluate("frontmap.layers") == "names,events,oblasts"

    def test_phone_has_room_for_it(self, open_page, file):
        page = open_page(
            file.as_uri(), viewport={"width": 390, "height": 800}, has_touch=True, is_mobile=True
        )
        page.evaluate(READY)
        _set(page, baseline="2024-09-30", language="ja", swipe=0.5, layers="graticule")
        page.get_by_role("button", name="レイヤー").tap()
        for selector in (
            ".fm-layers-list",
            ".fm-swipe-toggle",
            ".fm-compare",
            ".fm-swipe-date.fm-left",
        ):
            box = page.locator(selector).bounding_box()
            assert box["x"] >= 0, selector
            assert box["x"] + box["width"] <= 390, selector
        assert page.evaluate("document.documentElement.scrollWidth") <= 390


class TestMotion:
    RINGS = "document.querySelectorAll('.fm-ring').length"

    def test_an_event_appears_with_a_ring_that_goes(self, page):
        _set(page, date="2024-11-20")
        assert page.evaluate(self.RINGS) == 0
        assert page.evaluate(f"frontmap.setDate('2024-11-21') && {self.RINGS}") == 1
        x, y = page.evaluate(POINT, [35.05, 48.45])
        box = page.locator(".fm-ring span").bounding_box()
        assert box["x"] + box["width"] / 2 == pytest.approx(x, abs=15)
        assert box["y"] + box["height"] / 2 == pytest.approx(y, abs=15)
        _until(page, f"{self.RINGS} === 0")
        assert page.evaluate(f"frontmap.setDate('2024-11-20') && {self.RINGS}") == 0

    def test_no_ring_where_events_are_off(self, page):
        _set(page, date="2024-11-20", layers="names")
        assert page.evaluate(f"frontmap.setDate('2024-11-21') && {self.RINGS}") == 0

    def test_reduced_motion_has_no_ring(self, open_page, file):
        page = open_page(file.as_uri(), reduced_motion="reduce")
        page.evaluate(READY)
        _set(page, date="2024-11-20")
        page.wait_for_timeout(350)
        assert page.evaluate(f"frontmap.setDate('2024-11-21') && {self.RINGS}") == 0


class _Tiles(BaseHTTPRequestHandler):
    def do_GET(self):
        self.server.asked.append(self.path)
        # A layer that is switched off hangs up on what it still waits for.
        with contextlib.suppress(BrokenPipeError, ConnectionResetError):
            if self.server.broken:
                self.send_error(503)
                return
            self.send_response(200)
            self.send_header("Content-Type", "image/png")
            self.end_headers()
            self.wfile.write(PNG)

    def log_message(self, *_):
        pass


def _chunk(kind, body):
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


#: One pixel of pure green, which nothing of ours has.
PNG = (
    b"\x89PNG\r\n\x1a\n"
    + _chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0))
    + _chunk(b"IDAT", zlib.compress(b"\x00\x00\xff\x00"))
    + _chunk(b"IEND", b"")
)


class TestTiles:
    @pytest.fixture
    def server(self):
        made = ThreadingHTTPServer(("127.0.0.1", 0), _Tiles)
        made.asked, made.broken = [], False
        thread = threading.Thread(target=made.serve_forever, daemon=True)
        thread.start()
        yield made
        made.shutdown()
        made.server_close()
        thread.join()

    @pytest.fixture
    def tiled(self, open_page, server, tmp_path):
        url = f"http://127.0.0.1:{server.server_port}/{{z}}/{{x}}/{{y}}.png"
        file = tmp_path / "tiled.html"
        document = render_page(frontmap.read(), tiles=url, tiles_attribution=HOSTILE)
        file.write_text(document, encoding="utf-8")
        page = open_page(file.as_uri())
        page.on("dialog", lambda dialog: pytest.fail(f"a script ran: {dialog.message}"))
        page.evaluate(READY)
        return page

    LAND = shapely.Point(37.3, 49.9)

    def test_off_by_default_nothing_is_asked(self, tiled, server):
        _set(tiled, date="2024-11-21", sector="kursk")
        tiled.wait_for_timeout(600)
        assert server.asked == []
        assert tiled.locator(".fm-credit").count() == 0

    def test_the_reader_switches_them_on_and_off(self, tiled, server):
        assert _colour(tiled, self.LAND) != (0, 255, 0)
        tiled.get_by_role("button", name="Layers").click()
        box = tiled.get_by_role("checkbox", name="Online tiles")
        assert not box.is_checked()
        box.check()
        _until(tiled, "document.querySelector('.leaflet-fm-tiles-pane img.leaflet-tile-loaded')")
        tiled.wait_for_timeout(500)
        assert server.asked
        assert all(re.fullmatch(r"/\d+/\d+/\d+\.png", path) for path in server.asked)
        assert _colour(tiled, self.LAND) == (0, 255, 0)
        assert HOSTILE in tiled.locator(".fm-credit").text_content()
        box.uncheck()
        assert _colour(tiled, self.LAND) != (0, 255, 0)
        assert tiled.locator(".fm-credit").count() == 0
        assert tiled.locator("img").count() == 0

    def test_a_network_that_is_gone_switches_them_off(self, tiled, server, open_page):
        server.broken = True
        _set(tiled, layers="names,tiles")
        _until(tiled, "frontmap.layers === 'names'")
        assert "cannot be reached" in tiled.locator(".fm-notice").inner_text()
        assert tiled.locator(".leaflet-fm-tiles-pane img").count() == 0
        assert tiled.locator(".fm-credit").count() == 0
        server.broken = False
        _set(tiled, layers="names,tiles")
        _until(tiled, "document.querySelector('.leaflet-fm-tiles-pane img.leaflet-tile-loaded')")
        assert tiled.evaluate("frontmap.layers") == "names,tiles"
        # Chromium itself notes each picture that did not come; the page adds nothing to that.
        tiled.wait_for_timeout(300)
        assert all(error.startswith("Failed to load resource") for error in open_page.errors)
        open_page.errors.clear()

    def test_a_machine_that_goes_offline_says_so(self, tiled):
        _set(tiled, layers="names,tiles")
        _until(tiled, "document.querySelector('.leaflet-fm-tiles-pane img.leaflet-tile-loaded')")
        tiled.context.set_offline(True)
        _until(tiled, "frontmap.layers === 'names'")
        assert tiled.locator(".fm-notice").is_visible()

    def test_policy_allows_that_origin_alone(self, tiled, open_page):
        refused = tiled.evaluate("""() => new Promise((done) => {
          const image = new Image();
          image.onerror = () => done(true);
          image.onload = () => done(false);
          image.src = "http://localhost:9/0/0/0.png";
        })""")
        assert refused
        assert "Content Security Policy" in open_page.errors.pop()
