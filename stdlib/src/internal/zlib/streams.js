'use strict';

// internal/zlib/streams: zlib's Transform classes.
// API: https://nodejs.org/docs/latest-v24.x/api/zlib.html#class-zlibzlibbase
// Binding zlib: newStream; stream methods step, consumed, isEnded, reset, setLevel, close.
//
// A chunk is worked on in steps: each fills what is left of an output chunk of `chunkSize` bytes. When the readable side
// has enough, the next step waits for _read.

const { Transform } = require('stream');
const native = binding('zlib');
const { settingsOf, toArray, ranged } = require('internal/zlib/settings');
const { constants } = require('internal/zlib/constants');

const kFlushFlag = Symbol('flushFlag');
const kWaiting = Symbol('waiting');
const kSettings = Symbol('settings');
const kWrote = Symbol('wrote');
const EMPTY = Buffer.alloc(0);
// Later flushes of these are stronger.
const STRENGTH = [0, 1, 2, 3, 5, 4];

function errors() { return require('internal/errors'); }

/**
 * What all classes have in common.
 */
function ZlibBase(kind, options) {
  const set = settingsOf(kind, options);
  Transform.call(this, Object.assign({ autoDestroy: true }, options,
                                     { objectMode: false, readableObjectMode: false, writableObjectMode: false }));
  this[kSettings] = set;
  this[kWaiting] = null;
  this[kWrote] = 0;
  this.bytesWritten = 0;
  this._handle = native.newStream(toArray(set));
  this._outBuffer = null;
  this._outOffset = 0;
  this._chunkSize = set.chunkSize;
  this._defaultFlushFlag = set.flush;
  this._finishFlushFlag = set.finishFlush;
  this._defaultFullFlushFlag = kind.startsWith('Brotli') ? constants.BROTLI_OPERATION_FLUSH : constants.Z_FULL_FLUSH;
  this._info = options && options.info;
  this._maxOutputLength = set.maxOutputLength;
  this._level = set.level;
  this._strategy = set.strategy;
}
Object.setPrototypeOf(ZlibBase.prototype, Transform.prototype);
Object.setPrototypeOf(ZlibBase, Transform);

Object.defineProperty(ZlibBase.prototype, '_closed', {
  __proto__: null, configurable: true, enumerable: true, get() { return !this._handle; },
});

ZlibBase.prototype.reset = function() {
  if (!this._handle) throw new (errors().codes.ERR_INTERNAL_ASSERTION)('zlib binding closed');
  this[kWrote] = 0;
  return this._handle.reset();
};

ZlibBase.prototype._flush = function(callback) {
  this._transform(EMPTY, '', callback);
};

ZlibBase.prototype._final = function(callback) {
  callback();
};

/**
 * Gets out what was written so far.
 * @param {number} [kind] which flush
 * @param {Function} [callback]
 */
ZlibBase.prototype.flush = function(kind, callback) {
  if (typeof kind === 'function' || (kind === undefined && !callback)) {
    callback = kind;
    kind = this._defaultFullFlushFlag;
  }
  if (this.writableFinished) {
    if (callback) process.nextTick(callback);
  } else if (this.writableEnded) {
    if (callback) this.once('end', callback);
  } else {
    const marker = Buffer.alloc(0);
    marker[kFlushFlag] = kind;
    this.write(marker, '', callback);
  }
};

ZlibBase.prototype.close = function(callback) {
  if (callback) require('stream').finished(this, callback);
  this.destroy();
};

ZlibBase.prototype._destroy = function(err, callback) {
  if (this._handle) {
    this._handle.close();
    this._handle = null;
  }
  callback(err);
};

ZlibBase.prototype._transform = function(chunk, encoding, callback) {
  let flush = chunk[kFlushFlag];
  if (flush === undefined) {
    flush = this._defaultFlushFlag;
    // The last chunk is flushed as the end is, to spare another step.
    if (this.writableEnded && this.writableLength === chunk.byteLength) {
      flush = strongest(this[kSettings], flush, this._finishFlushFlag);
    }
  }
  work(this, { chunk, offset: 0, flush, callback });
};

function strongest(set, a, b) {
  if (set.mode >= 8) return Math.max(a, b);
  return STRENGTH.indexOf(a) > STRENGTH.indexOf(b) ? a : b;
}

// A tick later: what the program writes behind a bad chunk waits for that one, and is dropped with it.
function fail(stream, err) { process.nextTick(destroy, stream, err); }
function destroy(stream, err) { stream.destroy(err); }

