'use strict';

// internal/streams/add-abort-signal: addAbortSignal(), which ties a stream's life to a signal.
// API: https://nodejs.org/docs/latest-v24.x/api/stream.html#streamaddabortsignalsignal-stream

const { AbortError, codes } = require('internal/errors');
const { isNodeStream, isWebStream, kControllerErrorFunction } = require('internal/streams/utils');

/** @returns the stream */
function addAbortSignal(signal, stream) {
  if (signal === undefined) throw new codes.ERR_INVALID_ARG_TYPE('signal', 'AbortSignal', signal);
  require('internal/validators').validateAbortSignal(signal, 'signal');
  if (!isNodeStream(stream) && !isWebStream(stream)) {
    throw new codes.ERR_INVALID_ARG_TYPE('stream', ['ReadableStream', 'WritableStream', 'Stream'], stream);
  }
  return addAbortSignalNoValidate(signal, stream);
}

function addAbortSignalNoValidate(signal, stream) {
  if (signal === null || typeof signal !== 'object' || !('aborted' in signal)) return stream;
  const onAbort = () => {
    const error = new AbortError(undefined, { cause: signal.reason });
    if (isNodeStream(stream)) stream.destroy(error);
    else stream[kControllerErrorFunction](error);
  };
  if (signal.aborted) {
    onAbort();
    return stream;
  }
  signal.addEventListener('abort', onAbort, { once: true });
  require('internal/streams/end-of-stream').eos(stream, () => signal.removeEventListener('abort', onAbort));
  return stream;
}

module.exports = { addAbortSignal, addAbortSignalNoValidate };
