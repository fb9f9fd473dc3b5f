'use strict';

// internal/zlib/one_shot: zlib's functions that take all at once: gzip(buffer[, options], callback), gzipSync, …
// API: https://nodejs.org/docs/latest-v24.x/api/zlib.html#convenience-methods
// Binding zlib: run (on the worker pool), runSync.

const native = binding('zlib');
const { settingsOf, toArray } = require('internal/zlib/settings');

function bytesOf(buffer) {
  if (typeof buffer === 'string') return Buffer.from(buffer);
  if (ArrayBuffer.isView(buffer)) return buffer;
  if (require('internal/util/types').isAnyArrayBuffer(buffer)) return Buffer.from(buffer);
  const { codes } = require('internal/errors');
  throw new codes.ERR_INVALID_ARG_TYPE(
    'buffer', ['string', 'Buffer', 'TypedArray', 'DataView', 'ArrayBuffer'], buffer);
}

function withEngine(kind, set, options, buffer) {
  if (!set.info) return buffer;
  return { buffer, engine: new (require('internal/zlib/streams')[kind])(options) };
}

function runSync(kind, buffer, options) {
  const input = bytesOf(buffer);
  const set = settingsOf(kind, options);
  return withEngine(kind, set, options, native.runSync(input, toArray(set)));
}

function run(kind, buffer, options, callback) {
  if (typeof options === 'function') {
    callback = options;
    options = {};
  }
  require('internal/validators').validateFunction(callback, 'callback');
  const input = bytesOf(buffer);
  const set = settingsOf(kind, options);
  native.run(input, toArray(set), (err, result) => {
    if (err) callback(err);
    else callback(null, withEngine(kind, set, options, result));
  });
}

module.exports = { run, runSync };
