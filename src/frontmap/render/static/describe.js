// What a card says of an extent, an event or a place: facts with their source and how sure.
import { el } from "./dom.js";
import { differenceAt, reading, sidesOf } from "./areas.js";
import { relation } from "./text.js";

function facts(rows) {
  return el("dl", {}, ...rows.filter(([, value]) => value)
    .flatMap(([name, value]) => [el("dt", {}, name), el("dd", {}, value)]));
}

function sourceRows(data, words, id, reference) {
  const source = Object.hasOwn(data.sources, id) ? data.sources[id] : null;
  const title = source ? words.form(source.title) : id;
  const published = source ? [source.publisher, source.published].filter(Boolean).join(", ") : "";
  return [
    [words.say("card.source"), [title, published, reference].filter(Boolean).join(" \u00b7 ")],
    [words.say("card.licence"), source ? source.licence : ""],
  ];
}

const kilometres = (metres, words) => (metres >= 1000
  ? words.say("km", { value: String(Math.round(metres / 100) / 10) })
  : words.say("m", { value: words.number(metres) }));

/** Tell of the extent of a timeline that is in force; while the hand moves, less of its change. */
export function describeExtent(data, words, line, { date, baseline }, moving = false) {
  const now = reading(line, date, baseline);
  const sides = moving ? null : differenceAt(line, date, baseline);
  const sector = data.sectors.find((one) => one.id === line.sector);
  const heading = words.say("card.extent", {
    sector: words.form(sector.name), status: words.say(`status.${line.status}`),
  });
  if (!now) return el("section", {}, el("h3", {}, heading), el("p", {}, words.say("card.unknown")));
  const next = line.dates[now.at + 1];
  return el("section", {},
    el("h3", {}, el("span", { class: `fm-swatch fm-${line.status}` }), heading),
    facts([
      [words.say("card.area"), words.area(now.areaKm2, now.bandKm2)],
      [words.say("card.change"), now.changeKm2 === null ? ""
        : words.say(`card.change_${relation(baseline, date)}`, { value: words.change(now.changeKm2), date: words.date(baseline) })],
      [words.say("card.sides"), now.changeKm2 === null ? "" : sidesOf(words, sides, relation(baseline, date))],
      [words.say("card.assessed"), words.dated(now.asOf, date)],
      [words.say("card.until"), next ? words.date(next) : words.say("card.last")],
      [words.say("card.method"), words.say(`method.${line.methods[now.at]}`)],
      [words.say("card.error"), line.errors_m[now.at] === null ? ""
        : `\u00b1\u2009${kilometres(line.errors_m[now.at], words)}`],
      ...sourceRows(data, words, line.source),
    ]),
    // The description is of what the sector measures.
    line.status === sector.status ? el("p", { class: "fm-small" }, words.form(sector.description)) : null);
}

/** Tell of an event. */
export function describeEvent(data, words, event) {
  const kind = `kind.${event.kind}`;
  const dates = event.end && event.end !== event.date
    ? `${words.date(event.date)} \u2013 ${words.date(event.end)}` : words.date(event.date);
  return el("section", {},
    el("h3", {}, words.form(event.title)),
    el("p", {}, words.form(event.summary)),
    facts([
      [words.say("card.date"), dates],
      [words.say("card.kind"), words.has(kind) ? words.say(kind) : event.kind],
      [words.say("card.place"), words.form(event.place)],
      [words.say("card.precision"), event.precision_m ? `\u00b1\u2009${kilometres(event.precision_m, words)}` : ""],
      [words.say("card.range"), event.range_km ? words.say("card.range_value", { km: event.range_km }) : ""],
      ...sourceRows(data, words, event.source, event.ref),
    ]),
    event.range_km && event.points.length
      ? el("p", { class: "fm-small" }, words.say("card.circle", { km: event.range_km })) : null);
}

/** Tell of a place. */
export function describePlace(data, words, place) {
  const others = place.name.filter((name) => name && name !== words.form(place.name));
  return el("section", {},
    el("h3", {}, words.form(place.name)),
    facts([
      [words.say("card.names"), [...new Set(others)].join(" \u00b7 ")],
      [words.say("card.population"), place.population ? words.number(place.population) : ""],
      ...(place.population && Object.hasOwn(data.sources, "geonames")
        ? sourceRows(data, words, "geonames") : []),
    ]));
}

/** Tell that a point lies in a sector's window but in no extent. */
export function describeWindow(words, sector) {
  return el("section", {},
    el("h3", {}, words.form(sector.name)),
    el("p", {}, words.say("card.window", { status: words.say(`status.${sector.status}`) })),
    el("p", { class: "fm-small" }, words.form(sector.description)));
}
