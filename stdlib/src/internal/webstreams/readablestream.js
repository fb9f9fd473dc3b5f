'use strict';

// internal/webstreams/readablestream: ReadableStream, its default reader and its default controller. Byte streams stand in
// readablebytestream.js, what needs whole streams (pipeTo, tee, from, iteration) in readable_rare.js.
// API: https://nodejs.org/docs/latest-v24.x/api/webstreams.html#class-readablestream
// Spec: https://streams.spec.whatwg.org/#rs  Functions here carry the names of its abstract operations.
//
// A read request is { chunk(value), close(), error(reason) }; exactly one of them is called.

const { codes } = require('internal/errors');
const utils = require('internal/streams/utils');
const {
  check, checkDictionary, create, deferred, dequeueValue, enqueueValueWithSize, extractHighWaterMark, extractSize,
  finishClass, illegal, inspectAs, invalidState, invalidThis, is, kState, method, nop, promiseCall, queueLength,
  resetQueue,
} = require('internal/webstreams/util');

const customInspect = Symbol.for('nodejs.util.inspect.custom');

function bytes() {
  return require('internal/webstreams/readablebytestream');
}

function rare() {
  return require('internal/webstreams/readable_rare');
}

class ReadableStream {
  constructor(source = undefined, strategy = undefined) {
    checkDictionary(source, 'source');
    if (source === null) throw new codes.ERR_INVALID_ARG_VALUE('source', 'Object', source);
    checkDictionary(strategy, 'strategy');
    initialize(this);
    const type = source?.type;
    const algorithms = {
      start: method(source, 'start', 'source'),
      pull: method(source, 'pull', 'source'),
      cancel: method(source, 'cancel', 'source'),
    };
    if (`${type}` === 'bytes') {
      if (strategy?.size !== undefined) throw new codes.ERR_INVALID_ARG_VALUE.RangeError('strategy.size', strategy.size);
      bytes().setUpByteController(this, algorithms, source, extractHighWaterMark(strategy, 0));
      return;
    }
    if (type !== undefined) throw new codes.ERR_INVALID_ARG_VALUE('source.type', type);
    const size = extractSize(strategy);
    setUpDefaultController(this, algorithms, source, extractHighWaterMark(strategy, 1), size);
  }

  get locked() { return isLocked(stateful(this)); }

  cancel(reason = undefined) {
    if (!is('ReadableStream', this)) return invalidThis('ReadableStream');
    if (isLocked(this)) return Promise.reject(invalidState('ReadableStream is locked'));
    return readableStreamCancel(this, reason);
  }

  getReader(options = undefined) {
    check('ReadableStream', this);
    checkDictionary(options, 'options');
    const mode = options?.mode;
    if (mode === undefined) return new ReadableStreamDefaultReader(this);
    if (`${mode}` !== 'byob') throw new codes.ERR_INVALID_ARG_VALUE('options.mode', mode);
    return new (bytes().ReadableStreamBYOBReader)(this);
  }

  pipeThrough(transform, options = undefined) {
    check('ReadableStream', this);
    const readable = transform?.readable;
    const writable = transform?.writable;
    if (!is('ReadableStream', readable)) {
      throw new codes.ERR_INVALID_ARG_TYPE('transform.readable', 'ReadableStream', readable);
    }
    if (!is('WritableStream', writable)) {
      throw new codes.ERR_INVALID_ARG_TYPE('transform.writable', 'WritableStream', writable);
    }
    const settings = rare().pipeSettings(options);
    if (isLocked(this)) throw invalidState('The ReadableStream is locked');
    if (writable.locked) throw invalidState('The WritableStream is locked');
    rare().pipeTo(this, writable, settings).then(undefined, nop);
    return readable;
  }

  pipeTo(destination, options = undefined) {
    if (!is('ReadableStream', this)) return invalidThis('ReadableStream');
    let settings;
    try {
      if (!is('WritableStream', destination)) {
        throw new codes.ERR_INVALID_ARG_TYPE('transform.writable', 'WritableStream', destination);
      }
      settings = rare().pipeSettings(options);
      if (isLocked(this)) throw invalidState('The ReadableStream is locked');
      if (destination.locked) throw invalidState('The WritableStream is locked');
    } catch (error) {
      return Promise.reject(error);
    }
    return rare().pipeTo(this, destination, settings);
  }

  tee() {
    check('ReadableStream', this);
    return rare().tee(this);
  }

