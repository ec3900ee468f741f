// The sheets that the map is drawn on, from the ground up, and when each is drawn anew.
import { dayNumber } from "./text.js";
import { createSheet } from "./sheet.js";
import { paintGround } from "./basemap.js";
import { createControl } from "./control.js";
import { FRESH_DAYS, createRings, paintEvents } from "./events.js";
import { createSpread } from "./spread.js";
import { paintLabels } from "./labels.js";
import { layerIsOn } from "./layers.js";
import { paintGraticule } from "./graticule.js";

/** `host` gives data, state, events, words(), theme(), swipe(); `over` are nodes that lie over the map. */
export function createSheets(map, host, over, onDrawn) {
  const { data, state, events } = host;
  let spots = { events: [], places: [], origin: [0, 0] };
  const seen = {};
  const has = (name) => layerIsOn(state.get(), name);
  const bare = data.basemap && { ...data.basemap, oblasts: [] };

  // After a move by hand the front comes first and each other sheet in a frame of its own.
  const waiting = new Set();
  function later(sheet) {
    if (!waiting.size) requestAnimationFrame(() => requestAnimationFrame(next));
    waiting.add(sheet);
  }

  function next() {
    const due = [...waiting].filter((sheet) => sheet.isLate());
    waiting.clear();
    if (!due.length) {
      onDrawn(); // drawn already, by a jump; what is seen is another all the same
      return;
    }
    due[0].redraw();
    due.slice(1).forEach((sheet) => waiting.add(sheet));
    if (waiting.size) requestAnimationFrame(next);
    onDrawn();
  }

  const quiet = { still: true, later };
  const ground = createSheet(map, "fm-ground", 210, 0.2, (view) => {
    seen.ground = paintGround(view, has("oblasts") ? data.basemap : bare, host.theme());
  }, quiet);
  const paintControl = createControl(data.timelines);
  const control = createSheet(map, "fm-control", 310, 0.1, (view) => {
    const { date, baseline, swipe } = state.get();
    seen.control = paintControl(swipe === null ? view : host.swipe().side(view, false),
      { date, baseline: swipe === null ? baseline : null }, host.theme());
  });
  const spread = createSpread(events);
  const marks = createSheet(map, "fm-marks", 460, 0.1, (view) => {
    const words = host.words();
    const shown = has("events") ? events : [];
    const found = paintEvents(view, shown, dayNumber(state.get().date), host.theme(), words, spread(view.scale));
    const taken = found.boxes;
    taken.glyphs = taken.length;
    const labels = data.basemap ? data.basemap.labels : [];
    const { spots: places, windows } = paintLabels(view, {
      places: data.places, labels, sectors: data.sectors, names: found.names, taken, covered: covered(view),
      named: has("names"),
    }, host.theme(), words, data.style.font);
    seen.marks = windows ? new Set([...found.seen, "window"]) : found.seen;
    spots = { events: found.spots, places, origin: [view.ox, view.oy] };
  }, quiet);
  const paintBefore = createControl(data.timelines);
  // Sheets that most readers never ask for come with the first one who does.
  const some = {
    before: () => createSheet(map, "fm-before", 309, 0.1, (view) => {
      const { baseline } = state.get();
      seen.before = paintBefore(host.swipe().side(view, true), { date: baseline, baseline: null }, host.theme());
    }, { still: true }),
    graticule: () => createSheet(map, "fm-graticule", 260, 0.1, (view) => {
      paintGraticule(view, host.theme());
      seen.graticule = new Set(["graticule"]);
    }, quiet),
  };
  const made = {};
  function toggle(name, on) {
    const there = Boolean(made[name]) && map.hasLayer(made[name]);
    if (on === there) return false;
    delete seen[name];
    if (!on) made[name].remove();
    else if (made[name]) made[name].addTo(map);
    else made[name] = some[name]();
    return true;
  }

  /** Where the nodes lie over the canvas of marks, and all outside the view. */
  function covered(view) {
    const size = map.getSize();
    const corner = map.getPixelBounds().min.subtract([view.ox, view.oy]);
    const base = map.getContainer().getBoundingClientRect();
    const boxes = over.map((node) => {
      const box = node.getBoundingClientRect();
      return [box.left - base.left, box.top - base.top, box.right - base.left, box.bottom - base.top];
    });
    boxes.push([-9999, -9999, 0, 9999], [size.x, -9999, 9999, 9999], [-9999, -9999, 9999, 0]);
    return boxes.map(([a, b, c, d]) => [a + corner.x, b + corner.y, c + corner.x, d + corner.y]);
  }

  const rings = createRings(map, "fm-marks");
  // The first change after a frame is drawn at once, to be ready when the next one comes; further
  // ones wait for that frame, so that no frame draws anything twice.
  let frame = 0;
  const stale = new Set();
  function draw(...sheets) {
    sheets.forEach((sheet) => stale.add(sheet));
    if (frame || !stale.size) return;
    drawStale();
    frame = requestAnimationFrame(() => {
      frame = 0;
      if (stale.size) drawStale();
    });
  }

  function drawStale() {
    stale.forEach((sheet) => sheet.redraw());
    stale.clear();
    onDrawn();
  }

  // Names and glyphs change only when the set of events does.
  const marksKey = (day) => events
    .map((event) => (event.day > day ? 0 : day - event.lastDay < FRESH_DAYS ? 2 : 1)).join("");
  let shown = { day: dayNumber(state.get().date), key: marksKey(dayNumber(state.get().date)) };

  function follow(day) {
    const key = marksKey(day);
    const differs = has("events") && key !== shown.key;
    if (has("events")) rings.show(events, shown.day, day, spread);
    shown = { day, key };
    return differs ? [marks] : [];
  }

  return {
    /** Draw what a change of the choices asks for. */
    update({ date, swipe, layers }, changed) {
      const any = (...names) => names.some((name) => changed.includes(name));
      const split = toggle("before", swipe !== null);
      const lined = toggle("graticule", layerIsOn({ layers }, "graticule"));
      draw(
        ...(any("date", "baseline", "theme") || split ? [control] : []),
        ...(any("date") ? follow(dayNumber(date)) : []),
        ...(any("theme", "language", "layers") ? [ground, marks] : []),
        ...(made.before && any("baseline", "theme") ? [made.before] : []),
        ...(made.graticule && (lined || any("theme")) ? [made.graticule] : []),
      );
    },
    /** Say exactly what was gained and lost, and what each side of the swipe shows, once it rests. */
    settle() {
      const { baseline, swipe } = state.get();
      draw(...(baseline ? [control] : []), ...(swipe !== null ? [made.before] : []));
    },
    spots: () => spots,
    seen: () => new Set(Object.values(seen).flatMap((names) => [...names])),
  };
}
