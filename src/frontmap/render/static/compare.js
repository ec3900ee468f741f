// The choice of a date to compare with: nothing, the date shown, or an assessment.
import { el } from "./dom.js";

/** A longer record offers the first assessment of each month; any date can be had as the one shown. */
const MOST_DATES = 60;

function offered(data) {
  const dates = [...new Set(data.timelines.flatMap((line) => line.dates))].sort();
  if (dates.length <= MOST_DATES) return dates;
  return dates.filter((date, i) => i === 0 || date.slice(0, 7) !== dates[i - 1].slice(0, 7));
}

/** Build the choice. `host` gives state, data and words(). */
export function createCompare(host) {
  const { state, data } = host;
  const dates = offered(data);
  const node = el("select", {
    class: "fm-compare",
    onchange: () => {
      const { date } = state.get();
      state.set({ baseline: node.value === "shown" ? date : node.value || null });
      show();
    },
  });

  /** Write the options anew: in another language, or with another date among them. */
  function fill() {
    const words = host.words();
    const { baseline } = state.get();
    const option = (value, text) => el("option", { value }, text);
    const all = baseline && !dates.includes(baseline) ? [...dates, baseline].sort() : dates;
    node.replaceChildren(option("", words.say("compare_none")), option("shown", words.say("compare_shown")),
      ...all.map((date) => option(date, words.date(date))));
    show();
  }

  function show() {
    node.value = state.get().baseline || "";
  }

  return { node, fill, show };
}
