'use strict';
// assert.throws(), rejects(), their opposites, ifError() and match(): what a function threw against what was expected.
// API: https://nodejs.org/docs/latest-v24.x/api/assert.html#assertthrowsfn-error-message
// Binding: none.

const { codes } = require('internal/errors');
const { validateFunction } = require('internal/validators');
const { isPromise, isRegExp } = require('internal/util/types');
const { inspect } = require('internal/util/inspect');
const { isDeepStrictEqual } = require('internal/util/comparisons');
const { AssertionError } = require('internal/assert/assertion_error');

const NOTHING = { nothing: true };

function isError(value) {
  return typeof value === 'object' && value !== null &&
    (value instanceof Error || Object.prototype.toString.call(value) === '[object Error]');
}

function errorOf(fn) {
  validateFunction(fn, 'fn');
  try {
    fn();
  } catch (error) {
    return error;
  }
  return NOTHING;
}

function isThenable(value) {
  return isPromise(value) || (value !== null && typeof value === 'object' &&
    typeof value.then === 'function' && typeof value.catch === 'function');
}

async function rejectionOf(promiseFn) {
  let promise;
  if (typeof promiseFn === 'function') {
    // What the function throws right away is thrown on.
    promise = promiseFn();
    if (!isThenable(promise)) throw new codes.ERR_INVALID_RETURN_VALUE('instance of Promise', 'promiseFn', promise);
  } else if (isThenable(promiseFn)) {
    promise = promiseFn;
  } else {
    throw new codes.ERR_INVALID_ARG_TYPE('promiseFn', ['Function', 'Promise'], promiseFn);
  }
  try {
    await promise;
  } catch (error) {
    return error;
  }
  return NOTHING;
}

// throws(fn, 'text'): the text is a message, unless it looks as if it was meant to be the error's.
function takeMessage(actual, args) {
  let [error, message] = args;
  if (typeof error === 'string') {
    if (args.length > 1) throw new codes.ERR_INVALID_ARG_TYPE('error', ['Function', 'Error', 'RegExp', 'Object'], error);
    if (typeof actual === 'object' && actual !== null) {
      if (actual.message === error) {
        throw new codes.ERR_AMBIGUOUS_ARGUMENT('error/message', `The error message "${actual.message}" is identical to the message.`);
      }
    } else if (actual === error) {
      throw new codes.ERR_AMBIGUOUS_ARGUMENT('error/message', `The error "${actual}" is identical to the message.`);
    }
    message = error;
    error = undefined;
  } else if (error !== null && error !== undefined && typeof error !== 'object' && typeof error !== 'function') {
    throw new codes.ERR_INVALID_ARG_TYPE('error', ['Function', 'Error', 'RegExp', 'Object'], error);
  }
  return { error, message };
}

function expectsError(stackStartFn, actual, args, diff) {
  const { error, message } = takeMessage(actual, args);
  if (actual === NOTHING) {
    let details = '';
    if (error?.name) details += ` (${error.name})`;
    details += message ? `: ${message}` : '.';
    const what = stackStartFn.name === 'rejects' ? 'rejection' : 'exception';
    fail({
      actual: undefined, expected: error, operator: stackStartFn.name, message: `Missing expected ${what}${details}`,
      stackStartFn, diff,
    }, true);
  }
  if (error === undefined || error === null) return;
  check(actual, error, message, stackStartFn, diff);
}

function fail(options, generated) {
  const error = new AssertionError(options);
  if (generated !== undefined) error.generatedMessage = generated;
  throw error;
}

function check(actual, expected, message, fn, diff) {
  if (typeof expected !== 'function') {
    if (isRegExp(expected)) checkRegExp(actual, expected, message, fn, diff);
    else checkObject(actual, expected, message, fn, diff);
    return;
  }
  const isErrorClass = expected === Error || Object.prototype.isPrototypeOf.call(Error, expected);
  if (expected.prototype !== undefined && actual instanceof expected) return;
  if (isErrorClass) {
    failWith(message, () => classMessage(actual, expected), actual, expected, fn, diff);
  }
  const result = Reflect.apply(expected, {}, [actual]);
  if (result === true) return;
  failWith(message, () => validationMessage(actual, expected, result), actual, expected, fn, diff);
}

function failWith(message, generate, actual, expected, fn, diff) {
  if (isError(message)) throw message;
  const generated = !message;
  fail({
    actual, expected, message: generated ? generate() : message, operator: fn.name, stackStartFn: fn, diff,
  }, generated);
}

function classMessage(actual, expected) {
  let text = `The error is expected to be an instance of "${expected.name}". Received `;
  if (!isError(actual)) return `${text}"${inspect(actual, { depth: -1 })}"`;
  const name = actual.constructor?.name || actual.name;
  text += expected.name === name ? 'an error with identical name but a different prototype.' : `"${name}"`;
  return `${text}\n\nError message:\n\n${actual.message}`;
}

function validationMessage(actual, expected, result) {
  const name = expected.name ? `"${expected.name}" ` : '';
  const text = `The ${name}validation function is expected to return "true". Received ${inspect(result)}`;
  return isError(actual) ? `${text}\n\nCaught error:\n\n${actual}` : text;
}

