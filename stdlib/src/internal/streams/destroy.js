'use strict';

// internal/streams/destroy: how a stream is set up late (construct) and taken down (destroy), for both sides at once.
// API: https://nodejs.org/docs/latest-v24.x/api/stream.html#readabledestroyerror
//
//   destroy(error) -> _destroy(error, done) -> done(error) -> next tick: 'error', then 'close'
//
// With construct() the first arrow waits: nothing is read, written or destroyed before construct() has called back.

const { codes } = require('internal/errors');

/** stream.destroy() of readables, and of writables after they have failed their waiting writes. */
function destroy(error, callback) {
  const r = this._readableState;
  const w = this._writableState;
  const state = w || r;
  if ((w && w.destroyed) || (r && r.destroyed)) {
    if (typeof callback === 'function') callback();
    return this;
  }
  keepError(r, w, error);
  if (w) w.destroyed = true;
  if (r) r.destroyed = true;
  if (state.constructed) {
    runDestroy(this, error, callback);
  } else {
    state.afterConstruct = (late) => {
      runDestroy(this, require('internal/errors').aggregateTwoErrors(late, error), callback);
    };
  }
  return this;
}

// The first error stays.
function keepError(r, w, error) {
  if (!error) return;
  // Reading the trace makes it; later there may be less to tell.
  error.stack; // eslint-disable-line no-unused-expressions
  if (w && !w.errored) w.errored = error;
  if (r && !r.errored) r.errored = error;
}

function runDestroy(stream, error, callback) {
  // FAST PATH: nobody overrode _destroy().
  if (stream._destroy === defaultDestroy) {
    afterDestroy(stream, error || null, callback);
    return;
  }
  let called = false;
  const done = (result) => {
    if (called) return;
    called = true;
    afterDestroy(stream, result, callback);
  };
  try {
    stream._destroy(error || null, done);
  } catch (thrown) {
    done(thrown);
  }
}

function defaultDestroy(error, callback) {
  callback(error);
}

function afterDestroy(stream, error, callback) {
  const r = stream._readableState;
  const w = stream._writableState;
  keepError(r, w, error);
  if (w) w.closed = true;
  if (r) r.closed = true;
  if (typeof callback === 'function') callback(error);
  if (error) process.nextTick(emitErrorAndClose, stream, error);
  else process.nextTick(emitClose, stream);
}

function emitErrorAndClose(stream, error) {
  emitError(stream, error);
  emitClose(stream);
}

function emitClose(stream) {
  const r = stream._readableState;
  const w = stream._writableState;
  if (w) w.closeEmitted = true;
  if (r) r.closeEmitted = true;
  if ((w && w.emitClose) || (r && r.emitClose)) stream.emit('close');
}

function emitError(stream, error) {
  const r = stream._readableState;
  const w = stream._writableState;
  if ((w && w.errorEmitted) || (r && r.errorEmitted)) return;
  if (w) w.errorEmitted = true;
  if (r) r.errorEmitted = true;
  stream.emit('error', error);
}

/** Destroys a stream for its error; one with autoDestroy off only emits it, with `sync` in the next tick. */
function errorOrDestroy(stream, error, sync) {
  const r = stream._readableState;
  const w = stream._writableState;
  if ((w && w.destroyed) || (r && r.destroyed)) return;
  if ((r && r.autoDestroy) || (w && w.autoDestroy)) {
    stream.destroy(error);
    return;
  }
  if (!error) return;
  keepError(r, w, error);
  if (sync) process.nextTick(emitError, stream, error);
  else emitError(stream, error);
}

/** Has _construct() called in the next tick, and `ready(stream)` a tick after it is through. */
function construct(stream, ready) {
  const r = stream._readableState;
  const w = stream._writableState;
  if (r) r.constructed = false;
  if (w) w.constructed = false;
  process.nextTick(runConstruct, stream, ready);
}

function runConstruct(stream, ready) {
  let called = false;
  const done = (error) => {
    if (called) {
      errorOrDestroy(stream, error ?? new codes.ERR_MULTIPLE_CALLBACK());
      return;
    }
    called = true;
    const r = stream._readableState;
    const w = stream._writableState;
    const state = w || r;
    if (r) r.constructed = true;
    if (w) w.constructed = true;
    if (state.destroyed) {
      if (state.afterConstruct) state.afterConstruct(error);
    } else if (error) {
      errorOrDestroy(stream, error, true);
    } else {
      process.nextTick(ready, stream);
    }
  };
  try {
    stream._construct((error) => process.nextTick(done, error));
  } catch (error) {
    process.nextTick(done, error);
  }
}

/** Makes a destroyed stream usable again, as sockets that reconnect need it. */
function undestroy() {
  const r = this._readableState;
  const w = this._writableState;
  if (r) {
    reset(r);
    r.reading = false;
    r.ended = r.endEmitted = r.readable === false;
  }
  if (w) {
    reset(w);
    w.ended = w.ending = w.finished = w.writable === false;
    w.finalCalled = w.prefinished = false;
  }
}

function reset(state) {
  state.constructed = true;
  state.closed = state.closeEmitted = state.destroyed = state.errorEmitted = false;
  state.errored = null;
}

module.exports = { construct, defaultDestroy, destroy, errorOrDestroy, undestroy };
