'use strict';
// internal/v8/serdes: v8.Serializer and v8.Deserializer, values as bytes.
// API: https://nodejs.org/docs/latest-v24.x/api/v8.html#serialization-api
//
// The format is V8's, version 15, as `node` was seen to write it: a tag byte, then what the tag says.
//
//   ff 0f              version             41 n ... 24 p n   dense array: n items, p properties
//   5f 30 54 46        undefined null true false   61 n ... 40 p n   array with holes: keys and values
//   49 zigzag          int32               6f ... 7b p       object: keys and values
//   4e f64             number              3b ... 3a 2n / 27 ... 2c n   Map / Set
//   5a bits ...        BigInt              44 f64 / 52 s f   Date / RegExp
//   22 n / 63 n        Latin-1 / UTF-16    42 n ... / 7e n m ...   ArrayBuffer / resizable
//   5e id              met before          56 kind at n f    view of the buffer before it
//   79 78 6e 7a 73     boxed values        5c ...            host object
//
// Lengths are unsigned varints. Two-byte strings are aligned by a 00 before their tag.

const { codes } = require('internal/errors');
const types = require('internal/util/types');
const { describe, isPlain } = require('internal/structured_clone');

const kVersion = 15;
const noValue = Symbol('noValue');

const viewTags = {
  Int8Array: 0x62, Uint8Array: 0x42, Uint8ClampedArray: 0x43, Int16Array: 0x77, Uint16Array: 0x57, Int32Array: 0x64,
  Uint32Array: 0x44, Float16Array: 0x68, Float32Array: 0x66, Float64Array: 0x46, BigInt64Array: 0x71, BigUint64Array: 0x51,
};
const viewClasses = new Map(Object.entries(viewTags).map(([name, tag]) => [tag, name]));

// The order of Node's own serializer.
const hostViews = [
  'Int8Array', 'Uint8Array', 'Uint8ClampedArray', 'Int16Array', 'Uint16Array', 'Int32Array', 'Uint32Array', 'Float32Array',
  'Float64Array', 'DataView', 'Buffer', 'BigInt64Array', 'BigUint64Array', 'Float16Array',
];
const kBuffer = 10;

const errorTags = { EvalError: 0x45, RangeError: 0x52, ReferenceError: 0x46, SyntaxError: 0x53, TypeError: 0x54, URIError: 0x55 };
const errorClasses = new Map(Object.entries(errorTags).map(([name, tag]) => [tag, name]));
const regexpFlags = 'gimyusdlv';
// Bits of a RegExp's flags: g i m y u s are the first six, d and v follow l, which is V8's own.
const regexpBits = { g: 1, i: 2, m: 4, y: 8, u: 16, s: 32, l: 64, d: 128, v: 256 };

const scratch = new DataView(new ArrayBuffer(8));
const getTypedArrayName =
  Object.getOwnPropertyDescriptor(Object.getPrototypeOf(Uint8Array.prototype), Symbol.toStringTag).get;

function bytesOf(view) { return new Uint8Array(view.buffer, view.byteOffset, view.byteLength); }

// What is written so far, and what was met.
class Output {
  constructor() {
    this.bytes = Buffer.allocUnsafeSlow(256);
    this.length = 0;
    this.met = new Map();
    this.transferred = new Map();
    this.viewsAreHost = false;
  }

  reserve(count) {
    if (this.length + count <= this.bytes.length) return;
    const bytes = Buffer.allocUnsafeSlow(Math.max(this.bytes.length * 2, this.length + count));
    this.bytes.copy(bytes, 0, 0, this.length);
    this.bytes = bytes;
  }

  byte(value) {
    this.reserve(1);
    this.bytes[this.length++] = value;
  }

  varint(value) {
    this.reserve(10);
    while (value >= 0x80) {
      this.bytes[this.length++] = (value % 0x80) | 0x80;
      value = Math.floor(value / 0x80);
    }
    this.bytes[this.length++] = value;
  }

  double(value) {
    this.reserve(8);
    scratch.setFloat64(0, value, true);
    for (let i = 0; i < 8; i++) this.bytes[this.length++] = scratch.getUint8(i);
  }

  raw(bytes) {
    this.reserve(bytes.length);
    this.bytes.set(bytes, this.length);
    this.length += bytes.length;
  }

