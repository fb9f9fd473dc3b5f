'use strict';
// Deep equality: util.isDeepStrictEqual(), assert.deepEqual(), deepStrictEqual() and partialDeepStrictEqual().
// API: https://nodejs.org/docs/latest-v24.x/api/assert.html#assertdeepstrictequalactual-expected-message
// Binding: types.classOf, util.getOwnNonIndexProperties.
//
// How it works. A `Comparer` holds the mode and the pairs that are being compared further up (a cycle is equal if it
// closes at the same level on both sides). `equal` handles primitives and prototypes, `equalObjects` what a class keeps
// in internal slots, `equalKeys` the own enumerable properties.

const { classOf, CLASS } = require('internal/util/types');
const { getOwnNonIndexProperties } = binding('util');

const LOOSE = 0;
const STRICT = 1;
const PARTIAL = 2;

const { keys: objectKeys, getPrototypeOf, getOwnPropertySymbols, is } = Object;
const hasOwn = Object.prototype.hasOwnProperty;
const isEnumerable = Object.prototype.propertyIsEnumerable;
const tagOf = Object.prototype.toString;
const typedArrayName = Object.getOwnPropertyDescriptor(getPrototypeOf(Uint8Array.prototype), Symbol.toStringTag).get;
const ONLY_ENUMERABLE = 2;
const ONLY_ENUMERABLE_STRINGS = 18;

function isObject(value) {
  return typeof value === 'object' && value !== null;
}

class Comparer {
  constructor(mode, skipPrototype) {
    this.mode = mode;
    this.skipPrototype = skipPrototype;
    this.left = new Map();
    this.right = new Map();
  }

  equal(a, b) {
    if (a === b) return a !== 0 || this.mode === LOOSE || is(a, b);
    if (this.mode === LOOSE) {
      if (!isObject(a)) {
        // eslint-disable-next-line eqeqeq
        return !isObject(b) && typeof b !== 'function' && (a == b || (a !== a && b !== b));
      }
      if (!isObject(b)) return false;
    } else {
      if (!isObject(a)) return a !== a && b !== b;
      if (!isObject(b)) return false;
      if (this.mode === STRICT && !this.skipPrototype && getPrototypeOf(a) !== getPrototypeOf(b)) return false;
    }
    if (!this.skipPrototype && tagOf.call(a) !== tagOf.call(b)) return false;
    const depth = this.left.get(a);
    if (depth !== undefined || this.right.has(b)) return depth === this.right.get(b);
    const level = this.left.size;
    this.left.set(a, level);
    this.right.set(b, level);
    const result = this.equalObjects(a, b);
    this.left.delete(a);
    this.right.delete(b);
    return result;
  }

  equalObjects(a, b) {
    const cls = kind(a);
    if (cls !== kind(b)) return false;
    switch (cls) {
      case CLASS.ordinary:
      case CLASS.arguments:
        return this.equalUrls(a, b) && this.equalKeys(a, b, undefined);
      case CLASS.array:
        return this.equalArrays(a, b);
      case CLASS.date:
        return is(Date.prototype.getTime.call(a), Date.prototype.getTime.call(b)) && this.equalKeys(a, b, undefined);
      case CLASS.regexp:
        return a.source === b.source && a.flags === b.flags && a.lastIndex === b.lastIndex &&
          this.equalKeys(a, b, undefined);
      case CLASS.error:
        return this.equalErrors(a, b);
      case CLASS.typedArray:
        return this.equalTypedArrays(a, b);
      case CLASS.arrayBuffer:
      case CLASS.sharedArrayBuffer:
        return this.equalBytes(new Uint8Array(a), new Uint8Array(b)) && this.equalKeys(a, b, undefined);
      case CLASS.dataView:
        return this.equalBytes(new Uint8Array(a.buffer, a.byteOffset, a.byteLength),
                               new Uint8Array(b.buffer, b.byteOffset, b.byteLength)) && this.equalKeys(a, b, undefined);
      case CLASS.set:
        return (a.size === b.size || (this.mode === PARTIAL && a.size > b.size)) &&
          this.equalKeys(a, b, undefined) && this.equalSets(a, b);
      case CLASS.map:
        return (a.size === b.size || (this.mode === PARTIAL && a.size > b.size)) &&
          this.equalKeys(a, b, undefined) && this.equalMaps(a, b);
      case CLASS.number:
      case CLASS.string:
      case CLASS.boolean:
      case CLASS.bigint:
      case CLASS.symbol:
        return equalBoxes(a, b, cls) && this.equalKeys(a, b, undefined);
      case CLASS.weakMap:
      case CLASS.weakSet:
      case CLASS.promise:
        // What they hold can't be seen: only the same object is equal.
        return false;
      default:
        return this.equalKeys(a, b, undefined);
    }
  }