  values(options = undefined) {
    check('ReadableStream', this);
    checkDictionary(options, 'options');
    return rare().iterate(this, !!options?.preventCancel);
  }

  get [utils.kIsClosedPromise]() { return this[kState].over; }
  get [utils.kIsDisturbed]() { return this[kState].disturbed; }
  get [utils.kIsErrored]() { return this[kState].state === 'errored'; }
  get [utils.kIsReadable]() { return this[kState].state === 'readable'; }
  [utils.kControllerErrorFunction](error) { this[kState].controller.error(error); }

  [customInspect](depth, options) {
    const { state, controller } = check('ReadableStream', this);
    const supportsBYOB = is('ReadableByteStreamController', controller);
    return inspectAs('ReadableStream', { locked: this.locked, state, supportsBYOB }, depth, options);
  }

  static from(iterable) {
    return rare().from(iterable);
  }
}
Object.defineProperty(ReadableStream.prototype, Symbol.asyncIterator, {
  __proto__: null, configurable: true, writable: true, value: ReadableStream.prototype.values,
});
finishClass(ReadableStream, ['locked', 'cancel', 'getReader', 'pipeThrough', 'pipeTo', 'tee', 'values']);

function stateful(stream) {
  check('ReadableStream', stream);
  return stream;
}

function initialize(stream) {
  stream[kState] = {
    kind: 'ReadableStream',
    state: 'readable',
    storedError: undefined,
    disturbed: false,
    reader: undefined,
    controller: undefined,
    // For finished().
    over: deferred(),
  };
}

/** CreateReadableStream */
function createReadableStream(algorithms, highWaterMark = 1, size = () => 1) {
  const stream = Object.create(ReadableStream.prototype);
  initialize(stream);
  setUpDefaultController(stream, algorithms, undefined, highWaterMark, size);
  return stream;
}

/** CreateReadableByteStream */
function createReadableByteStream(algorithms) {
  const stream = Object.create(ReadableStream.prototype);
  initialize(stream);
  bytes().setUpByteController(stream, algorithms, undefined, 0);
  return stream;
}

class ReadableStreamDefaultReader {
  constructor(stream) {
    if (!is('ReadableStream', stream)) throw new codes.ERR_INVALID_ARG_TYPE('stream', 'ReadableStream', stream);
    if (isLocked(stream)) throw invalidState('ReadableStream is locked');
    genericInitialize(this, 'ReadableStreamDefaultReader', stream);
    this[kState].readRequests = [];
  }

  get closed() { return genericClosed(this, 'ReadableStreamDefaultReader'); }

  cancel(reason = undefined) { return genericCancel(this, 'ReadableStreamDefaultReader', reason); }

  read() {
    if (!is('ReadableStreamDefaultReader', this)) return invalidThis('ReadableStreamDefaultReader');
    if (this[kState].stream === undefined) {
      return Promise.reject(invalidState('The reader is not attached to a stream'));
    }
    const fast = readNow(this[kState].stream);
    if (fast !== undefined) return fast;
    const { promise, resolve, reject } = Promise.withResolvers();
    defaultReaderRead(this, {
      chunk(value) { resolve({ value, done: false }); },
      close() { resolve({ value: undefined, done: true }); },
      error: reject,
    });
    return promise;
  }

  releaseLock() {
    const state = check('ReadableStreamDefaultReader', this);
    if (state.stream === undefined) return;
    genericRelease(this);
    errorReadRequests(state, invalidState('Releasing reader'));
  }

  [customInspect](depth, options) {
    const { stream, readRequests } = check('ReadableStreamDefaultReader', this);
    return inspectAs('ReadableStreamDefaultReader', { stream, readRequests: readRequests.length }, depth, options);
  }
}
finishClass(ReadableStreamDefaultReader, ['closed', 'cancel', 'read', 'releaseLock']);

class ReadableStreamDefaultController {
  constructor() { throw illegal(); }

  get desiredSize() { return getDesiredSize(check('ReadableStreamDefaultController', this)); }

  close() {
    if (!canCloseOrEnqueue(check('ReadableStreamDefaultController', this))) {
      throw invalidState('Controller is already closed');
    }
    defaultControllerClose(this);
  }

  enqueue(chunk = undefined) {
    if (!canCloseOrEnqueue(check('ReadableStreamDefaultController', this))) {
      throw invalidState('Controller is already closed');
    }
    defaultControllerEnqueue(this, chunk);
  }