  string(text) {
    if (binding('v8').isLatin1(text)) {
      this.byte(0x22);
      this.varint(text.length);
      this.reserve(text.length);
      this.length += this.bytes.latin1Write(text, this.length);
      return;
    }
    const size = text.length * 2;
    const head = 1 + varintSize(size);
    if ((this.length + head) % 2 === 1) this.byte(0);
    this.byte(0x63);
    this.varint(size);
    this.reserve(size);
    this.length += this.bytes.ucs2Write(text, this.length);
  }

  bigint(value) {
    const negative = value < 0n;
    let rest = negative ? -value : value;
    const words = [];
    for (; rest > 0n; rest >>= 64n) words.push(rest & 0xffffffffffffffffn);
    this.varint(words.length * 16 + (negative ? 1 : 0));
    for (let i = 0; i < words.length; i++) {
      this.reserve(8);
      this.bytes.writeBigUInt64LE(words[i], this.length);
      this.length += 8;
    }
  }
}

function varintSize(value) {
  let size = 1;
  for (; value >= 0x80; value = Math.floor(value / 0x80)) size++;
  return size;
}

const kOutput = Symbol('output');

/** Values as bytes. */
function Serializer() {
  if (new.target === undefined) throw new codes.ERR_CONSTRUCT_CALL_REQUIRED('Serializer');
  this[kOutput] = new Output();
  Object.defineProperty(this, kOutput, { __proto__: null, enumerable: false });
}

Object.assign(Serializer.prototype, {
  writeHeader() {
    this[kOutput].byte(0xff);
    this[kOutput].byte(kVersion);
  },

  writeValue(value) {
    write(this, this[kOutput], value);
    return true;
  },

  releaseBuffer() {
    const out = this[kOutput];
    const bytes = Buffer.allocUnsafeSlow(out.length);
    out.bytes.copy(bytes, 0, 0, out.length);
    out.bytes = Buffer.alloc(0);
    out.length = 0;
    return bytes;
  },

  transferArrayBuffer(id, arrayBuffer) { this[kOutput].transferred.set(arrayBuffer, id >>> 0); },
  writeUint32(value) { this[kOutput].varint(value >>> 0); },

  writeUint64(high, low) {
    let value = BigInt(high >>> 0) << 32n | BigInt(low >>> 0);
    for (; value >= 0x80n; value >>= 7n) this[kOutput].byte(Number(value & 0x7fn) | 0x80);
    this[kOutput].byte(Number(value));
  },

  writeDouble(value) { this[kOutput].double(+value); },

  writeRawBytes(source) {
    if (!ArrayBuffer.isView(source)) throw invalidSource('source');
    this[kOutput].raw(bytesOf(source));
  },

  _setTreatArrayBufferViewsAsHostObjects(flag) { this[kOutput].viewsAreHost = !!flag; },
});
for (const key of Object.keys(Serializer.prototype)) {
  Object.defineProperty(Serializer.prototype, key, { __proto__: null, enumerable: false });
}
Serializer.prototype._getDataCloneError = Error;

function invalidSource(name) {
  const error = new TypeError(`${name} must be a TypedArray or a DataView`);
  error.code = 'ERR_INVALID_ARG_TYPE';
  return error;
}

function notCloneable(serializer, value) {
  const text = `${describe(value)} could not be cloned.`;
  const make = serializer._getDataCloneError;
  if (make === Error) return new Error(text);
  return make.call(serializer, text);
}

function write(serializer, out, value) {
  switch (typeof value) {
    case 'undefined': return out.byte(0x5f);
    case 'boolean': return out.byte(value ? 0x54 : 0x46);
    case 'string': return out.string(value);
    case 'number':
      if ((value | 0) === value && !Object.is(value, -0)) {
        out.byte(0x49);
        return out.varint(((value << 1) ^ (value >> 31)) >>> 0);
      }
      out.byte(0x4e);
      return out.double(value);
    case 'bigint':
      out.byte(0x5a);
      return out.bigint(value);
    case 'object':
      return value === null ? out.byte(0x30) : writeObject(serializer, out, value);
    default: throw notCloneable(serializer, value);
  }
}

