"""Events on the map: those that meet at one place are told apart by eye, by hand and by ear."""

import dataclasses
import datetime as dt

import pytest
import shapely

import frontmap
from frontmap.model import Event, LocalText
from frontmap.render.webmap import page as render_page

pytestmark = pytest.mark.browser

READY = "window.frontmap && frontmap.ready.then(() => true)"
NEXT_FRAME = "() => new Promise((done) => requestAnimationFrame(() => setTimeout(done)))"
PLACE = 37.25, 48.28
BESIDE_PX = 20
# The picture of the marks around the place: a box from there in pixels.
MARKS = """([lon, lat, left, top, width, height]) => {
  const canvas = document.querySelector(".leaflet-fm-marks-pane canvas");
  const box = canvas.getBoundingClientRect();
  const { x, y } = map_frontmap.latLngToContainerPoint([lat, lon]);
  const copy = new OffscreenCanvas(canvas.width, canvas.height).getContext("2d");
  copy.drawImage(canvas, 0, 0);
  const [px, py] = [Math.round(x - box.left + left), Math.round(y - box.top + top)];
  return [...copy.getImageData(px, py, width, height).data];
}"""
# From here on, each date or name that is written on the map, with the box that it takes.
WRITTEN = """() => {
  window.written = [];
  const { prototype } = OffscreenCanvasRenderingContext2D;
  const { fillText } = prototype;
  prototype.fillText = function (text, x, y) {
    const wide = this.measureText(text).width;
    const left = { left: x, center: x - wide / 2, right: x - wide }[this.textAlign];
    written.push([text, left, y - 10, left + wide, y + 2]);
    fillText.call(this, text, x, y);
  };
}"""


def _event(id_, day, kind="strike", place=PLACE):
    return Event(
        id_, dt.date.fromisoformat(day), kind, LocalText(f"Title {id_}"), LocalText("…"), "ours",
        place=LocalText("Pokrovsk"), geometry=shapely.Point(*place),
    )  # fmt: skip


@pytest.fixture
def open_events(open_page, tmp_path):
    """Open a page of the Pokrovsk sector that has nothing but these events on its ground."""

    def make(*events, **options):
        dataset = dataclasses.replace(frontmap.read(), events=events, places=())
        file = tmp_path / f"{len(list(tmp_path.iterdir()))}.html"
        file.write_text(render_page(dataset, sector="pokrovsk"), encoding="utf-8")
        page = open_page(file.as_uri(), reduced_motion="reduce", **options)
        page.evaluate(READY)
        return page

    return make


def _show(page, date):
    page.evaluate("(date) => frontmap.setDate(date)", date)
    page.evaluate(NEXT_FRAME)


def _marks(page, *box):
    return page.evaluate(MARKS, [*PLACE, *box])


def _overlap(a, b):
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]


GLYPH = -9, -9, 18, 18


def test_two_events_of_a_date_at_a_place_stand_side_by_side(open_events):
    alone = open_events(_event("a", "2024-11-10"))
    both = open_events(_event("a", "2024-11-10"), _event("b", "2024-11-10", "withdrawal"))
    for page in (alone, both):
        _show(page, "2024-11-10")
    # The tie to the second begins at the right tip of the first.
    first = -9, -9, 14, 18
    assert _marks(both, *first) == _marks(alone, *first)
    second = _marks(both, BESIDE_PX - 2, -4, 4, 4)
    assert len({tuple(second[i : i + 4]) for i in range(0, len(second), 4)}) == 1
    assert second[3] == 255


@pytest.mark.parametrize("width", [390, 1280])
def test_dates_and_places_of_a_crowd_do_not_overlap(open_events, width):
    crowd = [_event(str(i), f"2024-11-{10 + i // 2}") for i in range(6)]
    page = open_events(*crowd, viewport={"width": width, "height": 800})
    page.evaluate(WRITTEN)
    _show(page, "2024-11-13")
    written = page.evaluate("written.filter(([text]) => text.endsWith('Nov'))")
    assert len(written) >= 4
    every = page.evaluate("written")
    assert not [
        (a[0], b[0])
        for i, a in enumerate(every)
        for b in every[i + 1 :]
        if _overlap(a[1:], b[1:]) and "Nov" in a[0] + b[0]
    ]


def test_nothing_moves_while_the_date_does(open_events):
    page = open_events(_event("a", "2024-11-10"), _event("b", "2024-11-13", "withdrawal"))
    # All that belongs to the first lies left of the second, and the other way round.
    first, second = (-100, -40, 105, 80), (BESIDE_PX - 8, -40, 100, 80)
    pictures = {}
    for date in ("2024-11-12", "2024-11-13", "2024-11-16", "2024-11-17", "2024-11-19"):
        _show(page, date)
        pictures[date] = _marks(page, *first), _marks(page, *second)
    assert pictures["2024-11-12"][0] == pictures["2024-11-13"][0] == pictures["2024-11-16"][0]
    assert pictures["2024-11-13"][1] == pictures["2024-11-17"][1] == pictures["2024-11-19"][1]
    # Long ago, each is a quiet mark on its place.
    _show(page, "2024-12-10")
    assert sum(_marks(page, *GLYPH)) > 0
    assert sum(_marks(page, BESIDE_PX - 9, -9, 18, 18)) == 0


def test_each_of_two_is_reached_by_click_and_by_keyboard(open_events):
    page = open_events(_event("a", "2024-11-10"), _event("b", "2024-11-12"))
    _show(page, "2024-11-12")
    card = page.locator(".fm-inspect")
    x, y = page.evaluate(
        "([lon, lat]) => { const p = map_frontmap.latLngToContainerPoint([lat, lon]);"
        " return [p.x, p.y]; }",
        list(PLACE),
    )
    for off, title in ((0, "Title a"), (BESIDE_PX, "Title b")):
        page.mouse.click(x + off, y)
        card.wait_for(state="visible")
        assert card.locator("h3").all_inner_texts() == [title]
        page.keyboard.press("Escape")
    for title in ("Title a", "Title b"):
        page.get_by_role("button", name=title).focus()
        page.keyboard.press("Enter")
        assert card.locator("h3").all_inner_texts() == [title]
        page.keyboard.press("Escape")


def test_a_ring_greets_the_glyph_where_it_stands(open_events):
    page = open_events(_event("a", "2024-11-10"), _event("b", "2024-11-12"))
    page.emulate_media(reduced_motion="no-preference")
    _show(page, "2024-11-11")
    x = page.evaluate(
        "([lon, lat]) => map_frontmap.latLngToContainerPoint([lat, lon]).x", list(PLACE)
    )
    page.evaluate("frontmap.setDate('2024-11-12')")
    box = page.locator(".fm-ring").bounding_box()
    assert box["x"] == pytest.approx(x + BESIDE_PX, abs=1)


def test_a_step_without_news_paints_no_marks(open_events):
    page = open_events(_event("a", "2024-11-10"), _event("b", "2024-11-10"))
    _show(page, "2024-11-09")
    painted = page.evaluate("""async () => {
      const canvas = document.querySelector(".leaflet-fm-marks-pane canvas");
      const context = canvas.getContext("bitmaprenderer");
      let painted = 0;
      context.transferFromImageBitmap = (picture) => {
        painted += 1;
        ImageBitmapRenderingContext.prototype.transferFromImageBitmap.call(context, picture);
      };
      const found = [];
      for (const day of ["10", "11", "15", "16", "17", "18"]) {
        frontmap.setDate(`2024-11-${day}`);
        await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
        found.push(painted);
      }
      return found;
    }""")
    assert painted == [1, 1, 1, 1, 2, 2]
