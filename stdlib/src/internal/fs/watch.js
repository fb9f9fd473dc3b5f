'use strict';
// internal/fs/watch: fs.watch, FSWatcher, and the iterator of fs.promises.watch.
// API: https://nodejs.org/docs/latest-v24.x/api/fs.html#fswatchfilename-options-listener
// Binding functions: watchStart, watchStop, watchSetRef, readdir, lstat. The system watches one directory at a time; a
// recursive watch is one for each directory below, started when a directory appears.

const natives = binding('fs');
const EventEmitter = require('events');
const { AbortError, codes } = require('internal/errors');
const {
  validateAbortSignal, validateBoolean, validateFunction, validateObject, validateOneOf, validateInteger,
} = require('internal/validators');
const { encodeName, getOptions, validatePath } = require('internal/fs/utils');
const { join, relative } = require('path');

const UV_DIRENT_DIR = 2;
const MODE_FIELD = 1;
const S_IFMT = 0o170000;
const S_IFDIR = 0o040000;
const DEFAULT_MAX_QUEUE = 2048;

class FSWatcher extends EventEmitter {
  #ids = new Map(); // path of a watched directory -> number of the watch
  #isClosed = false;
  #isRefd = true;
  #isIgnored = null;
  #known = null; // recursive: every path that is there

  // `start` throws where the path can't be watched.
  start(path, { persistent, recursive, encoding, ignore }) {
    this.#isRefd = persistent;
    this.#isIgnored = ignoreTest(ignore);
    if (recursive && isDirectory(path)) {
      this.#known = new Set();
      this.#watchTree(path.toString(), path.toString(), encoding, false);
    } else {
      this.#ids.set(path, natives.watchStart(path, persistent, (type, name) => this.#change(type, name, encoding)));
    }
  }

  #change(type, name, encoding) {
    const text = encoding === 'buffer' ? name : Buffer.from(name).toString();
    if (this.#isIgnored !== null && this.#isIgnored(text.toString())) return;
    this.emit('change', type, encodeText(text, encoding));
  }

  #watchTree(root, directory, encoding, isNew) {
    if (this.#isClosed || this.#ids.has(directory)) return;
    const id = natives.watchStart(directory, this.#isRefd, (type, name) => {
      this.#changeBelow(root, join(directory, Buffer.from(name).toString()), directory, type, encoding);
    });
    this.#ids.set(directory, id);
    const entries = natives.readdir(directory, false, true, false);
    for (let i = 0; i < entries.length; i += 3) {
      const path = join(directory, entries[i]);
      if (this.#ignores(root, path)) continue;
      this.#known.add(path);
      // What was in a directory before its watch began is news too.
      if (isNew) this.#report(root, path, 'rename', encoding);
      if (entries[i + 1] === UV_DIRENT_DIR) this.#tryWatchTree(root, path, encoding, isNew);
    }
  }