function writeObject(serializer, out, value) {
  // A view stands behind its buffer, which must be known first.
  if (ArrayBuffer.isView(value) && !out.viewsAreHost && !out.met.has(value)) {
    write(serializer, out, value.buffer);
  }
  const known = out.met.get(value);
  if (known !== undefined) {
    out.byte(0x5e);
    return out.varint(known);
  }
  out.met.set(value, out.met.size);
  if (types.isProxy(value)) throw notCloneable(serializer, value);
  if (Array.isArray(value)) return writeArray(serializer, out, value);
  if (types.isDate(value)) {
    out.byte(0x44);
    return out.double(value.getTime());
  }
  if (types.isRegExp(value)) return writeRegExp(out, value);
  if (types.isMap(value)) return writeItems(serializer, out, [...Map.prototype.entries.call(value)].flat(1), 0x3b, 0x3a);
  if (types.isSet(value)) return writeItems(serializer, out, [...Set.prototype.values.call(value)], 0x27, 0x2c);
  if (types.isArrayBuffer(value)) return writeBuffer(out, value);
  if (types.isSharedArrayBuffer(value)) {
    if (typeof serializer._getSharedArrayBufferId !== 'function') throw notCloneable(serializer, value);
    out.byte(0x75);
    return out.varint(serializer._getSharedArrayBufferId(value) >>> 0);
  }
  if (ArrayBuffer.isView(value)) return writeView(serializer, out, value);
  if (types.isBoxedPrimitive(value)) return writeBoxed(serializer, out, value);
  if (types.isNativeError(value)) return writeError(serializer, out, value);
  if (!isPlain(value)) throw notCloneable(serializer, value);
  out.byte(0x6f);
  const count = writeProperties(serializer, out, value, Object.keys(value));
  out.byte(0x7b);
  out.varint(count);
}

function writeKey(out, key) {
  const number = +key;
  if (String(number >>> 0) === key && number >>> 0 === number && number < 0xffffffff) {
    if (number <= 0x7fffffff) {
      out.byte(0x49);
      out.varint(number * 2);
    } else {
      out.byte(0x4e);
      out.double(number);
    }
  } else {
    out.string(key);
  }
}

function writeProperties(serializer, out, value, keys) {
  let count = 0;
  for (let i = 0; i < keys.length; i++) {
    // A getter may have removed it.
    if (!Object.hasOwn(value, keys[i])) continue;
    writeKey(out, keys[i]);
    write(serializer, out, value[keys[i]]);
    count++;
  }
  return count;
}

function isDense(array) {
  for (let i = 0; i < array.length; i++) if (!Object.hasOwn(array, i)) return false;
  return true;
}

function writeArray(serializer, out, value) {
  const { length } = value;
  const dense = isDense(value);
  out.byte(dense ? 0x41 : 0x61);
  out.varint(length);
  let keys = Object.keys(value);
  if (dense) {
    for (let i = 0; i < length; i++) {
      if (Object.hasOwn(value, i)) write(serializer, out, value[i]);
      else out.byte(0x2d);
    }
    keys = keys.slice(length);
  }
  const count = writeProperties(serializer, out, value, keys);
  out.byte(dense ? 0x24 : 0x40);
  out.varint(count);
  out.varint(length);
}

function writeItems(serializer, out, items, start, end) {
  out.byte(start);
  for (let i = 0; i < items.length; i++) write(serializer, out, items[i]);
  out.byte(end);
  out.varint(items.length);
}

function writeRegExp(out, value) {
  out.byte(0x52);
  out.string(value.source);
  let bits = 0;
  for (const flag of value.flags) bits |= regexpBits[flag] ?? 0;
  out.varint(bits);
}

function writeBuffer(out, value) {
  const id = out.transferred.get(value);
  if (id !== undefined) {
    out.byte(0x74);
    return out.varint(id);
  }
  const { byteLength } = value;
  out.byte(value.resizable ? 0x7e : 0x42);
  out.varint(byteLength);
  if (value.resizable) out.varint(value.maxByteLength);
  out.raw(new Uint8Array(value));
}

function writeView(serializer, out, value) {
  if (out.viewsAreHost) return writeHostObject(serializer, out, value);
  out.byte(0x56);
  out.byte(types.isDataView(value) ? 0x3f : viewTags[getTypedArrayName.call(value)]);
  out.varint(value.byteOffset);
  out.varint(value.byteLength);
  out.varint(0);
}

function writeHostObject(serializer, out, value) {
  if (typeof serializer._writeHostObject !== 'function') throw notCloneable(serializer, value);
  out.byte(0x5c);
  serializer._writeHostObject(value);
}

function writeBoxed(serializer, out, value) {
  const inner = value.valueOf();
  switch (typeof inner) {
    case 'boolean': return out.byte(inner ? 0x79 : 0x78);
    case 'number':
      out.byte(0x6e);
      return out.double(inner);
    case 'bigint':
      out.byte(0x7a);
      return out.bigint(inner);
    case 'string':
      out.byte(0x73);
      return out.string(inner);
    default: throw notCloneable(serializer, value);
  }
}

