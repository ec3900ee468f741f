// Two dates side by side: left of a line the date compared, right of it the date.
import { el, icon, label, voice } from "./dom.js";

const STEP = 0.02;
const LEAP = 0.1;
/** Half the grip's width, and the room that it needs around its middle, in pixels. */
const GRIP_PX = 18;
const GRIP_ROOM_PX = 22;
/** The grip stands in this share of the height unless something lies over it there. */
const GRIP_AT = 0.32;
const HALVES = "M7.300 1h1.400v14H7.300zM5.500 4.500v7L2 8zM10.500 4.500v7L14 8z";
const GRIP = "M6 3.500v9L1.500 8zM10 3.500v9L14.500 8z";

/** The share of the width at which the line stands, within 0 and 1; null where there is none. */
export function swipeShare(value) {
  if (value === null || value === undefined) return null;
  if (typeof value !== "number" || Number.isNaN(value)) {
    throw new RangeError(`${value} is no share of the width: write 0 to 1`);
  }
  return Math.round(Math.min(1, Math.max(0, value)) * 1000) / 1000;
}

/**
 * Build the line and the button that switches it. `panes()` are those of the date compared and
 * of the date: each is cut at the line, so that moving the line draws nothing anew. `over()` are
 * the nodes that lie over the line: they stay to be clicked, and the grip keeps clear of them.
 */
