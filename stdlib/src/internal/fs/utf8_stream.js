'use strict';
// internal/fs/utf8_stream: fs.Utf8Stream, a small writer for logs. It is no stream.Writable, only writes like one.
// API: https://nodejs.org/docs/latest-v24.x/api/fs.html#class-fsutf8stream
// Binding functions: none; it calls `fs`, or what `options.fs` puts in its place.
//
//   write(text) -> #chunks: [text+text, text, …]     merged up to maxWrite each
//                  #current: one chunk               handed to fs.write, or kept after it failed, to be tried again
//
// What was not written completely stays in #current, cut at a character and never inside of one.

const EventEmitter = require('events');
const { codes } = require('internal/errors');
const { validateBoolean, validateFunction, validateOneOf, validateString, validateUint32 } = require('internal/validators');
const { isFd } = require('internal/fs/utils');
const nodeFs = require('fs');

const DEFAULT_MAX_WRITE = 16 * 1024;
const RETRY_DELAY_MS = 100;
const FIRST_OWN_FD = 3; // standard input, output and error are not ours to close

class Utf8Stream extends EventEmitter {
  #fs;
  #options;
  #maxWrite;
  #retry;
  #fd = -1;
  #file = null;
  #chunks = [];
  #current = null;
  #length = 0; // of #chunks and #current, in UTF-16 units or bytes
  #isWriting = false;
  #isOpening = false;
  #isReopening = false;
  #isEnding = false;
  #isDestroyed = false;
  #isClosing = false;
  #hasDrainPlanned = false;
  #flushes = []; // callbacks that wait for everything to be written
  #timer = null;

  constructor(options) {
    super();
    const { append = true, contentMode = 'utf8', dest, fd, fs = {}, fsync = false, maxLength = 0,
            maxWrite = DEFAULT_MAX_WRITE, minLength = 0, mkdir = false, mode, periodicFlush = 0,
            retryEAGAIN = () => true, sync = false } = options ?? {};
    validateBoolean(append, 'options.append');
    validateOneOf(contentMode, 'options.contentMode', ['utf8', 'buffer']);
    validateBoolean(fsync, 'options.fsync');
    validateUint32(maxLength, 'options.maxLength');
    validateUint32(maxWrite, 'options.maxWrite');
    validateUint32(minLength, 'options.minLength');
    validateBoolean(mkdir, 'options.mkdir');
    validateUint32(periodicFlush, 'options.periodicFlush');
    validateFunction(retryEAGAIN, 'options.retryEAGAIN');
    validateBoolean(sync, 'options.sync');
    if (minLength >= maxWrite) {
      throw new codes.ERR_INVALID_ARG_VALUE('options.minLength', minLength, `must be smaller than maxWrite (${maxWrite})`);
    }
    this.#fs = Object.assign(Object.create(nodeFs), fs);
    this.#options = { append, contentMode, fsync, maxLength, minLength, mkdir, mode, periodicFlush, sync };
    this.#maxWrite = maxWrite;
    this.#retry = retryEAGAIN;
    if (isFd(fd)) {
      this.#fd = fd;
      process.nextTick(() => this.emit('ready'));
    } else {
      validateString(dest, 'options.dest');
      this.#open(dest);
    }
    if (periodicFlush > 0) {
      this.#timer = setInterval(() => this.flush(), periodicFlush);
      this.#timer.unref();
    }
  }

