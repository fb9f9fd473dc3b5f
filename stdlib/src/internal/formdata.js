'use strict';

// internal/formdata: FormData, a list of names with strings or files.
// API: https://developer.mozilla.org/docs/Web/API/FormData, https://xhr.spec.whatwg.org/#interface-formdata

const { File, isBlob } = require('internal/blob');
const inspectSymbol = Symbol.for('nodejs.util.inspect.custom');

function need(given, count, method) {
  if (given < count) {
    throw new TypeError(`FormData.${method}: ${count} argument${count > 1 ? 's' : ''} required, but${
      given > 0 ? ' only' : ''} ${given} present.`);
  }
}

function toText(value) {
  if (typeof value === 'symbol') throw new TypeError('Cannot convert a Symbol value to a string');
  return `${value}`.toWellFormed();
}

/** An entry's value: text, or a File, made of a Blob where need be. */
function toValue(value, filename) {
  if (!isBlob(value)) return toText(value);
  if (value instanceof File && filename === undefined) return value;
  const name = filename === undefined ? 'blob' : toText(filename);
  return new File([value], name, { type: value.type, lastModified: value.lastModified });
}

class FormData {
  // Name and value in turn.
  #list = [];

  constructor(form = undefined) {
    if (form !== undefined) throw new TypeError("FormData constructor: Argument 1 could not be converted to: undefined.");
  }

  static #listOf(value) {
    if (value === null || typeof value !== 'object' || !(#list in value)) throw new TypeError('Illegal invocation');
    return value.#list;
  }

  append(name, value, filename = undefined) {
    const list = FormData.#listOf(this);
    need(arguments.length, 2, 'append');
    if (arguments.length > 2 && !isBlob(value)) throw new TypeError("FormData.append: Argument 2 could not be converted to: Blob.");
    list.push(toText(name), toValue(value, filename));
  }

  delete(name) {
    const list = FormData.#listOf(this);
    need(arguments.length, 1, 'delete');
    name = toText(name);
    for (let i = 0; i < list.length;) {
      if (list[i] === name) list.splice(i, 2);
      else i += 2;
    }
  }

  get(name) {
    const list = FormData.#listOf(this);
    need(arguments.length, 1, 'get');
    name = toText(name);
    for (let i = 0; i < list.length; i += 2) {
      if (list[i] === name) return list[i + 1];
    }
    return null;
  }

  getAll(name) {
    const list = FormData.#listOf(this);
    need(arguments.length, 1, 'getAll');
    name = toText(name);
    const values = [];
    for (let i = 0; i < list.length; i += 2) {
      if (list[i] === name) values.push(list[i + 1]);
    }
    return values;
  }

  has(name) {
    const list = FormData.#listOf(this);
    need(arguments.length, 1, 'has');
    name = toText(name);
    for (let i = 0; i < list.length; i += 2) {
      if (list[i] === name) return true;
    }
    return false;
  }

  set(name, value, filename = undefined) {
    const list = FormData.#listOf(this);
    need(arguments.length, 2, 'set');
    if (arguments.length > 2 && !isBlob(value)) throw new TypeError("FormData.set: Argument 2 could not be converted to: Blob.");
    name = toText(name);
    value = toValue(value, filename);
    for (let i = 0; i < list.length; i += 2) {
      if (list[i] !== name) continue;
      list[i + 1] = value;
      for (let j = i + 2; j < list.length;) {
        if (list[j] === name) list.splice(j, 2);
        else j += 2;
      }
      return;
    }
    list.push(name, value);
  }

  * entries() {
    const list = FormData.#listOf(this);
    for (let i = 0; i < list.length; i += 2) yield [list[i], list[i + 1]];
  }

  * keys() {
    const list = FormData.#listOf(this);
    for (let i = 0; i < list.length; i += 2) yield list[i];
  }

  * values() {
    const list = FormData.#listOf(this);
    for (let i = 0; i < list.length; i += 2) yield list[i + 1];
  }

  forEach(callback, thisArg = undefined) {
    const list = FormData.#listOf(this);
    need(arguments.length, 1, 'forEach');
    if (typeof callback !== 'function') {
      throw new TypeError("Failed to execute 'forEach' on 'FormData': parameter 1 is not of type 'Function'.");
    }
    for (let i = 0; i < list.length; i += 2) callback.call(thisArg, list[i + 1], list[i], this);
  }

  [inspectSymbol](depth, options) {
    const list = FormData.#listOf(this);
    const shown = {};
    for (let i = 0; i < list.length; i += 2) {
      const known = shown[list[i]];
      if (known === undefined) shown[list[i]] = list[i + 1];
      else if (Array.isArray(known)) known.push(list[i + 1]);
      else shown[list[i]] = [known, list[i + 1]];
    }
    return `FormData ${require('internal/util/inspect').inspect(shown, options)}`;
  }
}

const names = ['append', 'delete', 'get', 'getAll', 'has', 'set', 'entries', 'keys', 'values', 'forEach'];
for (let i = 0; i < names.length; i++) {
  Object.defineProperty(FormData.prototype, names[i], { __proto__: null, enumerable: true });
}
Object.defineProperties(FormData.prototype, {
  [Symbol.iterator]: { __proto__: null, configurable: true, writable: true, value: FormData.prototype.entries },
  [Symbol.toStringTag]: { __proto__: null, configurable: true, value: 'FormData' },
});

module.exports = { FormData };
