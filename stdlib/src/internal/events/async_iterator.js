'use strict';

// internal/events/async_iterator: events.on(), the events of an emitter as an async iterator.
// API: https://nodejs.org/docs/latest-v24.x/api/events.html#eventsonemitter-eventname-options
//
//   event -> waiting reader? resolve it : `events` (queue) -> next()
//
// With a highWaterMark the emitter is paused while the queue is longer than that.

const { AbortError, codes } = require('internal/errors');
const { addAbortListener } = require('internal/events/once');
const { addTargetListener, removeTargetListener } = require('internal/events/targets');
const { validateAbortSignal, validateInteger, validateObject } = require('internal/validators');

const AsyncIteratorPrototype = Object.getPrototypeOf(Object.getPrototypeOf(async function*() {}).prototype);

// What shows watermarks and pausing to Node's own tests and to readline.
const kWatermarkData = Symbol.for('nodejs.watermarkData');

class EventIterator {
  #emitter;
  #event;
  #events = [];
  #readers = [];
  #error = null;
  #finished = false;
  #paused = false;
  #listeners = [];
  #abortListener;
  #high;
  #low;

  constructor(emitter, event, options) {
    const { signal, close } = options;
    this.#emitter = emitter;
    this.#event = event;
    this.#high = options.highWaterMark ?? options.highWatermark ?? Number.MAX_SAFE_INTEGER;
    this.#low = options.lowWaterMark ?? options.lowWatermark ?? 1;
    validateInteger(this.#high, 'options.highWaterMark', 1);
    validateInteger(this.#low, 'options.lowWaterMark', 1);

    this.#listen(event, (...args) => this.#onEvent(args));
    if (event !== 'error' && typeof emitter.on === 'function') this.#listen('error', (error) => this.#onError(error));
    for (let i = 0; i < (close?.length ?? 0); i++) this.#listen(close[i], () => this.#close());
    if (signal !== undefined) {
      this.#abortListener = addAbortListener(signal, () => {
        this.#onError(new AbortError(undefined, { cause: signal.reason }));
      });
    }
  }

  #listen(name, listener) {
    addTargetListener(this.#emitter, name, listener);
    this.#listeners.push(name, listener);
  }

  #onEvent(args) {
    const reader = this.#readers.shift();
    if (reader !== undefined) {
      reader.resolve({ value: args, done: false });
      return;
    }
    this.#events.push(args);
    if (!this.#paused && this.#events.length > this.#high) {
      this.#paused = true;
      this.#emitter.pause();
    }
  }

  #onError(error) {
    const reader = this.#readers.shift();
    if (reader !== undefined) reader.reject(error);
    else this.#error = error;
    this.#close();
  }

  #close() {
    this.#abortListener?.[Symbol.dispose]();
    for (let i = 0; i < this.#listeners.length; i += 2) {
      removeTargetListener(this.#emitter, this.#listeners[i], this.#listeners[i + 1]);
    }
    this.#listeners = [];
    this.#finished = true;
    for (let i = 0; i < this.#readers.length; i++) this.#readers[i].resolve({ value: undefined, done: true });
    this.#readers = [];
    return Promise.resolve({ value: undefined, done: true });
  }

  next() {
    if (this.#events.length > 0) {
      const value = this.#events.shift();
      if (this.#paused && this.#events.length < this.#low) {
        this.#paused = false;
        // A closed emitter, such as a readline interface, has nothing to resume.
        if (!this.#finished) this.#emitter.resume();
      }
      return Promise.resolve({ value, done: false });
    }
    if (this.#error !== null) {
      const promise = Promise.reject(this.#error);
      this.#error = null;
      return promise;
    }
    if (this.#finished) return this.#close();
    return new Promise((resolve, reject) => this.#readers.push({ resolve, reject }));
  }

  return() {
    return this.#close();
  }

  throw(error) {
    if (!error || !(error instanceof Error)) {
      throw new codes.ERR_INVALID_ARG_TYPE('EventEmitter.AsyncIterator', 'Error', error);
    }
    this.#onError(error);
  }

  [Symbol.asyncIterator]() {
    return this;
  }

  get [kWatermarkData]() {
    return {
      size: this.#events.length,
      low: this.#low,
      high: this.#high,
      isPaused: this.#paused,
    };
  }
}

Object.setPrototypeOf(EventIterator.prototype, AsyncIteratorPrototype);

/**
 * @param {EventEmitter | EventTarget} emitter
 * @param {string | symbol} event
 * @param {{ signal?: AbortSignal, close?: string[], highWaterMark?: number, lowWaterMark?: number }} [options]
 * @returns {AsyncIterator<any[]>}
 */
function on(emitter, event, options = {}) {
  validateObject(options, 'options');
  validateAbortSignal(options.signal, 'options.signal');
  if (options.signal?.aborted) throw new AbortError(undefined, { cause: options.signal.reason });
  if (typeof emitter?.on !== 'function' && typeof emitter?.addEventListener !== 'function') {
    throw new codes.ERR_INVALID_ARG_TYPE('emitter', 'EventEmitter', emitter);
  }
  return new EventIterator(emitter, event, options);
}

module.exports = { kWatermarkData, on };
