'use strict';
// node:child_process: other programs.
// API: https://nodejs.org/docs/latest-v24.x/api/child_process.html
// The pieces: internal/child_process/options (arguments), process (ChildProcess), exec (output gathered for a callback),
// sync (the blocking forms), channel (messages to forked children).

const { codes } = require('internal/errors');
const { ChildProcess } = require('internal/child_process/process');

function options() { return require('internal/child_process/options'); }

/**
 * Starts a program; its streams are those of the child that is returned.
 * @param {string} file
 * @param {string[]} [args]
 * @param {object} [given]
 * @returns {ChildProcess}
 */
function spawn(file, args, given) {
  const { killSignalNumber, normalizeSpawn, validateTimeout } = options();
  const normal = normalizeSpawn(file, args, given);
  validateTimeout(normal.timeout);
  require('internal/validators').validateAbortSignal(normal.signal, 'options.signal');
  const killSignal = killSignalNumber(normal.killSignal);
  const child = new ChildProcess();
  child.spawn(normal);
  if (normal.timeout > 0) limitTime(child, normal.timeout, killSignal);
  if (normal.signal) obeySignal(child, normal.signal, killSignal);
  return child;
}

function limitTime(child, timeout, killSignal) {
  let timer = setTimeout(() => {
    timer = undefined;
    end(child, killSignal);
  }, timeout);
  child.once('exit', () => {
    if (timer !== undefined) clearTimeout(timer);
  });
}

function obeySignal(child, signal, killSignal) {
  const abort = () => {
    const { AbortError } = require('internal/errors');
    if (end(child, killSignal)) child.emit('error', new AbortError(undefined, { cause: signal.reason }));
  };
  if (signal.aborted) {
    process.nextTick(abort);
    return;
  }
  const { addAbortListener } = require('events');
  const listener = addAbortListener(signal, abort);
  child.once('exit', () => listener[Symbol.dispose]());
}

function end(child, killSignal) {
  try {
    return child.kill(killSignal);
  } catch (error) {
    child.emit('error', error);
    return false;
  }
}

/**
 * Starts another program of this runtime, with a channel for messages.
 * @param {string | URL} modulePath
 * @param {string[]} [args]
 * @param {object} [given]
 * @returns {ChildProcess}
 */
function fork(modulePath, args, given) {
  const { validateArray, validateObject, validateString } = require('internal/validators');
  if (modulePath instanceof URL) modulePath = require('url').fileURLToPath(modulePath);
  else if (modulePath instanceof Uint8Array) modulePath = Buffer.from(modulePath).toString();
  if (typeof modulePath !== 'string') {
    throw new codes.ERR_INVALID_ARG_TYPE('modulePath', ['string', 'Buffer', 'URL'], modulePath);
  }
  const { checkText, stdioOfName } = options();
  checkText(modulePath, 'modulePath');
  if (args === undefined || args === null) {
    args = [];
  } else if (typeof args === 'object' && !Array.isArray(args)) {
    given = args;
    args = [];
  } else {
    validateArray(args, 'args');
  }
  if (given !== undefined && given !== null) validateObject(given, 'options');
  const normal = { __proto__: null, ...given, shell: false };
  const execArgv = normal.execArgv || process.execArgv;
  validateArray(execArgv, 'options.execArgv');
  normal.execPath ||= process.execPath;
  validateString(normal.execPath, 'options.execPath');
  if (typeof normal.stdio === 'string') {
    normal.stdio = stdioOfName(normal.stdio, 'ipc');
  } else if (!Array.isArray(normal.stdio)) {
    normal.stdio = stdioOfName(normal.silent ? 'pipe' : 'inherit', 'ipc');
  } else if (!normal.stdio.includes('ipc')) {
    throw new codes.ERR_CHILD_PROCESS_IPC_REQUIRED('options.stdio');
  }
  return spawn(normal.execPath, [...withoutEval(execArgv), modulePath, ...args], normal);
}

// The text of `--eval` is this program's, not its child's.
function withoutEval(execArgv) {
  if (execArgv !== process.execArgv || process._eval === undefined) return execArgv;
  const at = execArgv.lastIndexOf(process._eval);
  return at > 0 ? execArgv.toSpliced(at - 1, 2) : execArgv;
}

function exec(command, given, callback) {
  return require('internal/child_process/exec').exec(command, given, callback);
}

function execFile(file, args, given, callback) {
  return require('internal/child_process/exec').execFile(file, args, given, callback);
}

// util.promisify(exec): a promise for { stdout, stderr } that carries the child.
function promisified(original) {
  return function(...args) {
    const { promise, resolve, reject } = Promise.withResolvers();
    promise.child = original(...args, (error, stdout, stderr) => {
      if (error === null) {
        resolve({ stdout, stderr });
        return;
      }
      error.stdout = stdout;
      error.stderr = stderr;
      reject(error);
    });
    return promise;
  };
}

for (const original of [exec, execFile]) {
  const replacement = promisified(original);
  Object.defineProperty(replacement, 'name', { __proto__: null, value: original.name, configurable: true });
  Object.defineProperty(original, Symbol.for('nodejs.util.promisify.custom'), {
    __proto__: null, enumerable: false, value: replacement,
  });
}

function spawnSync(file, args, given) { return require('internal/child_process/sync').spawnSync(file, args, given); }
function execSync(command, given) { return require('internal/child_process/sync').execSync(command, given); }
function execFileSync(file, args, given) { return require('internal/child_process/sync').execFileSync(file, args, given); }

function _forkChild() { require('internal/child_process/channel').setupChild(); }

module.exports = { ChildProcess, _forkChild, exec, execFile, execFileSync, execSync, fork, spawn, spawnSync };
