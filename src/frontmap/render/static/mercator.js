// Curves on the globe, as world coordinates of the map.
import { worldX, worldY } from "./unpack.js";

const RADIUS_KM = 6371.0088;
const RAD = Math.PI / 180;

/** Points along the great circle between two places, in order. */
export function greatCircle([lon1, lat1], [lon2, lat2], pieces = 64) {
  const vector = (lon, lat) => [
    Math.cos(lat * RAD) * Math.cos(lon * RAD),
    Math.cos(lat * RAD) * Math.sin(lon * RAD),
    Math.sin(lat * RAD),
  ];
  const a = vector(lon1, lat1);
  const b = vector(lon2, lat2);
  const angle = Math.acos(Math.min(1, a[0] * b[0] + a[1] * b[1] + a[2] * b[2]));
  if (angle < 1e-9) return [[worldX(lon1), worldY(lat1)]];
  const points = [];
  for (let i = 0; i <= pieces; i += 1) {
    const p = Math.sin((1 - i / pieces) * angle) / Math.sin(angle);
    const q = Math.sin((i / pieces) * angle) / Math.sin(angle);
    const [x, y, z] = [0, 1, 2].map((k) => p * a[k] + q * b[k]);
    points.push([worldX(Math.atan2(y, x) / RAD), worldY(Math.atan2(z, Math.hypot(x, y)) / RAD)]);
  }
  return points;
}

/** The ring of places at a distance from a centre. */
export function circleAround([lon, lat], radiusKm, pieces = 120) {
  const d = radiusKm / RADIUS_KM;
  const points = [];
  for (let i = 0; i <= pieces; i += 1) {
    const bearing = (2 * Math.PI * i) / pieces;
    const lat2 = Math.asin(
      Math.sin(lat * RAD) * Math.cos(d) + Math.cos(lat * RAD) * Math.sin(d) * Math.cos(bearing),
    );
    const lon2 = lon * RAD + Math.atan2(
      Math.sin(bearing) * Math.sin(d) * Math.cos(lat * RAD),
      Math.cos(d) - Math.sin(lat * RAD) * Math.sin(lat2),
    );
    points.push([worldX(lon2 / RAD), worldY(lat2 / RAD)]);
  }
  return points;
}
