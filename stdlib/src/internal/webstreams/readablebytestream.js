'use strict';

// internal/webstreams/readablebytestream: streams of bytes, whose readers may bring their own buffers (BYOB).
// API: https://nodejs.org/docs/latest-v24.x/api/webstreams.html#class-readablebytestreamcontroller
// Spec: https://streams.spec.whatwg.org/#rbs-controller-class  Functions carry the names of its abstract operations.
// Binding: buffer_transfer.detach(arrayBuffer).
//
// A read that waits for bytes is a pull-into descriptor: a buffer, how much of it is filled, and the view to make of it.
// A buffer is transferred each time it changes hands, so that nobody sees it change.

const { codes } = require('internal/errors');
const {
  check, create, dropFirst, finishClass, illegal, inspectAs, invalidState, invalidThis, is, kState, promiseCall,
  queueLength, resetQueue,
} = require('internal/webstreams/util');
const base = require('internal/webstreams/readablestream');

const customInspect = Symbol.for('nodejs.util.inspect.custom');

class ReadableStreamBYOBReader {
  constructor(stream) {
    if (!is('ReadableStream', stream)) throw new codes.ERR_INVALID_ARG_TYPE('stream', 'ReadableStream', stream);
    if (base.isReadableStreamLocked(stream)) throw invalidState('ReadableStream is locked');
    if (!is('ReadableByteStreamController', stream[kState].controller)) {
      throw new codes.ERR_INVALID_ARG_VALUE('reader', stream, 'must be a byte stream');
    }
    base.genericInitialize(this, 'ReadableStreamBYOBReader', stream);
    this[kState].readIntoRequests = [];
  }

  get closed() { return base.genericClosed(this, 'ReadableStreamBYOBReader'); }

  cancel(reason = undefined) { return base.genericCancel(this, 'ReadableStreamBYOBReader', reason); }

  read(view, options = undefined) {
    if (!is('ReadableStreamBYOBReader', this)) return invalidThis('ReadableStreamBYOBReader');
    let min;
    try {
      min = checkRead(view, options);
    } catch (error) {
      return Promise.reject(error);
    }
    if (this[kState].stream === undefined) {
      return Promise.reject(invalidState('The BYOB reader is not attached to a stream'));
    }
    const { promise, resolve, reject } = Promise.withResolvers();
    readInto(this, view, min, {
      chunk(value) { resolve({ value, done: false }); },
      close(value) { resolve({ value, done: true }); },
      error: reject,
    });
    return promise;
  }

  releaseLock() {
    const state = check('ReadableStreamBYOBReader', this);
    if (state.stream === undefined) return;
    base.genericRelease(this);
    base.errorReadRequests(state, invalidState('Releasing reader'));
  }

  [customInspect](depth, options) {
    const { stream, readIntoRequests } = check('ReadableStreamBYOBReader', this);
    return inspectAs('ReadableStreamBYOBReader', { stream, requests: readIntoRequests.length }, depth, options);
  }
}
finishClass(ReadableStreamBYOBReader, ['closed', 'cancel', 'read', 'releaseLock']);

// How many elements the reader wants at least.
function checkRead(view, options) {
  if (!ArrayBuffer.isView(view)) {
    throw new codes.ERR_INVALID_ARG_TYPE('view', ['Buffer', 'TypedArray', 'DataView'], view);
  }
  if (options !== undefined && options !== null && typeof options !== 'object') {
    throw new codes.ERR_INVALID_ARG_TYPE('options', 'Object', options);
  }
  if (view.byteLength === 0 || view.buffer.byteLength === 0) throw invalidState('View or Viewed ArrayBuffer is zero-length or detached');
  const min = options?.min ?? 1;
  if (!Number.isInteger(min)) throw new codes.ERR_INVALID_ARG_TYPE('options.min', 'integer', min);
  const length = view instanceof DataView ? view.byteLength : view.length;
  if (min < 1 || min > length) throw new codes.ERR_OUT_OF_RANGE('options.min', `>= 1 && <= ${length}`, min);
  return min;
}

class ReadableStreamBYOBRequest {
  constructor() { throw illegal(); }

  get view() { return check('ReadableStreamBYOBRequest', this).view; }