function writeError(serializer, out, value) {
  out.byte(0x72);
  const tag = errorTags[value.name];
  if (tag !== undefined) out.byte(tag);
  const message = Object.getOwnPropertyDescriptor(value, 'message');
  if (message !== undefined && 'value' in message) {
    out.byte(0x6d);
    out.string(String(message.value));
  }
  if (Object.hasOwn(value, 'cause')) {
    out.byte(0x63);
    write(serializer, out, value.cause);
  }
  const { stack } = value;
  if (typeof stack === 'string') {
    out.byte(0x73);
    out.string(stack);
  }
  out.byte(0x2e);
}

// ---- reading

class Input {
  constructor(bytes) {
    this.bytes = bytes;
    this.at = 0;
    this.version = 0;
    this.met = [];
    this.transferred = new Map();
  }

  byte() {
    if (this.at >= this.bytes.length) throw broken();
    return this.bytes[this.at++];
  }

  peek() { return this.bytes[this.at]; }

  varint() {
    let value = 0;
    for (let scale = 1; ; scale *= 0x80) {
      const byte = this.byte();
      if (scale < 2 ** 35) value += (byte & 0x7f) * scale;
      if (byte < 0x80) return value;
    }
  }

  take(count) {
    if (count > this.bytes.length - this.at) throw broken();
    this.at += count;
    return this.bytes.subarray(this.at - count, this.at);
  }

  double() {
    const bytes = this.take(8);
    for (let i = 0; i < 8; i++) scratch.setUint8(i, bytes[i]);
    return scratch.getFloat64(0, true);
  }

  bigint() {
    const bits = this.varint();
    const bytes = this.take(Math.floor(bits / 2));
    let value = 0n;
    for (let i = bytes.length - 1; i >= 0; i--) value = value << 8n | BigInt(bytes[i]);
    return bits % 2 === 1 ? -value : value;
  }

  string() {
    const value = readPrimitive(this, this.tag());
    if (typeof value !== 'string') throw broken();
    return value;
  }

  // The next tag that is no padding.
  tag() {
    let tag;
    do tag = this.byte(); while (tag === 0);
    return tag;
  }

  isNext(tag) {
    while (this.peek() === 0) this.at++;
    if (this.peek() !== tag) return false;
    this.at++;
    return true;
  }

  remember(value) {
    this.met.push(value);
    return value;
  }
}

function broken() { return new Error('Unable to deserialize cloned data.'); }

const kInput = Symbol('input');

