// The page in an app: one iframe, mounted once, told of changes by messages, never rebuilt.
//
// For st.components.v2.component(name, js=<this file>). `component.data` holds
//   page_id   names the page; another id mounts another page,
//   page      the HTML, needed once for each id (this module remembers it),
//   height    pixels (720 unless given),
//   title     the iframe's name for screen readers,
//   date, baseline, sector, language, theme, view, layers, swipe   what to show; undefined leaves it.
// State value set, when the hand rests: choices, an object of all of these, and `at`, a time in ms
// that makes every report another value, also when the hand has gone back to where it was.
// State value set once for each page: up, its id, when it has drawn itself or has had time enough.
// Trigger values set: page_wanted (the id of a page that was never sent), selected (on click).

const CHOICES = ["date", "baseline", "sector", "language", "theme", "view", "layers", "swipe"];
/** A value that the app sends back within this time of our report is our own. */
const ECHO_MS = 15000;
/** A page that has not drawn itself by then is waited for no longer. */
const LATEST_MS = 10000;
const pages = new Map();
const mounts = new WeakMap();

function mount(parent, id, component) {
  const iframe = document.createElement("iframe");
  Object.assign(iframe.style, { width: "100%", border: "0", display: "block" });
  // Scripts run, but in an origin of their own: the page cannot reach into the app.
  iframe.setAttribute("sandbox", "allow-scripts allow-downloads");
  const entry = {
    id, iframe, component, ready: false, wanted: {},
    // What the app was last seen to say, and what we told it and have not yet seen come back.
    heard: {}, told: Object.fromEntries(CHOICES.map((name) => [name, []])), now: {},
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
  if (!entry.up) entry.component.setStateValue("up", entry.id);
  entry.up = true;
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
    for (const name of CHOICES) entry.now[name] = message[name];
    send(entry);
    tellUp(entry);
  } else if (message.type === "frontmap:date") {
    const at = Date.now();
    const moved = CHOICES.filter((name) => message[name] !== undefined && message[name] !== entry.now[name]);
    for (const name of moved) {
      entry.now[name] = message[name];
      entry.told[name].push({ value: message[name], at });
    }
    // All at once: what the app has meanwhile set itself must not come back from an older report.
    if (moved.length) entry.component.setStateValue("choices", { ...entry.now, at });
  } else if (message.type === "frontmap:select") {
    const { kind, id, date } = message;
    entry.component.setTriggerValue("selected", kind ? { kind, id, date } : null);
  }
}

/** Pass on what the app itself has changed; what only comes back from us is left alone. */
function forward(entry, data) {
  for (const name of CHOICES) {
    const value = data[name];
    if (value === undefined || value === entry.heard[name]) continue;
    entry.heard[name] = value;
    entry.told[name] = entry.told[name].filter(({ at }) => Date.now() - at < ECHO_MS);
    const echo = entry.told[name].findIndex((one) => one.value === value);
    if (echo >= 0) entry.told[name].splice(0, echo + 1);
    else entry.wanted[name] = value;
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
  Object.assign(entry.now, part);
  entry.iframe.contentWindow.postMessage({ type: "frontmap:set", ...part }, "*");
}

export default function host(component) {
  const { data, parentElement } = component;
  if (!data || !data.page_id) return undefined;
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
  forward(entry, data);
  // Streamlit also calls the clean-up of a call that a newer one has overtaken; only when the
  // element has really left the page does the iframe go.
  return () => setTimeout(() => {
    if (parentElement.isConnected || mounts.get(parentElement) !== entry) return;
    mounts.delete(parentElement);
    unmount(entry);
  });
}
