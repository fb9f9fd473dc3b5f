'use strict';
// internal/fs/streams: fs.ReadStream and fs.WriteStream.
// API: https://nodejs.org/docs/latest-v24.x/api/fs.html#fscreatereadstreampath-options
// Binding functions: none; the streams call the functions of `fs` (or of `options.fs`), so that a program that replaces
// those sees every call. The constructors are plain functions because libraries call them on objects of their own.

const { Readable, Writable, finished } = require('stream');
const { errorOrDestroy } = require('internal/streams/destroy');
const { codes } = require('internal/errors');
const { validateBoolean, validateFunction, validateInteger } = require('internal/validators');
const { getOptions, validateFd, validatePath, isFileUrl } = require('internal/fs/utils');

const { ERR_INVALID_ARG_TYPE, ERR_INVALID_THIS, ERR_METHOD_NOT_IMPLEMENTED, ERR_OUT_OF_RANGE } = codes;

const READ_LENGTH = 64 * 1024;
const MAX_RETRIES = 5; // of a write that the system wants again (EAGAIN)

const kFs = Symbol('fs');
const kHandle = Symbol('handle');
const kBusy = Symbol('busy'); // a read or write is on the worker pool: the descriptor must stay open
const kIdle = Symbol('idle'); // event: it has come back

// The calls of a FileHandle in the shape of `fs`.
function handleFs(handle) {
  const settle = (promise, count, callback) => {
    promise.then((result) => process.nextTick(callback, null, result[count], result.buffer ?? result.buffers),
                 (error) => process.nextTick(callback, error));
  };
  return {
    read: (fd, buffer, offset, length, position, callback) =>
      settle(handle.read(buffer, offset, length, position ?? null), 'bytesRead', callback),
    write: (fd, buffer, offset, length, position, callback) =>
      settle(handle.write(buffer, offset, length, position ?? null), 'bytesWritten', callback),
    writev: (fd, buffers, position, callback) => settle(handle.writev(buffers, position), 'bytesWritten', callback),
    fsync: (fd, callback) => handle.sync().then(() => callback(null), callback),
    close: (fd, callback) => {
      handle[require('internal/fs/file_handle').kUnref]();
      handle.close().then(() => callback(null), callback);
    },
  };
}

/** Sets fd, path and the functions to call. A stream over an open file has no path. */
function adopt(stream, path, options) {
  const { fd, fs: override } = options;
  stream.fd = null;
  stream[kHandle] = null;
  if (fd == null) {
    stream[kFs] = override ?? require('fs');
    stream.path = isFileUrl(path) ? require('url').fileURLToPath(path) : path;
    validatePath(stream.path);
  } else if (typeof fd === 'object' && fd instanceof require('internal/fs/file_handle').FileHandle) {
    if (override) throw new ERR_METHOD_NOT_IMPLEMENTED('FileHandle with fs');
    stream[kHandle] = fd;
    stream[kFs] = handleFs(fd);
    stream.fd = fd.fd;
    fd[require('internal/fs/file_handle').kRef]();
    fd.on('close', () => stream.close());
  } else {
    stream[kFs] = override ?? require('fs');
    stream.fd = validateFd(fd, 'options.fd');
  }
}

function checkOverride(override, names) {
  for (let i = 0; i < names.length; i++) validateFunction(override[names[i]], `options.fs.${names[i]}`);
}

function streamOptions(options) {
  options = { __proto__: null, ...getOptions(options, {}) };
  if (options.autoClose === undefined) options.autoClose = true;
  if (options.emitClose === undefined) options.emitClose = true;
  options.autoDestroy = options.autoClose;
  return options;
}

function checkRange(start, end) {
  if (start !== undefined) validateInteger(start, 'start', 0);
  if (end !== undefined && end !== Infinity) validateInteger(end, 'end', 0);
  if (start !== undefined && end !== undefined && start > end) {
    throw new ERR_OUT_OF_RANGE('start', `<= "end" (here: ${end})`, start);
  }
}

function construct(callback) {
  if (typeof this.fd === 'number') {
    callback();
  } else if (this.open !== openStream) {
    constructByOpen(this, callback);
  } else {
    this[kFs].open(this.path, this.flags, this.mode, (error, fd) => {
      if (error) {
        callback(error);
        return;
      }
      this.fd = fd;
      // A write made by an 'open' listener stands behind those that were waiting for the file.
      process.nextTick(callback);
      this.emit('open', fd);
      this.emit('ready');
    });
  }
}

