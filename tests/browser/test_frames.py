"""A step paints only what differs; what stands on the canvas is what painting all of it gives."""

import random

import pytest

import frontmap
from frontmap.render.webmap import page as render_page

pytestmark = pytest.mark.browser

READY = "window.frontmap && frontmap.ready.then(() => true)"
NEXT_FRAME = "() => new Promise((done) => requestAnimationFrame(() => setTimeout(done)))"
# Let the front be painted all over, as after a lost canvas, and count the pixels that change by
# more than a quarter: which vertices stand for others, and how edges are smoothed, may differ a
# little with where a path begins. A step that left anything behind changes hundreds of them.
STALE = """async () => {
  const frame = () => new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
  do await frame(); while (document.querySelector(".leaflet-pan-anim, .leaflet-zoom-anim"));
  await frame();
  const canvas = document.querySelector(".leaflet-fm-control-pane canvas");
  const look = () => {
    const copy = new OffscreenCanvas(canvas.width, canvas.height).getContext("2d");
    copy.fillRect(0, 0, canvas.width, canvas.height);
    copy.drawImage(canvas, 0, 0);
    return copy.getImageData(0, 0, canvas.width, canvas.height).data;
  };
  const before = look();
  canvas.dispatchEvent(new Event("contextrestored"));
  await frame();
  const after = look();
  let [stale, painted] = [0, 0];
  for (let i = 0; i < after.length; i += 4) {
    const off = (k) => Math.abs(after[i + k] - before[i + k]);
    stale += Math.max(off(0), off(1), off(2)) > 64;
    painted += after[i] + after[i + 1] + after[i + 2] > 0;
  }
  return [stale, painted];
}"""
MOST_STALE = 25
# What share of the canvas of the front is cleared in the frame after choices are made.
CLEARED = """async (choices) => {
  const canvas = document.querySelector(".leaflet-fm-control-pane canvas");
  const context = canvas.getContext("2d");
  let cleared = 0;
  context.clearRect = (x, y, width, height) => {
    cleared += width * height;
    CanvasRenderingContext2D.prototype.clearRect.call(context, x, y, width, height);
  };
  for (const [name, value] of Object.entries(choices)) frontmap[`set${name}`](value);
  await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
  delete context.clearRect;
  return cleared / (canvas.width * canvas.height);
}"""


@pytest.fixture(scope="module")
def file(tmp_path_factory):
    made = tmp_path_factory.mktemp("frames") / "page.html"
    made.write_text(render_page(frontmap.read()), encoding="utf-8")
    return made


def _acts(dates, seed):
    """Forty things that a reader may do, steps above all."""
    choose = random.Random(seed)  # noqa: S311  acts, no secrets
    at = len(dates) // 2
    for _ in range(40):
        act = choose.choice(["step"] * 6 + ["jump", "baseline", "alone", "pan", "zoom", "theme"])
        if act in ("step", "jump"):
            near = min(max(at + choose.choice([-1, 1, 2]), 0), len(dates) - 1)
            at = near if act == "step" else choose.randrange(len(dates))
            yield f"() => frontmap.setDate('{dates[at]}')"
        elif act == "baseline":
            yield f"() => frontmap.setBaseline('{choose.choice(dates)}')"
        elif act == "alone":
            yield "() => frontmap.setBaseline(null)"
        elif act == "theme":
            yield f"() => frontmap.setTheme('{choose.choice(['dark', 'light'])}')"
        elif act == "pan":
            by = [choose.randint(-150, 150), choose.randint(-90, 90)]
            yield f"() => {{ map_frontmap.panBy({by}, {{animate: false}}); }}"
        else:
            zoom = choose.choice([6.5, 7.3, 8, 9, 10, 11.5])
            yield f"() => {{ map_frontmap.setZoom({zoom}, {{animate: false}}); }}"


@pytest.mark.parametrize(("seed", "ratio"), [(1, 1), (2, 1.5), (3, 2)])
def test_any_sequence_of_steps_leaves_what_painting_all_of_it_gives(open_page, file, seed, ratio):
    page = open_page(file.as_uri(), device_scale_factor=ratio)
    page.evaluate(READY)
    dates = page.evaluate("[...frontmap.dates]")
    page.evaluate("() => { map_frontmap.setView([48.3, 37.4], 9, {animate: false}); }")
    found = []
    for turn, act in enumerate(_acts(dates, seed)):
        page.evaluate(act)
        page.evaluate(NEXT_FRAME)
        if turn % 4 == 3:
            found.append(page.evaluate(STALE))
    assert max(stale for stale, _ in found) <= MOST_STALE * ratio
    assert max(painted for _, painted in found) > 10_000


def test_step_paints_little_and_a_change_of_baseline_everything(open_page, file):
    page = open_page(file.as_uri())
    page.evaluate(READY)
    dates = page.evaluate("[...frontmap.dates]")
    page.evaluate("(date) => frontmap.setDate(date)", dates[-3])
    page.evaluate(NEXT_FRAME)
    following = dates[-2], dates[-1], dates[-1]
    shares = [page.evaluate(CLEARED, {"Date": date}) for date in following]
    assert all(share < 0.2 for share in shares)
    assert shares[-1] == 0
    for choices in ({"Baseline": dates[0]}, {"Theme": "dark"}):
        assert page.evaluate(CLEARED, choices) == pytest.approx(1)


def test_steps_within_a_frame_are_painted_at_once_and_once_more(open_page, file):
    page = open_page(file.as_uri())
    page.evaluate(READY)
    page.evaluate(NEXT_FRAME)
    painted = page.evaluate("""async () => {
      const canvas = document.querySelector(".leaflet-fm-control-pane canvas");
      const context = canvas.getContext("2d");
      let times = 0;
      context.clip = (...given) => {
        times += 1;
        CanvasRenderingContext2D.prototype.clip.apply(context, given);
      };
      const dates = frontmap.dates.slice(-9);
      frontmap.setDate(dates[0]);
      const found = [times];
      dates.slice(1).forEach((date) => frontmap.setDate(date));
      found.push(times);
      await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
      found.push(times);
      await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
      return [...found, times];
    }""")
    assert painted == [1, 1, 2, 2]
