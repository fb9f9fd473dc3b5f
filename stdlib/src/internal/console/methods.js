'use strict';
// The console's methods, called with a console as `this`; its state is `this[kCore]`:
// { indent, indentWidth, counts, times, print(toStderr, args), write(toStderr, text), inspectOptions(toStderr) }.
// API: https://nodejs.org/docs/latest-v24.x/api/console.html
// Binding: none. The table is in table.js. Methods call each other through `this`, so that a program that replaces
// console.log also gets what console.group() or console.table() print.

const { kCore } = require('internal/console/symbols');

const noop = () => {};

// Writes to any stream; with `ignoreErrors` a failure, thrown or emitted, is nobody's business.
function writeToStream(stream, text, ignoreErrors) {
  if (!ignoreErrors) {
    stream.write(text);
    return;
  }
  // An error may come before write() calls back, with nobody else listening.
  const listens = typeof stream.once === 'function' && stream.listenerCount?.('error') === 0;
  try {
    if (listens) stream.once('error', noop);
    stream.write(text, (error) => {
      // Once more for errors that are emitted right after the callback.
      if (error && stream.listenerCount?.('error') === 0) stream.once('error', noop);
    });
  } catch (error) {
    // Running out of stack must not be swallowed: the caller would loop.
    if (require('internal/util/inspect_rare').isStackOverflow(error)) throw error;
  } finally {
    if (listens) stream.removeListener('error', noop);
  }
}

const COLORED = { colors: true };
const PLAIN = {};

function colorOptions(stream, mode) {
  const colors = mode === 'auto' ?
    stream.isTTY && (typeof stream.getColorDepth === 'function' ? stream.getColorDepth() > 2 : true) : mode;
  return colors ? COLORED : PLAIN;
}

function warnAbout(message) {
  process.emitWarning(message);
}

function timesOf(core) {
  return core.times ??= new Map();
}

function elapsed(console, label, method) {
  label = `${label}`;
  const start = timesOf(console[kCore]).get(label);
  if (start === undefined) {
    warnAbout(`No such label '${label}' for console.${method}()`);
    return undefined;
  }
  const now = process.hrtime();
  return (now[0] - start[0]) * 1000 + (now[1] - start[1]) / 1e6;
}

const methods = {
  log() { this[kCore].print(false, arguments); },
  info() { this[kCore].print(false, arguments); },
  debug() { this[kCore].print(false, arguments); },
  warn() { this[kCore].print(true, arguments); },
  error() { this[kCore].print(true, arguments); },

  dir(object, options) {
    const core = this[kCore];
    const { inspect } = require('internal/util/inspect');
    const text = inspect(object, { customInspect: false, ...core.inspectOptions(false), ...options });
    core.write(false, `${core.indent}${core.indent === '' ? text : text.replaceAll('\n', `\n${core.indent}`)}\n`);
  },

  dirxml() { this[kCore].print(false, arguments); },

  time(label = 'default') {
    label = `${label}`;
    const times = timesOf(this[kCore]);
    if (times.has(label)) {
      warnAbout(`Label '${label}' already exists for console.time()`);
      return;
    }
    times.set(label, process.hrtime());
  },

  timeEnd(label = 'default') {
    const ms = elapsed(this, label, 'timeEnd');
    if (ms === undefined) return;
    this.log('%s: %s', `${label}`, require('internal/util/debuglog').formatTime(ms));
    timesOf(this[kCore]).delete(`${label}`);
  },

  timeLog(label = 'default', ...data) {
    const ms = elapsed(this, label, 'timeLog');
    if (ms === undefined) return;
    this.log('%s: %s', `${label}`, require('internal/util/debuglog').formatTime(ms), ...data);
  },

  trace: function trace(...args) {
    const options = this[kCore].inspectOptions(true);
    const trace = { name: 'Trace', message: require('internal/util/format').formatArgs(options, args) };
    Error.captureStackTrace?.(trace, this.trace);
    const header = trace.message === '' ? 'Trace' : `Trace: ${trace.message}`;
    // An engine may leave the header to us.
    const stack = typeof trace.stack === 'string' ? trace.stack : '';
    const frames = stack.indexOf('\n    at ');
    this.error(frames === -1 ? header : header + stack.slice(frames));
  },

  assert(condition, ...args) {
    if (condition) return;
    // The first argument becomes text, also when it is an object.
    args[0] = `Assertion failed${args.length === 0 ? '' : `: ${args[0]}`}`;
    this.warn(...args);
  },

  // Only a terminal has a screen to clear.
  clear() {
    const stream = this._stdout;
    if (!stream.isTTY || process.env.TERM === 'dumb') return;
    // ECMA-48: cursor to the first cell, erase to the end of the screen.
    stream.write('\u001b[1;1H\u001b[0J');
  },

  count(label = 'default') {
    label = `${label}`;
    const counts = this[kCore].counts ??= new Map();
    const n = (counts.get(label) ?? 0) + 1;
    counts.set(label, n);
    this.log(`${label}: ${n}`);
  },

  countReset(label = 'default') {
    label = `${label}`;
    const { counts } = this[kCore];
    if (counts === undefined || !counts.delete(label)) warnAbout(`Count for '${label}' does not exist`);
  },

  group(...data) {
    if (data.length > 0) this.log(...data);
    const core = this[kCore];
    core.indent += ' '.repeat(core.indentWidth);
  },

  groupEnd() {
    const core = this[kCore];
    core.indent = core.indent.slice(0, Math.max(0, core.indent.length - core.indentWidth));
  },

  table(data, properties) {
    require('internal/console/table').table(this, data, properties);
  },
};
methods.groupCollapsed = { groupCollapsed(...data) { methods.group.apply(this, data); } }.groupCollapsed;

module.exports = { methods, writeToStream, colorOptions };
