// The numbers: area, band and change of every timeline at a date, and their course over time.
import { indexAt } from "./control.js";
import { gainedAndLost } from "./difference.js";

/** What a timeline says at a date; null before its first assessment. */
export function reading(line, iso, baseline) {
  const at = indexAt(line.dates, iso);
  if (at < 0) return null;
  const before = baseline ? indexAt(line.dates, baseline) : -1;
  return {
    line,
    at,
    asOf: line.dates[at],
    areaKm2: line.areas_km2[at],
    bandKm2: line.bands_km2[at],
    changeKm2: before < 0 ? null : line.areas_km2[at] - line.areas_km2[before],
  };
}

/** What a timeline gained and lost since a baseline; null where either is not known. */
export function differenceAt(line, iso, baseline) {
  const before = baseline ? indexAt(line.dates, baseline) : -1;
  const now = indexAt(line.dates, iso);
  return before < 0 || now < 0 ? null : gainedAndLost(line, now, before);
}

/** Gained and lost in words, by which date is the later one; an ellipsis while they are not known. */
export function sidesOf(words, sides, which) {
  return sides ? words.say(`sides_${which}`, {
    gained: words.number(sides.gainedKm2), lost: words.number(sides.lostKm2),
  }) : "\u2026";
}

/** The timeline that a sector is measured by. */
export function mainLine(document_, sectorId) {
  const sector = document_.sectors.find((one) => one.id === sectorId);
  return document_.timelines.find(
    (line) => line.sector === sectorId && sector && line.status === sector.status,
  );
}

/** The measured timelines of all sectors, in the order of the sectors. */
export function mainLines(document_) {
  return document_.sectors.map((sector) => mainLine(document_, sector.id)).filter(Boolean);
}

/**
 * Curves to draw under the track: for a sector its area with its band; for all sectors the change
 * since the first date on which all timelines of a status are known, summed by status.
 */
export function curvesFor(document_, sectorId) {
  if (sectorId) {
    const line = mainLine(document_, sectorId);
    if (!line) return [];
    return [{
      status: line.status,
      steps: line.dates.map((date, i) => [date, line.areas_km2[i], line.bands_km2[i]]),
    }];
  }
  const curves = [];
  const lines = mainLines(document_);
  for (const status of new Set(lines.map((line) => line.status))) {
    const own = lines.filter((line) => line.status === status);
    const start = own.map((line) => line.dates[0]).sort().at(-1);
    const dates = [...new Set(own.flatMap((line) => line.dates))].filter((d) => d >= start).sort();
    const total = (date) => own.reduce((sum, line) => sum + line.areas_km2[indexAt(line.dates, date)], 0);
    curves.push({ status, steps: dates.map((date) => [date, total(date) - total(start), 0]) });
  }
  return curves;
}
