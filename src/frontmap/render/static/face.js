// The Japanese face that the page brings along: only a machine without one of its own uses it.

const FAMILY = "frontmap Japanese";
const LETTERS = "U+2E80-9FFF, U+F900-FAFF, U+FF00-FFEF";

/** Take a web font in base64, and say when it can be drawn with. */
export function takeFace(woff, onReady) {
  if (typeof woff !== "string" || !/^[A-Za-z0-9+/]+=*$/.test(woff)) return;
  const face = new FontFace(FAMILY, `url(data:font/woff;base64,${woff})`, { unicodeRange: LETTERS });
  document.fonts.add(face);
  face.load().then(onReady, () => document.fonts.delete(face));
}
