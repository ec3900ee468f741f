"""For everyone: by keyboard alone, by ear, with a finger, on a narrow screen."""

import pytest

import frontmap
from frontmap.render.webmap import page as render_page

pytestmark = pytest.mark.browser

READY = "window.frontmap && frontmap.ready.then(() => true)"
LEAST_TARGET_PX = 24


@pytest.fixture(scope="module")
def file(tmp_path_factory):
    made = tmp_path_factory.mktemp("access") / "page.html"
    made.write_text(render_page(frontmap.read()), encoding="utf-8")
    return made


@pytest.fixture
def page(open_page, file):
    page = open_page(file.as_uri())
    page.evaluate(READY)
    return page


def _tab_to(page, selector, most=60):
    for _ in range(most):
        page.keyboard.press("Tab")
        if page.evaluate("(to) => document.activeElement.matches(to)", selector):
            return
    pytest.fail(f"{selector} is not reached by Tab")


def test_a_session_by_keyboard_alone(page):
    _tab_to(page, "[data-sector=kursk]")
    page.keyboard.press("Enter")
    assert page.evaluate("frontmap.sector") == "kursk"
    _tab_to(page, ".fm-range")
    for key, date in (
        ("Home", "2024-09-30"),
        ("PageUp", "2024-10-10"),
        ("ArrowRight", "2024-10-11"),
    ):
        page.keyboard.press(key)
        assert page.evaluate("frontmap.date") == date
    _tab_to(page, ".fm-compare")
    page.keyboard.press("ArrowDown")
    assert page.evaluate("frontmap.baseline") == "2024-10-11"
    _tab_to(page, ".fm-about")
    page.keyboard.press("Enter")
    card = page.locator(".fm-inspect")
    assert "km²" in card.inner_text()
    page.keyboard.press("Escape")
    assert card.is_hidden()
    assert page.evaluate("document.activeElement.className").endswith("fm-about")


def test_the_map_itself_pans_by_arrows_and_moves_the_date_by_the_other_keys(page):
    page.evaluate("frontmap.setSector('kursk')")
    page.wait_for_timeout(600)
    page.evaluate("frontmap.setDate('2024-11-05')")
    before = page.evaluate("map_frontmap.getCenter().lng")
    page.locator(".folium-map").focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_function("(before) => map_frontmap.getCenter().lng > before", arg=before)
    assert page.evaluate("frontmap.date") == "2024-11-05"
    page.keyboard.press("End")
    assert page.evaluate("frontmap.date") == "2024-12-31"


def test_the_ear_hears_names_roles_and_values(page):
    page.evaluate("frontmap.setDate('2024-11-21'); frontmap.setSector('kursk')")
    heard = page.locator(".fm").aria_snapshot()
    for part in (
        'heading "21 Nov 2024" [level=2]',
        'region "Areas by sector"',
        'rowheader "Kursk"',
        'button "Kursk" [pressed]',
        'button "Where the figure for Kursk comes from"',
        'button "Play"',
        'combobox "Step"',
        'combobox "Speed"',
        'combobox "Compare"',
        'region "Date"',
    ):
        assert part in heard, part
    slider = page.get_by_role("slider", name="Date")
    assert slider.get_attribute("aria-valuetext") == "21 Nov 2024"
    assert page.locator("canvas:not([aria-hidden=true])").count() == 0


def test_every_control_has_a_name(page):
    nameless = page.evaluate("""() => [...document.querySelectorAll("button, select, input")]
      .filter((one) => one.offsetWidth && !one.getAttribute("aria-label")
        && !one.textContent.trim() && !(one.labels && one.labels.length))
      .map((one) => one.outerHTML)""")
    assert nameless == []


def test_date_age_and_areas_are_announced_when_the_hand_rests_only(page, dataset):
    page.evaluate("""() => {
      window.said = [];
      const live = document.querySelector("[aria-live]");
      new MutationObserver(() => said.push(live.textContent)).observe(live, { childList: true });
      frontmap.setSector("kursk");
      for (const day of ["01", "02", "03", "04"]) frontmap.setDate(`2024-10-${day}`);
    }""")
    page.wait_for_timeout(900)
    [said] = page.evaluate("said")
    area_km2 = dataset.timeline("kursk").area_at("2024-10-04")
    assert said.startswith("4 Oct 2024. as of 30 Sep (4 days old). Kursk: ")
    assert f"{area_km2:,.0f} ±" in said


@pytest.mark.parametrize("language", ["en", "ja"])
@pytest.mark.parametrize("width", [390, 1280])
def test_no_target_is_smaller_than_a_fingertip(open_page, file, width, language):
    page = open_page(file.as_uri(), viewport={"width": width, "height": 800})
    page.evaluate(READY)
    page.evaluate(
        "(to) => { frontmap.setLanguage(to); frontmap.setBaseline('2024-10-31'); }", language
    )
    page.wait_for_timeout(400)
    small = page.evaluate(
        """(least) => [...document.querySelectorAll(".fm :is(button, select, input), .fm-map a")]
          .filter((one) => one.checkVisibility())
          .map((one) => [one.className || one.title, one.getBoundingClientRect()])
          .filter(([, box]) => box.width < least || box.height < least)
          .map(([name, box]) => `${name} ${box.width} x ${box.height}`)""",
        LEAST_TARGET_PX,
    )
    assert small == []


def test_on_a_phone_the_map_keeps_its_share(open_page, file):
    page = open_page(file.as_uri(), viewport={"width": 390, "height": 800})
    page.evaluate(READY)
    panel = page.locator(".fm-panel").bounding_box()
    bar = page.locator(".fm-bar").bounding_box()
    assert bar["y"] - (panel["y"] + panel["height"]) > 800 / 2
    page.get_by_role("button", name="Show or hide the figures").click()
    assert page.locator("[data-sector=kursk]").is_visible()


def test_the_date_may_be_read_at_twice_the_size(open_page, file):
    # A window of 640 pixels is what a browser gives at 1280 and a zoom of 200 %.
    page = open_page(file.as_uri(), viewport={"width": 640, "height": 400})
    page.evaluate(READY)
    assert page.evaluate("document.documentElement.scrollWidth") <= 640
    for part in (".fm-date", ".fm-range", ".fm-play"):
        assert page.locator(part).is_visible()
