'use strict';

// node:buffer: bytes. A Buffer is a Uint8Array whose prototype has more methods; all that read, write, search or convert
// are native functions, so this file is mostly about how a Buffer comes to be.
// API: https://nodejs.org/docs/latest-v24.x/api/buffer.html
// Binding `buffer`: install, alloc, allocUnsafe, allocUnsafeSlow, view, fromString, fromBytes, byteLength, concat,
// compare, compareRanges, fillBytes, fillString, isUtf8, isAscii, transcode, atob, btoa, kindOf, isBuffer, isDetached, getPoolSize,
// setPoolSize, normalizeEncoding.

const native = binding('buffer');
const inspectSymbol = Symbol.for('nodejs.util.inspect.custom');
const uint8Set = Uint8Array.prototype.set;

const kMaxLength = 2 ** 53 - 1;
const kStringMaxLength = 0x1fffffe8;
// What `kindOf` answers; 0 is everything else.
const kUint8Array = 1;
const kTypedArray = 2;
const kDataView = 3;
const kArrayBuffer = 4;

let inspectMaxBytes = 50;

/** Throws the registry's error of that code; the registry is loaded at the first error. */
function fail(code, ...args) {
  throw new (require('internal/errors').codes[code])(...args);
}

class FastBuffer extends Uint8Array {}

FastBuffer.prototype.constructor = Buffer;
Buffer.prototype = FastBuffer.prototype;
native.install(Buffer.prototype);

/**
 * @deprecated `Buffer.from`, `Buffer.alloc` and `Buffer.allocUnsafe` say what they do.
 * @param {number | string | object} arg
 */
function Buffer(arg, encodingOrOffset, length) {
  warnOfConstructor();
  if (typeof arg === 'number') {
    if (typeof encodingOrOffset === 'string') fail('ERR_INVALID_ARG_TYPE', 'string', 'string', arg);
    return Buffer.alloc(arg);
  }
  return Buffer.from(arg, encodingOrOffset, length);
}

let constructorChecks = 0;
function warnOfConstructor() {
  if (++constructorChecks > 10000) return;
  if (isCalledFromNodeModules() && !process.execArgv.includes('--pending-deprecation') &&
      process.env.NODE_PENDING_DEPRECATION !== '1') return;
  constructorChecks = Infinity;
  process.emitWarning(
    'Buffer() is deprecated due to security and usability issues. Please use the Buffer.alloc(), ' +
    'Buffer.allocUnsafe(), or Buffer.from() methods instead.', 'DeprecationWarning', 'DEP0005', Buffer);
}

