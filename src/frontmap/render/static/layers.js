// The layers that a reader may switch on and off, and the control that switches them.
import { el, icon, label } from "./dom.js";

/** The layers of every page, from the front to the ground. */
export const LAYERS = ["names", "events", "graticule", "oblasts"];
/** Makers of layers that only some pages have; the file of one adds it here. */
export const EXTRA_LAYERS = {};
const FIRST = "names,events,oblasts";
const STACK = "M8 1.500 1 5.200 8 9l7-3.800zM2.900 7.200 1 8.200 8 12l7-3.800-1.900-1L8 10zM2.900 10.200 1 11.200 8 15"
  + "l7-3.800-1.900-1L8 13z";

/** Layers as one text in their own order, so that equal choices are equal; null is the first choice. */
export function layersText(value, known) {
  const wanted = (value === null || value === undefined ? FIRST : String(value)).split(",").filter(Boolean);
  const stranger = wanted.find((name) => !known.includes(name));
  if (stranger) throw new RangeError(`no layer ${stranger}: there is ${known.join(", ")}`);
  return known.filter((name) => wanted.includes(name)).join(",");
}

export function layerIsOn({ layers }, name) {
  return layers.split(",").includes(name);
}

/** Put the control on the map: a button that opens a list of boxes to tick. */
export function createLayers(map, host) {
  const { state, data } = host;
  const boxes = data.layers.map((name) => {
    const text = el("span");
    const box = el("input", { type: "checkbox", name, onchange: () => flip(name, box.checked) });
    return { name, box, text, row: el("label", {}, box, text) };
  });
  const list = el("div", { class: "fm-layers-list fm-card", role: "group", hidden: true }, boxes.map(({ row }) => row));
  const button = el("button", { type: "button", "aria-expanded": "false", onclick: () => open(list.hidden) }, icon(STACK));
  const notice = el("p", { class: "fm-notice fm-card", role: "status", hidden: true });
  const node = el("div", {
    class: "fm-layers leaflet-bar",
    onkeydown: (event) => {
      if (event.key !== "Escape" || list.hidden) return;
      open(false);
      button.focus();
    },
  }, button, el("div", { class: "fm-layers-side" }, list, notice));
  const Control = L.Control.extend({ options: { position: "topleft" }, onAdd: () => node });
  new Control().addTo(map);
  L.DomEvent.disableClickPropagation(node);
  L.DomEvent.disableScrollPropagation(node);
  map.on("click", () => open(false));

  function open(wanted) {
    list.hidden = !wanted;
    notice.hidden = true;
    button.setAttribute("aria-expanded", String(wanted));
    if (wanted) host.onLayers();
  }

  function flip(name, on) {
    const kept = state.get().layers.split(",").filter((one) => one !== name);
    state.set({ layers: (on ? [...kept, name] : kept).join(",") });
  }

  let timer = 0;
  return {
    node,
    flip,
    show() {
      const words = host.words();
      label(button, words.say("layers"));
      list.setAttribute("aria-label", words.say("layers"));
      for (const { name, box, text } of boxes) {
        box.checked = layerIsOn(state.get(), name);
        text.textContent = words.say(`layer.${name}`);
      }
    },
    /** Say something short beside the button, for some seconds. */
    notice(text) {
      notice.textContent = text;
      notice.hidden = false;
      clearTimeout(timer);
      timer = setTimeout(() => { notice.hidden = true; }, 10000);
    },
  };
}
