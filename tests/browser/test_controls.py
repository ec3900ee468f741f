"""The controls of the saved page: drag, press, play, step, type, touch; the track's marks."""

import datetime as dt
import json

import pytest

import frontmap
from frontmap.read import on_shipped_ground
from frontmap.render.webmap import page as render_page

pytestmark = pytest.mark.browser

READY = "window.frontmap && frontmap.ready.then(() => true)"
# The ink of the track along a level line: the alpha of each pixel, in steps of a CSS pixel.
INK = """(y) => {
  const canvas = document.querySelector(".fm-track");
  const ratio = canvas.width / canvas.clientWidth;
  const copy = new OffscreenCanvas(canvas.width, canvas.height).getContext("2d");
  copy.drawImage(canvas, 0, 0);
  const { data } = copy.getImageData(0, Math.round(y * ratio), canvas.width, 1);
  return Array.from({ length: canvas.clientWidth }, (_, x) => data[Math.round(x * ratio) * 4 + 3]);
}"""
AXIS, HALF_THUMB = 14, 9


@pytest.fixture(scope="module")
def file(tmp_path_factory):
    made = tmp_path_factory.mktemp("controls") / "page.html"
    made.write_text(render_page(frontmap.read()), encoding="utf-8")
    return made


@pytest.fixture
def page(open_page, file):
    page = open_page(file.as_uri())
    page.evaluate(READY)
    page.evaluate("frontmap.setSector('kursk')")
    return page


def _date(page):
    return page.evaluate("frontmap.date")


def _days(first, last):
    return (dt.date.fromisoformat(last) - dt.date.fromisoformat(first)).days


def _place(page, date):
    """Return where a date stands on the track, in pixels from its left end."""
    first, last = frontmap.read().span
    width = page.evaluate("document.querySelector('.fm-track').clientWidth")
    share = (dt.date.fromisoformat(date) - first).days / (last - first).days
    return HALF_THUMB + share * (width - 2 * HALF_THUMB)


def test_dragging_the_thumb_runs_through_the_dates(page):
    box = page.locator(".fm-range").bounding_box()
    y = box["y"] + 14
    page.mouse.move(box["x"] + _place(page, "2024-12-31"), y)
    page.mouse.down()
    seen = []
    for date in ("2024-12-20", "2024-12-01", "2024-11-10", "2024-10-15"):
        page.mouse.move(box["x"] + _place(page, date), y, steps=3)
        seen.append(_date(page))
    page.mouse.up()
    assert seen == ["2024-12-20", "2024-12-01", "2024-11-10", "2024-10-15"]


def test_the_curve_is_a_handle_too(page):
    box = page.locator(".fm-track").bounding_box()
    y = box["y"] + 50
    page.mouse.move(box["x"] + _place(page, "2024-10-20"), y)
    page.mouse.down()
    assert _date(page) == "2024-10-20"
    page.mouse.move(box["x"] + _place(page, "2024-11-20"), y, steps=4)
    assert _date(page) == "2024-11-20"
    page.mouse.up()
    page.mouse.move(box["x"] + _place(page, "2024-12-20"), y)
    assert _date(page) == "2024-11-20"
    page.keyboard.press("ArrowRight")
    assert _date(page) == "2024-11-21"


def test_a_finger_taps_and_drags(open_page, file):
    page = open_page(
        file.as_uri(), viewport={"width": 390, "height": 800}, has_touch=True, is_mobile=True
    )
    page.evaluate(READY)
    box = page.locator(".fm-range").bounding_box()
    page.touchscreen.tap(box["x"] + _place(page, "2024-11-01"), box["y"] + 14)
    assert abs(_days("2024-11-01", _date(page))) <= 1
    client = page.context.new_cdp_session(page)

    def touch(kind, *at):
        points = [{"x": x, "y": y} for x, y in at]
        client.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

    for y in (box["y"] + 14, box["y"] + 48):
        at = box["x"] + _place(page, _date(page))
        touch("touchStart", (at, y))
        for i in range(1, 9):
            touch("touchMove", (at + 5 * i, y))
        touch("touchEnd")
        moved = _days("2024-11-01", _date(page))
        assert moved > 5
        page.evaluate("frontmap.setDate('2024-11-01')")


@pytest.fixture
def timed(open_page, file):
    """The page under a clock that the test moves: playing is the same on a slow machine."""
    page = open_page("about:blank")
    page.clock.install()
    page.goto(file.as_uri())
    page.evaluate(READY)
    page.evaluate("frontmap.setSector('kursk')")
    page.clock.run_for(1000)
    return page


