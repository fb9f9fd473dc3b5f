'use strict';

// internal/streams/readable: Readable, a source of chunks with a buffer in front of it.
// API: https://nodejs.org/docs/latest-v24.x/api/stream.html#readable-streams
//
//   _read() -> push(chunk) -+-> 'data'                       flowing, nothing buffered, called later than _read()
//                           `-> buffer -> read() -> 'data'   else; 'readable' tells who reads by hand
//
// `flowing` is null until somebody wants data, then true, or false while paused. The buffer is an array whose first
// `bufferIndex` places are used up. What is asked for rarely stands in files of its own: pipe.js, readable_rare.js,
// operators.js, async_iterator.js, from.js. push(), read() and on() run per chunk: plain code, no captured built-ins.

const { Buffer } = require('buffer');
const { codes } = require('internal/errors');
const { Stream } = require('internal/streams/legacy');
const { getHighWaterMark } = require('internal/streams/state');
const { construct, defaultDestroy, destroy, errorOrDestroy, undestroy } = require('internal/streams/destroy');

const MAX_HIGH_WATER_MARK = 0x40000000;

/** The visible state of a readable side, `stream._readableState`. */
function ReadableState(options, stream, isDuplex) {
  this.objectMode = false;
  this.highWaterMark = 0;
  this.buffer = [];
  this.bufferIndex = 0;
  this.length = 0;
  this.flowing = null;
  this.ended = false;
  this.endEmitted = false;
  this.reading = false;
  this.sync = true;
  this.needReadable = false;
  this.emittedReadable = false;
  this.readingMore = false;
  this.destroyed = false;
  this.errored = null;
  this.dataEmitted = false;
  this.pipes = [];
  // The pipe destinations that want a 'drain' first: nothing, one, or (multiAwaitDrain) a set.
  this.awaitDrainWriters = null;
  if (options === undefined || options === null) options = kNoOptions;
  this.objectMode = !!options.objectMode || (isDuplex && !!options.readableObjectMode);
  this.highWaterMark = getHighWaterMark(options, this.objectMode, 'readableHighWaterMark', isDuplex);
  if (options.emitClose === false) this.emitClose = false;
  if (options.autoDestroy === false) this.autoDestroy = false;
  const encoding = options.defaultEncoding;
  if (encoding !== undefined && encoding !== null && encoding !== 'utf8' && encoding !== 'utf-8') {
    if (!Buffer.isEncoding(encoding)) throw new codes.ERR_UNKNOWN_ENCODING(encoding);
    this.defaultEncoding = encoding;
  }
  if (options.encoding) {
    this.decoder = new (require('string_decoder').StringDecoder)(options.encoding);
    this.encoding = options.encoding;
  }
}

const kNoOptions = { __proto__: null };

// What seldom changes is on the prototype until it does.
Object.assign(ReadableState.prototype, {
  constructed: true,
  readable: undefined,
  readableListening: false,
  resumeScheduled: false,
  errorEmitted: false,
  emitClose: true,
  autoDestroy: true,
  closed: false,
  closeEmitted: false,
  multiAwaitDrain: false,
  defaultEncoding: 'utf8',
  decoder: null,
  encoding: null,
  // null: pause() and resume() were never called.
  paused: null,
  afterConstruct: undefined,
});
Object.defineProperty(ReadableState.prototype, 'pipesCount', {
  __proto__: null, configurable: true, get() { return this.pipes.length; },
});

/**
 * @param {object} [options] highWaterMark, encoding, objectMode, emitClose, read, destroy, construct, autoDestroy, signal
 */
