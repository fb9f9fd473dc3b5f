'use strict';

// internal/streams/transform: Transform, a Duplex whose output is computed from its input; PassThrough, which computes
// nothing.
// API: https://nodejs.org/docs/latest-v24.x/api/stream.html#class-streamtransform
//
// A write is called back when the output has room. `kWrite` is the callback of the chunk that _transform() has, `kWaiting`
// the one that waits for _read(). Writable hands out one chunk at a time, so one slot and one bound function are enough.

const { codes } = require('internal/errors');
const { Duplex } = require('internal/streams/duplex');
const { errorOrDestroy } = require('internal/streams/destroy');

const kWrite = Symbol('kWrite');
const kWaiting = Symbol('kWaiting');
const kOnTransform = Symbol('kOnTransform');
const kLengthBefore = Symbol('kLengthBefore');

/** @param {object} [options] those of Duplex, and transform, flush */
function Transform(options) {
  if (!(this instanceof Transform)) return new Transform(options);
  // Without room on the readable side nothing may wait on the writable side either, unless it was asked for.
  if (options && options.readableHighWaterMark === 0 && !options.highWaterMark) {
    options = { ...options, highWaterMark: null, writableHighWaterMark: options.writableHighWaterMark || 0 };
  }
  Duplex.call(this, options);
  // The first chunk comes from a write, not from within _read().
  this._readableState.sync = false;
  this[kWrite] = null;
  this[kWaiting] = null;
  this[kOnTransform] = onTransform.bind(undefined, this);
  this[kLengthBefore] = 0;
  if (options) {
    if (typeof options.transform === 'function') this._transform = options.transform;
    if (typeof options.flush === 'function') this._flush = options.flush;
  }
  // A subclass that overrides _final() still has its input flushed.
  this.on('prefinish', onPrefinish);
}
Object.setPrototypeOf(Transform.prototype, Duplex.prototype);
Object.setPrototypeOf(Transform, Duplex);

Transform.prototype._final = final;
Transform.prototype._transform = function _transform(chunk, encoding, callback) {
  throw new codes.ERR_METHOD_NOT_IMPLEMENTED('_transform()');
};
Transform.prototype._write = function _write(chunk, encoding, callback) {
  this[kWrite] = callback;
  this[kLengthBefore] = this._readableState.length;
  this._transform(chunk, encoding, this[kOnTransform]);
};
Transform.prototype._read = function _read() {
  const callback = this[kWaiting];
  if (callback === null) return;
  this[kWaiting] = null;
  callback();
};

function onTransform(stream, error, value) {
  const callback = stream[kWrite];
  if (callback === null) {
    errorOrDestroy(stream, new codes.ERR_MULTIPLE_CALLBACK());
    return;
  }
  stream[kWrite] = null;
  if (error) {
    callback(error);
    return;
  }
  if (value !== null && value !== undefined) stream.push(value);
  const r = stream._readableState;
  // Input that came to nothing, or that nobody will read, makes room for the next one.
  if (r.ended || stream._writableState.ended || stream[kLengthBefore] === r.length || r.length < r.highWaterMark) {
    callback();
  } else {
    stream[kWaiting] = callback;
  }
}

function final(callback) {
  if (typeof this._flush !== 'function' || this.destroyed) {
    this.push(null);
    if (callback) callback();
    return;
  }
  this._flush((error, value) => {
    if (error) {
      if (callback) callback(error);
      else this.destroy(error);
      return;
    }
    if (value !== null && value !== undefined) this.push(value);
    this.push(null);
    if (callback) callback();
  });
}

function onPrefinish() {
  if (this._final !== final) final.call(this);
}

/** @param {object} [options] those of Transform */
function PassThrough(options) {
  if (!(this instanceof PassThrough)) return new PassThrough(options);
  Transform.call(this, options);
}
Object.setPrototypeOf(PassThrough.prototype, Transform.prototype);
Object.setPrototypeOf(PassThrough, Transform);
PassThrough.prototype._transform = function _transform(chunk, encoding, callback) {
  callback(null, chunk);
};

module.exports = { PassThrough, Transform };
