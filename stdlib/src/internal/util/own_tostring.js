'use strict';
// Does `%s` print an object by its own toString(), or by util.inspect()?
// API: https://nodejs.org/docs/latest-v24.x/api/util.html#utilformatformat-args ("an Object without a user defined
// toString function is inspected"). Binding: util.getProxyDetails.

const { getOwnPropertyDescriptor, getPrototypeOf } = Object;
const hasOwn = Object.prototype.hasOwnProperty;
const { classOf, CLASS } = require('internal/util/types');

/**
 * @param {object} value
 * @returns {boolean} true when toString or Symbol.toPrimitive comes from the program, not from the language
 */
function hasOwnToString(value) {
  if (classOf(value) === CLASS.proxy) {
    const target = require('internal/util/inspect_rare').proxyTarget(value);
    if (target === null) return false;
    value = target;
  }
  return isUserDefined(value, Symbol.toPrimitive) || isUserDefined(value, 'toString');
}

// Where the chain first has `key`: on a prototype whose constructor is built in, it is the language's.
function isUserDefined(value, key) {
  if (typeof value[key] !== 'function') return false;
  if (hasOwn.call(value, key)) return true;
  let object = value;
  do {
    object = getPrototypeOf(object);
    if (object === null) return false;
  } while (!hasOwn.call(object, key));
  const desc = getOwnPropertyDescriptor(object, 'constructor');
  return !(desc !== undefined && typeof desc.value === 'function' &&
    require('internal/util/inspect_rare').isBuiltIn(desc.value.name));
}

module.exports = { hasOwnToString };
