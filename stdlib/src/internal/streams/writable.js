'use strict';

// internal/streams/writable: Writable, a sink that takes one chunk at a time, with a queue in front of it.
// API: https://nodejs.org/docs/latest-v24.x/api/stream.html#writable-streams
//
//   write(chunk) -+-> _write() -> onwrite -> callback, 'drain' (in a tick if _write() called back at once)
//                 `-> buffered (while writing, corked, constructing) -> _writev() or _write()
//   end() -> all written -> _final() -> 'prefinish' -> 'finish' -> autoDestroy
//
// `pendingcb` counts what still stands between here and 'finish'. The queue is an array whose first `bufferedIndex` places
// are used up. write() and onwrite() run per chunk: plain code, no captured built-ins, one bound function per stream.

const { Buffer } = require('buffer');
const { codes } = require('internal/errors');
const { Stream } = require('internal/streams/legacy');
const { getHighWaterMark } = require('internal/streams/state');
const { construct, defaultDestroy, destroy, errorOrDestroy, undestroy } = require('internal/streams/destroy');

const kNoOptions = { __proto__: null };

function nop() {}

/** The visible state of a writable side, `stream._writableState`. */
function WritableState(options, stream, isDuplex) {
  if (options === undefined || options === null) options = kNoOptions;
  this.objectMode = !!options.objectMode || (isDuplex && !!options.writableObjectMode);
  this.highWaterMark = getHighWaterMark(options, this.objectMode, 'writableHighWaterMark', isDuplex);
  this.length = 0;
  this.corked = 0;
  this.needDrain = false;
  this.writing = false;
  this.sync = true;
  this.ending = false;
  this.ended = false;
  this.finished = false;
  this.destroyed = false;
  this.errored = null;
  this.writelen = 0;
  this.writecb = null;
  this.onwrite = onwrite.bind(undefined, stream);
  this.buffered = kNothing;
  this.bufferedIndex = 0;
  this.pendingcb = 0;
  // Callbacks of one tick that are the same function, called by one tick.
  this.sameCallback = null;
  if (options.decodeStrings === false) this.decodeStrings = false;
  if (options.emitClose === false) this.emitClose = false;
  if (options.autoDestroy === false) this.autoDestroy = false;
  const encoding = options.defaultEncoding;
  if (encoding !== undefined && encoding !== null && encoding !== 'utf8' && encoding !== 'utf-8') {
    if (!Buffer.isEncoding(encoding)) throw new codes.ERR_UNKNOWN_ENCODING(encoding);
    this.defaultEncoding = encoding;
  }
}

// An empty queue; one that is written to is an array of its own.
const kNothing = Object.freeze([]);

// What seldom changes is on the prototype until it does.
Object.assign(WritableState.prototype, {
  constructed: true,
  writable: undefined,
  decodeStrings: true,
  defaultEncoding: 'utf8',
  finalCalled: false,
  prefinished: false,
  errorEmitted: false,
  emitClose: true,
  autoDestroy: true,
  closed: false,
  closeEmitted: false,
  bufferProcessing: false,
  // Whether everything that waits is bytes, and whether nobody waits for a callback.
  allBuffers: true,
  allNoop: true,
  afterWritePending: false,
  // Callbacks of end().
  onFinished: null,
  afterConstruct: undefined,
});
WritableState.prototype.getBuffer = function getBuffer() {
  return this.buffered.slice(this.bufferedIndex);
};
Object.defineProperty(WritableState.prototype, 'bufferedRequestCount', {
  __proto__: null, configurable: true, get() { return this.buffered.length - this.bufferedIndex; },
});

/**
 * @param {object} [options] highWaterMark, decodeStrings, defaultEncoding, objectMode, emitClose, write, writev, destroy,
 *   final, construct, autoDestroy, signal
 */
