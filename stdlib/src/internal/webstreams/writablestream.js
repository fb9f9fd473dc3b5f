'use strict';

// internal/webstreams/writablestream: WritableStream, its writer and its controller.
// API: https://nodejs.org/docs/latest-v24.x/api/webstreams.html#class-writablestream
// Spec: https://streams.spec.whatwg.org/#ws  Functions here carry the names of its abstract operations.
//
//   writable --error--> erroring --(writes in flight are through)--> errored
//      `------------------------ close ---------------------------> closed

const { codes } = require('internal/errors');
const utils = require('internal/streams/utils');
const {
  check, checkDictionary, create, deferred, dequeueValue, enqueueValueWithSize, extractHighWaterMark, extractSize,
  finishClass, illegal, inspectAs, invalidState, invalidThis, is, kState, method, peekQueueValue, promiseCall,
  queueLength, resetQueue,
} = require('internal/webstreams/util');

const customInspect = Symbol.for('nodejs.util.inspect.custom');
// In the queue: the end.
const kClose = Symbol('kClose');

class WritableStream {
  constructor(sink = undefined, strategy = undefined) {
    checkDictionary(sink, 'sink');
    checkDictionary(strategy, 'strategy');
    if (sink?.type !== undefined) throw new codes.ERR_INVALID_ARG_VALUE.RangeError('type', sink.type);
    const size = extractSize(strategy);
    const highWaterMark = extractHighWaterMark(strategy, 1);
    initialize(this);
    setUp(this, {
      start: method(sink, 'start', 'sink'),
      write: method(sink, 'write', 'sink'),
      close: method(sink, 'close', 'sink'),
      abort: method(sink, 'abort', 'sink'),
    }, sink, highWaterMark, size);
  }

  get locked() { return check('WritableStream', this).writer !== undefined; }

  abort(reason = undefined) {
    if (!is('WritableStream', this)) return invalidThis('WritableStream');
    if (isLocked(this)) return Promise.reject(invalidState('WritableStream is locked'));
    return writableStreamAbort(this, reason);
  }

  close() {
    if (!is('WritableStream', this)) return invalidThis('WritableStream');
    if (isLocked(this)) return Promise.reject(invalidState('WritableStream is locked'));
    if (closeQueuedOrInFlight(this[kState])) return Promise.reject(invalidState('Failure closing WritableStream'));
    return writableStreamClose(this);
  }

  getWriter() {
    check('WritableStream', this);
    return new WritableStreamDefaultWriter(this);
  }

  get [utils.kIsClosedPromise]() { return this[kState].over; }
  get [utils.kIsErrored]() { return this[kState].state === 'errored'; }
  get [utils.kIsWritable]() { return this[kState].state === 'writable'; }
  [utils.kControllerErrorFunction](error) { controllerErrorIfNeeded(this[kState].controller, error); }

  [customInspect](depth, options) {
    const { state } = check('WritableStream', this);
    return inspectAs('WritableStream', { locked: this.locked, state }, depth, options);
  }
}
finishClass(WritableStream, ['abort', 'close', 'getWriter', 'locked']);

function initialize(stream) {
  stream[kState] = {
    kind: 'WritableStream',
    state: 'writable',
    storedError: undefined,
    writer: undefined,
    controller: undefined,
    inFlightWriteRequest: undefined,
    closeRequest: undefined,
    inFlightCloseRequest: undefined,
    pendingAbortRequest: undefined,
    writeRequests: [],
    backpressure: false,
    // For finished().
    over: deferred(),
  };
}

function setUp(stream, algorithms, sink, highWaterMark, size) {
  const controller = create(WritableStreamDefaultController, {
    kind: 'WritableStreamDefaultController',
    stream,
    sink,
    algorithms,
    abortController: undefined,
    started: false,
    strategyHWM: highWaterMark,
    size,
    queue: [],
    queueHead: 0,
    queueTotalSize: 0,
  });
  stream[kState].controller = controller;
  updateBackpressure(stream, getBackpressure(controller[kState]));
  const { start } = algorithms;
  const started = start === undefined ? undefined : Reflect.apply(start, sink, [controller]);
  new Promise((resolve) => resolve(started)).then(() => {
    controller[kState].started = true;
    advanceQueueIfNeeded(controller);
  }, (error) => {
    controller[kState].started = true;
    dealWithRejection(stream, error);
  });
  return controller;
}

