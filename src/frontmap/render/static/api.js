// window.frontmap, the DOM event frontmap:date, and the bridge to a page that embeds this one.
import { areasAt } from "./areas.js";
import { isDate } from "./text.js";

/** The dates of all assessments, ascending. */
function assessedDates(data) {
  return [...new Set(data.timelines.flatMap((line) => line.dates))].sort();
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
  return (choice) => ({
    date: date(choice.date),
    baseline: choice.baseline ? date(choice.baseline) : null,
    sector: choice.sector ? oneOf(choice.sector, data.sectors.map(({ id }) => id), "sector") : null,
    language: oneOf(choice.language, Object.keys(data.messages), "language"),
    theme: oneOf(choice.theme, Object.keys(data.style.themes), "theme"),
  });
}

/** Fill `window.frontmap` once the data is here. */
export function publish(surface, { data, state }) {
  const dates = Object.freeze(assessedDates(data));
  const choose = (name) => (value) => {
    state.set({ [name]: value }, "script");
    return state.get()[name];
  };
  const read = (name) => ({ get: () => state.get()[name], enumerable: true });
  Object.defineProperties(surface, {
    dates: { value: dates, enumerable: true },
    ...Object.fromEntries(["date", "baseline", "sector", "language", "theme"].map((n) => [n, read(n)])),
  });
  Object.assign(surface, {
    setDate: choose("date"),
    setBaseline: choose("baseline"),
    setSector: choose("sector"),
    setLanguage: choose("language"),
    setTheme: choose("theme"),
    areas: () => areasAt(data.timelines, state.get().date),
  });
  state.on("change", (values, { changed }) => {
    if (!changed.includes("date")) return;
    document.dispatchEvent(new CustomEvent("frontmap:date", { detail: { date: values.date } }));
  });
}

/** Talk to the page around this one, and to no other window. */
export function bridge({ state }) {
  if (window.parent === window) return { select() {}, ready() {} };
  const names = ["date", "baseline", "sector", "language", "theme"];
  const post = (message) => window.parent.postMessage(message, "*");
  window.addEventListener("message", (event) => {
    if (event.source !== window.parent) return;
    const { data } = event;
    if (!data || data.type !== "frontmap:set") return;
    const part = {};
    // Undefined means "leave it"; null clears the baseline and the sector.
    for (const name of names) if (data[name] !== undefined) part[name] = data[name];
    try {
      state.set(part, "host");
    } catch (error) {
      post({ type: "frontmap:error", message: String(error.message) });
    }
  });
  const choices = () => Object.fromEntries(names.map((name) => [name, state.get()[name]]));
  state.on("rest", (values, { origin }) => {
    if (origin !== "host") post({ type: "frontmap:date", ...choices() });
  });
  return {
    select: (what) => post({
      type: "frontmap:select", kind: what ? what.kind : null, id: what ? what.id : null,
      date: state.get().date,
    }),
    ready: () => post({ type: "frontmap:ready", ...choices() }),
  };
}
