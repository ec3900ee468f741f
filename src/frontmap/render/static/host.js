// The page in an app: one iframe, mounted once, told of changes by messages, never rebuilt.
//
// For st.components.v2.component(name, js=<this file>). `component.data` holds
//   page_id   names the page; another id mounts another page,
//   page      the HTML, needed once for each id (this module remembers it),
//   height    pixels (720 unless given),
//   title     the iframe's name for screen readers,
//   face      a Japanese face as WOFF in base64, needed once (this module remembers it), if wanted,
//   date, baseline, sector, language, theme, view, layers, swipe   what to show; undefined leaves it,
//   taken     by the name of a choice, the `at` of the last report on it that the app has taken over.
// State value set, when the hand rests: choices, which holds by name each choice that the reader has
// ever made on the map, as {value, at}. `at` grows from report to report, so the app takes over what
// is newer than what it took before, and what it has meanwhile set itself stays; until it says so in
// `taken`, what it says of that choice is from before the report and is left alone.
// State value set once for each page: up, its id, when it has drawn itself or has had time enough.
// Trigger values set: page_wanted (the id of a page that was never sent), selected (on click),
// face_wanted (once, where the machine has no Japanese letters).

const CHOICES = ["date", "baseline", "sector", "language", "theme", "view", "layers", "swipe"];
/** A page that has not drawn itself by then is waited for no longer. */
const LATEST_MS = 10000;
const pages = new Map();
const mounts = new WeakMap();
let latest = 0;
let face = null;

/** A time in ms, later than all before. */
function stamp() {
  latest = Math.max(Date.now(), latest + 1);
  return latest;
}

function mount(parent, id, component) {
  const iframe = document.createElement("iframe");
  Object.assign(iframe.style, { width: "100%", border: "0", display: "block" });
  // Scripts run, but in an origin of their own: the page cannot reach into the app.
  iframe.setAttribute("sandbox", "allow-scripts allow-downloads");
  const entry = {
    id, iframe, component, ready: false, wanted: {},
    // What the reader chose; what the map shows; the number of our last message, of that on a choice.
    chosen: {}, now: {}, turn: 0, sent: {},
  };
  entry.listen = (event) => {
    if (event.source === iframe.contentWindow) receive(entry, event.data);
  };
  window.addEventListener("message", entry.listen);
  entry.late = setTimeout(() => tellUp(entry), LATEST_MS);
  iframe.srcdoc = pages.get(id);
  parent.append(iframe);
  return entry;
}

function tellUp(entry) {
  clearTimeout(entry.late);
  if (entry.up) return;
  entry.up = true;
  entry.component.setStateValue("up", entry.id);
  if (!face && lacksJapanese()) entry.component.setTriggerValue("face_wanted", true);
}

/** Whether two letters look the same: two empty boxes. */
function lacksJapanese() {
  const canvas = Object.assign(document.createElement("canvas"), { width: 32, height: 32 });
  const context = canvas.getContext("2d", { willReadFrequently: true });
  const [one, other] = ["\u8a9e", "\u7dda"].map((letter) => {
    context.clearRect(0, 0, 32, 32);
    context.font = "24px sans-serif";
    context.fillText(letter, 2, 26);
    return canvas.toDataURL();
  });
  return one === other;
}

/**
 * Give the app's own page the face as well, in the families of its texts and of its commands. A letter
 * is sought among the faces of a family that have the same weights, so it says those of Streamlit's.
 */
function faceThePage() {
  const traits = { weight: "100 900", unicodeRange: "U+2E80-9FFF, U+F900-FAFF, U+FF00-FFEF" };
  const bytes = Uint8Array.from(atob(face), (sign) => sign.charCodeAt(0));
  for (const family of ["Source Sans", "Source Code Pro"]) {
    const letters = new FontFace(family, bytes, traits);
    document.fonts.add(letters);
    letters.load().catch(() => document.fonts.delete(letters));
  }
}

function unmount(entry) {
  clearTimeout(entry.late);
  window.removeEventListener("message", entry.listen);
  entry.iframe.remove();
}

function receive(entry, message) {
  if (!message || typeof message.type !== "string") return;
  if (message.type === "frontmap:ready") {
    entry.ready = true;
    entry.faced = false;
    for (const name of CHOICES) entry.now[name] = message[name];
    bringFace(entry);
    send(entry);
    tellUp(entry);
  } else if (message.type === "frontmap:date") {
    // A message of ours that the map had not yet read when it wrote this one has the last word.
    const moved = message.moved.filter(
      (name) => message[name] !== entry.now[name] && !(entry.sent[name] > message.turn),
    );
    const at = stamp();
    for (const name of moved) {
      entry.now[name] = message[name];
      entry.chosen[name] = { value: message[name], at };
    }
    if (moved.length) entry.component.setStateValue("choices", { ...entry.chosen });
  } else if (message.type === "frontmap:select") {
    const { kind, id, date } = message;
    entry.component.setTriggerValue("selected", kind ? { kind, id, date } : null);
  }
}

function bringFace(entry) {
  if (!entry.ready || !face || entry.faced) return;
  entry.faced = true;
  entry.iframe.contentWindow.postMessage({ type: "frontmap:face", woff: face }, "*");
}

/** Pass on what the app itself has changed. */
function forward(entry, data) {
  const taken = data.taken || {};
  for (const name of CHOICES) {
    const chosen = entry.chosen[name];
    if (data[name] === undefined || (chosen && !(taken[name] >= chosen.at))) continue;
    entry.wanted[name] = data[name];
  }
  send(entry);
}

function send(entry) {
  if (!entry.ready) return;
  const part = Object.fromEntries(
    Object.entries(entry.wanted).filter(([name, value]) => value !== entry.now[name]),
  );
  entry.wanted = {};
  if (!Object.keys(part).length) return;
  entry.turn += 1;
  for (const name of Object.keys(part)) entry.sent[name] = entry.turn;
  Object.assign(entry.now, part);
  entry.iframe.contentWindow.postMessage({ type: "frontmap:set", ...part, turn: entry.turn }, "*");
}

export default function host(component) {
  const { data, parentElement } = component;
  if (!data || !data.page_id) return undefined;
  if (data.face && data.face !== face) {
    face = data.face;
    faceThePage();
  }
  if (data.page) pages.set(data.page_id, data.page);
  let entry = mounts.get(parentElement);
  if (entry && entry.id !== data.page_id && pages.has(data.page_id)) {
    unmount(entry);
    entry = undefined;
  }
  if (!entry) {
    if (!pages.has(data.page_id)) {
      component.setTriggerValue("page_wanted", data.page_id);
      return undefined;
    }
    entry = mount(parentElement, data.page_id, component);
    mounts.set(parentElement, entry);
  }
  entry.component = component;
  entry.iframe.style.height = `${Number(data.height) || 720}px`;
  entry.iframe.title = data.title || "frontmap";
  bringFace(entry);
  forward(entry, data);
  // Streamlit also calls the clean-up of a call that a newer one has overtaken; only when the
  // element has really left the page does the iframe go.
  return () => setTimeout(() => {
    if (parentElement.isConnected || mounts.get(parentElement) !== entry) return;
    mounts.delete(parentElement);
    unmount(entry);
  });
}
