// Who holds what at a date: fills, the front line, the previous front, gained and lost.
import { meets, pen, trace } from "./sheet.js";
import { fillHatch, fillStatus } from "./hatch.js";

const HELD = ["russian_held", "ukrainian_held", "unstated"];

/** The index of the assessment in force, or -1 before the first. Dates are ISO texts, ascending. */
export function indexAt(dates, iso) {
  let low = 0;
  let high = dates.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (dates[middle] <= iso) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/** The rings of every timeline of a status at a date. */
function ringsAt(timelines, status, iso) {
  const rings = [];
  for (const line of timelines) {
    if (line.status !== status) continue;
    const at = indexAt(line.dates, iso);
    if (at >= 0) rings.push(...line.extents[at]);
  }
  return rings;
}

function path(view, rings) {
  view.context.beginPath();
  for (const ring of rings) {
    if (meets(ring.box, view.box)) trace(view, ring.xy, { close: true, least: 0.4 });
  }
}

/** Draw the control layers; returns what is in view, for the legend. */
export function paintControl(view, timelines, { date, baseline }, theme) {
  const seen = new Set();
  const now = {};
  for (const status of ["contested", ...HELD]) {
    now[status] = ringsAt(timelines, status, date);
    path(view, now[status]);
    fillStatus(view, theme[status], baseline && status !== "contested" ? 0.6 : 1);
    if (now[status].some((ring) => meets(ring.box, view.seen))) seen.add(status);
  }
  const before = {};
  if (baseline) {
    for (const status of HELD) {
      before[status] = ringsAt(timelines, status, baseline);
      paintDifference(view, now[status], before[status], theme[status], theme.gained);
      paintDifference(view, before[status], now[status], theme[status], theme.lost);
      addDifferences(seen, view, timelines.filter((line) => line.status === status), date, baseline);
    }
  }
  for (const status of ["contested", ...HELD]) strokeRuns(view, now[status], "fixed", theme.fixed_edge);
  if (baseline) {
    for (const status of HELD) {
      if (strokeRuns(view, before[status], "free", theme.previous_front)) seen.add("previous_front");
    }
  }
  const weight = view.zoom < 8 ? 0.8 : 1;
  for (const line of ["front_casing", "front"]) {
    for (const status of HELD) {
      const shown = strokeRuns(view, now[status], "free", {
        ...theme[line], width: theme[line].width * weight,
      });
      if (shown) seen.add("front");
    }
  }
  return seen;
}

/** Fill `rings` where they lie outside `others`. */
function paintDifference(view, rings, others, area, hatch) {
  const { context } = view;
  context.save();
  context.beginPath();
  context.rect(0, 0, view.width, view.height);
  for (const ring of others) trace(view, ring.xy, { close: true });
  context.clip("evenodd");
  path(view, rings);
  fillHatch(view, hatch, area.text);
  context.restore();
}

/** Say whether anything in view was gained or lost, for the legend. */
function addDifferences(seen, view, lines, date, baseline) {
  for (const line of lines) {
    const [now, before] = [date, baseline].map((iso) => line.extents[indexAt(line.dates, iso)] || []);
    const shown = (rings) => rings.some((ring) => meets(ring.box, view.seen));
    if (shown(now) && reachesBeyond(now, before)) seen.add("gained");
    if (shown(before) && reachesBeyond(before, now)) seen.add("lost");
  }
}

const beyond = new WeakMap();

/** Whether a vertex of some rings lies outside others and off their edges; remembered by pair. */
function reachesBeyond(rings, others) {
  if (rings === others) return false;
  if (!beyond.has(rings)) beyond.set(rings, new Map());
  const known = beyond.get(rings);
  if (!known.has(others)) {
    known.set(others, rings.some(({ xy }) => {
      for (let i = 0; i < xy.length; i += 2) {
        if (!inside(others, xy[i], xy[i + 1]) && !onEdge(others, xy[i], xy[i + 1])) return true;
      }
      return false;
    }));
  }
  return known.get(others);
}

/** About 25 m at these latitudes, in world coordinates. */
const NEAR = 1e-6;

function onEdge(rings, x, y) {
  return rings.some(({ xy }) => {
    for (let i = 0, j = xy.length - 2; i < xy.length; j = i, i += 2) {
      const [dx, dy] = [xy[i] - xy[j], xy[i + 1] - xy[j + 1]];
      const along = ((x - xy[j]) * dx + (y - xy[j + 1]) * dy) / (dx * dx + dy * dy || 1);
      const t = Math.min(1, Math.max(0, along));
      if (Math.hypot(x - xy[j] - t * dx, y - xy[j + 1] - t * dy) < NEAR) return true;
    }
    return false;
  });
}

function strokeRuns(view, rings, kind, line) {
  const { context } = view;
  let shown = false;
  pen(context, line);
  context.beginPath();
  for (const ring of rings) {
    if (!meets(ring.box, view.box)) continue;
    for (const [from, count] of ring[kind]) {
      trace(view, ring.xy, { from, count, least: 0.4 });
      shown = shown || meets(ring.box, view.seen);
    }
  }
  context.stroke();
  context.globalAlpha = 1;
  context.setLineDash([]);
  return shown;
}

/** Whether a world point lies inside rings, by the even-odd rule. */
export function inside(rings, x, y) {
  let odd = false;
  for (const { xy, box } of rings) {
    if (x < box[0] || x > box[2] || y < box[1] || y > box[3]) continue;
    for (let i = 0, j = xy.length - 2; i < xy.length; j = i, i += 2) {
      const crosses = (xy[i + 1] > y) !== (xy[j + 1] > y);
      if (crosses && x < ((xy[j] - xy[i]) * (y - xy[i + 1])) / (xy[j + 1] - xy[i + 1]) + xy[i]) {
        odd = !odd;
      }
    }
  }
  return odd;
}
