'use strict';
// internal/fs/vectored: reading into and writing from several buffers with one call.
// API: https://nodejs.org/docs/latest-v24.x/api/fs.html#fsreadvfd-buffers-position-callback
// Binding functions: readv, writev.

const natives = binding('fs');
const { validateBufferArray, validateCallback, validateFd, writePosition } = require('internal/fs/utils');

function readv(fd, buffers, position, callback) {
  fd = validateFd(fd);
  validateBufferArray(buffers);
  callback ||= position;
  validateCallback(callback);
  natives.readv(fd, buffers, writePosition(position), (error, count) => callback(error, count || 0, buffers));
}

function readvSync(fd, buffers, position) {
  fd = validateFd(fd);
  validateBufferArray(buffers);
  return natives.readv(fd, buffers, writePosition(position));
}

function writev(fd, buffers, position, callback) {
  fd = validateFd(fd);
  validateBufferArray(buffers);
  callback ||= position;
  validateCallback(callback);
  if (buffers.length === 0) {
    process.nextTick(callback, null, 0, buffers);
    return;
  }
  natives.writev(fd, buffers, writePosition(position), (error, count) => callback(error, count || 0, buffers));
}

function writevSync(fd, buffers, position) {
  fd = validateFd(fd);
  validateBufferArray(buffers);
  return buffers.length === 0 ? 0 : natives.writev(fd, buffers, writePosition(position));
}

module.exports = { readv, readvSync, writev, writevSync };
