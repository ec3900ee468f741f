// What lies under the pointer on the track: the day, its assessment, its events.
import { el } from "./dom.js";
import { isoDate } from "./text.js";

const MOST_EVENTS = 2;
/** Marks are small: an event so near to the pointer is meant, in pixels. */
const NEAR_PX = 4;

/** Build the hint over `slide`; `at.day(px)` and `at.px(day)` are the track's axis. */
export function createHint(host, slide, at) {
  const node = el("p", { class: "fm-hint", "aria-hidden": "true", hidden: true });

  function lines(px) {
    const words = host.words();
    const near = host.events.filter((event) => Math.abs(at.px(event.day) - px) <= NEAR_PX)
      .sort((a, b) => Math.abs(at.px(a.day) - px) - Math.abs(at.px(b.day) - px));
    // Over an event's mark the event is told, else the day that a click would go to.
    const day = near.length ? near[0].day : at.day(px);
    const iso = isoDate(day);
    const { sector } = host.state.get();
    const assessed = host.data.timelines.filter((line) => !sector || line.sector === sector)
      .map((line) => line.dates.filter((date) => date <= iso).at(-1)).filter(Boolean).sort().at(-1);
    const age = assessed ? words.age(assessed, iso) : "";
    const told = near.filter((event) => event.day === day).slice(0, MOST_EVENTS)
      .map((event) => words.form(event.title));
    return [[words.date(iso), age].filter(Boolean).join(" \u00b7 "), ...told];
  }

  function show(event) {
    if (event.pointerType !== "mouse" || event.buttons) {
      node.hidden = true;
      return;
    }
    const box = slide.getBoundingClientRect();
    const px = event.clientX - box.left;
    node.replaceChildren(...lines(px).map((text) => el("span", { dir: "auto" }, text)));
    node.hidden = false;
    const half = node.offsetWidth / 2;
    const room = window.innerWidth - box.left - half - 8;
    node.style.left = `${Math.max(half + 8 - box.left, Math.min(room, px))}px`;
  }

  slide.addEventListener("pointermove", show);
  slide.addEventListener("pointerdown", show);
  slide.addEventListener("pointerleave", () => { node.hidden = true; });
  return node;
}
