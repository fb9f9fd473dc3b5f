'use strict';

// internal/webstreams/readable_rare: what works on whole streams: pipeTo(), tee(), ReadableStream.from(), iteration.
// API: https://nodejs.org/docs/latest-v24.x/api/webstreams.html#readablestreampipetodestination-options
// Spec: https://streams.spec.whatwg.org/#rs-abstract-ops

const { codes } = require('internal/errors');
const { checkDictionary, deferred, is, kState, nop } = require('internal/webstreams/util');
const readable = require('internal/webstreams/readablestream');
const writable = require('internal/webstreams/writablestream');

// ---- pipeTo ----

function pipeSettings(options) {
  checkDictionary(options, 'options');
  const preventAbort = !!options?.preventAbort;
  const preventCancel = !!options?.preventCancel;
  const preventClose = !!options?.preventClose;
  const signal = options?.signal;
  if (signal !== undefined) require('internal/validators').validateAbortSignal(signal, 'options.signal');
  return { preventAbort, preventCancel, preventClose, signal };
}

/** ReadableStreamPipeTo */
function pipeTo(source, destination, settings) {
  return new Pipe(source, destination, settings).done.promise;
}

class Pipe {
  constructor(source, destination, settings) {
    this.source = source;
    this.destination = destination;
    this.settings = settings;
    this.reader = new readable.ReadableStreamDefaultReader(source);
    this.writer = new writable.WritableStreamDefaultWriter(destination);
    this.done = Promise.withResolvers();
    this.isShuttingDown = false;
    this.lastWrite = Promise.resolve();
    source[kState].disturbed = true;

    const { signal } = settings;
    this.onAbort = signal && (() => this.abort(signal.reason));
    if (signal?.aborted) {
      this.onAbort();
      return;
    }
    if (signal) signal.addEventListener('abort', this.onAbort, { once: true });
    this.watch();
    this.pump();
  }

  abort(error) {
    const { preventAbort, preventCancel } = this.settings;
    this.shutDown(() => {
      const actions = [];
      if (!preventAbort && this.destination[kState].state === 'writable') {
        actions.push(writable.writableStreamAbort(this.destination, error));
      }
      if (!preventCancel && this.source[kState].state === 'readable') {
        actions.push(readable.readableStreamCancel(this.source, error));
      }
      return Promise.all(actions);
    }, true, error);
  }

  // Errors and closes go both ways. What has happened already is acted on at once.
  watch() {
    const { preventAbort, preventCancel, preventClose } = this.settings;
    const { source, destination } = this;
    const onSourceError = (error) => {
      this.shutDown(preventAbort ? undefined : () => writable.writableStreamAbort(destination, error), true, error);
    };
    const onDestinationError = (error) => {
      this.shutDown(preventCancel ? undefined : () => readable.readableStreamCancel(source, error), true, error);
    };
    const onSourceClose = () => {
      this.shutDown(preventClose ? undefined : () => writable.writerCloseWithErrorPropagation(this.writer), false);
    };
    const from = source[kState];
    const to = destination[kState];
    if (from.state === 'errored') onSourceError(from.storedError);
    if (to.state === 'errored') onDestinationError(to.storedError);
    if (from.state === 'closed') onSourceClose();
    if (writable.closeQueuedOrInFlight(to) || to.state === 'closed') {
      const error = new codes.ERR_INVALID_STATE.TypeError('Destination WritableStream is closed');
      this.shutDown(preventCancel ? undefined : () => readable.readableStreamCancel(source, error), true, error);
    }
    this.reader.closed.then(onSourceClose, onSourceError);
    this.writer.closed.then(undefined, onDestinationError);
  }

  async pump() {
    while (!this.isShuttingDown) {
      try {
        await this.writer.ready;
      } catch {
        return;
      }
      if (this.isShuttingDown || !(await this.step())) return;
    }
  }

  // One chunk. To whether there may be more.
  step() {
    return new Promise((resolve) => {
      readable.defaultReaderRead(this.reader, {
        chunk: (value) => {
          this.lastWrite = writable.writableStreamDefaultWriterWrite(this.writer, value);
          this.lastWrite.then(undefined, nop);
          resolve(true);
        },
        close: () => resolve(false),
        error: () => resolve(false),
      });
    });
  }

  async shutDown(action, hasError, error) {
    if (this.isShuttingDown) return;
    this.isShuttingDown = true;
    const to = this.destination[kState];
    if (to.state === 'writable' && !writable.closeQueuedOrInFlight(to)) {
      // What was read is written first. More may be read while that is awaited.
      let last;
      while (last !== this.lastWrite) {
        last = this.lastWrite;
        await last.then(nop, nop);
      }
    }
    if (action === undefined) {
      this.finalize(hasError, error);
      return;
    }
    action().then(() => this.finalize(hasError, error), (failure) => this.finalize(true, failure));
  }

  finalize(hasError, error) {
    writable.writableStreamDefaultWriterRelease(this.writer);
    readable.ReadableStreamDefaultReader.prototype.releaseLock.call(this.reader);
    if (this.onAbort) this.settings.signal.removeEventListener('abort', this.onAbort);
    if (hasError) this.done.reject(error);
    else this.done.resolve();
  }
}

// ---- tee ----

