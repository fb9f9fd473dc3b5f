'use strict';

// internal/crypto/util: what arguments of the crypto functions may be.

const { codes } = require('internal/errors');

/**
 * The bytes of a string, view or ArrayBuffer.
 * @param {*} value
 * @param {string} name for the error
 * @param {string} [encoding] of a string
 */
function bytesOf(value, name, encoding) {
  if (typeof value === 'string') return Buffer.from(value, encoding === 'buffer' ? 'utf8' : encoding);
  if (ArrayBuffer.isView(value)) return value;
  if (require('internal/util/types').isAnyArrayBuffer(value)) return Buffer.from(value);
  throw new codes.ERR_INVALID_ARG_TYPE(name, ['ArrayBuffer', 'Buffer', 'TypedArray', 'DataView'], value);
}

/** The bytes of a secret: as bytesOf, or a KeyObject or CryptoKey. */
function secretOf(key, name, encoding) {
  if (typeof key === 'string' || ArrayBuffer.isView(key)) return bytesOf(key, name, encoding);
  if (key !== null && typeof key === 'object') {
    const { secretBytes } = require('internal/crypto/keys');
    const bytes = secretBytes(key);
    if (bytes !== undefined) return bytes;
    if (require('internal/util/types').isAnyArrayBuffer(key)) return Buffer.from(key);
  }
  throw new codes.ERR_INVALID_ARG_TYPE(
    name, ['ArrayBuffer', 'Buffer', 'TypedArray', 'DataView', 'string', 'KeyObject', 'CryptoKey'], key);
}

/** A result in the encoding that was asked for. */
function encoded(buffer, encoding) {
  return encoding && encoding !== 'buffer' ? buffer.toString(encoding) : buffer;
}

module.exports = { bytesOf, secretOf, encoded };