function checkRegExp(actual, expected, message, fn, diff) {
  const text = String(actual);
  if (RegExp.prototype.exec.call(expected, text) !== null) return;
  failWith(message, () => `The input did not match the regular expression ${inspect(expected)}. ` +
    `Input:\n\n${inspect(text)}\n`, actual, expected, fn, diff);
}

// Shown instead of the objects themselves: just the properties that were compared.
class Comparison {
  constructor(object, keys, actual) {
    for (const key of keys) {
      if (!(key in object)) continue;
      // A string that matched stands on both sides.
      const matched = actual !== undefined && typeof actual[key] === 'string' && isRegExp(object[key]) &&
        RegExp.prototype.exec.call(object[key], actual[key]) !== null;
      this[key] = matched ? actual[key] : object[key];
    }
  }
}

function checkObject(actual, expected, message, fn, diff) {
  if (typeof actual !== 'object' || actual === null) {
    const error = new AssertionError({ actual, expected, message, operator: 'deepStrictEqual', stackStartFn: fn, diff });
    error.operator = fn.name;
    throw error;
  }
  const keys = Object.keys(expected);
  // An error's most telling properties aren't enumerable.
  if (expected instanceof Error) keys.push('name', 'message');
  else if (keys.length === 0) throw new codes.ERR_INVALID_ARG_VALUE('error', expected, 'may not be an empty object');
  for (const key of keys) {
    if (typeof actual[key] === 'string' && isRegExp(expected[key]) &&
        RegExp.prototype.exec.call(expected[key], actual[key]) !== null) continue;
    if (key in actual && isDeepStrictEqual(actual[key], expected[key])) continue;
    if (message) failWith(message, undefined, actual, expected, fn, diff);
    const error = new AssertionError({
      actual: new Comparison(actual, keys, undefined),
      expected: new Comparison(expected, keys, actual),
      operator: 'deepStrictEqual',
      stackStartFn: fn,
      diff,
    });
    error.actual = actual;
    error.expected = expected;
    error.operator = fn.name;
    throw error;
  }
}

function expectsNoError(stackStartFn, actual, args, diff) {
  if (actual === NOTHING) return;
  let [error, message] = args;
  if (typeof error === 'string') {
    message = error;
    error = undefined;
  }
  if (error === undefined || isExpected(actual, error)) {
    const details = message ? `: ${message}` : '.';
    const what = stackStartFn.name === 'doesNotReject' ? 'rejection' : 'exception';
    fail({
      actual, expected: error, operator: stackStartFn.name,
      message: `Got unwanted ${what}${details}\nActual message: "${actual?.message}"`,
      stackStartFn, diff,
    });
  }
  throw actual;
}

function isExpected(actual, expected) {
  if (typeof expected !== 'function') {
    if (isRegExp(expected)) return RegExp.prototype.exec.call(expected, String(actual)) !== null;
    throw new codes.ERR_INVALID_ARG_TYPE('expected', ['Function', 'RegExp'], expected);
  }
  if (expected.prototype !== undefined && actual instanceof expected) return true;
  if (Object.prototype.isPrototypeOf.call(Error, expected)) return false;
  return Reflect.apply(expected, {}, [actual]) === true;
}

// ifError(): the message of the error, and its frames before ours as far as they differ.
function unwantedError(stackStartFn, error, diff) {
  let message = 'ifError got unwanted exception: ';
  if (typeof error === 'object' && typeof error.message === 'string') {
    message += error.message.length === 0 && error.constructor ? error.constructor.name : error.message;
  } else {
    message += inspect(error);
  }
  const result = new AssertionError({ actual: error, expected: null, operator: 'ifError', message, stackStartFn, diff });
  result.generatedMessage = true;
  if (typeof error === 'object' && typeof error.stack === 'string' && typeof result.stack === 'string') {
    joinStacks(result, error.stack);
  }
  throw result;
}

function joinStacks(result, stack) {
  const start = stack.indexOf('\n    at');
  if (start === -1) return;
  const theirs = stack.slice(start + 1).split('\n');
  const ours = result.stack.split('\n');
  for (const line of ours) {
    const at = line.startsWith('    at') ? theirs.indexOf(line) : -1;
    if (at === -1) continue;
    theirs.length = at;
    break;
  }
  if (theirs.length > 0) result.stack = `${ours.join('\n')}\n${theirs.join('\n')}`;
}

function matches(fn, string, regexp, message, wanted, diff) {
  if (!isRegExp(regexp)) throw new codes.ERR_INVALID_ARG_TYPE('regexp', 'RegExp', regexp);
  if (typeof string === 'string' && (RegExp.prototype.exec.call(regexp, string) !== null) === wanted) return;
  failWith(message, () => {
    if (typeof string !== 'string') {
      return 'The "string" argument must be of type string. Received type ' +
        `${typeof string} (${inspect(string)})`;
    }
    return (wanted ? 'The input did not match the regular expression ' :
      'The input was expected to not match the regular expression ') +
      `${inspect(regexp)}. Input:\n\n${inspect(string)}\n`;
  }, string, regexp, fn, diff);
}

module.exports = { errorOf, rejectionOf, expectsError, expectsNoError, unwantedError, matches };