function Writable(options) {
  if (!(this instanceof Writable)) return new Writable(options);
  Stream.call(this, options);
  this._writableState = new WritableState(options, this, false);
  if (options !== undefined && options !== null) {
    if (typeof options.write === 'function') this._write = options.write;
    if (typeof options.writev === 'function') this._writev = options.writev;
    if (typeof options.destroy === 'function') this._destroy = options.destroy;
    if (typeof options.final === 'function') this._final = options.final;
    if (typeof options.construct === 'function') this._construct = options.construct;
    if (options.signal) require('internal/streams/add-abort-signal').addAbortSignal(options.signal, this);
  }
  if (this._construct !== undefined) construct(this, afterConstruct);
}
Writable.prototype = {
  __proto__: Stream.prototype,

  write(chunk, encoding, callback) {
    if (typeof encoding === 'function') {
      callback = encoding;
      encoding = undefined;
    }
    return submit(this, chunk, encoding, callback) === true;
  },
  _write(chunk, encoding, callback) {
    if (!this._writev) throw new codes.ERR_METHOD_NOT_IMPLEMENTED('_write()');
    this._writev([{ chunk, encoding }], callback);
  },
  _writev: null,
  end,
  cork() {
    this._writableState.corked++;
  },
  uncork() {
    const state = this._writableState;
    if (state.corked === 0) return;
    state.corked--;
    if (!state.writing) clearBuffer(this, state);
  },
  setDefaultEncoding(encoding) {
    const lower = typeof encoding === 'string' ? encoding.toLowerCase() : encoding;
    if (!Buffer.isEncoding(lower)) throw new codes.ERR_UNKNOWN_ENCODING(encoding);
    this._writableState.defaultEncoding = lower;
    return this;
  },
  pipe() {
    errorOrDestroy(this, new codes.ERR_STREAM_CANNOT_PIPE());
  },
  destroy(error, callback) {
    const state = this._writableState;
    if (!state.destroyed && (state.buffered.length > state.bufferedIndex || state.onFinished !== null)) {
      process.nextTick(failWaiting, state);
    }
    destroy.call(this, error, callback);
    return this;
  },
  _undestroy: undestroy,
  _destroy: defaultDestroy,
  [Symbol.for('nodejs.rejection')](error) { this.destroy(error); },
};

// ---- write() ----

// True or false as write() returns it, or the error that end() passes on.
function submit(stream, chunk, encoding, callback) {
  const state = stream._writableState;
  if (typeof callback !== 'function') callback = nop;
  if (chunk === null) throw new codes.ERR_STREAM_NULL_VALUES();
  if (!state.objectMode) {
    if (typeof chunk === 'string') {
      encoding = encoding ? checkedEncoding(encoding) : state.defaultEncoding;
      if (state.decodeStrings) {
        chunk = encoding === 'buffer' ? Buffer.from(chunk) : Buffer.from(chunk, encoding);
        encoding = 'buffer';
      }
    } else if (chunk instanceof Buffer) {
      encoding = 'buffer';
    } else if (ArrayBuffer.isView(chunk)) {
      chunk = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
      encoding = 'buffer';
    } else {
      throw new codes.ERR_INVALID_ARG_TYPE('chunk', ['string', 'Buffer', 'TypedArray', 'DataView'], chunk);
    }
  } else if (encoding) {
    checkedEncoding(encoding);
  }
  if (state.ending || state.destroyed) return refuse(stream, state, callback);

  state.pendingcb++;
  const length = state.objectMode ? 1 : chunk.length;
  state.length += length;
  const hasRoom = state.length < state.highWaterMark;
  if (!hasRoom) state.needDrain = true;
  if (state.writing || state.corked !== 0 || state.errored || !state.constructed) {
    wait(state, chunk, encoding, callback);
  } else {
    state.writelen = length;
    state.writecb = callback;
    state.writing = true;
    state.sync = true;
    stream._write(chunk, encoding, state.onwrite);
    state.sync = false;
  }
  // One that failed meanwhile must not be written to until 'drain'.
  return hasRoom && !state.errored && !state.destroyed;
}