  respond(bytesWritten) {
    const { view, controller } = check('ReadableStreamBYOBRequest', this);
    if (controller === undefined) throw invalidState('This BYOB request has been invalidated');
    if (view.buffer.byteLength === 0) throw invalidState('Viewed ArrayBuffer is detached');
    const n = Number(bytesWritten);
    if (!(n >= 0) || n === Infinity) throw new codes.ERR_INVALID_ARG_VALUE('bytesWritten', bytesWritten);
    respond(controller, Math.trunc(n));
  }

  respondWithNewView(view) {
    const { controller } = check('ReadableStreamBYOBRequest', this);
    if (controller === undefined) throw invalidState('This BYOB request has been invalidated');
    if (!ArrayBuffer.isView(view)) {
      throw new codes.ERR_INVALID_ARG_TYPE('view', ['Buffer', 'TypedArray', 'DataView'], view);
    }
    if (isDetached(view.buffer)) throw invalidState('Viewed ArrayBuffer is detached');
    respondWithNewView(controller, view);
  }

  [customInspect](depth, options) {
    const { view, controller } = check('ReadableStreamBYOBRequest', this);
    return inspectAs('ReadableStreamBYOBRequest', { view, controller }, depth, options);
  }
}
finishClass(ReadableStreamBYOBRequest, ['view', 'respond', 'respondWithNewView']);

class ReadableByteStreamController {
  constructor() { throw illegal(); }

  get byobRequest() {
    const of = check('ReadableByteStreamController', this);
    if (of.byobRequest === null && of.pendingPullIntos.length > 0) {
      const { buffer, byteOffset, bytesFilled, byteLength } = of.pendingPullIntos[0];
      of.byobRequest = create(ReadableStreamBYOBRequest, {
        kind: 'ReadableStreamBYOBRequest',
        controller: this,
        view: new Uint8Array(buffer, byteOffset + bytesFilled, byteLength - bytesFilled),
      });
    }
    return of.byobRequest;
  }

  get desiredSize() { return base.getDesiredSize(check('ReadableByteStreamController', this)); }

  close() {
    const of = check('ReadableByteStreamController', this);
    if (of.closeRequested) throw invalidState('Controller is already closed');
    if (of.stream[kState].state !== 'readable') throw invalidState('ReadableStream is already closed');
    close(this);
  }

  enqueue(chunk) {
    const of = check('ReadableByteStreamController', this);
    if (!ArrayBuffer.isView(chunk)) {
      throw new codes.ERR_INVALID_ARG_TYPE('buffer', ['Buffer', 'TypedArray', 'DataView'], chunk);
    }
    if (chunk.byteLength === 0 || chunk.buffer.byteLength === 0) {
      throw invalidState('chunk ArrayBuffer is zero-length or detached');
    }
    if (of.closeRequested) throw invalidState('Controller is already closed');
    if (of.stream[kState].state !== 'readable') throw invalidState('ReadableStream is already closed');
    enqueue(this, chunk);
  }

  error(error = undefined) {
    check('ReadableByteStreamController', this);
    byteControllerError(this, error);
  }

  [customInspect](depth, options) {
    return inspectAs('ReadableByteStreamController', {}, depth, options);
  }
}
finishClass(ReadableByteStreamController, ['byobRequest', 'desiredSize', 'close', 'enqueue', 'error']);

function setUpByteController(stream, algorithms, source, highWaterMark) {
  const autoAllocateChunkSize = source?.autoAllocateChunkSize;
  if (autoAllocateChunkSize !== undefined && !(Number.isInteger(autoAllocateChunkSize) && autoAllocateChunkSize > 0)) {
    throw new codes.ERR_INVALID_ARG_VALUE('source.autoAllocateChunkSize', autoAllocateChunkSize);
  }
  const controller = create(ReadableByteStreamController, {
    kind: 'ReadableByteStreamController',
    stream,
    source,
    algorithms,
    started: false,
    closeRequested: false,
    pullAgain: false,
    pulling: false,
    strategyHWM: highWaterMark,
    autoAllocateChunkSize,
    byobRequest: null,
    pendingPullIntos: [],
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
  }, (error) => byteControllerError(controller, error));
}

// ---- asking the source ----

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
  }, (error) => byteControllerError(controller, error));
}

function shouldCallPull(of) {
  const { stream } = of;
  if (stream[kState].state !== 'readable' || of.closeRequested || !of.started) return false;
  const { reader } = stream[kState];
  if (reader !== undefined) {
    const { readRequests, readIntoRequests } = reader[kState];
    if ((readRequests ?? readIntoRequests).length > 0) return true;
  }
  return base.getDesiredSize(of) > 0;
}

