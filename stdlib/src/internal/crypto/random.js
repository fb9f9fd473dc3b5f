'use strict';

// internal/crypto/random: random bytes, numbers, identifiers; comparing in constant time.
// API: https://nodejs.org/docs/latest-v24.x/api/crypto.html#cryptorandombytessize-callback
// Binding crypto: randomFill, timingSafeEqual. The system gives randomness without blocking, so the functions with a
// callback fill at once and call back later.

const native = binding('crypto');
const { codes } = require('internal/errors');
const { validateFunction, validateNumber } = require('internal/validators');

const MAX_BYTES = 2 ** 31 - 1;
const MAX_RANGE = 2 ** 48 - 1;

function randomBytes(size, callback) {
  validateNumber(size, 'size', 0, MAX_BYTES);
  if (callback !== undefined) validateFunction(callback, 'callback');
  const buffer = native.randomFill(Buffer.allocUnsafeSlow(size));
  if (callback === undefined) return buffer;
  setImmediate(callback, null, buffer);
  return undefined;
}

// The part of a view or buffer that offset and size name (in elements), as bytes.
function part(buffer, offset, size) {
  if (!ArrayBuffer.isView(buffer) && !require('internal/util/types').isAnyArrayBuffer(buffer)) {
    throw new codes.ERR_INVALID_ARG_TYPE('buf', ['ArrayBuffer', 'ArrayBufferView'], buffer);
  }
  const width = buffer.BYTES_PER_ELEMENT || 1;
  const limit = buffer.length === undefined ? buffer.byteLength : buffer.length;
  if (offset === undefined) offset = 0;
  validateNumber(offset, 'offset');
  if (!(offset >= 0 && offset <= Math.min(limit, MAX_BYTES))) {
    throw new codes.ERR_OUT_OF_RANGE('offset', `>= 0 && <= ${Math.min(limit, MAX_BYTES)}`, offset);
  }
  if (size === undefined) size = limit - offset;
  validateNumber(size, 'size');
  if (!(size >= 0 && size <= MAX_BYTES)) throw new codes.ERR_OUT_OF_RANGE('size', `>= 0 && <= ${MAX_BYTES}`, size);
  if (size + offset > limit) throw new codes.ERR_OUT_OF_RANGE('size + offset', `<= ${limit}`, size + offset);
  return new Uint8Array(buffer.buffer || buffer, (buffer.byteOffset || 0) + offset * width, size * width);
}

function randomFillSync(buffer, offset, size) {
  native.randomFill(part(buffer, offset, size));
  return buffer;
}

function randomFill(buffer, offset, size, callback) {
  if (typeof offset === 'function') {
    callback = offset;
    offset = size = undefined;
  } else if (typeof size === 'function') {
    callback = size;
    size = undefined;
  } else {
    validateFunction(callback, 'callback');
  }
  native.randomFill(part(buffer, offset, size));
  setImmediate(callback, null, buffer);
}

/**
 * A whole number with min <= n < max, each as likely.
 */
function randomInt(min, max, callback) {
  if (max === undefined || typeof max === 'function') {
    callback = max;
    max = min;
    min = 0;
  }
  if (callback !== undefined) validateFunction(callback, 'callback');
  if (!Number.isSafeInteger(min)) throw new codes.ERR_INVALID_ARG_TYPE('min', 'a safe integer', min);
  if (!Number.isSafeInteger(max)) throw new codes.ERR_INVALID_ARG_TYPE('max', 'a safe integer', max);
  if (max <= min) {
    throw new codes.ERR_OUT_OF_RANGE('max', `greater than the value of "min" (${min})`, max);
  }
  const range = max - min;
  if (!(range <= MAX_RANGE)) throw new codes.ERR_OUT_OF_RANGE(max === range ? 'max' : 'max - min', `<= ${MAX_RANGE}`, range);
  // Numbers beyond the last whole multiple of the range would make small ones likelier.
  const limit = MAX_RANGE + 1 - ((MAX_RANGE + 1) % range);
  const bytes = Buffer.allocUnsafe(6);
  let n;
  do n = native.randomFill(bytes).readUIntBE(0, 6); while (n >= limit);
  const result = (n % range) + min;
  if (callback === undefined) return result;
  process.nextTick(callback, undefined, result);
  return undefined;
}

/** A version 4 UUID (RFC 9562). */
function randomUUID(options) {
  if (options !== undefined) {
    const { validateObject, validateBoolean } = require('internal/validators');
    validateObject(options, 'options');
    if (options.disableEntropyCache !== undefined) {
      validateBoolean(options.disableEntropyCache, 'options.disableEntropyCache');
    }
  }
  const bytes = native.randomFill(Buffer.allocUnsafe(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = bytes.toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

function comparable(value, name) {
  if (ArrayBuffer.isView(value)) return value;
  if (require('internal/util/types').isAnyArrayBuffer(value)) return new Uint8Array(value);
  throw new codes.ERR_INVALID_ARG_TYPE(name, ['ArrayBuffer', 'Buffer', 'TypedArray', 'DataView'], value);
}

function timingSafeEqual(a, b) {
  a = comparable(a, 'buf1');
  b = comparable(b, 'buf2');
  if (a.byteLength !== b.byteLength) throw new codes.ERR_CRYPTO_TIMING_SAFE_EQUAL_LENGTH();
  return native.timingSafeEqual(a, b);
}

module.exports = {
  randomBytes, pseudoRandomBytes: randomBytes, prng: randomBytes, rng: randomBytes, randomFill, randomFillSync, randomInt,
  randomUUID, timingSafeEqual,
};