/** CreateWritableStream */
function createWritableStream(algorithms, highWaterMark = 1, size = () => 1) {
  const stream = Object.create(WritableStream.prototype);
  initialize(stream);
  setUp(stream, algorithms, undefined, highWaterMark, size);
  return stream;
}

class WritableStreamDefaultWriter {
  constructor(stream) {
    if (!is('WritableStream', stream)) throw new codes.ERR_INVALID_ARG_TYPE('stream', 'WritableStream', stream);
    if (isLocked(stream)) throw invalidState('WritableStream is locked');
    const of = stream[kState];
    const state = { kind: 'WritableStreamDefaultWriter', stream, ready: deferred(), closed: deferred() };
    this[kState] = state;
    of.writer = this;
    if (of.state === 'writable') {
      if (closeQueuedOrInFlight(of) || !of.backpressure) state.ready.resolve();
    } else if (of.state === 'erroring') {
      state.ready.reject(of.storedError);
    } else if (of.state === 'closed') {
      state.ready.resolve();
      state.closed.resolve();
    } else {
      state.ready.reject(of.storedError);
      state.closed.reject(of.storedError);
    }
  }

  get closed() {
    if (!is('WritableStreamDefaultWriter', this)) return invalidThis('WritableStreamDefaultWriter');
    return this[kState].closed.promise;
  }

  get desiredSize() {
    const { stream } = check('WritableStreamDefaultWriter', this);
    if (stream === undefined) throw invalidState('Writer is not bound to a WritableStream');
    const of = stream[kState];
    if (of.state === 'errored' || of.state === 'erroring') return null;
    return of.state === 'closed' ? 0 : getDesiredSize(of.controller[kState]);
  }

  get ready() {
    if (!is('WritableStreamDefaultWriter', this)) return invalidThis('WritableStreamDefaultWriter');
    return this[kState].ready.promise;
  }

  abort(reason = undefined) {
    if (!is('WritableStreamDefaultWriter', this)) return invalidThis('WritableStreamDefaultWriter');
    const { stream } = this[kState];
    if (stream === undefined) return Promise.reject(invalidState('Writer is not bound to a WritableStream'));
    return writableStreamAbort(stream, reason);
  }

  close() {
    if (!is('WritableStreamDefaultWriter', this)) return invalidThis('WritableStreamDefaultWriter');
    const { stream } = this[kState];
    if (stream === undefined) return Promise.reject(invalidState('Writer is not bound to a WritableStream'));
    if (closeQueuedOrInFlight(stream[kState])) return Promise.reject(invalidState('Failure to close WritableStream'));
    return writableStreamClose(stream);
  }

  releaseLock() {
    check('WritableStreamDefaultWriter', this);
    if (this[kState].stream !== undefined) writableStreamDefaultWriterRelease(this);
  }

  write(chunk = undefined) {
    if (!is('WritableStreamDefaultWriter', this)) return invalidThis('WritableStreamDefaultWriter');
    if (this[kState].stream === undefined) {
      return Promise.reject(invalidState('Writer is not bound to a WritableStream'));
    }
    return writableStreamDefaultWriterWrite(this, chunk);
  }

  [customInspect](depth, options) {
    const { stream } = check('WritableStreamDefaultWriter', this);
    return inspectAs('WritableStreamDefaultWriter', { stream, desiredSize: stream && this.desiredSize }, depth, options);
  }
}
finishClass(WritableStreamDefaultWriter, ['closed', 'desiredSize', 'ready', 'abort', 'close', 'releaseLock', 'write']);

class WritableStreamDefaultController {
  constructor() { throw illegal(); }

  get signal() {
    const state = check('WritableStreamDefaultController', this);
    state.abortController ??= new AbortController();
    return state.abortController.signal;
  }

  error(error = undefined) {
    controllerErrorIfNeeded(this, error, check('WritableStreamDefaultController', this));
  }

  [customInspect](depth, options) {
    const { stream } = check('WritableStreamDefaultController', this);
    return inspectAs('WritableStreamDefaultController', { stream }, depth, options);
  }
}
finishClass(WritableStreamDefaultController, ['signal', 'error']);

// ---- the stream ----

function isLocked(stream) {
  return stream[kState].writer !== undefined;
}

function closeQueuedOrInFlight(state) {
  return state.closeRequest !== undefined || state.inFlightCloseRequest !== undefined;
}

