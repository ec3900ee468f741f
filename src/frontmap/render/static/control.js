// Who holds what at a date: fills, the front line, the previous front, gained and lost.
import { meets, pen, trace } from "./sheet.js";
import { fillHatch, fillStatus } from "./hatch.js";
import { FIXED, FREE, PREVIOUS, ringsAt, ringsBetween, signedArea } from "./outline.js";
import { knownDifference } from "./difference.js";

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

/** What there is to draw of the timelines of a status: rings now, before, and between the two. */
function outlinesOf(timelines, status, { date, baseline }) {
  const found = { now: [], before: [], between: [], changes: [] };
  for (const line of timelines) {
    if (line.status !== status) continue;
    const now = indexAt(line.dates, date);
    found.now.push(...ringsAt(line.record, now));
    // What is not known at both dates was neither gained nor lost.
    const before = baseline ? indexAt(line.dates, baseline) : -1;
    if (now < 0 || before < 0 || now === before) continue;
    const between = ringsBetween(line.record, before, now);
    found.before.push(...ringsAt(line.record, before));
    found.between.push(...between);
    found.changes.push({ line, now, before, between });
  }
  return found;
}

function path(view, rings) {
  view.context.beginPath();
  for (const ring of rings) {
    if (meets(ring.box, view.box)) trace(view, ring.xy, { close: true, least: 0.4 });
  }
}

const isSeen = (view, rings) => rings.some((ring) => meets(ring.box, view.seen));

/** Draw the control layers; returns what is in view, for the legend. */
export function paintControl(view, timelines, { date, baseline }, theme) {
  const seen = new Set();
  const all = ["contested", ...HELD].map((status) => ({
    status, ...outlinesOf(timelines, status, { date, baseline: status === "contested" ? null : baseline }),
  }));
  for (const { status, now } of all) {
    if (!now.length) continue;
    path(view, now);
    fillStatus(view, theme[status], baseline && status !== "contested" ? 0.6 : 1);
    if (isSeen(view, now)) seen.add(status);
  }
  for (const { status, now, before, between, changes } of all) {
    if (!between.some((ring) => meets(ring.box, view.box))) continue;
    paintDifference(view, between, now, theme[status], theme.gained);
    paintDifference(view, between, before, theme[status], theme.lost);
    addDifferences(seen, view, changes);
  }
  const rings = all.flatMap(({ now }) => now);
  traceRuns(view, rings, FIXED);
  stroke(view, theme.fixed_edge);
  if (baseline && traceRuns(view, all.flatMap(({ between }) => between), PREVIOUS)) {
    seen.add("previous_front");
    stroke(view, theme.previous_front);
  }
  if (traceRuns(view, rings, FREE)) seen.add("front");
  const weight = view.zoom < 8 ? 0.8 : 1;
  for (const line of ["front_casing", "front"]) {
    stroke(view, { ...theme[line], width: theme[line].width * weight });
  }
  return seen;
}

/** Fill what changed where it lies inside `rings`. */
function paintDifference(view, between, rings, area, hatch) {
  const { context } = view;
  context.save();
  path(view, rings);
  context.clip("evenodd");
  path(view, between);
  fillHatch(view, hatch, area.text);
  context.restore();
}

/** Less than this is no gain and no loss to be named: 0.01 km², here about 2e-11 of the world twice. */
const LEAST_KM2 = 0.01;
const LEAST_WORLD = 2e-11;

/**
 * Say whether anything was gained or lost, for the legend: exactly where that has been worked out,
 * as it is when the hand rests; while it moves, by the way that each ring runs.
 */
function addDifferences(seen, view, changes) {
  for (const { line, now, before, between } of changes) {
    const shown = between.filter((ring) => meets(ring.box, view.seen));
    if (!shown.length) continue;
    const exact = knownDifference(line, now, before);
    if (exact ? exact.gainedKm2 > LEAST_KM2 : shown.some((ring) => signedArea(ring) > LEAST_WORLD)) {
      seen.add("gained");
    }
    if (exact ? exact.lostKm2 > LEAST_KM2 : shown.some((ring) => signedArea(ring) < -LEAST_WORLD)) {
      seen.add("lost");
    }
  }
}

/** Make a path of the runs of a kind; says whether any of it is in view. */
function traceRuns(view, rings, kind) {
  let shown = false;
  view.context.beginPath();
  for (const ring of rings) {
    if (!ring.runs[kind].length || !meets(ring.box, view.box)) continue;
    for (const [from, count] of ring.runs[kind]) trace(view, ring.xy, { from, count, least: 0.4 });
    shown = shown || meets(ring.box, view.seen);
  }
  return shown;
}

/** Stroke the current path. */
function stroke({ context }, line) {
  pen(context, line);
  context.stroke();
  context.globalAlpha = 1;
  context.setLineDash([]);
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
