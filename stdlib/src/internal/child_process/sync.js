'use strict';
// internal/child_process/sync: spawnSync(), execSync(), execFileSync(): the program stands still until the child has ended.
// API: https://nodejs.org/docs/latest-v24.x/api/child_process.html#synchronous-process-creation
// Binding child_process: spawnSync.

const native = binding('child_process');

const MAX_BUFFER = 1024 * 1024;

function options() { return require('internal/child_process/options'); }

function toBytes(input, name, encoding) {
  if (typeof input === 'string') return Buffer.from(input, Buffer.isEncoding(encoding) ? encoding : 'utf8');
  if (ArrayBuffer.isView(input)) return new Uint8Array(input.buffer, input.byteOffset, input.byteLength);
  const { codes } = require('internal/errors');
  throw new codes.ERR_INVALID_ARG_TYPE(name, ['Buffer', 'TypedArray', 'DataView', 'string'], input);
}

function nativeEntry(entry) {
  if (entry.type === 'fd') return entry.fd;
  if (entry.type === 'handle') return entry.handle;
  return entry.type === 'ignore' ? 'ignore' : 'pipe';
}

function failure(errno, normal) {
  const { errnoException } = require('internal/errors');
  const error = errnoException(errno, `spawnSync ${normal.file}`);
  error.path = normal.file;
  error.spawnargs = normal.args.slice(1);
  return error;
}

/** @returns {{ pid: number, output: any[], stdout, stderr, status: number | null, signal: string | null, error?: Error }} */
function spawnSync(file, args, given) {
  const { killSignalNumber, normalizeSpawn, normalizeStdio, signalName, validateMaxBuffer, validateTimeout } = options();
  const normal = { __proto__: null, maxBuffer: MAX_BUFFER, ...normalizeSpawn(file, args, given) };
  validateTimeout(normal.timeout);
  validateMaxBuffer(normal.maxBuffer);
  const killSignal = killSignalNumber(normal.killSignal);
  const stdio = normal.stdio || 'pipe';
  const entries = normalizeStdio(stdio, true);
  const input = [];
  for (let i = 0; i < entries.length; i++) {
    const given = Array.isArray(stdio) && ArrayBuffer.isView(stdio[i]) ? stdio[i] : undefined;
    if (given !== undefined) input[i] = toBytes(given, `options.stdio[${i}]`);
  }
  if (normal.input) {
    entries[0] = { type: 'pipe' };
    input[0] = toBytes(normal.input, 'options.stdio[0]', normal.encoding);
  }
  const raw = native.spawnSync({
    file: normal.file, args: normal.args, env: normal.envPairs, cwd: normal.cwd, uid: normal.uid, gid: normal.gid,
    detached: normal.detached, stdio: entries.map(nativeEntry), input: Array.from(input, (bytes) => bytes ?? null),
    timeout: normal.timeout, maxBuffer: normal.maxBuffer ?? Infinity, killSignal,
  });
  const started = raw.pid !== 0;
  const result = {
    status: raw.status, signal: signalName(raw.signal), output: started ? raw.output : null, pid: raw.pid,
    stdout: null, stderr: null,
  };
  if (started) {
    const { encoding } = normal;
    if (encoding && encoding !== 'buffer') {
      for (let i = 0; i < result.output.length; i++) {
        if (result.output[i] !== null) result.output[i] = result.output[i].toString(encoding);
      }
    }
    result.stdout = result.output[1];
    result.stderr = result.output[2];
  }
  if (raw.error !== 0) result.error = failure(raw.error, normal);
  return result;
}

// The error of a child that failed, or undefined.
function errorOf(result, command, args) {
  let error = result.error;
  if (error === undefined && result.status !== 0) {
    let message = 'Command failed: ';
    message += command !== undefined ? command : args.join(' ');
    if (result.stderr?.length > 0) message += `\n${result.stderr.toString()}`;
    error = new Error(message);
  }
  return error === undefined ? undefined : Object.assign(error, result);
}

// The blocking forms that return only stdout show stderr to the user unless `stdio` says otherwise.
function runInherited(file, args, given, command) {
  const result = require('child_process').spawnSync(file, args, given);
  const showsErrors = !given.stdio;
  if (showsErrors && result.stderr) process.stderr.write(result.stderr);
  const error = errorOf(result, command, args.length > 0 || command === undefined ? [given.argv0 || file, ...args] : args);
  if (error) throw error;
  return result.stdout;
}

function execFileSync(file, args, given) {
  if (!Array.isArray(args) && args !== undefined && args !== null) {
    if (typeof args !== 'object') {
      const { codes } = require('internal/errors');
      throw new codes.ERR_INVALID_ARG_TYPE('args', 'object', args);
    }
    given = args;
    args = [];
  }
  return runInherited(file, args ?? [], { __proto__: null, ...given });
}

function execSync(command, given) {
  const shell = typeof given?.shell === 'string' ? given.shell : true;
  return runInherited(command, [], { __proto__: null, ...given, shell }, command);
}

module.exports = { execFileSync, execSync, spawnSync };