/** ReadableStreamTee. Branches of a byte stream are byte streams; each gets bytes of its own. */
function tee(stream) {
  const isBytes = is('ReadableByteStreamController', stream[kState].controller);
  const reader = new readable.ReadableStreamDefaultReader(stream);
  const branches = [];
  const cancelled = [false, false];
  const reasons = [undefined, undefined];
  const done = deferred();
  let isReading = false;
  let readAgain = false;

  const each = (fn) => {
    for (let i = 0; i < 2; i++) if (!cancelled[i]) fn(branches[i][kState].controller, i);
  };
  const failBoth = (error) => {
    for (const branch of branches) branch[kState].controller.error(error);
    done.resolve();
  };
  const pull = () => {
    if (isReading) {
      readAgain = true;
      return Promise.resolve();
    }
    isReading = true;
    readable.defaultReaderRead(reader, {
      chunk(value) {
        queueMicrotask(() => {
          readAgain = false;
          each((controller, i) => controller.enqueue(isBytes && i === 1 && !cancelled[0] ? copies.pop() :
            isBytes && i === 0 && !cancelled[1] ? keepCopy(value) : value));
          isReading = false;
          if (readAgain) pull();
        });
      },
      close() {
        isReading = false;
        each((controller) => {
          controller.close();
          if (isBytes && controller.byobRequest !== null) controller.byobRequest.respond(0);
        });
        if (!cancelled[0] || !cancelled[1]) done.resolve();
      },
      error() {
        isReading = false;
      },
    });
    return Promise.resolve();
  };
  // The first branch's enqueue() takes the bytes away.
  const copies = [];
  const keepCopy = (value) => {
    copies.push(value.slice());
    return value;
  };
  const cancel = (i) => (reason) => {
    cancelled[i] = true;
    reasons[i] = reason;
    if (cancelled[1 - i]) readable.readableStreamCancel(stream, reasons).then(done.resolve, done.reject);
    return done.promise;
  };
  for (let i = 0; i < 2; i++) {
    const algorithms = { pull, cancel: cancel(i) };
    branches.push(isBytes ? readable.createReadableByteStream(algorithms) :
      readable.createReadableStream(algorithms));
  }
  reader.closed.then(undefined, failBoth);
  return branches;
}

// ---- from, and iteration ----

/** ReadableStreamFromIterable */
function from(iterable) {
  let iterator;
  const asyncMethod = iterable?.[Symbol.asyncIterator];
  const syncMethod = asyncMethod === undefined || asyncMethod === null ? iterable?.[Symbol.iterator] : undefined;
  if (typeof asyncMethod === 'function') iterator = Reflect.apply(asyncMethod, iterable, []);
  else if (typeof syncMethod === 'function') iterator = Reflect.apply(syncMethod, iterable, []);
  else throw new codes.ERR_ARG_NOT_ITERABLE(iterable);
  if (iterator === null || typeof iterator !== 'object') {
    throw new codes.ERR_INVALID_STATE.TypeError('The iterator method must return an object');
  }
  const { next } = iterator;
  const isAsync = typeof asyncMethod === 'function';
  const stream = readable.createReadableStream({
    async pull() {
      const result = await Reflect.apply(next, iterator, []);
      if (result === null || typeof result !== 'object') {
        throw new codes.ERR_INVALID_STATE.TypeError('The promise returned by the iterator.next() method must fulfill with an object');
      }
      const { controller } = stream[kState];
      if (result.done) readable.defaultControllerClose(controller);
      else readable.defaultControllerEnqueue(controller, isAsync ? result.value : await result.value);
    },
    async cancel(reason) {
      const { return: close } = iterator;
      if (close === undefined || close === null) return;
      const result = await Reflect.apply(close, iterator, [reason]);
      if (result === null || typeof result !== 'object') {
        throw new codes.ERR_INVALID_STATE.TypeError('The promise returned by the iterator.return() method must fulfill with an object');
      }
    },
  }, 0);
  return stream;
}

// The prototype of every async generator's prototype.
const AsyncIteratorPrototype = Object.getPrototypeOf(Object.getPrototypeOf(async function* () {}.prototype));

const iteratorPrototype = Object.create(AsyncIteratorPrototype, {
  next: {
    __proto__: null, configurable: true, enumerable: true, writable: true,
    value: function next() {
      const state = this[kState];
      return enqueueStep(state, () => readStep(state));
    },
  },
  return: {
    __proto__: null, configurable: true, enumerable: true, writable: true,
    value: function(value) {
      const state = this[kState];
      return enqueueStep(state, () => returnStep(state, value));
    },
  },
});

function iterate(stream, preventCancel) {
  const iterator = Object.create(iteratorPrototype);
  const reader = new readable.ReadableStreamDefaultReader(stream);
  iterator[kState] = { kind: 'iterator', reader, preventCancel, isDone: false, ongoing: undefined };
  return iterator;
}

// One step after the other, however many are asked for at once.
function enqueueStep(state, step) {
  state.ongoing = state.ongoing === undefined ? step() : state.ongoing.then(step, step);
  return state.ongoing;
}

function readStep(state) {
  if (state.isDone) return Promise.resolve({ value: undefined, done: true });
  const { reader } = state;
  return new Promise((resolve, reject) => {
    const stop = () => {
      state.isDone = true;
      reader.releaseLock();
    };
    readable.defaultReaderRead(reader, {
      chunk(value) { resolve({ value, done: false }); },
      close() {
        stop();
        resolve({ value: undefined, done: true });
      },
      error(error) {
        stop();
        reject(error);
      },
    });
  });
}

async function returnStep(state, value) {
  if (state.isDone) return { value, done: true };
  state.isDone = true;
  const { reader, preventCancel } = state;
  if (preventCancel) {
    reader.releaseLock();
  } else {
    const result = readable.readableStreamCancel(reader[kState].stream, value);
    reader.releaseLock();
    await result;
  }
  return { value, done: true };
}

module.exports = { from, iterate, pipeSettings, pipeTo, tee };
