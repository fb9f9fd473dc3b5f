'use strict';
// The parts of util.inspect() that few values need: functions and classes with their bases, dates, regular expressions,
// boxed primitives, promises, iterators, weak collections, buffers, proxies, module namespaces, getters, sparse arrays,
// prototype properties, and the tight layout of `compact: true`.
// API: https://nodejs.org/docs/latest-v24.x/api/util.html#utilinspectobject-options
// Binding: types.isClassConstructor; util.getProxyDetails, getPromiseDetails, previewEntries, getConstructorName, getExternalValue.

const { CLASS, classOf, isAsyncFunction, isGeneratorFunction } = require('internal/util/types');
const { formatPrimitive } = require('internal/util/primitives');
const { isClassConstructor } = binding('types');
const native = binding('util');

const { getOwnPropertyDescriptor, getPrototypeOf } = Object;
const hasOwn = Object.prototype.hasOwnProperty;

// ---- names and prototypes

const nativeName = native.getConstructorName;

let builtIns;

function isBuiltIn(name) {
  if (builtIns === undefined) {
    builtIns = new Set(Object.getOwnPropertyNames(globalThis).filter((key) => /^[A-Z][a-zA-Z0-9]+$/.test(key)));
  }
  return builtIns.has(name);
}

// For an object with prototypes of which none names its constructor: `Foo <Complex prototype>`.
function nameWithoutConstructor(state, value, first, depth, protoProps, tools) {
  const name = nativeName(value);
  const limit = state.options.depth;
  if (limit !== null && depth > limit) return `${name} <Complex prototype>`;
  const parent = tools.constructorName(first, state, depth + 1, protoProps);
  if (parent !== null) return `${name} <${parent}>`;
  const text = tools.inspectWith({ ...state.options, customInspect: false, depth: -1 }, first);
  return `${name} <${text}>`;
}

// With showHidden: what an instance inherits from user-defined classes, methods and the constructor left out.
function collectPrototypeKeys(value, start, protoProps) {
  const known = new Set();
  let object = start;
  for (let level = 0; level < 3; level++) {
    if (level > 0 || object === value) {
      object = getPrototypeOf(object);
      if (object === null) return;
      const constructor = getOwnPropertyDescriptor(object, 'constructor');
      if (constructor !== undefined && typeof constructor.value === 'function' && isBuiltIn(constructor.value.name)) return;
    }
    for (const key of Reflect.ownKeys(object)) {
      if (key === 'constructor' || hasOwn.call(value, key) || known.has(key)) continue;
      const desc = getOwnPropertyDescriptor(object, key);
      if (typeof desc.value === 'function') continue;
      known.add(key);
      protoProps.push({ object, key, desc });
    }
  }
}

function pushPrototypeProperties(state, value, depth, protoProps, output, tools) {
  for (const { object, key, desc } of protoProps) {
    const text = tools.formatProperty(state, object, depth, key, tools.AS_PROPERTY, desc, value);
    output.push(state.options.colors ? `\u001b[2m${text}\u001b[22m` : text);
  }
}

// ---- objects by class

