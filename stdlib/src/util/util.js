'use strict';
// node:util: helpers for values, callbacks, text and deprecations.
// API: https://nodejs.org/docs/latest-v24.x/api/util.html
// Binding: none here. Everything but the smallest helpers loads its file at the first use.

const { formatArgs } = require('internal/util/format');

function format(...args) {
  return formatArgs(undefined, args);
}

function formatWithOptions(inspectOptions, ...args) {
  return require('internal/util/format').formatWithOptions(inspectOptions, ...args);
}

function inherits(constructor, superConstructor) {
  const { codes } = require('internal/errors');
  if (constructor === undefined || constructor === null) {
    throw new codes.ERR_INVALID_ARG_TYPE('ctor', 'Function', constructor);
  }
  if (superConstructor === undefined || superConstructor === null) {
    throw new codes.ERR_INVALID_ARG_TYPE('superCtor', 'Function', superConstructor);
  }
  if (superConstructor.prototype === undefined) {
    throw new codes.ERR_INVALID_ARG_TYPE('superCtor.prototype', 'Object', superConstructor.prototype);
  }
  Object.defineProperty(constructor, 'super_', {
    __proto__: null, value: superConstructor, writable: true, configurable: true,
  });
  Object.setPrototypeOf(constructor.prototype, superConstructor.prototype);
}

function _extend(target, source) {
  if (source === null || typeof source !== 'object') return target;
  for (const key of Object.keys(source)) target[key] = source[key];
  return target;
}

function isArray(value) {
  return Array.isArray(value);
}

function isDeepStrictEqual(a, b, options) {
  return require('internal/util/comparisons').isDeepStrictEqual(a, b, options);
}

function stripVTControlCharacters(text) {
  return require('internal/util/strwidth').stripVTControlCharacters(text);
}

function toUSVString(value) {
  return `${value}`.toWellFormed();
}

function parseEnv(content) {
  require('internal/validators').validateString(content, 'content');
  return binding('util').parseEnv(content);
}

function callbackify(original) {
  return require('internal/util/callbackify').callbackify(original);
}

function debuglog(section, callback) {
  return require('internal/util/debuglog').debuglog(section, callback);
}

function deprecate(fn, message, code, options) {
  return require('internal/util/deprecate').deprecate(fn, message, code, options);
}

function styleText(style, text, options) {
  return require('internal/util/style_text').styleText(style, text, options);
}

function parseArgs(config) {
  return require('internal/util/parse_args').parseArgs(config);
}

function getCallSites(frameCount, options) {
  return require('internal/util/call_sites').callSitesAbove(getCallSites, frameCount, options);
}

function diff(actual, expected) {
  return require('internal/util/diff').diff(actual, expected);
}

async function aborted(signal, resource) {
  return require('internal/util/aborted').aborted(signal, resource);
}

function getSystemErrorName(number) {
  const errors = require('internal/errors');
  checkErrno(number);
  return errors.getSystemErrorName(number);
}

function getSystemErrorMessage(number) {
  checkErrno(number);
  return require('internal/errors').getSystemErrorMessage(number);
}

function checkErrno(number) {
  const { codes } = require('internal/errors');
  if (typeof number !== 'number') throw new codes.ERR_INVALID_ARG_TYPE('err', 'number', number);
  if (number >= 0 || !Number.isSafeInteger(number)) throw new codes.ERR_OUT_OF_RANGE('err', 'a negative integer', number);
}

function getSystemErrorMap() {
  return require('internal/errors/errno').getMap();
}

function convertProcessSignalToExitCode(signal) {
  const { signals } = require('os').constants;
  const number = typeof signal === 'string' && Object.hasOwn(signals, signal) ? signals[signal] : undefined;
  if (number === undefined) {
    const { codes } = require('internal/errors');
    throw new codes.ERR_INVALID_ARG_VALUE('signal', signal, 'must be one of: ' + Object.keys(signals).join(', '));
  }
  return 128 + number;
}

function transferableAbortSignal(signal) {
  return require('internal/abort_controller').transferableAbortSignal(signal);
}

function transferableAbortController() {
  return require('internal/abort_controller').transferableAbortController();
}

function setTraceSigInt(enable) {
  require('internal/validators').validateBoolean(enable, 'enable');
}

function _errnoException(...args) {
  return require('internal/errors').errnoException(...args);
}

function _exceptionWithHostPort(...args) {
  return require('internal/errors').exceptionWithHostPort(...args);
}

module.exports = {
  _errnoException, _exceptionWithHostPort, _extend, aborted, callbackify, convertProcessSignalToExitCode,
  debug: debuglog, debuglog, deprecate, diff, format, formatWithOptions, getCallSites, getSystemErrorMap,
  getSystemErrorMessage, getSystemErrorName, inherits, isArray, isDeepStrictEqual, parseArgs, parseEnv, setTraceSigInt,
  stripVTControlCharacters, styleText, toUSVString, transferableAbortController, transferableAbortSignal,
};

// Values with an identity of their own, loaded when first read. The accessor stays: an engine's inline cache may outlive
// a getter that replaces itself.
function lazy(name, id, key = name) {
  let value;
  Object.defineProperty(module.exports, name, {
    __proto__: null,
    configurable: true,
    enumerable: true,
    get() {
      return value ??= key === null ? require(id) : require(id)[key];
    },
    set(other) {
      value = other;
    },
  });
}
lazy('inspect', 'internal/util/inspect');
lazy('promisify', 'internal/util');
lazy('types', 'internal/util/types', null);
lazy('TextDecoder', 'internal/encoding');
lazy('TextEncoder', 'internal/encoding');
lazy('MIMEType', 'internal/util/mime');
lazy('MIMEParams', 'internal/util/mime');

// What Node deprecates at run time and code in the wild still calls.
deprecated('_extend', 'The `util._extend` API is deprecated. Please use Object.assign() instead.', 'DEP0060');
deprecated('isArray', 'The `util.isArray` API is deprecated. Please use `Array.isArray()` instead.', 'DEP0044');

function deprecated(name, message, code) {
  const plain = module.exports[name];
  let warned = false;
  module.exports[name] = {
    [name](first, second) {
      if (!warned) {
        warned = true;
        if (process.noDeprecation !== true) process.emitWarning(message, 'DeprecationWarning', code);
      }
      return plain(first, second);
    },
  }[name];
}
