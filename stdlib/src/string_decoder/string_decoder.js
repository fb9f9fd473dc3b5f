'use strict';

// node:string_decoder: bytes that arrive in pieces, decoded without cutting a character in two.
// API: https://nodejs.org/docs/latest-v24.x/api/string_decoder.html
// Binding `string_decoder`: decode, flush, encodingId. The bytes that wait stand in a small Uint8Array:
//
//     0 1 2 3      4         5        6
//     the bytes    missing   waiting  encoding

const native = binding('string_decoder');
const kState = Symbol('state');
const kMissing = 4;
const kWaiting = 5;
const kEncoding = 6;

/** @param {string} [encoding] */
function StringDecoder(encoding) {
  const name = encoding === undefined || encoding === null || encoding === '' ? 'utf8' : `${encoding}`;
  const id = native.encodingId(name);
  if (id === undefined) throw new (require('internal/errors').codes.ERR_UNKNOWN_ENCODING)(encoding);
  this.encoding = require('internal/util').normalizeEncoding(name);
  const state = new Uint8Array(7);
  state[kEncoding] = id;
  this[kState] = state;
}

/**
 * @param {string | ArrayBufferView} buf
 * @returns {string}
 */
StringDecoder.prototype.write = function write(buf) {
  if (typeof buf === 'string') return buf;
  const text = native.decode(this[kState], buf);
  if (text === undefined) refuse(this, buf);
  return text;
};

function refuse(decoder, buf) {
  const { codes } = require('internal/errors');
  if (!ArrayBuffer.isView(buf)) throw new codes.ERR_INVALID_ARG_TYPE('buf', ['Buffer', 'TypedArray', 'DataView'], buf);
  throw new codes.ERR_INVALID_THIS('StringDecoder');
}

/**
 * @param {string | ArrayBufferView} [buf]
 * @returns {string} with what an unfinished character stands for
 */
StringDecoder.prototype.end = function end(buf) {
  const text = buf === undefined ? '' : this.write(buf);
  return this[kState][kWaiting] > 0 ? text + native.flush(this[kState]) : text;
};

/** Decodes from an offset on and forgets what waited. */
StringDecoder.prototype.text = function text(buf, offset) {
  this[kState][kMissing] = 0;
  this[kState][kWaiting] = 0;
  return this.write(buf.slice(offset));
};

Object.defineProperties(StringDecoder.prototype, {
  lastChar: {
    __proto__: null,
    configurable: true,
    enumerable: true,
    get() { return require('buffer').Buffer.from(this[kState].buffer, 0, 4); },
  },
  lastNeed: {
    __proto__: null,
    configurable: true,
    enumerable: true,
    get() { return this[kState][kMissing]; },
  },
  lastTotal: {
    __proto__: null,
    configurable: true,
    enumerable: true,
    get() { return this[kState][kMissing] + this[kState][kWaiting]; },
  },
});

module.exports = { StringDecoder };
