'use strict';
// internal/fs/whole_file: readFile and writeFile step by step, for callers that want to stop on the way (a signal) or
// that want the bytes on the disk (flush). Everybody else gets one job on the worker pool.
// API: https://nodejs.org/docs/latest-v24.x/api/fs.html#fsreadfilepath-options-callback
// Binding functions: open, close, read, write, fstat.

const natives = binding('fs');
const { AbortError, codes } = require('internal/errors');
const { viewBytes } = require('internal/fs/utils');

const CHUNK_LENGTH = 512 * 1024;
const MAX_LENGTH = 2 ** 31 - 1;
const SIZE_FIELD = 8; // of the list that fstat gives

function aborted(signal) {
  return new AbortError(undefined, { cause: signal.reason });
}

// Runs `steps(fd, done)` with an open file and closes it again, whatever happened; a descriptor of the caller stays open.
function withFile(path, flags, mode, signal, steps, callback) {
  if (signal?.aborted) {
    process.nextTick(callback, aborted(signal));
    return;
  }
  if (typeof path === 'number') {
    steps(path, callback);
    return;
  }
  natives.open(path, flags, mode, (error, fd) => {
    if (error) {
      callback(error);
      return;
    }
    steps(fd, (error, result) => {
      natives.close(fd, (closeError) => {
        error ||= closeError;
        if (error) callback(error);
        else if (result === undefined) callback(null);
        else callback(null, result);
      });
    });
  });
}

function readAll(fd, signal, callback) {
  if (signal?.aborted) {
    callback(aborted(signal));
    return;
  }
  natives.fstat(fd, false, (error, fields) => {
    if (error) {
      callback(error);
      return;
    }
    const size = fields[SIZE_FIELD];
    if (size > MAX_LENGTH) {
      callback(new codes.ERR_FS_FILE_TOO_LARGE(size));
      return;
    }
    const chunks = [];
    const next = () => {
      if (signal?.aborted) {
        callback(aborted(signal));
        return;
      }
      const chunk = Buffer.allocUnsafeSlow(CHUNK_LENGTH);
      natives.read(fd, chunk, 0, CHUNK_LENGTH, -1, (error, count) => {
        if (error) {
          callback(error);
        } else if (count === 0) {
          callback(null, Buffer.concat(chunks));
        } else {
          chunks.push(chunk.subarray(0, count));
          next();
        }
      });
    };
    next();
  });
}

function writeAll(fd, data, signal, callback) {
  const bytes = viewBytes(data);
  let offset = 0;
  const next = () => {
    if (signal?.aborted) {
      callback(aborted(signal));
      return;
    }
    const length = Math.min(CHUNK_LENGTH, bytes.length - offset);
    if (length === 0) {
      callback(null);
      return;
    }
    natives.write(fd, bytes, offset, length, -1, (error, count) => {
      if (error) {
        callback(error);
        return;
      }
      offset += count;
      next();
    });
  };
  next();
}

/** readFile that looks at `options.signal` between its steps. */
function readFile(path, flags, options, callback) {
  const { encoding, signal } = options;
  withFile(path, flags, 0o666, signal, (fd, done) => readAll(fd, signal, done), (error, buffer) => {
    if (error) callback(error);
    else callback(null, encoding && encoding !== 'buffer' ? buffer.toString(encoding) : buffer);
  });
}

/** writeFile that looks at `options.signal` between its steps. */
function writeFile(path, data, flags, mode, options, callback) {
  const { flush, signal } = options;
  withFile(path, flags, mode, signal, (fd, done) => {
    writeAll(fd, data, signal, (error) => {
      if (error || !flush) done(error);
      else require('fs').fsync(fd, done);
    });
  }, callback);
}

/** writeFile that ends with fs.fsync; without a callback everything happens at once. */
function writeFileAndFlush(path, data, flags, mode, callback) {
  const fs = require('fs');
  if (callback !== undefined) {
    writeFile(path, data, flags, mode, { flush: true, signal: undefined }, callback);
    return;
  }
  const fd = typeof path === 'number' ? path : natives.open(path, flags, mode);
  try {
    const bytes = viewBytes(data);
    for (let offset = 0; offset < bytes.length;) offset += natives.write(fd, bytes, offset, bytes.length - offset, -1);
    fs.fsyncSync(fd);
  } finally {
    if (fd !== path) natives.close(fd);
  }
}

module.exports = { readFile, writeFile, writeFileAndFlush };
