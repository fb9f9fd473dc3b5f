'use strict';

// internal/errors/create: makes the errors that `codes.ERR_X` stand for; loaded with the first of them.
//
//   new codes.ERR_X(...) -> create() -> errors/formats.js   codes whose message or properties depend on the arguments
//                                    -> errors/messages.js  every other code: one line of class and text
//
// A Node error is an ordinary TypeError, RangeError ... with an own `code`. The prototype between it and its class shows
// the code in `stack` and toString(): "TypeError [ERR_X]: text".

const { kIsNodeError } = require('internal/errors');

const bases = { Error, TypeError, RangeError, SyntaxError, URIError };
const prototypes = { __proto__: null };

// Engines differ: `stack` is an accessor that every error inherits, or an own property from the start.
const inheritedStack = Object.getOwnPropertyDescriptor(Error.prototype, 'stack');

// Where the error was made and checked says nothing to whoever reads the trace; as in Node it begins at the caller.
const ownFrames = /\n {4}at [^\n]*node:internal\/(?:errors|validators)[^\n]*/g;

function headWithCode(error, stack) {
  const name = String(error.name);
  if (typeof stack !== 'string' || stack.startsWith(`${name} [`)) return stack;
  stack = stack.replace(ownFrames, '');
  if (!stack.startsWith(name)) return `${name} [${error.code}]: ${error.message}\n${stack}`;
  return `${name} [${error.code}]${stack.slice(name.length)}`;
}

function nodeErrorToString() {
  return `${this.name} [${this.code}]: ${this.message}`;
}

// The prototype between Node's errors of one class and that class.
function prototypeFor(name) {
  const base = bases[name];
  const prototype = Object.create(base.prototype);
  hide(prototype, 'constructor', base);
  hide(prototype, 'toString', nodeErrorToString);
  hide(prototype, kIsNodeError, true);
  if (inheritedStack !== undefined && inheritedStack.get !== undefined) {
    const { get } = inheritedStack;
    Object.defineProperty(prototype, 'stack', {
      __proto__: null,
      configurable: true,
      get() { return headWithCode(this, get.call(this)); },
      set(value) { hide(this, 'stack', value); },
    });
  }
  return prototypes[name] = prototype;
}

function hide(object, key, value) {
  Object.defineProperty(object, key, { __proto__: null, value, writable: true, enumerable: false, configurable: true });
}

// Makes an error of class `name`. `properties` are copied after `code`, in their order.
function makeError(name, code, message, properties) {
  const error = new bases[name](message);
  Object.setPrototypeOf(error, prototypes[name] || prototypeFor(name));
  error.code = code;
  if (properties !== undefined) Object.assign(error, properties);
  if (Object.hasOwn(error, 'stack')) {
    const text = error.stack;
    hide(error, 'stack', headWithCode(error, text));
  }
  return error;
}

// An error whose text is `prefix: syscall returned CODE (text) path => dest`, with the details in `info`.
function makeSystemError(code, prefix, info) {
  let message = `${prefix}: ${info.syscall} returned ${info.code} (${info.message})`;
  if (info.path !== undefined) message += ` ${info.path}`;
  if (info.dest !== undefined) message += ` => ${info.dest}`;
  const error = new SystemError(message);
  error.code = code;
  error.info = info;
  error.errno = info.errno;
  error.syscall = info.syscall;
  if (info.path !== undefined) error.path = info.path;
  if (info.dest !== undefined) error.dest = info.dest;
  if (Object.hasOwn(error, 'stack')) hide(error, 'stack', headWithCode(error, error.stack));
  return error;
}

function create(code, args, baseName) {
  const format = require('internal/errors/formats')[code];
  if (format !== undefined) {
    const properties = {};
    const message = format.message.apply(properties, args);
    return makeError(baseName || format.base, code, message, properties);
  }
  const entry = require('internal/errors/messages').lookup(code);
  if (entry === undefined) {
    return create('ERR_INTERNAL_ASSERTION', [`Unknown error code ${code}`]);
  }
  if (entry.base === 'SystemError') return makeSystemError(code, entry.text, args[0]);
  return makeError(baseName || entry.base, code, fill(entry.text, args));
}

// Puts arguments in the places of %1 ... %4.
function fill(text, args) {
  if (text.indexOf('%') === -1) return text;
  return text.replace(/%([1-4])/g, (_, n) => {
    const value = args[n - 1];
    if (typeof value === 'string') return value;
    if (typeof value === 'object' && value !== null) return require('internal/util/inspect').inspect(value, { depth: 0 });
    return typeof value === 'bigint' ? `${value}n` : String(value);
  });
}

/** The class of errors that carry a system call's failure in `info`: `ERR_SYSTEM_ERROR` and its family. */
class SystemError extends Error {
  toString() { return `${this.name} [${this.code}]: ${this.message}`; }
}
hide(SystemError.prototype, 'name', 'SystemError');

/** `undefined`, `function name`, `an instance of Foo` or `type string ('x')`. */
function determineSpecificType(value) {
  if (value === null || value === undefined) return `${value}`;
  switch (typeof value) {
    case 'function': return `function ${value.name}`;
    case 'object': {
      const { constructor } = value;
      if (constructor && constructor.name !== undefined) return `an instance of ${constructor.name}`;
      return require('internal/util/inspect').inspect(value, { depth: -1 });
    }
    case 'bigint': return `type bigint (${value}n)`;
    case 'number': return Object.is(value, -0) ? 'type number (-0)' : `type number (${value})`;
    case 'string': {
      const text = value.length > 28 ? `${value.slice(0, 25)}...` : value;
      return text.includes("'") ? `type string (${JSON.stringify(text)})` : `type string ('${text}')`;
    }
    default: return `type ${typeof value} (${String(value)})`;
  }
}

module.exports = { SystemError, create, determineSpecificType };