function Readable(options) {
  if (!(this instanceof Readable)) return new Readable(options);
  Stream.call(this, options);
  this._readableState = new ReadableState(options, this, false);
  if (options !== undefined && options !== null) {
    if (typeof options.read === 'function') this._read = options.read;
    if (typeof options.destroy === 'function') this._destroy = options.destroy;
    if (typeof options.construct === 'function') this._construct = options.construct;
    if (options.signal) require('internal/streams/add-abort-signal').addAbortSignal(options.signal, this);
  }
  if (this._construct !== undefined) construct(this, afterConstruct);
}
Readable.prototype = {
  __proto__: Stream.prototype,
  destroy,
  _undestroy: undestroy,
  _destroy: defaultDestroy,
  [Symbol.for('nodejs.rejection')](error) { this.destroy(error); },

  push(chunk, encoding) {
    return addChunk(this, this._readableState, chunk, encoding, false);
  },
  unshift(chunk, encoding) {
    return addChunk(this, this._readableState, chunk, encoding, true);
  },
  read,
  _read() {
    throw new codes.ERR_METHOD_NOT_IMPLEMENTED('_read()');
  },
  on,
  addListener: on,
  removeListener,
  off: removeListener,
  removeAllListeners(event) {
    const result = Stream.prototype.removeAllListeners.apply(this, arguments);
    if (event === 'readable' || event === undefined) process.nextTick(afterReadableListener, this);
    return result;
  },
  resume() {
    const state = this._readableState;
    if (!state.flowing) {
      // With a 'readable' listener the data is its business.
      state.flowing = !state.readableListening;
      scheduleResume(this, state);
    }
    state.paused = false;
    return this;
  },
  pause() {
    const state = this._readableState;
    if (state.flowing !== false) {
      state.flowing = false;
      this.emit('pause');
    }
    state.paused = true;
    return this;
  },
  isPaused() {
    return this._readableState.paused === true || this._readableState.flowing === false;
  },
  setEncoding(encoding) {
    return require('internal/streams/readable_rare').setEncoding(this, encoding);
  },
  pipe(destination, options) {
    return require('internal/streams/pipe').pipe(this, destination, options);
  },
  unpipe(destination) {
    return require('internal/streams/pipe').unpipe(this, destination);
  },
  wrap(stream) {
    return require('internal/streams/readable_rare').wrap(this, stream);
  },
  iterator(options) {
    if (options !== undefined) require('internal/validators').validateObject(options, 'options');
    return require('internal/streams/async_iterator').iterate(this, options);
  },
  [Symbol.asyncIterator]() {
    return require('internal/streams/async_iterator').iterate(this);
  },
};

// ---- into the buffer ----

function addChunk(stream, state, chunk, encoding, front) {
  if (chunk === null) {
    state.reading = false;
    endOfInput(stream, state);
    return false;
  }
  if (!state.objectMode) {
    if (typeof chunk === 'string') {
      encoding = encoding || state.defaultEncoding;
      if (state.encoding !== encoding) {
        chunk = Buffer.from(chunk, encoding);
        encoding = '';
        if (front && state.encoding) {
          chunk = chunk.toString(state.encoding);
          encoding = state.encoding;
        }
      }
    } else if (chunk instanceof Buffer) {
      encoding = '';
    } else if (ArrayBuffer.isView(chunk)) {
      chunk = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
      encoding = '';
    } else if (chunk !== undefined) {
      errorOrDestroy(stream, new codes.ERR_INVALID_ARG_TYPE('chunk', ['string', 'Buffer', 'TypedArray', 'DataView'], chunk));
      return false;
    }
    if (chunk === undefined || chunk.length === 0) {
      if (!front) {
        state.reading = false;
        readMore(stream, state);
      }
      return wantsMore(state);
    }
  }
  if (front) {
    if (state.endEmitted) errorOrDestroy(stream, new codes.ERR_STREAM_UNSHIFT_AFTER_END_EVENT());
    else if (state.destroyed || state.errored) return false;
    else accept(stream, state, chunk, true);
    return wantsMore(state);
  }
  if (state.ended) {
    errorOrDestroy(stream, new codes.ERR_STREAM_PUSH_AFTER_EOF());
    return false;
  }
  if (state.destroyed || state.errored) return false;
  state.reading = false;
  if (state.decoder !== null && !state.objectMode && !encoding) {
    chunk = state.decoder.write(chunk);
    if (chunk.length === 0) {
      readMore(stream, state);
      return wantsMore(state);
    }
  } else if (state.decoder !== null && state.objectMode && !encoding) {
    chunk = state.decoder.write(chunk);
  }
  accept(stream, state, chunk, false);
  return wantsMore(state);
}

function wantsMore(state) {
  return !state.ended && (state.length < state.highWaterMark || state.length === 0);
}

function accept(stream, state, chunk, front) {
  // FAST PATH: straight to the listeners.
  if (state.flowing && state.length === 0 && !state.sync && stream.listenerCount('data') > 0) {
    forgetWaitingPipes(state);
    state.dataEmitted = true;
    stream.emit('data', chunk);
  } else {
    state.length += state.objectMode ? 1 : chunk.length;
    if (!front) state.buffer.push(chunk);
    else if (state.bufferIndex > 0) state.buffer[--state.bufferIndex] = chunk;
    else state.buffer.unshift(chunk);
    if (state.needReadable) emitReadable(stream, state);
  }
  if (!state.readingMore) readMore(stream, state);
}

