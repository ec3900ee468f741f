// The view: where the map stands, the room that the controls leave it, and the fence around it.
import { parsedView, viewText } from "./api.js";
import { hasSize } from "./sheet.js";

/** `host` gives data, events, state; `parts` are the nodes that lie over the map. */
export function createView(map, host, parts, { own, onFirst }) {
  const { data, events, state } = host;

  /** Room that the bar and the panel take from the view. */
  function pads() {
    const wide = map.getSize().x > 720;
    const below = parts.bar.offsetHeight + 12;
    return wide
      ? { paddingTopLeft: [24, 36], paddingBottomRight: [parts.panel.offsetWidth + 24, below] }
      : { paddingTopLeft: [12, parts.panel.offsetHeight + 16], paddingBottomRight: [12, below] };
  }

  // A view that the reader chose is kept as one; a view fitted to a sector is told by the sector.
  let byHand = false;

  function goTo(id, animate = true) {
    byHand = false;
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

  /** Keep the map within the ground that is drawn; `arrange` may move it before the fence is up. */
  function fence(arrange) {
    if (!own || !data.basemap || !hasSize(map)) {
      arrange();
      return;
    }
    const [west, south, east, north] = data.basemap.region;
    const region = L.latLngBounds([south, west], [north, east]);
    map.setMinZoom(0);
    const least = map.getBoundsZoom(region, true);
    map.setMinZoom(Math.ceil(least * 10) / 10);
    arrange();
    // Leaflet would drift into the fence, and the drift outlive the next change of the view.
    map.panInsideBounds(region, { animate: false });
    map.setMaxBounds(region);
  }

  let fitted = false;
  function settleIn() {
    fence(() => {
      if (fitted || !hasSize(map)) return;
      fitted = true;
      onFirst();
      if (own) stand(false);
    });
  }

  /** Stand where the state says: on its view, else on its sector. */
  function stand(animate = true) {
    const at = parsedView(state.get().view);
    if (at) map.setView([at.lat, at.lon], at.zoom, { animate: false });
    else goTo(state.get().sector, animate);
  }

  /** Follow a change of sector or view that was not made on this map. */
  function follow(origin) {
    if (fitted && (origin === "host" || origin === "script")) stand();
  }

  const touched = (event) => { if (!event.target.closest(".fm")) byHand = true; };
  for (const kind of ["pointerdown", "wheel", "keydown"]) {
    map.getContainer().addEventListener(kind, touched, { capture: true, passive: true });
  }
  map.on("moveend", () => {
    if (byHand && fitted) state.set({ view: viewText(map.getCenter(), map.getZoom()) }, "map");
  });

  return { pads, goTo, settleIn, follow };
}
