'use strict';
// internal/fs/utils: the argument checks that every family of fs calls shares. It is loaded with `fs`, so it stays small.
// API: https://nodejs.org/docs/latest-v24.x/api/fs.html
// Binding functions: none.

const { codes } = require('internal/errors');
const {
  validateBoolean, validateEncoding, validateFunction, validateInt32, validateInteger, validateObject, validateAbortSignal,
} = require('internal/validators');

const { ERR_INVALID_ARG_TYPE, ERR_INVALID_ARG_VALUE, ERR_OUT_OF_RANGE } = codes;

const MAX_FD = 2147483647;

// File system flags: https://nodejs.org/docs/latest-v24.x/api/fs.html#file-system-flags
// The numbers come with the binding's constants, because they differ between platforms.
let flagNumbers = null;

function flagTable() {
  const { O_RDONLY, O_RDWR, O_WRONLY, O_CREAT, O_TRUNC, O_APPEND, O_EXCL, O_SYNC } = require('fs').constants;
  const w = O_WRONLY | O_CREAT;
  const rw = O_RDWR | O_CREAT;
  return {
    '__proto__': null,
    'r': O_RDONLY,
    'r+': O_RDWR,
    'rs': O_RDONLY | O_SYNC, 'sr': O_RDONLY | O_SYNC,
    'rs+': O_RDWR | O_SYNC, 'sr+': O_RDWR | O_SYNC,
    'w': w | O_TRUNC,
    'wx': w | O_TRUNC | O_EXCL, 'xw': w | O_TRUNC | O_EXCL,
    'w+': rw | O_TRUNC,
    'wx+': rw | O_TRUNC | O_EXCL, 'xw+': rw | O_TRUNC | O_EXCL,
    'a': w | O_APPEND,
    'ax': w | O_APPEND | O_EXCL, 'xa': w | O_APPEND | O_EXCL,
    'as': w | O_APPEND | O_SYNC, 'sa': w | O_APPEND | O_SYNC,
    'a+': rw | O_APPEND,
    'ax+': rw | O_APPEND | O_EXCL, 'xa+': rw | O_APPEND | O_EXCL,
    'as+': rw | O_APPEND | O_SYNC, 'sa+': rw | O_APPEND | O_SYNC,
  };
}

/**
 * @param {string|number|null|undefined} flags
 * @param {string} [name]
 * @returns {number} the bits for open(2)
 */
function flagsToNumber(flags, name = 'flags') {
  if (typeof flags === 'number') {
    validateInt32(flags, name);
    return flags;
  }
  flagNumbers ??= flagTable();
  if (flags == null) return flagNumbers.r;
  const number = typeof flags === 'string' ? flagNumbers[flags] : undefined;
  if (number === undefined) throw new ERR_INVALID_ARG_VALUE(name, flags);
  return number;
}

function isFileUrl(value) {
  return value !== null && typeof value === 'object' && typeof value.href === 'string' &&
    typeof value.protocol === 'string' && value.auth === undefined && value.path === undefined;
}

/**
 * A path as the binding takes it: a string or bytes without a null byte.
 * @param {string|Uint8Array|URL} path
 * @param {string} [name] of the argument, for the error
 * @returns {string|Uint8Array}
 */
function validatePath(path, name = 'path') {
  if (typeof path !== 'string') {
    if (isFileUrl(path)) path = require('url').fileURLToPath(path);
    else if (!(path instanceof Uint8Array)) throw new ERR_INVALID_ARG_TYPE(name, ['string', 'Buffer', 'URL'], path);
  }
  if (typeof path === 'string' ? path.indexOf('\u0000') !== -1 : path.indexOf(0) !== -1) {
    throw new ERR_INVALID_ARG_VALUE(name, path, 'must be a string, Uint8Array, or URL without null bytes');
  }
  return path;
}

/**
 * @param {number} fd
 * @param {string} [name]
 * @returns {number}
 */
function validateFd(fd, name = 'fd') {
  validateInteger(fd, name, 0, MAX_FD);
  return fd === 0 ? 0 : fd; // -0 is a descriptor too
}

/** Whether `value` means a file descriptor rather than a path: any whole number (its range is checked next). */
function isFd(value) {
  return typeof value === 'number' && (value | 0) === value;
}

/**
 * The options argument that may also be an encoding's name.
 * @param {object|string|null|undefined|Function} options a function stands for "left out"
 * @param {object} defaults
 */
function getOptions(options, defaults) {
  if (options == null || typeof options === 'function') return defaults;
  if (typeof options === 'string') {
    options = { __proto__: null, ...defaults, encoding: options };
  } else if (typeof options === 'object') {
    options = { __proto__: null, ...defaults, ...inherited(options), ...options };
  } else {
    throw new ERR_INVALID_ARG_TYPE('options', ['string', 'Object'], options);
  }
  if (options.encoding && options.encoding !== 'buffer') validateEncodingName(options.encoding);
  if (options.signal !== undefined) validateAbortSignal(options.signal, 'options.signal');
  return options;
}

