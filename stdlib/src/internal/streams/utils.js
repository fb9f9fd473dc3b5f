'use strict';

// internal/streams/utils: what kind of stream something is, and what state it is in. Asked of streams of every make:
// ours, Web streams, legacy emitters and the messages of http. Answers are true, false, or null where it can't be known.
// API: https://nodejs.org/docs/latest-v24.x/api/stream.html#streamisreadablestream

const kIsDestroyed = Symbol.for('nodejs.stream.destroyed');
const kIsErrored = Symbol.for('nodejs.stream.errored');
const kIsReadable = Symbol.for('nodejs.stream.readable');
const kIsWritable = Symbol.for('nodejs.stream.writable');
const kIsDisturbed = Symbol.for('nodejs.stream.disturbed');
// On Web streams: a promise of the end, and a function that makes the stream fail.
const kIsClosedPromise = Symbol.for('nodejs.webstream.isClosedPromise');
const kControllerErrorFunction = Symbol.for('nodejs.webstream.controllerErrorFunction');

function isFunction(value) {
  return typeof value === 'function';
}

// ---- kinds ----

function isReadableNodeStream(value, strict = false) {
  return !!(value && isFunction(value.pipe) && isFunction(value.on) &&
    (!strict || (isFunction(value.pause) && isFunction(value.resume))) &&
    // A Duplex that was made without its readable side.
    (!value._writableState || value._readableState?.readable !== false) &&
    // A Writable has a pipe() that only fails.
    (!value._writableState || value._readableState));
}

function isWritableNodeStream(value) {
  return !!(value && isFunction(value.write) && isFunction(value.on) &&
    (!value._readableState || value._writableState?.writable !== false));
}

function isDuplexNodeStream(value) {
  return !!(value && isFunction(value.pipe) && value._readableState && isFunction(value.on) && isFunction(value.write));
}

function isNodeStream(value) {
  return !!(value && (value._readableState || value._writableState ||
    (isFunction(value.write) && isFunction(value.on)) || (isFunction(value.pipe) && isFunction(value.on))));
}

function isReadableStream(value) {
  return !!(value && !isNodeStream(value) && isFunction(value.pipeThrough) && isFunction(value.getReader) &&
    isFunction(value.cancel));
}

function isWritableStream(value) {
  return !!(value && !isNodeStream(value) && isFunction(value.getWriter) && isFunction(value.abort));
}

function isTransformStream(value) {
  return !!(value && !isNodeStream(value) && typeof value.readable === 'object' && typeof value.writable === 'object');
}

function isWebStream(value) {
  return isReadableStream(value) || isWritableStream(value) || isTransformStream(value);
}

function isIterable(value, isAsync) {
  if (value === null || value === undefined) return false;
  if (isAsync === true) return isFunction(value[Symbol.asyncIterator]);
  if (isAsync === false) return isFunction(value[Symbol.iterator]);
  return isFunction(value[Symbol.asyncIterator]) || isFunction(value[Symbol.iterator]);
}

// ---- http's messages, which are only partly streams ----

function isOutgoingMessage(stream) {
  return typeof stream._closed === 'boolean' && typeof stream._defaultKeepAlive === 'boolean' &&
    typeof stream._removedConnection === 'boolean' && typeof stream._removedContLen === 'boolean';
}

function isServerResponse(stream) {
  return typeof stream._sent100 === 'boolean' && isOutgoingMessage(stream);
}

function isServerRequest(stream) {
  return typeof stream._consuming === 'boolean' && typeof stream._dumped === 'boolean' && stream.req?.upgradeOrConnect === undefined;
}

function isRequest(stream) {
  return !!stream && !!stream.setHeader && isFunction(stream.abort);
}

// ---- states ----

function isDestroyed(stream) {
  if (!isNodeStream(stream)) return null;
  const state = stream._writableState || stream._readableState;
  return !!(stream.destroyed || stream[kIsDestroyed] || state?.destroyed);
}

function isWritableEnded(stream) {
  if (!isWritableNodeStream(stream)) return null;
  if (stream.writableEnded === true) return true;
  const w = stream._writableState;
  if (w?.errored) return false;
  return typeof w?.ended === 'boolean' ? w.ended : null;
}

function isWritableFinished(stream, strict) {
  if (!isWritableNodeStream(stream)) return null;
  if (stream.writableFinished === true) return true;
  const w = stream._writableState;
  if (w?.errored) return false;
  if (typeof w?.finished !== 'boolean') return null;
  return !!(w.finished || (strict === false && w.ended === true && w.length === 0));
}

function isReadableEnded(stream) {
  if (!isReadableNodeStream(stream)) return null;
  if (stream.readableEnded === true) return true;
  const r = stream._readableState;
  if (!r || r.errored) return false;
  return typeof r.ended === 'boolean' ? r.ended : null;
}