function writableStreamAbort(stream, reason) {
  const state = stream[kState];
  if (state.state === 'closed' || state.state === 'errored') return Promise.resolve();
  const of = state.controller[kState];
  of.abortController ??= new AbortController();
  of.abortController.abort(reason);
  // The signal's listeners may have changed it.
  if (state.state === 'closed' || state.state === 'errored') return Promise.resolve();
  if (state.pendingAbortRequest !== undefined) return state.pendingAbortRequest.done.promise;
  const wasAlreadyErroring = state.state === 'erroring';
  if (wasAlreadyErroring) reason = undefined;
  const done = Promise.withResolvers();
  state.pendingAbortRequest = { done, reason, wasAlreadyErroring };
  if (!wasAlreadyErroring) startErroring(stream, reason);
  return done.promise;
}

function writableStreamClose(stream) {
  const state = stream[kState];
  if (state.state === 'closed' || state.state === 'errored') {
    return Promise.reject(invalidState('Failure closing WritableStream'));
  }
  const request = Promise.withResolvers();
  state.closeRequest = request;
  const { writer, controller } = state;
  if (writer !== undefined && state.backpressure && state.state === 'writable') writer[kState].ready.resolve();
  enqueueValueWithSize(controller[kState], kClose, 0);
  advanceQueueIfNeeded(controller);
  return request.promise;
}

function startErroring(stream, reason) {
  const state = stream[kState];
  state.state = 'erroring';
  state.storedError = reason;
  if (state.writer !== undefined) ensureReadyRejected(state.writer, reason);
  if (state.inFlightWriteRequest === undefined && state.inFlightCloseRequest === undefined &&
      state.controller[kState].started) {
    finishErroring(stream);
  }
}

function dealWithRejection(stream, error) {
  if (stream[kState].state === 'writable') startErroring(stream, error);
  else finishErroring(stream);
}

function finishErroring(stream) {
  const state = stream[kState];
  state.state = 'errored';
  const of = state.controller[kState];
  resetQueue(of);
  for (let i = 0; i < state.writeRequests.length; i++) state.writeRequests[i].reject(state.storedError);
  state.writeRequests = [];
  const request = state.pendingAbortRequest;
  if (request === undefined) {
    rejectCloseAndClosed(stream);
    return;
  }
  state.pendingAbortRequest = undefined;
  if (request.wasAlreadyErroring) {
    request.done.reject(state.storedError);
    rejectCloseAndClosed(stream);
    return;
  }
  const { abort } = of.algorithms;
  const aborted = promiseCall(abort, of.sink, request.reason);
  clearAlgorithms(of);
  aborted.then(() => {
    request.done.resolve();
    rejectCloseAndClosed(stream);
  }, (error) => {
    request.done.reject(error);
    rejectCloseAndClosed(stream);
  });
}

function rejectCloseAndClosed(stream) {
  const state = stream[kState];
  if (state.closeRequest !== undefined) {
    state.closeRequest.reject(state.storedError);
    state.closeRequest = undefined;
  }
  state.over.reject(state.storedError);
  if (state.writer !== undefined) state.writer[kState].closed.reject(state.storedError);
}

function finishInFlightClose(stream) {
  const state = stream[kState];
  state.inFlightCloseRequest.resolve();
  state.inFlightCloseRequest = undefined;
  if (state.state === 'erroring') {
    state.storedError = undefined;
    if (state.pendingAbortRequest !== undefined) {
      state.pendingAbortRequest.done.resolve();
      state.pendingAbortRequest = undefined;
    }
  }
  state.state = 'closed';
  if (state.writer !== undefined) state.writer[kState].closed.resolve();
  state.over.resolve();
}

function finishInFlightCloseWithError(stream, error) {
  const state = stream[kState];
  state.inFlightCloseRequest.reject(error);
  state.inFlightCloseRequest = undefined;
  if (state.pendingAbortRequest !== undefined) {
    state.pendingAbortRequest.done.reject(error);
    state.pendingAbortRequest = undefined;
  }
  dealWithRejection(stream, error);
}

function updateBackpressure(stream, backpressure) {
  const state = stream[kState];
  if (state.writer !== undefined && backpressure !== state.backpressure) {
    if (backpressure) state.writer[kState].ready = deferred();
    else state.writer[kState].ready.resolve();
  }
  state.backpressure = backpressure;
}

// ---- the writer ----

function ensureReadyRejected(writer, error) {
  const state = writer[kState];
  if (state.ready.isSettled) state.ready = deferred();
  state.ready.reject(error);
}

