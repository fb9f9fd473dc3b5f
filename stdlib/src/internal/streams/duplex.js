'use strict';

// internal/streams/duplex: Duplex, a readable and a writable side in one object. It inherits from Readable and has a copy
// of Writable's methods.
// API: https://nodejs.org/docs/latest-v24.x/api/stream.html#duplex-and-transform-streams

const { Stream } = require('internal/streams/legacy');
const { Readable, ReadableState, afterReadableConstruct } = require('internal/streams/readable');
const { Writable, WritableState, accessors, afterWritableConstruct } = require('internal/streams/writable');
const { construct } = require('internal/streams/destroy');

/**
 * @param {object} [options] those of both sides, and allowHalfOpen, readable, writable, readableObjectMode,
 *   writableObjectMode, readableHighWaterMark, writableHighWaterMark
 */
function Duplex(options) {
  if (!(this instanceof Duplex)) return new Duplex(options);
  Stream.call(this, options);
  this._readableState = new ReadableState(options, this, true);
  this._writableState = new WritableState(options, this, true);
  this.allowHalfOpen = true;
  if (options !== undefined && options !== null) applyOptions(this, options);
  if (this._construct !== undefined) construct(this, afterConstruct);
}

function applyOptions(stream, options) {
  stream.allowHalfOpen = options.allowHalfOpen !== false;
  if (options.readable === false) {
    const r = stream._readableState;
    r.readable = false;
    r.ended = r.endEmitted = true;
  }
  if (options.writable === false) {
    const w = stream._writableState;
    w.writable = false;
    w.ending = w.ended = w.finished = true;
  }
  if (typeof options.read === 'function') stream._read = options.read;
  if (typeof options.write === 'function') stream._write = options.write;
  if (typeof options.writev === 'function') stream._writev = options.writev;
  if (typeof options.destroy === 'function') stream._destroy = options.destroy;
  if (typeof options.final === 'function') stream._final = options.final;
  if (typeof options.construct === 'function') stream._construct = options.construct;
  if (options.signal) require('internal/streams/add-abort-signal').addAbortSignal(options.signal, stream);
}

function afterConstruct(stream) {
  afterReadableConstruct(stream);
  afterWritableConstruct(stream);
}

Object.setPrototypeOf(Duplex.prototype, Readable.prototype);
Object.setPrototypeOf(Duplex, Readable);

const { prototype } = Duplex;
const methods = Object.keys(Writable.prototype);
for (let i = 0; i < methods.length; i++) {
  // What both sides have is Readable's. destroy() is Writable's: it fails the waiting writes.
  const name = methods[i];
  if (prototype[name] === undefined || name === 'destroy') prototype[name] = Writable.prototype[name];
}
for (const name of Object.keys(accessors)) {
  if (name.startsWith('writable')) Object.defineProperty(prototype, name, accessors[name]);
}
Object.defineProperty(prototype, 'destroyed', {
  __proto__: null,
  configurable: true,
  get() {
    const r = this._readableState;
    const w = this._writableState;
    return r !== undefined && w !== undefined && r.destroyed && w.destroyed;
  },
  set(value) {
    if (!this._readableState || !this._writableState) return;
    this._readableState.destroyed = value;
    this._writableState.destroyed = value;
  },
});

Duplex.fromWeb = function fromWeb(pair, options) {
  return require('internal/webstreams/adapters').newStreamDuplexFromReadableWritablePair(pair, options);
};
Duplex.toWeb = function toWeb(duplex, options) {
  return require('internal/webstreams/adapters').newReadableWritablePairFromDuplex(duplex, options);
};
Duplex.from = function from(body) {
  return require('internal/streams/duplexify').duplexify(body, 'body');
};

module.exports = { Duplex };
