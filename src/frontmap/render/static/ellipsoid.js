// Areas on the WGS 84 ellipsoid, by the formula of docs/accuracy.md.

const AXIS_KM = 6378.137;
const FLATTENING = 1 / 298.257223563;
const E2 = FLATTENING * (2 - FLATTENING);
const UNIT = Math.PI / 180e7;
const NODE = Math.sqrt(3 / 5);

/** Square kilometres per radian of longitude and of latitude. */
function density(latitude) {
  const sine = Math.sin(latitude);
  return (AXIS_KM ** 2 * (1 - E2) * Math.cos(latitude)) / (1 - E2 * sine * sine) ** 2;
}

/**
 * The area of a strip between two latitudes (in units of 1e-7 degree) by its width: km² for each
 * unit of its mean width, and for each unit by which it is wider at the top than at the bottom.
 */
export function strip(south, north) {
  const [middle, half] = [((south + north) / 2) * UNIT, ((north - south) / 2) * UNIT];
  // Gauss and Legendre's three points.
  const outer = half * NODE;
  const [low, mean, high] = [density(middle - outer), density(middle), density(middle + outer)];
  return [
    ((5 * low + 8 * mean + 5 * high) / 9) * half * UNIT,
    ((5 * (high - low) * NODE) / 18) * half * UNIT,
  ];
}

/** The area of a record at each of its dates: what its edges add, from birth to death. */
export function areasOf({ days, units, path, first, lifeArc, birth, death }) {
  const shares = new Float64Array(first.length - 1);
  for (let arc = 0; arc < shares.length; arc += 1) {
    for (let place = first[arc]; place < first[arc + 1] - 1; place += 1) {
      const [a, b] = [2 * path[place], 2 * path[place + 1]];
      const [mean, slope] = strip(units[a + 1], units[b + 1]);
      // From the first vertex on: longitudes are small, and little is lost in the sum.
      const [west, east] = [units[a] - units[0], units[b] - units[0]];
      shares[arc] += (mean * (west + east)) / 2 + slope * (east - west);
    }
  }
  const areas = new Float64Array(days.length);
  const edges = new Int32Array(days.length);
  for (let life = 0; life < lifeArc.length; life += 1) {
    const share = shares[lifeArc[life]];
    areas[birth[life]] += share;
    edges[birth[life]] += 1;
    if (death[life] === days.length) continue;
    areas[death[life]] -= share;
    edges[death[life]] -= 1;
  }
  for (let day = 1; day < days.length; day += 1) {
    areas[day] += areas[day - 1];
    edges[day] += edges[day - 1];
    if (!edges[day]) areas[day] = 0;
  }
  return areas;
}
