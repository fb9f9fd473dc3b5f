'use strict';

// internal/structured_clone: structuredClone(), a deep copy of data.
// API: https://nodejs.org/docs/latest-v24.x/api/globals.html#structuredclonevalue-options,
//      https://html.spec.whatwg.org/multipage/structured-data.html#structuredserializeinternal
// Binding: buffer_transfer.detach(arrayBuffer).
//
// Serializing and deserializing are one walk here, as nothing leaves the heap. `memory` maps what was met to its copy, so
// that cycles and shared references survive. Objects of core classes take part through methods with these symbols:
//
//   [kClone]()    -> { data, create(dataCopy) }   data is cloned in turn, create() makes the new object of it
//   [kTransfer]() -> the same, and the object is of no use afterwards

const { codes } = require('internal/errors');
const types = require('internal/util/types');

const kClone = Symbol('kClone');
const kTransfer = Symbol('kTransfer');

const getTypedArrayName =
  Object.getOwnPropertyDescriptor(Object.getPrototypeOf(Uint8Array.prototype), Symbol.toStringTag).get;
const errorConstructors = { EvalError, RangeError, ReferenceError, SyntaxError, TypeError, URIError };

function dataCloneError(text) {
  return require('internal/util').lazyDOMException(text, 'DataCloneError');
}

// How an error names what it can't clone: functions by their text, objects by their constructor.
function describe(value) {
  if (typeof value === 'function') return Function.prototype.toString.call(value);
  if (typeof value !== 'object') return String(value);
  if (types.isProxy(value)) return '#<Object>';
  const tag = Object.prototype.toString.call(value);
  if (tag === '[object Generator]' || tag === '[object Symbol]') return tag;
  return `#<${require('internal/util').getConstructorName(value) ?? 'Object'}>`;
}

function notCloneable(value) {
  return dataCloneError(`${describe(value)} could not be cloned.`);
}

function clone(value, memory) {
  switch (typeof value) {
    case 'object': return value === null ? null : cloneObject(value, memory);
    case 'function': case 'symbol': throw notCloneable(value);
    default: return value;
  }
}

function cloneObject(value, memory) {
  const known = memory.get(value);
  if (known !== undefined) return known;

  if (Array.isArray(value) && !types.isProxy(value)) {
    return cloneProperties(value, remember(value, new Array(value.length), memory), memory);
  }
  if (typeof value[kClone] === 'function') return cloneHostObject(value, value[kClone](), memory);
  if (types.isDate(value)) return remember(value, new Date(value.getTime()), memory);
  if (types.isRegExp(value)) return remember(value, new RegExp(value.source, value.flags), memory);
  if (types.isMap(value)) return cloneMap(value, memory);
  if (types.isSet(value)) return cloneSet(value, memory);
  if (types.isAnyArrayBuffer(value)) return remember(value, cloneBuffer(value), memory);
  if (ArrayBuffer.isView(value)) return cloneView(value, memory);
  if (types.isNativeError(value)) return cloneError(value, memory);
  if (types.isBoxedPrimitive(value)) {
    if (types.isSymbolObject(value)) throw notCloneable(value);
    return remember(value, Object(value.valueOf()), memory);
  }
  if (!isPlain(value)) throw notCloneable(value);
  return cloneProperties(value, remember(value, {}, memory), memory);
}

function remember(value, copy, memory) {
  memory.set(value, copy);
  return copy;
}

// Whether nothing but properties makes up the object, as far as a program can tell.
function isPlain(value) {
  if (types.isProxy(value) || types.isPromise(value) || types.isWeakMap(value) || types.isWeakSet(value) ||
      types.isGeneratorObject(value) || types.isMapIterator(value) || types.isSetIterator(value) ||
      types.isModuleNamespaceObject(value) || types.isExternal(value) || types.isArgumentsObject(value)) return false;
  const tag = value[Symbol.toStringTag];
  return !(tag === 'WeakRef' && value instanceof WeakRef) &&
    !(tag === 'Array Iterator' && !Object.hasOwn(value, Symbol.toStringTag)) &&
    !(tag === 'FinalizationRegistry' && value instanceof FinalizationRegistry);
}

function cloneProperties(value, copy, memory) {
  const keys = Object.keys(value);
  for (let i = 0; i < keys.length; i++) {
    const key = keys[i];
    // A getter may have removed it.
    if (!Object.hasOwn(value, key)) continue;
    const item = clone(value[key], memory);
    if (key === '__proto__') {
      Object.defineProperty(copy, key, { __proto__: null, value: item, writable: true, enumerable: true, configurable: true });
    } else {
      copy[key] = item;
    }
  }
  return copy;
}

function cloneMap(value, memory) {
  const copy = remember(value, new Map(), memory);
  // The entries as they are now: getters that run on the way may change the map.
  const entries = [...Map.prototype.entries.call(value)];
  for (let i = 0; i < entries.length; i++) copy.set(clone(entries[i][0], memory), clone(entries[i][1], memory));
  return copy;
}

function cloneSet(value, memory) {
  const copy = remember(value, new Set(), memory);
  const items = [...Set.prototype.values.call(value)];
  for (let i = 0; i < items.length; i++) copy.add(clone(items[i], memory));
  return copy;
}

