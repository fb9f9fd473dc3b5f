'use strict';

// internal/crypto/cipher: Cipheriv and Decipheriv, which are Transform streams too.
// API: https://nodejs.org/docs/latest-v24.x/api/crypto.html#class-cipheriv
// Binding crypto: newCipher, cipherInfo; cipher methods update, final, setPadding, setAAD, tag, checkTag.

const { Transform } = require('stream');
const native = binding('crypto');
const { codes } = require('internal/errors');
const { validateString } = require('internal/validators');
const { bytesOf, secretOf, encoded } = require('internal/crypto/util');

const kHandle = Symbol('handle');
const kInfo = Symbol('info');
const kDone = Symbol('finalized');
const kTag = Symbol('authTag');
const TAG_LENGTHS = [4, 8, 12, 13, 14, 15, 16];

function init(stream, encrypts, cipher, key, iv, options) {
  validateString(cipher, 'cipher');
  const secret = secretOf(key, 'key', options && options.encoding);
  if (iv !== null) iv = ivOf(iv);
  const info = native.cipherInfo(cipher);
  if (info === undefined) throw new codes.ERR_CRYPTO_UNKNOWN_CIPHER();
  if (options && options.authTagLength !== undefined && info[3] === 'gcm' &&
      !TAG_LENGTHS.includes(options.authTagLength)) {
    throw new codes.ERR_CRYPTO_INVALID_AUTH_TAG(options.authTagLength);
  }
  stream[kHandle] = native.newCipher(cipher, encrypts, secret, iv === null ? Buffer.alloc(0) : iv);
  stream[kInfo] = info;
  stream[kDone] = false;
  stream[kTag] = null;
  stream._tagLength = options && options.authTagLength ? options.authTagLength : 16;
  Transform.call(stream, options);
}

function ivOf(iv) {
  if (typeof iv === 'string') return Buffer.from(iv);
  if (ArrayBuffer.isView(iv) || require('internal/util/types').isAnyArrayBuffer(iv)) return bytesOf(iv, 'iv');
  throw new codes.ERR_INVALID_ARG_TYPE('iv', ['string', 'ArrayBuffer', 'Buffer', 'TypedArray', 'DataView'], iv);
}

function finalState() {
  const err = new Error('Unsupported state');
  err.code = 'ERR_CRYPTO_INVALID_STATE';
  return err;
}

function update(data, inputEncoding, outputEncoding) {
  if (typeof data === 'string') data = Buffer.from(data, inputEncoding === 'buffer' ? 'utf8' : inputEncoding);
  else if (!ArrayBuffer.isView(data)) {
    throw new codes.ERR_INVALID_ARG_TYPE('data', ['string', 'Buffer', 'TypedArray', 'DataView'], data);
  }
  if (this[kDone]) throw finalState();
  return encoded(this[kHandle].update(data), outputEncoding);
}

function final(outputEncoding) {
  if (this[kDone]) throw new codes.ERR_CRYPTO_INVALID_STATE('final');
  if (this[kInfo][3] === 'gcm' && this._decrypts) {
    if (this[kTag] === null) throw new Error('Unsupported state or unable to authenticate data');
    this[kHandle].checkTag(this[kTag]);
  }
  const last = this[kHandle].final();
  this[kDone] = true;
  return encoded(last, outputEncoding);
}

function setAutoPadding(on) {
  if (this[kDone]) throw new codes.ERR_CRYPTO_INVALID_STATE('setAutoPadding');
  this[kHandle].setPadding(on === undefined ? true : Boolean(on));
  return this;
}

function setAAD(data, options) {
  if (this[kInfo][3] !== 'gcm' || this[kDone]) throw new codes.ERR_CRYPTO_INVALID_STATE('setAAD');
  this[kHandle].setAAD(bytesOf(data, 'buffer', options && options.encoding));
  return this;
}

function transform(chunk, encoding, callback) {
  this.push(this[kHandle].update(typeof chunk === 'string' ? Buffer.from(chunk, encoding) : chunk));
  callback();
}

function flush(callback) {
  try {
    this.push(this.final());
  } catch (err) {
    callback(err);
    return;
  }
  callback();
}

function Cipheriv(cipher, key, iv, options) {
  if (!(this instanceof Cipheriv)) return new Cipheriv(cipher, key, iv, options);
  init(this, true, cipher, key, iv, options);
}

function Decipheriv(cipher, key, iv, options) {
  if (!(this instanceof Decipheriv)) return new Decipheriv(cipher, key, iv, options);
  init(this, false, cipher, key, iv, options);
}

for (const Class of [Cipheriv, Decipheriv]) {
  Object.setPrototypeOf(Class.prototype, Transform.prototype);
  Object.setPrototypeOf(Class, Transform);
  Object.assign(Class.prototype, { update, final, setAutoPadding, setAAD, _transform: transform, _flush: flush });
}
Decipheriv.prototype._decrypts = true;

Cipheriv.prototype.getAuthTag = function() {
  if (this[kInfo][3] !== 'gcm' || !this[kDone]) throw new codes.ERR_CRYPTO_INVALID_STATE('getAuthTag');
  return this[kHandle].tag().subarray(0, this._tagLength);
};

Decipheriv.prototype.setAuthTag = function(tag, encoding) {
  const bytes = bytesOf(tag, 'buffer', encoding);
  if (this[kInfo][3] !== 'gcm' || this[kDone] || this[kTag] !== null) throw new codes.ERR_CRYPTO_INVALID_STATE('setAuthTag');
  if (!TAG_LENGTHS.includes(bytes.byteLength)) throw new codes.ERR_CRYPTO_INVALID_AUTH_TAG(bytes.byteLength);
  this[kTag] = bytes;
  return this;
};

/**
 * What is known of a cipher; undefined for an unknown one.
 */
function getCipherInfo(nameOrNid, options) {
  if (typeof nameOrNid !== 'string' && typeof nameOrNid !== 'number') {
    throw new codes.ERR_INVALID_ARG_TYPE('nameOrNid', ['string', 'number'], nameOrNid);
  }
  let info = native.cipherInfo(String(nameOrNid));
  if (typeof nameOrNid === 'number') {
    info = native.ciphers().map((name) => native.cipherInfo(name)).find((known) => known[4] === nameOrNid);
  }
  if (info === undefined) return undefined;
  const [name, keyLength, ivLength, mode, nid] = info;
  if (options && options.keyLength !== undefined && options.keyLength !== keyLength) return undefined;
  if (options && options.ivLength !== undefined && options.ivLength !== ivLength && mode !== 'gcm') return undefined;
  const result = { mode, name: mode === 'gcm' ? `id-aes${keyLength * 8}-GCM` : name, nid };
  if (mode === 'cbc' || mode === 'ecb') result.blockSize = 16;
  else result.blockSize = undefined;
  if (result.blockSize === undefined) delete result.blockSize;
  if (ivLength) result.ivLength = options && options.ivLength ? options.ivLength : ivLength;
  result.keyLength = keyLength;
  return result;
}

module.exports = {
  Cipheriv, Decipheriv, getCipherInfo,
  createCipheriv(cipher, key, iv, options) { return new Cipheriv(cipher, key, iv, options); },
  createDecipheriv(cipher, key, iv, options) { return new Decipheriv(cipher, key, iv, options); },
};
