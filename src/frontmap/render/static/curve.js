// The track's picture: months, assessments, events, and the area over time on the same axis.
import { curvesFor } from "./areas.js";
import { showPicture } from "./dom.js";
import { dayNumber, isoDate } from "./text.js";

/** For so many days an assessment counts as fresh; after them the rail is only dotted. */
const STALE_AFTER_DAYS = 7;
/** What a written area takes, in pixels. */
const ROOM_PX = 70;
/** Marks closer than this, in pixels, would run into a black bar: they become one pale band. */
const CLOSEST = 4;

/** Show the track under the slider's thumb. `inset` is half the thumb's width. */
export function showTrack(canvas, given) {
  const ratio = Math.min(3, window.devicePixelRatio || 1);
  const width = canvas.clientWidth;
  const height = canvas.clientHeight;
  if (!width || !height) return;
  showPicture(canvas, Math.round(width * ratio), Math.round(height * ratio), (context) => {
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    paintTrack(context, width, height, given);
  });
}

function paintTrack(context, width, height, { data, events, state, words, theme, first, last, inset, font }) {
  const x = (day) => inset + ((day - first) / Math.max(1, last - first)) * (width - 2 * inset);
  const axis = 14;
  context.font = `11px ${font}`;
  context.lineWidth = 1;
  paintMonths(context, { x, first, last, width, height, words, theme });
  const floor = height - 16;
  if (floor - axis > 26) {
    // A record of one sector has nothing to sum up: its own area is shown.
    const sector = state.sector || (data.sectors.length === 1 ? data.sectors[0].id : null);
    paintCurves(context, { x, last, top: axis + 11, floor, theme, words, width,
      absolute: Boolean(sector), curves: curvesFor(data, sector) });
  }
  paintAxis(context, { x, axis, data, events, state, theme, first, last });
}

/** Stretches of days in which the last assessment is fresh; what lies between them is a gap. */
export function freshStretches(days, last) {
  const stretches = [];
  for (const day of days) {
    const end = Math.min(last, day + STALE_AFTER_DAYS);
    if (stretches.length && day <= stretches.at(-1)[1]) stretches.at(-1)[1] = end;
    else stretches.push([day, end]);
  }
  return stretches;
}

function paintRail(context, { x, axis, days, first, last, theme }) {
  context.strokeStyle = theme.muted;
  context.setLineDash([1.5, 3.5]);
  context.beginPath();
  context.moveTo(x(first), axis);
  context.lineTo(x(last), axis);
  context.stroke();
  context.setLineDash([]);
  for (const [begin, end] of freshStretches(days, last)) {
    context.fillStyle = theme.paper;
    context.fillRect(x(begin), axis - 1.5, x(end) - x(begin), 3);
    context.globalAlpha = 0.75;
    context.fillStyle = theme.muted;
    context.fillRect(x(begin), axis - 1.5, x(end) - x(begin), 3);
    context.globalAlpha = 1;
  }
}

function paintMarks(context, { x, axis, days, theme }) {
  context.fillStyle = theme.ink;
  let begin = 0;
  days.forEach((day, i) => {
    if (i + 1 < days.length && x(days[i + 1]) - x(day) < CLOSEST) return;
    if (i - begin > 1) {
      context.globalAlpha = 0.5;
      context.fillRect(x(days[begin]) - 0.75, axis - 3, x(day) - x(days[begin]) + 1.5, 6);
      context.globalAlpha = 1;
    } else {
      for (const one of days.slice(begin, i + 1)) context.fillRect(x(one) - 0.75, axis - 4, 1.5, 8);
    }
    begin = i + 1;
  });
}

function paintAxis(context, { x, axis, data, events, state, theme, first, last }) {
  const days = [...new Set(data.timelines
    .filter((line) => !state.sector || line.sector === state.sector)
    .flatMap((line) => line.dates.map(dayNumber)))].sort((a, b) => a - b);
  paintRail(context, { x, axis, days, first, last, theme });
  paintMarks(context, { x, axis, days, theme });
  for (const event of events) {
    if (event.day < first || event.day > last) continue;
    context.beginPath();
    context.moveTo(x(event.day), axis - 13);
    context.lineTo(x(event.day) + 3, axis - 10);
    context.lineTo(x(event.day), axis - 7);
    context.lineTo(x(event.day) - 3, axis - 10);
    context.closePath();
    // What has no place on the map is paler; hollow would mean long ago.
    context.globalAlpha = event.at ? 1 : 0.4;
    context.fill();
    context.globalAlpha = 1;
  }
  if (state.baseline) {
    context.strokeStyle = theme.ink;
    context.beginPath();
    context.arc(x(dayNumber(state.baseline)), axis, 5, 0, 2 * Math.PI);
    context.stroke();
  }
}

