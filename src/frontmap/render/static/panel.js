// The panel: the date, what each sector measures on it, and the events of the last days.
import { ICONS, el, icon, label, voice, writeAttribute, writeText } from "./dom.js";
import { eventsBy } from "./events.js";
import { dayNumber, relation } from "./text.js";
import { differenceAt, mainLine, reading, sidesOf } from "./areas.js";

/** So many of the latest events are listed; the list shows four or five and scrolls. */
const LISTED_EVENTS = 30;

/** Build the panel. `host` gives state, data, words() and the handlers onSector, onAbout, onEvent. */
export function createPanel(host) {
  const date = el("h2", { class: "fm-date" });
  const age = el("p", { class: "fm-age" });
  const table = el("table", { class: "fm-areas" });
  const events = el("ul", { class: "fm-events" });
  const live = el("p", { class: "fm-unseen", "aria-live": "polite", role: "status" });
  const languages = ["en", "ja"].map((code) => el("button", {
    type: "button", class: "fm-flat", lang: code, onclick: () => host.state.set({ language: code }),
  }, code === "en" ? "EN" : "日本語"));
  const theme = el("button", {
    type: "button", class: "fm-flat",
    onclick: () => host.state.set({ theme: host.state.get().theme === "dark" ? "light" : "dark" }),
  }, icon(ICONS.theme));
  const fold = el("button", {
    type: "button", class: "fm-flat fm-fold", "aria-expanded": "true",
    onclick: () => {
      const open = node.classList.toggle("fm-folded");
      fold.setAttribute("aria-expanded", String(!open));
    },
  }, icon("M3 5.500 8 11l5-5.500z"));
  const node = el("section", { class: "fm-panel fm-card" },
    el("header", {}, date, el("div", { class: "fm-tools" }, ...languages, theme, fold)),
    age, el("div", { class: "fm-body" }, table, events), live);
  // Rows are built anew only when their number or language changes; a moving hand rewrites texts.
  let rows = [];
  let built = "";

  function build() {
    const words = host.words();
    const { sector, baseline } = host.state.get();
    table.classList.toggle("fm-with-change", Boolean(baseline));
    built = [words.language, Boolean(baseline)].join();
    voice(node, words.say("areas"));
    label(theme, words.say("theme"));
    label(fold, words.say("fold"));
    rows = host.data.sectors.map((one) => {
      const button = el("button", {
        type: "button", class: "fm-row", "data-sector": one.id,
        onclick: () => host.onSector(one.id),
      }, el("span", { class: `fm-swatch fm-${one.status}` }),
        el("bdi", {}, words.form(one.name)));
      button.title = words.say("zoom_to", { name: words.form(one.name) });
      const area = el("td", { class: "fm-number" });
      const [net, sides] = [el("span"), el("small", { class: "fm-sides" })];
      const change = el("td", { class: "fm-number fm-change" }, net, sides);
      const about = el("button", {
        type: "button", class: "fm-flat fm-about", onclick: () => host.onAbout(one.id),
      }, icon(ICONS.about));
      label(about, words.say("about", { name: words.form(one.name) }));
      return { id: one.id, button, area, change, net, sides, line: mainLine(host.data, one.id),
        row: el("tr", {}, el("th", { scope: "row" }, button), area, change, el("td", {}, about)) };
    });
    const all = el("button", { type: "button", class: "fm-row fm-all", onclick: () => host.onSector(null) },
      words.say("all_sectors"));
    const head = el("tr", { class: "fm-head" }, el("th", { scope: "col" }, all),
      el("th", { scope: "col", class: "fm-number" }, words.say("area_unit")),
      el("th", { scope: "col", class: "fm-number fm-change" },
        ""),
      el("th", {}));
    table.replaceChildren(el("thead", {}, head), el("tbody", {}, ...rows.map(({ row }) => row)));
    rows.push({ id: null, button: all });
    choose(sector);
  }

  function choose(sector) {
    rows.forEach(({ id, button, row }) => {
      writeAttribute(button, "aria-pressed", id === sector);
      if (row) row.classList.toggle("fm-chosen", id === sector || rows.length === 2);
    });
  }

  function showEvents(day) {
    const words = host.words();
    const fresh = eventsBy(host.events, day).filter((one) => one.fresh).reverse().slice(0, LISTED_EVENTS);
    const key = [words.language, ...fresh.map(({ event }) => event.id)].join();
    if (events.dataset.key === key) return;
    events.dataset.key = key;
    events.hidden = !fresh.length;
    const held = events.contains(document.activeElement) ? document.activeElement.dataset.event : null;
    events.replaceChildren(...fresh.map(({ event }) => el("li", {}, el("button", {
      type: "button", class: "fm-event", "data-event": event.id, onclick: () => host.onEvent(event),
    }, el("time", { datetime: event.date }, words.dayMonth(event.date)), " ", el("bdi", {}, words.form(event.title))))));
    // The hand stays with its event; where that has gone, it is next to the list's place.
    if (held === null) return;
    const again = [...events.querySelectorAll("button")].find((button) => button.dataset.event === held);
    (again || table.querySelector("button:last-of-type")).focus({ preventScroll: true });
  }

  function show() {
    const words = host.words();
    const state = host.state.get();
    if (built !== [words.language, Boolean(state.baseline)].join()) build();
    const readings = rows.filter((row) => row.line)
      .map((row) => ({ row, now: reading(row.line, state.date, state.baseline) }));
    const ages = new Set(readings.filter(({ row, now }) => now && (!state.sector || row.id === state.sector))
      .map(({ now }) => now.asOf));
    writeText(date, words.date(state.date));
    writeText(age, ageOf([...ages].sort(), state.date));
    for (const { row, now } of readings) {
      writeText(row.area, now ? words.pair(now.areaKm2, now.bandKm2) : "\u2013");
      const net = now && now.changeKm2 !== null ? words.change(now.changeKm2) : "";
      writeText(row.net, net);
      writeText(row.sides, net && "\u2026");
      for (const node of [row.area, row.change]) if (node.title) node.title = "";
    }
    if (state.baseline) {
      const head = table.querySelector(".fm-head .fm-change");
      if (head) writeText(head, words.say(relation(state.baseline, state.date), { date: words.dayMonth(state.baseline) }));
    }
    choose(state.sector);
    languages.forEach((button) => writeAttribute(button, "aria-pressed", button.lang === words.language));
    showEvents(dayNumber(state.date));
  }

  /** How old the figures are: one date, or from the oldest to the latest. */
  function ageOf(dates, iso) {
    const words = host.words();
    if (!dates.length) return words.say("card.unknown");
    return dates.length === 1 ? words.age(dates[0], iso) : words.ages(dates[0], dates.at(-1), iso);
  }

  /** Gained and lost are worked out when the hand rests, and only a resting hand asks for a tooltip. */
  function showRest() {
    const words = host.words();
    const { date: iso, baseline } = host.state.get();
    for (const row of rows) {
      const now = row.line && reading(row.line, iso, null);
      if (now) row.area.title = `${words.area(now.areaKm2, now.bandKm2)}, ${words.age(now.asOf, iso)}`;
      const found = row.line && differenceAt(row.line, iso, baseline);
      if (!found) continue;
      writeText(row.sides, `+${words.number(found.gainedKm2)} \u2212${words.number(found.lostKm2)}`);
      row.change.title = sidesOf(words, found, relation(baseline, iso));
    }
  }

  function announce() {
    showRest();
    const words = host.words();
    const state = host.state.get();
    const said = rows.filter((row) => row.line && (!state.sector || row.id === state.sector))
      .map((row) => [row, reading(row.line, state.date, null)]).filter(([, now]) => now)
      .map(([row, now]) => `${row.button.textContent}: ${words.area(now.areaKm2, now.bandKm2)}`);
    live.textContent = [words.date(state.date), age.textContent, ...said].join(". ");
  }

  function foldUp() {
    node.classList.add("fm-folded");
    fold.setAttribute("aria-expanded", "false");
  }

  return { node, show, showRest, announce, foldUp };
}
