// Runs in every page before the page's own scripts: times steps, frames and the first picture.
(() => {
  const frame = window.requestAnimationFrame.bind(window);
  let scripted = 0;
  window.requestAnimationFrame = (callback) => frame((time) => {
    const begin = performance.now();
    try { callback(time); } finally { scripted += performance.now() - begin; }
  });
  const pause = (ms) => new Promise((done) => { setTimeout(done, ms); });
  const channel = new MessageChannel();

  /** The time of the task after the next frame. */
  const painted = () => new Promise((done) => {
    frame(() => {
      channel.port1.onmessage = () => done(performance.now());
      channel.port2.postMessage(0);
    });
  });

  /** Call `set` for each value, at any moment between two frames: [until painted, scripted] ms. */
  async function steps(values, set) {
    const found = [];
    for (const value of values) {
      await pause(20 + Math.random() * 20);
      scripted = 0;
      const begin = performance.now();
      set(value);
      const called = performance.now() - begin;
      const end = await painted();
      found.push([end - begin, called + scripted]);
    }
    return found;
  }

  async function playThrough(values, set) {
    for (const value of values) {
      set(value);
      await painted();
    }
  }

  /** The longest time between two frames until `stop` is called. */
  function watchFrames() {
    let longest = 0;
    let last = performance.now();
    let going = true;
    const look = () => {
      const now = performance.now();
      longest = Math.max(longest, now - last);
      last = now;
      if (going) frame(look);
    };
    frame(() => { last = performance.now(); frame(look); });
    return () => { going = false; return longest; };
  }

  /** What a canvas shows, as one number. */
  function fingerprint(canvas) {
    const copy = new OffscreenCanvas(canvas.width, canvas.height);
    const context = copy.getContext("2d");
    context.drawImage(canvas, 0, 0);
    const pixels = new Uint32Array(context.getImageData(0, 0, copy.width, copy.height).data.buffer);
    return pixels.reduce((sum, pixel) => (Math.imul(sum, 31) + pixel) | 0, 7);
  }

  /** Whether what is shown in the very next frame is what is shown a while later. */
  async function complete(values, set, canvas) {
    let [equal, moved, before] = [true, 0, fingerprint(canvas())];
    for (const value of values) {
      set(value);
      await painted();
      const now = fingerprint(canvas());
      await pause(500);
      equal = equal && now === fingerprint(canvas());
      moved += now !== before;
      before = now;
    }
    return { equal, moved };
  }

  /** When `there()` first says yes, the time after that frame since navigation began. */
  async function first(there) {
    while (!there()) await new Promise((done) => { frame(done); });
    return painted();
  }

  window.bench = { painted, pause, steps, playThrough, watchFrames, complete, first };
})();
