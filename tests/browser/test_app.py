"""The running app in a real browser, with the network cut."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
import urllib.request
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlsplit

import pytest

import frontmap

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

pytestmark = pytest.mark.browser
WAIT_MS = 60_000


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Serve the app with its own command, from an empty folder."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "frontmap.cli", "app", "--port", str(port), "--no-browser"]
    folder = tmp_path_factory.mktemp("empty")
    with subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL) as process:
        url = f"http://127.0.0.1:{port}"
        _wait_until_served(url, process)
        yield url
        process.terminate()


def _wait_until_served(url: str, process: subprocess.Popen[bytes]) -> None:
    for _ in range(240):
        assert process.poll() is None, "the app ended"
        try:
            with urllib.request.urlopen(f"{url}/_stcore/health", timeout=5):  # noqa: S310  loopback
                return
        except OSError:
            time.sleep(0.25)
    pytest.fail("the app did not answer in a minute")


def until(frame: Any, condition: str) -> None:
    """Wait for a condition in the map, whose policy forbids Playwright's own way of waiting."""
    end = time.monotonic() + WAIT_MS / 1000
    while not frame.evaluate(condition):
        assert time.monotonic() < end, f"in vain: {condition}"
        time.sleep(0.05)


def map_of(page: Any) -> tuple[Any, Any]:
    """Return the map's iframe and the frame in it, once it has drawn."""
    iframe = page.wait_for_selector("iframe[srcdoc]", timeout=WAIT_MS)
    frame = iframe.content_frame()
    until(frame, "Boolean(window.frontmap)")
    frame.evaluate("frontmap.ready.then(() => true)")
    return iframe, frame


def drawn(frame: Any) -> int:
    """Return a digest of every canvas of the map."""
    return frame.evaluate(
        """() => {
            let digest = 0;
            for (const canvas of document.querySelectorAll("canvas")) {
                if (!canvas.width || !canvas.height) continue;
                const copy = new OffscreenCanvas(canvas.width, canvas.height).getContext("2d");
                copy.drawImage(canvas, 0, 0);
                const box = copy.getImageData(0, 0, canvas.width, canvas.height);
                for (let i = 0; i < box.data.length; i += 4)
                    if (box.data[i + 3]) digest = (digest * 31 + box.data[i] + i) | 0;
            }
            return digest;
        }"""
    )


def until_drawn_anew(frame: Any, before: int) -> None:
    """Wait for the frame that paints something else."""
    end = time.monotonic() + WAIT_MS / 1000
    while drawn(frame) == before:
        assert time.monotonic() < end, "the map looks the same"


def query(page: Any) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(urlsplit(page.url).query).items()}


def wait_for_query(page: Any, **expected: str) -> None:
    page.wait_for_function(
        """expected => {
            const query = new URLSearchParams(location.search);
            return Object.entries(expected).every(([name, value]) => query.get(name) === value);
        }""",
        arg=expected,
        timeout=WAIT_MS,
    )


def wait_for_area(page: Any, sector: str, date: str) -> None:
    """Wait until the page says the area that the library measures."""
    area_km2 = frontmap.read().timeline(sector).area_at(date)
    page.locator("[data-testid=stMetricValue]", has_text=f"{area_km2:,.0f} ±").first.wait_for(
        timeout=WAIT_MS
    )


def test_the_map_draws_with_the_network_cut(address: str, open_page: Callable[..., Any]) -> None:
    page = open_page(address)
    _, frame = map_of(page)
    assert drawn(frame) != 0
    assert frame.evaluate("frontmap.date") == "2024-12-31"


def test_a_link_opens_its_date_sector_and_language(
    address: str, open_page: Callable[..., Any]
) -> None:
    page = open_page(f"{address}/?date=2024-10-20&sector=kursk&language=ja")
    _, frame = map_of(page)
    until(frame, "frontmap.date === '2024-10-20'")
    wait_for_area(page, "kursk", "2024-10-20")
    assert "クルスク" in page.locator("body").inner_text()
    until(frame, "document.body.innerText.includes('2024年10月20日')")


def test_moving_the_slider_changes_the_shape_and_the_numbers(
    address: str, open_page: Callable[..., Any]
) -> None:
    page = open_page(f"{address}/?sector=kursk")
    iframe, frame = map_of(page)
    wait_for_area(page, "kursk", "2024-12-31")
    before = drawn(frame)
    iframe.evaluate("element => { element.dataset.mark = 'the same element'; }")
    slider = frame.get_by_role("slider").first
    slider.focus()
    slider.press("Home")
    until(frame, "frontmap.date === '2024-09-30'")
    until_drawn_anew(frame, before)
    wait_for_query(page, date="2024-09-30")
    wait_for_area(page, "kursk", "2024-09-30")
    again = page.query_selector("iframe[srcdoc]")
    assert again.get_attribute("data-mark") == "the same element"


