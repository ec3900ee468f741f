// The document that Python packed, ready to draw.
import { decodeRecord, inflate, readColumns, unzigzag } from "./compact.js";
import { areasOf } from "./ellipsoid.js";
import { isoDate } from "./text.js";

const GROUND_STEPS_PER_DEGREE = 1e4;

/** World coordinates (0 to 1, Web Mercator) of longitude and latitude in degrees. */
export function worldX(lon) {
  return (lon + 180) / 360;
}

export function worldY(lat) {
  return 0.5 - Math.log(Math.tan(Math.PI / 4 + (lat * Math.PI) / 360)) / (2 * Math.PI);
}

/** Read a document in base64: its head is plain values, its parts are bytes. */
export async function unpack(base64) {
  const text = atob(base64);
  const bytes = new Uint8Array(text.length);
  for (let i = 0; i < bytes.length; i += 1) bytes[i] = text.charCodeAt(i);
  let end = 4 + new DataView(bytes.buffer).getUint32(0, true);
  const head = JSON.parse(new TextDecoder().decode(await inflate(bytes.subarray(4, end))));
  const parts = head.parts.map((size) => bytes.subarray(end, end += size));
  const [columns, ...records] = await Promise.all(parts.map(readColumns));
  return { ...head, columns, records: records.map(decodeRecord) };
}

/** Lines of the ground as world coordinates with their bounding boxes. */
function decodeLines([size, lon, lat]) {
  let [x, y, at] = [0, 0, 0];
  return Array.from(size, (count) => {
    const xy = new Float64Array(2 * count);
    const box = [Infinity, Infinity, -Infinity, -Infinity];
    for (let i = 0; i < 2 * count; i += 2, at += 1) {
      x += unzigzag(lon[at]);
      y += unzigzag(lat[at]);
      xy[i] = worldX(x / GROUND_STEPS_PER_DEGREE);
      xy[i + 1] = worldY(y / GROUND_STEPS_PER_DEGREE);
      if (xy[i] < box[0]) box[0] = xy[i];
      if (xy[i + 1] < box[1]) box[1] = xy[i + 1];
      if (xy[i] > box[2]) box[2] = xy[i];
      if (xy[i + 1] > box[3]) box[3] = xy[i + 1];
    }
    return { xy, box };
  });
}

/** What drawing needs of a record beside what its file holds. */
function prepare(record, runs) {
  const { units, path, first } = record;
  const world = new Float64Array(units.length);
  for (let i = 0; i < units.length; i += 2) {
    world[i] = worldX(units[i] / 1e7);
    world[i + 1] = worldY(units[i + 1] / 1e7);
  }
  const fixed = new Uint8Array(path.length - first.length + 1);
  let edge = 0;
  runs.forEach((count, turn) => fixed.fill(turn % 2, edge, edge += count));
  return {
    ...record, world, fixed, outlines: new Map(), differences: new Map(),
    leaving: new Int32Array(units.length / 2).fill(-1), next: new Int32Array(first.length - 1),
  };
}

/** The whole document, ready to draw. */
export function decodeDocument({ columns, records, parts, ...raw }) {
  const ground = raw.basemap;
  const lines = (layer) => {
    const from = records.length + 3 * layer;
    return decodeLines(columns.slice(from, from + 3));
  };
  const point = ([en, ja, local, lon, lat, ...rest]) => ({
    name: [en, ja, local], lon, lat, x: worldX(lon), y: worldY(lat), rest,
  });
  return {
    ...raw,
    basemap: ground && {
      region: ground.region,
      land: lines(0),
      lakes: lines(1),
      coast: lines(2),
      stateBorders: lines(3),
      oblasts: lines(4),
      labels: ground.labels.map((row) => {
        const label = point(row);
        return { ...label, kind: label.rest[0] };
      }),
    },
    places: raw.places.map((row) => {
      const place = point(row);
      const [rank, population, kind] = place.rest;
      return { ...place, rank, population, kind };
    }),
    timelines: raw.timelines.map((line, i) => ({
      ...line,
      dates: Array.from(records[i].days, isoDate),
      areas_km2: Array.from(areasOf(records[i])),
      record: prepare(records[i], columns[i]),
    })),
  };
}