  // KeyObjects know how to compare themselves; URLs keep everything in private fields.
  equalUrls(a, b) {
    if (typeof a.href === 'string' && typeof b.href === 'string' && isUrl(a) && isUrl(b)) return a.href === b.href;
    return true;
  }

  equalArrays(a, b) {
    const filter = this.mode === LOOSE ? ONLY_ENUMERABLE_STRINGS : ONLY_ENUMERABLE;
    if (this.mode === PARTIAL) {
      return a.length >= b.length && this.equalKeys(a, b, getOwnNonIndexProperties(b, filter)) && this.hasSubsequence(a, b);
    }
    if (a.length !== b.length) return false;
    const keysA = getOwnNonIndexProperties(a, filter);
    const keysB = getOwnNonIndexProperties(b, filter);
    if (keysA.length !== keysB.length || !this.equalKeys(a, b, keysB)) return false;
    for (let i = 0; i < a.length; i++) {
      const holeA = !hasOwn.call(a, i);
      const holeB = !hasOwn.call(b, i);
      if (holeA || holeB) {
        if (holeA !== holeB) return false;
        if (i > 1000) return this.equalSparseTail(a, b, i);
      } else if (!this.equal(a[i], b[i])) {
        return false;
      }
    }
    return true;
  }

  // A large array of holes: only what is there counts.
  equalSparseTail(a, b, start) {
    const rest = (list) => objectKeys(list).filter((key) => +key >= start && +key < list.length);
    const keysA = rest(a);
    const keysB = rest(b);
    return keysA.length === keysB.length && keysA.every((key, i) => key === keysB[i] && this.equal(a[key], b[key]));
  }

  // Are the elements of `b`, in order, among those of `a`? Holes of `b` don't matter.
  hasSubsequence(a, b) {
    let at = 0;
    for (let i = 0; i < b.length; i++) {
      if (!hasOwn.call(b, i)) continue;
      while (at < a.length && !(hasOwn.call(a, at) && this.equal(a[at], b[i]))) at++;
      if (at === a.length) return false;
      at++;
    }
    return true;
  }

  equalErrors(a, b) {
    for (const key of ['message', 'name', 'cause', 'errors']) {
      const inA = hasOwn.call(a, key);
      const inB = hasOwn.call(b, key);
      if (this.mode === PARTIAL && key !== 'name') {
        if (inB && !(inA && this.equal(a[key], b[key]))) return false;
        continue;
      }
      if (key === 'message' || key === 'name') {
        if (!this.equal(a[key], b[key])) return false;
      } else if (inA !== inB || (inA && !this.equal(a[key], b[key]))) {
        return false;
      }
    }
    return this.equalKeys(a, b, undefined);
  }

  equalTypedArrays(a, b) {
    if (typedArrayName.call(a) !== typedArrayName.call(b)) return false;
    if (this.mode === PARTIAL) {
      if (!hasPart(a, b)) return false;
    } else {
      if (a.length !== b.length) return false;
      const same = this.mode === LOOSE ? sameLoosely : is;
      for (let i = 0; i < a.length; i++) if (!same(a[i], b[i])) return false;
    }
    const filter = this.mode === LOOSE ? ONLY_ENUMERABLE_STRINGS : ONLY_ENUMERABLE;
    const keysB = getOwnNonIndexProperties(b, filter);
    if (this.mode !== PARTIAL && getOwnNonIndexProperties(a, filter).length !== keysB.length) return false;
    return this.equalKeys(a, b, keysB);
  }

  equalBytes(a, b) {
    if (this.mode === PARTIAL) return hasPart(a, b);
    if (a.length !== b.length) return false;
    for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
    return true;
  }