// ---- controller ----

function clearAlgorithms(of) {
  of.algorithms = {};
}

function invalidateRequest(of) {
  if (of.byobRequest === null) return;
  const request = of.byobRequest[kState];
  request.controller = undefined;
  request.view = null;
  of.byobRequest = null;
}

function close(controller) {
  const of = controller[kState];
  if (of.closeRequested || of.stream[kState].state !== 'readable') return;
  if (of.queueTotalSize > 0) {
    of.closeRequested = true;
    return;
  }
  const [first] = of.pendingPullIntos;
  if (first !== undefined && first.bytesFilled % first.elementSize !== 0) {
    const error = invalidState('Partial read');
    byteControllerError(controller, error);
    throw error;
  }
  clearAlgorithms(of);
  base.readableStreamClose(of.stream);
}

function byteControllerError(controller, error) {
  const of = controller[kState];
  if (of.stream[kState].state !== 'readable') return;
  invalidateRequest(of);
  of.pendingPullIntos = [];
  resetQueue(of);
  clearAlgorithms(of);
  base.readableStreamError(of.stream, error);
}

function enqueueChunk(of, buffer, byteOffset, byteLength) {
  of.queue.push({ buffer, byteOffset, byteLength });
  of.queueTotalSize += byteLength;
}

function enqueue(controller, chunk) {
  const of = controller[kState];
  const { stream } = of;
  if (of.closeRequested || stream[kState].state !== 'readable') return;
  const { byteOffset, byteLength } = chunk;
  const buffer = transfer(chunk.buffer);
  const [first] = of.pendingPullIntos;
  if (first !== undefined) {
    if (isDetached(first.buffer)) throw invalidState('Destination ArrayBuffer is detached');
    invalidateRequest(of);
    first.buffer = transfer(first.buffer);
    if (first.readerType === 'none') enqueueDetachedPullInto(of, first);
  }
  const { reader } = stream[kState];
  if (is('ReadableStreamDefaultReader', reader)) {
    processReadRequests(of);
    if (base.numReadRequests(stream) === 0) {
      enqueueChunk(of, buffer, byteOffset, byteLength);
    } else {
      if (of.pendingPullIntos.length > 0) of.pendingPullIntos.shift();
      reader[kState].readRequests.shift().chunk(new Uint8Array(buffer, byteOffset, byteLength));
    }
  } else {
    enqueueChunk(of, buffer, byteOffset, byteLength);
    if (is('ReadableStreamBYOBReader', reader)) processPullIntos(controller);
  }
  callPullIfNeeded(controller);
}

// The bytes of a read whose reader went away stay in the stream.
function enqueueDetachedPullInto(of, descriptor) {
  if (descriptor.bytesFilled > 0) {
    const end = descriptor.byteOffset + descriptor.bytesFilled;
    enqueueChunk(of, descriptor.buffer.slice(descriptor.byteOffset, end), 0, descriptor.bytesFilled);
  }
  of.pendingPullIntos.shift();
}

function processReadRequests(of) {
  const { readRequests } = of.stream[kState].reader[kState];
  while (readRequests.length > 0 && of.queueTotalSize > 0) fillReadRequest(of, readRequests.shift());
}

function fillReadRequest(of, request) {
  const { buffer, byteOffset, byteLength } = of.queue[of.queueHead];
  dropFirst(of);
  of.queueTotalSize -= byteLength;
  handleQueueDrain(of);
  request.chunk(new Uint8Array(buffer, byteOffset, byteLength));
}

function handleQueueDrain(of) {
  if (of.queueTotalSize === 0 && of.closeRequested) {
    clearAlgorithms(of);
    base.readableStreamClose(of.stream);
  } else {
    callPullIfNeeded(of.stream[kState].controller);
  }
}

function pullSteps(controller, request) {
  const of = controller[kState];
  if (of.queueTotalSize > 0) {
    fillReadRequest(of, request);
    return;
  }
  const size = of.autoAllocateChunkSize;
  if (size !== undefined) {
    of.pendingPullIntos.push({
      buffer: new ArrayBuffer(size), bufferByteLength: size, byteOffset: 0, byteLength: size, bytesFilled: 0,
      minimumFill: 1, elementSize: 1, viewConstructor: Uint8Array, readerType: 'default',
    });
  }
  of.stream[kState].reader[kState].readRequests.push(request);
  callPullIfNeeded(controller);
}

