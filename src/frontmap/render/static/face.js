// The Japanese face that the page brings along: only a machine without one of its own uses it.

const FAMILY = "frontmap Japanese";
const LETTERS = "U+2E80-9FFF, U+F900-FAFF, U+FF00-FFEF";

function bytesOf(text) {
  try {
    return Uint8Array.from(atob(text), (sign) => sign.charCodeAt(0));
  } catch {
    return null;
  }
}

/** Take a web font in base64, and say when it can be drawn with; what is none is left alone. */
export function takeFace(woff, onReady) {
  const bytes = typeof woff === "string" ? bytesOf(woff) : null;
  if (!bytes) return;
  const face = new FontFace(FAMILY, bytes, { unicodeRange: LETTERS });
  document.fonts.add(face);
  face.load().then(onReady, () => document.fonts.delete(face));
}
