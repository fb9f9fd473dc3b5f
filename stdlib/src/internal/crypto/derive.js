'use strict';

// internal/crypto/derive: PBKDF2, scrypt and HKDF.
// API: https://nodejs.org/docs/latest-v24.x/api/crypto.html#cryptopbkdf2password-salt-iterations-keylen-digest-callback
// Binding crypto: pbkdf2, pbkdf2Sync, scrypt, scryptSync, hkdfSync, digestLength.

const native = binding('crypto');
const { codes } = require('internal/errors');
const { validateFunction, validateInteger, validateString, validateInt32, validateUint32 } = require('internal/validators');
const { bytesOf, secretOf } = require('internal/crypto/util');

function secretArgument(value, name) {
  if (typeof value === 'string') return Buffer.from(value);
  return checkedBytes(value, name);
}

function checkedBytes(value, name) {
  if (ArrayBuffer.isView(value) || require('internal/util/types').isAnyArrayBuffer(value)) return bytesOf(value, name);
  throw new codes.ERR_INVALID_ARG_TYPE(name, ['string', 'ArrayBuffer', 'Buffer', 'TypedArray', 'DataView'], value);
}

function pbkdf2Arguments(password, salt, iterations, keylen, digest) {
  validateString(digest, 'digest');
  password = secretArgument(password, 'password');
  salt = secretArgument(salt, 'salt');
  validateInt32(iterations, 'iterations', 1);
  validateInt32(keylen, 'keylen', 0);
  if (native.digestLength(digest) === undefined) throw new codes.ERR_CRYPTO_INVALID_DIGEST(digest);
  return [password, salt, iterations, keylen, digest];
}

function pbkdf2(password, salt, iterations, keylen, digest, callback) {
  if (typeof digest === 'function') {
    callback = digest;
    digest = undefined;
  }
  const args = pbkdf2Arguments(password, salt, iterations, keylen, digest);
  validateFunction(callback, 'callback');
  native.pbkdf2(args[0], args[1], args[2], args[3], args[4], callback);
}

function pbkdf2Sync(password, salt, iterations, keylen, digest) {
  const args = pbkdf2Arguments(password, salt, iterations, keylen, digest);
  return native.pbkdf2Sync(args[0], args[1], args[2], args[3], args[4]);
}

function either(options, long, short, fallback) {
  const hasLong = options[long] !== undefined;
  const hasShort = options[short] !== undefined;
  if (hasLong && hasShort) throw new codes.ERR_INCOMPATIBLE_OPTION_PAIR(`"${short}"`, `"${long}"`);
  const value = hasLong ? options[long] : options[short];
  if (value === undefined) return fallback;
  return value;
}

function scryptArguments(password, salt, keylen, options) {
  password = secretArgument(password, 'password');
  salt = secretArgument(salt, 'salt');
  validateInt32(keylen, 'keylen', 0);
  options ||= {};
  const n = either(options, 'cost', 'N', 16384);
  const r = either(options, 'blockSize', 'r', 8);
  const p = either(options, 'parallelization', 'p', 1);
  validateUint32(n, options.cost === undefined ? 'N' : 'cost');
  validateUint32(r, options.blockSize === undefined ? 'r' : 'blockSize');
  validateUint32(p, options.parallelization === undefined ? 'p' : 'parallelization');
  let maxmem = 32 * 1024 * 1024;
  if (options.maxmem !== undefined) {
    maxmem = options.maxmem;
    validateInteger(maxmem, 'maxmem', 0);
  }
  if (n < 2 || (n & (n - 1)) !== 0 || r === 0 || p === 0) throw new codes.ERR_CRYPTO_INVALID_SCRYPT_PARAMS('invalid parameter');
  // OpenSSL counts the big array, the blocks and one more.
  if (128 * n * r + 128 * r * p + 256 * r + 64 > maxmem) {
    throw new codes.ERR_CRYPTO_INVALID_SCRYPT_PARAMS('memory limit exceeded');
  }
  return [password, salt, n, r, p, keylen];
}

function failed() {
  return new codes.ERR_CRYPTO_INVALID_SCRYPT_PARAMS('invalid parameter');
}

function scrypt(password, salt, keylen, options, callback) {
  if (callback === undefined) {
    callback = options;
    options = {};
  }
  const args = scryptArguments(password, salt, keylen, options);
  validateFunction(callback, 'callback');
  native.scrypt(args[0], args[1], args[2], args[3], args[4], args[5], (err, key) => {
    if (err || key === undefined) callback(err || failed());
    else callback(null, key);
  });
}

function scryptSync(password, salt, keylen, options) {
  const args = scryptArguments(password, salt, keylen, options);
  const key = native.scryptSync(args[0], args[1], args[2], args[3], args[4], args[5]);
  if (key === undefined) throw failed();
  return key;
}

/** Returns an ArrayBuffer, as Node does. */
function hkdfSync(digest, key, salt, info, length) {
  validateString(digest, 'digest');
  key = secretOf(key, 'ikm');
  salt = secretArgument(salt, 'salt');
  info = secretArgument(info, 'info');
  validateInteger(length, 'length', 0, 2 ** 31 - 1);
  if (info.byteLength > 1024) {
    throw new codes.ERR_OUT_OF_RANGE('info', 'must not contain more than 1024 bytes', info.byteLength);
  }
  if (native.digestLength(digest) === undefined) throw new codes.ERR_CRYPTO_INVALID_DIGEST(digest);
  const result = native.hkdfSync(digest, key, salt, info, length);
  if (result === undefined) throw new codes.ERR_CRYPTO_INVALID_KEYLEN();
  return result.buffer.slice(result.byteOffset, result.byteOffset + result.byteLength);
}

function hkdf(digest, key, salt, info, length, callback) {
  validateFunction(callback, 'callback');
  const result = hkdfSync(digest, key, salt, info, length);
  setImmediate(callback, null, result);
}

module.exports = { pbkdf2, pbkdf2Sync, scrypt, scryptSync, hkdf, hkdfSync };
