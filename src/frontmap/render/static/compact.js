// A reader of the compact form (docs/format.md): extents over time, each vertex and arc once.

const HEAD = 13;
const COLUMNS = 12;
const UNITS_PER_DEGREE = 1e7;
const MOST_INFLATION = 1032;

/** Inflate a zlib stream. */
export async function inflate(bytes) {
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"));
  try {
    return new Uint8Array(await new Response(stream).arrayBuffer());
  } catch (error) {
    throw new Error("its data are damaged", { cause: error }); // the browser's words speak of fetching
  }
}

function sound(condition, what) {
  if (!condition) throw new Error(`the compact form is damaged: ${what}`);
}

function crc32(bytes) {
  const table = Uint32Array.from({ length: 256 }, (_, byte) => {
    let value = byte;
    for (let bit = 0; bit < 8; bit += 1) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
    return value;
  });
  let sum = -1;
  for (const byte of bytes) sum = (sum >>> 8) ^ table[(sum ^ byte) & 255];
  return (sum ^ -1) >>> 0;
}

/** The columns of a sealed file, as whole numbers in Float64Arrays. */
export async function readColumns(bytes) {
  sound(bytes.length >= HEAD + 4, "it is cut short");
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const end = bytes.length - 4;
  sound(String.fromCharCode(...bytes.subarray(0, 8)) === "FRONTMAP", "it does not begin with FRONTMAP");
  if (bytes[8] !== 1) throw new Error(`the compact form has version ${bytes[8]}, not 1`);
  sound(crc32(bytes.subarray(0, end)) === view.getUint32(end, true), "its checksum differs");
  const length = view.getUint32(9, true);
  sound(length <= MOST_INFLATION * (end - HEAD), "it says that it is larger than it can be");
  const payload = await inflate(bytes.subarray(HEAD, end));
  sound(payload.length === length, "its length is not what it says");
  return splitColumns(payload);
}

function splitColumns(payload) {
  const view = new DataView(payload.buffer);
  const columns = [];
  let at = 0;
  while (at < payload.length) {
    sound(at + 5 <= payload.length, "a column has no head");
    const count = view.getUint32(at, true);
    const planes = payload[at + 4];
    at += 5;
    sound(planes >= 1 && planes <= 5 && at + count * planes <= payload.length,
      "a column is longer than the file");
    const column = new Float64Array(count);
    for (let plane = 0, weight = 1; plane < planes; plane += 1, weight *= 256) {
      for (let i = 0; i < count; i += 1) column[i] += payload[at + i] * weight;
      at += count;
    }
    columns.push(column);
  }
  return columns;
}

export const unzigzag = (code) => (code % 2 ? -(code + 1) / 2 : code / 2);

/**
 * The record that the columns of a compact form hold: `days` since 1970-01-01; `units`, longitude
 * and latitude of vertices in 1e-7 degree; `path`, the vertices of arc after arc, where arc `a` has
 * those from `first[a]` up to `first[a + 1]`; and the lives of arcs (`lifeArc`, `birth`, `death`).
 */
export function decodeRecord(columns) {
  sound(columns.length === COLUMNS, `it has ${columns.length} columns`);
  const [head, gap, size, start, end, birth, again, stay, lon, lat, lonDigit, latDigit] = columns;
  const arcs = size.length;
  sound([start, end, birth, again].every((column) => column.length === arcs)
    && [lat, lonDigit, latDigit].every((column) => column.length === lon.length), "columns differ in length");
  const [step, split, dates, day] = head;
  sound(dates === (head.length === 4 ? gap.length + 1 : 0), "it has not as many dates as it says");
  const days = new Int32Array(dates);
  for (let i = 0; i < dates; i += 1) days[i] = i ? days[i - 1] + gap[i - 1] : unzigzag(day);
  const walked = walk({ step, split, size, start, end, lon, lat, lonDigit, latDigit });
  return { days, ...walked, ...readLives(dates, birth, again, stay) };
}

function walk({ step, split, size, start, end, lon, lat, lonDigit, latDigit }) {
  const vertices = lon.length;
  const edges = size.reduce((sum, inner) => sum + inner + 1, 0);
  sound(edges <= 2 * vertices + size.length, "its arcs have more vertices than it holds");
  const units = new Int32Array(2 * vertices);
  const path = new Int32Array(edges + size.length);
  const first = new Int32Array(size.length + 1);
  let [known, anchor, at, length] = [0, 0, -1, 0];
  const fresh = () => {
    sound(known < vertices, "its arcs use more vertices than it holds");
    const x = (unzigzag(lon[known]) * split + lonDigit[known]) * step + (at < 0 ? 0 : units[2 * at]);
    const y = (unzigzag(lat[known]) * split + latDigit[known]) * step + (at < 0 ? 0 : units[2 * at + 1]);
    sound(Math.abs(x) <= 180 * UNITS_PER_DEGREE && Math.abs(y) <= 90 * UNITS_PER_DEGREE,
      "a vertex is not on the globe");
    units[2 * known] = x;
    units[2 * known + 1] = y;
    at = known;
    known += 1;
  };
  const old = (code) => {
    at = anchor + unzigzag(code);
    sound(at >= 0 && at < known, "an arc ends at no known vertex");
    anchor = at;
  };
  for (let arc = 0; arc < size.length; arc += 1) {
    first[arc] = length;
    if (start[arc] === 0) {
      fresh();
      anchor = at;
    } else if (start[arc] > 1) old(start[arc] - 2);
    sound(at >= 0, "an arc starts at no known vertex");
    path[length++] = at;
    for (let inner = 0; inner < size[arc]; inner += 1) {
      fresh();
      path[length++] = at;
    }
    if (end[arc] === 0) fresh();
    else old(end[arc] - 1);
    path[length++] = at;
  }
  first[size.length] = length;
  sound(known === vertices, "its arcs do not use every vertex");
  return { units, path, first };
}

function readLives(dates, births, again, stay) {
  const count = again.reduce((sum, times) => sum + times + 1, 0);
  sound(stay.length === 2 * count - again.length, "it has not as many lives as it says");
  const lifeArc = new Int32Array(count);
  const birth = new Int32Array(count);
  const death = new Int32Array(count);
  let [life, at, born] = [0, 0, 0];
  for (let arc = 0; arc < again.length; arc += 1) {
    born += births[arc];
    let day = born;
    for (let left = again[arc]; left >= 0; left -= 1, life += 1) {
      lifeArc[life] = arc;
      birth[life] = day;
      const days = stay[at++];
      day = !left && days === 0 ? dates : day + days;
      death[life] = day;
      sound(birth[life] < day && day <= dates, "an edge ends before it begins");
      if (left) {
        sound(stay[at] > 0, "an edge comes back before it went");
        day += stay[at++];
      }
    }
  }
  return { lifeArc, birth, death };
}
