'use strict';

// node:stream: the module itself is Stream, the base of all, with everything else as its properties. They load when they
// are first read: most programs touch one or two.
// API: https://nodejs.org/docs/latest-v24.x/api/stream.html

const { defineLazyProperties } = require('internal/util');
const { Stream } = require('internal/streams/legacy');
const state = require('internal/streams/state');

module.exports = Stream;

defineLazyProperties(Stream, 'internal/streams/utils', ['isDestroyed', 'isDisturbed', 'isErrored', 'isReadable', 'isWritable']);
defineLazyProperties(Stream, 'internal/streams/readable', ['Readable']);
defineLazyProperties(Stream, 'internal/streams/writable', ['Writable']);
defineLazyProperties(Stream, 'internal/streams/duplex', ['Duplex']);
defineLazyProperties(Stream, 'internal/streams/transform', ['Transform', 'PassThrough']);
defineLazyProperties(Stream, 'internal/streams/duplexpair', ['duplexPair']);
defineLazyProperties(Stream, 'internal/streams/pipeline', ['pipeline']);
defineLazyProperties(Stream, 'internal/streams/add-abort-signal', ['addAbortSignal']);
defineLazyProperties(Stream, 'internal/streams/end-of-stream', ['finished']);
defineLazyProperties(Stream, 'internal/streams/compose', ['compose']);
Stream.destroy = function destroy(stream, error) {
  require('internal/streams/utils').destroyer(stream, error);
};
Stream.setDefaultHighWaterMark = state.setDefaultHighWaterMark;
Stream.getDefaultHighWaterMark = state.getDefaultHighWaterMark;
Object.defineProperty(Stream, 'promises', {
  __proto__: null,
  configurable: true,
  enumerable: true,
  get() { return require('stream/promises'); },
});
Stream.Stream = Stream;

// What bundled copies of this module ask for.
Stream._isArrayBufferView = ArrayBuffer.isView;
Stream._isUint8Array = function isUint8Array(value) {
  return require('internal/util/types').isUint8Array(value);
};
Stream._uint8ArrayToBuffer = function uint8ArrayToBuffer(chunk) {
  return require('buffer').Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
};
