// The ground: water, land, lakes, coast, borders.
import { worldX, worldY } from "./unpack.js";
import { meets, trace } from "./chain.js";
import { pen } from "./sheet.js";

const OBLASTS_UP_TO = 10;

/** Draw the ground; returns the names of the lines that are in view, for the legend. */
export function paintGround(view, ground, theme) {
  const { context, scale, ox, oy } = view;
  const seen = new Set();
  context.fillStyle = ground ? theme.outside : theme.land;
  context.fillRect(0, 0, view.width, view.height);
  if (!ground) return seen;
  const [west, south, east, north] = ground.region;
  const left = worldX(west) * scale - ox;
  const top = worldY(north) * scale - oy;
  context.save();
  context.beginPath();
  context.rect(left, top, worldX(east) * scale - ox - left, worldY(south) * scale - oy - top);
  context.clip();
  context.fillStyle = theme.water;
  context.fillRect(0, 0, view.width, view.height);
  fillRings(view, ground.land, theme.land);
  fillRings(view, ground.lakes, theme.water);
  strokeChains(view, ground.lakes, theme.coast, true);
  strokeChains(view, ground.coast, theme.coast);
  // Oblast lines are drawn from a small-scale source: near by they would claim too much.
  if (view.zoom <= OBLASTS_UP_TO && strokeChains(view, ground.oblasts, theme.oblast_border)) {
    seen.add("oblast_border");
  }
  if (strokeChains(view, ground.stateBorders, theme.state_border)) seen.add("state_border");
  context.restore();
  return seen;
}

function fillRings(view, rings, colour) {
  const { context } = view;
  context.fillStyle = colour;
  context.beginPath();
  for (const ring of rings) {
    if (meets(ring.box, view.box)) trace(view, ring.xy, { close: true });
  }
  context.fill("evenodd");
}

function strokeChains(view, chains, line, close = false) {
  const { context } = view;
  let shown = false;
  pen(context, line);
  context.beginPath();
  for (const chain of chains) {
    if (!meets(chain.box, view.box)) continue;
    trace(view, chain.xy, { close });
    shown = shown || touches(chain.xy, view.seen);
  }
  context.stroke();
  context.globalAlpha = 1;
  context.setLineDash([]);
  return shown;
}

function touches(xy, [west, north, east, south]) {
  for (let i = 0; i < xy.length; i += 2) {
    if (xy[i] > west && xy[i] < east && xy[i + 1] > north && xy[i + 1] < south) return true;
  }
  return false;
}
