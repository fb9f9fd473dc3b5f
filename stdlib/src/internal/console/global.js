'use strict';
// The global console. Loaded when a program first says `console`.
// API: https://nodejs.org/docs/latest-v24.x/api/console.html
// Binding: stdio.writeSync, stdio.guessHandleType.
//
// FAST PATH: while nobody has touched process.stdout and it isn't a terminal, text goes to the descriptor directly and
// the stream machinery is never loaded. The rarer methods live in methods.js, shared with `new Console()`.

const { writeSync, guessHandleType } = binding('stdio');
const { kCore, kIsConsole, channels, madeStreams } = require('internal/console/symbols');
const getOwnPropertyDescriptor = Object.getOwnPropertyDescriptor;

// The getters that make the streams at the first touch; any other descriptor means a stream exists or was replaced.
const makeStdout = getOwnPropertyDescriptor(process, 'stdout')?.get;
const makeStderr = getOwnPropertyDescriptor(process, 'stderr')?.get;

const streams = { stdout: undefined, stderr: undefined };

let formatArgs;
let stdoutIsTerminal;
let stderrIsTerminal;

const core = {
  indent: '',
  indentWidth: 2,
  counts: undefined,
  times: undefined,
  write,
  // Options for inspect(): colours on a terminal that has them.
  inspectOptions(toStderr) {
    if (!isTerminal(toStderr)) return undefined;
    const stream = toStderr ? process.stderr : process.stdout;
    return require('internal/console/methods').colorOptions(stream, 'auto');
  },
};

// Is the stream still unmade, so that text may go to the descriptor?
function isUntouched(toStderr) {
  if (toStderr) {
    return !madeStreams.stderr && makeStderr !== undefined &&
      getOwnPropertyDescriptor(process, 'stderr')?.get === makeStderr;
  }
  return !madeStreams.stdout && makeStdout !== undefined &&
    getOwnPropertyDescriptor(process, 'stdout')?.get === makeStdout;
}

function isTerminal(toStderr) {
  if (!isUntouched(toStderr)) return (toStderr ? process.stderr : process.stdout).isTTY;
  return toStderr ? stderrIsTerminal ??= guessHandleType(2) === 'TTY' : stdoutIsTerminal ??= guessHandleType(1) === 'TTY';
}

function write(toStderr, text) {
  const own = toStderr ? streams.stderr : streams.stdout;
  if (own === undefined && isUntouched(toStderr)) {
    try {
      writeSync(toStderr ? 2 : 1, text);
    } catch {
      // As with ignoreErrors: a console whose reader went away stays silent.
    }
    return;
  }
  require('internal/console/methods').writeToStream(own ?? (toStderr ? process.stderr : process.stdout), text, true);
}

// Formats the arguments and writes a line; in a group every line of it is indented.
function print(toStderr, args) {
  let text;
  if (args.length === 1 && typeof args[0] === 'string') {
    text = args[0];
  } else {
    formatArgs ??= require('internal/util/format').formatArgs;
    text = formatArgs(core.inspectOptions(toStderr), args);
  }
  if (core.indent !== '') text = core.indent + text.replaceAll('\n', `\n${core.indent}`);
  write(toStderr, `${text}\n`);
}
core.print = print;

// Methods, not functions: `new console.log()` is a TypeError.
const hot = {
  log() {
    if (channels.log !== undefined) channels.log(arguments);
    print(false, arguments);
  },
  info() {
    if (channels.info !== undefined) channels.info(arguments);
    print(false, arguments);
  },
  debug() {
    if (channels.debug !== undefined) channels.debug(arguments);
    print(false, arguments);
  },
  warn() {
    if (channels.warn !== undefined) channels.warn(arguments);
    print(true, arguments);
  },
  error() {
    if (channels.error !== undefined) channels.error(arguments);
    print(true, arguments);
  },
};

// The Web IDL namespace object: its prototype is an empty object of its own.
const console = module.exports = Object.create({});
console.log = hot.log;
console.warn = hot.warn;

for (const name of ['dir', 'time', 'timeEnd', 'timeLog', 'trace', 'assert', 'clear', 'count', 'countReset', 'group',
                    'groupEnd', 'table']) later(name);
console.debug = hot.debug;
console.info = hot.info;
later('dirxml');
console.error = hot.error;
later('groupCollapsed');

// A method that loads its code at the first call.
function later(name) {
  console[name] = {
    [name]() {
      return require('internal/console/methods').methods[name].apply(console, arguments);
    },
  }[name];
}

function hide(name, descriptor) {
  Object.defineProperty(console, name, { __proto__: null, configurable: true, enumerable: false, ...descriptor });
}

// console._stdout and _stderr: process's streams until a program puts others there.
function hideStream(key, name) {
  hide(key, {
    get() { return streams[name] ?? process[name]; },
    set(stream) { streams[name] = stream; },
  });
}

let ConsoleClass;
Object.defineProperty(console, 'Console', {
  __proto__: null,
  configurable: true,
  enumerable: true,
  get() {
    return ConsoleClass ??= require('internal/console/constructor').Console;
  },
  set(value) {
    ConsoleClass = value;
  },
});
// Only an attached inspector would listen to these three.
Object.assign(console, {
  profile() {},
  profileEnd() {},
  timeStamp() {},
  context() { return require('internal/console/constructor').contextConsole(console); },
});
hide(Symbol.toStringTag, { value: 'console', writable: false });
hide(kCore, { value: core });
hide(kIsConsole, { value: true });
hideStream('_stdout', 'stdout');
hideStream('_stderr', 'stderr');
hide('_ignoreErrors', { value: true, writable: true });
hide('_times', { get() { return core.times ??= new Map(); } });