  error(error = undefined) {
    check('ReadableStreamDefaultController', this);
    defaultControllerError(this, error);
  }

  [customInspect](depth, options) {
    return inspectAs('ReadableStreamDefaultController', {}, depth, options);
  }
}
finishClass(ReadableStreamDefaultController, ['desiredSize', 'close', 'enqueue', 'error']);

// ---- the stream ----

function isLocked(stream) {
  return stream[kState].reader !== undefined;
}

function readableStreamCancel(stream, reason) {
  const state = stream[kState];
  state.disturbed = true;
  if (state.state === 'closed') return Promise.resolve();
  if (state.state === 'errored') return Promise.reject(state.storedError);
  readableStreamClose(stream);
  const { reader, controller } = state;
  if (reader !== undefined && is('ReadableStreamBYOBReader', reader)) {
    const requests = reader[kState].readIntoRequests;
    reader[kState].readIntoRequests = [];
    for (let i = 0; i < requests.length; i++) requests[i].close(undefined);
  }
  const cancelled = is('ReadableByteStreamController', controller) ?
    bytes().cancelSteps(controller, reason) : cancelSteps(controller, reason);
  return cancelled.then(nop);
}

function readableStreamClose(stream) {
  const state = stream[kState];
  state.state = 'closed';
  state.over.resolve();
  const { reader } = state;
  if (reader === undefined) return;
  reader[kState].closed.resolve();
  if (!is('ReadableStreamDefaultReader', reader)) return;
  const requests = reader[kState].readRequests;
  reader[kState].readRequests = [];
  for (let i = 0; i < requests.length; i++) requests[i].close();
}

function readableStreamError(stream, error) {
  const state = stream[kState];
  state.state = 'errored';
  state.storedError = error;
  state.over.reject(error);
  const { reader } = state;
  if (reader === undefined) return;
  reader[kState].closed.reject(error);
  errorReadRequests(reader[kState], error);
}

function errorReadRequests(state, error) {
  const name = state.kind === 'ReadableStreamDefaultReader' ? 'readRequests' : 'readIntoRequests';
  const requests = state[name];
  state[name] = [];
  for (let i = 0; i < requests.length; i++) requests[i].error(error);
}

function numReadRequests(stream) {
  return stream[kState].reader[kState].readRequests.length;
}

function hasDefaultReader(stream) {
  return is('ReadableStreamDefaultReader', stream[kState].reader);
}

// ---- readers ----

function genericInitialize(reader, kind, stream) {
  const state = { kind, stream, closed: deferred() };
  reader[kState] = state;
  const of = stream[kState];
  of.reader = reader;
  if (of.state === 'closed') state.closed.resolve();
  else if (of.state === 'errored') state.closed.reject(of.storedError);
}

function genericClosed(reader, kind) {
  return is(kind, reader) ? reader[kState].closed.promise : invalidThis(kind);
}

function genericCancel(reader, kind, reason) {
  if (!is(kind, reader)) return invalidThis(kind);
  const { stream } = reader[kState];
  if (stream === undefined) return Promise.reject(invalidState('The reader is not attached to a stream'));
  return readableStreamCancel(stream, reason);
}

function genericRelease(reader) {
  const state = reader[kState];
  const { stream } = state;
  if (state.closed.isSettled) state.closed = deferred();
  state.closed.reject(invalidState('Reader released'));
  if (is('ReadableByteStreamController', stream[kState].controller)) bytes().releaseSteps(stream[kState].controller);
  stream[kState].reader = undefined;
  state.stream = undefined;
}

// FAST PATH: a chunk that is there already needs no read request.
function readNow(stream) {
  const { state, controller } = stream[kState];
  if (state !== 'readable' || !is('ReadableStreamDefaultController', controller)) return undefined;
  const of = controller[kState];
  if (queueLength(of) === 0) return undefined;
  stream[kState].disturbed = true;
  return Promise.resolve({ value: takeChunk(controller, of), done: false });
}

function takeChunk(controller, of) {
  const chunk = dequeueValue(of);
  if (of.closeRequested && queueLength(of) === 0) {
    clearAlgorithms(of);
    readableStreamClose(of.stream);
  } else {
    callPullIfNeeded(controller);
  }
  return chunk;
}

