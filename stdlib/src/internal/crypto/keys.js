'use strict';

// internal/crypto/keys: KeyObject for secrets.
// API: https://nodejs.org/docs/latest-v24.x/api/crypto.html#class-keyobject
// Binding crypto: timingSafeEqual. There are no asymmetric keys.

const native = binding('crypto');
const { codes } = require('internal/errors');
const { bytesOf } = require('internal/crypto/util');

const secrets = new WeakMap();

class KeyObject {
  constructor(type, bytes) {
    if (type !== 'secret' && type !== 'public' && type !== 'private') {
      throw new codes.ERR_INVALID_ARG_VALUE('type', type);
    }
    if (!(bytes instanceof Uint8Array)) throw new codes.ERR_INVALID_ARG_TYPE('handle', 'object', bytes);
    secrets.set(this, bytes);
    Object.defineProperty(this, 'type', { __proto__: null, configurable: false, enumerable: true, value: type });
  }

  get symmetricKeySize() {
    return secrets.get(this).byteLength;
  }

  get [Symbol.toStringTag]() {
    return 'KeyObject';
  }

  export(options) {
    const bytes = secrets.get(this);
    const format = options === undefined ? undefined : options.format;
    if (format === 'jwk') return { kty: 'oct', k: bytes.toString('base64url') };
    if (format !== undefined && format !== 'buffer') {
      throw new codes.ERR_INVALID_ARG_VALUE('options.format', format);
    }
    return Buffer.from(bytes);
  }

  equals(other) {
    if (!(other instanceof KeyObject)) throw new codes.ERR_INVALID_ARG_TYPE('otherKeyObject', 'KeyObject', other);
    const a = secrets.get(this);
    const b = secrets.get(other);
    return other.type === this.type && a.byteLength === b.byteLength && native.timingSafeEqual(a, b);
  }

  static from(key) {
    const bytes = secretBytes(key);
    if (bytes === undefined) throw new codes.ERR_INVALID_ARG_TYPE('key', 'CryptoKey', key);
    return new KeyObject('secret', bytes);
  }
}
Object.defineProperty(KeyObject.prototype, 'asymmetricKeyType', { __proto__: null, value: undefined });

/** The bytes of a secret KeyObject or CryptoKey; undefined for anything else. */
function secretBytes(key) {
  const bytes = secrets.get(key);
  if (bytes !== undefined) return bytes;
  return require('internal/crypto/webcrypto').rawKey(key);
}

function createSecretKey(key, encoding) {
  if (typeof key !== 'string' && !ArrayBuffer.isView(key) && !require('internal/util/types').isAnyArrayBuffer(key)) {
    throw new codes.ERR_INVALID_ARG_TYPE('key', ['ArrayBuffer', 'Buffer', 'TypedArray', 'DataView', 'string'], key);
  }
  const bytes = bytesOf(key, 'key', encoding);
  return new KeyObject('secret', Buffer.from(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)));
}

function generateKeySync(type, options) {
  const { validateString, validateObject, validateInteger, validateOneOf } = require('internal/validators');
  validateString(type, 'type');
  validateObject(options, 'options');
  if (type === 'hmac') validateInteger(options.length, 'options.length', 8, 2 ** 31 - 1);
  else if (type === 'aes') validateOneOf(options.length, 'options.length', [128, 192, 256]);
  else throw new codes.ERR_INVALID_ARG_VALUE('type', type, 'must be a supported key type');
  return new KeyObject('secret', native.randomFill(Buffer.alloc(options.length >> 3)));
}

function generateKey(type, options, callback) {
  require('internal/validators').validateFunction(callback, 'callback');
  setImmediate(callback, null, generateKeySync(type, options));
}

module.exports = { KeyObject, createSecretKey, generateKey, generateKeySync, secretBytes };
