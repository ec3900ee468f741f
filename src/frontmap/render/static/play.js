// Playing: true calendar time, so many days a second, until the end.

/** `move(day)` shows a day; `ended()` is told when playing stops. */
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
    move(day);
    const step = (now) => {
      day = Math.min(last, day + (daysPerSecond * Math.max(0, now - before)) / 1000);
      before = now;
      if (Math.floor(day) !== current()) move(Math.floor(day));
      if (day >= last) stop();
      else frame = requestAnimationFrame(step);
    };
    frame = requestAnimationFrame(step);
    changed(true);
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
