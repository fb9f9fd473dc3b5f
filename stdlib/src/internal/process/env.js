'use strict';
// process.env: an object whose values are always strings and whose changes reach the process.
// API: https://nodejs.org/docs/latest-v24.x/api/process.html#processenv
// Binding `process`: environ, setEnv, unsetEnv.

const native = binding('process');

function text(value) {
  if (typeof value === 'symbol') throw new TypeError('Cannot convert a Symbol value to a string');
  return `${value}`;
}

let warned = false;
function warnOfType() {
  if (warned || !isPending()) return;
  warned = true;
  process.emitWarning('Assigning any value other than a string, number, or boolean to a process.env property is ' +
    'deprecated. Please make sure to convert the value to a string before setting process.env with it.',
                      'DeprecationWarning', 'DEP0104');
}

function isPending() {
  return process.execArgv.includes('--pending-deprecation') || process.env.NODE_PENDING_DEPRECATION === '1';
}

exports.createEnv = function createEnv() {
  const values = native.environ();
  return new Proxy(values, {
    __proto__: null,
    set(target, key, value) {
      key = text(key);
      const type = typeof value;
      if (type !== 'string' && type !== 'number' && type !== 'boolean') warnOfType();
      value = text(value);
      target[key] = value;
      native.setEnv(key, value);
      return true;
    },
    defineProperty(target, key, descriptor) {
      if ('get' in descriptor || 'set' in descriptor) {
        throw invalid('\'process.env\' does not accept an accessor(getter/setter) descriptor');
      }
      if (!descriptor.configurable || !descriptor.writable || !descriptor.enumerable) {
        throw invalid('\'process.env\' only accepts a configurable, writable, and enumerable data descriptor');
      }
      key = text(key);
      const value = text(descriptor.value);
      target[key] = value;
      native.setEnv(key, value);
      return true;
    },
    deleteProperty(target, key) {
      if (typeof key === 'symbol') return true;
      delete target[key];
      native.unsetEnv(key);
      return true;
    },
  });
};

function invalid(message) {
  const err = new TypeError(message);
  err.code = 'ERR_INVALID_OBJECT_DEFINE_PROPERTY';
  err.stack = err.stack.replace('TypeError', `TypeError [${err.code}]`);
  return err;
}