  // The directory may be gone again.
  #tryWatchTree(root, path, encoding, isNew) {
    try {
      this.#watchTree(root, path, encoding, isNew);
    } catch (error) {
      if (error.code !== 'ENOENT' && error.code !== 'ENOTDIR') this.#fail(error, path);
    }
  }

  #changeBelow(root, path, directory, type, encoding) {
    // What happens to a watched directory itself is told by its parent.
    if (path === join(directory, relativeName(directory)) && !this.#known.has(path) && !exists(path)) {
      if (!exists(directory)) this.#forget(directory);
      return;
    }
    if (type === 'rename') {
      if (exists(path)) {
        const wasKnown = this.#known.has(path);
        this.#known.add(path);
        this.#report(root, path, type, encoding);
        if (!wasKnown && isDirectory(path) && !this.#ignores(root, path)) this.#tryWatchTree(root, path, encoding, true);
        return;
      }
      this.#known.delete(path);
      this.#forget(path);
    }
    this.#report(root, path, type, encoding);
  }

  #forget(path) {
    const id = this.#ids.get(path);
    if (id === undefined) return;
    natives.watchStop(id);
    this.#ids.delete(path);
  }

  #ignores(root, path) {
    return this.#isIgnored !== null && this.#isIgnored(relative(root, path));
  }

  #report(root, path, type, encoding) {
    const name = relative(root, path);
    if (this.#isClosed || (this.#isIgnored !== null && this.#isIgnored(name))) return;
    this.emit('change', type, encodeText(name, encoding));
  }

  #fail(error, path) {
    error.filename = path;
    this.close();
    this.emit('error', error);
  }

  close() {
    if (this.#isClosed) return;
    this.#isClosed = true;
    for (const id of this.#ids.values()) natives.watchStop(id);
    this.#ids.clear();
    process.nextTick(emitClose, this);
  }

  ref() {
    this.#setRef(true);
    return this;
  }

  unref() {
    this.#setRef(false);
    return this;
  }

  #setRef(isRefd) {
    this.#isRefd = isRefd;
    for (const id of this.#ids.values()) natives.watchSetRef(id, isRefd);
  }
}

function emitClose(watcher) {
  watcher.emit('close');
}

function relativeName(directory) {
  return require('path').basename(directory);
}

function encodeText(name, encoding) {
  if (typeof name !== 'string') return encodeName(name, encoding);
  return encoding && encoding !== 'utf8' ? encodeName(Buffer.from(name), encoding) : name;
}

function isDirectory(path) {
  try {
    const fields = natives.stat(path, false, false);
    return fields !== undefined && (fields[MODE_FIELD] & S_IFMT) === S_IFDIR;
  } catch {
    return false;
  }
}

function exists(path) {
  try {
    return natives.lstat(path, false, false) !== undefined;
  } catch {
    return false;
  }
}

function validateIgnore(ignore) {
  if (ignore == null) return;
  const all = Array.isArray(ignore) ? ignore : [ignore];
  for (let i = 0; i < all.length; i++) {
    const one = all[i];
    if (typeof one === 'string') {
      if (one === '') throw new codes.ERR_INVALID_ARG_VALUE('options.ignore', one, 'must be a non-empty string');
    } else if (typeof one !== 'function' && !(one instanceof RegExp)) {
      throw new codes.ERR_INVALID_ARG_TYPE('options.ignore', ['string', 'RegExp', 'Function', 'Array'], ignore);
    }
  }
}

// A glob without a slash is about the last name alone.
function ignoreTest(ignore) {
  if (ignore == null) return null;
  const { matchesGlob } = require('internal/fs/glob_pattern');
  const { basename } = require('path');
  const tests = (Array.isArray(ignore) ? ignore : [ignore]).map((one) => {
    if (typeof one === 'function') return one;
    if (typeof one !== 'string') return (name) => one.test(name);
    return (name) => matchesGlob(name, one) || (!one.includes('/') && matchesGlob(basename(name), one));
  });
  return (name) => tests.some((test) => test(name));
}

function watchOptions(options) {
  options = { __proto__: null, persistent: true, recursive: false, encoding: 'utf8', ...getOptions(options, {}) };
  options.persistent ??= true;
  options.recursive ??= false;
  validateBoolean(options.persistent, 'options.persistent');
  validateBoolean(options.recursive, 'options.recursive');
  validateIgnore(options.ignore);
  return options;
}

function startWatcher(path, options) {
  const watcher = new FSWatcher();
  try {
    watcher.start(path, options);
  } catch (error) {
    error.filename = path;
    throw error;
  }
  return watcher;
}

function watch(path, options, listener) {
  if (typeof options === 'function') {
    listener = options;
    options = undefined;
  }
  if (listener !== undefined) validateFunction(listener, 'listener');
  options = watchOptions(options);
  path = validatePath(path, 'filename');
  const watcher = startWatcher(path, options);
  if (listener) watcher.on('change', listener);
  const { signal } = options;
  if (signal) {
    if (signal.aborted) {
      process.nextTick(() => watcher.close());
    } else {
      const stop = () => watcher.close();
      signal.addEventListener('abort', stop, { once: true });
      watcher.once('close', () => signal.removeEventListener('abort', stop));
    }
  }
  return watcher;
}

function iteratorOptions(options) {
  options ??= { __proto__: null };
  validateObject(options, 'options');
  const { persistent = true, recursive = false, encoding = 'utf8', signal, maxQueue = DEFAULT_MAX_QUEUE,
          overflow = 'ignore', ignore } = options;
  validateBoolean(persistent, 'options.persistent');
  validateBoolean(recursive, 'options.recursive');
  validateInteger(maxQueue, 'options.maxQueue', 1);
  validateOneOf(overflow, 'options.overflow', ['ignore', 'throw', 'error']);
  validateAbortSignal(signal, 'options.signal');
  if (encoding && encoding !== 'buffer' && !Buffer.isEncoding(encoding)) {
    throw new codes.ERR_INVALID_ARG_VALUE('options.encoding', encoding);
  }
  validateIgnore(ignore);
  return { persistent, recursive, encoding, signal, maxQueue, overflow, ignore };
}

/** The async iterator of fs.promises.watch: { eventType, filename }, queued while nobody asks. */
async function* watchIterator(path, options) {
  path = validatePath(path, 'filename');
  options = iteratorOptions(options);
  const { signal } = options;
  if (signal?.aborted) throw new AbortError(undefined, { cause: signal.reason });
  const queue = [];
  let wake = null;
  let failure = null;
  const fail = (error) => {
    failure ??= error;
    wake?.();
  };
  const watcher = startWatcher(path, options);
  watcher.on('change', (eventType, filename) => {
    if (queue.length < options.maxQueue) {
      queue.push({ __proto__: null, eventType, filename });
      wake?.();
    } else if (options.overflow !== 'ignore') {
      fail(new codes.ERR_FS_WATCH_QUEUE_OVERFLOW(options.maxQueue));
    } else {
      process.emitWarning('fs.watch maxQueue exceeded');
    }
  });
  watcher.on('error', fail);
  const stop = () => fail(new AbortError(undefined, { cause: signal.reason }));
  signal?.addEventListener('abort', stop, { once: true });
  try {
    while (true) {
      while (queue.length > 0) yield queue.shift();
      if (failure !== null) throw failure;
      await new Promise((resolve) => { wake = resolve; });
      wake = null;
    }
  } finally {
    watcher.close();
    signal?.removeEventListener('abort', stop);
  }
}

module.exports = { FSWatcher, watch, watchIterator };
