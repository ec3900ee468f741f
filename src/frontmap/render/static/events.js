// Events on the map: a glyph with its date, a launch as a great-circle arc, a range as a circle.
import { worldX, worldY } from "./unpack.js";
import { circleAround, greatCircle } from "./mercator.js";
import { dayNumber } from "./text.js";
import { pen } from "./sheet.js";

/** For this many days an event is drawn in full; later it stays as a small quiet mark. */
export const FRESH_DAYS = 7;
/** An event that lasts longer than this is a development: it is fresh when it begins. */
const LONG_DAYS = 31;

/** Prepare events, by their days: where they lie on the map. */
export function placeEvents(events, firstDay) {
  return events.map((event) => {
    const [day, lastDay] = [dayNumber(event.date), lastDayOf(event)];
    const [first] = event.points;
    const last = event.points.at(-1);
    return {
      ...event,
      day,
      lastDay,
      // What came before the span is background, and a long development is no mark to keep.
      lasting: day >= firstDay && dayNumber(event.end || event.date) - lastDay < 1,
      at: last ? [worldX(last[0]), worldY(last[1])] : null,
      origin: event.points.length > 1 ? [worldX(first[0]), worldY(first[1])] : null,
      arc: event.points.length > 1 ? greatCircle(first, last) : null,
      circle: last && event.range_km ? circleAround(last, event.range_km) : null,
    };
  }).sort((one, other) => one.day - other.day);
}

function lastDayOf(event) {
  const [begin, end] = [dayNumber(event.date), dayNumber(event.end || event.date)];
  return end - begin > LONG_DAYS ? begin : end;
}

/** Events begun by a day, with `fresh` where they are recent. */
export function eventsBy(events, day) {
  return events
    .filter((event) => event.day <= day)
    .map((event) => ({ event, fresh: day - event.lastDay < FRESH_DAYS }));
}

function drawCurve(view, points) {
  const { context, scale, ox, oy } = view;
  context.beginPath();
  points.forEach(([x, y], i) => {
    if (i) context.lineTo(x * scale - ox, y * scale - oy);
    else context.moveTo(x * scale - ox, y * scale - oy);
  });
  context.stroke();
  context.globalAlpha = 1;
  context.setLineDash([]);
}

function inView({ seen: [west, north, east, south] }, points) {
  return points.some(([x, y]) => x > west && x < east && y > north && y < south);
}

/** Draw a glyph: the kind by shape, freshness by fill. */
export function drawGlyph(context, kind, x, y, radius, theme, fresh = true) {
  const shapes = {
    strike: [[0, -1.25], [0.35, -0.35], [1.25, 0], [0.35, 0.35], [0, 1.25], [-0.35, 0.35],
      [-1.25, 0], [-0.35, -0.35]],
    withdrawal: [[-1, -0.8], [1, -0.8], [0, 1]],
    participation: [[-0.8, -0.8], [0.8, -0.8], [0.8, 0.8], [-0.8, 0.8]],
  };
  // A kind from data may be named like a part of every object.
  const shape = Object.hasOwn(shapes, kind) ? shapes[kind] : null;
  context.beginPath();
  if (shape) {
    shape.forEach(([dx, dy], i) => {
      if (i) context.lineTo(x + dx * radius, y + dy * radius);
      else context.moveTo(x + dx * radius, y + dy * radius);
    });
    context.closePath();
  } else {
    context.arc(x, y, radius * 0.8, 0, 2 * Math.PI);
  }
  context.lineJoin = "round";
  context.lineWidth = 4;
  context.strokeStyle = theme.halo;
  context.stroke();
  context.fillStyle = fresh ? theme.event : theme.halo;
  context.fill();
  context.lineWidth = 1.2;
  context.strokeStyle = theme.event;
  context.stroke();
}

/** Join a glyph to the place that it is of. */
function drawTie({ context }, x, y, { dx, dy }, theme) {
  context.beginPath();
  context.moveTo(x, y);
  context.lineTo(x + dx, y + dy);
  context.lineWidth = 4;
  context.strokeStyle = theme.halo;
  context.stroke();
  context.lineWidth = 1.2;
  context.strokeStyle = theme.event;
  context.stroke();
}