/** ReadableStreamDefaultReaderRead */
function defaultReaderRead(reader, request) {
  const { stream } = reader[kState];
  const state = stream[kState];
  state.disturbed = true;
  if (state.state === 'closed') {
    request.close();
  } else if (state.state === 'errored') {
    request.error(state.storedError);
  } else if (is('ReadableByteStreamController', state.controller)) {
    bytes().pullSteps(state.controller, request);
  } else {
    pullSteps(state.controller, request);
  }
}

// ---- the default controller ----

function setUpDefaultController(stream, algorithms, source, highWaterMark, size) {
  const controller = create(ReadableStreamDefaultController, {
    kind: 'ReadableStreamDefaultController',
    stream,
    source,
    algorithms,
    started: false,
    closeRequested: false,
    pullAgain: false,
    pulling: false,
    strategyHWM: highWaterMark,
    size,
    queue: [],
    queueHead: 0,
    queueTotalSize: 0,
  });
  stream[kState].controller = controller;
  const { start } = algorithms;
  const started = start === undefined ? undefined : Reflect.apply(start, source, [controller]);
  new Promise((resolve) => resolve(started)).then(() => {
    controller[kState].started = true;
    callPullIfNeeded(controller);
  }, (error) => defaultControllerError(controller, error));
}

function pullSteps(controller, request) {
  const of = controller[kState];
  if (queueLength(of) > 0) {
    request.chunk(takeChunk(controller, of));
    return;
  }
  of.stream[kState].reader[kState].readRequests.push(request);
  callPullIfNeeded(controller);
}

function cancelSteps(controller, reason) {
  const of = controller[kState];
  resetQueue(of);
  const result = promiseCall(of.algorithms.cancel, of.source, reason);
  clearAlgorithms(of);
  return result;
}

function callPullIfNeeded(controller) {
  const of = controller[kState];
  if (!shouldCallPull(of)) return;
  if (of.pulling) {
    of.pullAgain = true;
    return;
  }
  of.pulling = true;
  promiseCall(of.algorithms.pull, of.source, controller).then(() => {
    of.pulling = false;
    if (of.pullAgain) {
      of.pullAgain = false;
      callPullIfNeeded(controller);
    }
  }, (error) => defaultControllerError(controller, error));
}

function shouldCallPull(of) {
  if (!canCloseOrEnqueue(of) || !of.started) return false;
  const { stream } = of;
  if (isLocked(stream) && hasDefaultReader(stream) && numReadRequests(stream) > 0) return true;
  return getDesiredSize(of) > 0;
}

function clearAlgorithms(of) {
  of.algorithms = {};
  of.size = undefined;
}

function canCloseOrEnqueue(of) {
  return !of.closeRequested && of.stream[kState].state === 'readable';
}

function getDesiredSize(of) {
  const { state } = of.stream[kState];
  if (state === 'errored') return null;
  return state === 'closed' ? 0 : of.strategyHWM - of.queueTotalSize;
}

function defaultControllerClose(controller) {
  const of = controller[kState];
  if (!canCloseOrEnqueue(of)) return;
  of.closeRequested = true;
  if (queueLength(of) === 0) {
    clearAlgorithms(of);
    readableStreamClose(of.stream);
  }
}

function defaultControllerEnqueue(controller, chunk) {
  const of = controller[kState];
  if (!canCloseOrEnqueue(of)) return;
  const { stream } = of;
  if (isLocked(stream) && hasDefaultReader(stream) && numReadRequests(stream) > 0) {
    stream[kState].reader[kState].readRequests.shift().chunk(chunk);
  } else {
    try {
      enqueueValueWithSize(of, chunk, of.size(chunk));
    } catch (error) {
      defaultControllerError(controller, error);
      throw error;
    }
  }
  callPullIfNeeded(controller);
}

function defaultControllerError(controller, error) {
  const of = controller[kState];
  if (of.stream[kState].state !== 'readable') return;
  resetQueue(of);
  clearAlgorithms(of);
  readableStreamError(of.stream, error);
}

module.exports = {
  ReadableStream,
  ReadableStreamDefaultController,
  ReadableStreamDefaultReader,
  canCloseOrEnqueue,
  createReadableByteStream,
  createReadableStream,
  defaultControllerClose,
  defaultControllerEnqueue,
  defaultControllerError,
  defaultReaderRead,
  errorReadRequests,
  genericCancel,
  genericClosed,
  genericInitialize,
  genericRelease,
  getDesiredSize,
  hasDefaultReader,
  isReadableStreamLocked: isLocked,
  numReadRequests,
  readableStreamCancel,
  readableStreamClose,
  readableStreamError,
};
