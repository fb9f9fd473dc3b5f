'use strict';
// What happens to an error that nobody caught.
// API: https://nodejs.org/docs/latest-v24.x/api/process.html#event-uncaughtexception
// Rust calls `onUncaught` for every error that leaves a callback, a tick, a microtask or the main program; `false` means
// that nobody took it and that the process is to print it and end.

const native = binding('process');
const captures = [];

exports.addCapture = function addCapture(fn) { captures.push(fn); };

exports.onUncaught = function onUncaught(err, origin) {
  process.emit('uncaughtExceptionMonitor', err, origin);
  const capture = native.getCapture();
  if (capture) {
    capture(err);
    return true;
  }
  for (let i = captures.length - 1; i >= 0; i--) if (captures[i](err) === true) return true;
  const domain = process.domain;
  if (domain?._errorHandler?.(err)) return true;
  return process.emit('uncaughtException', err, origin);
};

// With where it was emitted, behind the stack and before its properties.
function inspectEmitted(err, text) {
  const emission = require('internal/events/emissions').describe(err);
  const { stack } = err;
  if (emission === '' || typeof stack !== 'string' || !text.startsWith(stack)) return text + emission;
  return stack + emission + text.slice(stack.length);
}

const kHint = '(Use `node --trace-uncaught ...` to show where the exception was thrown)';

// The text behind the source line, if there is one: the error as util.inspect shows it, or a thrown value as it stands.
exports.describe = function describe(err, isNowhere) {
  const { inspect } = require('internal/util/inspect');
  const isError = require('internal/util/types').isNativeError(err) || err instanceof Error;
  if (isError) {
    try {
      return inspectEmitted(err, inspect(err, { colors: false }));
    } catch {
      return `${err.stack}`;
    }
  }
  if (isNowhere) return `Uncaught:\n${inspect(err)}\n${kHint}`;
  const text = typeof err === 'string' ? err : inspect(err);
  return typeof err === 'object' && err !== null || typeof err === 'function' ? text : `${text}\n${kHint}`;
};
