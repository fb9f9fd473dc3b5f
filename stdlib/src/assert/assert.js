'use strict';
// node:assert: checks that throw an AssertionError.
// API: https://nodejs.org/docs/latest-v24.x/api/assert.html
// Binding: none. Here is what passes; what fails builds its message in internal/assert/, loaded then.

const isEqualFile = () => require('internal/util/comparisons');

function loadAssertionError() {
  return require('internal/assert/assertion_error').AssertionError;
}

// Throws the caller's own error, or an AssertionError.
function fail_(options) {
  if (isError(options.message)) throw options.message;
  throw new (loadAssertionError())(options);
}

function isError(value) {
  return typeof value === 'object' && value !== null &&
    (value instanceof Error || Object.prototype.toString.call(value) === '[object Error]');
}

function missing(n, ...names) {
  if (n >= 2) return;
  throw new (require('internal/errors').codes.ERR_MISSING_ARGS)(...names);
}

const kOptions = Symbol('options');

// The diff setting of `new Assert()`; a function that was taken off its instance has the default.
function diffOf(self) {
  return self?.[kOptions]?.diff ?? 'simple';
}

function skipsPrototype(self) {
  return self?.[kOptions]?.skipPrototype === true;
}

function innerOk(fn, n, value, message) {
  if (value) return;
  let generated = false;
  if (n === 0) {
    generated = true;
    message = 'No value argument passed to `assert.ok()`';
  } else if (message === undefined || message === null) {
    generated = true;
    message = require('internal/assert/source_text').failedExpression(fn) ??
      'The expression evaluated to a falsy value:\n\n  ' +
      `assert.ok(${require('internal/util/inspect').inspect(value)})\n`;
  } else if (isError(message)) {
    throw message;
  }
  const error = new (loadAssertionError())({
    actual: value, expected: true, message, operator: '==', stackStartFn: fn,
  });
  error.generatedMessage = generated;
  throw error;
}

function assert(...args) {
  innerOk(assert, args.length, args[0], args[1]);
}

