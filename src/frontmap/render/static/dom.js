// Elements by name, attributes and children; text is always text.

const SVG = "http://www.w3.org/2000/svg";

/** Make an element. Children are nodes or texts; a listener is an attribute that begins with on. */
export function el(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (name === "hidden" || name === "checked" || name === "disabled") node[name] = value;
    else if (value !== null && value !== undefined) node.setAttribute(name, value);
  }
  node.append(...children.flat().filter((child) => child !== null && child !== undefined));
  return node;
}

/** A small picture of one path on a 16 by 16 field; `path` comes from this program alone. */
export function icon(path) {
  const svg = document.createElementNS(SVG, "svg");
  for (const [name, value] of Object.entries({
    viewBox: "0 0 16 16", width: 16, height: 16, "aria-hidden": "true", focusable: "false",
  })) svg.setAttribute(name, value);
  const shape = document.createElementNS(SVG, "path");
  shape.setAttribute("d", path);
  shape.setAttribute("fill", "currentColor");
  svg.append(shape);
  return svg;
}

/** Let an element say a text; where it has one already, its box need not be made anew. */
export function writeText(node, text) {
  const { firstChild } = node;
  if (!firstChild || firstChild.nextSibling || firstChild.nodeType !== Node.TEXT_NODE) node.textContent = text;
  else if (firstChild.data !== text) firstChild.data = text;
}

/** Set an attribute where it differs: the browser looks at every style again, even for the same value. */
export function writeAttribute(node, name, value) {
  const text = String(value);
  if (node.getAttribute(name) !== text) node.setAttribute(name, text);
}

/**
 * Show what `paint(context)` draws as a finished picture, `width` by `height` pixels of the screen. A
 * browser without a graphics processor copies every other canvas anew for each frame, changed or not.
 */
export function showPicture(canvas, width, height, paint) {
  const drawn = new OffscreenCanvas(Math.max(1, width), Math.max(1, height));
  paint(drawn.getContext("2d"));
  canvas.width = drawn.width;
  canvas.height = drawn.height;
  canvas.getContext("bitmaprenderer").transferFromImageBitmap(drawn.transferToImageBitmap());
}

/** Name a part of the page for the ear. */
export function voice(node, text) {
  writeAttribute(node, "aria-label", text);
}

/** Name a control for the ear and, as a tooltip, for the eye. */
export function label(node, text) {
  voice(node, text);
  node.title = text;
}

export const ICONS = {
  play: "M4 2.5v11l9-5.5z",
  pause: "M4 2.5h3v11H4zM9 2.5h3v11H9z",
  back: "M11 2.5v11L3 8z",
  forward: "M5 2.5v11L13 8z",
  close: "M3.3 2.2 8 6.9l4.7-4.7 1.1 1.1L9.100 8l4.7 4.7-1.1 1.1L8 9.100l-4.7 4.7-1.1-1.1L6.900 8 2.2 3.300z",
  theme: "M8 1.500a6.500 6.500 0 1 0 0 13zM8 1a7 7 0 1 1 0 14A7 7 0 0 1 8 1z",
  about: "M7.100 6.800h1.8V12H7.100zM8 3.800a1.05 1.05 0 1 1 0 2.100 1.05 1.05 0 0 1 0-2.100zM8 1a7 7 0 1 1 0 14A7 7 0 0 1 8 1zm0 1.200a5.800 5.800 0 1 0 0 11.600A5.800 5.800 0 0 0 8 2.200z",
};