function forgetWaitingPipes(state) {
  if (state.multiAwaitDrain) state.awaitDrainWriters.clear();
  else state.awaitDrainWriters = null;
}

function endOfInput(stream, state) {
  if (state.ended) return;
  if (state.decoder) {
    const rest = state.decoder.end();
    if (rest && rest.length > 0) {
      state.buffer.push(rest);
      state.length += state.objectMode ? 1 : rest.length;
    }
  }
  state.ended = true;
  if (state.sync) {
    // Within _read(): its caller comes first.
    emitReadable(stream, state);
  } else {
    state.needReadable = false;
    state.emittedReadable = true;
    emitReadableNow(stream);
  }
}

// ---- 'readable', and filling up ----

function emitReadable(stream, state) {
  state.needReadable = false;
  if (!state.emittedReadable) {
    state.emittedReadable = true;
    process.nextTick(emitReadableNow, stream);
  }
}

function emitReadableNow(stream) {
  const state = stream._readableState;
  if (!state.destroyed && !state.errored && (state.length > 0 || state.ended)) {
    stream.emit('readable');
    state.emittedReadable = false;
  }
  state.needReadable = !state.flowing && !state.ended && state.length <= state.highWaterMark;
  flow(stream);
}

// Once the source has delivered, asks for more in the next tick, up to the high-water mark.
function readMore(stream, state) {
  if (state.readingMore || !state.constructed) return;
  state.readingMore = true;
  process.nextTick(readMoreNow, stream, state);
}

function readMoreNow(stream, state) {
  while (!state.reading && !state.ended &&
      (state.length < state.highWaterMark || (state.flowing && state.length === 0))) {
    const before = state.length;
    stream.read(0);
    if (state.length === before) break;
  }
  state.readingMore = false;
}

function afterConstruct(stream) {
  const state = stream._readableState;
  if (state.needReadable) readMore(stream, state);
}

// ---- out of the buffer ----

function read(n) {
  const wanted = n === undefined ? NaN : Number.isInteger(n) ? n : Number.parseInt(n, 10);
  const state = this._readableState;
  if (wanted > state.highWaterMark) state.highWaterMark = roundedMark(wanted);
  if (wanted !== 0) state.emittedReadable = false;

  // read(0) only prods the source. Where there is enough already, it is the reader who needs a prod.
  if (wanted === 0 && state.needReadable &&
      ((state.highWaterMark !== 0 ? state.length >= state.highWaterMark : state.length > 0) || state.ended)) {
    if (state.length === 0 && state.ended) endReadable(this, state);
    else emitReadable(this, state);
    return null;
  }

  let count = available(wanted, state);
  if (count === 0 && state.ended) {
    if (state.length === 0) endReadable(this, state);
    return null;
  }
  if ((state.needReadable || state.length === 0 || state.length - count < state.highWaterMark) &&
      !state.ended && !state.reading && !state.destroyed && !state.errored && state.constructed) {
    askSource(this, state);
    // A source that answered at once may have changed what there is.
    if (!state.reading) count = available(wanted, state);
  }

  const chunk = count > 0 && state.length > 0 ? take(state, count) : null;
  if (chunk === null) {
    state.needReadable = state.length <= state.highWaterMark;
    count = 0;
  } else {
    state.length -= count;
    forgetWaitingPipes(state);
  }
  if (state.length === 0) {
    if (!state.ended) state.needReadable = true;
    if (wanted !== count && state.ended) endReadable(this, state);
  }
  if (chunk !== null && !state.errorEmitted && !state.closeEmitted) {
    state.dataEmitted = true;
    this.emit('data', chunk);
  }
  return chunk;
}

function askSource(stream, state) {
  state.reading = true;
  state.sync = true;
  if (state.length === 0) state.needReadable = true;
  try {
    stream._read(state.highWaterMark);
  } catch (error) {
    errorOrDestroy(stream, error);
  }
  state.sync = false;
}

// A reader who asks for n bytes gets a mark of the next power of two.
function roundedMark(n) {
  if (n > MAX_HIGH_WATER_MARK) throw new codes.ERR_OUT_OF_RANGE('size', '<= 1GiB', n);
  return n <= 1 ? 1 : 2 ** (32 - Math.clz32(n - 1));
}