// Steps until the input is used up, or the reader has enough.
function work(stream, job) {
  for (;;) {
    const handle = stream._handle;
    if (!handle) return;
    const out = stream._outBuffer || (stream._outBuffer = Buffer.allocUnsafe(stream._chunkSize));
    const room = out.length - stream._outOffset;
    let produced;
    try {
      produced = handle.step(job.chunk, job.offset, out, stream._outOffset, job.flush);
    } catch (err) {
      fail(stream, err);
      return;
    }
    const consumed = handle.consumed();
    job.offset += consumed;
    stream.bytesWritten += consumed;
    let more = true;
    if (produced > 0) {
      const start = stream._outOffset;
      stream._outOffset += produced;
      stream[kWrote] += produced;
      if (stream[kWrote] > stream._maxOutputLength) {
        fail(stream, new (errors().codes.ERR_BUFFER_TOO_LARGE)(stream._maxOutputLength));
        return;
      }
      if (stream._outOffset >= out.length) {
        stream._outOffset = 0;
        stream._outBuffer = null;
      }
      more = stream.push(out.subarray(start, start + produced));
      if (stream.destroyed) return;
    }
    if (handle.isEnded() && job.offset >= job.chunk.byteLength) break;
    if (handle.isEnded()) {
      // What follows the end is none of ours: the stream ends here.
      if (consumed === 0 && produced === 0) {
        stream.push(null);
        break;
      }
    } else if (produced < room && job.offset >= job.chunk.byteLength) {
      if (endsTooEarly(stream, job.flush)) return;
      break;
    } else if (produced === 0 && consumed === 0 && room > 0) {
      if (endsTooEarly(stream, job.flush)) return;
      break;
    }
    if (!more) {
      stream[kWaiting] = job;
      return;
    }
  }
  job.callback();
}

function endsTooEarly(stream, flush) {
  const { mode } = stream[kSettings];
  const decoder = mode === 2 || mode === 4 || mode === 6 || mode === 7 || mode === 8;
  const finish = mode >= 8 ? constants.BROTLI_OPERATION_FINISH : constants.Z_FINISH;
  if (!decoder || flush !== finish) return false;
  const err = new Error('unexpected end of file');
  err.errno = constants.Z_BUF_ERROR;
  err.code = 'Z_BUF_ERROR';
  fail(stream, err);
  return true;
}

ZlibBase.prototype._read = function(n) {
  const job = this[kWaiting];
  if (job !== null) {
    this[kWaiting] = null;
    work(this, job);
    return;
  }
  Transform.prototype._read.call(this, n);
};

/**
 * Changes level and strategy of a compressor for what is written from now on.
 */
function params(level, strategy, callback) {
  ranged(level, 'level', constants.Z_MIN_LEVEL, constants.Z_MAX_LEVEL);
  ranged(strategy, 'strategy', constants.Z_DEFAULT_STRATEGY, constants.Z_FIXED);
  if (this._level === level && this._strategy === strategy) {
    process.nextTick(callback);
    return;
  }
  this.flush(constants.Z_SYNC_FLUSH, () => {
    if (this.destroyed) return;
    try {
      this._handle.setLevel(level, strategy);
    } catch (err) {
      this.destroy(err);
      return;
    }
    this._level = level;
    this._strategy = strategy;
    if (callback) callback();
  });
}

function Zlib(kind, options) {
  ZlibBase.call(this, kind, options);
}
Object.setPrototypeOf(Zlib.prototype, ZlibBase.prototype);
Object.setPrototypeOf(Zlib, ZlibBase);
Zlib.prototype.params = params;

function Brotli(kind, options) {
  ZlibBase.call(this, kind, options);
}
Object.setPrototypeOf(Brotli.prototype, Zlib.prototype);
Object.setPrototypeOf(Brotli, Zlib);

// A class of the module: callable without new, as they all are.
function define(kind, Parent) {
  const Class = {
    [kind]: function(options) {
      if (!(this instanceof Class)) return new Class(options);
      Parent.call(this, kind, options);
    },
  }[kind];
  Object.setPrototypeOf(Class.prototype, Parent.prototype);
  Object.setPrototypeOf(Class, Parent);
  module.exports[kind] = Class;
}

module.exports = { ZlibBase };
for (const kind of ['Deflate', 'Inflate', 'Gzip', 'Gunzip', 'DeflateRaw', 'InflateRaw', 'Unzip']) define(kind, Zlib);
for (const kind of ['BrotliCompress', 'BrotliDecompress']) define(kind, Brotli);
