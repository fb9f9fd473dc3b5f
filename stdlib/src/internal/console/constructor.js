'use strict';
// The Console class: a console over streams of the program's choice.
// API: https://nodejs.org/docs/latest-v24.x/api/console.html#new-consoleoptions
// Binding: none.

const { codes } = require('internal/errors');
const { validateObject, validateInteger, validateOneOf } = require('internal/validators');
const { methods, writeToStream, colorOptions } = require('internal/console/methods');
const { kCore, kIsConsole } = require('internal/console/symbols');
const { formatArgs } = require('internal/util/format');

const MAX_GROUP_INDENTATION = 1000;

/**
 * @param {object} options { stdout, stderr, ignoreErrors, colorMode, inspectOptions, groupIndentation }, or positionally
 *   (stdout, stderr, ignoreErrors)
 */
function Console(options) {
  if (new.target === undefined) return Reflect.construct(Console, arguments);
  if (!options || typeof options.write === 'function') {
    options = { stdout: options, stderr: arguments[1], ignoreErrors: arguments[2] };
  }
  const { stdout, stderr = stdout, ignoreErrors = true, colorMode = 'auto', inspectOptions, groupIndentation } = options;
  if (!stdout || typeof stdout.write !== 'function') throw new codes.ERR_CONSOLE_WRITABLE_STREAM('stdout');
  if (!stderr || typeof stderr.write !== 'function') throw new codes.ERR_CONSOLE_WRITABLE_STREAM('stderr');
  validateOneOf(colorMode, 'colorMode', ['auto', true, false]);
  if (groupIndentation !== undefined) validateInteger(groupIndentation, 'groupIndentation', 0, MAX_GROUP_INDENTATION);
  if (inspectOptions !== undefined) checkInspectOptions(inspectOptions, options.colorMode);

  // Methods are bound to the instance, those of a subclass too, so that they can be passed around.
  for (const name of Object.keys(Console.prototype)) {
    Object.defineProperty(this, name, {
      __proto__: null,
      configurable: true,
      enumerable: true,
      writable: true,
      value: Object.defineProperty(this[name].bind(this), 'name', { __proto__: null, value: name, configurable: true }),
    });
  }
  const hide = (key, value) => Object.defineProperty(this, key, {
    __proto__: null, value, configurable: true, enumerable: false, writable: true,
  });
  hide('_stdout', stdout);
  hide('_stderr', stderr);
  hide('_ignoreErrors', Boolean(ignoreErrors));
  hide('_times', new Map());
  hide(kCore, new Core(this, colorMode, inspectOptions, groupIndentation ?? 2));
  Object.defineProperty(this, Symbol.toStringTag, {
    __proto__: null, value: 'console', configurable: true, enumerable: false, writable: false,
  });
}

// colorMode and inspectOptions.colors decide the same thing. A Map gives every stream options of its own.
function checkInspectOptions(inspectOptions, colorMode) {
  validateObject(inspectOptions, 'options.inspectOptions');
  const sets = inspectOptions instanceof Map ? [...inspectOptions.values()] : [inspectOptions];
  for (const set of sets) {
    if (set.colors !== undefined && colorMode !== undefined) {
      throw new codes.ERR_INCOMPATIBLE_OPTION_PAIR('options.inspectOptions.color', 'colorMode');
    }
  }
}

// The state behind a console that methods.js works on.
class Core {
  constructor(console, colorMode, options, indentWidth) {
    this.console = console;
    this.colorMode = colorMode;
    this.options = options;
    this.indent = '';
    this.indentWidth = indentWidth;
    this.counts = undefined;
  }

  get times() {
    return this.console._times;
  }

  streamOf(toStderr) {
    return toStderr ? this.console._stderr : this.console._stdout;
  }

  inspectOptions(toStderr) {
    const stream = this.streamOf(toStderr);
    const own = this.options instanceof Map ? this.options.get(stream) : this.options;
    if (own === undefined) return colorOptions(stream, this.colorMode);
    if (own.colors !== undefined) return own;
    return { ...own, ...colorOptions(stream, this.colorMode) };
  }

  print(toStderr, args) {
    let text = formatArgs(this.inspectOptions(toStderr), args);
    if (this.indent !== '') text = this.indent + text.replaceAll('\n', `\n${this.indent}`);
    this.write(toStderr, `${text}\n`);
  }

  write(toStderr, text) {
    writeToStream(this.streamOf(toStderr), text, this.console._ignoreErrors);
  }
}

for (const name of ['log', 'warn', 'error', 'dir', 'time', 'timeEnd', 'timeLog', 'trace', 'assert', 'clear', 'count',
                    'countReset', 'group', 'groupEnd', 'table', 'debug', 'info', 'dirxml', 'groupCollapsed']) {
  Console.prototype[name] = methods[name];
}

Object.defineProperty(Console, Symbol.hasInstance, {
  __proto__: null,
  value(instance) {
    return instance !== null && typeof instance === 'object' && instance[kIsConsole] === true;
  },
});
Object.defineProperty(Console.prototype, kIsConsole, { __proto__: null, value: true });

// console.context(): a console of its own over the same streams.
function contextConsole(console) {
  return new Console({ stdout: console._stdout, stderr: console._stderr });
}

module.exports = { Console, contextConsole };
