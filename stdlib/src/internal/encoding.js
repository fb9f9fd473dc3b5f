'use strict';

// internal/encoding: TextEncoder and TextDecoder.
// API: https://nodejs.org/docs/latest-v24.x/api/util.html#class-utiltextdecoder, https://encoding.spec.whatwg.org/
// Binding `encoding`: nameOf, createDecoder, decode, encode, encodeInto.

const { codes: {
  ERR_ENCODING_INVALID_ENCODED_DATA, ERR_ENCODING_NOT_SUPPORTED, ERR_INVALID_ARG_TYPE, ERR_INVALID_THIS,
} } = require('internal/errors');
const native = binding('encoding');
const inspectSymbol = Symbol.for('nodejs.util.inspect.custom');

function isObject(value) {
  return typeof value === 'object' && value !== null;
}

/** `Name { a: 1 }`, as util.inspect shows the getters of a class. */
function show(name, fields, options) {
  const shown = Object.assign(Object.create({ constructor: { [name]: function() {} }[name] }), fields);
  return require('internal/util/inspect').inspect(shown, options);
}

class TextEncoder {
  #brand = true;

  static #checked(value) {
    if (!isObject(value) || !(#brand in value)) throw new ERR_INVALID_THIS('TextEncoder');
  }

  get encoding() {
    TextEncoder.#checked(this);
    return 'utf-8';
  }

  /**
   * @param {string} [input]
   * @returns {Uint8Array}
   */
  encode(input = '') {
    TextEncoder.#checked(this);
    return native.encode(`${input}`);
  }

  /**
   * @param {string} source
   * @param {Uint8Array} destination
   * @returns {{ read: number, written: number }} code units read, bytes written
   */
  encodeInto(source, destination) {
    TextEncoder.#checked(this);
    require('internal/validators').validateString(source, 'src');
    if (!require('internal/util/types').isUint8Array(destination)) {
      throw new ERR_INVALID_ARG_TYPE('dest', 'Uint8Array', destination);
    }
    const counts = native.encodeInto(source, destination);
    return { read: counts[0], written: counts[1] };
  }

  [inspectSymbol](depth, options) {
    TextEncoder.#checked(this);
    if (typeof depth === 'number' && depth < 0) return this;
    return show('TextEncoder', { encoding: this.encoding }, options);
  }
}

const kIgnoreBom = 4;
const kFatal = 2;

class TextDecoder {
  #encoding;
  #flags = 0;
  // Made at the first call that decodes.
  #decoder = undefined;

  static #checked(value) {
    if (!isObject(value) || !(#encoding in value)) throw new ERR_INVALID_THIS('TextDecoder');
  }

  /**
   * @param {string} [encoding] a label
   * @param {{ fatal?: boolean, ignoreBOM?: boolean }} [options]
   */
  constructor(encoding = 'utf-8', options = undefined) {
    encoding = `${encoding}`;
    if (options !== undefined && options !== null && typeof options !== 'object' && typeof options !== 'function') {
      throw new ERR_INVALID_ARG_TYPE('options', 'Object', options);
    }
    const name = native.nameOf(encoding);
    if (name === undefined) throw new ERR_ENCODING_NOT_SUPPORTED(encoding);
    this.#encoding = name;
    if (options?.fatal) this.#flags |= kFatal;
    if (options?.ignoreBOM) this.#flags |= kIgnoreBom;
  }

  get encoding() {
    TextDecoder.#checked(this);
    return this.#encoding;
  }

  get fatal() {
    TextDecoder.#checked(this);
    return (this.#flags & kFatal) !== 0;
  }

  get ignoreBOM() {
    TextDecoder.#checked(this);
    return (this.#flags & kIgnoreBom) !== 0;
  }

  /**
   * @param {ArrayBuffer | ArrayBufferView} [input]
   * @param {{ stream?: boolean }} [options]
   * @returns {string}
   */
  decode(input = undefined, options = undefined) {
    TextDecoder.#checked(this);
    if (options !== undefined && options !== null && typeof options !== 'object' && typeof options !== 'function') {
      throw new ERR_INVALID_ARG_TYPE('options', 'Object', options);
    }
    const bytes = input === undefined ? new Uint8Array() : bytesOf(input);
    this.#decoder ??= native.createDecoder(this.#encoding, (this.#flags & kFatal) !== 0, (this.#flags & kIgnoreBom) !== 0);
    const text = native.decode(this.#decoder, bytes, Boolean(options?.stream));
    if (text === undefined) throw new ERR_ENCODING_INVALID_ENCODED_DATA(this.#encoding, undefined);
    return text;
  }

  [inspectSymbol](depth, options) {
    TextDecoder.#checked(this);
    if (typeof depth === 'number' && depth < 0) return this;
    const fields = { encoding: this.encoding, fatal: this.fatal, ignoreBOM: this.ignoreBOM };
    if (options?.showHidden) {
      fields[Symbol('flags')] = this.#flags;
      fields[Symbol('handle')] = undefined;
    }
    return show('TextDecoder', fields, options);
  }
}

function bytesOf(input) {
  if (ArrayBuffer.isView(input) || require('internal/util/types').isAnyArrayBuffer(input)) return input;
  throw new ERR_INVALID_ARG_TYPE('input', ['ArrayBuffer', 'ArrayBufferView'], input);
}

function expose(constructor, name, names) {
  const { prototype } = constructor;
  for (let i = 0; i < names.length; i++) {
    Object.defineProperty(prototype, names[i], { __proto__: null, enumerable: true });
  }
  Object.defineProperty(prototype, Symbol.toStringTag, { __proto__: null, configurable: true, value: name });
}
expose(TextEncoder, 'TextEncoder', ['encode', 'encodeInto', 'encoding']);
expose(TextDecoder, 'TextDecoder', ['decode', 'encoding', 'fatal', 'ignoreBOM']);

module.exports = { TextEncoder, TextDecoder };