/** Bytes as values. */
function Deserializer(buffer) {
  if (new.target === undefined) throw new codes.ERR_CONSTRUCT_CALL_REQUIRED('Deserializer');
  if (!ArrayBuffer.isView(buffer)) throw invalidSource('buffer');
  this.buffer = buffer;
  const bytes = bytesOf(buffer);
  this[kInput] = new Input(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
  Object.defineProperty(this, kInput, { __proto__: null, enumerable: false });
}

Object.assign(Deserializer.prototype, {
  readHeader() {
    const input = this[kInput];
    if (input.peek() === 0xff) {
      input.at++;
      input.version = input.varint();
      if (input.version <= kVersion) return true;
    }
    throw new Error('Unable to deserialize cloned data due to invalid or unsupported version.');
  },

  readValue() { return read(this, this[kInput]); },
  getWireFormatVersion() { return this[kInput].version; },
  transferArrayBuffer(id, arrayBuffer) { this[kInput].transferred.set(id >>> 0, arrayBuffer); },
  readUint32() { return attempt('ReadUint32', () => this[kInput].varint() >>> 0); },

  readUint64() {
    return attempt('ReadUint64', () => {
      let value = 0n;
      for (let shift = 0n; ; shift += 7n) {
        const byte = this[kInput].byte();
        value |= BigInt(byte & 0x7f) << shift;
        if (byte < 0x80) break;
      }
      return [Number(value >> 32n & 0xffffffffn), Number(value & 0xffffffffn)];
    });
  },

  readDouble() { return attempt('ReadDouble', () => this[kInput].double()); },
  readRawBytes(length) { return attempt('ReadRawBytes', () => this[kInput].take(length >>> 0)); },
});
for (const key of Object.keys(Deserializer.prototype)) {
  Object.defineProperty(Deserializer.prototype, key, { __proto__: null, enumerable: false });
}

function attempt(name, act) {
  try {
    return act();
  } catch {
    throw new Error(`${name}() failed`);
  }
}

// A value without objects in it; noValue for every other tag.
function readPrimitive(input, tag) {
  switch (tag) {
    case 0x5f: return undefined;
    case 0x30: return null;
    case 0x54: return true;
    case 0x46: return false;
    case 0x49: {
      const bits = input.varint();
      return (bits % 2 === 0 ? bits / 2 : -(bits + 1) / 2) | 0;
    }
    case 0x55: return input.varint();
    case 0x4e: return input.double();
    case 0x5a: return input.bigint();
    case 0x22: return input.take(input.varint()).latin1Slice();
    case 0x53: return input.take(input.varint()).utf8Slice();
    case 0x63: return input.take(input.varint()).ucs2Slice();
    default: return noValue;
  }
}

function read(deserializer, input) {
  const tag = input.tag();
  if (tag === 0x3f) {
    // A count of objects, of no use here.
    input.varint();
    return read(deserializer, input);
  }
  const primitive = readPrimitive(input, tag);
  return primitive === noValue ? readObject(deserializer, input, tag) : primitive;
}

function readObject(deserializer, input, tag) {
  switch (tag) {
    case 0x5e: {
      const id = input.varint();
      if (id >= input.met.length) throw broken();
      return withView(deserializer, input, input.met[id]);
    }
    case 0x6f: return readProperties(deserializer, input, input.remember({}), 0x7b, 1);
    case 0x41: return readDense(deserializer, input);
    case 0x61: {
      const array = input.remember([]);
      array.length = input.varint();
      return readProperties(deserializer, input, array, 0x40, 2);
    }
    case 0x3b: return readMap(deserializer, input);
    case 0x27: return readSet(deserializer, input);
    case 0x44: return input.remember(new Date(input.double()));
    case 0x52: return readRegExp(input);
    case 0x42: case 0x7e: case 0x74: case 0x75: return withView(deserializer, input, readBuffer(deserializer, input, tag));
    case 0x79: return input.remember(Object(true));
    case 0x78: return input.remember(Object(false));
    case 0x6e: return input.remember(Object(input.double()));
    case 0x7a: return input.remember(Object(input.bigint()));
    case 0x73: return input.remember(Object(input.string()));
    case 0x72: return readError(deserializer, input);
    case 0x5c: return readHostObject(deserializer, input);
    default: throw broken();
  }
}

function define(object, key, value) {
  if (key === '__proto__') {
    Object.defineProperty(object, key, { __proto__: null, value, writable: true, enumerable: true, configurable: true });
  } else {
    object[key] = value;
  }
}

// Keys and values up to the tag `end`, behind which stand `counts` counts.
function readProperties(deserializer, input, object, end, counts) {
  let count = 0;
  while (!input.isNext(end)) {
    const key = readPrimitive(input, input.tag());
    if (typeof key !== 'string' && typeof key !== 'number') throw broken();
    define(object, `${key}`, read(deserializer, input));
    count++;
  }
  if (input.varint() !== count) throw broken();
  for (let i = 1; i < counts; i++) input.varint();
  return object;
}

function readDense(deserializer, input) {
  const length = input.varint();
  // Every item takes a byte at least.
  if (length > input.bytes.length - input.at) throw broken();
  const array = input.remember([]);
  array.length = length;
  for (let i = 0; i < length; i++) {
    if (!input.isNext(0x2d)) array[i] = read(deserializer, input);
  }
  return readProperties(deserializer, input, array, 0x24, 2);
}

function readMap(deserializer, input) {
  const map = input.remember(new Map());
  let count = 0;
  for (; !input.isNext(0x3a); count += 2) {
    const key = read(deserializer, input);
    map.set(key, read(deserializer, input));
  }
  if (input.varint() !== count) throw broken();
  return map;
}

function readSet(deserializer, input) {
  const set = input.remember(new Set());
  let count = 0;
  for (; !input.isNext(0x2c); count++) set.add(read(deserializer, input));
  if (input.varint() !== count) throw broken();
  return set;
}

function readRegExp(input) {
  const source = input.string();
  const bits = input.varint();
  let flags = '';
  for (const flag of regexpFlags) if (bits & regexpBits[flag]) flags += flag;
  try {
    return input.remember(new RegExp(source, flags));
  } catch {
    throw broken();
  }
}

function readBuffer(deserializer, input, tag) {
  if (tag === 0x74) {
    const buffer = input.transferred.get(input.varint());
    if (buffer === undefined) throw broken();
    return input.remember(buffer);
  }
  if (tag === 0x75) {
    if (typeof deserializer._getSharedArrayBufferFromId !== 'function') throw broken();
    return input.remember(deserializer._getSharedArrayBufferFromId(input.varint()));
  }
  const length = input.varint();
  const maxByteLength = tag === 0x7e ? input.varint() : undefined;
  if (maxByteLength < length) throw broken();
  const bytes = input.take(length);
  const buffer = maxByteLength === undefined ? new ArrayBuffer(length) : new ArrayBuffer(length, { maxByteLength });
  new Uint8Array(buffer).set(bytes);
  return input.remember(buffer);
}

// A buffer that a view follows stands for that view.
function withView(deserializer, input, buffer) {
  if (!types.isAnyArrayBuffer(buffer) || !input.isNext(0x56)) return buffer;
  const tag = input.byte();
  const offset = input.varint();
  const length = input.varint();
  if (input.version >= 14) input.varint();
  if (offset + length > buffer.byteLength) throw broken();
  if (tag === 0x3f) return input.remember(new DataView(buffer, offset, length));
  const Class = globalThis[viewClasses.get(tag)];
  if (Class === undefined || offset % Class.BYTES_PER_ELEMENT !== 0 || length % Class.BYTES_PER_ELEMENT !== 0) throw broken();
  return input.remember(new Class(buffer, offset, length / Class.BYTES_PER_ELEMENT));
}

function readError(deserializer, input) {
  const id = input.met.length;
  input.met.push(undefined);
  let Class = Error;
  const parts = {};
  for (;;) {
    const tag = input.byte();
    if (tag === 0x2e) break;
    if (tag === 0x6d) parts.message = input.string();
    else if (tag === 0x63) parts.cause = { value: read(deserializer, input) };
    else if (tag === 0x73) parts.stack = input.string();
    else if (errorClasses.has(tag)) Class = globalThis[errorClasses.get(tag)];
    else throw broken();
  }
  const error = parts.message === undefined ? new Class() : new Class(parts.message);
  hide(error, 'stack', parts.stack);
  if (parts.cause !== undefined) hide(error, 'cause', parts.cause.value);
  input.met[id] = error;
  return error;
}

function hide(object, key, value) {
  Object.defineProperty(object, key, { __proto__: null, value, writable: true, enumerable: false, configurable: true });
}

function readHostObject(deserializer, input) {
  if (typeof deserializer._readHostObject !== 'function') throw broken();
  const id = input.met.length;
  input.met.push(undefined);
  const value = deserializer._readHostObject();
  input.met[id] = value;
  return value;
}

// ---- Node's own: views are host objects, a Buffer stays one

class DefaultSerializer extends Serializer {
  constructor() {
    super();
    this._setTreatArrayBufferViewsAsHostObjects(true);
  }

  _writeHostObject(view) {
    if (!ArrayBuffer.isView(view)) {
      throw this._getDataCloneError(`Unserializable host object: ${require('util').inspect(view)}`);
    }
    let index = kBuffer;
    if (types.isDataView(view)) index = hostViews.indexOf('DataView');
    else if (!Buffer.isBuffer(view)) index = hostViews.indexOf(getTypedArrayName.call(view));
    this.writeUint32(index);
    this.writeUint32(view.byteLength);
    this.writeRawBytes(view);
  }
}

class DefaultDeserializer extends Deserializer {
  _readHostObject() {
    const index = this.readUint32();
    const name = hostViews[index];
    if (name === undefined) throw broken();
    const bytes = this.readRawBytes(this.readUint32());
    if (index === kBuffer) return bytes;
    const Class = globalThis[name];
    const size = Class.BYTES_PER_ELEMENT ?? 1;
    if (bytes.length % size !== 0) throw broken();
    if (bytes.byteOffset % size === 0) return new Class(bytes.buffer, bytes.byteOffset, bytes.length / size);
    const { buffer } = new Uint8Array(bytes);
    return new Class(buffer, 0, bytes.length / size);
  }
}

/** @returns {Buffer} */
function serialize(value) {
  const serializer = new DefaultSerializer();
  serializer.writeHeader();
  serializer.writeValue(value);
  return serializer.releaseBuffer();
}

/** @param {NodeJS.ArrayBufferView} buffer */
function deserialize(buffer) {
  if (!ArrayBuffer.isView(buffer)) throw invalidSource('buffer');
  const deserializer = new DefaultDeserializer(buffer);
  deserializer.readHeader();
  return deserializer.readValue();
}

module.exports = { DefaultDeserializer, DefaultSerializer, Deserializer, Serializer, deserialize, serialize };
