// The view: where the map stands, the room that the controls leave it, and the fence around it.
import { parsedView, viewText } from "./api.js";
import { hasSize } from "./sheet.js";

/** So much of the map is fitted to, whatever lies over it, in pixels. */
const BARE_PX = 60;

/** `host` gives data, events, state; `parts` are the nodes that lie over the map. */
export function createView(map, host, parts, { own, onFirst }) {
  const { data, events, state } = host;

  /** Room that the bar and the panel take from the view; a small frame keeps some of its own. */
  function pads() {
    const { x: wide, y: high } = map.getSize();
    const below = parts.bar.offsetHeight + 12;
    const [left, top, right, bottom] = wide > 720
      ? [24, 36, parts.panel.offsetWidth + 24, below]
      : [12, parts.panel.offsetHeight + 16, 12, below];
    const across = Math.min(1, Math.max(0, wide - BARE_PX) / (left + right));
    const down = Math.min(1, Math.max(0, high - BARE_PX) / (top + bottom));
    return { paddingTopLeft: [left * across, top * down], paddingBottomRight: [right * across, bottom * down] };
  }

  /** The windows of a sector, or of all. */
  function boundsOf(found) {
    const bounds = L.latLngBounds([]);
    for (const { window: [west, south, east, north] } of found ? [found] : data.sectors) {
      bounds.extend([south, west]).extend([north, east]);
    }
    return bounds;
  }

  // From this zoom on the ground that is drawn fills the frame.
  let groundZoom = 0;
  // A view that the reader chose is kept as one; a view fitted to a sector is told by the sector.
  let byHand = false;

  function goTo(id, animate = true) {
    byHand = false;
    const quiet = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
    const found = data.sectors.find((one) => one.id === id);
    const bounds = boundsOf(found);
    if (!found) {
      const wider = L.latLngBounds(bounds.getSouthWest(), bounds.getNorthEast());
      events.filter((event) => event.at).forEach((event) => {
        const [lon, lat] = event.points.at(-1);
        wider.extend([lat, lon]);
      });
      // Events come into the first view only where the ground reaches that far.
      const { paddingTopLeft: [left, top], paddingBottomRight: [right, bottom] } = pads();
      const least = Math.max(groundZoom, map.getMinZoom());
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
    groundZoom = Math.ceil(map.getBoundsZoom(region, true) * 10) / 10;
    // A small frame shows the whole front all the same, with bare ground around the region.
    const { paddingTopLeft, paddingBottomRight } = pads();
    const covered = L.point(paddingTopLeft).add(paddingBottomRight);
    map.setMinZoom(Math.min(groundZoom, map.getBoundsZoom(boundsOf(null), false, covered)));
    arrange();
    if (map.getZoom() < groundZoom) region.extend(map.getBounds());
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