const methods = {
  fail(message) {
    if (isError(message)) throw message;
    const generated = message === undefined;
    const error = new (loadAssertionError())({
      message: generated ? 'Failed' : message, operator: 'fail', stackStartFn: methods.fail, diff: diffOf(this),
    });
    error.generatedMessage = generated;
    throw error;
  },

  ok(...args) {
    innerOk(methods.ok, args.length, args[0], args[1]);
  },

  equal(actual, expected, message) {
    missing(arguments.length, 'actual', 'expected');
    // eslint-disable-next-line eqeqeq
    if (actual == expected || (actual !== actual && expected !== expected)) return;
    fail_({ actual, expected, message, operator: '==', stackStartFn: methods.equal, diff: diffOf(this) });
  },

  notEqual(actual, expected, message) {
    missing(arguments.length, 'actual', 'expected');
    // eslint-disable-next-line eqeqeq
    if (actual != expected && !(actual !== actual && expected !== expected)) return;
    fail_({ actual, expected, message, operator: '!=', stackStartFn: methods.notEqual, diff: diffOf(this) });
  },

  deepEqual(actual, expected, message) {
    missing(arguments.length, 'actual', 'expected');
    if (isEqualFile().isDeepEqual(actual, expected)) return;
    fail_({ actual, expected, message, operator: 'deepEqual', stackStartFn: methods.deepEqual, diff: diffOf(this) });
  },

  notDeepEqual(actual, expected, message) {
    missing(arguments.length, 'actual', 'expected');
    if (!isEqualFile().isDeepEqual(actual, expected)) return;
    fail_({ actual, expected, message, operator: 'notDeepEqual', stackStartFn: methods.notDeepEqual, diff: diffOf(this) });
  },

  deepStrictEqual(actual, expected, message) {
    missing(arguments.length, 'actual', 'expected');
    if (isEqualFile().isDeepStrictEqual(actual, expected, skipsPrototype(this))) return;
    fail_({
      actual, expected, message, operator: 'deepStrictEqual', stackStartFn: methods.deepStrictEqual, diff: diffOf(this),
    });
  },

  notDeepStrictEqual(actual, expected, message) {
    missing(arguments.length, 'actual', 'expected');
    if (!isEqualFile().isDeepStrictEqual(actual, expected, skipsPrototype(this))) return;
    fail_({
      actual, expected, message, operator: 'notDeepStrictEqual', stackStartFn: methods.notDeepStrictEqual,
      diff: diffOf(this),
    });
  },

  strictEqual(actual, expected, message) {
    missing(arguments.length, 'actual', 'expected');
    if (Object.is(actual, expected)) return;
    fail_({ actual, expected, message, operator: 'strictEqual', stackStartFn: methods.strictEqual, diff: diffOf(this) });
  },

  notStrictEqual(actual, expected, message) {
    missing(arguments.length, 'actual', 'expected');
    if (!Object.is(actual, expected)) return;
    fail_({
      actual, expected, message, operator: 'notStrictEqual', stackStartFn: methods.notStrictEqual, diff: diffOf(this),
    });
  },

  partialDeepStrictEqual(actual, expected, message) {
    missing(arguments.length, 'actual', 'expected');
    if (isEqualFile().isPartialStrictEqual(actual, expected)) return;
    fail_({
      actual, expected, message, operator: 'partialDeepStrictEqual', stackStartFn: methods.partialDeepStrictEqual,
      diff: diffOf(this),
    });
  },

  throws(fn, ...args) {
    thrown().expectsError(methods.throws, thrown().errorOf(fn), args, diffOf(this));
  },

  async rejects(promiseFn, ...args) {
    thrown().expectsError(methods.rejects, await thrown().rejectionOf(promiseFn), args, diffOf(this));
  },

  doesNotThrow(fn, ...args) {
    thrown().expectsNoError(methods.doesNotThrow, thrown().errorOf(fn), args, diffOf(this));
  },

  async doesNotReject(promiseFn, ...args) {
    thrown().expectsNoError(methods.doesNotReject, await thrown().rejectionOf(promiseFn), args, diffOf(this));
  },

  ifError(error) {
    if (error === null || error === undefined) return;
    thrown().unwantedError(methods.ifError, error, diffOf(this));
  },

  match(string, regexp, message) {
    thrown().matches(methods.match, string, regexp, message, true, diffOf(this));
  },

  doesNotMatch(string, regexp, message) {
    thrown().matches(methods.doesNotMatch, string, regexp, message, false, diffOf(this));
  },
};

const thrown = () => require('internal/assert/thrown');

const STRICT_NAMES = [
  ['equal', 'strictEqual'], ['deepEqual', 'deepStrictEqual'], ['notEqual', 'notStrictEqual'],
  ['notDeepEqual', 'notDeepStrictEqual'],
];

// Assert: the same functions with settings of their own. A constructor function, because calling it must say so.
function Assert(options) {
  if (new.target === undefined) {
    throw new (require('internal/errors').codes.ERR_CONSTRUCT_CALL_REQUIRED)('Assert');
  }
  options = { __proto__: null, strict: true, skipPrototype: false, ...options };
  if (options.diff !== undefined) {
    require('internal/validators').validateOneOf(options.diff, 'options.diff', ['simple', 'full']);
  }
  Object.defineProperty(this, kOptions, { __proto__: null, value: options });
  this.AssertionError = loadAssertionError();
  if (options.strict) for (const [loose, strict] of STRICT_NAMES) this[loose] = this[strict];
}
for (const name of Object.keys(methods)) {
  Object.defineProperty(Assert.prototype, name, {
    __proto__: null, value: methods[name], writable: true, configurable: true, enumerable: false,
  });
}

function addLazyErrorClass(target) {
  let replaced;
  Object.defineProperty(target, 'AssertionError', {
    __proto__: null,
    configurable: true,
    enumerable: true,
    get() {
      return replaced ?? loadAssertionError();
    },
    set(value) {
      replaced = value;
    },
  });
}

function strict(...args) {
  innerOk(strict, args.length, args[0], args[1]);
}

module.exports = assert;
for (const target of [assert, strict]) {
  Object.assign(target, methods);
  addLazyErrorClass(target);
  target.Assert = Assert;
  target.strict = strict;
}
for (const [loose, name] of STRICT_NAMES) strict[loose] = strict[name];