function checkedEncoding(encoding) {
  if (encoding !== 'buffer' && !Buffer.isEncoding(encoding)) throw new codes.ERR_UNKNOWN_ENCODING(encoding);
  return encoding;
}

function refuse(stream, state, callback) {
  const error = state.ending ? new codes.ERR_STREAM_WRITE_AFTER_END() : new codes.ERR_STREAM_DESTROYED('write');
  process.nextTick(callback, error);
  errorOrDestroy(stream, error, true);
  return error;
}

function wait(state, chunk, encoding, callback) {
  if (state.buffered === kNothing) state.buffered = [];
  state.buffered.push({ chunk, encoding, callback });
  if (state.allBuffers && encoding !== 'buffer') state.allBuffers = false;
  if (state.allNoop && callback !== nop) state.allNoop = false;
}

// ---- after _write() ----

function onwrite(stream, error) {
  const state = stream._writableState;
  const callback = state.writecb;
  if (callback === null) {
    errorOrDestroy(stream, new codes.ERR_MULTIPLE_CALLBACK());
    return;
  }
  // Writing what waits changes it.
  const { sync } = state;
  state.writing = false;
  state.writecb = null;
  state.length -= state.writelen;
  state.writelen = 0;
  if (error) {
    error.stack; // eslint-disable-line no-unused-expressions
    if (!state.errored) state.errored = error;
    const r = stream._readableState;
    if (r && !r.errored) r.errored = error;
    if (sync) process.nextTick(failWrite, stream, state, error, callback);
    else failWrite(stream, state, error, callback);
    return;
  }
  if (state.buffered.length > state.bufferedIndex) clearBuffer(stream, state);
  if (!sync) afterWrite(stream, state, 1, callback);
  else if (callback === nop && !state.destroyed && !(state.needDrain && state.length === 0)) {
    // FAST PATH: nobody waits for this chunk.
    state.pendingcb--;
    if (state.ending) finishIfDone(stream, state, true);
  } else {
    afterWriteInTick(stream, state, callback);
  }
}

function afterWriteInTick(stream, state, callback) {
  const same = state.sameCallback;
  if (same !== null && same.callback === callback) {
    same.count++;
    return;
  }
  state.sameCallback = { count: 1, callback };
  process.nextTick(afterWriteTick, stream, state, state.sameCallback);
}

function afterWriteTick(stream, state, same) {
  if (state.sameCallback === same) state.sameCallback = null;
  afterWrite(stream, state, same.count, same.callback);
}

function afterWrite(stream, state, count, callback) {
  if (state.needDrain && !state.ending && !state.destroyed && state.length === 0) {
    state.needDrain = false;
    stream.emit('drain');
  }
  for (; count > 0; count--) {
    state.pendingcb--;
    callback(null);
  }
  if (state.destroyed) failWaiting(state);
  finishIfDone(stream, state, false);
}

function failWrite(stream, state, error, callback) {
  state.pendingcb--;
  callback(error);
  failWaiting(state);
  errorOrDestroy(stream, error);
}

// Nothing that waits will be written any more.
function failWaiting(state) {
  if (state.writing) return;
  const { buffered } = state;
  for (let i = state.bufferedIndex; i < buffered.length; i++) {
    const { chunk, callback } = buffered[i];
    state.length -= state.objectMode ? 1 : chunk.length;
    callback(state.errored ?? new codes.ERR_STREAM_DESTROYED('write'));
  }
  callFinished(state, state.errored ?? new codes.ERR_STREAM_DESTROYED('end'));
  emptyBuffer(state);
}

function callFinished(state, error) {
  const callbacks = state.onFinished;
  if (callbacks === null) return;
  state.onFinished = null;
  for (let i = 0; i < callbacks.length; i++) callbacks[i](error);
}

function emptyBuffer(state) {
  state.buffered = kNothing;
  state.bufferedIndex = 0;
  state.allBuffers = true;
  state.allNoop = true;
}

