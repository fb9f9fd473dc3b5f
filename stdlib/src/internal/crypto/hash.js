'use strict';

// internal/crypto/hash: Hash and Hmac, which are Transform streams too, and hash().
// API: https://nodejs.org/docs/latest-v24.x/api/crypto.html#class-hash
// Binding crypto: newHash, newHmac, hashOnce, digestLength; hash methods update, digest, copy.

const { Transform } = require('stream');
const native = binding('crypto');
const { codes } = require('internal/errors');
const { validateString, validateUint32 } = require('internal/validators');
const { secretOf, encoded } = require('internal/crypto/util');

const kHandle = Symbol('handle');
const kDone = Symbol('finalized');
const kStreamed = Symbol('digest pushed by the stream');

function unsupported() {
  const err = new Error('Digest method not supported');
  err.code = 'ERR_OSSL_EVP_UNSUPPORTED';
  return err;
}

/**
 * @param {string} algorithm
 * @param {object} [options] of the stream; outputLength must be the digest's own
 */
function Hash(algorithm, options) {
  if (!new.target) return new Hash(algorithm, options);
  const length = options && typeof options === 'object' ? options.outputLength : undefined;
  if (length !== undefined) validateUint32(length, 'options.outputLength');
  const copied = algorithm !== null && typeof algorithm === 'object' && algorithm[kHandle];
  if (!copied) validateString(algorithm, 'algorithm');
  this[kHandle] = copied ? algorithm[kHandle].copy() : native.newHash(algorithm);
  if (this[kHandle] === undefined) throw unsupported();
  if (length !== undefined && !copied && length !== native.digestLength(algorithm)) {
    const err = new Error('Unsupported state or unable to set the output length');
    err.code = 'ERR_OSSL_EVP_NOT_XOF_OR_INVALID_LENGTH';
    throw err;
  }
  this[kDone] = false;
  Transform.call(this, options);
}
Object.setPrototypeOf(Hash.prototype, Transform.prototype);
Object.setPrototypeOf(Hash, Transform);

Hash.prototype.copy = function(options) {
  if (this[kDone]) throw new codes.ERR_CRYPTO_HASH_FINALIZED();
  return new Hash(this, options);
};

Hash.prototype._transform = function(chunk, encoding, callback) {
  this[kHandle].update(typeof chunk === 'string' ? Buffer.from(chunk, encoding) : chunk);
  callback();
};

Hash.prototype._flush = function(callback) {
  this[kStreamed] = this[kHandle].digest();
  this[kDone] = true;
  this.push(Buffer.from(this[kStreamed]));
  callback();
};

Hash.prototype.update = function(data, encoding) {
  if (this[kDone]) throw new codes.ERR_CRYPTO_HASH_FINALIZED();
  if (typeof data === 'string') {
    if (encoding === 'hex' && data.length % 2 !== 0) {
      throw new codes.ERR_INVALID_ARG_VALUE('encoding', encoding, `is invalid for data of length ${data.length}`);
    }
    data = Buffer.from(data, encoding === 'buffer' ? 'utf8' : encoding);
  } else if (!ArrayBuffer.isView(data)) {
    throw new codes.ERR_INVALID_ARG_TYPE('data', ['string', 'Buffer', 'TypedArray', 'DataView'], data);
  }
  this[kHandle].update(data);
  return this;
};

// What the stream's end took may still be asked for, once.
Hash.prototype.digest = function(encoding) {
  const streamed = this[kStreamed];
  if (this[kDone] && streamed === undefined) throw new codes.ERR_CRYPTO_HASH_FINALIZED();
  const result = streamed === undefined ? this[kHandle].digest() : streamed;
  this[kStreamed] = undefined;
  this[kDone] = true;
  return encoded(result, encoding === undefined ? undefined : String(encoding));
};

/**
 * @param {string} hmac the digest's name
 * @param {*} key
 */
function Hmac(hmac, key, options) {
  if (!new.target) return new Hmac(hmac, key, options);
  validateString(hmac, 'hmac');
  const secret = secretOf(key, 'key', options && options.encoding);
  this[kHandle] = native.newHmac(hmac, secret);
  if (this[kHandle] === undefined) {
    const err = new Error(`Invalid digest: ${hmac}`);
    err.code = 'ERR_CRYPTO_INVALID_DIGEST';
    throw err;
  }
  this[kDone] = false;
  Transform.call(this, options);
}
Object.setPrototypeOf(Hmac.prototype, Transform.prototype);
Object.setPrototypeOf(Hmac, Transform);

Hmac.prototype.update = Hash.prototype.update;
Hmac.prototype._transform = Hash.prototype._transform;
Hmac.prototype._flush = Hash.prototype._flush;

// A second digest of an Hmac is empty, not an error.
Hmac.prototype.digest = function(encoding) {
  const result = this[kDone] ? Buffer.alloc(0) : this[kHandle].digest();
  this[kDone] = true;
  return encoded(result, encoding === undefined ? undefined : String(encoding));
};

function createHash(algorithm, options) {
  return new Hash(algorithm, options);
}

function createHmac(hmac, key, options) {
  return new Hmac(hmac, key, options);
}

/**
 * The digest of data in one call.
 * @param {string} algorithm
 * @param {string|ArrayBufferView} input
 * @param {string|object} [options] the output's encoding, 'hex' by default
 */
function hash(algorithm, input, options) {
  validateString(algorithm, 'algorithm');
  if (typeof input !== 'string' && !ArrayBuffer.isView(input)) {
    throw new codes.ERR_INVALID_ARG_TYPE('input', ['Buffer', 'TypedArray', 'DataView', 'string'], input);
  }
  const encoding = options !== null && typeof options === 'object' ? options.outputEncoding : options;
  if (encoding !== undefined) validateString(encoding, 'outputEncoding');
  const result = native.hashOnce(algorithm, typeof input === 'string' ? Buffer.from(input) : input);
  if (result === undefined) throw unsupported();
  return encoded(result, encoding === undefined ? 'hex' : encoding);
}

module.exports = { Hash, Hmac, createHash, createHmac, hash };
