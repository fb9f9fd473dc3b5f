'use strict';

// node:timers/promises: timers as promises and async iterators.
// API: https://nodejs.org/docs/latest-v24.x/api/timers.html#timers-promises-api

const { AbortError, codes } = require('internal/errors');
const timers = require('timers');
const { validateAbortSignal, validateBoolean, validateNumber, validateObject } = require('internal/validators');

const kScheduler = Symbol('kScheduler');

function checkOptions(options) {
  validateObject(options, 'options');
  if (options.signal !== undefined) validateAbortSignal(options.signal, 'options.signal');
  if (options.ref !== undefined) validateBoolean(options.ref, 'options.ref');
}

function abortError(signal) {
  return new AbortError(undefined, { cause: signal.reason });
}

// A promise of `value`. `arm(callback)` starts the timer and returns it; `clear(timer)` stops it when the signal aborts.
function promiseOf(arm, clear, value, { signal, ref = true }) {
  if (signal?.aborted) return Promise.reject(abortError(signal));
  return new Promise((resolve, reject) => {
    let onAbort;
    const timer = arm(() => {
      if (onAbort !== undefined) signal.removeEventListener('abort', onAbort);
      resolve(value);
    });
    if (!ref) timer.unref();
    if (signal === undefined) return;
    onAbort = () => {
      clear(timer);
      reject(abortError(signal));
    };
    const { kResistStopPropagation } = require('internal/event_target');
    signal.addEventListener('abort', onAbort, { __proto__: null, once: true, [kResistStopPropagation]: true });
  });
}

/**
 * @template T
 * @param {number} [delay] milliseconds
 * @param {T} [value]
 * @param {{ signal?: AbortSignal, ref?: boolean }} [options]
 * @returns {Promise<T>}
 */
function setTimeout(delay, value, options = {}) {
  try {
    if (delay !== undefined) validateNumber(delay, 'delay');
    checkOptions(options);
  } catch (error) {
    return Promise.reject(error);
  }
  return promiseOf((callback) => timers.setTimeout(callback, delay), timers.clearTimeout, value, options);
}

/**
 * @template T
 * @param {T} [value]
 * @param {{ signal?: AbortSignal, ref?: boolean }} [options]
 * @returns {Promise<T>}
 */
function setImmediate(value, options = {}) {
  try {
    checkOptions(options);
  } catch (error) {
    return Promise.reject(error);
  }
  return promiseOf(timers.setImmediate, timers.clearImmediate, value, options);
}

/**
 * Yields `value` at every expiry; expiries that nobody awaited are made up for.
 * @param {number} [delay] milliseconds
 * @param {any} [value]
 * @param {{ signal?: AbortSignal, ref?: boolean }} [options]
 */
async function* setInterval(delay, value, options = {}) {
  if (delay !== undefined) validateNumber(delay, 'delay');
  checkOptions(options);
  const { signal, ref = true } = options;
  if (signal?.aborted) throw abortError(signal);

  let wake;
  let due = 0;
  const interval = timers.setInterval(() => {
    due++;
    if (wake !== undefined) {
      wake();
      wake = undefined;
    }
  }, delay);
  if (!ref) interval.unref();
  const onAbort = () => {
    timers.clearInterval(interval);
    if (wake !== undefined) {
      wake(Promise.reject(abortError(signal)));
      wake = undefined;
    }
  };
  if (signal !== undefined) {
    const { kResistStopPropagation } = require('internal/event_target');
    signal.addEventListener('abort', onAbort, { __proto__: null, once: true, [kResistStopPropagation]: true });
  }
  try {
    while (!signal?.aborted) {
      if (due === 0) await new Promise((resolve) => { wake = resolve; });
      for (; due > 0; due--) yield value;
    }
    throw abortError(signal);
  } finally {
    timers.clearInterval(interval);
    signal?.removeEventListener('abort', onAbort);
  }
}

/** The scheduler of the web's draft, as far as Node has it. */
class Scheduler {
  constructor(token = undefined) {
    if (token !== kScheduler) throw new codes.ERR_ILLEGAL_CONSTRUCTOR();
    this[kScheduler] = true;
  }

  yield() {
    if (!this?.[kScheduler]) throw new codes.ERR_INVALID_THIS('Scheduler');
    return setImmediate();
  }

  /**
   * @param {number} delay milliseconds
   * @param {{ signal?: AbortSignal }} [options]
   */
  wait(delay, options = undefined) {
    if (!this?.[kScheduler]) throw new codes.ERR_INVALID_THIS('Scheduler');
    return setTimeout(delay, undefined, options);
  }
}

module.exports = { setTimeout, setImmediate, setInterval, scheduler: new Scheduler(kScheduler) };
