// Messages, dates and numbers in the reader's language.

const DAY_MS = 86400000;

export function dayNumber(iso) {
  return Math.round(Date.parse(`${iso}T00:00:00Z`) / DAY_MS);
}

export function isoDate(day) {
  return new Date(day * DAY_MS).toISOString().slice(0, 10);
}

export function isDate(text) {
  if (typeof text !== "string" || !/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  // The browser takes 31 February for 2 March.
  const day = dayNumber(text);
  return !Number.isNaN(day) && isoDate(day) === text;
}

/** The word for a comparison: a date may be compared with an earlier or a later one. */
export function relation(baseline, iso) {
  return baseline <= iso ? "since" : "against";
}

/** The words of one language; a missing message shows its key. */
export function wordsOf(catalogues, language) {
  const catalogue = catalogues[language];
  const say = (key, values = {}) => (Object.hasOwn(catalogue, key) ? catalogue[key] : key)
    .replace(/\{(\w+)\}/g, (whole, name) => (Object.hasOwn(values, name) ? values[name] : whole));
  const months = say("months").split(" ");
  const parts = (iso) => {
    const [year, month, day] = iso.split("-").map(Number);
    return { year, month: months[month - 1], day };
  };
  const since = (asOf, iso) => dayNumber(iso) - dayNumber(asOf);
  const number = (value) => String(Math.abs(value)).replace(/\B(?=(\d{3})+$)/g, ",");
  const place = language === "ja" ? 1 : 0;
  return {
    language,
    say,
    has: (key) => Object.hasOwn(catalogue, key),
    date: (iso) => say("date", parts(iso)),
    dayMonth: (iso) => say("date_short", parts(iso)),
    month: (iso) => say(iso.endsWith("-01-01") ? "date_year_month" : "date_month", parts(iso)),
    /** [en, ja, local] in this language, else in English. */
    form: (forms) => forms[place] || forms[0],
    number: (value) => number(Math.round(value)),
    // A band of null is one that the source does not state.
    pair: (value, band) => number(Math.round(value))
      + (band === null ? "" : `\u2009±\u2009${number(Math.max(1, Math.round(band)))}`),
    area: (value, band) => (band === null ? say("area_only", { value: number(Math.round(value)) })
      : say("area", {
        value: number(Math.round(value)), band: number(Math.max(1, Math.round(band))),
      })),
    change: (value) => {
      const whole = Math.round(value);
      const sign = whole > 0 ? "+" : whole < 0 ? "\u2212" : "\u00b1";
      return `${sign}${number(whole)}`;
    },
    /** The date of an assessment with its age: 15 Dec 2024 (5 days old). */
    dated: (asOf, iso) => {
      const days = since(asOf, iso);
      const key = days === 0 ? "dated_today" : days === 1 ? "dated_one" : "dated";
      return say(key, { date: say("date", parts(asOf)), days });
    },
    age: (asOf, iso) => {
      const days = since(asOf, iso);
      const date = days < 300 ? say("date_short", parts(asOf)) : say("date", parts(asOf));
      if (days === 0) return say("as_of_today");
      return say(days === 1 ? "as_of_one" : "as_of", { date, days });
    },
    /** The ages of several assessments, from the oldest to the latest. */
    ages: (oldest, latest, iso) => {
      const [least, most] = [since(latest, iso), since(oldest, iso)];
      const [from, to] = [oldest, latest].map((one) => say(most < 300 ? "date_short" : "date", parts(one)));
      return say("as_of_range", { from, to, least, most });
    },
  };
}
