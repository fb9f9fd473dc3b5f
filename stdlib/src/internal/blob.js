'use strict';

// internal/blob: Blob and File, and the URLs that name them. A blob is a list of pieces (Uint8Arrays that nobody
// changes) and its size; slicing shares the pieces.
// API: https://nodejs.org/docs/latest-v24.x/api/buffer.html#class-blob, https://w3c.github.io/FileAPI/

const { codes: {
  ERR_INVALID_ARG_TYPE, ERR_INVALID_ARG_VALUE, ERR_INVALID_THIS, ERR_MISSING_ARGS,
} } = require('internal/errors');
const { isAnyArrayBuffer } = require('internal/util/types');
const { kClone } = require('internal/structured_clone');

const inspectSymbol = Symbol.for('nodejs.util.inspect.custom');
const kPieces = Symbol('pieces');
const maxPieceBytes = 65536;

function isObject(value) {
  return value !== null && (typeof value === 'object' || typeof value === 'function');
}

function toDictionary(options) {
  if (options === undefined || options === null) return {};
  if (!isObject(options)) throw new ERR_INVALID_ARG_TYPE('options', 'Object', options);
  return options;
}

/** A type is lower-case ASCII; one with other characters is none. */
function normalizeType(type) {
  const text = `${type}`;
  return /[^\x20-\x7e]/.test(text) ? '' : text.toLowerCase();
}

function pieceOf(source, endings) {
  if (isBlob(source)) return source[kPieces];
  if (isAnyArrayBuffer(source)) return [new Uint8Array(source.slice(0))];
  if (ArrayBuffer.isView(source)) {
    return [new Uint8Array(source.buffer.slice(source.byteOffset, source.byteOffset + source.byteLength))];
  }
  let text = `${source}`;
  if (endings === 'native') text = text.replace(/\r\n|\r|\n/g, process.platform === 'win32' ? '\r\n' : '\n');
  return [binding('encoding').encode(text)];
}

function sizeOf(pieces) {
  let size = 0;
  for (let i = 0; i < pieces.length; i++) size += pieces[i].byteLength;
  return size;
}

/** The pieces between two places. */
function cut(pieces, start, end) {
  const kept = [];
  for (let i = 0, at = 0; i < pieces.length && at < end; at += pieces[i].byteLength, i++) {
    const from = Math.max(0, start - at);
    const to = Math.min(pieces[i].byteLength, end - at);
    if (from < to) kept.push(pieces[i].subarray(from, to));
  }
  return kept;
}

function join(pieces) {
  const bytes = new Uint8Array(sizeOf(pieces));
  for (let i = 0, at = 0; i < pieces.length; at += pieces[i].byteLength, i++) bytes.set(pieces[i], at);
  return bytes;
}

function isBlob(value) {
  return isObject(value) && value[kPieces] !== undefined;
}

function check(value) {
  if (!isBlob(value)) throw new ERR_INVALID_THIS('Blob');
}

class Blob {
  #type = '';

  /**
   * @param {Iterable<string | ArrayBuffer | ArrayBufferView | Blob>} [sources]
   * @param {{ endings?: 'transparent' | 'native', type?: string }} [options]
   */
  constructor(sources = [], options = undefined) {
    if (sources === null || typeof sources !== 'object' || typeof sources[Symbol.iterator] !== 'function') {
      throw new ERR_INVALID_ARG_TYPE('sources', 'a sequence', sources);
    }
    const { type = '', endings = 'transparent' } = toDictionary(options);
    if (endings !== 'transparent' && endings !== 'native') throw new ERR_INVALID_ARG_VALUE('options.endings', endings);
    const pieces = [];
    for (const source of sources) {
      const more = pieceOf(source, endings);
      for (let i = 0; i < more.length; i++) {
        if (more[i].byteLength > 0) pieces.push(more[i]);
      }
    }
    this.#type = normalizeType(type);
    define(this, pieces);
  }

  get type() {
    check(this);
    return this.#type;
  }

  get size() {
    check(this);
    return sizeOf(this[kPieces]);
  }

  /**
   * @param {number} [start] negative: from the end
   * @param {number} [end] negative: from the end
   * @param {string} [contentType]
   * @returns {Blob}
   */
  slice(start = 0, end = undefined, contentType = '') {
    check(this);
    const { size } = this;
    const from = relative(start, size);
    const to = end === undefined ? size : relative(end, size);
    const blob = new Blob([], { type: contentType });
    define(blob, cut(this[kPieces], from, to));
    return blob;
  }

  /** @returns {Promise<ArrayBuffer>} */
  async arrayBuffer() {
    check(this);
    return join(this[kPieces]).buffer;
  }

  /** @returns {Promise<Uint8Array>} */
  async bytes() {
    check(this);
    return join(this[kPieces]);
  }

