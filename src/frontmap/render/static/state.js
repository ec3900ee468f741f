// What is chosen (date, baseline, sector, language, theme, view), and who wants to know.

const REST_MS = 300;

/**
 * Hold the choices. `set` takes a part of them and says where they come from; listeners to
 * "change" hear at once, listeners to "rest" when nothing has moved for 300 ms or the hand lets
 * go, with the names that others than the host have moved since the last rest. Between `hold` and `settle`, as while playing, there is no rest however slow the steps are.
 */
export function createState(initial, check) {
  let values = { ...initial };
  let timer = 0;
  let pending = false;
  const moved = new Set();
  let held = false;
  const listeners = { change: [], rest: [] };
  const tell = (kind, detail) => listeners[kind].forEach((listener) => listener(values, detail));

  function settle() {
    held = false;
    clearTimeout(timer);
    if (!pending) return;
    pending = false;
    const names = [...moved];
    moved.clear();
    tell("rest", { moved: names });
  }

  return {
    get: () => values,
    on: (kind, listener) => listeners[kind].push(listener),
    set(part, origin = "hand") {
      const next = { ...values, ...check({ ...values, ...part }) };
      const changed = Object.keys(next).filter((name) => next[name] !== values[name]);
      if (!changed.length) return;
      values = next;
      pending = true;
      // Whoever changed a choice last has it: the host does not hear of its own ones.
      for (const name of changed) moved[origin === "host" ? "delete" : "add"](name);
      tell("change", { changed, origin });
      clearTimeout(timer);
      if (!held) timer = setTimeout(settle, REST_MS);
    },
    hold() {
      held = true;
      clearTimeout(timer);
    },
    settle,
  };
}
