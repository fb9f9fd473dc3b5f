'use strict';
// util.format(): printf-like strings, and the text of console.log's arguments.
// API: https://nodejs.org/docs/latest-v24.x/api/util.html#utilformatformat-args
// Binding: none. Strings and other primitives are handled here, without loading util.inspect(): most logging is that.

const { numberText, bigintText } = require('internal/util/primitives');

const inspectFile = () => require('internal/util/inspect');

function inspectArg(value, options) {
  const { inspect } = inspectFile();
  return options === undefined ? inspect(value) : inspect(value, options);
}

// A value outside the format string. `options` is undefined or what formatWithOptions() was given.
function argText(value, options) {
  switch (typeof value) {
    case 'string': return value;
    case 'boolean':
    case 'undefined':
      if (options === undefined) return `${value}`;
      break;
    case 'number':
      if (options === undefined) return numberText(value, numericSeparator(options));
      break;
    case 'object':
      if (value === null && options === undefined) return 'null';
      break;
    default:
      break;
  }
  return inspectArg(value, options);
}

let inspectDefaults;

// inspect.defaultOptions can only differ from the defaults when inspect.js is loaded, which hands the object over.
function noteDefaults(defaults) {
  inspectDefaults = defaults;
}

function numericSeparator(options) {
  if (options !== undefined && options.numericSeparator !== undefined) return options.numericSeparator;
  return inspectDefaults !== undefined && inspectDefaults.numericSeparator;
}

function format(...args) {
  return formatArgs(undefined, args);
}

function formatWithOptions(inspectOptions, ...args) {
  require('internal/validators').validateObject(inspectOptions, 'inspectOptions', OPTIONS_MAY_BE);
  return formatArgs(inspectOptions, args);
}

// kValidateObjectAllowObjects of the validators: arrays and functions are objects here.
const OPTIONS_MAY_BE = 6;

/**
 * @param {object|undefined} options for util.inspect()
 * @param {unknown[]} args the format string, if the first is one, and the values
 * @returns {string}
 */
function formatArgs(options, args) {
  const n = args.length;
  const first = args[0];
  if (n === 1) return typeof first === 'string' ? first : argText(first, options);
  if (n === 0) return '';
  let text = '';
  let next = 0;
  if (typeof first === 'string') {
    next = 1;
    text = first;
    if (first.includes('%')) {
      const result = fill(first, args, options);
      text = result.text;
      next = result.next;
    }
    if (next < n) text += ' ';
  }
  for (; next < n; next++) {
    text += argText(args[next], options);
    if (next < n - 1) text += ' ';
  }
  return text;
}

// Replaces the specifiers of `template`; `next` in the result is the first argument that none of them took.
function fill(template, args, options) {
  let text = '';
  let done = 0;
  let next = 1;
  let at = template.indexOf('%');
  while (at !== -1 && at < template.length - 1) {
    const letter = template[at + 1];
    let replacement;
    if (letter === '%') {
      replacement = '%';
    } else if (next < args.length && 'sdifjoOc'.includes(letter)) {
      replacement = specifier(letter, args[next++], options);
    }
    if (replacement === undefined) {
      at = template.indexOf('%', at + 1);
      continue;
    }
    text += template.slice(done, at) + replacement;
    done = at + 2;
    at = template.indexOf('%', done);
  }
  return { text: text + template.slice(done), next };
}

function specifier(letter, value, options) {
  switch (letter) {
    case 's': return asString(value, options);
    case 'd':
      if (typeof value === 'bigint') return bigintText(value, numericSeparator(options));
      if (typeof value === 'symbol') return 'NaN';
      return numberText(Number(value), numericSeparator(options));
    case 'i':
      if (typeof value === 'bigint') return bigintText(value, numericSeparator(options));
      if (typeof value === 'symbol') return 'NaN';
      return numberText(parseInt(value), numericSeparator(options));
    case 'f':
      return typeof value === 'symbol' ? 'NaN' : numberText(parseFloat(value), numericSeparator(options));
    case 'j': return asJson(value);
    case 'o': return inspectArg(value, { ...options, showHidden: true, showProxy: true, depth: 4 });
    case 'O': return inspectArg(value, options);
    default: return ''; // %c: CSS, which a terminal has no use for
  }
}

function asString(value, options) {
  switch (typeof value) {
    case 'string': return value;
    case 'number': return numberText(value, numericSeparator(options));
    case 'bigint': return bigintText(value, numericSeparator(options));
    case 'object':
      if (value === null) return 'null';
      if (!require('internal/util/own_tostring').hasOwnToString(value)) {
        return inspectArg(value, { ...options, depth: 0, colors: false, compact: 3 });
      }
      break;
    default:
      break;
  }
  return String(value);
}

function asJson(value) {
  try {
    return `${JSON.stringify(value)}`;
  } catch (error) {
    if (isCircularError(error)) return '[Circular]';
    throw error;
  }
}

let circularMessage;

// JSON.stringify's complaint about a cycle starts with the same words for every object.
function isCircularError(error) {
  if (circularMessage === undefined) {
    try {
      const cycle = {};
      cycle.a = cycle;
      JSON.stringify(cycle);
    } catch (sample) {
      circularMessage = firstLine(sample);
    }
  }
  return error !== null && typeof error === 'object' && error.name === 'TypeError' && firstLine(error) === circularMessage;
}

function firstLine(error) {
  return `${error.message}`.split('\n', 1)[0];
}

module.exports = { format, formatWithOptions, formatArgs, noteDefaults };
