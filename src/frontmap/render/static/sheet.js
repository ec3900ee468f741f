// A canvas over the map that follows pan and zoom, sharp on every screen.

/**
 * A Leaflet layer that calls `paint(view)` whenever what is seen changes. `padding` is the part of
 * the view that is drawn beyond each of its edges, for the hand that drags and for zooming out.
 */
export function createSheet(map, paneName, zIndex, padding, paint) {
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
      this._context = this._container.getContext("2d");
    },
    _destroyContainer() {
      this._container.remove();
    },
    _updatePaths() {},
    _reset() {
      // Leaflet's own would move the canvas by a fraction of a pixel, and blur it.
      this._update();
    },
    _onMove() {
      // While dragging, draw anew only where the padding has been used up.
      if (this._map._animatingZoom || !this._bounds) return;
      const size = this._map.getSize();
      const seen = L.bounds(
        this._map.containerPointToLayerPoint([0, 0]), this._map.containerPointToLayerPoint(size),
      );
      if (!this._bounds.contains(seen)) this._update();
    },
    _update() {
      if ((this._map._animatingZoom && this._bounds) || !this._map.getSize().x) return;
      L.Renderer.prototype._update.call(this);
      L.DomUtil.setPosition(this._container, this._bounds.min);
      this.redraw();
    },
    redraw() {
      if (!this._map || !this._bounds || this._map._animatingZoom) return;
      const size = this._bounds.getSize();
      const ratio = Math.min(3, window.devicePixelRatio || 1);
      const canvas = this._container;
      const [width, height] = [Math.round(size.x * ratio), Math.round(size.y * ratio)];
      if (canvas.width !== width || canvas.height !== height) {
        canvas.width = width;
        canvas.height = height;
        canvas.style.width = `${size.x}px`;
        canvas.style.height = `${size.y}px`;
      }
      paint(this.view(ratio));
    },
    /** Draw on another canvas from now on, laid under the present one; returns the present one. */
    swap(canvas) {
      const old = this._container;
      canvas.className = old.className;
      canvas.setAttribute("aria-hidden", "true");
      if (canvas.width !== old.width) canvas.width = old.width;
      if (canvas.height !== old.height) canvas.height = old.height;
      canvas.style.cssText = old.style.cssText;
      L.DomUtil.setPosition(canvas, L.DomUtil.getPosition(old));
      old.before(canvas);
      this._container = canvas;
      this._context = canvas.getContext("2d");
      return old;
    },
    /** What a painter needs: `box` is what is drawn, `seen` what of it is on screen (world). */
    view(ratio) {
      const context = this._context;
      const size = this._bounds.getSize();
      const origin = this._map.getPixelOrigin().add(this._bounds.min);
      const scale = 256 * 2 ** this._map.getZoom();
      const pixels = this._map.getPixelBounds();
      context.setTransform(ratio, 0, 0, ratio, 0, 0);
      context.clearRect(0, 0, size.x, size.y);
      return {
        context, ratio, scale, ox: origin.x, oy: origin.y, zoom: this._map.getZoom(),
        width: size.x, height: size.y,
        seen: [pixels.min.x / scale, pixels.min.y / scale, pixels.max.x / scale, pixels.max.y / scale],
        box: [origin.x / scale, origin.y / scale,
          (origin.x + size.x) / scale, (origin.y + size.y) / scale],
      };
    },
  });
  return new Sheet({ pane: paneName, padding }).addTo(map);
}

export function meets(a, b) {
  return a[0] <= b[2] && a[2] >= b[0] && a[1] <= b[3] && a[3] >= b[1];
}

/** Add a chain to the current path, leaving out points closer than `least` pixels. */
export function trace(view, xy, { close = false, least = 0, from = 0, count = -1 } = {}) {
  const { context, scale, ox, oy } = view;
  const points = xy.length / 2;
  const last = count < 0 ? points - 1 : from + count;
  let px = 0;
  let py = 0;
  for (let i = from; i <= last; i += 1) {
    const at = (i % points) * 2;
    const x = xy[at] * scale - ox;
    const y = xy[at + 1] * scale - oy;
    if (i === from) context.moveTo(x, y);
    else if (i < last && least && Math.abs(x - px) + Math.abs(y - py) < least) continue;
    else context.lineTo(x, y);
    px = x;
    py = y;
  }
  if (close) context.closePath();
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
