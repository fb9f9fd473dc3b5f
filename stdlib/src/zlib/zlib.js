'use strict';

// node:zlib: compression with zlib, gzip and Brotli.
// API: https://nodejs.org/docs/latest-v24.x/api/zlib.html
// Binding zlib: crc32. Streams are in internal/zlib/streams, functions of one call in internal/zlib/one_shot, the numbers
// in internal/zlib/constants; the latter two are loaded when first used.

const native = binding('zlib');
const streams = require('internal/zlib/streams');
const { constants, codes } = require('internal/zlib/constants');

function oneShot() { return require('internal/zlib/one_shot'); }

/**
 * The CRC-32 checksum of data, going on from `value`.
 * @param {string|ArrayBufferView} data
 * @param {number} [value]
 * @returns {number}
 */
function crc32(data, value = 0) {
  if (typeof data !== 'string' && !ArrayBuffer.isView(data)) {
    const { codes: errorCodes } = require('internal/errors');
    throw new errorCodes.ERR_INVALID_ARG_TYPE('data', ['Buffer', 'TypedArray', 'DataView', 'string'], data);
  }
  require('internal/validators').validateUint32(value, 'value');
  return native.crc32(data, value);
}

const kinds = ['Deflate', 'Inflate', 'Gzip', 'Gunzip', 'DeflateRaw', 'InflateRaw', 'Unzip', 'BrotliCompress',
               'BrotliDecompress'];

module.exports = { crc32 };
for (let i = 0; i < kinds.length; i++) {
  const kind = kinds[i];
  module.exports[kind] = streams[kind];
}
for (let i = 0; i < kinds.length; i++) {
  const kind = kinds[i];
  const name = kind[0].toLowerCase() + kind.slice(1);
  module.exports[name] = function(buffer, options, callback) { return oneShot().run(kind, buffer, options, callback); };
  module.exports[`${name}Sync`] = function(buffer, options) { return oneShot().runSync(kind, buffer, options); };
  Object.defineProperty(module.exports[name], 'name', { __proto__: null, value: name, configurable: true });
  Object.defineProperty(module.exports[`${name}Sync`], 'name', { __proto__: null, value: `${name}Sync`, configurable: true });
  Object.defineProperty(module.exports, `create${kind}`, {
    __proto__: null, configurable: true, enumerable: true,
    value: (options) => new streams[kind](options),
  });
}
Object.defineProperty(module.exports, 'constants', { __proto__: null, enumerable: true, value: constants });
Object.defineProperty(module.exports, 'codes', { __proto__: null, enumerable: true, value: codes });
// The old names of zlib's own constants, without Brotli's.
for (const name of Object.keys(constants)) {
  if (name.startsWith('Z_')) {
    Object.defineProperty(module.exports, name, { __proto__: null, value: constants[name], enumerable: false });
  }
}
