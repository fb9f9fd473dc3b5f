'use strict';

// internal/streams/from: Readable.from(), a readable over an iterable.
// API: https://nodejs.org/docs/latest-v24.x/api/stream.html#streamreadablefromiterable-options

const { Buffer } = require('buffer');
const { codes } = require('internal/errors');

function from(Readable, iterable, options) {
  if (typeof iterable === 'string' || iterable instanceof Buffer) return single(Readable, iterable, options);
  let isAsync = true;
  let iterator;
  if (iterable?.[Symbol.asyncIterator]) {
    iterator = iterable[Symbol.asyncIterator]();
  } else if (iterable?.[Symbol.iterator]) {
    isAsync = false;
    iterator = iterable[Symbol.iterator]();
  } else {
    throw new codes.ERR_INVALID_ARG_TYPE('iterable', ['Iterable'], iterable);
  }
  const readable = new Readable({ objectMode: true, highWaterMark: 1, ...options });

  const source = { readable, iterator, isRunning: false };
  readable._read = () => {
    if (source.isRunning) return;
    source.isRunning = true;
    if (isAsync) pumpAsync(source);
    else pump(source);
  };
  readable._destroy = (error, callback) => {
    close(iterator, error).then(
      // In a tick, so that a throw of the callback is not a rejection.
      () => process.nextTick(callback, error),
      (failure) => process.nextTick(callback, failure || error),
    );
  };
  return readable;
}

// A string or buffer is one chunk.
function single(Readable, chunk, options) {
  return new Readable({
    objectMode: true,
    ...options,
    read() {
      this.push(chunk);
      this.push(null);
    },
  });
}

// The pumps take one chunk after another until the buffer is full. At the end they leave isRunning, and don't start again.
async function pump(source) {
  const { readable, iterator } = source;
  for (;;) {
    try {
      const { value, done } = iterator.next();
      if (done) {
        readable.push(null);
        return;
      }
      const isThenable = value !== null && value !== undefined && typeof value.then === 'function';
      if (!deliver(source, isThenable ? await value : value)) return;
    } catch (error) {
      readable.destroy(error);
      return;
    }
  }
}

async function pumpAsync(source) {
  const { readable, iterator } = source;
  for (;;) {
    try {
      const { value, done } = await iterator.next();
      if (done) {
        readable.push(null);
        return;
      }
      if (!deliver(source, value)) return;
    } catch (error) {
      readable.destroy(error);
      return;
    }
  }
}

function deliver(source, chunk) {
  if (chunk === null) {
    source.isRunning = false;
    throw new codes.ERR_STREAM_NULL_VALUES();
  }
  if (source.readable.push(chunk)) return true;
  source.isRunning = false;
  return false;
}

async function close(iterator, error) {
  const failed = error !== undefined && error !== null;
  if (failed && typeof iterator.throw === 'function') {
    const { value, done } = await iterator.throw(error);
    await value;
    if (done) return;
  }
  if (typeof iterator.return === 'function') {
    const { value } = await iterator.return();
    await value;
  }
}

module.exports = { from };
