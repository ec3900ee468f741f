// Put everything on a Leaflet map: sheets to draw on, bar, panel, legend, card.
import { decodeDocument, unpack } from "./unpack.js";
import { wordsOf, dayNumber } from "./text.js";
import { el } from "./dom.js";
import { createState } from "./state.js";
import { createSheet } from "./sheet.js";
import { paintGround } from "./basemap.js";
import { paintControl } from "./control.js";
import { FRESH_DAYS, paintEvents, placeEvents } from "./events.js";
import { paintLabels } from "./labels.js";
import { createPanel } from "./panel.js";
import { createBar } from "./slider.js";
import { createLegend } from "./legend.js";
import { createCard } from "./inspect.js";
import { bridge, checkerFor, publish } from "./api.js";

let announceReady = () => {};
let announceFailure = () => {};
const surface = {};
surface.ready = new Promise((resolve, reject) => {
  announceReady = resolve;
  announceFailure = reject;
});
surface.ready.catch(() => {});
window.frontmap = surface;

/** What is shown where an option is not given; the date is the last one. */
const DEFAULTS = { baseline: null, sector: null, language: "en", theme: "light", controls: true };

/** Mount the data of the script element `dataId` on a Leaflet map. */
export async function frontmapMount(map, dataId, options) {
  try {
    const raw = await unpack(document.getElementById(dataId).textContent.trim());
    build(map, decodeDocument(raw), { date: raw.span[1], ...DEFAULTS, ...options });
    announceReady(surface);
  } catch (error) {
    announceFailure(error);
    throw error;
  }
}

