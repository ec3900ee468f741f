// window.frontmap, the DOM event frontmap:date, and the bridge to a page that embeds this one.
import { reading } from "./areas.js";
import { isDate } from "./text.js";
import { layersText } from "./layers.js";
import { swipeShare } from "./swipe.js";

/** What can be chosen from outside, by the names of the options. */
export const CHOICES = ["date", "baseline", "sector", "language", "theme", "view", "layers", "swipe"];

/** The dates of all assessments, ascending. */
function assessedDates(data) {
  return [...new Set(data.timelines.flatMap((line) => line.dates))].sort();
}

/** A view as text, "lon,lat,zoom"; null is the view that fits the sector. */
export function viewText({ lng, lat }, zoom) {
  return [lng.toFixed(4), lat.toFixed(4), zoom.toFixed(2)].map(Number).join(",");
}

/** Longitude, latitude and zoom of a view's text, or null where it is none. */
export function parsedView(text) {
  if (typeof text !== "string" || !/^-?\d+(\.\d+)?(,-?\d+(\.\d+)?){2}$/.test(text)) return null;
  const [lon, lat, zoom] = text.split(",").map(Number);
  const sound = Math.abs(lon) <= 180 && Math.abs(lat) <= 85 && zoom >= 0 && zoom <= 20;
  return sound ? { lon, lat, zoom } : null;
}

/** Check choices from outside: an unknown value is an error, a date is kept within the span. */
export function checkerFor(data) {
  const [first, last] = data.span;
  const within = (iso) => (iso < first ? first : iso > last ? last : iso);
  const date = (value) => {
    if (!isDate(value)) throw new RangeError(`${value} is no date: write it as YYYY-MM-DD`);
    return within(value);
  };
  const oneOf = (value, known, what) => {
    if (!known.includes(value)) throw new RangeError(`no ${what} ${value}: there is ${known.join(", ")}`);
    return value;
  };
  const sides = ({ baseline, swipe }) => {
    const share = swipeShare(swipe);
    return baseline ? share : null;
  };
  const view = (value) => {
    if (!parsedView(value)) throw new RangeError(`${value} is no view: write it as lon,lat,zoom`);
    return value;
  };
  return (choice) => ({
    date: date(choice.date),
    baseline: choice.baseline ? date(choice.baseline) : null,
    sector: choice.sector ? oneOf(choice.sector, data.sectors.map(({ id }) => id), "sector") : null,
    language: oneOf(choice.language, Object.keys(data.messages), "language"),
    theme: oneOf(choice.theme, Object.keys(data.style.themes), "theme"),
    layers: layersText(choice.layers, data.layers),
    // There are two sides only where two dates are chosen.
    swipe: sides(choice),
    view: choice.view ? view(choice.view) : null,
  });
}

/** km² by sector and status at a date. */
function areasShown(timelines, iso) {
  const sectors = new Map();
  for (const line of timelines) {
    const found = reading(line, iso, null);
    if (!found) continue;
    if (!sectors.has(line.sector)) sectors.set(line.sector, {});
    sectors.get(line.sector)[line.status] = found.areaKm2;
  }
  // Unlike an assignment, this takes a sector called __proto__ for a name like any other.
  return Object.fromEntries(sectors);
}

/** Fill `window.frontmap` once the data is here. */
export function publish(surface, { data, state }) {
  const dates = Object.freeze(assessedDates(data));
  const choose = (name) => (value) => {
    // Another sector is looked at as a whole.
    state.set(name === "sector" ? { sector: value, view: null } : { [name]: value }, "script");
    return state.get()[name];
  };
  const read = (name) => ({ get: () => state.get()[name], enumerable: true });
  Object.defineProperties(surface, {
    dates: { value: dates, enumerable: true },
    ...Object.fromEntries(CHOICES.map((name) => [name, read(name)])),
  });
  for (const name of CHOICES) {
    surface[`set${name[0].toUpperCase()}${name.slice(1)}`] = choose(name);
  }
  surface.areas = () => areasShown(data.timelines, state.get().date);
  state.on("change", (values, { changed }) => {
    if (!changed.includes("date")) return;
    document.dispatchEvent(new CustomEvent("frontmap:date", { detail: { date: values.date } }));
  });
}

/** Talk to the page around this one, and to no other window. */
export function bridge({ state, onFace }) {
  if (window.parent === window) return { select() {}, ready() {} };
  // The last of the host's own numbers: what it says after a report is told from what came before.
  let turn = 0;
  const post = (message) => window.parent.postMessage(message, "*");
  window.addEventListener("message", (event) => {
    if (event.source !== window.parent) return;
    const { data } = event;
    if (data && data.type === "frontmap:face") onFace(data.woff);
    if (!data || data.type !== "frontmap:set") return;
    if (Number.isFinite(data.turn)) turn = data.turn;
    const part = {};
    // Undefined means "leave it"; null clears the baseline, the sector and the view.
    for (const name of CHOICES) if (data[name] !== undefined) part[name] = data[name];
    try {
      state.set(part, "host");
    } catch (error) {
      post({ type: "frontmap:error", message: String(error.message) });
    }
  });
  const choices = () => Object.fromEntries(CHOICES.map((name) => [name, state.get()[name]]));
  state.on("rest", (values, { moved }) => {
    if (moved.length) post({ type: "frontmap:date", ...choices(), moved, turn });
  });
  return {
    select: (what) => post({
      type: "frontmap:select", kind: what ? what.kind : null, id: what ? what.id : null,
      date: state.get().date,
    }),
    ready: () => post({ type: "frontmap:ready", ...choices() }),
  };
}
