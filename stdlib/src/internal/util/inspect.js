'use strict';
// util.inspect(): a readable string for any value.
// API: https://nodejs.org/docs/latest-v24.x/api/util.html#utilinspectobject-options
// Binding: types.classOf (one call tells which internal slots an object has), util.getOwnNonIndexProperties.
//
// How it works. `formatValue` turns one value into text: primitives at once, objects through `formatObject`, which picks
// by class a prefix (`Map(2) `), braces, the keys to show and a function that lists the entries, and then lets
// `layOut` decide between one line, columns and a line per entry. A `State` carries the options and what is open above.
// What few programs meet has its own files, loaded when met: inspect_rare.js (iterators, weak collections, proxies,
// namespaces, getters, classes), inspect_error.js, inspect_layout.js (columns), colors.js.

const { classOf, CLASS } = require('internal/util/types');
const { quote, escapeText, formatPrimitive, objectKeys } = require('internal/util/primitives');
const { getOwnNonIndexProperties } = binding('util');

const { getOwnPropertySymbols, getOwnPropertyNames, getOwnPropertyDescriptor, getPrototypeOf } = Object;
const hasOwn = Object.prototype.hasOwnProperty;
const isEnumerable = Object.prototype.propertyIsEnumerable;
const isPrototypeOf = Object.prototype.isPrototypeOf;
const ErrorPrototype = Error.prototype;
const identifier = /^[a-zA-Z_][a-zA-Z_0-9]*$/;
const customInspectSymbol = Symbol.for('nodejs.util.inspect.custom');
const typedArrayProto = getPrototypeOf(Uint8Array.prototype);
const typedArrayName = getOwnPropertyDescriptor(typedArrayProto, Symbol.toStringTag).get;
const typedArrayLength = getOwnPropertyDescriptor(typedArrayProto, 'length').get;
const mapSize = getOwnPropertyDescriptor(Map.prototype, 'size').get;
const setSize = getOwnPropertyDescriptor(Set.prototype, 'size').get;

// How entries are written: `key: value`, an array's element, an array's extra key.
const AS_PROPERTY = 0;
const AS_ELEMENT = 1;
const AS_ARRAY_EXTRA = 2;

// Core-only option: errors without their stacks.
const hideStacks = Symbol('hide stacks');

// Objects nested deeper than this are not entered: running out of stack may not be catchable.
const MAX_NESTING = 600;

// Output beyond this many characters in one call stops descending, so that a huge graph can't exhaust memory.
const MAX_OUTPUT = 1 << 27;

const defaults = {
  showHidden: false,
  depth: 2,
  colors: false,
  customInspect: true,
  showProxy: false,
  maxArrayLength: 100,
  maxStringLength: 10000,
  breakLength: 80,
  compact: 3,
  sorted: false,
  getters: false,
  numericSeparator: false,
};

function plainStyle(text) {
  return text;
}

function colorStyle(text, styleType) {
  const style = inspect.styles[styleType];
  if (style === undefined) return text;
  const color = inspect.colors[style];
  return color === undefined ? text : `\u001b[${color[0]}m${text}\u001b[${color[1]}m`;
}

// What one inspect() call knows: its options, the objects that are open above, references found so far.
class State {
  constructor(options) {
    this.options = options;
    this.stylize = options.stylize;
    this.seen = [];
    this.circular = undefined;
    this.indent = 0;
    this.deepest = 0;
    this.written = 0;
  }
}

/**
 * @param {unknown} value
 * @param {object|boolean} [options] or the old positional form (value, showHidden, depth, colors)
 * @returns {string}
 */
function inspect(value, options) {
  const merged = completeOptions();
  if (arguments.length > 1) {
    if (arguments.length > 2) {
      if (arguments[2] !== undefined) merged.depth = arguments[2];
      if (arguments.length > 3 && arguments[3] !== undefined) merged.colors = arguments[3];
    }
    if (typeof options === 'boolean') merged.showHidden = options;
    else if (options) Object.assign(merged, options);
  }
  return inspectWith(merged, value);
}

