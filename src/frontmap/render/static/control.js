// Who holds what at a date: fills, the front line, the previous front, gained and lost.
import { PIECE, grown, isWanted, meets, reaches, trace } from "./chain.js";
import { pen } from "./sheet.js";
import { COMPARED, fillHatch, fillStatus } from "./hatch.js";
import {
  FIXED, FREE, goneRuns, lengthsAlong, ringsAt, ringsBetween, sidesBetween, signedArea,
} from "./outline.js";
import { knownDifference } from "./difference.js";

const HELD = ["russian_held", "ukrainian_held", "unstated"];
/** A point in a square of so many pixels stands for those after it. */
const GRAIN = 0.5;
/** So much further than half the widest pen a changed edge may be seen, in pixels. */
const BLUR = 2;
/** Changes in more places than this, or in more than half of the view, are drawn all over. */
const MOST_PARTS = 48;

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
    found.changes.push({ line, now, before, between, outlines: ringsAt(line.record, before) });
  }
  return found;
}

function path(view, rings) {
  view.context.beginPath();
  for (const ring of rings) {
    if (meets(ring.box, view.box)) trace(view, ring.xy, { close: true, grain: GRAIN });
  }
}

/** Whether any of the ground within rings is on screen: its outline is, or it fills all of it. */
function isSeen(view, rings) {
  const [west, north, east, south] = view.seen;
  return rings.some(({ xy, box }) => meets(box, view.seen) && reaches(view.seen, xy))
    || inside(rings, (west + east) / 2, (north + south) / 2);
}

/**
 * A painter of the control layers: `paint(view, { date, baseline }, theme)` draws them and returns
 * what is in view, for the legend. Where a view has kept what was painted last, and only the date
 * is another, it draws nothing but the surroundings of what differs between the two dates.
 */
export function createControl(timelines) {
  let last = null;
  return (view, { date, baseline }, theme) => {
    const { context, ratio } = view;
    const next = { theme, baseline, at: timelines.map(({ dates }) => indexAt(dates, date)) };
    const same = view.kept && last && last.theme === theme && last.baseline === baseline;
    const boxes = (same && changedBoxes(view, timelines, last.at, next.at, theme))
      || [[0, 0, view.width, view.height]];
    last = next;
    context.save();
    context.beginPath();
    const parts = boxes.map((box) => {
      // On whole pixels of the screen, so that no edge of a box is drawn by halves.
      const [left, top] = box.slice(0, 2).map((value) => Math.floor(value * ratio) / ratio);
      const [right, bottom] = box.slice(2).map((value) => Math.ceil(value * ratio) / ratio);
      context.clearRect(left, top, right - left, bottom - top);
      context.rect(left, top, right - left, bottom - top);
      return grown([left + view.ox, top + view.oy, right + view.ox, bottom + view.oy], reach(theme))
        .map((value) => value / view.scale);
    });
    context.clip();
    const seen = paintControl({ ...view, parts }, timelines, { date, baseline }, theme);
    context.restore();
    return seen;
  };
}

const reach = (theme) => BLUR
  + Math.max(theme.front.width, theme.front_casing.width, theme.previous_front.width) / 2;

/** Boxes in pixels around what differs between two positions; null where that is too much. */
function changedBoxes(view, timelines, from, to, theme) {
  const boxes = [];
  let room = (view.width * view.height) / 2;
  for (let i = 0; i < timelines.length; i += 1) {
    if (from[i] === to[i]) continue;
    // With its first assessment a timeline is compared, and that is seen everywhere.
    if (from[i] < 0 || to[i] < 0) return null;
    for (const { box } of ringsBetween(timelines[i].record, from[i], to[i])) {
      if (!meets(grown(box, reach(theme) / view.scale), view.box)) continue;
      const [left, top, right, bottom] = grown([
        box[0] * view.scale - view.ox, box[1] * view.scale - view.oy,
        box[2] * view.scale - view.ox, box[3] * view.scale - view.oy,
      ], reach(theme));
      room -= (Math.min(right, view.width) - Math.max(left, 0))
        * (Math.min(bottom, view.height) - Math.max(top, 0));
      boxes.push([left, top, right, bottom]);
      if (room < 0 || boxes.length > MOST_PARTS) return null;
    }
  }
  return boxes;
}

function paintControl(view, timelines, { date, baseline }, theme) {
  const seen = new Set();
  const all = ["contested", ...HELD].map((status) => ({
    status, ...outlinesOf(timelines, status, { date, baseline: status === "contested" ? null : baseline }),
  }));
  for (const { status, now } of all) {
    if (!now.length) continue;
    path(view, now);
    fillStatus(view, theme[status], baseline && status !== "contested" ? COMPARED : 1);
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
  for (const change of all.flatMap(({ changes }) => changes)) {
    if (strokePrevious(view, change, theme.previous_front)) seen.add("previous_front");
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
    for (const [from, count] of ring.runs[kind]) {
      trace(view, ring.xy, { from, count, grain: GRAIN });
      shown = shown || (meets(ring.box, view.seen) && reaches(view.seen, ring.xy, from, count));
    }
  }
  return shown;
}

/**
 * Stroke what is left of an earlier outline; says whether any of it is in view. Dashes are counted
 * along the whole outline, piece by piece, so that they keep their places while the date moves.
 */
function strokePrevious(view, { line, now, before, outlines }, style) {
  const { context, scale } = view;
  const sides = sidesBetween(line.record, before, now);
  const onScreen = [view.seen];
  let shown = false;
  pen(context, style);
  for (const ring of outlines) {
    if (!meets(ring.box, view.box)) continue;
    const along = lengthsAlong(ring);
    for (const [from, count] of goneRuns(line.record, ring, sides)) {
      const piece = Math.floor(from / PIECE);
      shown = shown || isWanted(onScreen, ring.xy, piece);
      if (!isWanted(view.parts, ring.xy, piece)) continue;
      context.lineDashOffset = along[from] * scale;
      context.beginPath();
      trace(view, ring.xy, { from, count, grain: GRAIN });
      context.stroke();
    }
  }
  context.lineDashOffset = 0;
  context.setLineDash([]);
  context.globalAlpha = 1;
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
