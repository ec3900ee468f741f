// Names on the map: the important first, none over another, dark with a light halo.
import { worldX, worldY } from "./unpack.js";
import { pen } from "./sheet.js";

/** The zoom from which places of a rank (0 the first) may be named. */
const ZOOM_OF_RANK = [0, 5, 6, 7.4, 8.2, 8.8, 9.2, 9.9];
const SIZE_OF_RANK = [14, 13.5, 12.5, 12, 12, 11.5, 11.5, 11];
/** Up to this zoom a sector's frame carries its name. */
const SECTOR_NAMES_BELOW = 8.8;

const widths = new Map();

function widthOf(context, text) {
  const key = `${context.font}|${text}`;
  if (!widths.has(key)) widths.set(key, context.measureText(text).width);
  return widths.get(key);
}

/** Measure every name anew: a face has come. */
export function forgetWidths() {
  widths.clear();
}

function collides(boxes, [a, b, c, d]) {
  return boxes.some((box) => a < box[2] && c > box[0] && b < box[3] && d > box[1]);
}

/** Whether a name would be cut: one that lies wholly under something is there when it is moved. */
function cutBy(boxes, [a, b, c, d]) {
  return boxes.some((box) => a < box[2] && c > box[0] && b < box[3] && d > box[1]
    && !(a > box[0] && c < box[2] && b > box[1] && d < box[3]));
}

function write(context, text, x, y, colour, halo) {
  context.lineJoin = "round";
  context.lineWidth = 3;
  context.strokeStyle = halo;
  context.strokeText(text, x, y);
  context.fillStyle = colour;
  context.fillText(text, x, y);
}

/** Whether any of a window's four edges is on screen. Boxes are in pixels of the sheet. */
function edgeIsSeen([left, top, right, bottom], [west, north, east, south]) {
  const across = left < east && right > west;
  const down = top < south && bottom > north;
  const within = (value, low, high) => value > low && value < high;
  return (down && (within(left, west, east) || within(right, west, east)))
    || (across && (within(top, north, south) || within(bottom, north, south)));
}

/** Draw the windows of the sectors; what lies outside them is not drawn at all. */
export function paintWindows(view, sectors, theme) {
  const { context, scale, ox, oy } = view;
  const boxes = sectors.map(({ window: [west, south, east, north] }) => [
    worldX(west) * scale - ox, worldY(north) * scale - oy,
    worldX(east) * scale - ox, worldY(south) * scale - oy,
  ]);
  pen(context, theme.window);
  context.beginPath();
  for (const [left, top, right, bottom] of boxes) context.rect(left, top, right - left, bottom - top);
  context.stroke();
  context.globalAlpha = 1;
  context.setLineDash([]);
  return boxes;
}

/**
 * Draw the names; unless `all`, only those beside events. `taken` holds boxes that are to stay free
 * and grows by the boxes of the names; `covered` holds those of nodes that lie over the map, and all
 * outside the view. Returns the spots of the places that were drawn, and whether a window is seen.
 */
export function paintLabels(view, { places, labels, sectors, names, taken, covered, named: all }, theme, words, font) {
  const { context } = view;
  const windows = paintWindows(view, sectors, theme);
  context.textBaseline = "alphabetic";
  const spacing = (value) => {
    if ("letterSpacing" in context) context.letterSpacing = value;
  };
  const named = new Set();
  if (all && view.zoom < SECTOR_NAMES_BELOW) {
    paintSectorNames(view, sectors, windows, taken, theme, words, font);
    sectors.forEach((sector) => named.add(sector.name[0]));
    paintEventNames(view, names, taken, [...covered, ...windows], theme, font);
  } else {
    paintEventNames(view, names, taken, covered, theme, font);
  }
  const { ox, oy, scale } = view;
  const screen = view.seen.map((value, i) => value * scale - (i % 2 ? oy : ox));
  const seen = windows.some((box) => edgeIsSeen(box, screen));
  if (!all) return { spots: [], windows: seen };
  const spots = paintPlaces(view, places, { named, taken, covered }, theme, words, font);
  for (const label of labels) {
    const kind = label.kind;
    if (kind === "oblast" && (view.zoom < 6.7 || view.zoom > 10)) continue;
    if (kind !== "oblast" && view.zoom > 9) continue;
    const size = { country: 15, water: 12.5, oblast: 11 }[kind] || 11;
    context.font = `${kind === "water" ? "italic " : ""}${kind === "country" ? 600 : 400} ${size}px ${font}`;
    const text = kind === "country" ? words.form(label.name).toUpperCase() : words.form(label.name);
    spacing(kind === "country" ? "3px" : kind === "oblast" ? "0.8px" : "0.5px");
    const x = label.x * view.scale - view.ox;
    const y = label.y * view.scale - view.oy;
    const half = widthOf(context, text) / 2 + (kind === "country" ? 20 : 6);
    const box = [x - half, y - size, x + half, y + 4];
    if (!collides(taken, box) && !cutBy(covered, box)) {
      taken.push(box);
      const colour = theme[`${kind}_label`] || theme.oblast_label;
      context.textAlign = "center";
      write(context, text, x, y, colour, kind === "water" ? theme.water : theme.land);
    }
    spacing("0px");
  }
  return { spots, windows: seen };
}

/** So far up or down from beside a glyph is its corner. */
const CORNER_PX = 10;