def test_the_numbers_on_the_map_are_the_librarys(
    address: str, open_page: Callable[..., Any]
) -> None:
    page = open_page(f"{address}/?date=2024-11-05")
    _, frame = map_of(page)
    until(frame, "frontmap.date === '2024-11-05'")
    shown = frame.evaluate("frontmap.areas()")
    for line in frontmap.read().timelines:
        assert shown[line.sector][line.status] == pytest.approx(
            line.area_at("2024-11-05"), abs=1e-3
        )


def test_the_pages_own_widgets_move_the_map(address: str, open_page: Callable[..., Any]) -> None:
    page = open_page(f"{address}/?sector=kursk&date=2024-11-05")
    _, frame = map_of(page)
    until(frame, "frontmap.date === '2024-11-05'")
    page.get_by_role("button", name="Dates").click()
    page.get_by_role("button", name="Previous assessment").click()
    until(frame, "frontmap.date === '2024-10-31'")
    wait_for_query(page, date="2024-10-31")


def test_switching_to_japanese_keeps_the_view(address: str, open_page: Callable[..., Any]) -> None:
    page = open_page(f"{address}/?sector=toretsk&date=2024-11-08")
    _, frame = map_of(page)
    wait_for_area(page, "toretsk", "2024-11-08")
    page.get_by_text("日本語", exact=True).first.click()
    wait_for_query(page, language="ja", date="2024-11-08", sector="toretsk")
    page.get_by_text("トレツク · ロシア側保持").first.wait_for(timeout=WAIT_MS)
    until(frame, "document.documentElement.lang === 'ja'")
    page.get_by_text("English", exact=True).first.click()
    page.get_by_text("Toretsk · Russian-held").first.wait_for(timeout=WAIT_MS)


def test_japanese_is_legible_on_a_machine_without_it(
    address: str, open_page: Callable[..., Any]
) -> None:
    page = open_page(f"{address}/?language=ja")
    _, frame = map_of(page)
    families = ((page, "Source Sans"), (page, "Source Code Pro"), (frame, "frontmap Japanese"))
    for inner, family in families:
        # Two letters that look the same are two empty boxes.
        until(
            inner,
            f"""(() => {{
                const [one, other] = ["前", "線"].map((letter) => {{
                    const canvas = new OffscreenCanvas(40, 40);
                    const context = canvas.getContext("2d");
                    context.font = "30px '{family}', sans-serif";
                    context.fillText(letter, 2, 32);
                    return String(context.getImageData(0, 0, 40, 40).data);
                }});
                return one !== other;
            }})()""",
        )


@pytest.mark.parametrize("width", [390, 1280])
def test_nothing_is_wider_than_the_window(
    address: str, open_page: Callable[..., Any], width: int
) -> None:
    page = open_page(address, viewport={"width": width, "height": 800})
    _, frame = map_of(page)
    for inner in (page, frame):
        assert inner.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    cut = frame.evaluate(
        """() => [...document.querySelectorAll("button, select, input")]
            .filter((one) => one.offsetWidth > 1)
            .map((one) => one.getBoundingClientRect())
            .filter((box) => box.width && (box.left < 0 || box.right > window.innerWidth)).length"""
    )
    assert cut == 0


def test_no_step_needs_the_server(address: str, open_page: Callable[..., Any]) -> None:
    page = open_page("about:blank")
    sent: list[float] = []
    page.on("websocket", lambda socket: socket.on("framesent", lambda _: sent.append(1)))
    page.goto(address)
    iframe, frame = map_of(page)
    wait_for_area(page, "kursk", "2024-12-31")
    settle(page)
    box = frame.locator(".fm-range").bounding_box()
    middle = box["y"] + 14
    frame.evaluate(
        """window.seen = new Set();
        document.addEventListener("frontmap:date", ({ detail }) => seen.add(detail.date));"""
    )
    before = len(sent)
    page.mouse.move(box["x"] + box["width"] * 0.9, middle)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] * 0.3, middle, steps=60)
    page.mouse.up()
    assert frame.evaluate("seen.size") > 30
    wait_for_query(page, date=frame.evaluate("frontmap.date"))
    settle(page)
    # One at rest; on a busy machine the hand may have stood still for a third of a second before.
    assert before + 1 <= len(sent) <= before + 3
    # Slow playing is no rest: 3 days a second leave a third of a second between the steps.
    frame.locator(".fm-speed").select_option("3")
    frame.get_by_role("button", name="Play").click()
    settle(page)
    before = len(sent)
    page.wait_for_timeout(1500)
    assert len(sent) == before
    frame.get_by_role("button", name="Pause").click()
    wait_for_query(page, date=frame.evaluate("frontmap.date"))
    assert iframe.is_visible()


