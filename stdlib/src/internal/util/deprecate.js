'use strict';

// internal/util/deprecate: util.deprecate() and its kin: functions that warn when they are first called.
// API: https://nodejs.org/docs/latest-v24.x/api/util.html#utildeprecatefn-msg-code-options

const warnedCodes = new Set();

// A function that gives the warning the first time it is called; with a code, once for all functions of that code.
function deprecationWarner(message, code) {
  let warned = false;
  return (target) => {
    if (warned) return;
    warned = true;
    if (code === undefined) {
      process.emitWarning(message, 'DeprecationWarning', undefined, target);
    } else if (!warnedCodes.has(code)) {
      warnedCodes.add(code);
      process.emitWarning(message, 'DeprecationWarning', code, target);
    }
  };
}

function deprecate(fn, message, code, { modifyPrototype = true } = {}) {
  if (code !== undefined) require('internal/validators').validateString(code, 'code');
  if (process.noDeprecation === true) return fn;
  const warn = deprecationWarner(message, code);

  function deprecated(...args) {
    if (!process.noDeprecation) warn(deprecated);
    return new.target ? Reflect.construct(fn, args, new.target) : Reflect.apply(fn, this, args);
  }
  if (modifyPrototype) {
    // instanceof works for the old class and for the deprecated one.
    Object.setPrototypeOf(deprecated, fn);
    if (fn.prototype) deprecated.prototype = fn.prototype;
  }
  return Object.defineProperty(deprecated, 'length', {
    __proto__: null, ...Object.getOwnPropertyDescriptor(fn, 'length'),
  });
}

/** A method whose deprecation is documented only, unless --pending-deprecation is given. */
function pendingDeprecate(fn, message, code) {
  const warn = deprecationWarner(message, code);
  function deprecated(...args) {
    if (process.execArgv.includes('--pending-deprecation')) warn(deprecated);
    return Reflect.apply(fn, this, args);
  }
  return Object.defineProperty(deprecated, 'length', {
    __proto__: null, ...Object.getOwnPropertyDescriptor(fn, 'length'),
  });
}

const experimentalWarnings = new Set();

function emitExperimentalWarning(feature, messagePrefix) {
  if (experimentalWarnings.has(feature)) return;
  experimentalWarnings.add(feature);
  const text = `${feature} is an experimental feature and might change at any time`;
  process.emitWarning(messagePrefix ? messagePrefix + text : text, 'ExperimentalWarning');
}

module.exports = { deprecate, emitExperimentalWarning, pendingDeprecate };
