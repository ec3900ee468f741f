// Chains of world coordinates, drawn piece by piece where they are wanted.

/** Chains are drawn or left out by pieces of so many edges. */
export const PIECE = 32;

export function meets(a, b) {
  return a[0] <= b[2] && a[2] >= b[0] && a[1] <= b[3] && a[3] >= b[1];
}

export function grown([west, north, east, south], by) {
  return [west - by, north - by, east + by, south + by];
}

const boxes = new WeakMap();

/** The boxes of the pieces of a chain, one after another. */
function boxesOf(xy) {
  let found = boxes.get(xy);
  if (found) return found;
  const points = xy.length / 2;
  found = new Float64Array(4 * Math.ceil(points / PIECE));
  for (let i = 0, at = 0; i < points; i += PIECE, at += 4) {
    let [west, north, east, south] = [Infinity, Infinity, -Infinity, -Infinity];
    // A piece ends where the next one begins, the last one where the chain does.
    for (let j = i; j <= i + PIECE && j <= points; j += 1) {
      const x = xy[2 * (j % points)];
      const y = xy[2 * (j % points) + 1];
      if (x < west) west = x;
      if (x > east) east = x;
      if (y < north) north = y;
      if (y > south) south = y;
    }
    found[at] = west;
    found[at + 1] = north;
    found[at + 2] = east;
    found[at + 3] = south;
  }
  boxes.set(xy, found);
  return found;
}

/** Whether a piece of a chain meets any of the parts that are drawn. */
export function isWanted(parts, xy, piece) {
  const found = boxesOf(xy);
  const at = 4 * piece;
  for (const part of parts) {
    if (found[at] <= part[2] && found[at + 2] >= part[0]
      && found[at + 1] <= part[3] && found[at + 3] >= part[1]) return true;
  }
  return false;
}

/** Whether any edge of a chain, of `count` from one on, lies near a box: their own boxes meet. */
export function reaches(box, xy, from = 0, count = xy.length / 2) {
  const [west, north, east, south] = box;
  const points = xy.length / 2;
  const end = from + count;
  for (let i = from; i < end;) {
    const until = Math.min(end, i - (i % PIECE) + PIECE);
    if (isWanted([box], xy, Math.floor(i / PIECE))) {
      for (let j = i; j < until; j += 1) {
        const [a, b] = [2 * j, j + 1 === points ? 0 : 2 * (j + 1)];
        if (Math.min(xy[a], xy[b]) <= east && Math.max(xy[a], xy[b]) >= west
          && Math.min(xy[a + 1], xy[b + 1]) <= south && Math.max(xy[a + 1], xy[b + 1]) >= north) return true;
      }
    }
    i = until;
  }
  return false;
}

/**
 * Add a chain to the current path, without points that share a square of `grain` pixels with the
 * point before them. Of pieces that are not wanted an area (`close`) gets straight lines, which
 * fill the wanted parts alike, and a line gets nothing.
 */
export function trace(view, xy, { close = false, grain = 1, from = 0, count = -1 } = {}) {
  const { context, scale, ox, oy, parts } = view;
  const points = xy.length / 2;
  const end = from + (count >= 0 ? count : close ? points : points - 1);
  const inverse = 1 / grain;
  let begun = false;
  for (let i = from; i < end;) {
    const until = Math.min(end, i - (i % PIECE) + PIECE);
    const wanted = isWanted(parts, xy, Math.floor(i / PIECE));
    if (!begun && (wanted || close)) {
      context.moveTo(xy[2 * i] * scale - ox, xy[2 * i + 1] * scale - oy);
      begun = true;
    }
    if (wanted) {
      let column = Math.floor((xy[2 * i] * scale - ox) * inverse);
      let row = Math.floor((xy[2 * i + 1] * scale - oy) * inverse);
      for (let j = i + 1; j <= until; j += 1) {
        const at = j === points ? 0 : 2 * j;
        const x = xy[at] * scale - ox;
        const y = xy[at + 1] * scale - oy;
        const [lastColumn, lastRow] = [column, row];
        column = Math.floor(x * inverse);
        row = Math.floor(y * inverse);
        if (j === end || column !== lastColumn || row !== lastRow) context.lineTo(x, y);
      }
    } else if (close) {
      const at = until === points ? 0 : 2 * until;
      context.lineTo(xy[at] * scale - ox, xy[at + 1] * scale - oy);
    } else begun = false;
    i = until;
  }
}