function cancelSteps(controller, reason) {
  const of = controller[kState];
  of.pendingPullIntos = [];
  invalidateRequest(of);
  resetQueue(of);
  const result = promiseCall(of.algorithms.cancel, of.source, reason);
  clearAlgorithms(of);
  return result;
}

function releaseSteps(controller) {
  const of = controller[kState];
  if (of.pendingPullIntos.length === 0) return;
  of.pendingPullIntos[0].readerType = 'none';
  of.pendingPullIntos.length = 1;
}

// ---- reading into a buffer ----

/** ReadableByteStreamControllerPullInto, behind ReadableStreamBYOBReaderRead */
function readInto(reader, view, min, request) {
  const { stream } = reader[kState];
  const state = stream[kState];
  state.disturbed = true;
  if (state.state === 'errored') {
    request.error(state.storedError);
    return;
  }
  const { controller } = state;
  const of = controller[kState];
  const isDataView = view instanceof DataView;
  const elementSize = isDataView ? 1 : view.BYTES_PER_ELEMENT;
  const viewConstructor = isDataView ? DataView : typedArrayOf(view);
  const { byteOffset, byteLength } = view;
  let buffer;
  try {
    buffer = transfer(view.buffer);
  } catch (error) {
    request.error(error);
    return;
  }
  const descriptor = {
    buffer, bufferByteLength: buffer.byteLength, byteOffset, byteLength, bytesFilled: 0,
    minimumFill: min * elementSize, elementSize, viewConstructor, readerType: 'byob',
  };
  if (of.pendingPullIntos.length > 0) {
    of.pendingPullIntos.push(descriptor);
    reader[kState].readIntoRequests.push(request);
    return;
  }
  if (state.state === 'closed') {
    request.close(new viewConstructor(buffer, byteOffset, 0));
    return;
  }
  if (of.queueTotalSize > 0) {
    if (fillFromQueue(of, descriptor)) {
      const filled = toView(descriptor);
      handleQueueDrain(of);
      request.chunk(filled);
      return;
    }
    if (of.closeRequested) {
      const error = invalidState('ReadableStream closed');
      byteControllerError(controller, error);
      request.error(error);
      return;
    }
  }
  of.pendingPullIntos.push(descriptor);
  reader[kState].readIntoRequests.push(request);
  callPullIfNeeded(controller);
}

// A Buffer is filled as what it is, a Uint8Array.
function typedArrayOf(view) {
  return globalThis[view[Symbol.toStringTag]];
}

/** FillPullIntoDescriptorFromQueue: whether that was enough. */
function fillFromQueue(of, descriptor) {
  const maxToCopy = Math.min(of.queueTotalSize, descriptor.byteLength - descriptor.bytesFilled);
  const maxFilled = descriptor.bytesFilled + maxToCopy;
  const maxAligned = maxFilled - (maxFilled % descriptor.elementSize);
  const isReady = maxAligned >= descriptor.minimumFill;
  let left = isReady ? maxAligned - descriptor.bytesFilled : maxToCopy;
  while (left > 0) {
    const head = of.queue[of.queueHead];
    const n = Math.min(left, head.byteLength);
    const at = descriptor.byteOffset + descriptor.bytesFilled;
    new Uint8Array(descriptor.buffer, at, n).set(new Uint8Array(head.buffer, head.byteOffset, n));
    if (head.byteLength === n) {
      dropFirst(of);
    } else {
      head.byteOffset += n;
      head.byteLength -= n;
    }
    of.queueTotalSize -= n;
    descriptor.bytesFilled += n;
    left -= n;
  }
  return isReady;
}

/** ConvertPullIntoDescriptor */
function toView({ buffer, byteOffset, bytesFilled, elementSize, viewConstructor }) {
  return new viewConstructor(transfer(buffer), byteOffset, bytesFilled / elementSize);
}

/** CommitPullIntoDescriptor */
function commit(stream, descriptor) {
  const isDone = stream[kState].state === 'closed';
  const view = toView(descriptor);
  const state = stream[kState].reader[kState];
  if (descriptor.readerType === 'default') {
    const request = state.readRequests.shift();
    if (isDone) request.close();
    else request.chunk(view);
  } else {
    const request = state.readIntoRequests.shift();
    if (isDone) request.close(view);
    else request.chunk(view);
  }
}

