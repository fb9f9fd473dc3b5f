'use strict';
// internal/child_process/process: ChildProcess, a child with its streams.
// API: https://nodejs.org/docs/latest-v24.x/api/child_process.html#class-childprocess
// Binding child_process: spawn, kill, setRef.
//
// Order of events: 'spawn' a tick after the start, then 'exit' when the child has ended, then 'close' when every stream to
// it has closed as well (its own children may hold them longer). A child that can't start has 'error' and 'close'.

const EventEmitter = require('events');
const { own } = require('internal/diagnostics');
const { codes } = require('internal/errors');
const { validateObject, validateString } = require('internal/validators');
const native = binding('child_process');

// On a stream that another child reads.
const kUsedAsStdio = Symbol('used as stdio');

// A child that can't start for these reasons says so with an event; for others spawn() throws.
const kReported = ['EACCES', 'EAGAIN', 'EMFILE', 'ENFILE', 'ENOENT'];

function options() { return require('internal/child_process/options'); }

function ChildProcess() {
  if (!(this instanceof ChildProcess)) return new ChildProcess();
  EventEmitter.call(this);
  this._closesNeeded = 1;
  this._closesGot = 0;
  this.connected = false;
  this.signalCode = null;
  this.exitCode = null;
  this.killed = false;
  this.spawnfile = null;
  // { id } while the child runs.
  this._handle = null;
}
Object.setPrototypeOf(ChildProcess.prototype, EventEmitter.prototype);
Object.setPrototypeOf(ChildProcess, EventEmitter);

function spawnError(errno, child) {
  const { errnoException } = require('internal/errors');
  const syscall = child.spawnfile ? `spawn ${child.spawnfile}` : 'spawn';
  const error = errnoException(errno, syscall);
  if (child.spawnfile) error.path = child.spawnfile;
  error.spawnargs = child.spawnargs.slice(1);
  return error;
}

function checkSpawnOptions(given) {
  validateString(given.file, 'options.file');
  if (given.args !== undefined) require('internal/validators').validateArray(given.args, 'options.args');
  const { serialization } = given;
  if (serialization !== undefined && serialization !== 'json' && serialization !== 'advanced') {
    throw new codes.ERR_INVALID_ARG_VALUE('options.serialization', serialization,
                                          "must be one of: undefined, 'json', 'advanced'");
  }
}

/** Starts the child; `given` is what normalizeSpawn() makes. */
ChildProcess.prototype.spawn = function spawn(given) {
  validateObject(given, 'options');
  // The order of checks is Node's: streams before names.
  const entries = options().normalizeStdio(given.stdio || 'pipe', false);
  const channelFd = entries.findIndex((entry) => entry.type === 'ipc');
  let pairs = given.envPairs;
  if (channelFd >= 0) {
    if (pairs !== undefined) require('internal/validators').validateArray(pairs, 'options.envPairs');
    pairs = pairs === undefined ? options().envPairs(process.env) : pairs.slice();
    pairs.push(`NODE_CHANNEL_FD=${channelFd}`, `NODE_CHANNEL_SERIALIZATION_MODE=${given.serialization || 'json'}`);
  }
  checkSpawnOptions(given);
  this.spawnfile = given.file;
  this.spawnargs = given.args === undefined ? [] : given.args;
  if (own['tracing:child_process.spawn:start'] !== undefined) {
    own['tracing:child_process.spawn:start'].publish({ process: this, options: given });
  }
  const result = native.spawn({
    file: given.file, args: this.spawnargs, env: pairs, cwd: given.cwd, uid: given.uid, gid: given.gid,
    detached: given.detached, stdio: entries.map(nativeEntry),
  }, (code, signal) => onExit(this, code, signal));
  let handles;
  if (typeof result === 'number') {
    const error = spawnError(result, this);
    if (own['tracing:child_process.spawn:error'] !== undefined) {
      own['tracing:child_process.spawn:error'].publish({ process: this, options: given, error });
    }
    if (!kReported.includes(error.code)) {
      throw require('internal/errors').errnoException(result, 'spawn');
    }
    handles = entries.map(() => null);
    process.nextTick(onStartFailed, this, result);
  } else {
    this._handle = { id: result.handle };
    this.pid = result.pid;
    handles = result.stdio;
    if (own.child_process !== undefined) own.child_process.publish({ process: this });
    if (own['tracing:child_process.spawn:end'] !== undefined) {
      own['tracing:child_process.spawn:end'].publish({ process: this, options: given });
    }
    process.nextTick(emitSpawn, this);
  }
  connectStreams(this, entries, handles);
  if (channelFd >= 0 && this.pid !== undefined) {
    this._closesNeeded++;
    require('internal/child_process/channel').setup(this, handles[channelFd], given.serialization || 'json',
                                                    () => maybeClose(this));
  }
  return this.pid === undefined ? result : 0;
};