function build(map, data, options) {
  const { date, baseline, sector, language, theme } = options;
  const check = checkerFor(data);
  const state = createState(check({ date, baseline, sector, language, theme }), check);
  const events = placeEvents(data.events, dayNumber(data.span[0]));
  const link = bridge({ state });
  let words = wordsOf(data.messages, language);
  let spots = { events: [], places: [], origin: [0, 0] };
  const seen = { ground: new Set(), control: new Set(), marks: new Set() };
  const host = {
    data, state, events,
    words: () => words,
    theme: () => data.style.themes[state.get().theme],
    spots: () => spots,
    onSector: (id) => { state.set({ sector: id }); goTo(id); },
    onAbout: (id) => card.sector(id),
    onEvent: (event) => {
      if (event.at) map.panInside(L.latLng(event.points.at(-1)[1], event.points.at(-1)[0]), pads());
      card.event(event);
    },
    onSelect: (what) => link.select(what),
  };

  const root = el("div", { class: "fm", lang: language });
  const panel = createPanel(host);
  const bar = createBar(host);
  const legend = createLegend(host);
  const card = createCard(host);
  root.append(panel.node, card.node, legend.node, bar.node);
  bar.node.classList.toggle("fm-no-controls", !options.controls);
  map.getContainer().append(root);
  map.getContainer().classList.add("fm-map");
  for (const part of root.children) {
    L.DomEvent.disableClickPropagation(part);
    L.DomEvent.disableScrollPropagation(part);
  }
  if (map.attributionControl) map.attributionControl.setPrefix(false);
  const zoom = options.own ? L.control.zoom({ position: "topleft" }).addTo(map) : null;
  L.control.scale({ imperial: false, position: "bottomright" }).addTo(map);

  const ground = createSheet(map, "fm-ground", 210, 0.5, (view) => {
    seen.ground = paintGround(view, data.basemap, host.theme());
  });
  const control = createSheet(map, "fm-control", 310, 0.2, (view) => {
    seen.control = paintControl(view, data.timelines, state.get(), host.theme());
  });
  const marks = createSheet(map, "fm-marks", 460, 0.2, (view) => {
    const found = paintEvents(view, events, dayNumber(state.get().date), host.theme(), words);
    seen.marks = new Set([...found.seen, "window"]);
    const taken = found.boxes;
    taken.glyphs = taken.length;
    const labels = data.basemap ? data.basemap.labels : [];
    const places = paintLabels(view, {
      places: data.places, labels, sectors: data.sectors, names: found.names, taken, covered: covered(view),
    }, host.theme(), words, data.style.font);
    spots = { events: found.spots, places, origin: [view.ox, view.oy] };
  });

  /** Where the panel, the legend and the bar lie over the canvas of marks, and all outside the view. */
  function covered(view) {
    const size = map.getSize();
    const corner = map.getPixelBounds().min.subtract([view.ox, view.oy]);
    const base = map.getContainer().getBoundingClientRect();
    const boxes = [panel.node, legend.node, bar.node].map((node) => {
      const box = node.getBoundingClientRect();
      return [box.left - base.left, box.top - base.top, box.right - base.left, box.bottom - base.top];
    });
    boxes.push([-9999, -9999, 0, 9999], [size.x, -9999, 9999, 9999], [-9999, -9999, 9999, 0]);
    return boxes.map(([a, b, c, d]) => [a + corner.x, b + corner.y, c + corner.x, d + corner.y]);
  }

  const showLegend = () => legend.show(new Set([...seen.ground, ...seen.control, ...seen.marks]));

  /** Room that the bar and the panel take from the view. */
  function pads() {
    const wide = map.getSize().x > 720;
    const below = bar.node.offsetHeight + 12;
    return wide
      ? { paddingTopLeft: [24, 36], paddingBottomRight: [panel.node.offsetWidth + 24, below] }
      : { paddingTopLeft: [12, panel.node.offsetHeight + 16], paddingBottomRight: [12, below] };
  }

  function goTo(id, animate = true) {
    const quiet = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
    const found = data.sectors.find((one) => one.id === id);
    const bounds = L.latLngBounds([]);
    for (const { window: [west, south, east, north] } of found ? [found] : data.sectors) {
      bounds.extend([south, west]).extend([north, east]);
    }
    if (!found) {
      const wider = L.latLngBounds(bounds.getSouthWest(), bounds.getNorthEast());
      events.filter((event) => event.at).forEach((event) => {
        const [lon, lat] = event.points.at(-1);
        wider.extend([lat, lon]);
      });
      // Events come into the first view only where the ground reaches that far.
      const { paddingTopLeft: [left, top], paddingBottomRight: [right, bottom] } = pads();
      const least = map.getMinZoom();
      const corner = map.project(wider.getNorthWest(), least);
      const extent = map.project(wider.getSouthEast(), least).subtract(corner);
      const room = map.getSize().subtract([left + right, top + bottom]);
      if (extent.x <= room.x && extent.y <= room.y) bounds.extend(wider);
    }
    if (bounds.isValid()) map.fitBounds(bounds, { ...pads(), animate: animate && !quiet });
  }

  /** Keep the map within the ground that is drawn. */
  function fence() {
    if (!options.own || !data.basemap || !hasSize()) return;
    const [west, south, east, north] = data.basemap.region;
    const region = L.latLngBounds([south, west], [north, east]);
    map.setMinZoom(0);
    const least = map.getBoundsZoom(region, true);
    map.setMinZoom(Math.ceil(least * 10) / 10);
    map.setMaxBounds(region);
  }

  // In a notebook or an app the frame may get its size after the page has loaded.
  const hasSize = () => map.getSize().x > 0 && map.getSize().y > 0;
  let fitted = false;
  function settleIn() {
    fence();
    if (fitted || !hasSize()) return;
    fitted = true;
    if (map.getSize().x <= 720) {
      panel.foldUp();
      legend.node.open = false;
    }
    if (options.own) goTo(state.get().sector, false);
  }

  let frame = 0;
  const stale = new Set();
  function draw(...sheets) {
    sheets.forEach((sheet) => stale.add(sheet));
    if (frame) return;
    frame = requestAnimationFrame(() => {
      frame = 0;
      stale.forEach((sheet) => sheet.redraw());
      stale.clear();
      showLegend();
    });
  }

  const dress = () => {
    const now = state.get();
    root.dataset.theme = now.theme;
    map.getContainer().dataset.theme = now.theme;
    map.getContainer().style.background = host.theme().land;
    root.lang = words.language;
    if (options.own) document.documentElement.lang = words.language;
    if (zoom) {
      const [closer, farther] = zoom.getContainer().querySelectorAll("a");
      [[closer, "zoom_in"], [farther, "zoom_out"]].forEach(([button, key]) => {
        button.title = words.say(key);
        button.setAttribute("aria-label", words.say(key));
      });
    }
    map.getContainer().setAttribute("aria-label", words.say("title"));
  };

  let drawnMarks = "";
  state.on("change", ({ date: iso }, { changed, origin }) => {
    if (changed.includes("language")) words = wordsOf(data.messages, state.get().language);
    if (changed.includes("language") || changed.includes("theme")) {
      dress();
      draw(ground, control, marks);
    }
    panel.show();
    bar.show(changed);
    card.refresh();
    draw(control);
    // Names and glyphs change only when the set of events does.
    const day = dayNumber(iso);
    const key = events.map((event) => (event.day > day ? 0 : day - event.lastDay < FRESH_DAYS ? 2 : 1)).join("");
    if (key !== drawnMarks) draw(marks);
    drawnMarks = key;
    if (changed.includes("sector") && origin !== "hand" && fitted) goTo(state.get().sector);
  });
  state.on("rest", () => panel.announce());
  map.on("moveend zoomend", showLegend);
  map.on("resize", settleIn);
  new ResizeObserver(() => map.invalidateSize({ pan: false })).observe(map.getContainer());
  map.on("click", (event) => {
    card.click(event.latlng, map.project(event.latlng).subtract(spots.origin));
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") card.hide();
    if (event.target === document.body) bar.onKey(event);
  });
  const sizes = new ResizeObserver(() => {
    const { style } = map.getContainer();
    style.setProperty("--fm-bar-height", `${bar.node.offsetHeight}px`);
    style.setProperty("--fm-panel-height", `${panel.node.offsetHeight}px`);
  });
  sizes.observe(bar.node);
  sizes.observe(panel.node);

  dress();
  panel.show();
  bar.show(["language", "date"]);
  settleIn();
  showLegend();
  publish(surface, { data, state });
  link.ready();
}