function clearBuffer(stream, state) {
  if (state.corked !== 0 || state.bufferProcessing || state.destroyed || !state.constructed) return;
  const { buffered } = state;
  const count = buffered.length - state.bufferedIndex;
  if (count === 0) return;
  state.bufferProcessing = true;
  if (count > 1 && stream._writev) {
    writeAll(stream, state, count);
  } else {
    let i = state.bufferedIndex;
    do {
      const { chunk, encoding, callback } = buffered[i];
      buffered[i++] = null;
      state.bufferedIndex = i;
      writeOne(stream, state, chunk, encoding, callback);
    } while (i < buffered.length && !state.writing);
    if (i === buffered.length) {
      emptyBuffer(state);
    } else if (i > 256) {
      buffered.splice(0, i);
      state.bufferedIndex = 0;
    }
  }
  state.bufferProcessing = false;
}

function writeOne(stream, state, chunk, encoding, callback) {
  state.writelen = state.objectMode ? 1 : chunk.length;
  state.writecb = callback;
  state.writing = true;
  state.sync = true;
  if (state.destroyed) state.onwrite(new codes.ERR_STREAM_DESTROYED('write'));
  else stream._write(chunk, encoding, state.onwrite);
  state.sync = false;
}

function writeAll(stream, state, count) {
  const chunks = state.getBuffer();
  chunks.allBuffers = state.allBuffers;
  state.pendingcb -= count - 1;
  state.writecb = state.allNoop ? nop : (error) => {
    for (let i = 0; i < chunks.length; i++) chunks[i].callback(error);
  };
  state.writelen = state.length;
  state.writing = true;
  state.sync = true;
  stream._writev(chunks, state.onwrite);
  emptyBuffer(state);
  state.sync = false;
}

// ---- end() ----

function end(chunk, encoding, callback) {
  const state = this._writableState;
  if (typeof chunk === 'function') {
    callback = chunk;
    chunk = null;
    encoding = null;
  } else if (typeof encoding === 'function') {
    callback = encoding;
    encoding = null;
  }
  let error;
  if (chunk !== null && chunk !== undefined) {
    const result = submit(this, chunk, encoding);
    if (typeof result === 'object') error = result;
  }
  if (state.corked !== 0) {
    state.corked = 1;
    this.uncork();
  }
  if (error === undefined) {
    if (!state.errored && !state.ending) {
      // Ended even if _final() throws.
      state.ending = true;
      finishIfDone(this, state, true);
      state.ended = true;
    } else if (state.finished) {
      error = new codes.ERR_STREAM_ALREADY_FINISHED('end');
    } else if (state.destroyed) {
      error = new codes.ERR_STREAM_DESTROYED('end');
    }
  }
  if (typeof callback === 'function') {
    if (error) process.nextTick(callback, error);
    else if (state.errored) process.nextTick(callback, state.errored);
    else if (state.finished) process.nextTick(callback);
    else (state.onFinished ??= []).push(callback);
  }
  return this;
}

function canFinish(state) {
  return state.ending && !state.destroyed && state.constructed && state.length === 0 && !state.errored &&
    state.buffered.length === 0 && !state.finished && !state.writing && !state.errorEmitted && !state.closeEmitted;
}

function finishIfDone(stream, state, sync) {
  if (!canFinish(state)) return;
  prefinish(stream, state);
  if (state.pendingcb !== 0) return;
  if (sync) {
    state.pendingcb++;
    process.nextTick(finishInTick, stream, state);
  } else if (canFinish(state)) {
    state.pendingcb++;
    finish(stream, state);
  }
}

function finishInTick(stream, state) {
  if (canFinish(state)) finish(stream, state);
  else state.pendingcb--;
}

function prefinish(stream, state) {
  if (state.prefinished || state.finalCalled) return;
  if (typeof stream._final === 'function' && !state.destroyed) {
    state.finalCalled = true;
    callFinal(stream, state);
  } else {
    state.prefinished = true;
    stream.emit('prefinish');
  }
}

