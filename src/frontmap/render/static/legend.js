// The legend: what is on the map at this date and in this view, and nothing else.
import { el, showPicture, voice } from "./dom.js";
import { COMPARED, fillHatch, fillStatus } from "./hatch.js";
import { drawGlyph } from "./events.js";
import { pen } from "./sheet.js";
import { relation } from "./text.js";

const ORDER = [
  "ukrainian_held", "russian_held", "unstated", "contested", "gained", "lost", "front", "previous_front",
  "state_border", "oblast_border", "graticule", "window", "launch", "range_circle",
];
const CHANGES = new Set(["gained", "lost"]);
const LINES = {
  state_border: "state_border", oblast_border: "oblast_border", launch: "launch",
  graticule: "graticule",
  previous_front: "previous_front",
};

/** `strength` is that of what is held, as on the map. */
function paintKey(context, ratio, name, theme, { hues, strength, fresh }) {
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  const view = { context, ratio, ox: 0, oy: 0 };
  context.fillStyle = theme.land;
  context.fillRect(0, 0, 30, 16);
  const line = (style) => {
    pen(context, style);
    context.beginPath();
    context.moveTo(2, 8);
    context.lineTo(28, 8);
    context.stroke();
    context.globalAlpha = 1;
    context.setLineDash([]);
  };
  context.beginPath();
  if (name.startsWith("event.")) drawGlyph(context, name.slice(6), 15, 8, fresh ? 5.5 : 4.5, theme, fresh);
  else if (name === "past") drawGlyph(context, "", 15, 8, 4.5, theme, false);
  else if (["ukrainian_held", "russian_held", "unstated", "contested"].includes(name)) {
    context.rect(0, 0, 30, 16);
    fillStatus(view, theme[name], name === "contested" ? 1 : strength);
  } else if (name === "gained" || name === "lost") {
    hues.forEach((status, i) => {
      context.beginPath();
      context.rect((30 / hues.length) * i, 0, 30 / hues.length, 16);
      if (name === "gained") fillStatus(view, theme[status], COMPARED);
      fillHatch(view, theme[name], theme[status].text);
    });
  } else if (name === "front") {
    line(theme.front_casing);
    line(theme.front);
  } else if (name === "window") {
    pen(context, theme.window);
    context.strokeRect(4, 2.5, 22, 11);
  } else if (name === "range_circle") {
    pen(context, theme.range_circle);
    context.arc(15, 18, 14, Math.PI, 2 * Math.PI);
    context.stroke();
  } else if (LINES[name]) line(theme[LINES[name]]);
  if (name === "launch") {
    context.beginPath();
    context.arc(6, 8, 4, 0, 2 * Math.PI);
    context.fillStyle = theme.halo;
    context.fill();
    pen(context, theme.launch);
    context.stroke();
  }
}

/** Build the legend; `show(seen)` redraws it when what is seen has changed. */
export function createLegend(host) {
  const list = el("ul");
  const summary = el("summary");
  const node = el("details", { class: "fm-legend fm-card" }, summary, list);
  node.open = true;
  let drawn = "";

  function show(seen) {
    const words = host.words();
    // An old event is a hollow glyph, as on the map, and one word for all of them says why.
    const kinds = [...seen].filter((name) => name.startsWith("event.") || name.startsWith("past."));
    const names = ORDER.filter((name) => seen.has(name))
      .concat([...new Set(kinds.map((name) => `event.${name.slice(name.indexOf(".") + 1)}`))].sort())
      .concat(kinds.some((name) => name.startsWith("past.")) ? ["past"] : []);
    const hues = ["ukrainian_held", "russian_held", "unstated"].filter((status) => seen.has(status));
    const { theme, date, baseline, swipe } = host.state.get();
    const strength = baseline && swipe === null ? COMPARED : 1;
    const back = Boolean(baseline) && relation(baseline, date) === "against";
    const key = [words.language, theme, strength, back, hues, window.devicePixelRatio, ...names].join();
    if (key === drawn) return;
    drawn = key;
    const ratio = Math.min(3, window.devicePixelRatio || 1);
    summary.textContent = words.say("legend");
    voice(node, words.say("legend"));
    list.replaceChildren(...names.map((name) => {
      const canvas = el("canvas", { class: "fm-key", "aria-hidden": "true" });
      showPicture(canvas, Math.round(30 * ratio), Math.round(16 * ratio), (context) => {
        paintKey(context, ratio, name, host.theme(), {
          hues: hues.length ? hues : ["ukrainian_held"], strength, fresh: seen.has(name),
        });
      });
      const kind = name.startsWith("event.") ? `kind.${name.slice(6)}` : `legend.${name}${back && CHANGES.has(name) ? "_against" : ""}`;
      return el("li", {}, canvas, el("span", {}, words.has(kind) ? words.say(kind) : name.slice(6)));
    }));
  }

  // Folded for a card that would lie over it, and open again after.
  let folded = false;
  function yieldTo(card) {
    if (folded) node.open = true;
    folded = false;
    if (!card || !node.open) return;
    const [own, other] = [node, card].map((one) => one.getBoundingClientRect());
    folded = own.left < other.right && own.right > other.left && own.top < other.bottom && own.bottom > other.top;
    if (folded) node.open = false;
  }

  return { node, show, yieldTo };
}