// How much of what is buffered a read(n) gets; NaN stands for read().
function available(n, state) {
  if (n <= 0 || (state.length === 0 && state.ended)) return 0;
  if (state.objectMode) return 1;
  if (n !== n) { // eslint-disable-line no-self-compare
    return state.flowing && state.length > 0 ? state.buffer[state.bufferIndex].length : state.length;
  }
  if (n <= state.length) return n;
  return state.ended ? state.length : 0;
}

function take(state, count) {
  const { buffer } = state;
  const first = buffer[state.bufferIndex];
  if (state.objectMode || (count < state.length && count === first.length)) {
    dropFirst(state);
    return first;
  }
  if (count < first.length) {
    buffer[state.bufferIndex] = first.slice(count);
    return first.slice(0, count);
  }
  if (count < state.length) return takeAcross(state, count);
  const rest = state.bufferIndex === 0 ? buffer : buffer.slice(state.bufferIndex);
  state.buffer = [];
  state.bufferIndex = 0;
  if (rest.length === 1) return first;
  return state.decoder !== null ? rest.join('') : Buffer.concat(rest, state.length);
}

function dropFirst(state) {
  const { buffer } = state;
  const index = state.bufferIndex + 1;
  if (index === buffer.length) {
    buffer.length = 0;
    state.bufferIndex = 0;
  } else if (index > 1024) {
    buffer.splice(0, index);
    state.bufferIndex = 0;
  } else {
    buffer[state.bufferIndex] = null;
    state.bufferIndex = index;
  }
}

// `count` ends within a later chunk.
function takeAcross(state, count) {
  const parts = [];
  let missing = count;
  while (missing > 0) {
    const chunk = state.buffer[state.bufferIndex];
    if (missing < chunk.length) {
      parts.push(chunk.slice(0, missing));
      state.buffer[state.bufferIndex] = chunk.slice(missing);
      break;
    }
    parts.push(chunk);
    missing -= chunk.length;
    dropFirst(state);
  }
  return state.decoder !== null ? parts.join('') : Buffer.concat(parts, count);
}

function endReadable(stream, state) {
  if (state.endEmitted) return;
  state.ended = true;
  process.nextTick(emitEnd, stream, state);
}

function emitEnd(stream, state) {
  if (state.errored || state.closeEmitted || state.endEmitted || state.length !== 0) return;
  state.endEmitted = true;
  stream.emit('end');
  if (stream.writable && stream.allowHalfOpen === false) {
    process.nextTick(endWritable, stream);
  } else if (state.autoDestroy) {
    const w = stream._writableState;
    if (!w || (w.autoDestroy && (w.finished || w.writable === false))) stream.destroy();
  }
}

function endWritable(stream) {
  if (stream.writable && !stream.writableEnded && !stream.destroyed) stream.end();
}

// ---- listeners, and flowing ----

function on(event, listener) {
  const result = Stream.prototype.on.call(this, event, listener);
  if (event === 'data') {
    const state = this._readableState;
    state.readableListening = this.listenerCount('readable') > 0;
    if (state.flowing !== false) this.resume();
  } else if (event === 'readable') {
    const state = this._readableState;
    if (!state.endEmitted && !state.readableListening) {
      state.readableListening = state.needReadable = true;
      state.flowing = false;
      state.emittedReadable = false;
      if (state.length > 0) emitReadable(this, state);
      else if (!state.reading) process.nextTick(prod, this);
    }
  }
  return result;
}

function prod(stream) {
  stream.read(0);
}

function removeListener(event, listener) {
  const result = Stream.prototype.removeListener.call(this, event, listener);
  if (event === 'readable') process.nextTick(afterReadableListener, this);
  else if (event === 'data' && this.listenerCount('data') === 0) this._readableState.dataListening = false;
  return result;
}

// A listener of 'readable' went: 'data' may flow again. In a tick, so that on() after off() changes nothing.
function afterReadableListener(stream) {
  const state = stream._readableState;
  state.readableListening = stream.listenerCount('readable') > 0;
  if (state.resumeScheduled && state.paused === false) state.flowing = true;
  else if (stream.listenerCount('data') > 0) stream.resume();
  else if (!state.readableListening) state.flowing = null;
}

