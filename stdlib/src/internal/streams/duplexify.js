'use strict';

// internal/streams/duplexify: Duplex.from(), a Duplex out of nearly anything: streams of every make, pairs of them,
// iterables, promises, blobs, async functions.
// API: https://nodejs.org/docs/latest-v24.x/api/stream.html#streamduplexfromsrc

const { AbortError, codes } = require('internal/errors');
const { Duplex } = require('internal/streams/duplex');
const { eos } = require('internal/streams/end-of-stream');
const { from } = require('internal/streams/from');
const utils = require('internal/streams/utils');

function duplexify(body, name) {
  if (utils.isDuplexNodeStream(body)) return body;
  if (utils.isReadableNodeStream(body)) return joined({ readable: body });
  if (utils.isWritableNodeStream(body)) return joined({ writable: body });
  if (utils.isNodeStream(body)) return joined({ writable: false, readable: false });
  if (utils.isReadableStream(body)) {
    const { Readable } = require('internal/streams/readable');
    return joined({ readable: Readable.fromWeb(body) });
  }
  if (utils.isWritableStream(body)) {
    const { Writable } = require('internal/streams/writable');
    return joined({ writable: Writable.fromWeb(body) });
  }
  if (typeof body === 'function') return fromFunction(body, name);
  if (typeof Blob !== 'undefined' && body instanceof Blob) return duplexify(body.arrayBuffer(), name);
  if (utils.isIterable(body)) return from(Duplex, body, { objectMode: true, writable: false });
  if (utils.isReadableStream(body?.readable) && utils.isWritableStream(body?.writable)) return Duplex.fromWeb(body);
  if (typeof body?.writable === 'object' || typeof body?.readable === 'object') {
    return joined({ readable: side(body?.readable, utils.isReadableNodeStream),
      writable: side(body?.writable, utils.isWritableNodeStream) });
  }
  if (typeof body?.then === 'function') return fromPromise(body);
  throw new codes.ERR_INVALID_ARG_TYPE(name, [
    'Blob', 'ReadableStream', 'WritableStream', 'Stream', 'Iterable', 'AsyncIterable', 'Function',
    '{ readable, writable } pair', 'Promise',
  ], body);
}

function side(value, isIt) {
  if (!value) return undefined;
  return isIt(value) ? value : duplexify(value);
}

function fromPromise(promise) {
  const duplex = new Duplex({ objectMode: true, writable: false, read() {} });
  promise.then((value) => {
    if (value !== null && value !== undefined) duplex.push(value);
    duplex.push(null);
  }, (error) => duplex.destroy(error));
  return duplex;
}

// An async generator function gets what is written, and gives what is read. An async function only gets.
function fromFunction(fn, name) {
  const input = writtenChunks();
  const result = fn(input.chunks, { signal: input.signal });
  if (utils.isIterable(result)) {
    return from(Duplex, result, {
      objectMode: true,
      write: input.write,
      final: input.final,
      destroy: input.destroy,
    });
  }
  if (typeof result?.then !== 'function') {
    throw new codes.ERR_INVALID_RETURN_VALUE('Iterable, AsyncIterable or AsyncFunction', name, result);
  }
  const settled = result.then((value) => {
    if (value !== null && value !== undefined) {
      throw new codes.ERR_INVALID_RETURN_VALUE('nully', 'body', value);
    }
  });
  const duplex = new Duplex({
    objectMode: true,
    readable: false,
    write: input.write,
    final(callback) {
      input.final(async () => {
        try {
          await settled;
          process.nextTick(callback, null);
        } catch (error) {
          process.nextTick(callback, error);
        }
      });
    },
    destroy: input.destroy,
  });
  settled.catch((error) => duplex.destroy(error));
  return duplex;
}

// The written side as an async iterable: each write waits for the reader to come.
function writtenChunks() {
  const controller = new AbortController();
  const { signal } = controller;
  let next = Promise.withResolvers();
  async function* read() {
    for (;;) {
      const { chunk, done, callback } = await next.promise;
      next = Promise.withResolvers();
      // What waits in the stream's queue comes after this.
      process.nextTick(callback);
      if (done) return;
      if (signal.aborted) throw new AbortError(undefined, { cause: signal.reason });
      yield chunk;
    }
  }
  return {
    chunks: read(),
    signal,
    write(chunk, encoding, callback) {
      next.resolve({ chunk, done: false, callback });
    },
    final(callback) {
      next.resolve({ chunk: undefined, done: true, callback });
    },
    destroy(error, callback) {
      controller.abort();
      callback(error);
    },
  };
}

// Two streams as one.
function joined(pair) {
  const r = pair.readable && typeof pair.readable.read !== 'function' ?
    require('internal/streams/readable').Readable.wrap(pair.readable) : pair.readable;
  const w = pair.writable;
  const readable = !!utils.isReadable(r);
  const writable = !!utils.isWritable(w);
  let onFinish = null;
  let isOver = false;

  const over = (error) => {
    isOver = true;
    if (error) duplex.destroy(error);
  };
  const duplex = new Duplex({
    readableObjectMode: !!r?.readableObjectMode,
    writableObjectMode: !!w?.writableObjectMode,
    readable,
    writable,
  });

  if (writable) {
    let onDrain = null;
    eos(w, { readable: false }, (error) => {
      if (error && readable) utils.destroyer(r, error);
      if (onFinish !== null && !error) {
        const callback = onFinish;
        onFinish = null;
        callback();
      }
      if (error || !readable) over(error);
    });
    duplex._write = (chunk, encoding, callback) => {
      if (w.write(chunk, encoding)) callback();
      else onDrain = callback;
    };
    duplex._final = (callback) => {
      w.end();
      onFinish = callback;
    };
    w.on('drain', () => {
      const callback = onDrain;
      onDrain = null;
      if (callback !== null) callback();
    });
    w.on('finish', () => {
      const callback = onFinish;
      onFinish = null;
      if (callback !== null) callback();
    });
  }

  if (readable) {
    let wants = false;
    eos(r, { writable: false }, (error) => {
      if (error && writable) utils.destroyer(w, error);
      if (error || !writable) over(error);
    });
    const move = () => {
      for (;;) {
        const chunk = r.read();
        if (chunk === null) {
          wants = true;
          return;
        }
        if (!duplex.push(chunk)) return;
      }
    };
    duplex._read = move;
    r.on('readable', () => {
      if (!wants) return;
      wants = false;
      move();
    });
    r.on('end', () => duplex.push(null));
  }

  duplex._destroy = (error, callback) => {
    const failed = error ?? (isOver || isSettled(r, w) ? null : new AbortError());
    onFinish = null;
    utils.destroyer(w, failed);
    utils.destroyer(r, failed);
    callback(failed);
  };
  return duplex;
}

function isSettled(r, w) {
  return (!r || utils.isFinished(r, { writable: false }) !== false) &&
    (!w || utils.isFinished(w, { readable: false }) !== false);
}

module.exports = { duplexify };