/** The date beside a fresh glyph, and the place under it where there is room. */
function paintEventNames(view, names, taken, obstacles, theme, font) {
  const { context } = view;
  const fonts = [`600 12px ${font}`, `400 11px ${font}`];
  for (const { x, y, radius, sides, text, note } of names) {
    const around = (lines, where, off = 0) => {
      const spots = spotsAround(context, lines, fonts, x, y + off, radius + 6);
      return where.map((side) => spots[side]);
    };
    const choices = (note ? [[text, note], [text]] : [[text]]).flatMap((lines) => around(lines, sides));
    const aslant = () => [CORNER_PX, -CORNER_PX].flatMap((off) => around([text], ["right", "left"], off));
    // A date may rather lie under a card or over a window's edge than over another one.
    const spot = choices.find(({ box }) => !collides(obstacles, box) && !collides(taken, box))
      || [...choices.slice(-4), ...aslant()].find(({ box }) => !collides(taken, box));
    if (!spot) continue;
    taken.push(spot.box);
    context.textAlign = spot.align;
    spot.lines.forEach((line, i) => {
      context.font = fonts[i];
      write(context, line, spot.x, spot.top + 11 + i * 14, theme.ink, theme.halo);
    });
  }
}

/** Where lines of text may stand beside a point, by the side. */
function spotsAround(context, lines, fonts, x, y, gap) {
  const wide = Math.max(...lines.map((line, i) => {
    context.font = fonts[i];
    return widthOf(context, line);
  }));
  const high = lines.length * 14;
  const spot = (align, at, top, start) => ({
    lines, align, x: at, top, box: [start - 3, top - 1, start + wide + 3, top + high + 2],
  });
  return {
    right: spot("left", x + gap, y - high / 2, x + gap),
    left: spot("right", x - gap, y - high / 2, x - gap - wide),
    above: spot("center", x, y - gap - high, x - wide / 2),
    below: spot("center", x, y + gap, x - wide / 2),
  };
}

function paintSectorNames(view, sectors, windows, taken, theme, words, font) {
  const { context } = view;
  context.font = `700 13px ${font}`;
  sectors.forEach((sector, i) => {
    const [left, top, right, bottom] = windows[i];
    const text = words.form(sector.name);
    const wide = widthOf(context, text);
    const middle = (top + bottom) / 2;
    const places = [
      [left - wide - 8, middle + 4], [right + 8, middle + 4],
      [(left + right - wide) / 2, top - 6], [(left + right - wide) / 2, bottom + 15],
      [left - wide - 8, top + 4], [right + 8, top + 4], [left, top - 6], [right - wide, top - 6],
    ].map(([x, y]) => ({ x, y, box: [x - 3, y - 13, x + wide + 3, y + 4] }));
    const others = windows.filter((box) => box !== windows[i]);
    const spot = places.find(({ box }) => !collides(taken, box) && !collides(others, box));
    if (!spot) return;
    taken.push(spot.box);
    context.textAlign = "left";
    write(context, text, spot.x, spot.y, theme.ink, theme.halo);
  });
}

function paintDot(context, kind, x, y, dot, theme) {
  context.beginPath();
  if (kind === "capital") context.rect(x - dot - 0.5, y - dot - 0.5, 2 * dot + 1, 2 * dot + 1);
  else context.arc(x, y, dot, 0, 2 * Math.PI);
  context.fillStyle = theme.halo;
  context.fill();
  context.lineWidth = 1.1;
  context.strokeStyle = theme.ink;
  context.stroke();
}

function paintPlaces(view, places, { named, taken, covered: under }, theme, words, font) {
  const { context, scale, ox, oy, zoom } = view;
  const spots = [];
  const glyphs = taken.slice(0, taken.glyphs);
  for (const place of places) {
    if (zoom < ZOOM_OF_RANK[Math.min(place.rank, 7)] || named.has(place.name[0])) continue;
    const x = place.x * scale - ox;
    const y = place.y * scale - oy;
    if (x < -80 || y < -20 || x > view.width + 80 || y > view.height + 20) continue;
    const size = SIZE_OF_RANK[Math.min(place.rank, 7)];
    context.font = `${place.rank < 2 ? 600 : 400} ${size}px ${font}`;
    const text = words.form(place.name);
    const wide = widthOf(context, text);
    const dot = place.rank < 2 ? 2.8 : place.rank < 5 ? 2.2 : 1.7;
    // Under an event's glyph a place keeps its name and leaves the dot to the glyph.
    const covered = collides(glyphs, [x - dot, y - dot, x + dot, y + dot]);
    if (!covered && collides(taken, [x - dot, y - dot, x + dot, y + dot])) continue;
    const gap = covered ? 12 : dot + 3;
    const tries = [
      ["left", x + gap, y + size * 0.35, x + gap], ["right", x - gap, y + size * 0.35, x - gap - wide],
      ["center", x, y - gap - 1, x - wide / 2], ["center", x, y + gap + size - 2, x - wide / 2],
    ].map(([align, tx, ty, start]) => ({
      align, tx, ty, box: [start - 2, ty - size, start + wide + 2, ty + 4],
    }));
    const spot = tries.find(({ box }) => !collides(taken, box) && !cutBy(under, box));
    if (!spot) continue;
    taken.push(spot.box, [x - dot - 1, y - dot - 1, x + dot + 1, y + dot + 1]);
    if (!covered) paintDot(context, place.kind, x, y, dot, theme);
    context.textAlign = spot.align;
    write(context, text, spot.tx, spot.ty, theme.ink, theme.halo);
    spots.push({ x, y, radius: 9, place });
  }
  return spots;
}
