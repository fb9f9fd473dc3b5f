'use strict';
// internal/child_process/exec: exec() and execFile(), which gather a child's output for one callback.
// API: https://nodejs.org/docs/latest-v24.x/api/child_process.html#child_processexeccommand-options-callback

const { codes } = require('internal/errors');
const { validateFunction, validateObject } = require('internal/validators');

const MAX_BUFFER = 1024 * 1024;

/**
 * @param {string} command
 * @param {object} [given]
 * @param {(error: Error | null, stdout: string | Buffer, stderr: string | Buffer) => void} [callback]
 */
function exec(command, given, callback) {
  if (typeof given === 'function') {
    callback = given;
    given = undefined;
  }
  const shell = typeof given?.shell === 'string' ? given.shell : true;
  return require('child_process').execFile(command, { __proto__: null, ...given, shell }, callback);
}

// (file), (file, args), (file, options), (file, callback), …: nothing in a place counts as left out.
function normalize(file, args, given, callback) {
  if (Array.isArray(args)) {
    args = args.slice();
  } else if (args !== undefined && args !== null && typeof args === 'object') {
    callback = given;
    given = args;
    args = null;
  } else if (typeof args === 'function') {
    callback = args;
    given = null;
    args = null;
  }
  args ??= [];
  if (typeof given === 'function') callback = given;
  else if (given !== undefined && given !== null) validateObject(given, 'options');
  if (!Array.isArray(args)) throw new codes.ERR_INVALID_ARG_TYPE('args', 'object', args);
  given = typeof given === 'function' ? null : given;
  if (callback !== undefined && callback !== null) validateFunction(callback, 'callback');
  if (given?.argv0 !== undefined && given.argv0 !== null) {
    require('internal/validators').validateString(given.argv0, 'options.argv0');
  }
  return { file, args, given, callback };
}

/** What one stream of a child gave, up to its limit. */
class Output {
  #chunks = [];
  #length = 0;
  #encoding;
  #limit;
  #stream;

  constructor(stream, encoding, limit, onFull) {
    this.#stream = stream;
    this.#encoding = encoding;
    this.#limit = limit;
    if (encoding) stream.setEncoding(encoding);
    stream.on('data', (chunk) => this.#take(chunk, onFull));
  }

  // The limit is in bytes, yet text is cut at as many characters: Node does so too.
  #take(chunk, onFull) {
    const room = this.#limit - this.#length;
    const length = typeof chunk === 'string' ? Buffer.byteLength(chunk, this.#stream.readableEncoding) : chunk.length;
    this.#length += length;
    if (length <= room) {
      this.#chunks.push(chunk);
      return;
    }
    this.#chunks.push(chunk.slice(0, room));
    this.#stream.removeAllListeners('data');
    onFull();
  }

  value() {
    // The program may have set an encoding on the stream itself.
    if (this.#encoding || this.#stream.readableEncoding) return this.#chunks.join('');
    return Buffer.concat(this.#chunks);
  }
}

function execFile(...input) {
  const { file, args, given, callback } = normalize(...input);
  const options = {
    __proto__: null, encoding: 'utf8', timeout: 0, maxBuffer: MAX_BUFFER, killSignal: 'SIGTERM', cwd: null, env: null, shell: false,
    ...given,
  };
  const { killSignalNumber, validateMaxBuffer, validateTimeout } = require('internal/child_process/options');
  validateTimeout(options.timeout);
  validateMaxBuffer(options.maxBuffer);
  killSignalNumber(options.killSignal);
  const child = require('child_process').spawn(file, args, {
    __proto__: null, cwd: options.cwd, env: options.env, gid: options.gid, shell: options.shell, signal: options.signal, uid: options.uid,
    windowsHide: !!options.windowsHide, windowsVerbatimArguments: !!options.windowsVerbatimArguments,
    argv0: options.argv0, killSignal: options.killSignal,
  });
  const encoding = options.encoding && Buffer.isEncoding(options.encoding) ? options.encoding : null;
  gather(child, { file, args, options, encoding, callback });
  return child;
}

function gather(child, { file, args, options, encoding, callback }) {
  let failure = null;
  let isDone = false;
  let wasKilled = false;
  let timer;
  let command = file;
  if (args.length > 0) command += ` ${args.join(' ')}`;

  function kill() {
    child.stdout?.destroy();
    child.stderr?.destroy();
    wasKilled = true;
    try {
      child.kill(options.killSignal);
    } catch (error) {
      failure ??= error;
      finish();
    }
  }

  function collect(stream, name) {
    if (!stream) return undefined;
    return new Output(stream, encoding, options.maxBuffer, () => {
      failure = new codes.ERR_CHILD_PROCESS_STDIO_MAXBUFFER(name);
      kill();
    });
  }

  const stdout = collect(child.stdout, 'stdout');
  const stderr = collect(child.stderr, 'stderr');

  function finish(code, signal) {
    if (isDone) return;
    isDone = true;
    if (timer !== undefined) clearTimeout(timer);
    if (!callback) return;
    const empty = encoding ? '' : Buffer.alloc(0);
    const texts = [stdout ? stdout.value() : empty, stderr ? stderr.value() : empty];
    if (failure === null && code === 0 && signal === null) {
      callback(null, texts[0], texts[1]);
      return;
    }
    failure ??= commandFailed(command, texts[1], code, signal, child.killed || wasKilled);
    failure.cmd = command;
    callback(failure, texts[0], texts[1]);
  }

  if (options.timeout > 0) timer = setTimeout(kill, options.timeout);
  child.on('close', finish);
  child.on('error', (error) => {
    failure = error;
    child.stdout?.destroy();
    child.stderr?.destroy();
    finish();
  });
}

function commandFailed(command, stderr, code, signal, killed) {
  const error = new Error(`Command failed: ${command}\n${stderr}`);
  error.code = code < 0 ? require('internal/errors').getSystemErrorName(code) : code;
  error.killed = killed;
  error.signal = signal;
  return error;
}

module.exports = { exec, execFile };
