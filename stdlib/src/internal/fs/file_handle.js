'use strict';
// internal/fs/file_handle: FileHandle, an open file for promises.
// API: https://nodejs.org/docs/latest-v24.x/api/fs.html#class-filehandle
// Binding functions: close, read, write, readv, writev, fstat, ftruncate, fsync, fdatasync, fchmod, fchown, futimes.
//
// A handle counts its users: itself until close() is called, and each running call or stream. The descriptor is closed
// when the last one is gone, so a number that the system gave to another file is never written to.

const natives = binding('fs');
const EventEmitter = require('events');
const { codes } = require('internal/errors');
const {
  parseFileMode, validateBuffer, validateEncoding, validateInteger, validateObject, validateBoolean,
} = require('internal/validators');
const {
  getOptions, toUnixTimestamp, validateBufferArray, validateReadPosition, validateReadRange, validateWriteRange,
  writePosition,
} = require('internal/fs/utils');

const { ERR_INVALID_ARG_TYPE, ERR_INVALID_ARG_VALUE, ERR_INVALID_STATE } = codes;

const DEFAULT_READ_LENGTH = 16384;

const kRef = Symbol('ref');
const kUnref = Symbol('unref');
const kCall = Symbol('call');

class FileHandle extends EventEmitter {
  #fd;
  #nUsers = 1;
  #closing = null; // the promise of close()
  #closed = null; // what settles it
  #isStreaming = false;

  constructor(fd) {
    super();
    this.#fd = fd;
  }

  get fd() {
    return this.#fd;
  }

  [kRef]() {
    this.#nUsers++;
  }

  [kUnref]() {
    if (--this.#nUsers > 0) return;
    const fd = this.#fd;
    this.#fd = -1;
    const { resolve, reject } = this.#closed ?? { resolve() {}, reject() {} };
    natives.close(fd, (error) => {
      if (error) reject(error);
      else resolve();
    });
  }

  // Runs one binding call while the handle is kept open; `start(fd, done)` begins it.
  [kCall](name, start) {
    if (this.#fd === -1) {
      const error = new Error('file closed');
      error.code = 'EBADF';
      error.syscall = name;
      return Promise.reject(error);
    }
    this.#nUsers++;
    return new Promise((resolve, reject) => {
      start(this.#fd, (error, result) => {
        this[kUnref]();
        if (error) reject(error);
        else resolve(result);
      });
    });
  }