function callFinal(stream, state) {
  let called = false;
  const done = (error) => {
    if (called) {
      errorOrDestroy(stream, error ?? new codes.ERR_MULTIPLE_CALLBACK());
      return;
    }
    called = true;
    state.pendingcb--;
    if (error) {
      callFinished(state, error);
      errorOrDestroy(stream, error, state.sync);
    } else if (canFinish(state)) {
      state.prefinished = true;
      stream.emit('prefinish');
      // Work that _final() started, and that reports after its callback, still comes before 'finish'.
      state.pendingcb++;
      process.nextTick(finish, stream, state);
    }
  };
  state.sync = true;
  state.pendingcb++;
  try {
    stream._final(done);
  } catch (error) {
    done(error);
  }
  state.sync = false;
}

function finish(stream, state) {
  state.pendingcb--;
  state.finished = true;
  callFinished(state, null);
  stream.emit('finish');
  if (!state.autoDestroy) return;
  const r = stream._readableState;
  if (!r || (r.autoDestroy && (r.endEmitted || r.readable === false))) stream.destroy();
}

function afterConstruct(stream) {
  const state = stream._writableState;
  if (!state.writing) clearBuffer(stream, state);
  if (state.ending) finishIfDone(stream, state, false);
}

// ---- the rest of the prototype ----

// Accessors stand in a class, because that makes them non-enumerable.
class Accessors {
  get closed() { return this._writableState ? this._writableState.closed : false; }
  get destroyed() { return this._writableState ? this._writableState.destroyed : false; }
  set destroyed(value) {
    if (this._writableState) this._writableState.destroyed = value;
  }
  get writable() {
    const w = this._writableState;
    // A subclass may say `writable: false` of itself.
    return !!w && w.writable !== false && !w.destroyed && !w.errored && !w.ending && !w.ended;
  }
  set writable(value) {
    if (this._writableState) this._writableState.writable = !!value;
  }
  get writableFinished() { return this._writableState ? this._writableState.finished : false; }
  get writableObjectMode() { return this._writableState ? this._writableState.objectMode : false; }
  get writableBuffer() { return this._writableState?.getBuffer(); }
  get writableEnded() { return this._writableState ? this._writableState.ending : false; }
  get writableNeedDrain() {
    const w = this._writableState;
    return !!w && !w.destroyed && !w.ending && w.needDrain;
  }
  get writableHighWaterMark() { return this._writableState?.highWaterMark; }
  get writableCorked() { return this._writableState ? this._writableState.corked : 0; }
  get writableLength() { return this._writableState?.length; }
  get errored() { return this._writableState ? this._writableState.errored : null; }
  get writableAborted() {
    const w = this._writableState;
    return w.writable !== false && (w.destroyed || !!w.errored) && !w.finished;
  }
}

const accessors = Object.getOwnPropertyDescriptors(Accessors.prototype);
accessors.constructor.value = Writable;
Object.defineProperties(Writable.prototype, accessors);
Writable.prototype[Symbol.asyncDispose] = function() {
  return require('internal/streams/end-of-stream').dispose(this, this.writableFinished);
};

Object.setPrototypeOf(Writable, Stream);
Writable.WritableState = WritableState;
Writable.fromWeb = function fromWeb(writableStream, options) {
  return require('internal/webstreams/adapters').newStreamWritableFromWritableStream(writableStream, options);
};
Writable.toWeb = function toWeb(writable) {
  return require('internal/webstreams/adapters').newWritableStreamFromStreamWritable(writable);
};
// A Duplex is a Writable too, though it can inherit from only one.
Object.defineProperty(Writable, Symbol.hasInstance, {
  __proto__: null,
  value(object) {
    if (Function.prototype[Symbol.hasInstance].call(this, object)) return true;
    return this === Writable && !!object && object._writableState instanceof WritableState;
  },
});

module.exports = { Writable, WritableState, accessors, afterWritableConstruct: afterConstruct };
