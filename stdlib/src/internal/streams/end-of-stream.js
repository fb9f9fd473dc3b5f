'use strict';

// internal/streams/end-of-stream: finished(), which tells once that a stream is over, well or not.
// API: https://nodejs.org/docs/latest-v24.x/api/stream.html#streamfinishedstream-options-callback
//
// What counts as over: both sides (or those asked for) have ended and, where the stream is going to emit 'close', that too.
// Streams of other makes lack some of the events and flags, hence the many null checks of utils.js.

const { AbortError, codes } = require('internal/errors');
const utils = require('internal/streams/utils');

function nop() {}

function eos(stream, options, callback) {
  if (arguments.length === 2) {
    callback = options;
    options = {};
  } else if (options === undefined || options === null) {
    options = {};
  } else {
    require('internal/validators').validateObject(options, 'options');
  }
  require('internal/validators').validateFunction(callback, 'callback');
  require('internal/validators').validateAbortSignal(options.signal, 'options.signal');

  const report = once(stream, callback);
  if (utils.isReadableStream(stream) || utils.isWritableStream(stream)) return watchWeb(stream, options, report);
  if (!utils.isNodeStream(stream)) {
    throw new codes.ERR_INVALID_ARG_TYPE('stream', ['ReadableStream', 'WritableStream', 'Stream'], stream);
  }
  return watch(stream, options, report);
}

// { call(error), cancel() }: at most one call, none after cancel().
function once(stream, callback) {
  const report = {
    call(error) {
      if (report.isDone) return;
      report.isDone = true;
      if (error === undefined || error === null) callback.call(stream);
      else callback.call(stream, error);
    },
    isDone: false,
    signalListener: null,
  };
  return report;
}

function watch(stream, options, report) {
  const isReadable = utils.isReadableNodeStream(stream);
  const isWritable = utils.isWritableNodeStream(stream);
  const readable = options.readable ?? isReadable;
  const writable = options.writable ?? isWritable;
  const w = stream._writableState;
  const r = stream._readableState;

  // Whether 'close' will come and speaks about just the sides that were asked for.
  let awaitsClose = utils.willEmitClose(stream) && isReadable === readable && isWritable === writable;
  let isFinished = utils.isWritableFinished(stream, false);
  let isEnded = utils.isReadableFinished(stream, false);

  const onFinish = () => {
    isFinished = true;
    // Destroyed within 'finish': 'close' may have come already.
    if (stream.destroyed) awaitsClose = false;
    if (awaitsClose && (!stream.writable || readable)) return;
    if (!readable || isEnded) report.call();
  };
  const onEnd = () => {
    isEnded = true;
    if (stream.destroyed) awaitsClose = false;
    if (awaitsClose && (!stream.readable || writable)) return;
    if (!writable || isFinished) report.call();
  };
  const onError = (error) => report.call(error);
  const onClose = () => {
    const error = utils.isWritableErrored(stream) || utils.isReadableErrored(stream);
    if (error && typeof error !== 'boolean') return report.call(error);
    if (readable && !isEnded && utils.isReadableNodeStream(stream, true) && !utils.isReadableFinished(stream, false)) {
      return report.call(new codes.ERR_STREAM_PREMATURE_CLOSE());
    }
    if (writable && !isFinished && !utils.isWritableFinished(stream, false)) {
      return report.call(new codes.ERR_STREAM_PREMATURE_CLOSE());
    }
    report.call();
  };
  // It was over before we came.
  const onOver = () => {
    const error = utils.isWritableErrored(stream) || utils.isReadableErrored(stream);
    report.call(error && typeof error !== 'boolean' ? error : undefined);
  };
  const onLegacyEnd = () => {
    if (!stream.writable) onFinish();
  };
  const onRequest = () => stream.req.on('finish', onFinish);

  const listeners = [['end', onEnd], ['finish', onFinish], ['close', onClose]];
  if (options.error !== false) listeners.push(['error', onError]);
  if (utils.isRequest(stream)) {
    listeners.push(['complete', onFinish]);
    if (!awaitsClose) listeners.push(['abort', onClose]);
    if (stream.req) onRequest();
    else listeners.push(['request', onRequest]);
  } else if (writable && !w) {
    listeners.push(['end', onLegacyEnd], ['close', onLegacyEnd]);
  }
  if (!awaitsClose && typeof stream.aborted === 'boolean') listeners.push(['aborted', onClose]);
  for (let i = 0; i < listeners.length; i++) stream.on(listeners[i][0], listeners[i][1]);

  const nothingPending = w === undefined || w === null || w.pendingcb === undefined || w.pendingcb === 0;
  if (utils.isClosed(stream)) {
    process.nextTick(onClose);
  } else if (w?.errorEmitted || r?.errorEmitted) {
    if (!awaitsClose) process.nextTick(onOver);
  } else if (!readable && (!awaitsClose || utils.isReadable(stream)) &&
      (isFinished || utils.isWritable(stream) === false) && nothingPending) {
    process.nextTick(onOver);
  } else if (!writable && (!awaitsClose || utils.isWritable(stream)) &&
      (isEnded || utils.isReadable(stream) === false)) {
    process.nextTick(onOver);
  } else if (r && stream.req && stream.aborted) {
    process.nextTick(onOver);
  }

  const stop = () => {
    report.isDone = true;
    for (let i = 0; i < listeners.length; i++) stream.removeListener(listeners[i][0], listeners[i][1]);
    if (stream.req) stream.req.removeListener('finish', onFinish);
    if (report.signalListener !== null) options.signal.removeEventListener('abort', report.signalListener);
  };
  if (options.signal && !utils.isClosed(stream)) watchSignal(options.signal, report, stop);
  return stop;
}