function shapeObject(state, value, depth, cls, name, tag, isTyped, tools, protoProps) {
  const { prefixOf } = tools;
  const { stylize } = state;
  const limit = state.options.depth;
  const tooDeep = limit !== null && depth > limit;
  // The exports of a module are enumerable, but asking for that fails where one isn't initialised yet.
  const keys = cls === CLASS.namespace && !state.options.showHidden ? Object.getOwnPropertyNames(value) :
    tools.shownKeys(value, state.options.showHidden);
  const bare = keys.length === 0 && protoProps === undefined;
  const shape = { keys, prefix: '', base: '', list: undefined, open: '{', close: '}' };
  switch (cls) {
    case CLASS.function: {
      shape.base = functionBase(value, name, tag);
      return bare ? stylize(shape.base, 'special') : shape;
    }
    case CLASS.regexp: {
      const text = RegExp.prototype.toString.call(name === null ? new RegExp(value) : value);
      const prefix = prefixOf(name, tag, 'RegExp', '');
      shape.base = prefix === 'RegExp ' ? text : prefix + text;
      if (!bare && !tooDeep) return shape;
      return state.options.colors && state.stylize(text, 'regexp') !== text ?
        shape.base.slice(0, -text.length) + stylize(text, 'regexp') : stylize(shape.base, 'regexp');
    }
    case CLASS.date: {
      const time = Date.prototype.getTime.call(value);
      const text = time !== time ? Date.prototype.toString.call(value) : Date.prototype.toISOString.call(value);
      const prefix = prefixOf(name, tag, 'Date', '');
      shape.base = prefix === 'Date ' ? text : prefix + text;
      return bare ? stylize(shape.base, 'date') : shape;
    }
    case CLASS.arguments:
      if (bare) return '[Arguments] {}';
      shape.prefix = '[Arguments] ';
      return shape;
    case CLASS.arrayBuffer:
    case CLASS.sharedArrayBuffer: {
      shape.prefix = prefixOf(name, tag, cls === CLASS.arrayBuffer ? 'ArrayBuffer' : 'SharedArrayBuffer', '');
      if (isTyped && bare) {
        return `${shape.prefix}{ ${slotText(state, value, depth, 'byteLength', tools)} }`;
      }
      shape.list = isTyped ? (s, v, d) => [slotText(s, v, d, 'byteLength', tools)] :
        (s, v, d) => [contentsText(s, v), slotText(s, v, d, 'byteLength', tools)];
      return shape;
    }
    case CLASS.dataView:
      shape.prefix = prefixOf(name, tag, 'DataView', '');
      shape.list = (s, v, d) => ['byteLength', 'byteOffset', 'buffer'].map((key) => slotText(s, v, d, key, tools));
      return shape;
    case CLASS.promise:
      shape.prefix = prefixOf(name, tag, 'Promise', '');
      shape.list = (s, v, d) => listPromise(s, v, d, tools);
      return shape;
    case CLASS.weakSet:
    case CLASS.weakMap:
      shape.prefix = prefixOf(name, tag, cls === CLASS.weakSet ? 'WeakSet' : 'WeakMap', '');
      shape.list = (s, v, d) => listWeak(s, v, d, cls === CLASS.weakMap, tools);
      return shape;
    case CLASS.mapIterator:
    case CLASS.setIterator:
      return shapeIterator(state, value, cls === CLASS.mapIterator ? 'Map' : 'Set', tag, shape, tools);
    case CLASS.namespace:
      shape.prefix = prefixOf(name, tag, 'Module', '');
      if (bare) return `${shape.prefix}{}`;
      shape.list = (s, v, d) => listNamespace(s, v, d, keys, tools);
      shape.keys = [];
      return shape;
    case CLASS.external:
      return stylize(`[External: ${native.getExternalValue(value).toString(16)}]`, 'special');
    default:
      break;
  }
  if (cls >= CLASS.number && cls <= CLASS.symbol) {
    const text = boxedBase(state, value, cls, name, tag, keys);
    if (keys.length === 0 && protoProps === undefined) return text.styled;
    shape.base = text.plain;
    return shape;
  }
  // A collection whose prototype chain no longer iterates, or a generator: an ordinary object by its look.
  if (name !== 'Object' || tag !== '') shape.prefix = prefixOf(name, tag, nameForNull(value, tag), '');
  return bare ? `${shape.prefix}{}` : shape;
}

// A URL without its inspect method is its address; '' for anything else that goes by the name.
function urlText(value) {
  return require('internal/url').isURL(value) ? value.href : '';
}

// For an object without prototype: the engine's own idea of its class, unless that is just the tag.
function nameForNull(value, tag) {
  const name = nativeName(value);
  return name === tag ? 'Object' : name;
}

// `Foo(2) [`, for the values that only their class names.
function functionBase(value, name, tag) {
  if (isClassConstructor(value)) return classBase(value, name, tag);
  let type = 'Function';
  if (isGeneratorFunction(value)) type = `Generator${type}`;
  if (isAsyncFunction(value)) type = `Async${type}`;
  let base = `[${type}`;
  if (name === null) base += ' (null prototype)';
  const own = value.name;
  base += own === '' || own === undefined ? ' (anonymous)' : `: ${typeof own === 'symbol' ? own.toString() : own}`;
  base += ']';
  if (name !== type && name !== null) base += ` ${name}`;
  if (tag !== '' && name !== tag) base += ` [${tag}]`;
  return base;
}

