'use strict';

// internal/perf/timerify: a function that reports how long each of its calls took.
// API: https://nodejs.org/docs/latest-v24.x/api/perf_hooks.html#perf_hookstimerifyfn-options
// Binding: performance.now.

const { codes } = require('internal/errors');
const { PerformanceNodeEntry, notify } = require('internal/perf/entries');
const { validateFunction, validateObject } = require('internal/validators');
const { now } = binding('performance');

function report(name, start, histogram, args) {
  const duration = now() - start;
  if (histogram !== undefined) histogram.record(Math.max(1, Math.ceil(duration * 1e6)));
  const entry = new PerformanceNodeEntry(name, 'function', start, duration, args);
  for (let i = 0; i < args.length; i++) entry[i] = args[i];
  notify(entry);
}

/**
 * @template {Function} F
 * @param {F} fn
 * @param {{ histogram?: RecordableHistogram }} [options]
 * @returns {F}
 */
function timerify(fn, options = {}) {
  validateFunction(fn, 'fn');
  validateObject(options, 'options');
  const { histogram } = options;
  if (histogram !== undefined && typeof histogram?.record !== 'function') {
    throw new codes.ERR_INVALID_ARG_TYPE('options.histogram', 'RecordableHistogram', histogram);
  }
  function timerified(...args) {
    const start = now();
    const result = new.target ? Reflect.construct(fn, args, fn) : Reflect.apply(fn, this, args);
    if (!new.target && typeof result?.finally === 'function') {
      return result.finally(() => report(fn.name, start, histogram, args));
    }
    report(fn.name, start, histogram, args);
    return result;
  }
  return Object.defineProperties(timerified, {
    length: { __proto__: null, configurable: false, enumerable: true, value: fn.length },
    name: { __proto__: null, configurable: false, enumerable: true, value: `timerified ${fn.name}` },
  });
}

module.exports = { timerify };