/**
 * Draw events, the fresh ones where `spotOf(event)` says; returns what is in view for the legend,
 * the boxes that labels must keep clear of, the spots that a click can hit, and the names to be
 * placed beside the fresh glyphs.
 */
export function paintEvents(view, events, day, theme, words, spotOf) {
  const { context, scale, ox, oy } = view;
  const found = { seen: new Set(), boxes: [], spots: [], names: [] };
  const known = eventsBy(events, day).filter(({ event, fresh }) => event.at && (fresh || event.lasting));
  for (const { event, fresh } of known) {
    if (!fresh) continue;
    if (event.circle) {
      pen(context, theme.range_circle);
      drawCurve(view, event.circle);
      if (inView(view, event.circle)) found.seen.add("range_circle");
    }
    if (event.arc) {
      pen(context, theme.launch);
      drawCurve(view, event.arc);
      if (inView(view, event.arc)) found.seen.add("launch");
      const [x, y] = [event.origin[0] * scale - ox, event.origin[1] * scale - oy];
      context.beginPath();
      context.arc(x, y, 4, 0, 2 * Math.PI);
      context.fillStyle = theme.halo;
      context.fill();
      pen(context, theme.launch);
      context.stroke();
    }
    const spot = spotOf(event);
    if (spot.dx || spot.dy) drawTie(view, event.at[0] * scale - ox, event.at[1] * scale - oy, spot, theme);
  }
  for (const { event, fresh } of known.sort((a, b) => a.fresh - b.fresh)) {
    const { dx, dy, sides } = fresh ? spotOf(event) : { dx: 0, dy: 0 };
    const x = event.at[0] * scale - ox + dx;
    const y = event.at[1] * scale - oy + dy;
    if (x < 0 || y < 0 || x > view.width || y > view.height) continue;
    const radius = fresh ? 7 : 4.5;
    context.globalAlpha = fresh ? 1 : 0.75;
    drawGlyph(context, event.kind, x, y, radius, theme, fresh);
    context.globalAlpha = 1;
    found.boxes.push([x - radius - 2, y - radius - 2, x + radius + 2, y + radius + 2]);
    found.spots.push({ x, y, radius: radius + 6, event });
    if (inView(view, [event.at])) found.seen.add(`${fresh ? "event" : "past"}.${event.kind}`);
    if (fresh) {
      found.names.push({ x, y, radius, sides, text: words.dayMonth(event.date), note: words.form(event.place) });
    }
  }
  return found;
}

const RINGS_AT_ONCE = 4;

/** Greet events that appear with the date: a ring around each that grows and fades once. */
export function createRings(map, paneName) {
  const quiet = window.matchMedia("(prefers-reduced-motion: reduce)");
  const rings = new Set();
  const drop = (ring) => { ring.remove(); rings.delete(ring); };
  map.on("zoomstart", () => rings.forEach(drop));

  return {
    /** `before` and `now` are days: events that begin after the one and by the other appear. */
    show(events, before, now, spread) {
      if (quiet.matches) return;
      const bounds = map.getBounds();
      for (const { event, fresh } of eventsBy(events, now)) {
        if (!fresh || event.day <= before || !event.at || rings.size >= RINGS_AT_ONCE) continue;
        const [lon, lat] = event.points.at(-1);
        if (!bounds.contains([lat, lon])) continue;
        const ring = document.createElement("div");
        ring.className = "fm-ring";
        ring.append(document.createElement("span"));
        ring.addEventListener("animationend", () => drop(ring));
        const { dx, dy } = spread(256 * 2 ** map.getZoom())(event);
        L.DomUtil.setPosition(ring, map.latLngToLayerPoint([lat, lon]).add([dx, dy]));
        map.getPane(paneName).append(ring);
        rings.add(ring);
      }
    },
  };
}