function isReadableFinished(stream, strict) {
  if (!isReadableNodeStream(stream)) return null;
  const r = stream._readableState;
  if (r?.errored) return false;
  if (typeof r?.endEmitted !== 'boolean') return null;
  return !!(r.endEmitted || (strict === false && r.ended === true && r.length === 0));
}

function isReadable(stream) {
  if (stream && stream[kIsReadable] !== undefined && stream[kIsReadable] !== null) return stream[kIsReadable];
  if (typeof stream?.readable !== 'boolean') return null;
  if (isDestroyed(stream)) return false;
  return isReadableNodeStream(stream) && stream.readable && !isReadableFinished(stream);
}

function isWritable(stream) {
  if (stream && stream[kIsWritable] !== undefined && stream[kIsWritable] !== null) return stream[kIsWritable];
  if (typeof stream?.writable !== 'boolean') return null;
  if (isDestroyed(stream)) return false;
  return isWritableNodeStream(stream) && stream.writable && !isWritableEnded(stream);
}

/** Whether everything that is asked for (by default both sides) has come to its end. */
function isFinished(stream, options) {
  if (!isNodeStream(stream)) return null;
  if (isDestroyed(stream)) return true;
  if (options?.readable !== false && isReadable(stream)) return false;
  return options?.writable === false || !isWritable(stream);
}

function isWritableErrored(stream) {
  if (!isNodeStream(stream)) return null;
  return stream.writableErrored || (stream._writableState?.errored ?? null);
}

function isReadableErrored(stream) {
  if (!isNodeStream(stream)) return null;
  return stream.readableErrored || (stream._readableState?.errored ?? null);
}

function isClosed(stream) {
  if (!isNodeStream(stream)) return null;
  if (typeof stream.closed === 'boolean') return stream.closed;
  const w = stream._writableState;
  const r = stream._readableState;
  if (typeof w?.closed === 'boolean' || typeof r?.closed === 'boolean') return !!(w?.closed || r?.closed);
  return typeof stream._closed === 'boolean' && isOutgoingMessage(stream) ? stream._closed : null;
}

function willEmitClose(stream) {
  if (!isNodeStream(stream)) return null;
  const state = stream._writableState || stream._readableState;
  return (!state && isServerResponse(stream)) ||
    !!(state && state.autoDestroy && state.emitClose && state.closed === false);
}

function isDisturbed(stream) {
  return !!(stream && (stream[kIsDisturbed] ?? (stream.readableDidRead || stream.readableAborted)));
}

function isErrored(stream) {
  return !!(stream && (stream[kIsErrored] ?? stream.readableErrored ?? stream.writableErrored ??
    stream._readableState?.errorEmitted ?? stream._writableState?.errorEmitted ??
    stream._readableState?.errored ?? stream._writableState?.errored));
}

/** Destroys a stream of any make, for an error or because nobody wants it any more. */
function destroyer(stream, error) {
  if (!stream || isDestroyed(stream)) return;
  if (!error && !isFinished(stream)) error = new (require('internal/errors').AbortError)();
  if (isServerRequest(stream)) {
    stream.socket = null;
    stream.destroy(error);
  } else if (isRequest(stream)) {
    stream.abort();
  } else if (isRequest(stream.req)) {
    stream.req.abort();
  } else if (isFunction(stream.destroy)) {
    stream.destroy(error);
  } else if (isFunction(stream.close)) {
    stream.close();
  } else {
    process.nextTick(emitLegacyClose, stream, error);
  }
  if (!stream.destroyed) stream[kIsDestroyed] = true;
}

// What can't be destroyed is told that it is.
function emitLegacyClose(stream, error) {
  if (error) stream.emit('error', error);
  stream.emit('close');
}

module.exports = {
  destroyer,
  isClosed,
  isDestroyed,
  isDisturbed,
  isDuplexNodeStream,
  isErrored,
  isFinished,
  isIterable,
  isNodeStream,
  isOutgoingMessage,
  isReadable,
  isReadableEnded,
  isReadableErrored,
  isReadableFinished,
  isReadableNodeStream,
  isReadableStream,
  isRequest,
  isServerRequest,
  isServerResponse,
  isTransformStream,
  isWebStream,
  isWritable,
  isWritableEnded,
  isWritableErrored,
  isWritableFinished,
  isWritableNodeStream,
  isWritableStream,
  kControllerErrorFunction,
  kIsClosedPromise,
  kIsDestroyed,
  kIsDisturbed,
  kIsErrored,
  kIsReadable,
  kIsWritable,
  willEmitClose,
};