function classBase(value, name, tag) {
  const hasName = hasOwn.call(value, 'name');
  let base = `[class ${(hasName && value.name) || '(anonymous)'}`;
  if (name !== 'Function' && name !== null) base += ` [${name}]`;
  if (tag !== '' && name !== tag) base += ` [${tag}]`;
  if (name === null) {
    base += ' extends [null prototype]';
  } else {
    const parent = getPrototypeOf(value).name;
    if (parent) base += ` extends ${parent}`;
  }
  return `${base}]`;
}

const BOXES = {
  [CLASS.number]: ['Number', Number.prototype.valueOf],
  [CLASS.string]: ['String', String.prototype.valueOf],
  [CLASS.boolean]: ['Boolean', Boolean.prototype.valueOf],
  [CLASS.bigint]: ['BigInt', BigInt.prototype.valueOf],
  [CLASS.symbol]: ['Symbol', Symbol.prototype.valueOf],
};

function boxedBase(state, value, cls, name, tag, keys) {
  const [type, valueOf] = BOXES[cls];
  const primitive = valueOf.call(value);
  // The characters of a String object are keys too, but not worth showing.
  if (cls === CLASS.string) keys.splice(0, primitive.length);
  let base = `[${type}`;
  if (type !== name) base += name === null ? ' (null prototype)' : ` (${name})`;
  base += `: ${formatPrimitive((text) => text, primitive, state.options, state.indent)}]`;
  if (tag !== '' && tag !== name) base += ` [${tag}]`;
  return { plain: base, styled: state.stylize(base, type.toLowerCase()) };
}

function listPromise(state, value, depth, tools) {
  const details = native.getPromiseDetails(value);
  if (details[0] === 0) return [state.stylize('<pending>', 'special')];
  state.indent += 2;
  const text = tools.formatValue(state, details[1], depth, false);
  state.indent -= 2;
  return [details[0] === 2 ? `${state.stylize('<rejected>', 'special')} ${text}` : text];
}

function listWeak(state, value, depth, isMap, tools) {
  if (!state.options.showHidden) return [state.stylize('<items unknown>', 'special')];
  const entries = native.previewEntries(value);
  if (entries === undefined) return [state.stylize('<items unknown>', 'special')];
  return isMap ? listPairs(state, entries, depth, tools, true, (k, v) => `${k} => ${v}`) :
    listSingles(state, entries, depth, tools, true);
}

function shapeIterator(state, value, type, tag, shape, tools) {
  const details = native.previewEntries(value, true) ?? [undefined, false];
  const entries = details[0];
  let label = `${type} Iterator`;
  if (tag !== label && tag !== '') label = `${tag}] [${label}`;
  if (entries === undefined) {
    shape.list = (s) => [s.stylize('<items unknown>', 'special')];
  } else if (details[1]) {
    label = label.replace(/ Iterator$/, ' Entries');
    shape.list = (s, v, depth) => listPairs(s, entries, depth, tools, false, (key, item) =>
      tools.layOut(s, [key, item], '', '[', ']', tools.AS_ARRAY_EXTRA, depth, undefined));
  } else {
    shape.list = (s, v, depth) => listSingles(s, entries, depth, tools, false);
  }
  shape.prefix = `[${label}] `;
  return shape;
}

function listSingles(state, entries, depth, tools, unordered) {
  const shown = Math.min(Math.max(state.options.maxArrayLength, 0), entries.length);
  const output = [];
  state.indent += 2;
  for (let i = 0; i < shown; i++) output.push(tools.formatValue(state, entries[i], depth, false));
  state.indent -= 2;
  // The garbage collector decides about the order of a weak collection; sorting makes the text repeatable.
  if (unordered && !state.options.sorted) output.sort();
  if (entries.length > shown) output.push(tools.moreItems(entries.length - shown));
  return output;
}

