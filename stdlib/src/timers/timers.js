'use strict';

// node:timers: setTimeout() and its kin. The event loop keeps the timers; this file has the objects that programs see.
// API: https://nodejs.org/docs/latest-v24.x/api/timers.html
// Binding: timers. An id is a number that is never used again; a call with the id of a timer that is gone does nothing.
//   setCallbacks(processTimer, processImmediate)   what the loop calls, once per expiry
//   start(timeout, delayMs, isRefed) -> id         the timer is gone when processTimer() has returned ...
//   again(id, delayMs) -> boolean                  ... unless this was called; also restarts one that runs; false: gone
//   stop(id), setRef(id, isRefed), find(id) -> timeout | undefined
//   immediate(immediate) -> id, clearImmediate(id), immediateRef(id, isRefed)

const { codes } = require('internal/errors');
const { start, again, stop, find, setRef, immediate, clearImmediate: dropImmediate, immediateRef, setCallbacks } =
  binding('timers');

const TIMEOUT_MAX = 2 ** 31 - 1;

// What every timer starts with stands on the prototypes: a timer has own properties only for what differs.
function Timeout(callback, delay, repeat, args) {
  if (!(delay >= 1 && delay <= TIMEOUT_MAX)) delay = checkDelay(delay);
  this._idleTimeout = delay;
  this._onTimeout = callback;
  if (repeat) this._repeat = delay;
  if (args.length !== 0) this._timerArgs = args;
  this._id = start(this, delay, true);
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

// One expiry. An exception passes on to the loop, and an interval goes on nevertheless.
function processTimer(timer) {
  if (timer._onTimeout === null) return;
  if (timer._repeat === null) timer._destroyed = true;
  try {
    if (timer._timerArgs === undefined) timer._onTimeout();
    else Reflect.apply(timer._onTimeout, timer, timer._timerArgs);
  } finally {
    if (timer._repeat !== null) repeatTimer(timer);
  }
}

function repeatTimer(timer) {
  if (timer._idleTimeout === -1 || timer._onTimeout === null) {
    timer._destroyed = true;
    return;
  }
  timer._idleTimeout = timer._repeat;
  timer._destroyed = false;
  again(timer._id, timer._repeat);
}

Timeout.prototype._idleTimeout = -1;
Timeout.prototype._repeat = null;
Timeout.prototype._timerArgs = undefined;
Timeout.prototype._destroyed = false;
Timeout.prototype._isRefed = true;

/** Starts anew, also after it has fired. */
Timeout.prototype.refresh = function refresh() {
  if (this._onTimeout === null) return this;
  this._destroyed = false;
  if (!again(this._id, this._idleTimeout)) this._id = start(this, this._idleTimeout, this._isRefed);
  return this;
};

Timeout.prototype.ref = function ref() {
  this._isRefed = true;
  setRef(this._id, true);
  return this;
};

Timeout.prototype.unref = function unref() {
  this._isRefed = false;
  setRef(this._id, false);
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
  if (typeof timer === 'number' || typeof timer === 'string') timer = find(+timer);
  if (timer === null || timer === undefined || !timer._onTimeout) return;
  stop(timer._id);
  timer._onTimeout = null;
  timer._idleTimeout = -1;
  timer._destroyed = true;
}

function clearInterval(timer) {
  clearTimeout(timer);
}

function Immediate(callback, args) {
  this._onImmediate = callback;
  if (args.length !== 0) this._argv = args;
  this._id = immediate(this);
}

function processImmediate(item) {
  if (item._onImmediate === null) return;
  item._destroyed = true;
  if (item._argv === undefined) item._onImmediate();
  else Reflect.apply(item._onImmediate, item, item._argv);
}

Immediate.prototype._argv = undefined;
Immediate.prototype._destroyed = false;
Immediate.prototype._isRefed = true;

Immediate.prototype.ref = function ref() {
  this._isRefed = true;
  immediateRef(this._id, true);
  return this;
};

Immediate.prototype.unref = function unref() {
  this._isRefed = false;
  immediateRef(this._id, false);
  return this;
};

Immediate.prototype.hasRef = function hasRef() {
  return this._isRefed;
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
  dropImmediate(item._id);
  item._onImmediate = null;
  item._destroyed = true;
}

setCallbacks(processTimer, processImmediate);

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