  /** @returns {Promise<string>} */
  async text() {
    check(this);
    const { TextDecoder } = require('internal/encoding');
    return new TextDecoder().decode(join(this[kPieces]));
  }

  /** @returns {ReadableStream} of bytes */
  stream() {
    check(this);
    const { ReadableStream } = require('stream/web');
    const pieces = this[kPieces].slice();
    return new ReadableStream({
      type: 'bytes',
      pull(controller) {
        if (pieces.length === 0) {
          controller.close();
          // A reader that brought its own buffer waits until that is given back.
          if (controller.byobRequest) controller.byobRequest.respond(0);
          return;
        }
        const piece = pieces[0];
        if (piece.byteLength > maxPieceBytes) pieces[0] = piece.subarray(maxPieceBytes);
        else pieces.shift();
        controller.enqueue(piece.slice(0, maxPieceBytes));
      },
    }, { highWaterMark: 0 });
  }

  [inspectSymbol](depth, options) {
    check(this);
    return show(this, { size: this.size, type: this.type }, depth, options);
  }

  [kClone]() {
    const { type } = this;
    const pieces = this[kPieces];
    const create = () => {
      const blob = new Blob([], { type });
      define(blob, pieces);
      return blob;
    };
    return { data: undefined, create };
  }
}

function define(blob, pieces) {
  Object.defineProperty(blob, kPieces, { __proto__: null, configurable: true, value: pieces });
}

function relative(position, size) {
  const whole = Math.trunc(Number(position)) || 0;
  return whole < 0 ? Math.max(0, size + whole) : Math.min(whole, size);
}

function show(blob, fields, depth, options) {
  const name = blob.constructor && blob.constructor.name || 'Blob';
  if (typeof depth === 'number' && depth < 0) return `[${name}]`;
  const { inspect } = require('internal/util/inspect');
  return `${name} ${inspect(fields, { ...options, depth: options.depth == null ? null : options.depth - 1 })}`;
}

class File extends Blob {
  #name;
  #lastModified;

  /**
   * @param {Iterable<string | ArrayBuffer | ArrayBufferView | Blob>} fileBits
   * @param {string} fileName
   * @param {{ endings?: string, type?: string, lastModified?: number }} [options]
   */
  constructor(fileBits, fileName, options = undefined) {
    if (arguments.length < 2) throw new ERR_MISSING_ARGS('fileBits', 'fileName');
    super(fileBits, options);
    const { lastModified } = options ?? {};
    if (lastModified === undefined) {
      this.#lastModified = Date.now();
    } else {
      if (typeof lastModified === 'bigint') throw new TypeError('Cannot convert a BigInt value to a number');
      this.#lastModified = Math.trunc(+lastModified) || 0;
    }
    this.#name = `${fileName}`.toWellFormed();
  }

  static #checked(value) {
    if (!isObject(value) || !(#name in value)) throw new ERR_INVALID_THIS('File');
  }

  get name() {
    File.#checked(this);
    return this.#name;
  }

  get lastModified() {
    File.#checked(this);
    return this.#lastModified;
  }

  [inspectSymbol](depth, options) {
    File.#checked(this);
    const { size, type, name, lastModified } = this;
    return show(this, { size, type, name, lastModified }, depth, options);
  }

  [kClone]() {
    const { type, name, lastModified } = this;
    const pieces = this[kPieces];
    const create = () => {
      const file = new File([], name, { type, lastModified });
      define(file, pieces);
      return file;
    };
    return { data: undefined, create };
  }
}

function expose(constructor, names) {
  const { prototype } = constructor;
  for (let i = 0; i < names.length; i++) Object.defineProperty(prototype, names[i], { __proto__: null, enumerable: true });
  Object.defineProperty(prototype, Symbol.toStringTag, { __proto__: null, configurable: true, value: constructor.name });
}
expose(Blob, ['size', 'type', 'slice', 'stream', 'text', 'arrayBuffer', 'bytes']);
expose(File, ['name', 'lastModified']);

// Blob URLs --------------------------------------------------------------------------------------------------------

const registered = new Map();

/** @param {Blob} blob */
function createObjectURL(blob) {
  if (!isBlob(blob)) throw new ERR_INVALID_ARG_TYPE('obj', 'Blob', blob);
  const id = require('crypto').randomUUID();
  registered.set(id, blob);
  return `blob:nodedata:${id}`;
}

function idOf(url) {
  const match = /^blob:nodedata:([^:]+)$/.exec(url);
  return match === null ? undefined : match[1];
}

/** @param {string} url */
function revokeObjectURL(url) {
  registered.delete(idOf(url));
}

/** @returns {Blob | undefined} */
function resolveObjectURL(url) {
  const blob = registered.get(idOf(`${url}`));
  return blob === undefined ? undefined : blob.slice(0, blob.size, blob.type);
}

module.exports = { Blob, File, isBlob, createObjectURL, revokeObjectURL, resolveObjectURL };