function listPairs(state, entries, depth, tools, unordered, join) {
  const n = entries.length / 2;
  const shown = Math.min(Math.max(state.options.maxArrayLength, 0), n);
  const output = [];
  state.indent += 2;
  for (let i = 0; i < shown; i++) {
    output.push(join(tools.formatValue(state, entries[i * 2], depth, false),
                     tools.formatValue(state, entries[i * 2 + 1], depth, false)));
  }
  state.indent -= 2;
  if (unordered && !state.options.sorted) output.sort();
  if (n > shown) output.push(tools.moreItems(n - shown));
  return output;
}

function listNamespace(state, value, depth, keys, tools) {
  return keys.map((key) => {
    try {
      return tools.formatProperty(state, value, depth, key, tools.AS_PROPERTY);
    } catch (error) {
      if (!(error instanceof ReferenceError)) throw error;
      // An export that isn't initialised yet.
      return `${tools.keyText(state, key, true)}: ${state.stylize('<uninitialized>', 'special')}`;
    }
  });
}

// `[byteLength]: 4`: what a getter of the prototype tells about an internal slot.
function slotText(state, value, depth, key, tools) {
  let slot;
  try {
    slot = value[key];
  } catch {
    slot = undefined;
  }
  state.indent += 2;
  const text = tools.formatValue(state, slot, depth, key === 'buffer' && state.inTypedArray === true);
  state.indent -= 2;
  return `${state.stylize(`[${key}]`, 'string')}: ${text}`;
}

function contentsText(state, buffer) {
  let bytes;
  try {
    bytes = new Uint8Array(buffer);
  } catch {
    return state.stylize('(detached)', 'special');
  }
  const shown = Math.min(Math.max(0, state.options.maxArrayLength), bytes.length);
  let text = '';
  for (let i = 0; i < shown; i++) {
    text += `${i === 0 ? '' : ' '}${bytes[i] < 16 ? '0' : ''}${bytes[i].toString(16)}`;
  }
  const rest = bytes.length - shown;
  if (rest > 0) text += ` ... ${rest} more byte${rest > 1 ? 's' : ''}`;
  return `${state.stylize('[Uint8Contents]', 'special')}: <${text}>`;
}

function pushTypedArrayDetails(state, value, depth, output, tools) {
  state.inTypedArray = true;
  for (const key of ['BYTES_PER_ELEMENT', 'length', 'byteLength', 'byteOffset', 'buffer']) {
    output.push(slotText(state, value, depth, key, tools));
  }
  state.inTypedArray = false;
}

// ---- proxies, getters, custom inspection

// The object behind a proxy and the proxies around it; null when one of them is revoked.
function proxyTarget(proxy) {
  let value = proxy;
  while (value !== null && classOf(value) === CLASS.proxy) {
    const details = native.getProxyDetails(value);
    value = details === undefined ? null : details[0];
  }
  return value;
}

function formatProxy(state, proxy, depth, tools) {
  const details = native.getProxyDetails(proxy);
  if (details === undefined || details[0] === null) return state.stylize('<Revoked Proxy>', 'special');
  const limit = state.options.depth;
  if (!state.options.showProxy) return state.stylize('<Revoked Proxy>', 'special');
  if (limit !== null && depth > limit) return state.stylize('Proxy [Array]', 'special');
  state.indent += 2;
  const output = [
    tools.formatValue(state, details[0], depth + 1, false),
    tools.formatValue(state, details[1], depth + 1, false),
  ];
  state.indent -= 2;
  return tools.layOut(state, output, '', 'Proxy [', ']', tools.AS_ARRAY_EXTRA, depth + 1, undefined);
}

function customOptions(state) {
  return { ...state.options };
}

