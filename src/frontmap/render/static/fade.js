// A quick cross-fade of the front when the date steps or jumps; none while it runs.

const FADE_MS = 130;
/** Changes that follow each other sooner than this are a movement, and a movement is not faded. */
const APART_MS = 300;
/** A fade whose frames take longer than this on the whole is a burden, and the last one. */
const SLOW_FRAME_MS = 20;

/** Make fades for a sheet. `ask()` is told of each change of date, `draw()` redraws the sheet. */
export function createFade(map, sheet) {
  const quiet = window.matchMedia("(prefers-reduced-motion: reduce)");
  let spare = null;
  let running = null;
  let wanted = false;
  let last = -Infinity;
  let held = 0;
  let slow = false;

  document.addEventListener("pointerdown", () => { held = 1; }, true);
  for (const name of ["pointerup", "pointercancel"]) {
    document.addEventListener(name, () => { held = 0; }, true);
  }
  map.on("zoomstart", cut);

  /** End a fade at once. */
  function cut() {
    if (!running) return;
    running.fresh.cancel();
    running.old.cancel();
    running = null;
    spare.parentElement.classList.remove("fm-fading");
    spare.remove();
  }

  function ask() {
    const now = performance.now();
    // The first change under a pressed pointer is a jump to where it points, the others a drag.
    wanted = now - last > APART_MS && held < 2 && !slow && !quiet.matches && !document.hidden;
    last = now;
    if (held) held = 2;
  }

  /** Draw the sheet: on a second canvas under the first when there is to be a fade. */
  function draw() {
    cut();
    if (!wanted || map._animatingZoom) {
      sheet.redraw();
      return;
    }
    wanted = false;
    const fresh = spare || document.createElement("canvas");
    spare = sheet.swap(fresh);
    sheet.redraw();
    spare.parentElement.classList.add("fm-fading");
    // Both add up to the whole where they agree (plus-lighter), so only what differs changes.
    const fade = (canvas, from, to) => canvas.animate([{ opacity: from }, { opacity: to }], {
      duration: FADE_MS, fill: "forwards", easing: "linear",
    });
    running = { fresh: fade(fresh, 0, 1), old: fade(spare, 1, 0) };
    const mine = running;
    let frames = 0;
    const count = () => {
      if (running !== mine) return;
      frames += 1;
      requestAnimationFrame(count);
    };
    requestAnimationFrame(count);
    running.old.onfinish = () => {
      if (running !== mine) return;
      slow = frames * SLOW_FRAME_MS < FADE_MS;
      cut();
    };
  }

  return { ask, draw };
}