  close() {
    if (this.#fd === -1) return Promise.resolve();
    if (this.#closing !== null) return this.#closing;
    const closing = new Promise((resolve, reject) => {
      this.#closed = { resolve, reject };
    });
    this.#closing = closing.finally(() => { this.#closing = null; });
    this[kUnref]();
    this.emit('close');
    return this.#closing;
  }

  async [Symbol.asyncDispose]() {
    await this.close();
  }

  async read(buffer, offset, length, position) {
    if (!ArrayBuffer.isView(buffer)) {
      if (buffer != null) validateObject(buffer, 'options');
      const options = buffer ?? { __proto__: null };
      buffer = options.buffer ?? Buffer.alloc(DEFAULT_READ_LENGTH);
      validateBuffer(buffer);
      offset = options.offset ?? 0;
      length = options.length ?? (buffer.byteLength - offset);
      position = options.position ?? null;
    } else if (offset !== null && typeof offset === 'object') {
      const options = offset;
      offset = options.offset ?? 0;
      length = options.length ?? (buffer.byteLength - offset);
      position = options.position ?? null;
    }
    if (offset == null) offset = 0;
    else validateInteger(offset, 'offset', 0);
    length ??= buffer.byteLength - offset;
    length |= 0;
    if (length === 0) return { __proto__: null, bytesRead: 0, buffer };
    if (buffer.byteLength === 0) {
      throw new ERR_INVALID_ARG_VALUE('buffer', buffer, 'is empty and cannot be written');
    }
    validateReadRange(offset, length, buffer.byteLength);
    position = validateReadPosition(position, length);
    const bytesRead = await this[kCall]('read', (fd, done) => natives.read(fd, buffer, offset, length, position, done));
    return { __proto__: null, bytesRead, buffer };
  }

  async readv(buffers, position) {
    validateBufferArray(buffers);
    position = writePosition(position);
    const bytesRead = await this[kCall]('readv', (fd, done) => natives.readv(fd, buffers, position, done));
    return { __proto__: null, bytesRead, buffers };
  }

  async write(buffer, offset, length, position) {
    if (!ArrayBuffer.isView(buffer)) return this.#writeText(buffer, offset, length);
    if (buffer.byteLength === 0) return { __proto__: null, bytesWritten: 0, buffer };
    if (offset !== null && typeof offset === 'object') {
      ({ offset = 0, length = buffer.byteLength - offset, position = null } = offset);
    }
    if (offset == null) offset = 0;
    else validateInteger(offset, 'offset', 0);
    if (typeof length !== 'number') length = buffer.byteLength - offset;
    if (typeof position !== 'number' && typeof position !== 'bigint') position = null;
    validateWriteRange(offset, length, buffer.byteLength);
    position = writePosition(position);
    const bytesWritten =
      await this[kCall]('write', (fd, done) => natives.write(fd, buffer, offset, length, position, done));
    return { __proto__: null, bytesWritten, buffer };
  }

  async #writeText(text, position, encoding) {
    if (typeof text !== 'string') {
      throw new ERR_INVALID_ARG_TYPE('buffer', ['string', 'Buffer', 'TypedArray', 'DataView'], text);
    }
    validateEncoding(text, encoding);
    const bytes = Buffer.from(text, typeof encoding === 'string' ? encoding : 'utf8');
    position = writePosition(position);
    const bytesWritten =
      await this[kCall]('write', (fd, done) => natives.write(fd, bytes, 0, bytes.length, position, done));
    return { __proto__: null, bytesWritten, buffer: text };
  }

  async writev(buffers, position) {
    validateBufferArray(buffers);
    if (buffers.length === 0) return { __proto__: null, bytesWritten: 0, buffers };
    position = writePosition(position);
    const bytesWritten = await this[kCall]('writev', (fd, done) => natives.writev(fd, buffers, position, done));
    return { __proto__: null, bytesWritten, buffers };
  }

  readFile(options) {
    return require('fs/promises').readFile(this, options);
  }

  writeFile(data, options) {
    return require('fs/promises').writeFile(this, data, options);
  }

  appendFile(data, options) {
    return require('fs/promises').appendFile(this, data, options);
  }

  async stat(options) {
    const bigint = options?.bigint === true;
    const fields = await this[kCall]('fstat', (fd, done) => natives.fstat(fd, bigint, done));
    return require('internal/fs/stats').fromFields(fields);
  }

  async truncate(length = 0) {
    validateInteger(length, 'len');
    await this[kCall]('ftruncate', (fd, done) => natives.ftruncate(fd, Math.max(0, length), done));
  }

  async sync() {
    await this[kCall]('fsync', (fd, done) => natives.fsync(fd, done));
  }

  async datasync() {
    await this[kCall]('fdatasync', (fd, done) => natives.fdatasync(fd, done));
  }

  async chmod(mode) {
    mode = parseFileMode(mode, 'mode');
    await this[kCall]('fchmod', (fd, done) => natives.fchmod(fd, mode, done));
  }

  async chown(uid, gid) {
    require('internal/fs/attributes').validateOwner(uid, gid);
    await this[kCall]('fchown', (fd, done) => natives.fchown(fd, uid, gid, done));
  }

  async utimes(atime, mtime) {
    atime = toUnixTimestamp(atime, 'atime');
    mtime = toUnixTimestamp(mtime, 'mtime');
    await this[kCall]('futimes', (fd, done) => natives.futimes(fd, atime, mtime, done));
  }

  createReadStream(options) {
    return new (require('internal/fs/streams').ReadStream)(undefined, withFd(options, this));
  }

  createWriteStream(options) {
    return new (require('internal/fs/streams').WriteStream)(undefined, withFd(options, this));
  }

  readLines(options) {
    return require('readline').createInterface({ input: this.createReadStream(options), crlfDelay: Infinity });
  }

  readableWebStream(options = { __proto__: null }) {
    if (this.#fd === -1) throw new ERR_INVALID_STATE('The FileHandle is closed');
    if (this.#closing !== null) throw new ERR_INVALID_STATE('The FileHandle is closing');
    if (this.#isStreaming) throw new ERR_INVALID_STATE('The FileHandle is locked');
    validateObject(options, 'options');
    const { type = 'bytes', autoClose = false } = options;
    validateBoolean(autoClose, 'options.autoClose');
    if (type !== 'bytes') {
      process.emitWarning('A non-"bytes" options.type has no effect. A byte-oriented steam is always created.',
                          'ExperimentalWarning');
    }
    this.#isStreaming = true;
    return webStream(this, autoClose);
  }
}

function withFd(options, fd) {
  return { ...getOptions(options, {}), fd };
}

// A byte stream over the rest of the file. It ends with the handle, if that is closed first.
function webStream(handle, autoClose) {
  let controller;
  let isDone = false;
  const finish = () => {
    if (isDone) return;
    isDone = true;
    handle.removeListener('close', finish);
    handle[kUnref]();
    controller.close();
    controller.byobRequest?.respond(0);
  };
  handle[kRef]();
  handle.once('close', finish);
  return new ReadableStream({
    type: 'bytes',
    autoAllocateChunkSize: DEFAULT_READ_LENGTH,
    start(c) { controller = c; },
    async pull() {
      const view = controller.byobRequest.view;
      const { bytesRead } = await handle.read(view, 0, view.byteLength);
      if (isDone) return;
      if (bytesRead > 0) {
        controller.byobRequest.respond(bytesRead);
        return;
      }
      finish();
      if (autoClose) await handle.close();
    },
    async cancel() {
      if (isDone) return;
      isDone = true;
      handle.removeListener('close', finish);
      handle[kUnref]();
      if (autoClose) await handle.close();
    },
  });
}

module.exports = { FileHandle, kCall, kRef, kUnref };