function formatAccessor(state, value, desc, depth, kind, tools) {
  const { stylize } = state;
  if (desc.get === undefined) return stylize('[Setter]', 'special');
  const label = desc.set === undefined ? 'Getter' : 'Getter/Setter';
  const wanted = state.options.getters;
  if (!wanted || (wanted === 'get' && desc.set !== undefined) || (wanted === 'set' && desc.set === undefined)) {
    return stylize(`[${label}]`, 'special');
  }
  const { indent } = state;
  const depthOfSeen = state.seen.length;
  let text;
  state.indent += 2;
  try {
    const result = desc.get.call(value);
    if (result !== null && (typeof result === 'object' || typeof result === 'function')) {
      text = `${stylize(`[${label}]`, 'special')} ${tools.formatValue(state, result, depth, false)}`;
    } else {
      text = `${stylize(`[${label}:`, 'special')} ` +
        `${formatPrimitive(stylize, result, state.options, state.indent)}${stylize(']', 'special')}`;
    }
  } catch (error) {
    state.seen.length = depthOfSeen;
    text = `${stylize(`[${label}:`, 'special')} <Inspection threw (` +
      `${tools.formatValue(state, error, depth, false)})>${stylize(']', 'special')}`;
  }
  state.indent = indent;
  return text;
}

// ---- sparse arrays, sorting, layout

const INDEX = /^(?:0|[1-9][0-9]*)$/;
const MAX_INDEX = 2 ** 32 - 2;

// Holes in a row count as one entry. `next` is the first hole; everything before it is in `output`.
function listSparseArray(state, value, depth, max, output, next, tools) {
  const keys = Object.keys(value);
  let index = next;
  const pushHoles = (n) => output.push(state.stylize(`<${n} empty item${n > 1 ? 's' : ''}>`, 'undefined'));
  for (let i = next; i < keys.length && output.length < max; i++) {
    const key = keys[i];
    if (!INDEX.test(key) || +key > MAX_INDEX) break;
    if (`${index}` !== key) {
      pushHoles(key - index);
      index = +key;
      if (output.length === max) break;
    }
    output.push(tools.formatProperty(state, value, depth, key, tools.AS_ELEMENT));
    index++;
  }
  const rest = value.length - index;
  if (rest > 0) {
    if (output.length === max) output.push(tools.moreItems(rest));
    else pushHoles(rest);
  }
  return output;
}

function sortEntries(output, sorted, kind, nKeys) {
  const compare = sorted === true ? undefined : sorted;
  if (kind === 0) {
    output.sort(compare);
  } else if (nKeys > 1) {
    const tail = output.slice(output.length - nKeys).sort(compare);
    output.splice(output.length - nKeys, nKeys, ...tail);
  }
}

// compact: true. Entries follow the brace on its line and closing braces pile up at the end.
function layOutTight(state, output, base, open, close) {
  let total = output.length;
  let fits = total + output.length <= state.options.breakLength;
  for (let i = 0; fits && i < output.length; i++) {
    total += state.options.colors ? plainLength(output[i]) : output[i].length;
    fits = total <= state.options.breakLength;
  }
  const lead = base === '' ? '' : ` ${base}`;
  if (fits && !base.includes('\n')) {
    const joined = output.join(', ');
    if (!joined.includes('\n')) return `${open}${lead} ${joined} ${close}`;
  }
  const newline = `\n${' '.repeat(state.indent)}`;
  const first = base === '' && open.length === 1 ? ' ' : `${lead}\n${newline.slice(1)}  `;
  return `${open}${first}${output.join(`,${newline}  `)} ${close}`;
}

function plainLength(text) {
  return require('internal/util/strwidth').stripVTControlCharacters(text).length;
}

function width(text) {
  return require('internal/util/strwidth').getStringWidth(text);
}

function fileUrl(path) {
  return `file://${path.split('/').map((part) => encodeURI(part).replaceAll('#', '%23').replaceAll('?', '%3F')).join('/')}`;
}

// ---- running out of stack

function isStackOverflow(error) {
  return error instanceof RangeError && /call stack|recursion/i.test(error.message);
}

function interrupted(state, value, depth, tools) {
  let name = 'Object';
  try {
    name = tools.constructorName(value, state, depth) ?? nativeName(value);
  } catch {
    // Too little stack left even for that.
  }
  return state.stylize(
    `[${name}: Inspection interrupted prematurely. Maximum call stack size exceeded.]`, 'special');
}

module.exports = {
  nativeName, nameForNull, urlText, isBuiltIn, nameWithoutConstructor, collectPrototypeKeys, pushPrototypeProperties, shapeObject,
  pushTypedArrayDetails, proxyTarget, formatProxy, customOptions, formatAccessor, listSparseArray, sortEntries,
  layOutTight, plainLength, width, fileUrl, isStackOverflow, interrupted,
};
