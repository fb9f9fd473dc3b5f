'use strict';
// internal/child_process/options: the arguments of spawn() and its kin, checked and brought into one form.
// API: https://nodejs.org/docs/latest-v24.x/api/child_process.html
//
// normalizeSpawn(file, args, options) -> { file, args (argv[0] first), envPairs, cwd, … }, what ChildProcess#spawn takes.
// normalizeStdio(stdio, sync)         -> [{ type, … }], an entry for each descriptor of the child:
//   { type: 'ignore' | 'pipe' | 'overlapped' | 'ipc' }, { type: 'fd', fd }, { type: 'handle', handle, stream }

const { codes } = require('internal/errors');
const { validateBoolean, validateInt32, validateObject, validateString } = require('internal/validators');

const kNames = ['ignore', 'pipe', 'overlapped', 'inherit'];

/** @returns {number} the number of a signal that is given by name or number */
function signalNumber(signal) {
  const { signals } = require('os').constants;
  if (typeof signal === 'number') {
    for (const name in signals) if (signals[name] === signal) return signal;
  } else if (typeof signal === 'string') {
    const number = signals[signal.toUpperCase()];
    if (number !== undefined) return number;
  }
  throw new codes.ERR_UNKNOWN_SIGNAL(signal);
}

/** @returns {string | null} */
function signalName(number) {
  if (!number) return null;
  const { signals } = require('os').constants;
  for (const name in signals) if (signals[name] === number) return name;
  return `SIG${number}`;
}

function checkText(value, name) {
  if (typeof value === 'string' && value.includes('\u0000')) {
    throw new codes.ERR_INVALID_ARG_VALUE(name, value, 'must be a string without null bytes');
  }
}

function optionalBoolean(value, name) {
  if (value !== undefined && value !== null) validateBoolean(value, name);
}

function optionalString(value, name) {
  if (value === undefined || value === null) return;
  validateString(value, name);
  checkText(value, name);
}

function shellCommand(shell, file, args) {
  const command = args.length > 0 ? `${file} ${args.join(' ')}` : file;
  if (process.platform === 'win32') {
    const program = typeof shell === 'string' ? shell : process.env.comspec || 'cmd.exe';
    if (/^(?:.*\\)?cmd(?:\.exe)?$/i.test(program)) return { file: program, args: ['/d', '/s', '/c', `"${command}"`] };
    return { file: program, args: ['-c', command] };
  }
  const program = typeof shell === 'string' ? shell : process.platform === 'android' ? '/system/bin/sh' : '/bin/sh';
  return { file: program, args: ['-c', command] };
}

// NAME=value for each variable, inherited ones too, as Node has it.
function envPairs(env) {
  const pairs = [];
  for (const name in env) {
    const value = env[name];
    if (value === undefined) continue;
    checkText(name, `options.env['${name}']`);
    checkText(`${value}`, `options.env['${name}']`);
    pairs.push(`${name}=${value}`);
  }
  return pairs;
}

let warnedOfShell = false;

function normalizeSpawn(file, args, options) {
  validateString(file, 'file');
  checkText(file, 'file');
  if (file.length === 0) throw new codes.ERR_INVALID_ARG_VALUE('file', file, 'cannot be empty');
  if (Array.isArray(args)) {
    args = args.slice();
  } else if (args === undefined || args === null) {
    args = [];
  } else if (typeof args !== 'object') {
    throw new codes.ERR_INVALID_ARG_TYPE('args', 'object', args);
  } else {
    options = args;
    args = [];
  }
  for (let i = 0; i < args.length; i++) checkText(args[i] = `${args[i]}`, `args[${i}]`);
  if (options !== undefined) validateObject(options, 'options');
  // Without a prototype: what a program put on Object.prototype is no option.
  options = { __proto__: null, ...options };
  const cwd = checkOptions(options);
  const { shell, argv0 } = options;
  if (shell) {
    if (args.length > 0 && !warnedOfShell) {
      warnedOfShell = true;
      process.emitWarning('Passing args to a child process with shell option true can lead to security vulnerabilities, ' +
        'as the arguments are not escaped, only concatenated.', 'DeprecationWarning', 'DEP0190');
    }
    ({ file, args } = shellCommand(shell, file, args));
  }
  args.unshift(typeof argv0 === 'string' ? argv0 : file);
  const pairs = envPairs(options.env || process.env);
  return { __proto__: null, ...options, args, cwd, detached: !!options.detached, envPairs: pairs, file };
}

