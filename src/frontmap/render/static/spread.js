// Events that would lie over each other: each has a spot of its own, beside the place that it is of.
import { FRESH_DAYS } from "./events.js";

/** Glyphs nearer than this lie over each other; side by side they stand so far apart, in pixels. */
const OVER_PX = 16;
const BESIDE_PX = 20;
/** A name has no room between glyphs nearer than this. */
const NEIGHBOUR_PX = 30;
/** So many have room for their names in a row; the next row is as far below as a name is high. */
const IN_ROW = 4;
const ROW_PX = 52;
/** More than this at one place within days lie over the first. */
const MOST = 12;

/** The sides of a glyph, in the order in which its name tries them. */
export const SIDES = ["right", "left", "above", "below"];
const ALONE = { dx: 0, dy: 0, sides: SIDES };

function sideOf(from, to) {
  const [dx, dy] = [to.x - from.x, to.y - from.y];
  if (Math.hypot(dx, dy) > NEIGHBOUR_PX) return null;
  if (Math.abs(dx) >= Math.abs(dy)) return dx > 0 ? "right" : "left";
  return dy > 0 ? "below" : "above";
}

/** Give spots to events in the order of their days: the first stands on its place. */
function spotsAt(events, scale) {
  const spots = new Map();
  let fresh = [];
  for (const event of events) {
    fresh = fresh.filter((one) => event.day - one.event.lastDay < FRESH_DAYS);
    const [x, y] = event.at.map((value) => value * scale);
    let [dx, dy] = [0, 0];
    for (let i = 0; i < MOST; i += 1) {
      const [right, down] = [(i % IN_ROW) * BESIDE_PX, Math.floor(i / IN_ROW) * ROW_PX];
      if (fresh.some((one) => Math.hypot(one.x - x - right, one.y - y - down) < OVER_PX)) continue;
      [dx, dy] = [right, down];
      break;
    }
    const own = { event, x: x + dx, y: y + dy, blocked: new Set() };
    for (const one of fresh) {
      const side = sideOf(own, one);
      if (!side) continue;
      own.blocked.add(side);
      one.blocked.add(sideOf(one, own));
    }
    fresh.push(own);
    spots.set(event, { dx, dy, blocked: own.blocked });
  }
  for (const [event, { dx, dy, blocked }] of spots) {
    const sides = blocked.size ? [...SIDES].sort((a, b) => blocked.has(a) - blocked.has(b)) : SIDES;
    spots.set(event, { dx, dy, sides });
  }
  return spots;
}

/**
 * Where the glyphs of fresh events stand: `spread(scale)(event)` says how far from its place, and
 * on which sides its name should try. It hangs on the record and the scale alone and not on the
 * date, so that nothing moves while the date does, and a step of the date works nothing out.
 */
export function createSpread(events) {
  const placed = events.filter((event) => event.at).sort((a, b) => a.day - b.day);
  let [known, spots] = [null, null];
  return (scale) => {
    if (known !== scale) [known, spots] = [scale, spotsAt(placed, scale)];
    return (event) => spots.get(event) || ALONE;
  };
}