function nativeEntry(entry) {
  switch (entry.type) {
    case 'ignore': return 'ignore';
    case 'fd': return entry.fd;
    case 'handle': return entry.handle;
    default: return 'pipe';
  }
}

function connectStreams(child, entries, handles) {
  child.stdio = [];
  for (let i = 0; i < entries.length; i++) {
    const { type } = entries[i];
    if (type === 'handle') stopReading(entries[i].stream);
    if (type !== 'pipe' && type !== 'overlapped') {
      child.stdio.push(null);
      continue;
    }
    child.stdio.push(createSocket(child, handles[i], i));
  }
  child.stdin = child.stdio[0];
  child.stdout = child.stdio[1];
  child.stderr = child.stdio[2];
}

// The child reads this stream now; bytes that the parent takes would be missing there.
function stopReading(stream) {
  const handle = stream._handle;
  stream[kUsedAsStdio] = true;
  if (!handle?.reading) return;
  handle.reading = false;
  handle.readStop();
  stream.pause?.();
  stream._readableState.flowing = false;
  stream._readableState.reading = false;
}

function createSocket(child, handle, index) {
  const { Socket } = require('net');
  const socket = handle === null ? new Socket() :
    new Socket({ handle, readable: index !== 0, writable: index === 0 || index > 2 });
  child._closesNeeded++;
  socket.on('close', () => maybeClose(child));
  // Streams of a child that never started have nothing to say.
  if (handle === null) socket.destroy();
  return socket;
}

function emitSpawn(child) {
  child.emit('spawn');
}

function onStartFailed(child, errno) {
  child.exitCode = errno;
  child.emit('error', spawnError(errno, child));
  maybeClose(child);
}

function onExit(child, code, signal) {
  child._handle = null;
  if (signal) child.signalCode = options().signalName(signal);
  else child.exitCode = code;
  if (child.stdin) child.stdin.destroy();
  child.emit('exit', child.exitCode, child.signalCode);
  // Nobody reads them: what is left must flow off for 'close' to come.
  process.nextTick(flushStreams, child);
  maybeClose(child);
}

function flushStreams(child) {
  for (let i = 0; i < child.stdio.length; i++) {
    const stream = child.stdio[i];
    if (stream && stream.readable && !stream[kUsedAsStdio] && !stream._readableState.readableListening &&
        stream.readableFlowing !== true && stream.listenerCount('readable') === 0) stream.resume();
  }
}

function maybeClose(child) {
  child._closesGot++;
  if (child._closesGot === child._closesNeeded) child.emit('close', child.exitCode, child.signalCode);
}

ChildProcess.prototype.kill = function kill(signal) {
  const number = signal === 0 ? 0 : options().signalNumber(signal === undefined ? 'SIGTERM' : signal);
  if (!this._handle) return false;
  const errno = native.kill(this._handle.id, number);
  if (errno === 0) {
    this.killed = number !== 0 || this.killed;
    return true;
  }
  const { errnoException, getSystemErrorName } = require('internal/errors');
  const code = getSystemErrorName(errno);
  // It has ended already.
  if (code === 'ESRCH' || code === 'EBADF') return false;
  if (code === 'EINVAL' || code === 'ENOSYS') throw errnoException(errno, 'kill');
  this.emit('error', errnoException(errno, 'kill'));
  return false;
};

ChildProcess.prototype[Symbol.dispose] = function() {
  if (!this.killed) this.kill();
};

ChildProcess.prototype.ref = function ref() {
  if (this._handle) native.setRef(this._handle.id, true);
};

ChildProcess.prototype.unref = function unref() {
  if (this._handle) native.setRef(this._handle.id, false);
};

module.exports = { ChildProcess };