  get append() { return this.#options.append; }
  get contentMode() { return this.#options.contentMode; }
  get fd() { return this.#fd; }
  get file() { return this.#file; }
  get fsync() { return this.#options.fsync; }
  get maxLength() { return this.#options.maxLength; }
  get minLength() { return this.#options.minLength; }
  get mkdir() { return this.#options.mkdir; }
  get mode() { return this.#options.mode; }
  get periodicFlush() { return this.#options.periodicFlush; }
  get sync() { return this.#options.sync; }
  get writing() { return this.#isWriting; }

  // Opening

  #open(file) {
    const { append, mkdir, mode, sync } = this.#options;
    const flags = append ? 'a' : 'w';
    const directory = require('path').dirname(file);
    const fs = this.#fs;
    this.#isOpening = true;
    if (sync) {
      try {
        if (mkdir) fs.mkdirSync(directory, { recursive: true });
        this.#opened(null, fs.openSync(file, flags, mode), file);
      } catch (error) {
        this.#opened(error, -1, file);
        throw error;
      }
    } else if (mkdir) {
      fs.mkdir(directory, { recursive: true }, (error) => {
        if (error) this.#opened(error, -1, file);
        else fs.open(file, flags, mode, (error, fd) => this.#opened(error, fd, file));
      });
    } else {
      fs.open(file, flags, mode, (error, fd) => this.#opened(error, fd, file));
    }
  }

  #opened(error, fd, file) {
    this.#isOpening = false;
    const wasReopening = this.#isReopening;
    this.#isReopening = false;
    if (error) {
      if (this.#options.sync) process.nextTick(() => this.listenerCount('error') > 0 && this.emit('error', error));
      else this.emit('error', error);
      return;
    }
    this.#fd = fd;
    this.#file = file;
    if (this.#options.sync) process.nextTick(() => this.emit('ready'));
    else this.emit('ready');
    if (this.#isDestroyed) return;
    if (this.#isDue() || (this.#flushes.length > 0 && this.#length > 0)) this.#writeNext();
    else if (wasReopening) this.#planDrain();
    else this.#finishFlushes(null);
  }

  /** Goes on with a file opened anew, as after a log was rotated: the same name, or another. */
  reopen(file) {
    this.#refuseDestroyed();
    if (this.#isOpening) {
      this.once('ready', () => this.reopen(file));
      return;
    }
    if (this.#isEnding) return;
    if (this.#file === null) throw new codes.ERR_INVALID_STATE('Utf8Stream has no file to open again');
    if (file) this.#file = file;
    this.#isReopening = true;
    if (this.#isWriting) return;
    const fd = this.#fd;
    this.once('ready', () => {
      if (fd !== this.#fd) this.#fs.close(fd, (error) => error && this.emit('error', error));
    });
    this.#open(this.#file);
  }

  // Writing

  /** @returns {boolean} whether there is room for more before 'drain' */
  write(data) {
    this.#refuseDestroyed();
    if (this.#options.contentMode === 'utf8') data = String(data);
    else if (!Buffer.isBuffer(data)) data = Buffer.from(data);
    const { maxLength } = this.#options;
    if (maxLength > 0 && this.#length + data.length > maxLength) {
      this.emit('drop', data);
      return this.#hasRoom();
    }
    this.#length += data.length;
    const last = this.#chunks.length - 1;
    if (last >= 0 && this.#chunks[last].length + data.length <= this.#maxWrite) {
      this.#chunks[last] = typeof data === 'string' ? this.#chunks[last] + data : Buffer.concat([this.#chunks[last], data]);
    } else {
      this.#chunks.push(data);
    }
    if (!this.#isWriting && !this.#isOpening && this.#isDue()) this.#writeNext();
    return this.#hasRoom();
  }

  #hasRoom() {
    return this.#length < Math.max(this.#options.minLength, this.#maxWrite);
  }

  #isDue() {
    return !this.#isWriting && this.#length > 0 && this.#length >= this.#options.minLength;
  }

  #writeNext() {
    this.#isWriting = true;
    if (this.#current === null) this.#current = this.#chunks.shift();
    if (!this.#options.sync) {
      this.#startWrite();
      return;
    }
    while (this.#current !== null) {
      try {
        this.#take(this.#writeSync(this.#current));
      } catch (error) {
        if (!this.#mayRetry(error, this.#current)) {
          this.#failed(error);
          return;
        }
        require('internal/util').sleep(RETRY_DELAY_MS);
      }
    }
    this.#wrote();
  }

  #startWrite() {
    const done = (error, count) => {
      if (error) {
        if (this.#mayRetry(error, this.#current)) setTimeout(() => this.#startWrite(), RETRY_DELAY_MS);
        else this.#failed(error);
        return;
      }
      this.#take(count);
      if (this.#current !== null) this.#startWrite();
      else this.#wrote();
    };
    if (typeof this.#current === 'string') this.#fs.write(this.#fd, this.#current, null, 'utf8', done);
    else this.#fs.write(this.#fd, this.#current, done);
  }

  #writeSync(chunk) {
    if (typeof chunk === 'string') return this.#fs.writeSync(this.#fd, chunk, null, 'utf8');
    return this.#fs.writeSync(this.#fd, chunk);
  }

  #mayRetry(error, chunk) {
    if (error.code !== 'EAGAIN' && error.code !== 'EBUSY') return false;
    return this.#retry(error, chunk.length, this.#length - chunk.length);
  }

  // The first `count` bytes of #current are written.
  #take(count) {
    const rest = afterBytes(this.#current, count);
    this.#length -= this.#current.length - rest.length;
    this.#current = rest.length > 0 ? rest : null;
    if (count > 0) this.emit('write', count);
  }

  #failed(error) {
    this.#isWriting = false;
    this.#finishFlushes(error);
    if (this.#isDestroyed) this.#close();
    this.emit('error', error);
  }

  #wrote() {
    if (this.#options.fsync) this.#fs.fsyncSync(this.#fd);
    this.#isWriting = false;
    const isFlushing = this.#flushes.length > 0;
    if (this.#length === 0 || this.#isDestroyed) this.#finishFlushes(null);
    if (this.#isDestroyed) {
      this.#close();
    } else if (this.#isReopening) {
      this.#isReopening = false;
      this.reopen();
    } else if (this.#isDue() || (this.#length > 0 && (this.#isEnding || isFlushing))) {
      this.#writeNext();
    } else if (this.#isEnding) {
      this.#close();
    } else if (this.#options.sync) {
      this.#planDrain();
    } else {
      this.emit('drain');
    }
  }

  #planDrain() {
    if (this.#hasDrainPlanned) return;
    this.#hasDrainPlanned = true;
    process.nextTick(() => {
      this.#hasDrainPlanned = false;
      if (!this.#isDestroyed && !this.#isWriting && !this.#isDue()) this.emit('drain');
    });
  }

  // Flushing

  /** Writes what is waiting, whatever minLength says, and brings it to the disk. */
  flush(callback) {
    if (callback !== undefined) validateFunction(callback, 'callback');
    if (this.#isDestroyed) {
      const error = new codes.ERR_INVALID_STATE('Utf8Stream is destroyed');
      if (callback === undefined) throw error;
      callback(error);
      return;
    }
    if (callback !== undefined) this.#flushes.push(callback);
    if (this.#isWriting || this.#isOpening) return;
    if (this.#length > 0) {
      this.#writeNext();
    } else {
      this.#finishFlushes(null);
      this.#planDrain();
    }
  }

  #finishFlushes(error) {
    if (this.#flushes.length === 0) return;
    const callbacks = this.#flushes;
    this.#flushes = [];
    const done = (error) => {
      for (let i = 0; i < callbacks.length; i++) process.nextTick(callbacks[i], error);
    };
    if (error || this.#options.fsync || this.#fd === -1) done(error);
    else this.#fs.fsync(this.#fd, (error) => done(error && error.code !== 'EBADF' ? error : null));
  }

  /** The same, at once. A write that is already on its way is not waited for. */
  flushSync() {
    this.#refuseDestroyed();
    if (this.#fd === -1) throw new codes.ERR_INVALID_STATE('Utf8Stream has no file yet');
    if (!this.#isWriting && this.#current !== null) {
      this.#chunks.unshift(this.#current);
      this.#current = null;
    }
    while (this.#chunks.length > 0) {
      const chunk = this.#chunks[0];
      try {
        const rest = afterBytes(chunk, this.#writeSync(chunk));
        this.#length -= chunk.length - rest.length;
        if (rest.length > 0) this.#chunks[0] = rest;
        else this.#chunks.shift();
      } catch (error) {
        if (!this.#mayRetry(error, chunk)) throw error;
        require('internal/util').sleep(RETRY_DELAY_MS);
      }
    }
    try {
      this.#fs.fsyncSync(this.#fd);
    } catch {
      // Not every file can be brought to a disk: pipes and terminals can't.
    }
  }

  // Ending

  /** Writes what is waiting, then closes. */
  end() {
    this.#refuseDestroyed();
    if (this.#isOpening) {
      this.once('ready', () => this.#isDestroyed || this.end());
      return;
    }
    if (this.#isEnding) return;
    this.#isEnding = true;
    if (this.#isWriting) return;
    if (this.#length > 0 && this.#fd !== -1) this.#writeNext();
    else this.#close();
  }

  /** Closes; what is waiting is lost, what is being written is not. */
  destroy() {
    if (this.#isDestroyed) return;
    this.#isDestroyed = true;
    if (this.#isOpening) this.once('ready', () => this.#close());
    else if (!this.#isWriting) this.#close();
  }

  [Symbol.dispose]() {
    this.destroy();
  }

  #close() {
    if (this.#isClosing) return;
    this.#isClosing = true;
    this.#isDestroyed = true;
    clearInterval(this.#timer);
    const fd = this.#fd;
    const finish = (error) => {
      if (error) {
        this.emit('error', error);
        return;
      }
      if (this.#isEnding) this.emit('finish');
      this.emit('close');
    };
    const close = () => {
      if (fd >= FIRST_OWN_FD) this.#fs.close(fd, finish);
      else process.nextTick(finish);
    };
    if (this.#options.fsync) close();
    else this.#fs.fsync(fd, close);
  }

  #refuseDestroyed() {
    if (this.#isDestroyed) throw new codes.ERR_INVALID_STATE('Utf8Stream is destroyed');
  }
}

// What is left of a chunk after `count` bytes of it. A character that was written in part counts as not written.
function afterBytes(chunk, count) {
  if (count === undefined) return chunk.slice(chunk.length);
  if (typeof chunk !== 'string') return chunk.subarray(count);
  const bytes = Buffer.from(chunk);
  if (count >= bytes.length) return '';
  while (count > 0 && (bytes[count] & 0xc0) === 0x80) count--;
  return bytes.toString('utf8', count);
}

module.exports = { Utf8Stream };
