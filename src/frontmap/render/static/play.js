// Playing: true calendar time, so many days a second, until the end.

/** A frame that comes later than this (a sleeping tab) does not skip what it missed. */
const LONGEST_MS = 500;

/** `move(day)` shows a day; `changed(playing)` is told when playing starts and stops. */
export function createPlayer({ current, first, last, move, changed }) {
  let frame = 0;
  let daysPerSecond = 7;

  function stop() {
    if (!frame) return;
    cancelAnimationFrame(frame);
    frame = 0;
    changed(false);
  }

  function start() {
    if (frame) return;
    let day = current() >= last ? first : current();
    let before = performance.now();
    const step = (now) => {
      // Another hand may have moved the date meanwhile: play on from there.
      if (Math.floor(day) !== current()) day = current();
      day = Math.min(last, day + (daysPerSecond * Math.min(LONGEST_MS, Math.max(0, now - before))) / 1000);
      before = now;
      if (Math.floor(day) !== current()) move(Math.floor(day));
      if (day >= last) stop();
      else frame = requestAnimationFrame(step);
    };
    frame = requestAnimationFrame(step);
    changed(true);
    move(day);
  }

  return {
    start,
    stop,
    toggle: () => (frame ? stop() : start()),
    playing: () => frame !== 0,
    speed(value) {
      daysPerSecond = value;
    },
  };
}