// FAST PATH: written out, because spreading an object costs several times as much.
function completeOptions() {
  return {
    stylize: plainStyle,
    showHidden: defaults.showHidden,
    depth: defaults.depth,
    colors: defaults.colors,
    customInspect: defaults.customInspect,
    showProxy: defaults.showProxy,
    maxArrayLength: defaults.maxArrayLength,
    maxStringLength: defaults.maxStringLength,
    breakLength: defaults.breakLength,
    compact: defaults.compact,
    sorted: defaults.sorted,
    getters: defaults.getters,
    numericSeparator: defaults.numericSeparator,
  };
}

// `options` must be complete: defaults plus what the caller wants otherwise.
function inspectWith(options, value) {
  if (options.colors && options.stylize === plainStyle) options.stylize = colorStyle;
  if (options.maxArrayLength === null) options.maxArrayLength = Infinity;
  if (options.maxStringLength === null) options.maxStringLength = Infinity;
  return formatValue(new State(options), value, 0, false);
}

Object.defineProperty(inspect, 'defaultOptions', {
  __proto__: null,
  get() {
    return defaults;
  },
  set(options) {
    require('internal/validators').validateObject(options, 'options');
    Object.assign(defaults, options);
  },
});
inspect.custom = customInspectSymbol;
lazyTable('colors');
lazyTable('styles');

// inspect.colors and inspect.styles: most programs never look at them. The accessor stays: an engine's inline cache may
// outlive a getter that replaces itself.
function lazyTable(name) {
  let value;
  Object.defineProperty(inspect, name, {
    __proto__: null,
    configurable: true,
    enumerable: true,
    get() {
      return value ??= require('internal/util/colors')[name];
    },
    set(other) {
      value = other;
    },
  });
}

const rare = () => require('internal/util/inspect_rare');

// The text of one value. `depth` counts the objects above it; `isTyped` says that the value is the buffer of a view
// that shows the contents already.
function formatValue(state, value, depth, isTyped) {
  if (value === null || (typeof value !== 'object' && typeof value !== 'function')) {
    return formatPrimitive(state.stylize, value, state.options, state.indent);
  }
  const options = state.options;
  const self = value;
  let cls = classOf(value);
  if (cls === CLASS.proxy) {
    const target = rare().proxyTarget(value);
    if (options.showProxy || target === null) return rare().formatProxy(state, value, depth, tools);
    value = target;
    cls = classOf(value);
  }
  if (options.customInspect) {
    const custom = value[customInspectSymbol];
    // Not on prototype objects: their methods expect an instance.
    if (typeof custom === 'function' && custom !== inspect && !isPrototypeObject(value)) {
      const text = formatCustom(state, custom, self, depth);
      if (text !== undefined) return text;
    }
  }
  if (state.seen.includes(value)) {
    let index = 1;
    if (state.circular === undefined) {
      state.circular = new Map([[value, index]]);
    } else {
      index = state.circular.get(value);
      if (index === undefined) {
        index = state.circular.size + 1;
        state.circular.set(value, index);
      }
    }
    return state.stylize(`[Circular *${index}]`, 'special');
  }
  return formatObject(state, value, depth, cls, isTyped);
}

function isPrototypeObject(value) {
  const desc = getOwnPropertyDescriptor(value, 'constructor');
  return desc !== undefined && typeof desc.value === 'function' && desc.value.prototype === value;
}

// Calls value[inspect.custom](depth, options, inspect). undefined: the method gave the value itself back.
function formatCustom(state, custom, value, depth) {
  const options = state.options;
  const left = typeof options.depth === 'number' ? options.depth - depth : options.depth;
  const result = custom.call(value, left, rare().customOptions(state), inspect);
  if (result === value) return undefined;
  if (result === null || typeof result !== 'object') {
    return `${typeof result === 'symbol' ? result.toString() : result}`.replaceAll('\n', `\n${' '.repeat(state.indent)}`);
  }
  return formatValue(state, result, depth, false);
}

// Own keys in the order they are shown: strings, then symbols.
function shownKeys(value, showHidden) {
  const symbols = getOwnPropertySymbols(value);
  if (showHidden) {
    const keys = getOwnPropertyNames(value);
    for (let i = 0; i < symbols.length; i++) keys.push(symbols[i]);
    return keys;
  }
  const keys = objectKeys(value);
  for (let i = 0; i < symbols.length; i++) {
    if (isEnumerable.call(value, symbols[i])) keys.push(symbols[i]);
  }
  return keys;
}

