// The date as it is typed, and a word where it lies outside the record.
import { el, writeText } from "./dom.js";
import { dayNumber } from "./text.js";

/** A browser's date field has many boxes of its own: while the hand moves it follows so late at most. */
const LATE_MS = 50;
/** After so long without a key a date has been typed to its end. */
const TYPED_MS = 1500;
/** So long a word stands. */
const TOLD_MS = 10000;

/**
 * A date field that takes whole dates within the record, says what the record spans where a date lies
 * outside, and shows the true one when left. `host` gives data, state and words(); `told` is the word.
 */
export function createDayField(host, { attributes, accept }) {
  const [first, last] = host.data.span;
  const current = () => host.state.get().date;
  const field = el("input", {
    type: "date", min: first, max: last, ...attributes,
    onchange: () => hear(),
    onkeydown: (event) => { if (event.key === "Enter") judge(); },
    onblur: () => {
      judge();
      field.value = current();
    },
  });
  const told = el("p", { class: "fm-told", role: "status" });
  let [typed, refused, standing] = [0, "", 0];

  function hear() {
    clearTimeout(typed);
    hush();
    refused = "";
    if (!field.value) return;
    if (field.validity.valid) accept(dayNumber(field.value));
    // While a year is typed, its first digits already make a date.
    else if (field.value >= "1000") typed = setTimeout(judge, TYPED_MS);
  }

  function judge() {
    clearTimeout(typed);
    const { rangeUnderflow, rangeOverflow } = field.validity;
    if (!(rangeUnderflow || rangeOverflow) || field.value === refused) return;
    refused = field.value;
    const words = host.words();
    writeText(told, words.say("outside_span", {
      first: words.date(first), last: words.date(last), date: words.date(current()),
    }));
    clearTimeout(standing);
    standing = setTimeout(hush, TOLD_MS);
  }

  function hush() {
    if (told.firstChild) told.replaceChildren();
  }

  let timer = 0;
  function follow() {
    timer = 0;
    const iso = current();
    if (field.value !== iso && document.activeElement !== field) field.value = iso;
  }
  return {
    node: field,
    told,
    show() {
      hush();
      if (!timer) timer = setTimeout(follow, LATE_MS);
    },
  };
}
