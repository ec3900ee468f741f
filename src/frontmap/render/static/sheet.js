// A canvas over the map that follows pan and zoom, sharp on every screen.
import { grown } from "./chain.js";

/** Nothing that is drawn reaches further than this from where it lies, in pixels. */
const REACH = 8;

/** Whether the map has a size at all: a frame may get its own after the page has loaded. */
export function hasSize(map) {
  const { x, y } = map.getSize();
  return x > 0 && y > 0;
}

/**
 * A Leaflet layer that calls `paint(view)` whenever what is seen changes. `padding` is the part of
 * the view that is drawn beyond each of its edges, for the hand that drags and for zooming out.
 * A `still` sheet changes seldom: it shows a finished picture, for a browser that paints without
 * a graphics processor copies every other canvas anew for each frame, changed or not. Other sheets
 * are handed on as they are: `view.kept` says that what was painted last still stands in its place.
 * After a move by hand a sheet with `later(sheet)` shows what it has until that calls `redraw`.
 */
export function createSheet(map, paneName, zIndex, padding, paint, { still = false, later = null } = {}) {
  const pane = map.createPane(paneName);
  pane.style.zIndex = zIndex;
  pane.style.pointerEvents = "none";

  const Sheet = L.Renderer.extend({
    getEvents() {
      return { ...L.Renderer.prototype.getEvents.call(this), move: this._onMove };
    },
    _initContainer() {
      this._layers = {};
      this._container = document.createElement("canvas");
      this._container.className = "fm-sheet";
      this._container.setAttribute("aria-hidden", "true");
      this._canvas = still ? new OffscreenCanvas(1, 1) : this._container;
      this._shown = still ? this._container.getContext("bitmaprenderer") : null;
      this._context = this._canvas.getContext("2d");
      this._canvas.addEventListener("contextrestored", () => {
        this._place = "";
        this.redraw();
      });
    },
    _destroyContainer() {
      this._container.remove();
    },
    _updatePaths() {},
    _updateTransform(center, zoom) {
      // What was never painted has no place from which a zoom could move it.
      if (this._bounds) L.Renderer.prototype._updateTransform.call(this, center, zoom);
    },
    _reset() {
      // Leaflet's own would move the canvas by a fraction of a pixel, and blur it.
      if (!hasSize(this._map)) return;
      this._late = true;
      this.redraw();
    },
    _onMove() {
      // While dragging, draw anew only where the padding has been used up, or half of it by then.
      if (this._map._animatingZoom || !this._bounds) return;
      const size = this._map.getSize();
      const spare = size.multiplyBy(later ? padding / 2 : 0);
      const seen = L.bounds(
        this._map.containerPointToLayerPoint(spare.multiplyBy(-1)),
        this._map.containerPointToLayerPoint(size.add(spare)),
      );
      if (!this._bounds.contains(seen)) this._update();
    },
    _update() {
      if ((this._map._animatingZoom && this._bounds) || !hasSize(this._map)) return;
      this._late = true;
      if (later && this._bounds) later(this);
      else this.redraw();
    },
    /** Paint anew, and where the map has moved since, in the new place. */
    redraw() {
      if (!this._map || this._map._animatingZoom || !(this._late || this._bounds)) return;
      if (this._late) {
        L.Renderer.prototype._update.call(this);
        L.DomUtil.setPosition(this._container, this._bounds.min);
        this._late = false;
      }
      const size = this._bounds.getSize();
      const ratio = Math.min(3, window.devicePixelRatio || 1);
      const [width, height] = [Math.round(size.x * ratio), Math.round(size.y * ratio)];
      for (const canvas of new Set([this._container, this._canvas])) {
        if (canvas.width !== width) canvas.width = width;
        if (canvas.height !== height) canvas.height = height;
      }
      this._container.style.width = `${size.x}px`;
      this._container.style.height = `${size.y}px`;
      paint(this.view(ratio));
      // Handing over the picture leaves an empty canvas.
      if (still) this._shown.transferFromImageBitmap(this._canvas.transferToImageBitmap());
    },
    /** Whether the map has moved since the last painting. */
    isLate() {
      return Boolean(this._late);
    },
    /**
     * What a painter needs: `box` is what is drawn, `seen` what of it is on screen (world); a piece
     * that meets none of `parts` need not be drawn.
     */
    view(ratio) {
      const context = this._context;
      const size = this._bounds.getSize();
      const origin = this._map.getPixelOrigin().add(this._bounds.min);
      const scale = 256 * 2 ** this._map.getZoom();
      const pixels = this._map.getPixelBounds();
      context.setTransform(ratio, 0, 0, ratio, 0, 0);
      const place = [origin.x, origin.y, scale, size.x, size.y, ratio].join();
      const kept = !still && place === this._place;
      this._place = place;
      const box = [origin.x / scale, origin.y / scale,
        (origin.x + size.x) / scale, (origin.y + size.y) / scale];
      return {
        context, ratio, kept, scale, ox: origin.x, oy: origin.y, zoom: this._map.getZoom(),
        width: size.x, height: size.y, box, parts: [grown(box, REACH / scale)],
        seen: [pixels.min.x / scale, pixels.min.y / scale, pixels.max.x / scale, pixels.max.y / scale],
      };
    },
  });
  return new Sheet({ pane: paneName, padding }).addTo(map);
}

/** Set colour, width, dashes and opacity from the table of style. */
export function pen(context, line) {
  context.strokeStyle = line.colour;
  context.lineWidth = line.width;
  context.globalAlpha = line.opacity;
  context.setLineDash(line.dash);
  context.lineJoin = "round";
  context.lineCap = line.dash.length ? "butt" : "round";
}