// The name of the class that made `value`, found along its prototype chain; null when it has no prototype.
// With showHidden also collects the properties of user-defined prototypes into `protoProps`.
function constructorName(value, state, depth, protoProps) {
  let object = value;
  let first;
  while (object) {
    const desc = getOwnPropertyDescriptor(object, 'constructor');
    if (desc !== undefined && typeof desc.value === 'function' && desc.value.name !== '' &&
        isInstance(value, desc.value)) {
      if (protoProps !== undefined && (first !== object || !rare().isBuiltIn(desc.value.name))) {
        rare().collectPrototypeKeys(value, first ?? value, protoProps);
      }
      return String(desc.value.name);
    }
    object = getPrototypeOf(object);
    if (first === undefined) first = object;
  }
  if (first === null || first === undefined) return null;
  return rare().nameWithoutConstructor(state, value, first, depth, protoProps, tools);
}

function isInstance(value, constructor) {
  const proto = constructor.prototype;
  return proto !== null && (typeof proto === 'object' || typeof proto === 'function') && isPrototypeOf.call(proto, value);
}

// The prefix before the braces: `Foo(2) [Tag] `, `[Foo(2): null prototype] `.
function prefixOf(name, tag, fallback, size) {
  if (name === null) {
    if (tag !== '' && fallback !== tag) return `[${fallback}${size}: null prototype] [${tag}] `;
    return `[${fallback}${size}: null prototype] `;
  }
  if (tag !== '' && name !== tag) return `${name}${size} [${tag}] `;
  return `${name}${size} `;
}

function tagOf(value, name, showHidden) {
  let tag;
  try {
    tag = value[Symbol.toStringTag];
  } catch {
    return '';
  }
  if (typeof tag !== 'string' || tag === '' || tag === name) return '';
  // One that is listed among the keys needs no second mention.
  if (showHidden ? hasOwn.call(value, Symbol.toStringTag) : isEnumerable.call(value, Symbol.toStringTag)) return '';
  return tag;
}

function formatObject(state, value, depth, cls, isTyped) {
  const options = state.options;
  const showHidden = options.showHidden;
  const tooDeep = options.depth !== null && depth > options.depth;
  let protoProps = showHidden && !tooDeep ? [] : undefined;
  const name = constructorName(value, state, depth, protoProps);
  if (protoProps !== undefined && protoProps.length === 0) protoProps = undefined;
  const tag = tagOf(value, name, showHidden);

  let keys;
  let prefix = '';
  let base = '';
  let open = '{';
  let close = '}';
  let list;
  let kind = AS_PROPERTY;

  if ((cls === CLASS.array || cls === CLASS.typedArray || cls === CLASS.map || cls === CLASS.set) &&
      name !== null && !(Symbol.iterator in value)) cls = CLASS.ordinary;

  switch (cls) {
    case CLASS.ordinary:
      if (name !== 'Object' && isPrototypeOf.call(ErrorPrototype, value)) cls = CLASS.error;
      if (cls === CLASS.ordinary) {
        keys = shownKeys(value, showHidden);
        if (name !== 'Object' || tag !== '') prefix = prefixOf(name, tag, 'Object', '');
        if (name === null) prefix = prefixOf(null, tag, rare().nameForNull(value, tag), '');
        if (name === 'URL' || tag === 'URL') base = rare().urlText(value);
        if (keys.length === 0 && protoProps === undefined) return base === '' ? `${prefix}{}` : base;
        if (base !== '') prefix = '';
      }
      break;
    case CLASS.array:
      keys = getOwnNonIndexProperties(value, showHidden ? 0 : 2);
      if (name !== 'Array' || tag !== '') prefix = prefixOf(name, tag, 'Array', `(${value.length})`);
      open = '[';
      close = ']';
      if (value.length === 0 && keys.length === 0 && protoProps === undefined) {
        return `${prefix}[]`;
      }
      kind = AS_ARRAY_EXTRA;
      list = listArray;
      break;
    case CLASS.map:
    case CLASS.set: {
      const size = cls === CLASS.map ? mapSize.call(value) : setSize.call(value);
      keys = shownKeys(value, showHidden);
      prefix = prefixOf(name, tag, cls === CLASS.map ? 'Map' : 'Set', `(${size})`);
      if (size === 0 && keys.length === 0 && protoProps === undefined) return `${prefix}{}`;
      list = cls === CLASS.map ? listMap : listSet;
      break;
    }
    case CLASS.typedArray: {
      keys = getOwnNonIndexProperties(value, showHidden ? 0 : 2);
      const size = typedArrayLength.call(value);
      prefix = prefixOf(name, tag, name === null ? typedArrayName.call(value) : '', `(${size})`);
      open = '[';
      close = ']';
      if (size === 0 && keys.length === 0 && !showHidden) return `${prefix}[]`;
      kind = AS_ARRAY_EXTRA;
      list = listTypedArray;
      break;
    }
    default:
      break;
  }

  if (keys === undefined) {
    const shape = cls === CLASS.error ?
      require('internal/util/inspect_error').shapeError(state, value, depth, name, tag, tools, protoProps) :
      rare().shapeObject(state, value, depth, cls, name, tag, isTyped, tools, protoProps);
    if (typeof shape === 'string') return shape;
    ({ keys, prefix, base, list } = shape);
    if (shape.open !== undefined) ({ open, close } = shape);
  }

  if (tooDeep) {
    const text = shortName(value, name, tag, cls);
    return state.stylize(text, 'special');
  }
  return formatEntries(state, value, depth + 1, keys, `${prefix}${open}`, close, base, kind, list, protoProps);
}

