'use strict';

// internal/crypto/webcrypto: the Web Crypto API, as far as digests and HMAC go.
// API: https://nodejs.org/docs/latest-v24.x/api/webcrypto.html (https://w3c.github.io/webcrypto/)
// Binding crypto: randomFill, hashOnce, newHmac, timingSafeEqual.

const native = binding('crypto');
const { codes } = require('internal/errors');

const kToken = Symbol('token');
const keys = new WeakMap();
const DIGESTS = { __proto__: null, 'SHA-1': 'sha1', 'SHA-256': 'sha256', 'SHA-384': 'sha384', 'SHA-512': 'sha512' };
const BLOCK_BITS = { __proto__: null, 'SHA-1': 512, 'SHA-256': 512, 'SHA-384': 1024, 'SHA-512': 1024 };

function domException(message, name) {
  return new DOMException(message, name);
}

function algorithmName(algorithm) {
  const name = typeof algorithm === 'string' ? algorithm : algorithm && algorithm.name;
  if (typeof name !== 'string') throw new TypeError('Algorithm: name is missing');
  return name.toUpperCase();
}

function digestOf(algorithm) {
  const name = algorithmName(algorithm);
  if (DIGESTS[name] === undefined) throw domException('Unrecognized algorithm name', 'NotSupportedError');
  return name;
}

function requireHmac(algorithm) {
  if (algorithmName(algorithm) !== 'HMAC') throw domException('Unrecognized algorithm name', 'NotSupportedError');
}

function bytesOf(data) {
  if (ArrayBuffer.isView(data)) return new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
  if (require('internal/util/types').isAnyArrayBuffer(data)) return new Uint8Array(data);
  throw new codes.ERR_INVALID_ARG_TYPE('data', ['ArrayBuffer', 'Buffer', 'TypedArray', 'DataView'], data);
}

function toArrayBuffer(buffer) {
  return buffer.buffer.slice(buffer.byteOffset, buffer.byteOffset + buffer.byteLength);
}

class CryptoKey {
  constructor(token, fields) {
    if (token !== kToken) throw new codes.ERR_ILLEGAL_CONSTRUCTOR();
    keys.set(this, fields);
  }

  get type() { return keys.get(this).type; }
  get extractable() { return keys.get(this).extractable; }
  get algorithm() { return keys.get(this).algorithm; }
  get usages() { return keys.get(this).usages.slice(); }
  get [Symbol.toStringTag]() { return 'CryptoKey'; }
}

function hmacKey(bytes, algorithm, extractable, usages) {
  if (usages.length === 0) throw domException('Usages cannot be empty when importing a secret key.', 'SyntaxError');
  for (const usage of usages) {
    if (usage !== 'sign' && usage !== 'verify') throw domException('Unsupported key usage for an HMAC key', 'SyntaxError');
  }
  return new CryptoKey(kToken, {
    type: 'secret', extractable: Boolean(extractable), usages: usages.slice(), bytes,
    algorithm: { name: 'HMAC', length: bytes.byteLength * 8, hash: { name: digestOf(algorithm.hash) } },
  });
}

function hmac(key, data, usage) {
  const fields = keys.get(key);
  if (fields === undefined) throw new codes.ERR_INVALID_ARG_TYPE('key', 'CryptoKey', key);
  if (!fields.usages.includes(usage)) {
    throw domException(`Unable to use this key to ${usage}`, 'InvalidAccessError');
  }
  const code = native.newHmac(DIGESTS[fields.algorithm.hash.name], fields.bytes);
  code.update(bytesOf(data));
  return code.digest();
}

class SubtleCrypto {
  constructor(token) {
    if (token !== kToken) throw new codes.ERR_ILLEGAL_CONSTRUCTOR();
  }

  async digest(algorithm, data) {
    return toArrayBuffer(native.hashOnce(DIGESTS[digestOf(algorithm)], bytesOf(data)));
  }

  async sign(algorithm, key, data) {
    requireHmac(algorithm);
    return toArrayBuffer(hmac(key, data, 'sign'));
  }

  async verify(algorithm, key, signature, data) {
    requireHmac(algorithm);
    const expected = hmac(key, data, 'verify');
    const given = bytesOf(signature);
    return given.byteLength === expected.byteLength && native.timingSafeEqual(given, expected);
  }

  async importKey(format, keyData, algorithm, extractable, usages) {
    requireHmac(algorithm);
    if (format === 'raw') return hmacKey(Buffer.from(bytesOf(keyData)), algorithm, extractable, usages);
    if (format === 'jwk') return hmacKey(Buffer.from(keyData.k, 'base64url'), algorithm, extractable, usages);
    throw domException(`Unable to import HMAC key with format ${format}`, 'NotSupportedError');
  }

  async generateKey(algorithm, extractable, usages) {
    requireHmac(algorithm);
    const length = algorithm.length === undefined ? BLOCK_BITS[digestOf(algorithm.hash)] : algorithm.length;
    if (!(length > 0)) throw domException('Zero-length key is not supported', 'OperationError');
    return hmacKey(native.randomFill(Buffer.alloc(Math.ceil(length / 8))), algorithm, extractable, usages);
  }

  async exportKey(format, key) {
    const fields = keys.get(key);
    if (fields === undefined) throw new codes.ERR_INVALID_ARG_TYPE('key', 'CryptoKey', key);
    if (!fields.extractable) throw domException('key is not extractable', 'InvalidAccessException');
    if (format === 'raw') return toArrayBuffer(Buffer.from(fields.bytes));
    if (format === 'jwk') {
      return {
        key_ops: fields.usages.slice(), ext: true, kty: 'oct', k: fields.bytes.toString('base64url'),
        alg: `HS${fields.algorithm.hash.name.slice(4)}`,
      };
    }
    throw domException(`Unable to export HMAC key with format ${format}`, 'NotSupportedError');
  }

  get [Symbol.toStringTag]() { return 'SubtleCrypto'; }
}

const INTEGER_VIEWS = ['Int8Array', 'Uint8Array', 'Uint8ClampedArray', 'Int16Array', 'Uint16Array', 'Int32Array',
                       'Uint32Array', 'BigInt64Array', 'BigUint64Array'];
const tagOf = Object.getOwnPropertyDescriptor(Object.getPrototypeOf(Uint8Array.prototype), Symbol.toStringTag).get;

class Crypto {
  #subtle = new SubtleCrypto(kToken);

  constructor(token) {
    if (token !== kToken) throw new codes.ERR_ILLEGAL_CONSTRUCTOR();
  }

  get subtle() { return this.#subtle; }

  getRandomValues(array) {
    if (!INTEGER_VIEWS.includes(tagOf.call(array))) {
      throw domException('The data argument must be an integer-type TypedArray', 'TypeMismatchError');
    }
    if (array.byteLength > 65536) {
      throw domException(
        `The requested length exceeds 65,536 bytes`, 'QuotaExceededError');
    }
    native.randomFill(array);
    return array;
  }

  randomUUID(options) {
    return require('internal/crypto/random').randomUUID(options);
  }

  get [Symbol.toStringTag]() { return 'Crypto'; }
}

/** The bytes of a secret CryptoKey; undefined for anything else. */
function rawKey(key) {
  const fields = keys.get(key);
  return fields === undefined ? undefined : fields.bytes;
}

module.exports = { webcrypto: new Crypto(kToken), Crypto, CryptoKey, SubtleCrypto, rawKey };