def settle(page: Any) -> None:
    """Wait until the app has nothing more to do."""
    page.wait_for_timeout(300)
    page.locator("[data-testid=stApp][data-test-script-state=notRunning]").wait_for(timeout=WAIT_MS)
    page.wait_for_timeout(300)


def where(frame: Any) -> list[float]:
    return frame.evaluate(
        "[map_frontmap.getCenter().lng, map_frontmap.getCenter().lat, map_frontmap.getZoom()]"
    )


def test_a_copied_link_opens_the_same_view(address: str, open_page: Callable[..., Any]) -> None:
    page = open_page(f"{address}/?sector=kursk&date=2024-11-05")
    iframe, frame = map_of(page)
    until(frame, "frontmap.sector === 'kursk'")
    settle(page)
    box = iframe.bounding_box()
    page.mouse.move(box["x"] + 300, box["y"] + 250)
    page.mouse.down()
    page.mouse.move(box["x"] + 360, box["y"] + 300, steps=4)
    page.mouse.up()
    page.mouse.wheel(0, -300)
    frame.locator("button:has(svg)[aria-label='Light or dark']").click()
    frame.locator(".fm-compare").select_option("2024-10-10")
    page.wait_for_timeout(600)
    frame.evaluate("frontmap.setSwipe(0.25); frontmap.setLayers('names,graticule')")
    wait_for_query(page, theme="dark", baseline="2024-10-10", view=frame.evaluate("frontmap.view"))
    wait_for_query(page, swipe="0.25", layers="names,graticule")
    stands = where(frame)
    again = open_page(page.url)
    _, copied = map_of(again)
    until(copied, "frontmap.theme === 'dark'")
    assert copied.evaluate("[frontmap.date, frontmap.baseline, frontmap.sector]") == [
        "2024-11-05",
        "2024-10-10",
        "kursk",
    ]
    assert copied.evaluate("[frontmap.swipe, frontmap.layers]") == [0.25, "names,graticule"]
    assert where(copied) == pytest.approx(stands, abs=0.01)
    settle(again)
    assert query(again) == query(page)


def test_the_view_survives_every_rerun(address: str, open_page: Callable[..., Any]) -> None:
    page = open_page(address)
    iframe, frame = map_of(page)
    settle(page)
    frame.evaluate("frontmap.setView('37.2,48.1,9.5')")
    stands = where(frame)
    assert stands == pytest.approx([37.2, 48.1, 9.5], abs=0.01)
    iframe.evaluate("element => { element.dataset.mark = 'the same element'; }")
    page.get_by_text("日本語", exact=True).first.click()
    wait_for_query(page, language="ja")
    frame.get_by_role("slider").first.press("Home")
    wait_for_query(page, date="2024-09-30")
    settle(page)
    assert where(frame) == stands
    assert page.query_selector("iframe[srcdoc]").get_attribute("data-mark") == "the same element"


class Answers:
    """What the app's server says to a page; it can be kept back for a while."""

    def __init__(self, page: Any) -> None:
        self.kept: list[Any] = []
        self.keeping = False
        page.route_web_socket("**/_stcore/stream", self._join)

    def _join(self, socket: Any) -> None:
        self._socket = socket
        socket.connect_to_server().on_message(self._pass)

    def _pass(self, message: Any) -> None:
        if self.keeping:
            self.kept.append(message)
        else:
            self._socket.send(message)

    def release(self) -> None:
        # What comes meanwhile waits its turn.
        while self.kept:
            self._socket.send(self.kept.pop(0))
        self.keeping = False


def test_a_report_that_crosses_a_choice_on_the_page_undoes_nothing(
    address: str, open_page: Callable[..., Any]
) -> None:
    page = open_page("about:blank")
    answers = Answers(page)
    page.goto(address)
    _, frame = map_of(page)
    settle(page)
    answers.keeping = True
    page.get_by_text("日本語", exact=True).first.click()
    page.get_by_text("Toretsk", exact=True).first.click()
    frame.get_by_role("slider").first.press("Home")
    frame.locator("button:has(svg)[aria-label='Light or dark']").click()
    page.wait_for_timeout(1000)
    assert answers.kept
    answers.release()
    settle(page)
    wait_for_query(page, date="2024-09-30", language="ja", sector="toretsk", theme="dark")
    until(frame, "frontmap.sector === 'toretsk' && frontmap.language === 'ja'")
    assert frame.evaluate("[frontmap.date, frontmap.theme]") == ["2024-09-30", "dark"]


