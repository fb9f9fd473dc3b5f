'use strict';

// internal/streams/readable_rare: the methods of Readable that few programs call.
// API: https://nodejs.org/docs/latest-v24.x/api/stream.html#readablesetencodingencoding

const { errorOrDestroy } = require('internal/streams/destroy');

/** readable.setEncoding(): what is buffered is decoded too. */
function setEncoding(stream, encoding) {
  const { StringDecoder } = require('string_decoder');
  const decoder = new StringDecoder(encoding);
  const state = stream._readableState;
  state.decoder = decoder;
  state.encoding = decoder.encoding;
  let text = '';
  for (let i = state.bufferIndex; i < state.buffer.length; i++) text += decoder.write(state.buffer[i]);
  state.buffer = text === '' ? [] : [text];
  state.bufferIndex = 0;
  state.length = text.length;
  return stream;
}

/** readable.wrap(): reads from a stream of the old kind, which only pushes 'data'. */
function wrap(stream, source) {
  let isPaused = false;
  source.on('data', (chunk) => {
    if (!stream.push(chunk) && source.pause) {
      isPaused = true;
      source.pause();
    }
  });
  source.on('end', () => stream.push(null));
  source.on('error', (error) => errorOrDestroy(stream, error));
  source.on('close', () => stream.destroy());
  source.on('destroy', () => stream.destroy());
  stream._read = () => {
    if (isPaused && source.resume) {
      isPaused = false;
      source.resume();
    }
  };
  // Its other methods work through the wrapper.
  for (const name in source) {
    if (stream[name] === undefined && typeof source[name] === 'function') stream[name] = source[name].bind(source);
  }
  return stream;
}

/** Readable.wrap(): a new readable around a stream of the old kind. */
function wrapNew(Readable, source, options) {
  return new Readable({
    objectMode: source.readableObjectMode ?? source.objectMode ?? true,
    ...options,
    destroy(error, callback) {
      require('internal/streams/utils').destroyer(source, error);
      callback(error);
    },
  }).wrap(source);
}

module.exports = { setEncoding, wrap, wrapNew };
