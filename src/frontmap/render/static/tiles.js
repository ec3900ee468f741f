// Online tiles: only in a page made with an address of tiles, and only when the reader asks.
import { el } from "./dom.js";
import { EXTRA_LAYERS } from "./layers.js";

/** So many failures in a row, without one tile that came, mean that the network is gone. */
const FAILURES = 4;

/** `source` gives url and attribution; `onGone()` is told when tiles cannot be loaded. */
EXTRA_LAYERS.tiles = function createTiles(map, host, source, onGone) {
  const pane = map.createPane("fm-tiles");
  pane.style.zIndex = 230;
  pane.style.pointerEvents = "none";
  const options = { pane: "fm-tiles", maxNativeZoom: 18, updateWhenZooming: false };
  if (host.data.basemap) {
    const [west, south, east, north] = host.data.basemap.region;
    options.bounds = [[south, west], [north, east]];
  }
  const layer = L.tileLayer(source.url, options);
  const credit = el("p", { class: "fm-credit" });
  const Credit = L.Control.extend({ options: { position: "bottomright" }, onAdd: () => credit });
  const corner = new Credit();
  let failures = 0;
  let came = false;
  // Leaflet is still at work on the layer when it tells of a tile.
  const gone = () => queueMicrotask(() => { if (map.hasLayer(layer)) onGone(); });
  layer.on("tileload", () => { failures = 0; came = true; });
  layer.on("tileerror", () => {
    failures += 1;
    if (failures >= FAILURES) gone();
  });
  layer.on("load", () => { if (!came) gone(); });
  window.addEventListener("offline", gone);

  return {
    show(on) {
      credit.textContent = host.words().say("tiles_credit", { text: source.attribution });
      if (on === map.hasLayer(layer)) return;
      failures = 0;
      came = false;
      [layer, corner].forEach((one) => (on ? one.addTo(map) : one.remove()));
    },
  };
};