function paintMonths(context, { x, first, last, width, height, words, theme }) {
  const years = last - first > 800;
  let free = -Infinity;
  context.textBaseline = "alphabetic";
  context.textAlign = "left";
  for (let day = first; day <= last; day += 1) {
    const iso = isoDate(day);
    if (!(years ? iso.endsWith("-01-01") : iso.endsWith("-01"))) continue;
    const left = x(day);
    context.fillStyle = theme.rule;
    context.fillRect(left, 14, 1, height - 14);
    const text = words.month(iso);
    if (left < free || left + context.measureText(text).width > width) continue;
    context.fillStyle = theme.muted;
    context.fillText(text, left + 4, height - 3);
    free = left + context.measureText(text).width + 14;
  }
}

function paintCurves(context, { x, last, top, floor, curves, theme, words, width, absolute }) {
  const all = curves.flatMap(({ steps }) => steps.flatMap(([, value, band]) => [value - band, value + band]));
  if (!all.length) return;
  let [low, high] = [Math.min(...all), Math.max(...all)];
  if (high - low < 1) [low, high] = [low - 1, high + 1];
  const y = (value) => floor - ((value - low) / (high - low)) * (floor - top);
  if (!absolute) {
    context.fillStyle = theme.muted;
    context.globalAlpha = 0.5;
    context.fillRect(x(dayNumber(curves[0].steps[0][0])), y(0), width, 0.7);
    context.globalAlpha = 1;
  }
  const taken = [];
  for (const { status, steps } of curves) {
    const corners = steps.flatMap(([date, value, band], i) => {
      const end = i + 1 < steps.length ? dayNumber(steps[i + 1][0]) : last;
      return [[x(dayNumber(date)), value, band], [x(end), value, band]];
    });
    context.beginPath();
    corners.forEach(([cx, value, band]) => context.lineTo(cx, y(value + band)));
    corners.reverse().forEach(([cx, value, band]) => context.lineTo(cx, y(value - band)));
    context.fillStyle = theme[status].hue;
    context.globalAlpha = 0.18;
    context.fill();
    context.globalAlpha = 1;
    context.beginPath();
    corners.reverse().forEach(([cx, value]) => context.lineTo(cx, y(value)));
    context.strokeStyle = theme[status].hue;
    context.lineWidth = 1.8;
    context.stroke();
    context.lineWidth = 1;
    paintEnds(context, { corners, y, status, theme, words, absolute, top, floor, taken });
  }
}

/** Write the value at the curve's end, and at its beginning where it is an area. */
function paintEnds(context, { corners, y, status, theme, words, absolute, top, floor, taken }) {
  const write = ([cx, value], align) => {
    const text = words.say("area_only", { value: absolute ? words.number(value) : words.change(value) });
    // Above the line, below it, or out of the way of another label at the same end.
    const free = (at) => at > top + 6 && at < floor + 13
      && taken.every(([other, end]) => end !== align || Math.abs(other - at) > 11);
    const base = [y(value) - 5, y(value) + 15, y(value) + 18].find(free) || y(value) + 15;
    taken.push([base, align]);
    context.textAlign = align;
    context.lineWidth = 3;
    context.strokeStyle = theme.paper;
    // Beside the line that marks the day shown.
    const at = cx + (align === "right" ? -4 : 4);
    context.strokeText(text, at, base);
    context.fillStyle = theme[status].text;
    context.fillText(text, at, base);
    context.lineWidth = 1;
  };
  // A record of one day begins where it ends.
  if (absolute && corners.at(-1)[0] - corners[0][0] > 2 * ROOM_PX) write(corners[0], "left");
  write(corners.at(-1), corners.at(-1)[0] > ROOM_PX ? "right" : "left");
}
