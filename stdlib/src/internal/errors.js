'use strict';

// internal/errors: the one place that Node's `ERR_*` errors and its system errors come from.
// API: https://nodejs.org/docs/latest-v24.x/api/errors.html
//
// Nearly every core module names `codes.ERR_X` when it loads, and nearly no program ever throws one. So this file holds
// names only: a code's constructor is made when it is first read (by the Proxy behind `codes`; from then on it is a plain
// property), and what makes the errors is loaded with the first error: errors/create.js, errors/system.js.

const kIsNodeError = Symbol('kIsNodeError');

function constructorFor(code, base) {
  return function NodeError(...args) {
    return require('internal/errors/create').create(code, args, base);
  };
}

/**
 * Node's error codes: `new codes.ERR_INVALID_ARG_TYPE(name, expected, value)`. A constructor's `TypeError` and
 * `RangeError` properties make the same error with another class.
 * @type {Record<string, new (...args: any[]) => Error & { code: string }>}
 */
const codes = Object.create(new Proxy({ __proto__: null }, {
  get(target, code, receiver) {
    if (typeof code !== 'string' || !code.startsWith('ERR_')) return undefined;
    const constructor = constructorFor(code);
    constructor.TypeError = constructorFor(code, 'TypeError');
    constructor.RangeError = constructorFor(code, 'RangeError');
    Object.defineProperty(receiver, code, { value: constructor, enumerable: true });
    return constructor;
  },
}));

/** What an aborted operation rejects with. */
class AbortError extends Error {
  constructor(message = 'The operation was aborted', options = undefined) {
    if (options !== undefined && typeof options !== 'object') {
      throw new codes.ERR_INVALID_ARG_TYPE('options', 'Object', options);
    }
    super(message, options);
    this.code = 'ABORT_ERR';
    this.name = 'AbortError';
  }
}

/** Marks a function whose frames Node leaves out of traces. Ours stay: errors are thrown by the frame that finds them. */
function hideStackFrames(fn) {
  fn.withoutStackTrace = fn;
  return fn;
}

function isErrorLike(value) {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, 'message');
}

/** A plain Error with extra own properties. */
function genericNodeError(message, properties) {
  return Object.assign(new Error(message), properties);
}

/** "Received undefined", "Received type string ('x')", "Received an instance of Foo", "Received function f". */
function formatReceived(value) {
  return `Received ${require('internal/errors/create').determineSpecificType(value)}`;
}

module.exports = {
  AbortError,
  codes,
  formatReceived,
  genericNodeError,
  hideStackFrames,
  isErrorLike,
  kIsNodeError,
};

// What stands in a file of its own is loaded with its first call.
function forward(id, names) {
  for (let i = 0; i < names.length; i++) {
    const name = names[i];
    module.exports[name] = (...args) => require(id)[name](...args);
  }
}

function forwardClass(id, name) {
  Object.defineProperty(module.exports, name, { enumerable: true, get() { return require(id)[name]; } });
}

forward('internal/errors/create', ['determineSpecificType']);
forward('internal/errors/system', [
  'aggregateTwoErrors', 'connResetException', 'dnsException', 'errnoException', 'exceptionWithHostPort',
  'getSystemErrorMessage', 'getSystemErrorName', 'uvErrmapGet', 'uvException',
]);
forwardClass('internal/errors/create', 'SystemError');
forwardClass('internal/errors/system', 'NodeAggregateError');
