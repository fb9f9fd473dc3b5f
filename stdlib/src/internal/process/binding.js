'use strict';
// internal/process/binding: process.binding(), as much of it as packages on npm still ask for.
// API: https://nodejs.org/docs/latest-v24.x/api/deprecations.html#dep0111-processbinding
// Binding: none. Node's bindings are its own business and no two versions agree on them; what stands here is made of
// public API.

const { codes } = require('internal/errors');

// What process.binding('util') has of util.types.
const typeChecks = [
  'isAnyArrayBuffer', 'isArrayBuffer', 'isArrayBufferView', 'isAsyncFunction', 'isDataView', 'isDate', 'isExternal', 'isMap',
  'isMapIterator', 'isNativeError', 'isPromise', 'isRegExp', 'isSet', 'isSetIterator', 'isTypedArray', 'isUint8Array',
];

const makers = {
  __proto__: null,
  buffer() {
    const { constants, kMaxLength } = require('buffer');
    return { kMaxLength, kStringMaxLength: constants.MAX_STRING_LENGTH };
  },
  constants() {
    return { os: require('os').constants, fs: require('fs').constants, zlib: require('zlib').constants };
  },
  // The names count; the sources are not given away.
  natives() {
    const { builtinModules } = require('module');
    return Object.fromEntries(builtinModules.map((id) => [id, '']));
  },
  util() {
    const { types } = require('util');
    return Object.fromEntries(typeChecks.map((name) => [name, types[name]]));
  },
  uv() {
    const { getSystemErrorMap, getSystemErrorName } = require('util');
    const map = getSystemErrorMap();
    const uv = { errname: getSystemErrorName, getErrorMap: getSystemErrorMap };
    for (const [errno, [name]] of map) uv[`UV_${name}`] = errno;
    return uv;
  },
};

const made = new Map();

/**
 * @param {string} name
 * @returns {object}
 */
function internalBinding(name) {
  name = `${name}`;
  if (!made.has(name)) {
    if (makers[name] === undefined) throw new codes.ERR_INVALID_MODULE(name);
    made.set(name, makers[name]());
  }
  return made.get(name);
}

module.exports = { internalBinding };