// A program gave the stream an open() of its own, as older versions of Node allowed: its 'open' or 'error' event ends
// the construction.
function constructByOpen(stream, callback) {
  const emit = stream.emit;
  stream.emit = function(name, value) {
    if (name === 'open') {
      stream.emit = emit;
      callback();
    } else if (name === 'error') {
      stream.emit = emit;
      callback(value);
      return true;
    }
    return Reflect.apply(emit, stream, arguments);
  };
  stream.open();
}

function openStream() {}

function closeDescriptor(stream, error, callback) {
  const fd = stream.fd;
  if (fd == null) {
    callback(error);
    return;
  }
  const close = (error) => {
    stream[kFs].close(fd, (closeError) => callback(closeError || error));
    stream.fd = null;
  };
  if (stream.flush) stream[kFs].fsync(fd, (syncError) => close(error || syncError));
  else close(error);
}

function destroyStream(error, callback) {
  if (this[kBusy]) this.once(kIdle, (ioError) => closeDescriptor(this, error || ioError, callback));
  else closeDescriptor(this, error, callback);
}

// Marks the end of a call on the pool. True when the stream was destroyed meanwhile, and waits for just that.
function endOfCall(stream, error) {
  stream[kBusy] = false;
  if (!stream.destroyed) return false;
  stream.emit(kIdle, error);
  return true;
}

function ReadStream(path, options) {
  if (!(this instanceof ReadStream)) return new ReadStream(path, options);
  options = streamOptions(options);
  if (options.highWaterMark === undefined) options.highWaterMark = READ_LENGTH;
  if (options.fs) {
    if (options.fd == null) checkOverride(options.fs, ['open']);
    checkOverride(options.fs, options.autoClose ? ['read', 'close'] : ['read']);
  }
  adopt(this, path, options);
  this.flags = options.flags === undefined ? 'r' : options.flags;
  this.mode = options.mode === undefined ? 0o666 : options.mode;
  this.start = options.start;
  this.end = options.end ?? Infinity;
  this.pos = undefined;
  this.bytesRead = 0;
  this[kBusy] = false;
  checkRange(this.start, options.end);
  if (this.start !== undefined) this.pos = this.start;
  Reflect.apply(Readable, this, [options]);
  if (options.encoding) this.setEncoding(options.encoding);
}
Object.setPrototypeOf(ReadStream.prototype, Readable.prototype);
Object.setPrototypeOf(ReadStream, Readable);

ReadStream.prototype.open = openStream;
ReadStream.prototype._construct = construct;
ReadStream.prototype._destroy = destroyStream;

ReadStream.prototype._read = function(n) {
  const left = this.pos !== undefined ? this.end - this.pos + 1 : this.end - this.bytesRead + 1;
  if (left < n) n = left;
  if (n <= 0) {
    this.push(null);
    return;
  }
  const buffer = Buffer.allocUnsafeSlow(n);
  this[kBusy] = true;
  this[kFs].read(this.fd, buffer, 0, n, this.pos, (error, bytesRead, buffer) => {
    if (endOfCall(this, error)) return;
    if (error) {
      errorOrDestroy(this, error);
    } else if (bytesRead > 0) {
      if (this.pos !== undefined) this.pos += bytesRead;
      this.bytesRead += bytesRead;
      // A short read must not keep the whole buffer alive.
      this.push(bytesRead === buffer.length ? buffer : Buffer.from(buffer.subarray(0, bytesRead)));
    } else {
      this.push(null);
    }
  });
};

ReadStream.prototype.close = function(callback) {
  if (typeof callback === 'function') finished(this, () => callback());
  this.destroy();
};

function WriteStream(path, options) {
  if (!(this instanceof WriteStream)) return new WriteStream(path, options);
  options = streamOptions(options);
  options.decodeStrings = true;
  if (options.flush == null) options.flush = false;
  else validateBoolean(options.flush, 'options.flush');
  if (options.fs) checkWriteOverride(options);
  adopt(this, path, options);
  this.flush = options.flush;
  this.flags = options.flags === undefined ? 'w' : options.flags;
  this.mode = options.mode === undefined ? 0o666 : options.mode;
  this.start = options.start;
  this.pos = undefined;
  this.bytesWritten = 0;
  this[kBusy] = false;
  // A file system with only one of the two writes gets by with it.
  if (!this[kFs].write) this._write = null;
  if (!this[kFs].writev) this._writev = null;
  if (this.start !== undefined) {
    validateInteger(this.start, 'start', 0);
    this.pos = this.start;
  }
  Reflect.apply(Writable, this, [options]);
  if (options.encoding) this.setDefaultEncoding(options.encoding);
}
Object.setPrototypeOf(WriteStream.prototype, Writable.prototype);
Object.setPrototypeOf(WriteStream, Writable);