function checkOptions(options) {
  let { cwd } = options;
  if (cwd !== undefined && cwd !== null) {
    if (typeof cwd === 'object' && cwd.href !== undefined && cwd.protocol !== undefined) {
      cwd = require('internal/url').fileURLToPath(cwd);
    } else if (cwd instanceof Uint8Array) {
      cwd = cwd.toString();
    } else if (typeof cwd !== 'string') {
      throw new codes.ERR_INVALID_ARG_TYPE('options.cwd', ['string', 'Buffer', 'URL'], cwd);
    }
    checkText(cwd, 'options.cwd');
    if (cwd === '') cwd = undefined;
  }
  optionalBoolean(options.detached, 'options.detached');
  if (options.uid !== undefined && options.uid !== null) validateInt32(options.uid, 'options.uid');
  if (options.gid !== undefined && options.gid !== null) validateInt32(options.gid, 'options.gid');
  const { shell } = options;
  if (shell !== undefined && shell !== null && typeof shell !== 'boolean' && typeof shell !== 'string') {
    throw new codes.ERR_INVALID_ARG_TYPE('options.shell', ['boolean', 'string'], shell);
  }
  checkText(shell, 'options.shell');
  optionalString(options.argv0, 'options.argv0');
  optionalBoolean(options.windowsHide, 'options.windowsHide');
  optionalBoolean(options.windowsVerbatimArguments, 'options.windowsVerbatimArguments');
  return cwd;
}

function validateTimeout(timeout) {
  if (timeout !== undefined && timeout !== null && !(Number.isInteger(timeout) && timeout >= 0)) {
    if (typeof timeout !== 'number') throw new codes.ERR_INVALID_ARG_TYPE('timeout', 'number', timeout);
    throw new codes.ERR_OUT_OF_RANGE('timeout', 'an unsigned integer', timeout);
  }
}

function validateMaxBuffer(maxBuffer) {
  if (maxBuffer !== undefined && maxBuffer !== null && !(typeof maxBuffer === 'number' && maxBuffer >= 0)) {
    if (typeof maxBuffer !== 'number') throw new codes.ERR_INVALID_ARG_TYPE('options.maxBuffer', 'number', maxBuffer);
    throw new codes.ERR_OUT_OF_RANGE('options.maxBuffer', 'a positive number', maxBuffer);
  }
}

/** A signal's number, or undefined where none is given. */
function killSignalNumber(signal) {
  if (typeof signal === 'string' || typeof signal === 'number') {
    return signalNumber(signal);
  }
  if (signal !== undefined && signal !== null) {
    throw new codes.ERR_INVALID_ARG_TYPE('options.killSignal', ['string', 'number'], signal);
  }
  return undefined;
}

/** The array that a name stands for. */
function stdioOfName(name, channel) {
  let list;
  switch (name) {
    case 'ignore': case 'overlapped': case 'pipe': list = [name, name, name]; break;
    case 'inherit': list = [0, 1, 2]; break;
    default: throw new codes.ERR_INVALID_ARG_VALUE('stdio', name);
  }
  if (channel) list.push(channel);
  return list;
}

function handleOf(value) {
  if (value === null || typeof value !== 'object') return undefined;
  if (isHandle(value._handle)) return value._handle;
  if (isHandle(value)) return value;
  return isHandle(value.handle) ? value.handle : undefined;
}

function isHandle(value) {
  return value !== null && typeof value === 'object' && typeof value.readStart === 'function';
}

function normalizeStdio(stdio, sync) {
  if (typeof stdio === 'string') stdio = stdioOfName(stdio);
  else if (!Array.isArray(stdio)) throw new codes.ERR_INVALID_ARG_VALUE('stdio', stdio);
  const entries = [];
  let hasChannel = false;
  for (let i = 0; i < Math.max(stdio.length, 3); i++) {
    const value = stdio[i] === undefined || stdio[i] === null ? (i < 3 ? 'pipe' : 'ignore') : stdio[i];
    const entry = normalizeEntry(value, i, sync, stdio);
    if (entry.type === 'ipc') {
      if (hasChannel) throw new codes.ERR_IPC_ONE_PIPE();
      hasChannel = true;
    }
    entries.push(entry);
  }
  return entries;
}

function normalizeEntry(value, index, sync, stdio) {
  if (value === 'ipc') {
    if (sync) throw new codes.ERR_IPC_SYNC_FORK();
    return { type: 'ipc' };
  }
  if (value === 'inherit') return { type: 'fd', fd: index, isInherited: true };
  if (kNames.includes(value)) return { type: value };
  if (typeof value === 'number') return { type: 'fd', fd: value };
  if (typeof value === 'object' && typeof value.fd === 'number' && value.fd >= 0) return { type: 'fd', fd: value.fd };
  const handle = handleOf(value);
  if (handle !== undefined) return { type: 'handle', handle, stream: value };
  if (ArrayBuffer.isView(value) || typeof value === 'string') {
    if (!sync) throw new codes.ERR_INVALID_SYNC_FORK_INPUT(require('util').inspect(value));
    return { type: 'pipe' };
  }
  throw new codes.ERR_INVALID_ARG_VALUE('stdio', stdio);
}

module.exports = {
  checkText, envPairs, killSignalNumber, normalizeSpawn, normalizeStdio, signalName, signalNumber, stdioOfName,
  validateMaxBuffer, validateTimeout,
};