// Options may come from a prototype (`Object.create(defaults)`), which a spread would miss.
function inherited(options) {
  const prototype = Object.getPrototypeOf(options);
  if (prototype === Object.prototype || prototype === null) return undefined;
  const all = {};
  for (const key in options) all[key] = options[key]; // eslint-disable-line guard-for-in
  return all;
}

function validateEncodingName(encoding) {
  if (!Buffer.isEncoding(encoding)) {
    throw new ERR_INVALID_ARG_VALUE('encoding', encoding, 'is invalid encoding');
  }
}

/** A callback that has to be there. */
function validateCallback(callback, name = 'cb') {
  validateFunction(callback, name);
  return callback;
}

/** The range of bytes of a buffer that a read fills. */
function validateReadRange(offset, length, byteLength) {
  if (offset < 0) throw new ERR_OUT_OF_RANGE('offset', '>= 0', offset);
  if (length < 0) throw new ERR_OUT_OF_RANGE('length', '>= 0', length);
  if (offset + length > byteLength) {
    throw new ERR_OUT_OF_RANGE('length', `<= ${byteLength - offset}`, length);
  }
}

/** The range of bytes of a buffer that a write takes. */
function validateWriteRange(offset, length, byteLength) {
  if (offset > byteLength) throw new ERR_OUT_OF_RANGE('offset', `<= ${byteLength}`, offset);
  if (length > byteLength - offset) {
    throw new ERR_OUT_OF_RANGE('length', `<= ${byteLength - offset}`, length);
  }
  if (length < 0) throw new ERR_OUT_OF_RANGE('length', '>= 0', length);
  validateInt32(length, 'length', 0);
}

/** A position for reading: -1 (or nothing) means "where the file is". */
function validateReadPosition(position, length) {
  if (position == null) return -1;
  if (typeof position === 'number') {
    validateInteger(position, 'position', -1);
  } else if (typeof position === 'bigint') {
    const max = 2n ** 63n - 1n - BigInt(length);
    if (position < -1n || position > max) {
      throw new ERR_OUT_OF_RANGE('position', `>= -1 && <= ${max}`, position);
    }
  } else {
    throw new ERR_INVALID_ARG_TYPE('position', ['integer', 'bigint'], position);
  }
  return position;
}

/** A position for writing: anything but a number means "where the file is". */
function writePosition(position) {
  return typeof position === 'number' ? position : typeof position === 'bigint' ? position : -1;
}

function validateBufferArray(buffers, name = 'buffers') {
  if (!Array.isArray(buffers)) throw new ERR_INVALID_ARG_TYPE(name, 'ArrayBufferView[]', buffers);
  for (let i = 0; i < buffers.length; i++) {
    if (!ArrayBuffer.isView(buffers[i])) throw new ERR_INVALID_ARG_TYPE(name, 'ArrayBufferView[]', buffers);
  }
  return buffers;
}

/** What a write takes as bytes: a view as it is, a string in its encoding. */
function dataToBytes(data, encoding, name = 'data') {
  if (ArrayBuffer.isView(data)) return data;
  if (typeof data === 'string') return Buffer.from(data, encoding || 'utf8');
  throw new ERR_INVALID_ARG_TYPE(name, ['string', 'Buffer', 'TypedArray', 'DataView'], data);
}

/** The view's bytes as a Uint8Array over the same memory. */
function viewBytes(view) {
  return view instanceof Uint8Array ? view : new Uint8Array(view.buffer, view.byteOffset, view.byteLength);
}

/** A name or target that the binding gave, in the encoding that was asked for. `value` is a string for utf8, else bytes. */
function encodeName(value, encoding) {
  if (typeof value === 'string') return value;
  const buffer = Buffer.from(value.buffer, value.byteOffset, value.byteLength);
  return encoding === 'buffer' ? buffer : buffer.toString(encoding);
}

/** Whether names have to come as bytes, because they are not wanted as UTF-8 text. */
function wantsBytes(encoding) {
  return encoding != null && encoding !== 'utf8' && encoding !== 'utf-8';
}

function validateFlush(options) {
  if (options.flush != null) validateBoolean(options.flush, 'options.flush');
}

/** A time for utimes(2), in seconds. Source: https://nodejs.org/docs/latest-v24.x/api/fs.html#fsutimespath-atime-mtime-callback */
function toUnixTimestamp(time, name = 'time') {
  if (typeof time === 'string' && time !== '' && Number.isFinite(+time)) return +time;
  if (typeof time === 'number' && Number.isFinite(time)) return time < 0 ? Date.now() / 1000 : time;
  if (time instanceof Date || Object.prototype.toString.call(time) === '[object Date]') {
    return Date.prototype.getTime.call(time) / 1000;
  }
  throw new ERR_INVALID_ARG_TYPE(name, ['Date', 'Time in seconds'], time);
}

module.exports = {
  dataToBytes,
  encodeName,
  flagsToNumber,
  getOptions,
  isFd,
  isFileUrl,
  toUnixTimestamp,
  validateBufferArray,
  validateCallback,
  validateEncoding,
  validateEncodingName,
  validateFd,
  validateFlush,
  validateObject,
  validatePath,
  validateReadPosition,
  validateReadRange,
  validateWriteRange,
  viewBytes,
  wantsBytes,
  writePosition,
};