export function createSwipe(map, host, panes, over) {
  const { state } = host;
  const dates = ["left", "right"].map((side) => el("span", { class: `fm-swipe-date fm-${side}` }));
  const handle = el("div", {
    class: "fm-swipe-handle", role: "slider", tabindex: "0", "aria-orientation": "horizontal",
    "aria-valuemin": "0", "aria-valuemax": "100",
    onkeydown: (event) => onKey(event),
    onpointerdown: (event) => begin(event),
    onpointermove: (event) => { if (grip !== null) move(event.clientX - grip); },
    onpointerup: () => end(),
    onlostpointercapture: () => end(),
  }, el("span", { class: "fm-swipe-grip" }, icon(GRIP)), dates);
  const node = el("div", { class: "fm-swipe", hidden: true }, handle);
  const name = el("span");
  const toggle = el("button", {
    type: "button", class: "fm-swipe-toggle", hidden: true,
    onclick: () => state.set({ swipe: state.get().swipe === null ? 0.5 : null }),
  }, icon(HALVES), name);
  // How far from the line the hand has taken hold; null while it does not hold.
  let grip = null;

  const width = () => map.getSize().x;
  const home = () => map.getContainer().getBoundingClientRect().left;

  function begin(event) {
    if (event.button) return;
    handle.setPointerCapture(event.pointerId);
    grip = event.clientX - home() - state.get().swipe * width();
    event.preventDefault();
    handle.focus();
  }

  function move(x) {
    state.set({ swipe: swipeShare((x - home()) / width()) });
  }

  function end() {
    if (grip === null) return;
    grip = null;
    state.settle();
    place();
  }

  // How high the grip stands, in pixels (null is anew to be found), and how far beside the line.
  let [height, aside] = [null, 0];

  /** Where the grip's middle belongs from the left: at the frame's edges it stays within the frame. */
  const gripAt = () => Math.max(GRIP_PX, Math.min(width() - GRIP_PX, state.get().swipe * width()));

  /** Let the grip stand on its line where nothing lies over it, else beside what does. */
  function place() {
    // It does not leave the hand that holds it.
    if (node.hidden || grip !== null) return;
    const { left, top } = map.getContainer().getBoundingClientRect();
    const boxes = over().map((one) => one.getBoundingClientRect()).filter((box) => box.width && box.height)
      .map((box) => [box.left - left - GRIP_ROOM_PX, box.top - top - GRIP_ROOM_PX,
        box.right - left + GRIP_ROOM_PX, box.bottom - top + GRIP_ROOM_PX]);
    const [x, wide, high] = [gripAt(), width(), node.offsetHeight];
    const free = ([at, y]) => at >= GRIP_PX && at <= wide - GRIP_PX && y >= GRIP_ROOM_PX && y <= high - GRIP_ROOM_PX
      && !boxes.some(([a, b, c, d]) => at > a && at < c && y > b && y < d);
    if (height !== null && !aside && free([x, height])) return;
    const first = GRIP_AT * high;
    const nearest = (values, to) => values.sort((a, b) => Math.abs(a - to) - Math.abs(b - to));
    const spots = [
      ...nearest([first, ...boxes.flatMap(([, b, , d]) => [b, d])], first).map((y) => [x, y]),
      ...nearest(boxes.flatMap(([a, , c]) => [a, c]), x).map((at) => [at, first]),
    ];
    const [at, y] = spots.find(free) || [x, first];
    [height, aside] = [y, at - x];
    node.style.setProperty("--fm-grip-top", `${height}px`);
    shift();
  }

  function shift() {
    node.style.setProperty("--fm-grip-shift", `${aside + gripAt() - state.get().swipe * width()}px`);
  }

  function onKey(event) {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    const { swipe } = state.get();
    const to = {
      ArrowLeft: swipe - STEP, ArrowDown: swipe - STEP, ArrowRight: swipe + STEP, ArrowUp: swipe + STEP,
      PageDown: swipe - LEAP, PageUp: swipe + LEAP, Home: 0, End: 1,
    }[event.key];
    if (to === undefined) return;
    state.set({ swipe: swipeShare(to) });
    event.preventDefault();
    event.stopPropagation();
  }

  /** Cut both panes at the line; they move with the ground, the line does not. */
  function cut() {
    const { swipe } = state.get();
    if (swipe === null) {
      panes().forEach((pane) => { if (pane) pane.style.clipPath = ""; });
      return;
    }
    const size = map.getSize();
    const { x: left, y: top } = map.containerPointToLayerPoint([0, 0]);
    const [at, right, bottom] = [left + swipe * size.x, left + size.x, top + size.y];
    const box = (from, to) => `polygon(${from}px ${top}px,${to}px ${top}px,${to}px ${bottom}px,${from}px ${bottom}px)`;
    const [before, now] = panes();
    before.style.clipPath = box(left, at);
    now.style.clipPath = box(at, right);
  }

  function show() {
    const words = host.words();
    const { date, baseline, swipe } = state.get();
    toggle.hidden = !baseline;
    const appears = node.hidden && swipe !== null;
    node.hidden = swipe === null;
    cut();
    if (!baseline) return;
    const [left, right] = [baseline, date].map((iso) => words.date(iso));
    name.textContent = words.say("swipe");
    label(toggle, words.say("swipe_toggle", { left, right }));
    toggle.setAttribute("aria-pressed", String(swipe !== null));
    if (swipe === null) return;
    const percent = Math.round(swipe * 100);
    voice(handle, words.say("swipe_handle"));
    handle.setAttribute("aria-valuenow", percent);
    handle.setAttribute("aria-valuetext", words.say("swipe_value", { left, right, percent }));
    node.style.left = `${swipe * 100}%`;
    shift();
    dates[0].textContent = left;
    dates[1].textContent = right;
    // A side that has no room for its date has hardly any ground either.
    dates[0].classList.toggle("fm-none", swipe * width() < dates[0].offsetWidth + 24);
    dates[1].classList.toggle("fm-none", (1 - swipe) * width() < dates[1].offsetWidth + 24);
    if (appears) place();
  }

  map.on("move zoomend viewreset", cut);
  map.on("resize", () => {
    height = null;
    show();
    place();
  });
  return {
    node,
    toggle,
    show,
    place,
    /** The part of a view on one side of the line, for painters that say what they have shown. */
    side(view, left) {
      const { swipe } = state.get();
      if (swipe === null) return view;
      const [west, north, east, south] = view.seen;
      const at = west + swipe * (east - west);
      return { ...view, seen: left ? [west, north, at, south] : [at, north, east, south] };
    },
    /** Whether a point of the frame lies on the side of the date compared. */
    isLeft: (x) => state.get().swipe !== null && x < state.get().swipe * width(),
  };
}