def test_a_choice_on_the_page_undoes_no_report_that_it_has_not_heard_of(
    address: str, open_page: Callable[..., Any]
) -> None:
    page = open_page("about:blank")
    answers = Answers(page)
    page.goto(address)
    _, frame = map_of(page)
    settle(page)
    answers.keeping = True
    # The page's own widgets go on showing the old date and sector.
    frame.get_by_role("slider").first.press("Home")
    frame.get_by_role("button", name="Kursk", exact=True).click()
    page.wait_for_timeout(1000)
    page.get_by_text("日本語", exact=True).first.click()
    page.wait_for_timeout(1000)
    answers.release()
    settle(page)
    wait_for_query(page, sector="kursk", language="ja", date="2024-09-30")
    assert frame.evaluate("[frontmap.sector, frontmap.date]") == ["kursk", "2024-09-30"]
    # Once they show the new ones, the old ones can be chosen again.
    settle(page)
    page.get_by_text("全体", exact=True).first.click()
    page.wait_for_function("!new URLSearchParams(location.search).has('sector')")
    assert query(page)["date"] == "2024-09-30"


def test_the_popover_does_not_bring_back_the_date_that_it_was_closed_with(
    address: str, open_page: Callable[..., Any]
) -> None:
    page = open_page(address)
    _, frame = map_of(page)
    settle(page)
    page.get_by_role("button", name="Dates").click()
    page.get_by_role("button", name="Previous assessment").click()
    wait_for_query(page, date="2024-12-20")
    settle(page)
    page.keyboard.press("Escape")
    frame.get_by_role("slider").first.press("Home")
    wait_for_query(page, date="2024-09-30")
    settle(page)
    page.get_by_text("日本語", exact=True).first.click()
    wait_for_query(page, language="ja")
    settle(page)
    assert query(page)["date"] == "2024-09-30"
    assert frame.evaluate("frontmap.date") == "2024-09-30"


def test_the_chosen_one_pressed_before_the_page_has_heard_of_another_is_chosen(
    address: str, open_page: Callable[..., Any]
) -> None:
    page = open_page("about:blank")
    answers = Answers(page)
    page.goto(address)
    _, frame = map_of(page)
    settle(page)
    answers.keeping = True
    frame.get_by_role("button", name="日本語").click()
    page.wait_for_timeout(1000)
    page.get_by_text("English", exact=True).first.click()
    page.wait_for_timeout(1000)
    answers.release()
    settle(page)
    wait_for_query(page, language="en")
    until(frame, "frontmap.language === 'en'")


def test_comparing_with_nothing_is_kept(address: str, open_page: Callable[..., Any]) -> None:
    page = open_page(address)
    _, frame = map_of(page)
    until(frame, "frontmap.baseline === '2024-09-30'")
    frame.locator(".fm-compare").select_option("")
    wait_for_query(page, baseline="none")
    settle(page)
    assert page.locator("[data-testid=stMetricDelta]").count() == 0
    assert frame.evaluate("frontmap.baseline") is None


def test_an_older_report_does_not_undo_a_widget(
    address: str, open_page: Callable[..., Any]
) -> None:
    page = open_page(address)
    _, frame = map_of(page)
    settle(page)
    frame.get_by_role("button", name="Kursk", exact=True).click()
    wait_for_query(page, sector="kursk")
    settle(page)
    page.get_by_text("Toretsk", exact=True).first.click()
    wait_for_query(page, sector="toretsk")
    until(frame, "frontmap.sector === 'toretsk'")
    frame.get_by_role("slider").first.press("Home")
    wait_for_query(page, date="2024-09-30")
    settle(page)
    assert query(page)["sector"] == "toretsk"
    assert frame.evaluate("frontmap.sector") == "toretsk"


def test_back_returns_to_what_was_shown(address: str, open_page: Callable[..., Any]) -> None:
    page = open_page(f"{address}/?sector=kursk")
    _, frame = map_of(page)
    until(frame, "frontmap.sector === 'kursk'")
    wait_for_area(page, "kursk", "2024-12-31")
    settle(page)
    slider = frame.get_by_role("slider").first
    for key, date in (("Home", "2024-09-30"), ("PageUp", "2024-10-10")):
        slider.press(key)
        wait_for_query(page, date=date)
        settle(page)
    page.go_back()
    until(frame, "frontmap.date === '2024-09-30'")
    wait_for_area(page, "kursk", "2024-09-30")
    assert query(page)["date"] == "2024-09-30"
    settle(page)
    page.go_back()
    until(frame, "frontmap.date === '2024-12-31'")
    settle(page)
    slider.press("PageDown")
    wait_for_query(page, date="2024-12-20")
    settle(page)
    assert query(page)["date"] == "2024-12-20"


def test_a_link_is_never_more_than_text(address: str, open_page: Callable[..., Any]) -> None:
    page = open_page(f"{address}/?sector=![x](http://127.0.0.1:9/x.png)&view=1,2,javascript:")
    map_of(page)
    settle(page)
    assert "![x](http://127.0.0.1:9/x.png)" in page.locator("body").inner_text()
    assert page.locator("img").count() == 0
