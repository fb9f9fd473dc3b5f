'use strict';

// internal/util: small helpers without a better home. The larger ones stand in internal/util/.
// API: https://nodejs.org/docs/latest-v24.x/api/util.html

const { isErrorLike } = require('internal/errors');

const customInspectSymbol = Symbol.for('nodejs.util.inspect.custom');
// On a callback-style function: names of the callback's values, which promisify() gathers into one object.
const customPromisifyArgs = Symbol('customPromisifyArgs');

const kEmptyObject = Object.freeze({ __proto__: null });
const kEnumerableProperty = { __proto__: null, enumerable: true };

/**
 * The plain name of an encoding, or undefined if it is none. Nothing at all means utf8.
 * @param {string} [encoding]
 */
function normalizeEncoding(encoding) {
  switch (encoding) {
    case 'utf8': case 'utf-8': case undefined: case null: case '': return 'utf8';
    case 'latin1': case 'binary': return 'latin1';
    case 'hex': case 'base64': case 'base64url': case 'ascii': return encoding;
    case 'utf16le': case 'utf-16le': case 'ucs2': case 'ucs-2': return 'utf16le';
    default: {
      const lower = `${encoding}`.toLowerCase();
      return lower === encoding ? undefined : normalizeEncoding(lower);
    }
  }
}

function assignFunctionName(name, fn) {
  const text = typeof name === 'symbol' ? `[${name.description}]` : name;
  return Object.defineProperty(fn, 'name', { __proto__: null, value: text, configurable: true });
}

/** fn, but it runs only the first time. */
function once(fn) {
  let called = false;
  return function(...args) {
    if (called) return undefined;
    called = true;
    return Reflect.apply(fn, this, args);
  };
}

/** fn's first result, every time. */
function getLazy(fn) {
  let value;
  let isSet = false;
  return () => {
    if (!isSet) {
      value = fn();
      isSet = true;
    }
    return value;
  };
}

/** Properties of target that load module `id` when they are read, and can be overwritten. They stay accessors. */
function defineLazyProperties(target, id, keys, enumerable = true) {
  for (let i = 0; i < keys.length; i++) {
    const key = keys[i];
    // A getter that redefined its own property would leave the engine's inline cache wrong: it stays an accessor.
    let made = false;
    let kept;
    const set = (value) => {
      made = true;
      kept = value;
    };
    const get = () => {
      if (!made) set(require(id)[key]);
      return kept;
    };
    assignFunctionName(key, get);
    assignFunctionName(key, set);
    Object.defineProperty(target, key, { __proto__: null, get, set, enumerable, configurable: true });
  }
}

function lazyDOMExceptionClass() {
  return require('internal/dom_exception').DOMException;
}

/** A new DOMException; `name` may be `{ name, cause }`. */
function lazyDOMException(message, name) {
  return new (lazyDOMExceptionClass())(message, name);
}

function promisify(original) {
  return require('internal/util/promisify').promisify(original);
}
promisify.custom = Symbol.for('nodejs.util.promisify.custom');

function deprecate(...args) {
  return require('internal/util/deprecate').deprecate(...args);
}

function pendingDeprecate(...args) {
  return require('internal/util/deprecate').pendingDeprecate(...args);
}

function emitExperimentalWarning(feature, messagePrefix) {
  require('internal/util/deprecate').emitExperimentalWarning(feature, messagePrefix);
}

/** Removes list[index]; cheaper than splice(). */
function spliceOne(list, index) {
  for (; index + 1 < list.length; index++) list[index] = list[index + 1];
  list.pop();
}

function toUSVString(value) {
  return `${value}`.toWellFormed();
}

/** Blocks the thread. */
function sleep(milliseconds) {
  require('internal/validators').validateUint32(milliseconds, 'msec');
  binding('process').sleep(milliseconds);
}

/** The name of the nearest constructor on the prototype chain, or undefined. */
function getConstructorName(object) {
  for (let at = object; at !== null && at !== undefined; at = Object.getPrototypeOf(at)) {
    const descriptor = Object.getOwnPropertyDescriptor(at, 'constructor');
    if (descriptor !== undefined && typeof descriptor.value === 'function' && descriptor.value.name !== '') {
      return descriptor.value.name;
    }
  }
  return undefined;
}


module.exports = {
  assignFunctionName,
  customInspectSymbol,
  customPromisifyArgs,
  defineLazyProperties,
  deprecate,
  emitExperimentalWarning,
  getConstructorName,
  getLazy,
  isErrorLike,
  isWindows: process.platform === 'win32',
  kEmptyObject,
  kEnumerableProperty,
  lazyDOMException,
  lazyDOMExceptionClass,
  normalizeEncoding,
  once,
  pendingDeprecate,
  promisify,
  sleep,
  spliceOne,
  toUSVString,
};
Object.defineProperty(module.exports, 'DOMException', { __proto__: null, enumerable: true, get: lazyDOMExceptionClass });
