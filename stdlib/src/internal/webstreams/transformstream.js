'use strict';

// internal/webstreams/transformstream: TransformStream and its controller.
// API: https://nodejs.org/docs/latest-v24.x/api/webstreams.html#class-transformstream
// Spec: https://streams.spec.whatwg.org/#ts

const { codes } = require('internal/errors');
const {
  check, checkDictionary, create, extractHighWaterMark, extractSize, finishClass, illegal, inspectAs, invalidState,
  kState, method, promiseCall,
} = require('internal/webstreams/util');
const readable = require('internal/webstreams/readablestream');
const writable = require('internal/webstreams/writablestream');

const customInspect = Symbol.for('nodejs.util.inspect.custom');

class TransformStream {
  constructor(transformer = undefined, writableStrategy = undefined, readableStrategy = undefined) {
    checkDictionary(transformer, 'transformer');
    checkDictionary(writableStrategy, 'writableStrategy');
    checkDictionary(readableStrategy, 'readableStrategy');
    const readableType = transformer?.readableType;
    const writableType = transformer?.writableType;
    if (readableType !== undefined) {
      throw new codes.ERR_INVALID_ARG_VALUE.RangeError('transformer.readableType', readableType);
    }
    if (writableType !== undefined) {
      throw new codes.ERR_INVALID_ARG_VALUE.RangeError('transformer.writableType', writableType);
    }
    const algorithms = {
      start: method(transformer, 'start', 'transformer'),
      transform: method(transformer, 'transform', 'transformer'),
      flush: method(transformer, 'flush', 'transformer'),
      cancel: method(transformer, 'cancel', 'transformer'),
    };
    const readableMark = extractHighWaterMark(readableStrategy, 0);
    const readableSize = extractSize(readableStrategy);
    const writableMark = extractHighWaterMark(writableStrategy, 1);
    const writableSize = extractSize(writableStrategy);
    const start = Promise.withResolvers();
    initialize(this, start.promise, writableMark, writableSize, readableMark, readableSize);
    const controller = create(TransformStreamDefaultController, {
      kind: 'TransformStreamDefaultController', stream: this, transformer, algorithms, finish: undefined,
    });
    this[kState].controller = controller;
    start.resolve(algorithms.start === undefined ? undefined : Reflect.apply(algorithms.start, transformer, [controller]));
  }

  get readable() { return check('TransformStream', this).readable; }
  get writable() { return check('TransformStream', this).writable; }

  [customInspect](depth, options) {
    const { readable: r, writable: w, backpressure } = check('TransformStream', this);
    return inspectAs('TransformStream', { readable: r, writable: w, backpressure }, depth, options);
  }
}
finishClass(TransformStream, ['readable', 'writable']);

function initialize(stream, started, writableMark, writableSize, readableMark, readableSize) {
  const state = {
    kind: 'TransformStream', readable: undefined, writable: undefined, controller: undefined,
    backpressure: undefined, backpressureChange: undefined,
  };
  stream[kState] = state;
  const start = () => started;
  state.writable = writable.createWritableStream({
    start,
    write: (chunk) => sinkWrite(stream, chunk),
    abort: (reason) => sinkAbort(stream, reason),
    close: () => sinkClose(stream),
  }, writableMark, writableSize);
  state.readable = readable.createReadableStream({
    start,
    pull() {
      setBackpressure(stream, false);
      return state.backpressureChange.promise;
    },
    cancel: (reason) => sourceCancel(stream, reason),
  }, readableMark, readableSize);
  setBackpressure(stream, true);
}

class TransformStreamDefaultController {
  constructor() { throw illegal(); }

  get desiredSize() {
    const { stream } = check('TransformStreamDefaultController', this);
    return readable.getDesiredSize(stream[kState].readable[kState].controller[kState]);
  }

  enqueue(chunk = undefined) {
    check('TransformStreamDefaultController', this);
    controllerEnqueue(this, chunk);
  }

  error(reason = undefined) {
    transformStreamError(check('TransformStreamDefaultController', this).stream, reason);
  }

  terminate() {
    const { stream } = check('TransformStreamDefaultController', this);
    readable.defaultControllerClose(stream[kState].readable[kState].controller);
    errorWritableAndUnblockWrite(stream, invalidState('TransformStream has been terminated'));
  }

  [customInspect](depth, options) {
    const { stream } = check('TransformStreamDefaultController', this);
    return inspectAs('TransformStreamDefaultController', { stream }, depth, options);
  }
}
finishClass(TransformStreamDefaultController, ['desiredSize', 'enqueue', 'error', 'terminate']);