def test_playing_takes_calendar_time_across_gaps(timed, dataset):
    timed.evaluate("""() => {
      frontmap.setDate("2024-10-01");
      window.heard = [];
      document.addEventListener("frontmap:date", (event) => heard.push(event.detail.date));
    }""")
    timed.locator(".fm-speed").select_option("30")
    timed.get_by_role("button", name="Play").click()
    timed.clock.run_for(2000)
    assert _days("2024-10-01", _date(timed)) == pytest.approx(60, abs=2)
    timed.get_by_role("button", name="Pause").click()
    heard = timed.evaluate("heard")
    # The days between two assessments are played too.
    gaps = [set(_between(a, b)) for a, b in zip(*_pairs(dataset), strict=True)]
    assert sum(bool(gap & set(heard)) for gap in gaps if max(gap, default="") < heard[-1]) >= 3
    held = _date(timed)
    timed.clock.run_for(2000)
    assert _date(timed) == held


def _pairs(dataset):
    dates = dataset.timeline("kursk").dates
    return dates[:-1], dates[1:]


def _between(first, last):
    days = range(1, (last - first).days)
    return [(first + dt.timedelta(days=day)).isoformat() for day in days]


def test_playing_goes_on_from_where_another_hand_moved(timed):
    timed.evaluate("frontmap.setDate('2024-10-01')")
    timed.get_by_role("button", name="Play").click()
    timed.clock.run_for(1000)
    timed.evaluate("frontmap.setDate('2024-12-01')")
    timed.clock.run_for(1000)
    assert _days("2024-12-01", _date(timed)) == pytest.approx(7, abs=1)


def test_playing_at_the_end_begins_anew_and_ends_by_itself(timed):
    timed.locator(".fm-speed").select_option("60")
    timed.get_by_role("button", name="Play").click()
    timed.clock.run_for(200)
    assert _date(timed) < "2024-10-20"
    timed.clock.run_for(2000)
    assert _date(timed) == "2024-12-31"
    assert timed.get_by_role("button", name="Play").is_visible()


def test_slow_playing_is_announced_when_it_stops_only(timed):
    timed.evaluate("frontmap.setDate('2024-10-01')")
    timed.clock.run_for(500)
    live = timed.locator("[aria-live]")
    said = live.text_content()
    assert said.startswith("1 Oct 2024")
    timed.locator(".fm-speed").select_option("3")
    timed.get_by_role("button", name="Play").click()
    timed.clock.run_for(2000)
    assert _date(timed) > "2024-10-05"
    assert live.text_content() == said
    timed.get_by_role("button", name="Pause").click()
    assert live.text_content() != said


@pytest.mark.parametrize(
    ("unit", "forward", "back"),
    [
        ("day", "2024-10-16", "2024-10-15"),
        ("assessment", "2024-10-20", "2024-10-10"),
        ("event", None, None),
    ],
)
def test_buttons_step_by_day_assessment_and_event(page, dataset, unit, forward, back):
    if unit == "event":
        days = sorted({event.date.isoformat() for event in dataset.events})
        forward = min(day for day in days if day > "2024-10-15")
        back = max(day for day in days if day < forward)
    page.evaluate("frontmap.setDate('2024-10-15')")
    page.locator(".fm-unit").select_option(unit)
    page.get_by_role("button", name="One step forward").click()
    assert _date(page) == forward
    page.get_by_role("button", name="One step back").click()
    assert _date(page) == back


def test_the_date_field_hears_whole_dates_within_the_span(page):
    field = page.locator(".fm-field")
    field.fill("2024-11-21")
    assert _date(page) == "2024-11-21"
    # The first digit of a year is a date too, but not one of the span.
    field.fill("0002-11-21")
    assert _date(page) == "2024-11-21"
    page.locator(".fm-unit").focus()
    assert field.input_value() == "2024-11-21"


@pytest.mark.parametrize(
    ("language", "said"),
    [
        (
            "en",
            "The record runs from 30 Sep 2024 to 31 Dec 2024. The map still shows 21 Nov 2024.",
        ),
        ("ja", "記録は2024年9月30日から2024年12月31日までです。地図は2024年11月21日のままです。"),
    ],
)
def test_a_date_outside_the_record_is_answered(timed, language, said):
    timed.evaluate(
        "(to) => { frontmap.setLanguage(to); frontmap.setDate('2024-11-21'); }", language
    )
    timed.clock.run_for(1000)
    field, told = timed.locator(".fm-field"), timed.locator(".fm-bar [role=status]")
    # Half a year is no answer's business while it is typed; a whole one is, after a pause.
    field.fill("0002-11-21")
    timed.clock.run_for(5000)
    assert told.inner_text() == ""
    field.fill("2025-03-01")
    assert told.inner_text() == ""
    timed.clock.run_for(2000)
    assert told.inner_text() == said
    box, bar = told.bounding_box(), timed.locator(".fm-bar").bounding_box()
    assert box["y"] + box["height"] < bar["y"]
    assert box["height"] < 36
    # It goes by itself, and is not said again on leaving.
    timed.clock.run_for(11000)
    timed.locator(".fm-unit").focus()
    assert told.inner_text() == ""
    assert field.input_value() == _date(timed) == "2024-11-21"
    # Enter and leaving the field ask at once; another date makes the word untrue.
    field.fill("1999-01-01")
    field.press("Enter")
    assert told.inner_text() == said
    field.fill("2026-01-01")
    timed.locator(".fm-unit").focus()
    assert told.inner_text() == said
    timed.evaluate("frontmap.setDate('2024-11-22')")
    assert told.inner_text() == ""


