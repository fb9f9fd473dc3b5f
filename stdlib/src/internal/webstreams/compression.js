'use strict';

// internal/webstreams/compression: CompressionStream and DecompressionStream, over the transforms of node:zlib.
// API: https://nodejs.org/docs/latest-v24.x/api/webstreams.html#class-compressionstream

const { codes } = require('internal/errors');
const { check, finishClass, inspectAs, kState } = require('internal/webstreams/util');
const { newReadableWritablePairFromDuplex } = require('internal/webstreams/adapters');

const customInspect = Symbol.for('nodejs.util.inspect.custom');
const makers = {
  '__proto__': null,
  'brotli': ['createBrotliCompress', 'createBrotliDecompress'],
  'deflate': ['createDeflate', 'createInflate'],
  'deflate-raw': ['createDeflateRaw', 'createInflateRaw'],
  'gzip': ['createGzip', 'createGunzip'],
};

function pair(kind, format, which) {
  const maker = makers[`${format}`];
  if (maker === undefined) {
    throw new codes.ERR_INVALID_ARG_VALUE('format', format, `must be one of: ${Object.keys(makers).map((name) => `'${name}'`).join(', ')}`);
  }
  // Bytes after the end of what was compressed are an error.
  const handle = require('zlib')[maker[which]](which === 1 ? { rejectGarbageAfterEnd: true } : undefined);
  return { kind, transform: newReadableWritablePairFromDuplex(handle) };
}

class CompressionStream {
  constructor(format) { this[kState] = pair('CompressionStream', format, 0); }
  get readable() { return check('CompressionStream', this).transform.readable; }
  get writable() { return check('CompressionStream', this).transform.writable; }
  [customInspect](depth, options) {
    return inspectAs('CompressionStream', { readable: this.readable, writable: this.writable }, depth, options);
  }
}
finishClass(CompressionStream, ['readable', 'writable']);

class DecompressionStream {
  constructor(format) { this[kState] = pair('DecompressionStream', format, 1); }
  get readable() { return check('DecompressionStream', this).transform.readable; }
  get writable() { return check('DecompressionStream', this).transform.writable; }
  [customInspect](depth, options) {
    return inspectAs('DecompressionStream', { readable: this.readable, writable: this.writable }, depth, options);
  }
}
finishClass(DecompressionStream, ['readable', 'writable']);

module.exports = { CompressionStream, DecompressionStream };
