// Patterns of parallel lines, anchored to the ground so that they do not swim when it is moved.

const tiles = new Map();

function tileOf(hatch, hue, second, ratio) {
  const key = [hatch.direction, hatch.spacing, hatch.width, hue, second, ratio].join();
  if (tiles.has(key)) return tiles.get(key);
  const side = Math.max(2, Math.round(hatch.spacing * Math.SQRT2 * ratio));
  const tile = document.createElement("canvas");
  tile.width = side;
  tile.height = side;
  const context = tile.getContext("2d");
  context.lineWidth = hatch.width * ratio;
  const stroke = (colour, y0, y1) => {
    context.strokeStyle = colour;
    context.beginPath();
    // Neighbouring tiles carry the corners, so each line is drawn three times.
    for (const shift of [-side, 0, side]) {
      context.moveTo(-side + shift, y0 + (y0 - y1));
      context.lineTo(2 * side + shift, y1 + (y1 - y0));
    }
    context.stroke();
  };
  const { direction } = hatch;
  if (direction === "level") stroke(hue, side / 2, side / 2);
  if (direction === "up" || direction === "both") stroke(hue, side, 0);
  if (direction === "down" || direction === "both") stroke(second || hue, 0, side);
  tiles.set(key, tile);
  return tile;
}

/** Fill the current path with lines. `view` needs context, ratio, ox and oy. */
export function fillHatch(view, hatch, hue, second = "") {
  const { context, ratio, ox, oy } = view;
  const tile = tileOf(hatch, hue, second, ratio);
  const pattern = context.createPattern(tile, "repeat");
  const side = tile.width / ratio;
  pattern.setTransform(
    new DOMMatrix().translateSelf(-(ox % side), -(oy % side)).scaleSelf(1 / ratio, 1 / ratio),
  );
  context.globalAlpha = hatch.opacity;
  context.fillStyle = pattern;
  context.fill("evenodd");
  context.globalAlpha = 1;
}

/** How strongly what is held is tinted beneath what was gained and lost: the lines are theirs. */
export const COMPARED = 0.6;

/** Fill the current path as a status is filled: tint, then lines. */
export function fillStatus(view, area, strength = 1) {
  const { context } = view;
  context.globalAlpha = area.fill_opacity * strength;
  context.fillStyle = area.hue;
  context.fill("evenodd");
  context.globalAlpha = 1;
  if (strength === 1) fillHatch(view, area.hatch, area.hue, area.second);
}
