'use strict';

// node:timers: setTimeout() and its kin. The event loop keeps the timers; this file has the objects that programs see.
// API: https://nodejs.org/docs/latest-v24.x/api/timers.html
// Binding: timers. A call with the id of a timer that is gone does nothing.
//   setup(onTimeout, onImmediate)       what the loop calls, once per expiry
//   start(timeout, delayMs, repeat)     -> id; a repeating one is due again that long after the end of each call
//   refresh(id)                         from now again, also within the call; false if the timer is gone
//   stop(id), setRef(id, on), immediate(immediate) -> id, clearImmediate(id), immediateSetRef(id, on)

const { codes } = require('internal/errors');
const native = binding('timers');
const { start, immediate } = native;

const TIMEOUT_MAX = 2 ** 31 - 1;

// Timers whose id a program has asked for as a number, by which clearTimeout() takes them too.
let timersById;

// What every timer starts with stands on the prototypes: a timer has own properties only for what differs.
function Timeout(callback, delay, repeat, args) {
  if (!(delay >= 1 && delay <= TIMEOUT_MAX)) delay = checkDelay(delay);
  this._idleTimeout = delay;
  this._onTimeout = callback;
  if (repeat) this._repeat = delay;
  if (args.length !== 0) this._timerArgs = args;
  this._id = start(this, delay, repeat);
}

// 1, with a warning for numbers that can't be meant.
function checkDelay(delay) {
  if (delay === undefined) return 1;
  const number = +delay;
  if (number >= 1 && number <= TIMEOUT_MAX) return number;
  if (number > TIMEOUT_MAX || number < 0 || Number.isNaN(number)) {
    require('internal/timers_warnings').warnOfDelay(number);
  }
  return 1;
}

function onTimeout(timer) {
  if (timer._repeat !== null) {
    onInterval(timer);
    return;
  }
  timer._destroyed = true;
  if (timer._timerArgs === undefined) timer._onTimeout();
  else Reflect.apply(timer._onTimeout, timer, timer._timerArgs);
  // A program may make an interval of a timeout by giving it a _repeat.
  if (timer._repeat !== null) restart(timer, timer._repeat);
  else if (timersById !== undefined && timer._destroyed) timersById.delete(timer._id);
}

function onInterval(timer) {
  try {
    if (timer._timerArgs === undefined) timer._onTimeout();
    else Reflect.apply(timer._onTimeout, timer, timer._timerArgs);
  } finally {
    // Programs also end an interval through its fields.
    if (timer._repeat === null || timer._idleTimeout === -1 || timer._onTimeout === null) destroy(timer);
  }
}

function restart(timer, delay) {
  timer._idleTimeout = delay;
  timer._destroyed = false;
  timer._id = start(timer, delay, timer._repeat !== null);
  if (!timer._isRefed) native.setRef(timer._id, false);
}

function destroy(timer) {
  native.stop(timer._id);
  if (timersById !== undefined) timersById.delete(timer._id);
  timer._destroyed = true;
}

Timeout.prototype._idleTimeout = -1;
Timeout.prototype._repeat = null;
Timeout.prototype._timerArgs = undefined;
Timeout.prototype._destroyed = false;
Timeout.prototype._isRefed = true;

/** Starts anew, also after it has fired. */
Timeout.prototype.refresh = function refresh() {
  if (this._onTimeout === null) return this;
  if (native.refresh(this._id)) this._destroyed = false;
  else restart(this, this._idleTimeout);
  return this;
};

Timeout.prototype.ref = function ref() {
  this._isRefed = true;
  native.setRef(this._id, true);
  return this;
};

Timeout.prototype.unref = function unref() {
  this._isRefed = false;
  native.setRef(this._id, false);
  return this;
};

Timeout.prototype.hasRef = function hasRef() {
  return this._isRefed;
};

Timeout.prototype.close = function close() {
  clearTimeout(this);
  return this;
};

Timeout.prototype[Symbol.dispose] = function() {
  clearTimeout(this);
};

Timeout.prototype[Symbol.toPrimitive] = function() {
  timersById ??= new Map();
  if (!this._destroyed) timersById.set(this._id, this);
  return this._id;
};

function checkCallback(callback) {
  if (typeof callback !== 'function') throw new codes.ERR_INVALID_ARG_TYPE('callback', 'Function', callback);
}

/**
 * @param {Function} callback
 * @param {number} [delay] milliseconds
 * @param {...any} args
 * @returns {Timeout}
 */
function setTimeout(callback, delay, ...args) {
  if (typeof callback !== 'function') checkCallback(callback);
  return new Timeout(callback, delay, false, args);
}

/**
 * @param {Function} callback
 * @param {number} [repeat] milliseconds
 * @param {...any} args
 * @returns {Timeout}
 */
function setInterval(callback, repeat, ...args) {
  if (typeof callback !== 'function') checkCallback(callback);
  return new Timeout(callback, repeat, true, args);
}

/** @param {Timeout | number | string} [timer] */
function clearTimeout(timer) {
  if (typeof timer === 'number' || typeof timer === 'string') timer = timersById?.get(+timer);
  if (!timer || !timer._onTimeout) return;
  destroy(timer);
  timer._onTimeout = null;
  timer._idleTimeout = -1;
}

function clearInterval(timer) {
  clearTimeout(timer);
}

function Immediate(callback, args) {
  this._onImmediate = callback;
  if (args.length !== 0) this._argv = args;
  this._id = immediate(this);
}

function onImmediate(item) {
  item._destroyed = true;
  if (item._argv === undefined) item._onImmediate();
  else Reflect.apply(item._onImmediate, item, item._argv);
}

Immediate.prototype._argv = undefined;
Immediate.prototype._destroyed = false;
Immediate.prototype._isRefed = true;

Immediate.prototype.ref = function ref() {
  this._isRefed = true;
  native.immediateSetRef(this._id, true);
  return this;
};

Immediate.prototype.unref = function unref() {
  this._isRefed = false;
  native.immediateSetRef(this._id, false);
  return this;
};

Immediate.prototype.hasRef = function hasRef() {
  return this._isRefed && !this._destroyed;
};

Immediate.prototype[Symbol.dispose] = function() {
  clearImmediate(this);
};

/**
 * @param {Function} callback
 * @param {...any} args
 * @returns {Immediate}
 */
function setImmediate(callback, ...args) {
  if (typeof callback !== 'function') checkCallback(callback);
  return new Immediate(callback, args);
}

/** @param {Immediate} [item] */
function clearImmediate(item) {
  if (!item || !item._onImmediate || item._destroyed) return;
  native.clearImmediate(item._id);
  item._onImmediate = null;
  item._isRefed = false;
  item._destroyed = true;
}

native.setup(onTimeout, onImmediate);

// util.promisify(setTimeout) is the function of node:timers/promises.
function definePromisified(fn, name) {
  Object.defineProperty(fn, Symbol.for('nodejs.util.promisify.custom'), {
    __proto__: null,
    enumerable: true,
    get() { return require('timers/promises')[name]; },
  });
}
definePromisified(setTimeout, 'setTimeout');
definePromisified(setImmediate, 'setImmediate');

module.exports = { setTimeout, clearTimeout, setImmediate, clearImmediate, setInterval, clearInterval };
Object.defineProperty(module.exports, 'promises', {
  __proto__: null,
  configurable: true,
  enumerable: true,
  get() { return require('timers/promises'); },
});
