// Put everything on a Leaflet map: sheets to draw on, bar, panel, legend, card.
import { decodeDocument, unpack } from "./unpack.js";
import { wordsOf, dayNumber } from "./text.js";
import { el } from "./dom.js";
import { createState } from "./state.js";
import { placeEvents } from "./events.js";
import { takeFace } from "./face.js";
import { forgetWidths } from "./labels.js";
import { createPanel } from "./panel.js";
import { createBar } from "./slider.js";
import { createLegend } from "./legend.js";
import { createCard } from "./inspect.js";
import { bridge, checkerFor, publish } from "./api.js";
import { EXTRA_LAYERS, LAYERS, createLayers, layerIsOn } from "./layers.js";
import { createGridLabels } from "./graticule.js";
import { createSwipe } from "./swipe.js";
import { createSheets } from "./sheets.js";
import { createView } from "./view.js";

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
const DEFAULTS = { baseline: null, sector: null, language: "en", theme: "light", view: null, controls: true,
  layers: null, swipe: null };

/** Mount the data of the script element `dataId` on a Leaflet map. */
export async function frontmapMount(map, dataId, options) {
  if (map.attributionControl) map.attributionControl.setPrefix(false);
  try {
    const raw = await unpack(document.getElementById(dataId).textContent.trim());
    build(map, decodeDocument(raw), { date: raw.span[1], ...DEFAULTS, ...options });
    announceReady(surface);
  } catch (error) {
    announceFailure(error);
    map.getContainer().append(el("p", { class: "fm-failure", role: "alert" },
      `This map cannot be drawn here: ${error.message}. An up-to-date browser, or the file made anew, may help.`,
      el("br"), el("span", { lang: "ja" }, "この地図を表示できません。ブラウザーを更新するか、ファイルを作り直してください。")));
    throw error;
  }
}

function build(map, data, options) {
  const online = options.tiles ? EXTRA_LAYERS.tiles : null;
  data.layers = online ? [...LAYERS, "tiles"] : LAYERS;
  const check = checkerFor(data);
  const state = createState(check(options), check);
  const events = placeEvents(data.events, dayNumber(data.span[0]));
  const link = bridge({ state, onFace: (woff) => takeFace(woff, showFace) });
  let words = wordsOf(data.messages, options.language);
  const host = {
    data, state, events,
    words: () => words,
    theme: () => data.style.themes[state.get().theme],
    spots: () => sheets.spots(),
    swipe: () => swipe,
    onSector: (id) => { state.set({ sector: id, view: null }); view.goTo(id); },
    onAbout: (id) => { left = false; card.sector(id); },
    onEvent: (event) => {
      if (event.at) map.panInside(L.latLng(event.points.at(-1)[1], event.points.at(-1)[0]), view.pads());
      card.event(event);
    },
    onSelect: (what) => link.select(what),
    onLayers: () => card.hide(),
    onCard: (shown) => legend.yieldTo(shown),
  };

  const root = el("div", { class: "fm", lang: options.language });
  const panel = createPanel(host);
  const bar = createBar(host);
  const legend = createLegend(host);
  // A card opened left of the swipe's line speaks of the date compared.
  let left = false;
  const spoken = () => {
    const now = state.get();
    return left && now.swipe !== null ? { ...now, date: now.baseline, baseline: null } : now;
  };
  const card = createCard({ ...host, state: { ...state, get: spoken } });
  const over = () => [panel.node, card.node, legend.node,
    ...map.getContainer().querySelectorAll(".leaflet-control, .fm-layers-list, .fm-notice")];
  const swipe = createSwipe(map, host, () => ["fm-before", "fm-control"].map((name) => map.getPane(name)), over);
  root.append(swipe.node, panel.node, card.node, legend.node, bar.node);
  bar.node.querySelector(".fm-since").append(swipe.toggle);
  bar.node.classList.toggle("fm-no-controls", !options.controls);
  map.getContainer().append(root);
  map.getContainer().classList.add("fm-map");
  for (const part of root.children) {
    L.DomEvent.disableClickPropagation(part);
    L.DomEvent.disableScrollPropagation(part);
  }
  const zoom = options.own ? L.control.zoom({ position: "topleft" }).addTo(map) : null;
  L.control.scale({ imperial: false, position: "bottomright" }).addTo(map);
  const layers = createLayers(map, host);
  const grid = createGridLabels(map, host, over);
  root.prepend(grid.node);
  const tiles = online && online(map, host, options.tiles, () => {
    layers.notice(words.say("tiles_gone"));
    layers.flip("tiles", false);
  });

  const showLegend = () => legend.show(sheets.seen());
  const sheets = createSheets(map, host, [panel.node, legend.node, bar.node], () => showLegend());
  const view = createView(map, host, { bar: bar.node, panel: panel.node }, {
    own: options.own,
    onFirst() {
      const { x: wide, y: high } = map.getSize();
      if (wide <= 720) panel.foldUp();
      if (wide <= 720 || high <= 520) legend.node.open = false;
    },
  });

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

  function showLayers() {
    layers.show();
    grid.show(layerIsOn(state.get(), "graticule"));
    if (tiles) tiles.show(layerIsOn(state.get(), "tiles"));
  }

  function showFace() {
    forgetWidths();
    sheets.update(state.get(), ["language"]);
    bar.show(["language", "date"]);
  }

  state.on("change", (now, { changed, origin }) => {
    const only = (...names) => changed.every((name) => names.includes(name));
    if (changed.some((name) => name === "sector" || name === "view")) view.follow(origin);
    if (only("view")) return;
    if (changed.includes("language")) words = wordsOf(data.messages, now.language);
    if (changed.includes("language") || changed.includes("theme")) dress();
    if (changed.includes("language") || changed.includes("layers")) showLayers();
    sheets.update(now, changed);
    swipe.show();
    if (only("swipe", "layers", "view")) return;
    panel.show();
    bar.show(changed);
    card.refresh({ moving: true });
  });
  state.on("rest", () => {
    panel.announce();
    card.refresh();
    sheets.settle();
    swipe.place();
  });
  map.on("moveend zoomend", showLegend);
  map.on("resize", view.settleIn);
  new ResizeObserver(() => map.invalidateSize({ pan: false })).observe(map.getContainer());
  map.on("click", (event) => {
    left = swipe.isLeft(event.containerPoint.x);
    card.click(event.latlng, map.project(event.latlng).subtract(sheets.spots().origin));
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") card.hide();
    // On the map itself the arrows pan, as Leaflet has it; a button keeps the space bar to itself.
    const { target } = event;
    const onMap = target === map.getContainer() && !event.key.startsWith("Arrow");
    const onButton = target instanceof HTMLButtonElement && root.contains(target) && event.key !== " ";
    if (target === document.body || onMap || onButton) bar.onKey(event);
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
  panel.showRest();
  bar.show(["language", "date"]);
  showLayers();
  sheets.update(state.get(), []);
  swipe.show();
  view.settleIn();
  showLegend();
  takeFace(options.face, showFace);
  publish(surface, { data, state });
  link.ready();
}
