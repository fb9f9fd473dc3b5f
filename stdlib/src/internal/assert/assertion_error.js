'use strict';
// assert.AssertionError and the texts it makes for each kind of assertion.
// API: https://nodejs.org/docs/latest-v24.x/api/assert.html#class-assertassertionerror
// Binding: stdio.guessHandleType.

const { validateObject, validateOneOf } = require('internal/validators');

const { guessHandleType } = binding('stdio');

const HEADERS = {
  __proto__: null,
  deepStrictEqual: 'Expected values to be strictly deep-equal:',
  partialDeepStrictEqual: 'Expected values to be partially and strictly deep-equal:',
  strictEqual: 'Expected values to be strictly equal:',
  strictEqualObject: 'Expected "actual" to be reference-equal to "expected":',
  deepEqual: 'Expected values to be loosely deep-equal:',
  notDeepStrictEqual: 'Expected "actual" not to be strictly deep-equal to:',
  notStrictEqual: 'Expected "actual" to be strictly unequal to:',
  notStrictEqualObject: 'Expected "actual" not to be reference-equal to "expected":',
  notDeepEqual: 'Expected "actual" not to be loosely deep-equal to:',
  notIdentical: 'Values have same structure but are not reference-equal:',
  notDeepEqualUnequal: 'Expected values not to be loosely deep-equal:',
};

const MAX_LINES = 50;
const MAX_LOOSE_LENGTH = 512;
const MAX_NOT_LENGTH = 1024;
const MAX_SHOWN_STRING = 512;
const MAX_SHOWN_LINES = 10;

// Both sides printed alike whenever they are alike: sorted, a line per property, getters called, no stacks.
function inspectValue(value) {
  const { inspect, tools } = require('internal/util/inspect');
  return inspect(value, {
    compact: false,
    customInspect: false,
    depth: 1000,
    maxArrayLength: Infinity,
    showHidden: false,
    showProxy: false,
    sorted: true,
    getters: true,
    [tools.hideStacks]: true,
  });
}

// stderr is where the error will be printed if nobody catches it. Looking at it must not create the stream.
function useColors() {
  if (process.env.FORCE_COLOR === undefined && guessHandleType(2) !== 'TTY') return false;
  return require('internal/util/style_text').shouldColorize(process.stderr);
}

function terminalColumns() {
  return guessHandleType(2) === 'TTY' ? process.stderr.columns : 80;
}

function isObjectLike(value) {
  return (typeof value === 'object' && value !== null) || typeof value === 'function';
}

function cut(text, max, full) {
  return text.length > max && !full ? `${text.slice(0, max - 3)}...` : text;
}

function notEqualMessage(actual, operator, full) {
  let header = HEADERS[operator];
  if (operator === 'notStrictEqual' && isObjectLike(actual)) header = HEADERS.notStrictEqualObject;
  const lines = inspectValue(actual).split('\n');
  if (lines.length > MAX_LINES && !full) {
    lines.length = MAX_LINES - 3;
    lines[MAX_LINES - 4] = useColors() ? '\u001b[34m...\u001b[39m' : '...';
  }
  if (lines.length > 1) return `${header}\n\n${lines.join('\n')}\n`;
  return `${header}${lines[0].length > 5 ? '\n\n' : ' '}${lines[0]}`;
}

function looseMessage(actual, expected, operator, full) {
  const left = inspectValue(actual);
  const right = inspectValue(expected);
  if (operator === 'notDeepEqual' && left === right) return cut(`${HEADERS.notDeepEqual}\n\n${left}`, MAX_NOT_LENGTH, full);
  const a = cut(left, MAX_LOOSE_LENGTH, full);
  const b = cut(right, MAX_LOOSE_LENGTH, full);
  if (operator === 'deepEqual') return `${HEADERS.deepEqual}\n\n${a}\n\nshould loosely deep-equal\n\n${b}`;
  if (operator === 'notDeepEqual') {
    return `${HEADERS.notDeepEqualUnequal}\n\n${a}\n\nshould not loosely deep-equal\n\n${b}`;
  }
  return `${a} ${operator} ${b}`;
}

function generateMessage(options) {
  const { actual, expected, operator, diff } = options;
  const full = diff === 'full';
  switch (operator) {
    case 'deepStrictEqual':
    case 'strictEqual':
    case 'partialDeepStrictEqual':
      return require('internal/assert/diff_message').diffMessage(
        options, HEADERS, inspectValue, useColors(), terminalColumns());
    case 'notDeepStrictEqual':
    case 'notStrictEqual':
      return notEqualMessage(actual, operator, full);
    default:
      return looseMessage(actual, expected, operator, full);
  }
}

// Those three show the difference below a message of the caller's, too.
function showsDiff(operator) {
  return operator === 'deepStrictEqual' || operator === 'strictEqual' || operator === 'partialDeepStrictEqual';
}

function hide(error, key, value) {
  Object.defineProperty(error, key, { __proto__: null, value, enumerable: false, writable: true, configurable: true });
}

class AssertionError extends Error {
  constructor(options) {
    validateObject(options, 'options');
    const { message, operator, stackStartFn, stackStartFunction, actual, expected, diff = 'simple' } = options;
    if (diff !== undefined) validateOneOf(diff, 'options.diff', ['simple', 'full']);
    const given = message !== undefined && message !== null;
    super(given && !showsDiff(operator) ? String(message) : generateMessage({ ...options, message: given ? message : undefined, diff }));
    this.generatedMessage = !given;
    hide(this, 'name', 'AssertionError [ERR_ASSERTION]');
    this.code = 'ERR_ASSERTION';
    this.actual = actual;
    this.expected = expected;
    this.operator = operator;
    this.diff = diff;
    // The stack's first line shows the code; it is made while the name carries it.
    Error.captureStackTrace?.(this, stackStartFn ?? stackStartFunction);
    // eslint-disable-next-line no-unused-expressions
    this.stack;
    this.name = 'AssertionError';
  }

  toString() {
    return `${this.name} [${this.code}]: ${this.message}`;
  }

  // Long strings would hide the rest of the error.
  [Symbol.for('nodejs.util.inspect.custom')](depth, options) {
    const { actual, expected } = this;
    if (typeof actual === 'string') this.actual = shorten(actual);
    if (typeof expected === 'string') this.expected = shorten(expected);
    const text = require('internal/util/inspect').inspect(this, { ...options, customInspect: false, depth: 0 });
    this.actual = actual;
    this.expected = expected;
    return text;
  }
}

function shorten(text) {
  const lines = text.split('\n', MAX_SHOWN_LINES + 1);
  if (lines.length > MAX_SHOWN_LINES) {
    lines.length = MAX_SHOWN_LINES;
    return `${lines.join('\n')}\n...`;
  }
  return text.length > MAX_SHOWN_STRING ? `${text.slice(0, -MAX_SHOWN_STRING)}...` : text;
}

module.exports = { AssertionError, inspectValue };
