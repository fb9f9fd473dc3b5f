'use strict';
// internal/fs/descriptors: reading, writing and truncating at an open file.
// API: https://nodejs.org/docs/latest-v24.x/api/fs.html#fsreadfd-buffer-offset-length-position-callback
// Binding functions: read, write, ftruncate, truncate, fsync, fdatasync.

const natives = binding('fs');
const { codes } = require('internal/errors');
const { validateBuffer, validateInteger, validateObject } = require('internal/validators');
const {
  validateCallback, validateFd, validatePath, validateReadPosition, validateReadRange, validateWriteRange, writePosition,
} = require('internal/fs/utils');

const DEFAULT_READ_LENGTH = 16384;

// Reading: fs.read(fd, buffer, offset, length, position), (fd, buffer, options), (fd, options), (fd); a callback last.

function read(fd, buffer, offset, length, position, callback) {
  fd = validateFd(fd);
  let options = null;
  if (arguments.length <= 4) {
    if (arguments.length === 4) {
      options = offset;
      callback = length;
    } else if (arguments.length === 3) {
      callback = offset;
      if (!ArrayBuffer.isView(buffer)) {
        options = buffer;
        buffer = readBuffer(options);
      }
    } else {
      callback = buffer;
      buffer = Buffer.alloc(DEFAULT_READ_LENGTH);
    }
    if (options != null) validateObject(options, 'options');
    offset = options?.offset ?? 0;
    length = options?.length ?? (buffer?.byteLength - offset);
    position = options?.position ?? null;
  }
  validateBuffer(buffer);
  validateCallback(callback);
  offset = readOffset(offset);
  length |= 0;
  if (length === 0) {
    process.nextTick(callback, null, 0, buffer);
    return;
  }
  position = checkRead(buffer, offset, length, position);
  natives.read(fd, buffer, offset, length, position, (error, bytesRead) => callback(error, bytesRead || 0, buffer));
}

function readSync(fd, buffer, offset, length, position) {
  fd = validateFd(fd);
  validateBuffer(buffer);
  if (arguments.length <= 3 || (offset !== null && typeof offset === 'object')) {
    if (offset != null) validateObject(offset, 'options');
    const options = offset;
    offset = options?.offset ?? 0;
    length = options?.length ?? (buffer.byteLength - offset);
    position = options?.position ?? null;
  }
  offset = readOffset(offset);
  length |= 0;
  if (length === 0) return 0;
  position = checkRead(buffer, offset, length, position);
  return natives.read(fd, buffer, offset, length, position);
}

function readBuffer(options) {
  const buffer = options?.buffer;
  return buffer === undefined ? Buffer.alloc(DEFAULT_READ_LENGTH) : buffer;
}

function readOffset(offset) {
  if (offset == null) return 0;
  validateInteger(offset, 'offset', 0);
  return offset;
}

function checkRead(buffer, offset, length, position) {
  if (buffer.byteLength === 0) {
    throw new codes.ERR_INVALID_ARG_VALUE('buffer', buffer, 'is empty and cannot be written');
  }
  validateReadRange(offset, length, buffer.byteLength);
  return validateReadPosition(position, length);
}

// Writing: (fd, buffer, offset, length, position), (fd, buffer, options) or (fd, string, position, encoding).

function write(fd, buffer, offset, length, position, callback) {
  fd = validateFd(fd);
  if (!ArrayBuffer.isView(buffer)) {
    callback = typeof position === 'function' ? position : typeof length === 'function' ? length : offset;
    if (callback === offset) offset = null;
    return writeText(fd, buffer, offset, typeof length === 'string' ? length : 'utf8', callback);
  }
  callback ||= position || length || offset;
  validateCallback(callback);
  if (offset !== null && typeof offset === 'object') {
    ({ offset = 0, length = buffer.byteLength - offset, position = null } = offset);
  }
  if (typeof length === 'function') length = undefined;
  if (typeof position === 'function') position = null;
  if (offset == null || typeof offset === 'function') offset = 0;
  else validateInteger(offset, 'offset', 0);
  if (typeof length !== 'number') length = buffer.byteLength - offset;
  validateWriteRange(offset, length, buffer.byteLength);
  natives.write(fd, buffer, offset, length, writePosition(position),
                (error, bytesWritten) => callback(error, bytesWritten || 0, buffer));
}

function writeText(fd, text, position, encoding, callback) {
  const bytes = textBytes(text, encoding);
  validateCallback(callback);
  natives.write(fd, bytes, 0, bytes.length, writePosition(position),
                (error, bytesWritten) => callback(error, bytesWritten || 0, text));
}

function textBytes(text, encoding) {
  if (typeof text !== 'string') {
    throw new codes.ERR_INVALID_ARG_TYPE('buffer', ['string', 'Buffer', 'TypedArray', 'DataView'], text);
  }
  checkTextEncoding(text, encoding);
  return Buffer.from(text, encoding);
}

// Node's rule for text in an encoding that can't hold it: hex needs whole bytes.
function checkTextEncoding(text, encoding) {
  if (encoding === 'hex' && text.length % 2 !== 0) {
    throw new codes.ERR_INVALID_ARG_VALUE('encoding', encoding, `is invalid for data of length ${text.length}`);
  }
}

function writeSync(fd, buffer, offset, length, position) {
  fd = validateFd(fd);
  if (!ArrayBuffer.isView(buffer)) {
    const bytes = textBytes(buffer, typeof length === 'string' ? length : 'utf8');
    return natives.write(fd, bytes, 0, bytes.length, writePosition(offset));
  }
  if (offset !== null && typeof offset === 'object') {
    ({ offset = 0, length = buffer.byteLength - offset, position = null } = offset);
  }
  if (offset == null) offset = 0;
  else validateInteger(offset, 'offset', 0);
  if (typeof length !== 'number') length = buffer.byteLength - offset;
  validateWriteRange(offset, length, buffer.byteLength);
  return natives.write(fd, buffer, offset, length, writePosition(position));
}

// Length and storage.

function ftruncate(fd, length = 0, callback) {
  if (typeof length === 'function') {
    callback = length;
    length = 0;
  }
  fd = validateFd(fd);
  validateInteger(length, 'len');
  validateCallback(callback);
  natives.ftruncate(fd, Math.max(0, length), callback);
}

function ftruncateSync(fd, length = 0) {
  fd = validateFd(fd);
  validateInteger(length, 'len');
  natives.ftruncate(fd, Math.max(0, length));
}

function truncate(path, length, callback) {
  if (typeof length === 'function') {
    callback = length;
    length = 0;
  } else if (length === undefined) {
    length = 0;
  }
  validateInteger(length, 'len');
  validateCallback(callback);
  natives.truncate(validatePath(path), Math.max(0, length), callback);
}

function truncateSync(path, length = 0) {
  validateInteger(length, 'len');
  natives.truncate(validatePath(path), Math.max(0, length));
}

function fsync(fd, callback) {
  fd = validateFd(fd);
  natives.fsync(fd, validateCallback(callback));
}

function fsyncSync(fd) {
  natives.fsync(validateFd(fd));
}

function fdatasync(fd, callback) {
  fd = validateFd(fd);
  natives.fdatasync(fd, validateCallback(callback));
}

function fdatasyncSync(fd) {
  natives.fdatasync(validateFd(fd));
}

module.exports = {
  fdatasync, fdatasyncSync, fsync, fsyncSync, ftruncate, ftruncateSync, read, readSync, truncate, truncateSync, write,
  writeSync,
};
