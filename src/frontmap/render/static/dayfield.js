// The date as it is typed.
import { el } from "./dom.js";
import { dayNumber } from "./text.js";

/** A browser's date field has many boxes of its own: while the hand moves it follows so late at most. */
const LATE_MS = 50;

/** A date field that hears only whole dates within the span, and shows the true one when left. */
export function createDayField({ span, attributes, current, accept }) {
  const field = el("input", {
    type: "date", min: span[0], max: span[1], ...attributes,
    // While a year is typed, its first digits already make a date: those lie outside the span.
    onchange: () => { if (field.value && field.validity.valid) accept(dayNumber(field.value)); },
    onblur: () => { field.value = current(); },
  });
  let timer = 0;
  function follow() {
    timer = 0;
    const iso = current();
    if (field.value !== iso && document.activeElement !== field) field.value = iso;
  }
  return {
    node: field,
    show() {
      if (!timer) timer = setTimeout(follow, LATE_MS);
    },
  };
}
