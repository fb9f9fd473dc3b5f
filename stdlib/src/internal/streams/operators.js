'use strict';

// internal/streams/operators: readable.map(), filter(), reduce() and their kin.
// API: https://nodejs.org/docs/latest-v24.x/api/stream.html#readablemapfn-options
//
// Those that make streams are async generators here; Readable wraps what they give. Everything that calls a function per
// chunk goes through map(), which runs up to `concurrency` calls at once and keeps their order.

const { AbortError, codes } = require('internal/errors');
const { validateAbortSignal, validateFunction, validateInteger, validateObject } = require('internal/validators');

// A result that is not passed on.
const kEmpty = Symbol('kEmpty');
const kEnd = Symbol('kEnd');

function nop() {}

function checkFunction(fn, name = 'fn') {
  if (typeof fn !== 'function') throw new codes.ERR_INVALID_ARG_TYPE(name, ['Function', 'AsyncFunction'], fn);
}

function checkOptions(options) {
  if (options !== undefined && options !== null) validateObject(options, 'options');
  if (options?.signal !== undefined && options.signal !== null) validateAbortSignal(options.signal, 'options.signal');
}

function throwIfAborted(signal) {
  if (signal?.aborted) throw new AbortError(undefined, { cause: signal.reason });
}

function map(stream, fn, options) {
  checkFunction(fn);
  checkOptions(options);
  let concurrency = 1;
  if (options?.concurrency !== undefined && options.concurrency !== null) concurrency = Math.floor(options.concurrency);
  let highWaterMark = concurrency - 1;
  if (options?.highWaterMark !== undefined && options.highWaterMark !== null) {
    highWaterMark = Math.floor(options.highWaterMark);
  }
  validateInteger(concurrency, 'options.concurrency', 1);
  validateInteger(highWaterMark, 'options.highWaterMark', 0);
  return mapped(stream, fn, options, concurrency, highWaterMark + concurrency);
}

async function* mapped(stream, fn, options, concurrency, room) {
  const controller = new AbortController();
  const signal = AbortSignal.any([controller.signal, options?.signal].filter(Boolean));
  // Promises of results in the order of their chunks; `running` of them are still pending.
  const queue = [];
  let running = 0;
  let isDone = false;
  let wakeReader = null;
  let wakeWriter = null;

  const ready = () => {
    if (wakeReader !== null) wakeReader();
    wakeReader = null;
  };
  const mayGoOn = () => {
    if (wakeWriter !== null && !isDone && running < concurrency && queue.length < room) {
      wakeWriter();
      wakeWriter = null;
    }
  };
  const settled = () => {
    running--;
    mayGoOn();
  };
  const failed = () => {
    isDone = true;
    settled();
  };

  async function fill() {
    try {
      for await (const chunk of stream) {
        if (isDone) return;
        throwIfAborted(signal);
        let result;
        try {
          result = fn(chunk, { signal });
          if (result === kEmpty) continue;
          result = Promise.resolve(result);
        } catch (error) {
          result = Promise.reject(error);
        }
        running++;
        result.then(settled, failed);
        queue.push(result);
        ready();
        if (!isDone && (queue.length >= room || running >= concurrency)) {
          await new Promise((resolve) => { wakeWriter = resolve; });
        }
      }
      queue.push(kEnd);
    } catch (error) {
      const failure = Promise.reject(error);
      failure.then(nop, nop);
      queue.push(failure);
    } finally {
      isDone = true;
      ready();
    }
  }

  fill();
  try {
    for (;;) {
      while (queue.length > 0) {
        const result = await queue[0];
        if (result === kEnd) return;
        throwIfAborted(signal);
        if (result !== kEmpty) yield result;
        queue.shift();
        mayGoOn();
      }
      await new Promise((resolve) => { wakeReader = resolve; });
    }
  } finally {
    controller.abort();
    isDone = true;
    if (wakeWriter !== null) wakeWriter();
    wakeWriter = null;
  }
}