  // Own enumerable properties; `keys` of b, or all of them when undefined.
  equalKeys(a, b, keys) {
    const { mode } = this;
    if (keys === undefined) {
      keys = objectKeys(b);
      if (mode !== PARTIAL && objectKeys(a).length !== keys.length) return false;
      if (mode !== LOOSE) {
        const symbols = enumerableSymbols(b);
        if (mode === STRICT && enumerableSymbols(a).length !== symbols.length) return false;
        for (let i = 0; i < symbols.length; i++) keys.push(symbols[i]);
      }
    }
    for (let i = 0; i < keys.length; i++) if (!isEnumerable.call(a, keys[i])) return false;
    for (let i = 0; i < keys.length; i++) if (!this.equal(a[keys[i]], b[keys[i]])) return false;
    return true;
  }

  equalSets(a, b) {
    const rest = [];
    for (const value of b) {
      if (a.has(value)) continue;
      // A primitive that isn't there has no equal, except loosely.
      if (!isObject(value) && this.mode !== LOOSE) return false;
      rest.push(value);
    }
    if (rest.length === 0) return true;
    const candidates = [];
    for (const value of a) if (!b.has(value)) candidates.push(value);
    for (let i = 0; i < rest.length; i++) {
      const found = candidates.findIndex((value) => this.equal(value, rest[i]));
      if (found === -1) return false;
      candidates.splice(found, 1);
    }
    return true;
  }

  equalMaps(a, b) {
    const rest = [];
    const matched = new Set();
    for (const [key, value] of b) {
      if (a.has(key) && this.equal(a.get(key), value)) {
        matched.add(key);
        continue;
      }
      if (!isObject(key) && this.mode !== LOOSE) return false;
      rest.push([key, value]);
    }
    if (rest.length === 0) return true;
    const candidates = [];
    for (const entry of a) if (!matched.has(entry[0])) candidates.push(entry);
    for (let i = 0; i < rest.length; i++) {
      const [key, value] = rest[i];
      const found = candidates.findIndex((entry) => this.equal(entry[0], key) && this.equal(entry[1], value));
      if (found === -1) return false;
      candidates.splice(found, 1);
    }
    return true;
  }
}

// The class whose slots count. Objects that inherit from Error.prototype are compared as errors.
function kind(value) {
  let cls = classOf(value);
  if (cls === CLASS.proxy) cls = Array.isArray(value) ? CLASS.array : CLASS.ordinary;
  // A module's namespace is compared by its tag and its keys.
  if (cls === CLASS.namespace) cls = CLASS.ordinary;
  return cls === CLASS.ordinary && value instanceof Error ? CLASS.error : cls;
}

let URL;

function isUrl(value) {
  // Whoever has one has loaded the class.
  URL ??= globalThis.URL;
  return typeof URL === 'function' && value instanceof URL;
}

function sameLoosely(a, b) {
  return a === b || (a !== a && b !== b);
}

function hasPart(a, b) {
  let at = 0;
  for (let i = 0; i < b.length; i++) {
    while (at < a.length && !is(a[at], b[i])) at++;
    if (at === a.length) return false;
    at++;
  }
  return true;
}

function equalBoxes(a, b, cls) {
  switch (cls) {
    case CLASS.number: return is(Number.prototype.valueOf.call(a), Number.prototype.valueOf.call(b));
    case CLASS.string: return String.prototype.valueOf.call(a) === String.prototype.valueOf.call(b);
    case CLASS.boolean: return Boolean.prototype.valueOf.call(a) === Boolean.prototype.valueOf.call(b);
    case CLASS.bigint: return BigInt.prototype.valueOf.call(a) === BigInt.prototype.valueOf.call(b);
    default: return Symbol.prototype.valueOf.call(a) === Symbol.prototype.valueOf.call(b);
  }
}

function enumerableSymbols(value) {
  const symbols = getOwnPropertySymbols(value);
  return symbols.length === 0 ? symbols : symbols.filter((symbol) => isEnumerable.call(value, symbol));
}

function isDeepEqual(a, b) {
  return new Comparer(LOOSE, false).equal(a, b);
}

function isDeepStrictEqual(a, b, skipPrototype) {
  return new Comparer(STRICT, skipPrototype === true || skipPrototype?.skipPrototype === true).equal(a, b);
}

/** Has `a` everything that `b` has? */
function isPartialStrictEqual(a, b) {
  return new Comparer(PARTIAL, false).equal(a, b);
}

module.exports = { isDeepEqual, isDeepStrictEqual, isPartialStrictEqual };
