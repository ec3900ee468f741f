// The bar: slider over its track, play, steps, date field, baseline.
import { ICONS, el, icon, label, voice, writeAttribute } from "./dom.js";
import { dayNumber, isoDate } from "./text.js";
import { showTrack } from "./curve.js";
import { createCompare } from "./compare.js";
import { createDayField } from "./dayfield.js";
import { createHint } from "./hint.js";
import { createPlayer } from "./play.js";

const SPEEDS = [3, 7, 14, 30, 60];
const THUMB = 18;

/** Build the bar. `host` gives state, data, events, words() and theme(). */
export function createBar(host) {
  const { state, data, events } = host;
  const [first, last] = data.span.map(dayNumber);
  const day = () => dayNumber(state.get().date);
  const move = (to) => state.set({ date: isoDate(Math.min(last, Math.max(first, to))) });
  const player = createPlayer({
    current: day, first, last, move,
    changed(playing) {
      play.replaceChildren(icon(playing ? ICONS.pause : ICONS.play));
      label(play, host.words().say(playing ? "pause" : "play"));
      if (playing) state.hold();
      else state.settle();
    },
  });
  const halted = (act) => (...given) => {
    player.stop();
    act(...given);
  };

  const range = el("input", {
    type: "range", class: "fm-range", min: first, max: last, step: 1,
    oninput: halted(() => move(Number(range.value))),
    onchange: () => state.settle(),
    onkeydown: (event) => onKey(event),
  });
  // The curve under the slider is a handle as well: pressing it moves there, dragging moves on.
  const track = el("canvas", {
    class: "fm-track", "aria-hidden": "true",
    onpointerdown: (event) => {
      if (event.button) return;
      event.preventDefault();
      track.setPointerCapture(event.pointerId);
      range.focus({ preventScroll: true, focusVisible: false });
      drag(event);
    },
    onpointermove: (event) => { if (track.hasPointerCapture(event.pointerId)) drag(event); },
    onpointerup: () => state.settle(),
  });
  const drag = halted((event) => move(axis.day(event.clientX - track.getBoundingClientRect().left)));
  const play = el("button", { type: "button", class: "fm-play", onclick: () => player.toggle() },
    icon(ICONS.play));
  const unit = el("select", { class: "fm-unit" },
    ...["day", "assessment", "event"].map((value) => el("option", { value })));
  unit.value = "assessment";
  const back = el("button", { type: "button", onclick: halted(() => step(-1, unit.value)) }, icon(ICONS.back));
  const forward = el("button", { type: "button", onclick: halted(() => step(1, unit.value)) }, icon(ICONS.forward));
  const speed = el("select", { class: "fm-speed", onchange: () => player.speed(Number(speed.value)) },
    ...SPEEDS.map((value) => el("option", { value })));
  speed.value = "7";
  const field = createDayField(host, { attributes: { class: "fm-field" }, accept: halted(move) });
  const compare = createCompare(host);
  const captions = ["date_field", "compare", "step", "speed"].map(() => el("span"));
  const caption = (i, control) => el("label", { class: "fm-labelled" }, captions[i], control);
  captions.slice(2).forEach((text) => text.classList.add("fm-spare"));
  const attribution = el("p", { class: "fm-attribution" });
  const cursor = el("div", { class: "fm-now", "aria-hidden": "true" });
  const slide = el("div", { class: "fm-slide" }, track, cursor, range);
  const node = el("section", { class: "fm-bar" },
    el("div", { class: "fm-buttons" }, play, back, forward),
    el("div", { class: "fm-options" }, caption(2, unit), caption(3, speed)),
    slide,
    el("div", { class: "fm-day" }, caption(0, field.node)),
    el("div", { class: "fm-since" }, caption(1, compare.node)),
    attribution, field.told);

  /** Days and pixels along the track: the thumb's middle stands on its day. */
  let width = 0;
  const axis = {
    px: (of) => THUMB / 2 + ((of - first) / Math.max(1, last - first)) * (width - THUMB),
    day: (px) => Math.round(first + ((px - THUMB / 2) / Math.max(1, width - THUMB)) * (last - first)),
  };
  slide.append(createHint(host, slide, axis));

  /** The days that a step in a unit may land on. */
  function stops(of) {
    const { sector } = state.get();
    if (of === "event") return events.map((event) => event.day);
    return data.timelines.filter((line) => !sector || line.sector === sector)
      .flatMap((line) => line.dates.map(dayNumber));
  }

  function step(direction, of) {
    const now = day();
    if (of === "day") return move(now + direction);
    const ahead = stops(of).filter((one) => (one - now) * direction > 0 && one >= first && one <= last);
    if (!ahead.length) return undefined;
    return move(direction > 0 ? Math.min(...ahead) : Math.max(...ahead));
  }

  /** Keys: arrows a day, Page keys an assessment, with Shift an event; Home, End; space plays. */
  function onKey(event) {
    if (event.ctrlKey || event.altKey || event.metaKey) return false;
    const moves = {
      ArrowLeft: () => step(-1, "day"), ArrowRight: () => step(1, "day"),
      ArrowDown: () => step(-1, "day"), ArrowUp: () => step(1, "day"),
      PageDown: () => step(-1, event.shiftKey ? "event" : "assessment"),
      PageUp: () => step(1, event.shiftKey ? "event" : "assessment"),
      Home: () => move(first), End: () => move(last),
    };
    if (event.key === " ") player.toggle();
    else if (Object.hasOwn(moves, event.key)) halted(moves[event.key])();
    else return false;
    event.preventDefault();
    return true;
  }

  function paint() {
    width = track.clientWidth;
    showTrack(track, {
      data, events, state: state.get(), words: host.words(), theme: host.theme(),
      first, last, inset: THUMB / 2, font: data.style.font,
    });
    place();
  }

  function place() {
    cursor.style.transform = `translateX(${axis.px(day())}px)`;
  }

  function speak() {
    const words = host.words();
    voice(node, words.say("controls"));
    voice(range, words.say("slider"));
    label(play, words.say(player.playing() ? "pause" : "play"));
    label(back, words.say("step_back"));
    label(forward, words.say("step_forward"));
    ["date_field", "compare", "step", "speed"].forEach((key, i) => {
      captions[i].textContent = words.say(key);
    });
    [...unit.options].forEach((option) => { option.textContent = words.say(`unit_${option.value}`); });
    [...speed.options].forEach((option) => {
      option.textContent = words.say("days_per_second", { days: option.value });
    });
    const unlisted = data.unlisted.map((id) => words.say("unlisted", { id }));
    attribution.replaceChildren(...[...data.attribution, ...unlisted, "Leaflet"]
      .flatMap((credit, i) => [i ? " \u00b7 " : "", el("bdi", {}, credit)]));
  }

  function show(changed) {
    if (changed.includes("language")) speak();
    if (changed.includes("language") || changed.includes("baseline")) compare.fill();
    range.value = day();
    writeAttribute(range, "aria-valuetext", host.words().date(state.get().date));
    field.show();
    place();
    if (changed.some((name) => name !== "date")) paint();
  }

  new ResizeObserver(paint).observe(track);
  return { node, show, onKey, stop: player.stop };
}
