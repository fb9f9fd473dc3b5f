'use strict';

// internal/fetch/headers: the Headers class.
// API: https://developer.mozilla.org/docs/Web/API/Headers, https://fetch.spec.whatwg.org/#headers-class
//
// A list is a Map from lower-case name to [name as given, value], but for set-cookie, whose values stay apart in an array.

const TOKEN = /^[!#$%&'*+\-.^_`|~A-Za-z0-9]+$/;
const BAD_VALUE = /[\0\r\n]|[^\0-\xff]/;

const kList = Symbol('headers list');
const kCookies = Symbol('cookies');
const kGuard = Symbol('guard');
const kSorted = Symbol('sorted');

function nameOf(name, method) {
  name = `${name}`;
  if (!TOKEN.test(name)) throw new TypeError(`Headers.${method}: ${name} is an invalid header name.`);
  return name;
}

function valueOf(value, method) {
  value = `${value}`.replace(/^[\t\n\r ]+|[\t\n\r ]+$/g, '');
  if (BAD_VALUE.test(value)) throw new TypeError(`Headers.${method}: ${value} is an invalid header value.`);
  return value;
}

function need(given, count, method) {
  if (given < count) {
    throw new TypeError(`Headers.${method}: ${count} argument${count > 1 ? 's' : ''} required, but${
      given > 0 ? ' only' : ''} ${given} present.`);
  }
}

function checkMutable(headers) {
  if (headers[kGuard] === 'immutable') throw new TypeError('immutable');
  headers[kSorted] = null;
}

class Headers {
  constructor(init = undefined) {
    this[kList] = new Map();
    this[kCookies] = [];
    this[kGuard] = 'none';
    this[kSorted] = null;
    if (init !== undefined) fill(this, init);
  }

  append(name, value) {
    need(arguments.length, 2, 'append');
    name = nameOf(name, 'append');
    value = valueOf(value, 'append');
    checkMutable(this);
    const lower = name.toLowerCase();
    if (lower === 'set-cookie') this[kCookies].push(value);
    const entry = this[kList].get(lower);
    if (entry === undefined) this[kList].set(lower, [name, value]);
    else entry[1] += `${lower === 'cookie' ? '; ' : ', '}${value}`;
  }

  delete(name) {
    need(arguments.length, 1, 'delete');
    name = nameOf(name, 'delete').toLowerCase();
    checkMutable(this);
    this[kList].delete(name);
    if (name === 'set-cookie') this[kCookies] = [];
  }

  get(name) {
    need(arguments.length, 1, 'get');
    const entry = this[kList].get(nameOf(name, 'get').toLowerCase());
    return entry === undefined ? null : entry[1];
  }

  has(name) {
    need(arguments.length, 1, 'has');
    return this[kList].has(nameOf(name, 'has').toLowerCase());
  }

  set(name, value) {
    need(arguments.length, 2, 'set');
    name = nameOf(name, 'set');
    value = valueOf(value, 'set');
    checkMutable(this);
    const lower = name.toLowerCase();
    if (lower === 'set-cookie') this[kCookies] = [value];
    this[kList].set(lower, [name, value]);
  }

  getSetCookie() {
    return this[kCookies].slice();
  }

  forEach(callback, self = undefined) {
    need(arguments.length, 1, 'forEach');
    if (typeof callback !== 'function') {
      throw new TypeError("Failed to execute 'forEach' on 'Headers': parameter 1 is not of type 'Function'.");
    }
    for (const [name, value] of this) callback.call(self, value, name, this);
  }

  * entries() {
    for (let i = 0; i < sorted(this).length; i++) yield sorted(this)[i].slice();
  }

  * keys() {
    for (let i = 0; i < sorted(this).length; i++) yield sorted(this)[i][0];
  }

  * values() {
    for (let i = 0; i < sorted(this).length; i++) yield sorted(this)[i][1];
  }

  [Symbol.for('nodejs.util.inspect.custom')](depth, options, inspect) {
    const object = Object.fromEntries(this);
    return `Headers ${inspect(object, options)}`;
  }
}
Object.defineProperties(Headers.prototype, {
  [Symbol.iterator]: { __proto__: null, configurable: true, writable: true, value: Headers.prototype.entries },
  [Symbol.toStringTag]: { __proto__: null, configurable: true, value: 'Headers' },
});
for (const name of ['append', 'delete', 'get', 'has', 'set', 'getSetCookie', 'forEach', 'entries', 'keys', 'values']) {
  Object.defineProperty(Headers.prototype, name, { __proto__: null, enumerable: true });
}

// The list by name; each cookie is an entry of its own.
function sorted(headers) {
  if (headers[kSorted] !== null) return headers[kSorted];
  const names = [...headers[kList].keys()].sort();
  const list = [];
  for (let i = 0; i < names.length; i++) {
    if (names[i] !== 'set-cookie') list.push([names[i], headers[kList].get(names[i])[1]]);
    else for (const cookie of headers[kCookies]) list.push([names[i], cookie]);
  }
  headers[kSorted] = list;
  return list;
}

/** Adds what a program gives as headers: another list, pairs, or an object. */
function fill(headers, init) {
  if (init === null || (typeof init !== 'object' && typeof init !== 'function')) {
    throw new TypeError("Headers constructor: init given to Headers constructor was not one of sequence<sequence<ByteString>> " +
      'or record<ByteString, ByteString>.');
  }
  if (typeof init[Symbol.iterator] === 'function') {
    for (const pair of init) {
      const list = [...pair];
      if (list.length !== 2) {
        throw new TypeError(`Headers constructor: expected name/value pair to be length 2, found ${list.length}.`);
      }
      headers.append(list[0], list[1]);
    }
    return;
  }
  for (const name of Reflect.ownKeys(init)) {
    const property = Object.getOwnPropertyDescriptor(init, name);
    if (property !== undefined && property.enumerable) headers.append(name, init[name]);
  }
}

/** Headers from an http message's raw list; read only. */
function fromRaw(raw) {
  const headers = new Headers();
  for (let i = 0; i < raw.length; i += 2) headers.append(raw[i], raw[i + 1]);
  headers[kGuard] = 'immutable';
  return headers;
}

function setGuard(headers, guard) {
  headers[kGuard] = guard;
}

/** The headers as http.request takes them, names as given. */
function toObject(headers) {
  const object = { __proto__: null };
  for (const entry of headers[kList].values()) object[entry[0]] = entry[1];
  return object;
}

module.exports = { Headers, fill, fromRaw, setGuard, toObject };
