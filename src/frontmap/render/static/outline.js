// The outlines of an extent at a date, and of what differs between two dates: arcs made into rings.

import { PIECE } from "./chain.js";

/** A ring is drawn by runs of its edges: pairs of first edge and number of edges, by what they are. */
export const [FREE, FIXED] = [0, 1];

/** So much of one kind is kept of each record. */
const KEPT = 8;

/** Keep what was made last: a hand that goes back and forth asks for the same dates. */
export function remembered(cache, key, make) {
  let found = cache.get(key);
  if (found) cache.delete(key);
  else found = make();
  cache.set(key, found);
  if (cache.size > KEPT) cache.delete(cache.keys().next().value);
  return found;
}

/** The rings of the extent at a position in the dates. */
export function ringsAt(record, at) {
  if (at < 0) return [];
  return remembered(record.outlines, at, () => chain(record, sidesBetween(record, -1, at)));
}

/**
 * The rings around the ground that is held at one of two positions only. Edges of the first one
 * are turned round, so that what was gained lies on the left and what was lost on the right.
 */
export function ringsBetween(record, before, now) {
  if (before === now) return [];
  return remembered(record.outlines, `${before} ${now}`, () => chain(record, sidesBetween(record, before, now)));
}

/** For each arc 1 where it is there now and was not before, -1 the other way round, 0 elsewhere. */
export function sidesBetween({ lifeArc, birth, death, first }, before, now) {
  const sides = new Int8Array(first.length - 1);
  for (let life = 0; life < lifeArc.length; life += 1) {
    const born = birth[life];
    const gone = death[life];
    if (born <= now && now < gone) sides[lifeArc[life]] += 1;
    if (born <= before && before < gone) sides[lifeArc[life]] -= 1;
  }
  return sides;
}

/** Follow arcs until they close; where several leave a vertex, any choice fills the same region. */
function chain(record, sides) {
  const { path, first, leaving, next } = record;
  for (let arc = sides.length - 1; arc >= 0; arc -= 1) {
    if (!sides[arc]) continue;
    const vertex = path[sides[arc] > 0 ? first[arc] : first[arc + 1] - 1];
    next[arc] = leaving[vertex];
    leaving[vertex] = arc;
  }
  const rings = [];
  const arcs = [];
  for (let from = 0; from < sides.length; from += 1) {
    if (!sides[from]) continue;
    const home = path[sides[from] > 0 ? first[from] : first[from + 1] - 1];
    while (leaving[home] >= 0) {
      let vertex = home;
      let edges = 0;
      arcs.length = 0;
      do {
        const arc = leaving[vertex];
        if (arc < 0) throw new Error("the compact form is damaged: an outline does not close");
        leaving[vertex] = next[arc];
        vertex = path[sides[arc] > 0 ? first[arc + 1] - 1 : first[arc]];
        edges += first[arc + 1] - first[arc] - 1;
        arcs.push(arc);
      } while (vertex !== home);
      rings.push(ringOf(record, sides, arcs, edges));
    }
  }
  return rings;
}

function ringOf({ path, first, world, fixed }, sides, arcs, edges) {
  const xy = new Float64Array(2 * edges);
  const box = [Infinity, Infinity, -Infinity, -Infinity];
  const ring = { xy, box, arcs: Int32Array.from(arcs), runs: [[], []] };
  let at = 0;
  let run = [-1, 0];
  let was = -1;
  for (const arc of arcs) {
    const onward = sides[arc] > 0;
    const size = first[arc + 1] - first[arc] - 1;
    for (let i = 0; i < size; i += 1, at += 1) {
      const place = onward ? first[arc] + i : first[arc + 1] - 1 - i;
      const vertex = 2 * path[place];
      const x = world[vertex];
      const y = world[vertex + 1];
      xy[2 * at] = x;
      xy[2 * at + 1] = y;
      if (x < box[0]) box[0] = x;
      if (y < box[1]) box[1] = y;
      if (x > box[2]) box[2] = x;
      if (y > box[3]) box[3] = y;
      // Each arc has one vertex more than it has edges.
      const edge = (onward ? place : place - 1) - arc;
      const kind = fixed[edge] ? FIXED : FREE;
      if (kind !== was) ring.runs[kind].push(run = [at, 0]);
      run[1] += 1;
      was = kind;
    }
  }
  return ring;
}

/**
 * The runs of free edges of a ring of one position that are not there at another, cut where the
 * pieces of the ring are. `sides` are those between the two positions.
 */
export function goneRuns({ first, fixed }, ring, sides) {
  const runs = [];
  let run = null;
  let at = 0;
  for (const arc of ring.arcs) {
    const size = first[arc + 1] - first[arc] - 1;
    for (let i = 0; i < size; i += 1, at += 1) {
      if (!sides[arc] || fixed[first[arc] + i - arc]) run = null;
      else {
        if (!run || at % PIECE === 0) runs.push(run = [at, 0]);
        run[1] += 1;
      }
    }
  }
  return runs;
}

const lengths = new WeakMap();

/** How far each vertex of a ring lies along it from its first one, in world coordinates. */
export function lengthsAlong({ xy }) {
  if (!lengths.has(xy)) {
    const found = new Float64Array(xy.length / 2);
    for (let i = 1; i < found.length; i += 1) {
      found[i] = found[i - 1] + Math.hypot(xy[2 * i] - xy[2 * i - 2], xy[2 * i + 1] - xy[2 * i - 1]);
    }
    lengths.set(xy, found);
  }
  return lengths.get(xy);
}

const areas = new WeakMap();

/** Twice the area of a ring in world coordinates, positive where it runs counter-clockwise. */
export function signedArea(ring) {
  if (!areas.has(ring)) {
    const { xy } = ring;
    let sum = 0;
    for (let i = 0, j = xy.length - 2; i < xy.length; j = i, i += 2) {
      sum += (xy[i] - xy[0]) * (xy[j + 1] - xy[1]) - (xy[j] - xy[0]) * (xy[i + 1] - xy[1]);
    }
    areas.set(ring, sum);
  }
  return areas.get(ring);
}