function watchSignal(signal, report, stop) {
  const { call } = report;
  const onAbort = () => {
    if (report.isDone) return;
    stop();
    report.isDone = false;
    call(new AbortError(undefined, { cause: signal.reason }));
  };
  if (signal.aborted) {
    process.nextTick(onAbort);
    return;
  }
  report.signalListener = onAbort;
  signal.addEventListener('abort', onAbort, { once: true });
  report.call = (error) => {
    signal.removeEventListener('abort', onAbort);
    call(error);
  };
}

function watchWeb(stream, options, report) {
  const stop = () => {
    report.isDone = true;
  };
  if (options.signal) watchSignal(options.signal, report, stop);
  const settle = (error) => {
    if (!report.isDone) process.nextTick(() => report.call(error));
  };
  stream[utils.kIsClosedPromise].promise.then(() => settle(), settle);
  return nop;
}

/** finished() as a promise; `options.cleanup` takes the listeners away when it settles. */
function finishedPromise(stream, options) {
  let cleanup = false;
  if (options === undefined || options === null) options = {};
  if (options.cleanup !== undefined) {
    require('internal/validators').validateBoolean(options.cleanup, 'cleanup');
    cleanup = options.cleanup;
  }
  return new Promise((resolve, reject) => {
    const stop = eos(stream, options, (error) => {
      if (cleanup) stop();
      if (error) reject(error);
      else resolve();
    });
  });
}

/** stream[Symbol.asyncDispose](): destroys it, and waits. */
function dispose(stream, isOver) {
  let error = null;
  if (!stream.destroyed) {
    if (!isOver) error = new AbortError();
    stream.destroy(error);
  }
  return new Promise((resolve, reject) => {
    eos(stream, (reason) => (reason && reason !== error ? reject(reason) : resolve(null)));
  });
}

Object.defineProperty(eos, Symbol.for('nodejs.util.promisify.custom'), {
  __proto__: null, configurable: true, value: Object.defineProperty(finishedPromise, 'name', { value: 'finished' }),
});

module.exports = { dispose, eos, finished: eos, finishedPromise };