// What stands for an object that lies deeper than `depth`.
function shortName(value, name, tag, cls) {
  if (name === null) return prefixOf(null, tag, cls === CLASS.array ? 'Array' : rare().nameForNull(value, tag), '').slice(0, -1);
  return `[${prefixOf(name, tag, cls === CLASS.array ? 'Array' : 'Object', '').slice(0, -1)}]`;
}

function formatEntries(state, value, depth, keys, open, close, base, kind, list, protoProps) {
  const options = state.options;
  if (state.seen.length === MAX_NESTING) return rare().interrupted(state, value, depth, tools);
  state.seen.push(value);
  state.deepest = depth;
  let output;
  const indent = state.indent;
  try {
    output = list === undefined ? [] : list(state, value, depth);
    for (let i = 0; i < keys.length; i++) output.push(formatProperty(state, value, depth, keys[i], kind));
    if (protoProps !== undefined) {
      rare().pushPrototypeProperties(state, value, depth, protoProps, output, tools);
    }
  } catch (error) {
    if (!rare().isStackOverflow(error)) throw error;
    state.indent = indent;
    state.seen.pop();
    return rare().interrupted(state, value, depth, tools);
  }
  if (state.circular !== undefined) {
    const index = state.circular.get(value);
    if (index !== undefined) {
      const reference = state.stylize(`<ref *${index}>`, 'special');
      if (options.compact === true) open = `${reference} ${open}`;
      else base = base === '' ? reference : `${reference} ${base}`;
    }
  }
  state.seen.pop();
  if (options.sorted) rare().sortEntries(output, options.sorted, kind, keys.length);
  const text = layOut(state, output, base, open, close, kind, depth, value);
  state.written += text.length;
  if (state.written > MAX_OUTPUT) options.depth = -1;
  return text;
}

// One line, columns, or a line per entry.
function layOut(state, output, base, open, close, kind, depth, value) {
  const options = state.options;
  const compact = options.compact;
  if (compact === true) return rare().layOutTight(state, output, base, open, close);
  const lead = base === '' ? '' : `${base} `;
  if (typeof compact === 'number' && compact >= 1) {
    const n = output.length;
    if (kind === AS_ARRAY_EXTRA && n > 6) output = require('internal/util/inspect_layout').columns(state, output, value);
    // Only the innermost `compact` levels share a line, and only while it stays short.
    if (state.deepest - depth < compact && n === output.length) {
      const start = n + state.indent + open.length + base.length + 10;
      if (fitsLine(options, output, start, base)) {
        const joined = output.join(', ');
        if (!joined.includes('\n')) return `${lead}${open} ${joined} ${close}`;
      }
    }
  }
  const newline = `\n${' '.repeat(state.indent)}`;
  return `${lead}${open}${newline}  ${output.join(`,${newline}  `)}${newline}${close}`;
}

function fitsLine(options, output, start, base) {
  let total = output.length + start;
  if (total + output.length > options.breakLength) return false;
  for (let i = 0; i < output.length; i++) {
    total += options.colors ? rare().plainLength(output[i]) : output[i].length;
    if (total > options.breakLength) return false;
  }
  return base === '' || !base.includes('\n');
}

