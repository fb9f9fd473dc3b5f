'use strict';
// internal/fs/dir: fs.Dir, a directory that is read entry by entry.
// API: https://nodejs.org/docs/latest-v24.x/api/fs.html#class-fsdir
// Binding functions: opendir, dirRead, dirClose. An open directory is a number; dirRead gives up to n entries as
// [name, type, name, type, …], and an empty list at the end.
//
//   waiting: [entry, entry, …] <- dirRead(handle, bufferSize)      one read at a time;
//   queued:  [read, close, …]  <- calls that came meanwhile        they run in order when it ends.

const natives = binding('fs');
const { codes } = require('internal/errors');
const { validateBoolean, validateFunction, validateUint32 } = require('internal/validators');
const { encodeName, getOptions, validateCallback, validatePath, wantsBytes } = require('internal/fs/utils');
const { Dirent } = require('internal/fs/dirent');
const { sep, join } = require('path');

const { ERR_DIR_CLOSED, ERR_DIR_CONCURRENT_OPERATION, ERR_INVALID_THIS, ERR_MISSING_ARGS } = codes;

const DEFAULT_OPTIONS = { __proto__: null, encoding: 'utf8', bufferSize: 32, recursive: false };

class Dir {
  #handle;
  #path;
  #options;
  #current; // the directory that #handle reads: #path, or one below it when recursive
  #waiting = [];
  #below = []; // directories that a recursive reading has seen and not opened yet
  #queued = null; // calls that wait for a read on the pool to end
  #isClosed = false;

  constructor(handle, path, options) {
    if (handle == null) throw new ERR_MISSING_ARGS('handle');
    this.#handle = handle;
    this.#path = path;
    this.#current = path;
    this.#options = getOptions(options, DEFAULT_OPTIONS);
    validateUint32(this.#options.bufferSize, 'options.bufferSize', true);
    validateBoolean(this.#options.recursive, 'options.recursive');
  }

  get path() {
    if (!(#path in this)) throw new ERR_INVALID_THIS('Dir');
    return this.#path;
  }

  read(callback) {
    if (callback === undefined) return promiseFor((done) => this.#read(done));
    validateFunction(callback, 'callback');
    this.#read(callback);
  }

  #read(callback) {
    if (this.#isClosed) throw new ERR_DIR_CLOSED();
    if (this.#queued !== null) {
      this.#queued.push(() => this.#readQueued(callback));
      return;
    }
    if (this.#waiting.length > 0) {
      const entry = this.#waiting.shift();
      process.nextTick(callback, null, entry);
      return;
    }
    this.#queued = [];
    this.#fill((error) => {
      if (error) callback(error);
      else callback(null, this.#waiting.shift() ?? null);
    });
  }

  #readQueued(callback) {
    try {
      this.#read(callback);
    } catch (error) {
      callback(error);
    }
  }

  // Reads until there is an entry or nothing more; then lets the calls run that came meanwhile.
  #fill(callback) {
    const finish = (error) => {
      const queued = this.#queued;
      this.#queued = null;
      callback(error);
      for (let i = 0; i < queued.length; i++) queued[i]();
    };
    const step = () => {
      natives.dirRead(this.#handle, wantsBytes(this.#options.encoding), this.#options.bufferSize, (error, list) => {
        if (error) {
          finish(error);
        } else if (list.length > 0) {
          this.#take(list);
          finish(null);
        } else if (this.#below.length === 0) {
          finish(null);
        } else {
          this.#descend(step, finish);
        }
      });
    };
    step();
  }

  #descend(step, finish) {
    const next = this.#below.shift();
    natives.opendir(next, (error, handle) => {
      if (error) {
        finish(error);
        return;
      }
      natives.dirClose(this.#handle);
      this.#handle = handle;
      this.#current = next;
      step();
    });
  }

  #take(list) {
    const { encoding, recursive } = this.#options;
    for (let i = 0; i < list.length; i += 2) {
      const entry = new Dirent(encodeName(list[i], encoding), list[i + 1], this.#current);
      this.#waiting.push(entry);
      if (recursive && entry.isDirectory()) this.#below.push(joinEntry(this.#current, entry.name));
    }
  }

  readSync() {
    if (this.#isClosed) throw new ERR_DIR_CLOSED();
    if (this.#queued !== null) throw new ERR_DIR_CONCURRENT_OPERATION();
    while (this.#waiting.length === 0) {
      const list = natives.dirRead(this.#handle, wantsBytes(this.#options.encoding), this.#options.bufferSize);
      if (list.length > 0) {
        this.#take(list);
      } else {
        if (this.#below.length === 0) return null;
        const next = this.#below.shift();
        const handle = natives.opendir(next);
        natives.dirClose(this.#handle);
        this.#handle = handle;
        this.#current = next;
      }
    }
    return this.#waiting.shift();
  }

  close(callback) {
    if (callback === undefined) {
      if (this.#isClosed) return Promise.reject(new ERR_DIR_CLOSED());
      return promiseFor((done) => this.#close(done));
    }
    validateFunction(callback, 'callback');
    if (this.#isClosed) {
      process.nextTick(callback, new ERR_DIR_CLOSED());
      return;
    }
    this.#close(callback);
  }

  #close(callback) {
    if (this.#queued !== null) {
      this.#queued.push(() => this.#close(callback));
      return;
    }
    if (this.#isClosed) {
      process.nextTick(callback, new ERR_DIR_CLOSED());
      return;
    }
    this.#isClosed = true;
    natives.dirClose(this.#handle, callback);
  }

  closeSync() {
    if (this.#isClosed) throw new ERR_DIR_CLOSED();
    if (this.#queued !== null) throw new ERR_DIR_CONCURRENT_OPERATION();
    this.#isClosed = true;
    natives.dirClose(this.#handle);
  }

  async* entries() {
    try {
      while (true) {
        const entry = await this.read();
        if (entry === null) break;
        yield entry;
      }
    } finally {
      if (!this.#isClosed) await this.close();
    }
  }

  [Symbol.dispose]() {
    if (!this.#isClosed) this.closeSync();
  }

  async [Symbol.asyncDispose]() {
    if (!this.#isClosed) await this.close();
  }
}

Object.defineProperty(Dir.prototype, Symbol.asyncIterator, {
  __proto__: null,
  value: Dir.prototype.entries,
  writable: true,
  configurable: true,
});

function promiseFor(start) {
  return new Promise((resolve, reject) => {
    start((error, result) => {
      if (error) reject(error);
      else resolve(result);
    });
  });
}

function joinEntry(directory, name) {
  if (typeof directory === 'string' && typeof name === 'string') return join(directory, name);
  return Buffer.concat([Buffer.from(directory), Buffer.from(sep), Buffer.from(name)]);
}

function dirOptions(options) {
  options = getOptions(options, DEFAULT_OPTIONS);
  validateUint32(options.bufferSize, 'options.bufferSize', true);
  validateBoolean(options.recursive, 'options.recursive');
  return options;
}

function opendir(path, options, callback) {
  if (typeof options === 'function') {
    callback = options;
    options = undefined;
  }
  validateCallback(callback, 'callback');
  path = validatePath(path);
  options = dirOptions(options);
  natives.opendir(path, (error, handle) => {
    if (error) callback(error);
    else callback(null, new Dir(handle, path, options));
  });
}

function opendirSync(path, options) {
  path = validatePath(path);
  options = dirOptions(options);
  return new Dir(natives.opendir(path), path, options);
}

module.exports = { Dir, opendir, opendirSync };