function writableStreamDefaultWriterRelease(writer) {
  const state = writer[kState];
  const error = invalidState('Writer has been released');
  ensureReadyRejected(writer, error);
  if (state.closed.isSettled) state.closed = deferred();
  state.closed.reject(error);
  state.stream[kState].writer = undefined;
  state.stream = undefined;
}

function writableStreamDefaultWriterWrite(writer, chunk) {
  const { stream } = writer[kState];
  const state = stream[kState];
  const { controller } = state;
  const of = controller[kState];
  let size = 1;
  try {
    if (of.size !== undefined) size = of.size(chunk);
  } catch (error) {
    controllerErrorIfNeeded(controller, error);
  }
  if (stream !== writer[kState].stream) return Promise.reject(invalidState('Mismatched WritableStreams'));
  if (state.state === 'errored') return Promise.reject(state.storedError);
  if (closeQueuedOrInFlight(state) || state.state === 'closed') {
    return Promise.reject(invalidState('WritableStream is closed'));
  }
  if (state.state === 'erroring') return Promise.reject(state.storedError);
  const request = Promise.withResolvers();
  state.writeRequests.push(request);
  controllerWrite(controller, chunk, size);
  return request.promise;
}

/** WritableStreamDefaultWriterCloseWithErrorPropagation */
function writerCloseWithErrorPropagation(writer) {
  const { stream } = writer[kState];
  const state = stream[kState];
  if (closeQueuedOrInFlight(state) || state.state === 'closed') return Promise.resolve();
  if (state.state === 'errored') return Promise.reject(state.storedError);
  return writableStreamClose(stream);
}

// ---- the controller ----

function getDesiredSize(of) {
  return of.strategyHWM - of.queueTotalSize;
}

function getBackpressure(of) {
  return getDesiredSize(of) <= 0;
}

function clearAlgorithms(of) {
  of.algorithms = {};
  of.size = undefined;
}

function controllerErrorIfNeeded(controller, error) {
  const { stream } = controller[kState];
  if (stream[kState].state !== 'writable') return;
  clearAlgorithms(controller[kState]);
  startErroring(stream, error);
}

function controllerWrite(controller, chunk, size) {
  const of = controller[kState];
  try {
    enqueueValueWithSize(of, chunk, size);
  } catch (error) {
    controllerErrorIfNeeded(controller, error);
    return;
  }
  const state = of.stream[kState];
  if (!closeQueuedOrInFlight(state) && state.state === 'writable') updateBackpressure(of.stream, getBackpressure(of));
  advanceQueueIfNeeded(controller);
}

function advanceQueueIfNeeded(controller) {
  const of = controller[kState];
  const state = of.stream[kState];
  if (!of.started || state.inFlightWriteRequest !== undefined) return;
  if (state.state === 'erroring') {
    finishErroring(of.stream);
    return;
  }
  if (queueLength(of) === 0 || state.state === 'closed' || state.state === 'errored') return;
  const value = peekQueueValue(of);
  if (value === kClose) processClose(of, state);
  else processWrite(controller, of, state, value);
}

function processClose(of, state) {
  const { stream } = of;
  state.inFlightCloseRequest = state.closeRequest;
  state.closeRequest = undefined;
  dequeueValue(of);
  const { close } = of.algorithms;
  const closed = promiseCall(close, of.sink);
  clearAlgorithms(of);
  closed.then(() => finishInFlightClose(stream), (error) => finishInFlightCloseWithError(stream, error));
}

function processWrite(controller, of, state, chunk) {
  const { stream } = of;
  const request = state.writeRequests.shift();
  state.inFlightWriteRequest = request;
  promiseCall(of.algorithms.write, of.sink, chunk, controller).then(() => {
    state.inFlightWriteRequest = undefined;
    request.resolve();
    dequeueValue(of);
    if (!closeQueuedOrInFlight(state) && state.state === 'writable') updateBackpressure(stream, getBackpressure(of));
    advanceQueueIfNeeded(controller);
  }, (error) => {
    if (state.state === 'writable') clearAlgorithms(of);
    state.inFlightWriteRequest = undefined;
    request.reject(error);
    dealWithRejection(stream, error);
  });
}

module.exports = {
  WritableStream,
  WritableStreamDefaultController,
  WritableStreamDefaultWriter,
  closeQueuedOrInFlight,
  controllerErrorIfNeeded,
  createWritableStream,
  isWritableStreamLocked: isLocked,
  writableStreamAbort,
  writableStreamDefaultWriterRelease,
  writableStreamDefaultWriterWrite,
  writerCloseWithErrorPropagation,
};
