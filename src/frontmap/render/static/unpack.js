// The document that Python packed: inflated, and its differences summed to coordinates.

/** Inflate base64 text (zlib) and parse it as JSON. */
export async function unpack(base64) {
  const bytes = Uint8Array.from(atob(base64), (sign) => sign.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"));
  return JSON.parse(await new Response(stream).text());
}

/** World coordinates (0 to 1, Web Mercator) of longitude and latitude in degrees. */
export function worldX(lon) {
  return (lon + 180) / 360;
}

export function worldY(lat) {
  return 0.5 - Math.log(Math.tan(Math.PI / 4 + (lat * Math.PI) / 360)) / (2 * Math.PI);
}

/** A chain of differences as world coordinates with their bounding box. */
export function decodeChain(deltas, stepsPerDegree) {
  const xy = new Float64Array(deltas.length);
  const box = [Infinity, Infinity, -Infinity, -Infinity];
  let lon = 0;
  let lat = 0;
  for (let i = 0; i < deltas.length; i += 2) {
    lon += deltas[i];
    lat += deltas[i + 1];
    const x = worldX(lon / stepsPerDegree);
    const y = worldY(lat / stepsPerDegree);
    xy[i] = x;
    xy[i + 1] = y;
    if (x < box[0]) box[0] = x;
    if (y < box[1]) box[1] = y;
    if (x > box[2]) box[2] = x;
    if (y > box[3]) box[3] = y;
  }
  return { xy, box };
}

/** A ring and the runs of its edges that are front: pairs of first edge and number of edges. */
export function decodeRing([deltas, runs], stepsPerDegree) {
  const ring = decodeChain(deltas, stepsPerDegree);
  ring.free = [];
  ring.fixed = [];
  let edge = 0;
  runs.forEach((length, turn) => {
    if (length) (turn % 2 ? ring.fixed : ring.free).push([edge, length]);
    edge += length;
  });
  return ring;
}

/** The whole document, ready to draw. */
export function decodeDocument(raw) {
  const ground = raw.basemap;
  const chains = (list) => list.map((deltas) => decodeChain(deltas, 1e4));
  const point = ([en, ja, local, lon, lat, ...rest]) => ({
    name: [en, ja, local], lon, lat, x: worldX(lon), y: worldY(lat), rest,
  });
  return {
    ...raw,
    basemap: ground && {
      region: ground.region,
      land: chains(ground.land),
      lakes: chains(ground.lakes),
      coast: chains(ground.coast),
      stateBorders: chains(ground.state_borders),
      oblasts: chains(ground.oblasts),
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
    timelines: raw.timelines.map((line) => ({
      ...line,
      extents: line.rings.map((rings) => rings.map((ring) => decodeRing(ring, 1e5))),
      rings: undefined,
    })),
  };
}