function readableController(stream) {
  return stream[kState].readable[kState].controller;
}

function transformStreamError(stream, error) {
  readable.defaultControllerError(readableController(stream), error);
  errorWritableAndUnblockWrite(stream, error);
}

function errorWritableAndUnblockWrite(stream, error) {
  stream[kState].controller[kState].algorithms = {};
  writable.controllerErrorIfNeeded(stream[kState].writable[kState].controller, error);
  if (stream[kState].backpressure) setBackpressure(stream, false);
}

function setBackpressure(stream, backpressure) {
  const state = stream[kState];
  if (state.backpressureChange !== undefined) state.backpressureChange.resolve();
  state.backpressureChange = Promise.withResolvers();
  state.backpressure = backpressure;
}

function controllerEnqueue(controller, chunk) {
  const { stream } = controller[kState];
  const state = stream[kState];
  const of = readableController(stream);
  if (!readable.canCloseOrEnqueue(of[kState])) throw invalidState('Unable to enqueue');
  try {
    readable.defaultControllerEnqueue(of, chunk);
  } catch (error) {
    errorWritableAndUnblockWrite(stream, error);
    throw state.readable[kState].storedError;
  }
  const hasBackpressure = !shouldPull(of[kState]);
  if (hasBackpressure !== state.backpressure) setBackpressure(stream, true);
}

function shouldPull(of) {
  const { stream } = of;
  if (!readable.canCloseOrEnqueue(of) || !of.started) return false;
  if (readable.hasDefaultReader(stream) && readable.numReadRequests(stream) > 0) return true;
  return readable.getDesiredSize(of) > 0;
}

function performTransform(controller, chunk) {
  const { algorithms, transformer, stream } = controller[kState];
  const { transform } = algorithms;
  let result;
  if (transform === undefined) {
    try {
      controllerEnqueue(controller, chunk);
      result = Promise.resolve();
    } catch (error) {
      result = Promise.reject(error);
    }
  } else {
    result = promiseCall(transform, transformer, chunk, controller);
  }
  return result.then(undefined, (error) => {
    transformStreamError(stream, error);
    throw error;
  });
}

function sinkWrite(stream, chunk) {
  const state = stream[kState];
  if (!state.backpressure) return performTransform(state.controller, chunk);
  return state.backpressureChange.promise.then(() => {
    const of = state.writable[kState];
    if (of.state === 'erroring') throw of.storedError;
    return performTransform(state.controller, chunk);
  });
}

// cancel() of the transformer, for both directions; what comes second gets the promise of the first.
function sinkAbort(stream, reason) {
  return finishWith(stream, 'cancel', reason, (of) => {
    if (of.state === 'errored') throw of.storedError;
    readable.defaultControllerError(readableController(stream), reason);
  }, (error) => readable.defaultControllerError(readableController(stream), error), 'readable');
}

function sinkClose(stream) {
  const controller = stream[kState].controller;
  return finishWith(stream, 'flush', controller, (of) => {
    if (of.state === 'errored') throw of.storedError;
    readable.defaultControllerClose(readableController(stream));
  }, (error) => readable.defaultControllerError(readableController(stream), error), 'readable');
}

function sourceCancel(stream, reason) {
  return finishWith(stream, 'cancel', reason, (of) => {
    if (of.state === 'errored') throw of.storedError;
    writable.controllerErrorIfNeeded(stream[kState].writable[kState].controller, reason);
    if (stream[kState].backpressure) setBackpressure(stream, false);
  }, (error) => {
    writable.controllerErrorIfNeeded(stream[kState].writable[kState].controller, error);
    if (stream[kState].backpressure) setBackpressure(stream, false);
  }, 'writable');
}

function finishWith(stream, name, argument, onDone, onError, otherSide) {
  const of = stream[kState].controller[kState];
  if (of.finish !== undefined) return of.finish.promise;
  of.finish = Promise.withResolvers();
  of.finish.promise.then(undefined, () => {});
  const result = promiseCall(of.algorithms[name], of.transformer, argument);
  of.algorithms = {};
  result.then(() => {
    try {
      onDone(stream[kState][otherSide][kState]);
      of.finish.resolve();
    } catch (error) {
      of.finish.reject(error);
    }
  }, (error) => {
    onError(error);
    of.finish.reject(error);
  });
  return of.finish.promise;
}

module.exports = { TransformStream, TransformStreamDefaultController };
