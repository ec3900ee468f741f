// Click anything: a card says what it is, since when, from which source, how sure.
import { ICONS, el, icon, label, voice } from "./dom.js";
import { indexAt, inside } from "./control.js";
import { ringsAt } from "./outline.js";
import { worldX, worldY } from "./unpack.js";
import { mainLine } from "./areas.js";
import { describeEvent, describeExtent, describePlace, describeWindow } from "./describe.js";

/** Build the card. `host` gives state, data, words(), spots(), onCard(node) and onSelect(what). */
export function createCard(host) {
  const body = el("div", { class: "fm-card-body" });
  const close = el("button", { type: "button", class: "fm-flat fm-close", onclick: () => hide() },
    icon(ICONS.close));
  const node = el("aside", {
    class: "fm-inspect fm-card", tabindex: "-1", hidden: true,
    onkeydown: (event) => { if (event.key === "Escape") hide(); },
  }, close, body);
  let shown = [];
  let before = null;

  function render(moving = false) {
    const words = host.words();
    const state = host.state.get();
    const sections = shown.map(({ kind, what }) => ({
      extent: () => describeExtent(host.data, words, what, state, moving),
      event: () => describeEvent(host.data, words, what),
      place: () => describePlace(host.data, words, what),
      window: () => describeWindow(words, what),
    })[kind]());
    label(close, words.say("close"));
    voice(node, words.say("card"));
    body.replaceChildren(...sections);
  }

  function show(items, { focus = false } = {}) {
    shown = items;
    if (!items.length) {
      hide();
      return;
    }
    render();
    node.hidden = false;
    host.onCard(node);
    if (focus) {
      before = document.activeElement;
      node.focus({ preventScroll: true });
    }
  }

  function hide() {
    if (node.hidden) return;
    shown = [];
    node.hidden = true;
    host.onCard(null);
    host.onSelect(null);
    if (before && before.isConnected) before.focus({ preventScroll: true });
    before = null;
  }

  /** What lies under a click: an event first, then a place, then the ground's holder. */
  function at(latlng, point) {
    const near = (spots) => spots
      .map((spot) => ({ spot, d: Math.hypot(spot.x - point.x, spot.y - point.y) }))
      .filter(({ spot, d }) => d <= spot.radius).sort((a, b) => a.d - b.d).map(({ spot }) => spot);
    const { events, places } = host.spots();
    const items = near(events).slice(0, 3).map(({ event }) => ({ kind: "event", what: event, id: event.id }));
    if (items.length) return items;
    const [place] = near(places);
    if (place) items.push({ kind: "place", what: place.place, id: place.place.name[0] });
    const [x, y] = [worldX(latlng.lng), worldY(latlng.lat)];
    const { date } = host.state.get();
    const holders = host.data.timelines.filter((line) => {
      const index = indexAt(line.dates, date);
      return index >= 0 && inside(ringsAt(line.record, index), x, y);
    });
    holders.forEach((line) => items.push({ kind: "extent", what: line, id: `${line.sector}/${line.status}` }));
    if (!holders.length) {
      const sector = host.data.sectors.find(({ window: [west, south, east, north] }) => latlng.lng > west
        && latlng.lng < east && latlng.lat > south && latlng.lat < north);
      if (sector) items.push({ kind: "window", what: sector, id: sector.id });
    }
    return items;
  }

  return {
    node,
    hide,
    refresh: ({ moving = false } = {}) => { if (!node.hidden) render(moving); },
    click(latlng, point) {
      const items = at(latlng, point);
      show(items);
      if (items.length) host.onSelect(items[0]);
    },
    sector(id) {
      const line = mainLine(host.data, id);
      const contested = host.data.timelines.filter((one) => one.sector === id && one !== line);
      const items = [line, ...contested].filter(Boolean)
        .map((one) => ({ kind: "extent", what: one, id: `${one.sector}/${one.status}` }));
      show(items, { focus: true });
      if (items.length) host.onSelect(items[0]);
    },
    event(event) {
      show([{ kind: "event", what: event, id: event.id }], { focus: true });
      host.onSelect({ kind: "event", id: event.id });
    },
  };
}
