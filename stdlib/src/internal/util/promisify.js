'use strict';

// internal/util/promisify: util.promisify(), which makes a promise-returning function of a callback-style one.
// API: https://nodejs.org/docs/latest-v24.x/api/util.html#utilpromisifyoriginal

const { customPromisifyArgs } = require('internal/util');
const { isPromise } = require('internal/util/types');
const { validateFunction } = require('internal/validators');

const kCustomPromisify = Symbol.for('nodejs.util.promisify.custom');

function promisify(original) {
  validateFunction(original, 'original');
  const custom = original[kCustomPromisify];
  if (custom) {
    validateFunction(custom, 'util.promisify.custom');
    return Object.defineProperty(custom, kCustomPromisify, { __proto__: null, value: custom, configurable: true });
  }
  const valueNames = original[customPromisifyArgs];

  function fn(...args) {
    return new Promise((resolve, reject) => {
      const result = Reflect.apply(original, this, [...args, (error, ...values) => {
        if (error) return reject(error);
        if (valueNames === undefined || values.length < 2) return resolve(values[0]);
        const named = {};
        for (let i = 0; i < valueNames.length; i++) named[valueNames[i]] = values[i];
        resolve(named);
      }]);
      if (isPromise(result)) {
        process.emitWarning('Calling promisify on a function that returns a Promise is likely a mistake.',
                            'DeprecationWarning', 'DEP0174');
      }
    });
  }
  Object.setPrototypeOf(fn, Object.getPrototypeOf(original));
  Object.defineProperty(fn, kCustomPromisify, { __proto__: null, value: fn, configurable: true });
  const descriptors = Object.getOwnPropertyDescriptors(original);
  const keys = Reflect.ownKeys(descriptors);
  for (let i = 0; i < keys.length; i++) Object.setPrototypeOf(descriptors[keys[i]], null);
  return Object.defineProperties(fn, descriptors);
}

module.exports = { promisify };
