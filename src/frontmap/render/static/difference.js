// What was gained and lost between two dates, exactly, from the edges that differ between them.
import { remembered, sidesBetween } from "./outline.js";
import { strip } from "./ellipsoid.js";

/**
 * km² gained and lost by a timeline between two positions in its dates. The changed edges are cut
 * into strips of latitude in which none begins, ends or crosses another; in each strip the edges
 * lie in order from west to east, and between two neighbours ground was gained, lost or neither.
 */
export function gainedAndLost({ record }, now, before) {
  const nothing = { gainedKm2: 0, lostKm2: 0 };
  if (now === before || now < 0 || before < 0) return nothing;
  return remembered(record.differences, `${before} ${now}`, () => {
    const edges = changedEdges(record, before, now);
    return edges.length ? sweep(edges) : nothing;
  });
}

/** What `gainedAndLost` found before for the same positions, or undefined. */
export function knownDifference({ record }, now, before) {
  return record.differences.get(`${before} ${now}`);
}

function sweep(edges) {
  const totals = { gainedKm2: 0, lostKm2: 0 };
  const ends = new Float64Array(2 * edges.length);
  edges.forEach((edge, i) => ends.set([edge.south, edge.north], 2 * i));
  ends.sort();
  const active = [];
  let next = 0;
  let south = ends[0];
  for (const north of ends) {
    if (north > south && active.length) addStrip(totals, active, south, north);
    let kept = 0;
    for (const edge of active) if (edge.north > north) active[kept++] = edge;
    active.length = kept;
    while (next < edges.length && edges[next].south === north) active.push(edges[next++]);
    south = north;
  }
  return totals;
}

/** Changed edges that are not level, from south to north; `sign` is what lies east less west. */
function changedEdges(record, before, now) {
  const { units, path, first } = record;
  const sides = sidesBetween(record, before, now);
  const edges = [];
  for (let arc = 0; arc < sides.length; arc += 1) {
    if (!sides[arc]) continue;
    for (let place = first[arc]; place < first[arc + 1] - 1; place += 1) {
      const [a, b] = [2 * path[place], 2 * path[place + 1]];
      if (units[a + 1] === units[b + 1]) continue;
      const up = units[a + 1] < units[b + 1];
      const [low, high] = up ? [a, b] : [b, a];
      edges.push({
        south: units[low + 1], north: units[high + 1], from: units[low], to: units[high],
        // The inside lies on the left: west of an edge that goes up.
        sign: up ? -sides[arc] : sides[arc], low: 0, high: 0,
      });
    }
  }
  return edges.sort((one, other) => one.south - other.south);
}

/** The longitude of an edge at a latitude, the same for all edges that end there. */
function lonAt({ south, north, from, to }, lat) {
  if (lat === north) return to;
  return from + ((to - from) * (lat - south)) / (north - south);
}

/** Add a strip in which no edge begins or ends: cut it where edges cross. */
function addStrip(totals, active, south, north) {
  for (const edge of active) {
    edge.low = lonAt(edge, south);
    edge.high = lonAt(edge, north);
  }
  sortBy(active, (one, other) => one.low - other.low || one.high - other.high);
  const cuts = [];
  // Edges that change places between south and north cross; sorting meets each such pair once.
  sortBy(active, (one, other) => one.high - other.high, (one, other) => {
    const [below, above] = [other.low - one.low, one.high - other.high];
    const lat = south + ((north - south) * below) / (below + above);
    if (lat > south && lat < north) cuts.push(lat);
  });
  if (!cuts.length) {
    addLevel(totals, active, south, north);
    return;
  }
  cuts.sort((a, b) => a - b).push(north);
  let from = south;
  for (const edge of active) edge.high = edge.low;
  for (const to of cuts) {
    if (to === from) continue;
    for (const edge of active) {
      edge.low = edge.high;
      edge.high = lonAt(edge, to);
    }
    sortBy(active, (one, other) => one.low + one.high - other.low - other.high);
    addLevel(totals, active, from, to);
    from = to;
  }
}

/** Sort by insertion, which is quick for what is nearly in order; `swapped` hears of each exchange. */
function sortBy(list, compare, swapped = null) {
  for (let i = 1; i < list.length; i += 1) {
    const item = list[i];
    let j = i - 1;
    for (; j >= 0 && compare(list[j], item) > 0; j -= 1) {
      if (swapped) swapped(list[j], item);
      list[j + 1] = list[j];
    }
    list[j + 1] = item;
  }
}

/** Add what lies between neighbours in a strip without crossings. */
function addLevel(totals, active, south, north) {
  const [mean, slope] = strip(south, north);
  let field = 0;
  for (let i = 0; i + 1 < active.length; i += 1) {
    const [west, east] = [active[i], active[i + 1]];
    field += west.sign;
    if (!field) continue;
    const [low, high] = [east.low - west.low, east.high - west.high];
    const area = (mean * (low + high)) / 2 + slope * (high - low);
    if (field > 0) totals.gainedKm2 += area;
    else totals.lostKm2 += area;
  }
}