/** Whether the nearest caller outside of the core library is a file below node_modules. */
function isCalledFromNodeModules() {
  const prepare = Error.prepareStackTrace;
  Error.prepareStackTrace = undefined;
  const { stack } = new Error();
  Error.prepareStackTrace = prepare;
  const lines = typeof stack === 'string' ? stack.split('\n') : [];
  for (let i = 1; i < lines.length; i++) {
    if (/\(?(?:node:|native)/.test(lines[i]) || !/[\\/]/.test(lines[i])) continue;
    return /[\\/]node_modules[\\/]/.test(lines[i]);
  }
  return false;
}

Object.setPrototypeOf(Buffer, Uint8Array);
Object.defineProperty(Buffer, Symbol.species, {
  __proto__: null,
  configurable: true,
  enumerable: false,
  get() { return FastBuffer; },
});
Object.defineProperty(Buffer, 'poolSize', {
  __proto__: null,
  configurable: true,
  enumerable: true,
  get: native.getPoolSize,
  set: native.setPoolSize,
});

/**
 * @param {string | ArrayBuffer | ArrayLike<number> | { valueOf(): any }} value
 * @param {string | number} [encodingOrOffset]
 * @param {number} [length]
 * @returns {Buffer}
 */
Buffer.from = function from(value, encodingOrOffset, length) {
  if (typeof value === 'string') return native.fromString(value, encodingOrOffset);
  if (typeof value === 'object' && value !== null) {
    const copy = native.fromBytes(value);
    if (copy !== undefined) return copy;
    if (native.kindOf(value) >= kArrayBuffer) return fromArrayBuffer(value, encodingOrOffset, length);
    const inner = value.valueOf && value.valueOf();
    if (inner != null && inner !== value && (typeof inner === 'string' || typeof inner === 'object')) {
      return from(inner, encodingOrOffset, length);
    }
    const made = fromObject(value);
    if (made !== undefined) return made;
    if (typeof value[Symbol.toPrimitive] === 'function') {
      const primitive = value[Symbol.toPrimitive]('string');
      if (typeof primitive === 'string') return native.fromString(primitive, encodingOrOffset);
    }
  }
  fail('ERR_INVALID_ARG_TYPE', 'first argument',
       ['string', 'Buffer', 'ArrayBuffer', 'Array', 'Array-like Object'], value);
};

function fromArrayBuffer(buffer, byteOffset, length) {
  byteOffset = byteOffset === undefined ? 0 : +byteOffset || 0;
  const room = buffer.byteLength - byteOffset;
  if (room < 0) fail('ERR_BUFFER_OUT_OF_BOUNDS', 'offset');
  if (length === undefined) {
    // Without a length the view follows a buffer that can be resized.
    if (buffer.resizable || buffer.growable) return new FastBuffer(buffer, byteOffset);
    length = room;
  } else {
    length = +length;
    if (!(length > 0)) length = 0;
    else if (length > room) fail('ERR_BUFFER_OUT_OF_BOUNDS', 'length');
  }
  return native.view(buffer, byteOffset, length);
}

function fromObject(value) {
  if (value.length !== undefined || native.kindOf(value.buffer) >= kArrayBuffer) {
    return typeof value.length === 'number' ? fromArrayLike(value) : native.alloc(0);
  }
  if (value.type === 'Buffer' && Array.isArray(value.data)) return fromArrayLike(value.data);
}

function fromArrayLike(list) {
  if (!(list.length > 0)) return native.alloc(0);
  const buffer = native.allocUnsafe(list.length);
  uint8Set.call(buffer, list);
  return buffer;
}

/** @param {...number} items */
Buffer.of = function of(...items) {
  return fromArrayLike(items);
};

/**
 * @param {TypedArray} view
 * @param {number} [offset] in elements
 * @param {number} [length] in elements
 */
Buffer.copyBytesFrom = function copyBytesFrom(view, offset, length) {
  const kind = native.kindOf(view);
  if (kind !== kUint8Array && kind !== kTypedArray) fail('ERR_INVALID_ARG_TYPE', 'view', ['TypedArray'], view);
  const { validateInteger } = require('internal/validators');
  if (offset !== undefined) validateInteger(offset, 'offset', 0);
  if (length !== undefined) validateInteger(length, 'length', 0);
  const start = Math.min(offset === undefined ? 0 : offset, view.length);
  const end = length === undefined ? view.length : Math.min(start + length, view.length);
  const width = view.BYTES_PER_ELEMENT;
  const bytes = new Uint8Array(view.buffer, view.byteOffset + start * width, (end - start) * width);
  return native.fromBytes(bytes);
};

/**
 * @param {number} size in bytes
 * @param {string | Uint8Array | number} [fill]
 * @param {string} [encoding]
 */
Buffer.alloc = function alloc(size, fill, encoding) {
  const buffer = native.alloc(size);
  if (fill === undefined || fill === 0 || size === 0) return buffer;
  return fillBuffer(buffer, fill, encoding);
};

/** @param {number} size in bytes */
Buffer.allocUnsafe = native.allocUnsafe;

/** @param {number} size in bytes */
Buffer.allocUnsafeSlow = native.allocUnsafeSlow;

/** @returns {boolean} */
Buffer.isBuffer = native.isBuffer;

/** @returns {boolean} */
Buffer.isEncoding = function isEncoding(encoding) {
  return native.normalizeEncoding(encoding) !== undefined;
};

/** @returns {-1 | 0 | 1} */
Buffer.compare = function compare(buf1, buf2) {
  if (native.kindOf(buf1) !== kUint8Array) fail('ERR_INVALID_ARG_TYPE', 'buf1', ['Buffer', 'Uint8Array'], buf1);
  if (native.kindOf(buf2) !== kUint8Array) fail('ERR_INVALID_ARG_TYPE', 'buf2', ['Buffer', 'Uint8Array'], buf2);
  return native.compare(buf1, buf2);
};

/**
 * @param {Uint8Array[]} list
 * @param {number} [length] in bytes; what is missing is zeros, what is too much is cut off
 */
Buffer.concat = function concat(list, length) {
  if (!Array.isArray(list)) fail('ERR_INVALID_ARG_TYPE', 'list', 'Array', list);
  if (length !== undefined) require('internal/validators').validateInteger(length, 'length', 0, kMaxLength);
  return list.length === 0 ? native.alloc(0) : native.concat(list, length);
};

/**
 * @param {string | ArrayBuffer | ArrayBufferView} string
 * @param {string} [encoding]
 */
Buffer.byteLength = native.byteLength;

const proto = Buffer.prototype;

proto.toLocaleString = proto.toString;

Object.defineProperty(proto, 'parent', {
  __proto__: null,
  enumerable: true,
  get() { return this instanceof Buffer ? this.buffer : undefined; },
});
Object.defineProperty(proto, 'offset', {
  __proto__: null,
  enumerable: true,
  get() { return this instanceof Buffer ? this.byteOffset : undefined; },
});

proto.toJSON = function toJSON() {
  const data = new Array(this.length);
  for (let i = 0; i < data.length; i++) data[i] = this[i];
  return { type: 'Buffer', data };
};

proto.compare = function compare(target, targetStart, targetEnd, sourceStart, sourceEnd) {
  if (native.kindOf(this) !== kUint8Array) fail('ERR_INVALID_ARG_TYPE', 'this', ['Buffer', 'Uint8Array'], this);
  if (native.kindOf(target) !== kUint8Array) fail('ERR_INVALID_ARG_TYPE', 'target', ['Buffer', 'Uint8Array'], target);
  if (arguments.length === 1) return native.compare(this, target);
  const { validateInteger } = require('internal/validators');
  if (targetStart === undefined) targetStart = 0;
  else validateInteger(targetStart, 'targetStart', 0);
  if (targetEnd === undefined) targetEnd = target.length;
  else validateInteger(targetEnd, 'targetEnd', 0, target.length);
  if (sourceStart === undefined) sourceStart = 0;
  else validateInteger(sourceStart, 'sourceStart', 0);
  if (sourceEnd === undefined) sourceEnd = this.length;
  else validateInteger(sourceEnd, 'sourceEnd', 0, this.length);
  if (sourceStart >= sourceEnd) return targetStart >= targetEnd ? 0 : -1;
  if (targetStart >= targetEnd) return 1;
  return native.compareRanges(this, target, targetStart, sourceStart, targetEnd, sourceEnd);
};

/**
 * @param {string | Uint8Array | number} value
 * @param {number | string} [offset] or the encoding
 * @param {number | string} [end] or the encoding
 * @param {string} [encoding]
 */
proto.fill = function fill(value, offset, end, encoding) {
  return fillBuffer(this, value, offset, end, encoding);
};

function fillBuffer(buffer, value, offset, end, encoding) {
  if (typeof value === 'string') {
    if (offset === undefined || typeof offset === 'string') {
      encoding = offset;
      offset = undefined;
      end = undefined;
    } else if (typeof end === 'string') {
      encoding = end;
      end = undefined;
    }
    if (encoding !== undefined && native.normalizeEncoding(encoding) === undefined) {
      require('internal/validators').validateString(encoding, 'encoding');
      fail('ERR_UNKNOWN_ENCODING', encoding);
    }
    if (value.length === 0) value = 0;
  }
  if (offset === undefined) {
    offset = 0;
    end = buffer.length;
  } else {
    const { validateNumber } = require('internal/validators');
    validateNumber(offset, 'offset', 0, kMaxLength);
    if (end === undefined) end = buffer.length;
    else validateNumber(end, 'end', 0, buffer.length);
    if (offset >= end) return buffer;
  }
  let filled;
  if (typeof value === 'string') {
    filled = native.fillString(buffer, value, offset, end, encoding);
  } else if (typeof value === 'object' && value !== null && native.kindOf(value) > 0) {
    filled = native.fillBytes(buffer, value, offset, end);
  } else {
    filled = native.fillBytes(buffer, value & 255, offset, end);
  }
  if (!filled) fail('ERR_INVALID_ARG_VALUE', 'value', value);
  return buffer;
}

function inspect(recurseTimes, ctx) {
  const shown = Math.min(inspectMaxBytes, this.length);
  const hidden = this.length - shown;
  let text = proto.hexSlice.call(this, 0, shown).replace(/(.{2})/g, '$1 ').trim();
  if (hidden > 0) text += ` ... ${hidden} more byte${hidden > 1 ? 's' : ''}`;
  if (ctx) text += inspectExtras(this, ctx, text.length > 0);
  const name = this.constructor && this.constructor.name || 'Buffer';
  return `<${name} ${text}>`;
}

/** The properties that a program has put on the buffer, `, key: value` each. */
function inspectExtras(buffer, ctx, needsComma) {
  const extras = { __proto__: null };
  const keys = Reflect.ownKeys(buffer);
  let found = false;
  for (let i = 0; i < keys.length; i++) {
    const key = keys[i];
    if (typeof key === 'string' && /^\d+$/.test(key)) continue;
    const property = Object.getOwnPropertyDescriptor(buffer, key);
    if (!property.enumerable && !ctx.showHidden) continue;
    Object.defineProperty(extras, key, { ...property, enumerable: true });
    found = true;
  }
  if (!found) return '';
  const shown = require('internal/util/inspect').inspect(extras, { ...ctx, breakLength: Infinity, compact: true });
  return (needsComma ? ', ' : '') + shown.slice(shown.indexOf('{') + 2, -2);
}

proto[inspectSymbol] = inspect;
proto.inspect = inspect;

/** @deprecated Use `Buffer.allocUnsafeSlow`. */
function SlowBuffer(size) {
  return native.allocUnsafeSlow(size);
}
Object.setPrototypeOf(SlowBuffer.prototype, Uint8Array.prototype);
Object.setPrototypeOf(SlowBuffer, Uint8Array);

/**
 * @param {Uint8Array} source
 * @param {string} fromEnc
 * @param {string} toEnc
 */
function transcode(source, fromEnc, toEnc) {
  if (native.kindOf(source) !== kUint8Array) {
    fail('ERR_INVALID_ARG_TYPE', 'source', ['Buffer', 'Uint8Array'], source);
  }
  if (source.length === 0) return native.alloc(0);
  const result = native.transcode(source, fromEnc, toEnc);
  if (result !== undefined) return result;
  const error = new Error('Unable to transcode Buffer [U_ILLEGAL_ARGUMENT_ERROR]');
  error.code = 'U_ILLEGAL_ARGUMENT_ERROR';
  error.errno = 1;
  throw error;
}

function checkValidatable(input) {
  const kind = native.kindOf(input);
  if (kind === 0 || kind === kDataView) fail('ERR_INVALID_ARG_TYPE', 'input', ['ArrayBuffer', 'Buffer', 'TypedArray'], input);
  const buffer = kind >= kArrayBuffer ? input : input.buffer;
  if (native.isDetached(buffer)) fail('ERR_INVALID_STATE', 'Cannot validate on a detached buffer');
}

/** @param {Buffer | ArrayBuffer | TypedArray} input */
function isUtf8(input) {
  checkValidatable(input);
  return native.isUtf8(input);
}

/** @param {Buffer | ArrayBuffer | TypedArray} input */
function isAscii(input) {
  checkValidatable(input);
  return native.isAscii(input);
}

function invalidCharacter(message) {
  const { DOMException } = require('internal/dom_exception');
  throw new DOMException(message, 'InvalidCharacterError');
}

/** @param {string} input Latin-1 text */
function btoa(input) {
  if (arguments.length === 0) fail('ERR_MISSING_ARGS', 'input');
  const encoded = native.btoa(`${input}`);
  if (encoded === undefined) invalidCharacter('Invalid character');
  return encoded;
}

/** @param {string} input base64 */
function atob(input) {
  if (arguments.length === 0) fail('ERR_MISSING_ARGS', 'input');
  const decoded = native.atob(`${input}`);
  if (decoded === 1) invalidCharacter('Invalid character');
  if (decoded === 2) invalidCharacter('The string to be decoded is not correctly encoded.');
  return decoded;
}

module.exports = {
  Buffer,
  SlowBuffer,
  transcode,
  isUtf8,
  isAscii,
  kMaxLength,
  kStringMaxLength,
  btoa,
  atob,
};

Object.defineProperties(module.exports, {
  constants: {
    __proto__: null,
    configurable: false,
    enumerable: true,
    value: Object.defineProperties({}, {
      MAX_LENGTH: { __proto__: null, enumerable: true, value: kMaxLength },
      MAX_STRING_LENGTH: { __proto__: null, enumerable: true, value: kStringMaxLength },
    }),
  },
  INSPECT_MAX_BYTES: {
    __proto__: null,
    configurable: true,
    enumerable: true,
    get() { return inspectMaxBytes; },
    set(value) {
      require('internal/validators').validateNumber(value, 'INSPECT_MAX_BYTES', 0);
      inspectMaxBytes = value;
    },
  },
});

function defineLazily(name, load) {
  Object.defineProperty(module.exports, name, {
    __proto__: null,
    configurable: true,
    enumerable: true,
    get: load,
  });
}
defineLazily('Blob', () => require('internal/blob').Blob);
defineLazily('File', () => require('internal/blob').File);
defineLazily('resolveObjectURL', () => require('internal/blob').resolveObjectURL);