function checkWriteOverride(options) {
  const override = options.fs;
  if (options.fd == null) checkOverride(override, ['open']);
  if (!override.write && !override.writev) {
    throw new ERR_INVALID_ARG_TYPE('options.fs.write', 'Function', override.write);
  }
  if (override.write) checkOverride(override, ['write']);
  if (override.writev) checkOverride(override, ['writev']);
  if (options.flush) checkOverride(override, ['fsync']);
  if (options.autoClose) checkOverride(override, ['close']);
}

WriteStream.prototype.open = openStream;
WriteStream.prototype._construct = construct;
WriteStream.prototype._destroy = destroyStream;

function advance(stream, bytesWritten) {
  stream.bytesWritten += bytesWritten;
  if (stream.pos !== undefined) stream.pos += bytesWritten;
}

// Calls `callback` when all of the buffer is written. A system that takes nothing several times in a row is an error.
function writeAll(stream, buffer, position, retries, callback) {
  stream[kFs].write(stream.fd, buffer, 0, buffer.length, position, (error, bytesWritten) => {
    if (error?.code === 'EAGAIN') {
      error = null;
      bytesWritten = 0;
    }
    if (stream.destroyed || error) {
      callback(error || new codes.ERR_STREAM_DESTROYED('write'));
      return;
    }
    advance(stream, bytesWritten);
    if (bytesWritten === buffer.length) {
      callback(null);
      return;
    }
    retries = bytesWritten > 0 ? 0 : retries + 1;
    if (retries > MAX_RETRIES) {
      callback(require('internal/errors').errnoException(-11, 'write'));
      return;
    }
    if (position !== undefined) position += bytesWritten;
    writeAll(stream, bytesWritten > 0 ? buffer.subarray(bytesWritten) : buffer, position, retries, callback);
  });
}

WriteStream.prototype._write = function(chunk, encoding, callback) {
  this[kBusy] = true;
  writeAll(this, chunk, this.pos, 0, (error) => {
    if (endOfCall(this, error)) callback(error);
    else callback(error);
  });
};

WriteStream.prototype._writev = function(entries, callback) {
  const buffers = new Array(entries.length);
  let size = 0;
  for (let i = 0; i < entries.length; i++) {
    buffers[i] = entries[i].chunk;
    size += buffers[i].length;
  }
  this[kBusy] = true;
  this[kFs].writev(this.fd, buffers, this.pos ?? null, (error, bytesWritten) => {
    if (error?.code === 'EAGAIN') {
      error = null;
      bytesWritten = 0;
    }
    if (this.destroyed || error) {
      endOfCall(this, error);
      callback(error || new codes.ERR_STREAM_DESTROYED('write'));
      return;
    }
    advance(this, bytesWritten);
    if (bytesWritten === size) {
      endOfCall(this, null);
      callback(null);
      return;
    }
    writeAll(this, Buffer.concat(buffers).subarray(bytesWritten), this.pos, 0, (error) => {
      endOfCall(this, error);
      callback(error);
    });
  });
};

WriteStream.prototype.close = function(callback) {
  if (callback) {
    if (this.closed) {
      process.nextTick(callback);
      return;
    }
    this.on('close', callback);
  }
  // Without autoDestroy nobody else would close the file once everything is written.
  if (!this.autoClose) this.on('finish', this.destroy);
  this.end();
};

WriteStream.prototype.destroySoon = WriteStream.prototype.end;

function defineState(constructor, stateName, name) {
  Object.defineProperty(constructor.prototype, 'autoClose', {
    __proto__: null,
    configurable: true,
    get() {
      const state = this?.[stateName];
      if (state === undefined) throw new ERR_INVALID_THIS(name);
      return state.autoDestroy;
    },
    set(value) {
      const state = this?.[stateName];
      if (state === undefined) throw new ERR_INVALID_THIS(name);
      state.autoDestroy = value;
    },
  });
  Object.defineProperty(constructor.prototype, 'pending', {
    __proto__: null,
    configurable: true,
    get() { return this.fd === null; },
  });
}
defineState(ReadStream, '_readableState', 'ReadStream');
defineState(WriteStream, '_writableState', 'WriteStream');

module.exports = { FileReadStream: ReadStream, FileWriteStream: WriteStream, ReadStream, WriteStream };
