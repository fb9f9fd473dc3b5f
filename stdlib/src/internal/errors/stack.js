'use strict';
// internal/errors/stack: the function that stands as Error.prepareStackTrace until a program has its own.
// API: https://v8.dev/docs/stack-trace-api
//
// The engine writes the same text without it, and calls it never; programs may.

const { toString } = Error.prototype;

/**
 * @param {Error} error
 * @param {object[]} trace call sites
 * @returns {string}
 */
function prepareStackTrace(error, trace) {
  const head = Reflect.apply(toString, error, []);
  return trace.length === 0 ? head : `${head}\n    at ${Array.prototype.join.call(trace, '\n    at ')}`;
}

module.exports = { prepareStackTrace };