function filter(stream, fn, options) {
  checkFunction(fn);
  return map(stream, async (chunk, context) => ((await fn(chunk, context)) ? chunk : kEmpty), options);
}

function flatMap(stream, fn, options) {
  const inner = map(stream, fn, options);
  return (async function* () {
    for await (const chunk of inner) yield* chunk;
  })();
}

// What a length or index may be: 0 up to Infinity.
function toCount(number) {
  const count = Number(number);
  if (Number.isNaN(count)) return 0;
  if (count < 0) throw new codes.ERR_OUT_OF_RANGE('number', '>= 0', count);
  return count;
}

function drop(stream, number, options) {
  checkOptions(options);
  let left = toCount(number);
  return (async function* () {
    throwIfAborted(options?.signal);
    for await (const chunk of stream) {
      throwIfAborted(options?.signal);
      if (left-- <= 0) yield chunk;
    }
  })();
}

function take(stream, number, options) {
  checkOptions(options);
  let left = toCount(number);
  return (async function* () {
    throwIfAborted(options?.signal);
    for await (const chunk of stream) {
      throwIfAborted(options?.signal);
      if (left-- > 0) yield chunk;
      // Not one chunk more than needed is read.
      if (left <= 0) return;
    }
  })();
}

async function forEach(stream, fn, options) {
  checkFunction(fn);
  const each = async (chunk, context) => {
    await fn(chunk, context);
    return kEmpty;
  };
  // eslint-disable-next-line no-unused-vars
  for await (const nothing of map(stream, each, options));
}

async function find(stream, fn, options) {
  for await (const chunk of filter(stream, fn, options)) return chunk;
  return undefined;
}

async function some(stream, fn, options = undefined) {
  // eslint-disable-next-line no-unused-vars
  for await (const chunk of filter(stream, fn, options)) return true;
  return false;
}

async function every(stream, fn, options = undefined) {
  checkFunction(fn);
  return !(await some(stream, async (chunk, context) => !(await fn(chunk, context)), options));
}

async function reduce(stream, reducer, hasInitial, value, options) {
  checkFunction(reducer, 'reducer');
  checkOptions(options);
  const outer = options?.signal;
  if (outer?.aborted) {
    const error = new AbortError(undefined, { cause: outer.reason });
    stream.once('error', nop);
    await require('internal/streams/end-of-stream').finishedPromise(stream.destroy(error));
    throw error;
  }
  const controller = new AbortController();
  const { signal } = controller;
  const stop = () => controller.abort();
  if (outer) outer.addEventListener('abort', stop, { once: true });
  let hasValue = hasInitial;
  let isEmpty = true;
  try {
    for await (const chunk of stream) {
      isEmpty = false;
      if (outer?.aborted) throw new AbortError();
      if (hasValue) {
        value = await reducer(value, chunk, { signal });
      } else {
        value = chunk;
        hasValue = true;
      }
    }
    if (isEmpty && !hasInitial) {
      throw Object.assign(new codes.ERR_MISSING_ARGS('reduce'), {
        message: 'Reduce of an empty stream requires an initial value',
      });
    }
  } finally {
    controller.abort();
    if (outer) outer.removeEventListener('abort', stop);
  }
  return value;
}

async function toArray(stream, options) {
  checkOptions(options);
  const result = [];
  for await (const chunk of stream) {
    throwIfAborted(options?.signal);
    result.push(chunk);
  }
  return result;
}

/** readable.compose(): this stream's data through another stream or an async generator function. */
function composeWith(stream, next, options) {
  checkOptions(options);
  const utils = require('internal/streams/utils');
  if (utils.isNodeStream(next) && !utils.isWritable(next)) {
    throw new codes.ERR_INVALID_ARG_VALUE('stream', next, 'must be writable');
  }
  const composed = require('internal/streams/compose').compose(stream, next);
  if (options?.signal) require('internal/streams/add-abort-signal').addAbortSignalNoValidate(options.signal, composed);
  return composed;
}

module.exports = { composeWith, drop, every, filter, find, flatMap, forEach, map, reduce, some, take, toArray };
