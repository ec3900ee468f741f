// Lines of longitude and latitude at round steps, with their degrees at the edges of the frame.
import { el } from "./dom.js";
import { worldX, worldY } from "./unpack.js";
import { pen } from "./sheet.js";

/** Steps in minutes of arc; halves of a degree are the finest that are written as degrees. */
const STEPS = [1, 2, 5, 10, 20, 30, 60, 120, 300, 600, 1200];
/** Lines of longitude stand at least this many pixels apart. */
const LEAST_PX = 100;
const MINUTES = 60;

/** The step in minutes at a scale (pixels of the whole world). */
export function gridStep(scale) {
  const least = (LEAST_PX * 360 * MINUTES) / scale;
  return STEPS.find((step) => step >= least) || STEPS.at(-1);
}

/** Degrees in words: 37°E, 48.5°N, 48°20′N. `axis` is "lon" or "lat". */
export function gridLabel(words, minutes, axis, step) {
  const size = Math.abs(minutes);
  const whole = Math.floor(size / MINUTES);
  const rest = size % MINUTES;
  const fine = step < 30 && rest ? `${whole}\u00b0${String(rest).padStart(2, "0")}\u2032` : `${size / MINUTES}\u00b0`;
  if (!minutes) return fine;
  const key = axis === "lon" ? (minutes > 0 ? "east" : "west") : (minutes > 0 ? "north" : "south");
  return words.say(`degrees_${key}`, { value: fine });
}

/** The lines that cross a box of the world (west, north, east, south): minutes and where they lie. */
function linesIn([west, north, east, south], step) {
  const lat = (y) => (Math.atan(Math.sinh(Math.PI * (1 - 2 * y))) * 180) / Math.PI;
  const range = (low, high, place) => {
    const lines = [];
    const last = Math.floor((high * MINUTES) / step);
    for (let i = Math.ceil((low * MINUTES) / step); i <= last; i += 1) {
      lines.push({ minutes: i * step, at: place((i * step) / MINUTES) });
    }
    return lines;
  };
  return {
    lon: range(west * 360 - 180, east * 360 - 180, worldX),
    lat: range(Math.max(-85, lat(south)), Math.min(85, lat(north)), worldY),
  };
}

/** Draw the lines. */
export function paintGraticule(view, theme) {
  const { context, scale, ox, oy } = view;
  const { lon, lat } = linesIn(view.box, gridStep(scale));
  pen(context, theme.graticule);
  context.beginPath();
  for (const { at } of lon) {
    context.moveTo(at * scale - ox, 0);
    context.lineTo(at * scale - ox, view.height);
  }
  for (const { at } of lat) {
    context.moveTo(0, at * scale - oy);
    context.lineTo(view.width, at * scale - oy);
  }
  context.stroke();
  context.globalAlpha = 1;
  context.setLineDash([]);
}

/**
 * The degrees at the edges of the frame; `over` are the nodes that lie over the map, beside which
 * a label would be cut. `place()` puts them where the lines meet the frame.
 */
export function createGridLabels(map, host, over) {
  const node = el("div", { class: "fm-grid", "aria-hidden": "true", hidden: true });
  const pool = [];
  let taken = [];

  /** Where the other nodes lie; asked for when one of them has changed, not on every move. */
  function measure() {
    if (node.hidden) return;
    const home = map.getContainer().getBoundingClientRect();
    taken = over().map((one) => one.getBoundingClientRect()).filter((box) => box.width && box.height)
      .map((box) => [box.left - home.left, box.top - home.top, box.right - home.left, box.bottom - home.top]);
    place();
  }

  function place() {
    if (node.hidden) return;
    const words = host.words();
    const scale = 256 * 2 ** map.getZoom();
    const { min, max } = map.getPixelBounds();
    const step = gridStep(scale);
    const bottom = max.y - min.y - map.getContainer().querySelector(".fm-bar").offsetHeight;
    const right = max.x - min.x;
    const found = linesIn([min.x / scale, min.y / scale, max.x / scale, max.y / scale], step);
    const spots = [];
    const add = (text, x, y, edge) => {
      const half = 4 + text.length * 3.4;
      const box = edge === "top" || edge === "bottom"
        ? [x - half, edge === "top" ? 0 : bottom - 18, x + half, edge === "top" ? 18 : bottom]
        : [edge === "left" ? 0 : right - 2 * half, y - 9, edge === "left" ? 2 * half : right, y + 9];
      const cut = box[0] < 0 || box[1] < 0 || box[2] > right || box[3] > bottom;
      const hit = [...taken, ...spots.map((one) => one.box)]
        .some((other) => box[0] < other[2] && box[2] > other[0] && box[1] < other[3] && box[3] > other[1]);
      if (!cut && !hit) spots.push({ text, x, y, edge, box });
    };
    for (const { minutes, at } of found.lon) {
      const text = gridLabel(words, minutes, "lon", step);
      add(text, at * scale - min.x, 2, "top");
      add(text, at * scale - min.x, bottom - 2, "bottom");
    }
    for (const { minutes, at } of found.lat) {
      const text = gridLabel(words, minutes, "lat", step);
      add(text, 4, at * scale - min.y, "left");
      add(text, right - 4, at * scale - min.y, "right");
    }
    while (pool.length < spots.length) pool.push(node.appendChild(el("span")));
    pool.forEach((span, i) => {
      const spot = spots[i];
      span.hidden = !spot;
      if (!spot) return;
      if (span.textContent !== spot.text) span.textContent = spot.text;
      span.dataset.edge = spot.edge;
      span.style.left = `${Math.round(spot.x)}px`;
      span.style.top = `${Math.round(spot.y)}px`;
    });
  }

  map.on("move zoomend resize", place);
  const watcher = new ResizeObserver(measure);
  over().forEach((one) => watcher.observe(one));
  return {
    node,
    show(on) {
      node.hidden = !on;
      measure();
    },
  };
}
