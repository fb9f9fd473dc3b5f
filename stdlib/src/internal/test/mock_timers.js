'use strict';
// Fake time for node:test: setTimeout, setInterval, setImmediate and Date that move only when told to.
// API: https://nodejs.org/docs/latest-v24.x/api/test.html#class-mocktimers

class MockTimers {
  constructor() {
    this._saved = undefined;
    this._queue = [];
    this._now = 0;
    this._serial = 0;
  }

  enable({ apis = ['setTimeout', 'setInterval', 'setImmediate', 'Date'], now = 0 } = {}) {
    if (this._saved) throw Object.assign(new Error('MockTimers is already enabled!'), { code: 'ERR_INVALID_STATE' });
    this._saved = {};
    this._now = +now;
    const put = (name, value) => {
      this._saved[name] = globalThis[name];
      globalThis[name] = value;
    };
    const cancel = (timer) => { this._queue = this._queue.filter((entry) => entry !== timer); };
    for (const api of apis) {
      if (api === 'Date') put('Date', this._date());
      else if (api === 'setImmediate') {
        put('setImmediate', (fn, ...args) => this._add(fn, 0, args, undefined));
        put('clearImmediate', cancel);
      } else if (api === 'setTimeout' || api === 'setInterval') {
        const repeats = api === 'setInterval';
        put(api, (fn, delay = 1, ...args) => this._add(fn, delay, args, repeats ? Math.max(1, delay) : undefined));
        put(repeats ? 'clearInterval' : 'clearTimeout', cancel);
      }
    }
  }

  _add(fn, delay, args, repeat) {
    const timer = { fn, args, repeat, due: this._now + (delay > 0 ? delay : 0), serial: this._serial++, ref() { return this; },
                    unref() { return this; }, hasRef: () => true };
    this._queue.push(timer);
    return timer;
  }

  _date() {
    const timers = this;
    const Real = globalThis.Date;
    return class Date extends Real {
      constructor(...args) {
        if (args.length === 0) super(timers._now);
        else super(...args);
      }
      static now() { return timers._now; }
    };
  }

  tick(ms = 1) {
    const end = this._now + ms;
    for (;;) {
      const due = this._queue.filter((timer) => timer.due <= end);
      if (due.length === 0) break;
      due.sort((a, b) => a.due - b.due || a.serial - b.serial);
      const timer = due[0];
      this._now = timer.due;
      if (timer.repeat === undefined) this._queue = this._queue.filter((entry) => entry !== timer);
      else timer.due += timer.repeat;
      timer.fn(...timer.args);
    }
    this._now = end;
  }

  runAll() {
    const last = Math.max(this._now, ...this._queue.map((timer) => timer.due));
    this.tick(last - this._now);
  }

  setTime(ms) { this._now = ms; }

  reset() {
    if (!this._saved) return;
    Object.assign(globalThis, this._saved);
    this._saved = undefined;
    this._queue = [];
  }
  [Symbol.dispose]() { this.reset(); }
}

module.exports = { MockTimers };
