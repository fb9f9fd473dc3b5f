'use strict';
// internal/fs/watch_file: fs.watchFile, which looks at a file again and again.
// API: https://nodejs.org/docs/latest-v24.x/api/fs.html#fswatchfilefilename-options-listener
// Binding functions: stat.

const natives = binding('fs');
const EventEmitter = require('events');
const { validateFunction, validateUint32 } = require('internal/validators');
const { validatePath } = require('internal/fs/utils');
const { emptyStats, fromFields } = require('internal/fs/stats');

const DEFAULT_INTERVAL_MS = 5007;

// Fields of the list that stat gives; a new time of last access alone is no change.
const ATIME_FIELD = 10;

const watchers = new Map(); // absolute path -> StatWatcher

class StatWatcher extends EventEmitter {
  #path;
  #bigint;
  #intervalMs;
  #timer = null;
  #last = null; // the fields as they were; undefined: no such file
  #isRefd = true;
  #isStopped = false;

  constructor(path, bigint, intervalMs) {
    super();
    this.#path = path;
    this.#bigint = bigint;
    this.#intervalMs = intervalMs;
  }

  start() {
    this.#look();
  }

  stop() {
    if (this.#isStopped) return;
    this.#isStopped = true;
    clearTimeout(this.#timer);
    process.nextTick(() => this.emit('stop'));
  }

  ref() {
    this.#isRefd = true;
    this.#timer?.ref();
    return this;
  }

  unref() {
    this.#isRefd = false;
    this.#timer?.unref();
    return this;
  }

  #look() {
    natives.stat(this.#path, this.#bigint, true, (error, fields) => {
      if (this.#isStopped) return;
      this.#compare(error ? undefined : fields);
      this.#timer = setTimeout(() => this.#look(), this.#intervalMs);
      if (!this.#isRefd) this.#timer.unref();
    });
  }

  // The first look is news only where there is no file.
  #compare(now) {
    const before = this.#last;
    this.#last = now;
    if (before === null) {
      if (now === undefined) this.#change(undefined, undefined);
    } else if (isChange(before, now)) {
      this.#change(now, before);
    }
  }

  #change(now, before) {
    this.emit('change', this.#stats(now), this.#stats(before));
  }

  #stats(fields) {
    return fields === undefined ? emptyStats(this.#bigint) : fromFields(fields);
  }
}

function isChange(before, now) {
  if (before === undefined || now === undefined) return before !== now;
  for (let i = 0; i < now.length; i++) {
    if (i !== ATIME_FIELD && before[i] !== now[i]) return true;
  }
  return false;
}

function watchFile(filename, options, listener) {
  if (typeof options === 'function') {
    listener = options;
    options = undefined;
  }
  const path = absolute(filename);
  const { interval = DEFAULT_INTERVAL_MS, persistent = true, bigint = false } = options ?? {};
  validateFunction(listener, 'listener');
  validateUint32(interval, 'interval');
  let watcher = watchers.get(path);
  if (watcher === undefined) {
    watcher = new StatWatcher(path, bigint, interval);
    watchers.set(path, watcher);
    watcher.start();
  }
  if (!persistent) watcher.unref();
  watcher.addListener('change', listener);
  return watcher;
}

function unwatchFile(filename, listener) {
  const path = absolute(filename);
  const watcher = watchers.get(path);
  if (watcher === undefined) return;
  if (typeof listener === 'function') watcher.removeListener('change', listener);
  else watcher.removeAllListeners('change');
  if (watcher.listenerCount('change') > 0) return;
  watcher.stop();
  watchers.delete(path);
}

function absolute(filename) {
  return require('path').resolve(validatePath(filename).toString());
}

module.exports = { StatWatcher, unwatchFile, watchFile };