function processPullIntos(controller) {
  const of = controller[kState];
  const done = [];
  while (of.pendingPullIntos.length > 0 && of.queueTotalSize > 0) {
    if (!fillFromQueue(of, of.pendingPullIntos[0])) break;
    done.push(of.pendingPullIntos.shift());
  }
  for (let i = 0; i < done.length; i++) commit(of.stream, done[i]);
}

// ---- the source answers into the buffer ----

function respond(controller, bytesWritten) {
  const of = controller[kState];
  const [first] = of.pendingPullIntos;
  if (of.stream[kState].state === 'closed') {
    if (bytesWritten !== 0) throw invalidState('Controller is already closed');
  } else {
    if (bytesWritten === 0) throw invalidState('View or Viewed ArrayBuffer is zero-length or detached');
    if (first.bytesFilled + bytesWritten > first.byteLength) {
      throw new codes.ERR_INVALID_ARG_VALUE.RangeError('bytesWritten', bytesWritten);
    }
  }
  first.buffer = transfer(first.buffer);
  respondInternal(controller, bytesWritten);
}

function respondWithNewView(controller, view) {
  const of = controller[kState];
  const [first] = of.pendingPullIntos;
  const { byteOffset, byteLength } = view;
  if (of.stream[kState].state === 'closed') {
    if (byteLength !== 0) throw invalidState('Viewed ArrayBuffer is not empty, but the stream is closed');
  } else if (byteLength === 0) {
    throw invalidState('View or Viewed ArrayBuffer is zero-length or detached');
  }
  if (first.byteOffset + first.bytesFilled !== byteOffset) {
    throw new codes.ERR_INVALID_ARG_VALUE.RangeError('view', view);
  }
  if (first.bufferByteLength !== view.buffer.byteLength) throw new codes.ERR_INVALID_ARG_VALUE.RangeError('view', view);
  if (first.bytesFilled + byteLength > first.byteLength) throw new codes.ERR_INVALID_ARG_VALUE.RangeError('view', view);
  first.buffer = transfer(view.buffer);
  respondInternal(controller, byteLength);
}

function respondInternal(controller, bytesWritten) {
  const of = controller[kState];
  const [first] = of.pendingPullIntos;
  invalidateRequest(of);
  if (of.stream[kState].state === 'closed') respondInClosedState(of, first);
  else respondInReadableState(controller, of, bytesWritten, first);
  callPullIfNeeded(controller);
}

function respondInClosedState(of, first) {
  if (first.readerType === 'none') of.pendingPullIntos.shift();
  const { reader } = of.stream[kState];
  if (!is('ReadableStreamBYOBReader', reader)) return;
  while (reader[kState].readIntoRequests.length > 0) commit(of.stream, of.pendingPullIntos.shift());
}

function respondInReadableState(controller, of, bytesWritten, first) {
  first.bytesFilled += bytesWritten;
  if (first.readerType === 'none') {
    enqueueDetachedPullInto(of, first);
    if (is('ReadableStreamBYOBReader', of.stream[kState].reader)) processPullIntos(controller);
    return;
  }
  if (first.bytesFilled < first.minimumFill) return;
  of.pendingPullIntos.shift();
  const remainder = first.bytesFilled % first.elementSize;
  if (remainder > 0) {
    const end = first.byteOffset + first.bytesFilled;
    enqueueChunk(of, first.buffer.slice(end - remainder, end), 0, remainder);
    first.bytesFilled -= remainder;
  }
  commit(of.stream, first);
  if (is('ReadableStreamBYOBReader', of.stream[kState].reader)) processPullIntos(controller);
}

/** TransferArrayBuffer */
function transfer(buffer) {
  const result = buffer.slice(0);
  binding('buffer_transfer').detach(buffer);
  return result;
}

function isDetached(buffer) {
  if (buffer.byteLength !== 0) return false;
  try {
    new Uint8Array(buffer);
    return false;
  } catch {
    return true;
  }
}

module.exports = {
  ReadableByteStreamController,
  ReadableStreamBYOBReader,
  ReadableStreamBYOBRequest,
  byteControllerClose: close,
  byteControllerEnqueue: enqueue,
  byteControllerError,
  cancelSteps,
  pullSteps,
  releaseSteps,
  setUpByteController,
};