def test_the_answer_to_a_date_outside_the_record_fits_a_phone(open_page, file):
    page = open_page(file.as_uri(), viewport={"width": 390, "height": 800})
    page.evaluate(READY)
    page.locator(".fm-field").fill("2030-01-01")
    page.locator(".fm-field").press("Enter")
    told = page.locator(".fm-told")
    assert "30 Sep 2024" in told.inner_text()
    box = told.bounding_box()
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 390


def test_a_day_that_is_none_is_refused(page):
    said = page.evaluate("""() => {
      try { frontmap.setDate("2024-11-31"); return ""; } catch (error) { return error.message; }
    }""")
    assert said == "2024-11-31 is no date: write it as YYYY-MM-DD"


def test_the_date_shown_becomes_the_one_compared_with(page):
    page.evaluate("frontmap.setDate('2024-11-07')")
    page.locator(".fm-compare").select_option("shown")
    assert page.evaluate("frontmap.baseline") == "2024-11-07"
    assert page.locator(".fm-compare").input_value() == "2024-11-07"
    page.locator(".fm-compare").select_option("")
    assert page.evaluate("frontmap.baseline") is None


def test_the_label_says_the_age_of_what_is_shown(page, dataset):
    page.evaluate("frontmap.setDate('2024-10-14'); frontmap.setSector(null)")
    day = dt.date(2024, 10, 14)
    mains = [dataset.timeline(sector).at(day).valid_from for sector in dataset.sectors]
    ages = sorted({(day - one).days for one in mains})
    assert len(ages) > 1
    said = page.locator(".fm-age").inner_text()
    assert f"({ages[0]} to {ages[-1]} days old)" in said


def test_a_gap_is_seen_on_the_rail(page):
    ink = page.evaluate(INK, AXIS)
    days = {day: round(_place(page, day)) for day in ("2024-10-01", "2024-10-07", "2024-10-09")}
    fresh = ink[days["2024-10-01"] : days["2024-10-07"] - 2]
    stale = ink[days["2024-10-07"] + 3 : days["2024-10-09"]]
    assert min(fresh) > 0
    assert min(stale) == 0
    assert max(stale) > 0


def test_hovering_a_mark_tells_its_event(page, dataset):
    event = next(one for one in dataset.events if "Oreshnik" in one.title.en)
    box = page.locator(".fm-range").bounding_box()
    page.mouse.move(box["x"] + _place(page, event.date.isoformat()), box["y"] + 5)
    hint = page.locator(".fm-hint")
    hint.wait_for(state="visible")
    assert event.title.en in hint.inner_text()
    assert "21 Nov 2024" in hint.inner_text()
    page.mouse.move(640, 200)
    hint.wait_for(state="hidden")


def test_a_step_paints_the_track_no_more(page):
    shown = page.evaluate("""() => {
      const context = document.querySelector(".fm-track").getContext("bitmaprenderer");
      let shown = 0;
      context.transferFromImageBitmap = (picture) => {
        shown += 1;
        ImageBitmapRenderingContext.prototype.transferFromImageBitmap.call(context, picture);
      };
      frontmap.dates.forEach((date) => frontmap.setDate(date));
      const [stepped] = [shown, frontmap.setBaseline(frontmap.dates[0])];
      return [stepped, shown];
    }""")
    assert shown == [0, 1]


@pytest.fixture(scope="module")
def daily(tmp_path_factory, feature):
    """A record of 112 days without the days from 60 to 90, as a page."""
    folder = tmp_path_factory.mktemp("daily")
    first = dt.date(2024, 9, 15)
    for day in [*range(60), *range(90, 112)]:
        edge = 37 + day / 1000
        square = [[[36, 48], [edge, 48], [edge, 49], [36, 49], [36, 48]]]
        made = feature(square, valid_from=(first + dt.timedelta(days=day)).isoformat())
        text = json.dumps({"type": "FeatureCollection", "features": [made]})
        (folder / f"{day:03}.geojson").write_text(text, encoding="utf-8")
    file = folder / "page.html"
    file.write_text(render_page(on_shipped_ground(frontmap.read(folder))), encoding="utf-8")
    return file


def test_daily_marks_are_no_black_bar_and_their_gap_is_seen(open_page, daily):
    page = open_page(daily.as_uri(), viewport={"width": 390, "height": 800})
    page.evaluate(READY)
    ink = page.evaluate(INK, AXIS - 3.6)
    assert max(ink) == 0
    rail = page.evaluate(INK, AXIS)
    width = len(rail) - 2 * HALF_THUMB
    at = [round(HALF_THUMB + share * width) for share in (0.1, 0.5, 0.64, 0.78, 0.85, 0.95)]
    assert min(rail[at[0] : at[1]]) > 0
    assert min(rail[at[2] : at[3]]) == 0
    assert min(rail[at[4] : at[5]]) > 0
    assert page.locator(".fm-compare option").count() < 10
