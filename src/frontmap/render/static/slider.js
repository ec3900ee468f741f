// The bar: slider over its track, play, steps, date field, baseline.
import { ICONS, el, icon, label, voice } from "./dom.js";
import { dayNumber, isDate, isoDate } from "./text.js";
import { paintTrack } from "./curve.js";
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
      if (!playing) state.settle();
    },
  });
  const halted = (act) => () => {
    player.stop();
    act();
  };

  const range = el("input", {
    type: "range", class: "fm-range", min: first, max: last, step: 1,
    oninput: () => { player.stop(); move(Number(range.value)); },
    onchange: () => state.settle(),
    onkeydown: (event) => onKey(event),
  });
  const track = el("canvas", { class: "fm-track", "aria-hidden": "true" });
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
  const field = el("input", {
    type: "date", class: "fm-field", min: data.span[0], max: data.span[1],
    onchange: halted(() => { if (isDate(field.value)) move(dayNumber(field.value)); }),
  });
  const compare = el("select", {
    class: "fm-compare", onchange: () => state.set({ baseline: compare.value || null }),
  });
  const captions = ["date_field", "compare", "step", "speed"].map(() => el("span"));
  const caption = (i, control) => el("label", { class: "fm-labelled" }, captions[i], control);
  captions.slice(2).forEach((text) => text.classList.add("fm-spare"));
  const attribution = el("p", { class: "fm-attribution" });
  const node = el("section", { class: "fm-bar" },
    el("div", { class: "fm-buttons" }, play, back, forward),
    el("div", { class: "fm-options" }, caption(2, unit), caption(3, speed)),
    el("div", { class: "fm-slide" }, track, range),
    el("div", { class: "fm-day" }, caption(0, field)),
    el("div", { class: "fm-since" }, caption(1, compare)),
    attribution);

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
    else if (moves[event.key]) halted(moves[event.key])();
    else return false;
    event.preventDefault();
    return true;
  }

  function fillCompare() {
    const words = host.words();
    const { baseline } = state.get();
    const dates = [...new Set(data.timelines.flatMap((line) => line.dates))];
    if (baseline && !dates.includes(baseline)) dates.push(baseline);
    const option = (value, text) => el("option", { value }, text);
    compare.replaceChildren(option("", words.say("compare_none")),
      ...dates.sort().map((date) => option(date, words.date(date))));
    compare.value = baseline || "";
  }

  function paint() {
    paintTrack(track, {
      data, events, state: state.get(), words: host.words(), theme: host.theme(),
      first, last, inset: THUMB / 2, font: data.style.font,
    });
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
    attribution.textContent = [...data.attribution, "Leaflet"].join(" \u00b7 ");
    fillCompare();
  }

  function show(changed) {
    const { date, baseline } = state.get();
    if (changed.includes("language")) speak();
    else if (changed.includes("baseline")) fillCompare();
    range.value = day();
    range.setAttribute("aria-valuetext", host.words().date(date));
    if (field.value !== date && document.activeElement !== field) field.value = date;
    compare.value = baseline || "";
    if (changed.some((name) => name !== "date")) paint();
  }

  new ResizeObserver(paint).observe(track);
  return { node, show, onKey, stop: player.stop };
}