function scheduleResume(stream, state) {
  if (state.resumeScheduled) return;
  state.resumeScheduled = true;
  process.nextTick(resumeNow, stream, state);
}

function resumeNow(stream, state) {
  if (!state.reading) stream.read(0);
  state.resumeScheduled = false;
  stream.emit('resume');
  flow(stream);
  if (state.flowing && !state.reading) stream.read(0);
}

function flow(stream) {
  const state = stream._readableState;
  while (state.flowing && stream.read() !== null);
}

// ---- the rest of the prototype ----

// Accessors stand in a class, because that makes them non-enumerable.
class Accessors {
  get readable() {
    const r = this._readableState;
    // A subclass may say `readable: false` of itself.
    return !!r && r.readable !== false && !r.destroyed && !r.errorEmitted && !r.endEmitted;
  }
  set readable(value) {
    if (this._readableState) this._readableState.readable = !!value;
  }
  get readableDidRead() { return this._readableState.dataEmitted; }
  get readableAborted() {
    const r = this._readableState;
    return r.readable !== false && (r.destroyed || !!r.errored) && !r.endEmitted;
  }
  get readableHighWaterMark() { return this._readableState.highWaterMark; }
  get readableBuffer() { return this._readableState?.buffer; }
  get readableFlowing() { return this._readableState.flowing; }
  set readableFlowing(value) {
    if (this._readableState) this._readableState.flowing = value;
  }
  get readableLength() { return this._readableState.length; }
  get readableObjectMode() { return this._readableState ? this._readableState.objectMode : false; }
  get readableEncoding() { return this._readableState ? this._readableState.encoding : null; }
  get readableEnded() { return this._readableState ? this._readableState.endEmitted : false; }
  get errored() { return this._readableState ? this._readableState.errored : null; }
  get closed() { return this._readableState ? this._readableState.closed : false; }
  get destroyed() { return this._readableState ? this._readableState.destroyed : false; }
  set destroyed(value) {
    if (this._readableState) this._readableState.destroyed = value;
  }

  // The operators: those that make a stream, then those that make a promise.
  drop(number, options = undefined) { return operate(this, 'drop', number, options); }
  filter(fn, options) { return operate(this, 'filter', fn, options); }
  flatMap(fn, options) { return operate(this, 'flatMap', fn, options); }
  map(fn, options) { return operate(this, 'map', fn, options); }
  take(number, options = undefined) { return operate(this, 'take', number, options); }
  compose(stream, options) { return require('internal/streams/operators').composeWith(this, stream, options); }
  every(fn, options = undefined) { return require('internal/streams/operators').every(this, fn, options); }
  some(fn, options = undefined) { return require('internal/streams/operators').some(this, fn, options); }
  find(fn, options) { return require('internal/streams/operators').find(this, fn, options); }
  forEach(fn, options) { return require('internal/streams/operators').forEach(this, fn, options); }
  reduce(reducer, initialValue, options) {
    return require('internal/streams/operators').reduce(this, reducer, arguments.length > 1, initialValue, options);
  }
  toArray(options) { return require('internal/streams/operators').toArray(this, options); }
}

function operate(stream, name, first, second) {
  return Readable.from(require('internal/streams/operators')[name](stream, first, second));
}

const descriptors = Object.getOwnPropertyDescriptors(Accessors.prototype);
descriptors.constructor.value = Readable;
Object.defineProperties(Readable.prototype, descriptors);
Readable.prototype[Symbol.asyncDispose] = function() {
  return require('internal/streams/end-of-stream').dispose(this, this.readableEnded);
};

Object.setPrototypeOf(Readable, Stream);
Readable.ReadableState = ReadableState;
Readable.from = function from(iterable, options) {
  return require('internal/streams/from').from(Readable, iterable, options);
};
Readable.fromWeb = function fromWeb(readableStream, options) {
  return require('internal/webstreams/adapters').newStreamReadableFromReadableStream(readableStream, options);
};
Readable.toWeb = function toWeb(readable, options) {
  return require('internal/webstreams/adapters').newReadableStreamFromStreamReadable(readable, options);
};
Readable.wrap = function wrap(source, options) {
  return require('internal/streams/readable_rare').wrapNew(Readable, source, options);
};
Readable._fromList = (n, state) => (state.length === 0 ? null : take(state, n || state.length));

module.exports = { Readable, ReadableState, afterReadableConstruct: afterConstruct };
