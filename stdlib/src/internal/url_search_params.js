'use strict';

// internal/url_search_params: URLSearchParams. Its pairs are one flat list, name and value in turn.
// API: https://nodejs.org/docs/latest-v24.x/api/url.html#class-urlsearchparams
// Binding `url`: parseForm, serializeForm.

const { codes: {
  ERR_ARG_NOT_ITERABLE, ERR_INVALID_THIS, ERR_INVALID_TUPLE, ERR_MISSING_ARGS,
} } = require('internal/errors');
const native = binding('url');
const inspectSymbol = Symbol.for('nodejs.util.inspect.custom');

let listOf;
let link;

/** Text as WebIDL's USVString: without lone surrogates. */
function toText(value) {
  if (typeof value === 'symbol') throw new TypeError('Cannot convert a Symbol value to a string');
  return `${value}`.toWellFormed();
}

class URLSearchParams {
  #list = [];
  // Called with the new query after each change, where a URL owns the object.
  #onChange = undefined;

  static {
    listOf = (params) => {
      if (params === null || typeof params !== 'object' || !(#list in params)) throw new ERR_INVALID_THIS('URLSearchParams');
      return params.#list;
    };
    link = (params, onChange) => {
      params.#onChange = onChange;
      return { params, reload(query) { params.#list = parseQuery(query); } };
    };
  }

  /** @param {string | Iterable<[string, string]> | Record<string, string>} [init] */
  constructor(init = undefined) {
    if (init === undefined || init === null) return;
    if (typeof init !== 'object' && typeof init !== 'function') this.#list = parseQuery(toText(init));
    else if (init[Symbol.iterator] === undefined || init[Symbol.iterator] === null) this.#list = fromRecord(init);
    else if (typeof init[Symbol.iterator] !== 'function') throw new ERR_ARG_NOT_ITERABLE('Query pairs');
    else if (#list in init && init[Symbol.iterator] === entries) this.#list = init.#list.slice();
    else this.#list = fromPairs(init);
  }

  #changed() {
    if (this.#onChange !== undefined) this.#onChange(native.serializeForm(this.#list));
  }

  [inspectSymbol](recurseTimes, ctx) {
    const list = listOf(this);
    if (typeof recurseTimes === 'number' && recurseTimes < 0) return ctx.stylize('[Object]', 'special');
    const { inspect } = require('internal/util/inspect');
    const inner = { ...ctx };
    if (recurseTimes !== null) inner.depth = recurseTimes - 1;
    const output = [];
    for (let i = 0; i < list.length; i += 2) output.push(`${inspect(list[i], inner)} => ${inspect(list[i + 1], inner)}`);
    return braces('URLSearchParams', output, ctx);
  }

  append(name, value) {
    const list = listOf(this);
    if (arguments.length < 2) throw new ERR_MISSING_ARGS('name', 'value');
    list.push(toText(name), toText(value));
    this.#changed();
  }

  delete(name, value = undefined) {
    const list = listOf(this);
    if (arguments.length < 1) throw new ERR_MISSING_ARGS('name');
    name = toText(name);
    if (value !== undefined) value = toText(value);
    for (let i = 0; i < list.length;) {
      if (list[i] === name && (value === undefined || list[i + 1] === value)) list.splice(i, 2);
      else i += 2;
    }
    this.#changed();
  }

  get(name) {
    const list = listOf(this);
    if (arguments.length < 1) throw new ERR_MISSING_ARGS('name');
    name = toText(name);
    for (let i = 0; i < list.length; i += 2) {
      if (list[i] === name) return list[i + 1];
    }
    return null;
  }

  getAll(name) {
    const list = listOf(this);
    if (arguments.length < 1) throw new ERR_MISSING_ARGS('name');
    name = toText(name);
    const values = [];
    for (let i = 0; i < list.length; i += 2) {
      if (list[i] === name) values.push(list[i + 1]);
    }
    return values;
  }

  has(name, value = undefined) {
    const list = listOf(this);
    if (arguments.length < 1) throw new ERR_MISSING_ARGS('name');
    name = toText(name);
    if (value !== undefined) value = toText(value);
    for (let i = 0; i < list.length; i += 2) {
      if (list[i] === name && (value === undefined || list[i + 1] === value)) return true;
    }
    return false;
  }

  set(name, value) {
    const list = listOf(this);
    if (arguments.length < 2) throw new ERR_MISSING_ARGS('name', 'value');
    name = toText(name);
    value = toText(value);
    let found = false;
    for (let i = 0; i < list.length;) {
      if (list[i] !== name) {
        i += 2;
      } else if (!found) {
        list[i + 1] = value;
        found = true;
        i += 2;
      } else {
        list.splice(i, 2);
      }
    }
    if (!found) list.push(name, value);
    this.#changed();
  }

  sort() {
    const list = listOf(this);
    const order = [];
    for (let i = 0; i < list.length; i += 2) order.push(i);
    // The order of names is that of their code units, and the sort is stable.
    order.sort((a, b) => (list[a] < list[b] ? -1 : list[a] > list[b] ? 1 : 0));
    const sorted = [];
    for (let i = 0; i < order.length; i++) sorted.push(list[order[i]], list[order[i] + 1]);
    this.#list = sorted;
    this.#changed();
  }

  entries() {
    listOf(this);
    return new URLSearchParamsIterator(this, 'entries');
  }

  forEach(callback, thisArg = undefined) {
    listOf(this);
    require('internal/validators').validateFunction(callback, 'callback');
    for (let i = 0; i < this.#list.length; i += 2) callback.call(thisArg, this.#list[i + 1], this.#list[i], this);
  }

  keys() {
    listOf(this);
    return new URLSearchParamsIterator(this, 'keys');
  }

  values() {
    listOf(this);
    return new URLSearchParamsIterator(this, 'values');
  }

  toString() {
    return native.serializeForm(listOf(this));
  }

  get size() {
    return listOf(this).length / 2;
  }
}

const { entries } = URLSearchParams.prototype;
const names = ['append', 'delete', 'get', 'getAll', 'has', 'set', 'sort', 'entries', 'forEach', 'keys', 'values',
               'toString', 'size'];
for (let i = 0; i < names.length; i++) {
  Object.defineProperty(URLSearchParams.prototype, names[i], { __proto__: null, enumerable: true });
}
Object.defineProperties(URLSearchParams.prototype, {
  [Symbol.toStringTag]: { __proto__: null, configurable: true, value: 'URLSearchParams' },
  [Symbol.iterator]: { __proto__: null, configurable: true, writable: true, value: entries },
});

function parseQuery(query) {
  return native.parseForm(query[0] === '?' ? query.slice(1) : query);
}

function fromPairs(init) {
  const list = [];
  for (const pair of init) {
    const iterable = pair !== null && (typeof pair === 'object' || typeof pair === 'function') &&
      typeof pair[Symbol.iterator] === 'function';
    if (!iterable) throw new ERR_INVALID_TUPLE('Each query pair', '[name, value]');
    const tuple = [];
    for (const part of pair) tuple.push(toText(part));
    if (tuple.length !== 2) throw new ERR_INVALID_TUPLE('Each query pair', '[name, value]');
    list.push(tuple[0], tuple[1]);
  }
  return list;
}

/** Two keys that differ in lone surrogates only are one; the later value wins. */
function fromRecord(init) {
  const list = [];
  const places = new Map();
  const keys = Reflect.ownKeys(init);
  for (let i = 0; i < keys.length; i++) {
    const property = Reflect.getOwnPropertyDescriptor(init, keys[i]);
    if (property === undefined || !property.enumerable) continue;
    const key = toText(keys[i]);
    const value = toText(init[keys[i]]);
    const place = places.get(key);
    if (place !== undefined) {
      list[place] = value;
    } else {
      places.set(key, list.push(key, value) - 1);
    }
  }
  return list;
}

/** `name { a, b }` on a line, or a line each where that is too long. */
function braces(name, output, ctx) {
  const length = output.reduce((sum, text) => sum + text.replace(/\x1b\[\d+m/g, '').length + 2, -2);
  if (length > ctx.breakLength) return `${name} {\n  ${output.join(',\n  ')} }`;
  return output.length > 0 ? `${name} { ${output.join(', ')} }` : `${name} {}`;
}

class URLSearchParamsIterator {
  #params;
  #kind;
  #index = 0;

  constructor(params, kind) {
    this.#params = params;
    this.#kind = kind;
  }

  #at(index) {
    const list = listOf(this.#params);
    if (this.#kind === 'keys') return list[index];
    return this.#kind === 'values' ? list[index + 1] : [list[index], list[index + 1]];
  }

  next() {
    if (this === null || typeof this !== 'object' || !(#params in this)) {
      throw new ERR_INVALID_THIS('URLSearchParamsIterator');
    }
    if (this.#index >= listOf(this.#params).length) return { value: undefined, done: true };
    const value = this.#at(this.#index);
    this.#index += 2;
    return { value, done: false };
  }

  [inspectSymbol](recurseTimes, ctx) {
    if (this === null || typeof this !== 'object' || !(#params in this)) {
      throw new ERR_INVALID_THIS('URLSearchParamsIterator');
    }
    if (typeof recurseTimes === 'number' && recurseTimes < 0) return ctx.stylize('[Object]', 'special');
    const { inspect } = require('internal/util/inspect');
    const inner = { ...ctx };
    if (recurseTimes !== null) inner.depth = recurseTimes - 1;
    const output = [];
    const { length } = listOf(this.#params);
    for (let i = this.#index; i < length; i += 2) output.push(inspect(this.#at(i), inner));
    const text = braces('URLSearchParams Iterator', output, ctx);
    return output.length > 0 ? text : 'URLSearchParams Iterator {  }';
  }
}
delete URLSearchParamsIterator.prototype.constructor;
Object.setPrototypeOf(URLSearchParamsIterator.prototype, Object.getPrototypeOf(Object.getPrototypeOf([][Symbol.iterator]())));
Object.defineProperties(URLSearchParamsIterator.prototype, {
  [Symbol.toStringTag]: { __proto__: null, configurable: true, value: 'URLSearchParams Iterator' },
  next: { __proto__: null, enumerable: true },
});

module.exports = { URLSearchParams, link };