function formatProperty(state, value, depth, key, kind, desc, original) {
  if (desc === undefined) {
    desc = getOwnPropertyDescriptor(value, key) ?? { value: value[key], enumerable: true };
  }
  let text;
  let gap = ' ';
  if (desc.get === undefined && desc.set === undefined) {
    const step = kind !== AS_PROPERTY || state.options.compact !== true ? 2 : 3;
    state.indent += step;
    text = formatValue(state, desc.value, depth, false);
    if (step === 3 && state.options.breakLength < rare().width(text)) gap = `\n${' '.repeat(state.indent)}`;
    state.indent -= step;
  } else {
    text = rare().formatAccessor(state, original === undefined ? value : original, desc, depth, kind, tools);
  }
  if (kind === AS_ELEMENT) return text;
  return `${keyText(state, key, desc.enumerable)}:${gap}${text}`;
}

function keyText(state, key, enumerable) {
  if (typeof key === 'symbol') {
    const text = state.stylize(escapeText(Symbol.prototype.toString.call(key)), 'symbol');
    return enumerable === false ? `[${text}]` : text;
  }
  let text;
  if (key === '__proto__') text = "['__proto__']";
  else if (identifier.test(key)) return state.stylize(enumerable === false ? `[${key}]` : key, enumerable === false ? 'undefined' : 'name');
  else text = state.stylize(quote(key), 'string');
  return enumerable === false ? `[${text}]` : text;
}

function moreItems(n) {
  return `... ${n} more item${n > 1 ? 's' : ''}`;
}

function listArray(state, value, depth) {
  const length = value.length;
  const shown = Math.min(Math.max(0, state.options.maxArrayLength), length);
  const output = [];
  for (let i = 0; i < shown; i++) {
    if (!hasOwn.call(value, i)) return rare().listSparseArray(state, value, depth, shown, output, i, tools);
    output.push(formatProperty(state, value, depth, i, AS_ELEMENT));
  }
  if (length > shown) output.push(moreItems(length - shown));
  return output;
}

function listTypedArray(state, value, depth) {
  const length = typedArrayLength.call(value);
  const shown = Math.min(Math.max(0, state.options.maxArrayLength), length);
  const output = [];
  for (let i = 0; i < shown; i++) output.push(formatPrimitive(state.stylize, value[i], state.options, 0));
  if (length > shown) output.push(moreItems(length - shown));
  if (state.options.showHidden) rare().pushTypedArrayDetails(state, value, depth, output, tools);
  return output;
}

const forEachInSet = Set.prototype.forEach;
const forEachInMap = Map.prototype.forEach;

function listSet(state, value, depth) {
  const max = Math.max(0, state.options.maxArrayLength);
  const output = [];
  let n = 0;
  state.indent += 2;
  forEachInSet.call(value, (entry) => {
    if (n++ < max) output.push(formatValue(state, entry, depth, false));
  });
  state.indent -= 2;
  if (n > max) output.push(moreItems(n - max));
  return output;
}

function listMap(state, value, depth) {
  const max = Math.max(0, state.options.maxArrayLength);
  const output = [];
  let n = 0;
  state.indent += 2;
  forEachInMap.call(value, (entry, key) => {
    if (n++ >= max) return;
    output.push(`${formatValue(state, key, depth, false)} => ${formatValue(state, entry, depth, false)}`);
  });
  state.indent -= 2;
  if (n > max) output.push(moreItems(n - max));
  return output;
}

// What the files with the rare cases call back.
const tools = {
  State, inspect, inspectWith, plainStyle, formatValue, formatProperty, formatObject, layOut, fitsLine, keyText,
  prefixOf, shownKeys, constructorName, moreItems, hideStacks, AS_PROPERTY, AS_ELEMENT, AS_ARRAY_EXTRA,
};

const width = () => require('internal/util/strwidth');

module.exports = {
  inspect,
  tools,
  defaults,
  stripVTControlCharacters(text) { return width().stripVTControlCharacters(text); },
  getStringWidth(text, removeControlChars) { return width().getStringWidth(text, removeControlChars); },
  format(...args) { return require('internal/util/format').formatArgs(undefined, args); },
  formatWithOptions(...args) { return require('internal/util/format').formatWithOptions(...args); },
};

require('internal/util/format').noteDefaults(defaults);