function isDetached(buffer) {
  if (buffer.byteLength !== 0 || types.isSharedArrayBuffer(buffer)) return false;
  if (buffer.detached !== undefined) return buffer.detached;
  try {
    return new Uint8Array(buffer).length !== 0;
  } catch {
    return true;
  }
}

function cloneBuffer(buffer) {
  // Shared memory is shared with the copy.
  if (types.isSharedArrayBuffer(buffer)) return buffer;
  if (isDetached(buffer)) throw dataCloneError('An ArrayBuffer is detached and could not be cloned.');
  if (!buffer.resizable) return ArrayBuffer.prototype.slice.call(buffer, 0);
  const copy = new ArrayBuffer(buffer.byteLength, { maxByteLength: buffer.maxByteLength });
  new Uint8Array(copy).set(new Uint8Array(buffer));
  return copy;
}

function cloneView(view, memory) {
  if (isDetached(view.buffer)) throw dataCloneError('An ArrayBuffer is detached and could not be cloned.');
  const buffer = cloneObject(view.buffer, memory);
  if (types.isDataView(view)) return remember(view, new DataView(buffer, view.byteOffset, view.byteLength), memory);
  // The class by its brand: a Buffer becomes a Uint8Array.
  const TypedArray = globalThis[getTypedArrayName.call(view)];
  return remember(view, new TypedArray(buffer, view.byteOffset, view.length), memory);
}

function cloneError(value, memory) {
  if (value[Symbol.toStringTag] === 'DOMException') return cloneDOMException(value, memory);
  const name = value.name === undefined ? 'Error' : String(value.name);
  const Constructor = Object.hasOwn(errorConstructors, name) ? errorConstructors[name] : Error;
  const message = Object.getOwnPropertyDescriptor(value, 'message');
  const copy = remember(value, message === undefined || !('value' in message) ? new Constructor() :
    new Constructor(String(message.value)), memory);
  const { stack } = value;
  defineHidden(copy, 'stack', typeof stack === 'string' ? stack : undefined);
  const cause = Object.getOwnPropertyDescriptor(value, 'cause');
  if (cause !== undefined && 'value' in cause) defineHidden(copy, 'cause', clone(cause.value, memory));
  return copy;
}

function cloneDOMException(value, memory) {
  const { DOMException } = require('internal/dom_exception');
  const copy = remember(value, new DOMException(value.message, value.name), memory);
  if (typeof value.stack === 'string') defineHidden(copy, 'stack', value.stack);
  return copy;
}

function defineHidden(object, key, value) {
  Object.defineProperty(object, key, { __proto__: null, value, writable: true, enumerable: false, configurable: true });
}

function cloneHostObject(value, { data, create }, memory) {
  return remember(value, create(clone(data, memory)), memory);
}

function checkTransferList(list) {
  const seen = new Set();
  for (let i = 0; i < list.length; i++) {
    const item = list[i];
    const isBuffer = types.isArrayBuffer(item);
    if (item === null || typeof item !== 'object' || (!isBuffer && typeof item[kTransfer] !== 'function')) {
      throw dataCloneError('Found invalid value in transferList');
    }
    if (isBuffer && isDetached(item)) throw dataCloneError('An ArrayBuffer is detached and could not be cloned.');
    if (seen.has(item)) throw dataCloneError(`Transfer list contains duplicate ${isBuffer ? 'ArrayBuffer' : describe(item)}`);
    seen.add(item);
  }
}

/**
 * A deep copy of value. What stands in `list` is moved instead of copied.
 * @param {any} value
 * @param {object[]} list ArrayBuffers and transferable objects
 */
function cloneWithTransfer(value, list) {
  const memory = new Map();
  if (list.length === 0) return clone(value, memory);
  checkTransferList(list);
  for (let i = 0; i < list.length; i++) {
    if (!types.isArrayBuffer(list[i])) cloneHostObject(list[i], list[i][kTransfer](), memory);
  }
  const copy = clone(value, memory);
  // Not before the value is known to be cloneable: then nothing must have been detached.
  for (let i = 0; i < list.length; i++) {
    if (types.isArrayBuffer(list[i])) binding('buffer_transfer').detach(list[i]);
  }
  return copy;
}

const kPrefix = "Failed to execute 'structuredClone'";

function conversionError(text) {
  const error = new TypeError(text);
  error.code = 'ERR_INVALID_ARG_TYPE';
  return error;
}

/**
 * @template T
 * @param {T} value
 * @param {{ transfer?: Iterable<object> }} [options]
 * @returns {T}
 */
function structuredClone(value, options = undefined) {
  if (arguments.length === 0) throw new codes.ERR_MISSING_ARGS('value');
  if (options === undefined || options === null) return clone(value, new Map());
  if (typeof options !== 'object' && typeof options !== 'function') {
    throw conversionError(`${kPrefix}: Options cannot be converted to a dictionary`);
  }
  const { transfer } = options;
  if (transfer === undefined) return clone(value, new Map());
  if (transfer === null || typeof transfer !== 'object' || typeof transfer[Symbol.iterator] !== 'function') {
    throw conversionError(`${kPrefix}: transfer in Options can not be converted to sequence.`);
  }
  return cloneWithTransfer(value, [...transfer]);
}

module.exports = { cloneWithTransfer, describe, isPlain, kClone, kTransfer, structuredClone };
