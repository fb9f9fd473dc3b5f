'use strict';

// internal/webstreams/adapters: toWeb() and fromWeb(): a Node stream as a Web stream, and the other way round.
// API: https://nodejs.org/docs/latest-v24.x/api/stream.html#streamreadabletowebstreamreadable-options

const { Buffer } = require('buffer');
const { AbortError, codes } = require('internal/errors');
const { eos } = require('internal/streams/end-of-stream');
const utils = require('internal/streams/utils');
const { isAnyArrayBuffer } = require('internal/util/types');
const { is, nop } = require('internal/webstreams/util');

// A stream of the other make is through: `error` says how, a premature close counts as an abort.
function asAbort(error) {
  return error?.code === 'ERR_STREAM_PREMATURE_CLOSE' ? new AbortError(undefined, { cause: error }) : error;
}

// A throw of a stream's callback must not become a rejection that nobody sees.
function safely(callback, error) {
  try {
    callback(error);
  } catch (thrown) {
    process.nextTick(() => { throw thrown; });
  }
}

function strategyOf(objectMode, highWaterMark) {
  const { CountQueuingStrategy } = require('internal/webstreams/queuingstrategies');
  return objectMode ? new CountQueuingStrategy({ highWaterMark }) : { highWaterMark };
}

function checkType(type, name) {
  if (type !== undefined) require('internal/validators').validateOneOf(type, name, ['bytes', undefined]);
}

// ---- Node to Web ----

/** Readable.toWeb() */
function newReadableStreamFromStreamReadable(stream, options = {}) {
  if (typeof stream?._readableState !== 'object') {
    throw new codes.ERR_INVALID_ARG_TYPE('streamReadable', 'stream.Readable', stream);
  }
  require('internal/validators').validateObject(options, 'options');
  checkType(options.type, 'options.type');
  const isBytes = options.type === 'bytes';
  const { ReadableStream } = require('internal/webstreams/readablestream');
  if (utils.isDestroyed(stream) || !utils.isReadable(stream)) {
    const empty = new ReadableStream(isBytes ? { type: 'bytes' } : {});
    empty.cancel();
    return empty;
  }

  const objectMode = stream.readableObjectMode;
  let controller;
  let isCancelled = false;
  const onData = (chunk) => {
    // A byte stream takes buffers away; what comes from a pool has to be copied.
    if (isBytes) chunk = new Uint8Array(chunk);
    else if (chunk instanceof Buffer && !objectMode) chunk = new Uint8Array(chunk.buffer, chunk.byteOffset, chunk.byteLength);
    controller.enqueue(chunk);
    if (controller.desiredSize <= 0) stream.pause();
  };
  stream.pause();
  const stop = eos(stream, (error) => {
    error = asAbort(error);
    stop();
    // What comes now is nobody's business any more.
    stream.on('error', nop);
    if (isCancelled) return;
    if (error) {
      controller.error(error);
      return;
    }
    controller.close();
    if (isBytes) controller.byobRequest?.respond(0);
  });
  stream.on('data', onData);

  const source = {
    start(c) { controller = c; },
    pull() { stream.resume(); },
    cancel(reason) {
      isCancelled = true;
      utils.destroyer(stream, reason);
    },
  };
  if (isBytes) {
    source.type = 'bytes';
    return new ReadableStream(source, { highWaterMark: stream.readableHighWaterMark });
  }
  return new ReadableStream(source, options.strategy ?? strategyOf(objectMode, stream.readableHighWaterMark));
}

/** Writable.toWeb() */
function newWritableStreamFromStreamWritable(stream) {
  if (!utils.isWritableNodeStream(stream) && typeof stream?._writableState !== 'object') {
    throw new codes.ERR_INVALID_ARG_TYPE('streamWritable', 'stream.Writable', stream);
  }
  const { WritableStream } = require('internal/webstreams/writablestream');
  if (utils.isDestroyed(stream) || !utils.isWritable(stream)) {
    const closed = new WritableStream();
    closed.close();
    return closed;
  }

  let controller;
  let drained;
  let closed;
  const stop = eos(stream, (error) => {
    error = asAbort(error);
    stop();
    stream.on('error', nop);
    if (error) {
      drained?.reject(error);
      closed?.reject(error);
      controller.error(error);
    } else if (closed !== undefined) {
      closed.resolve();
    } else {
      controller.error(new AbortError());
    }
  });
  stream.on('drain', () => {
    drained?.resolve();
    drained = undefined;
  });
  return new WritableStream({
    start(c) { controller = c; },
    write(chunk) {
      // Streams of bytes take views only; web streams of bytes take buffers too.
      if (!stream.writableObjectMode && isAnyArrayBuffer(chunk)) chunk = new Uint8Array(chunk);
      if (stream.write(chunk) || !stream.writableNeedDrain) return undefined;
      drained = Promise.withResolvers();
      return drained.promise;
    },
    abort(reason) { utils.destroyer(stream, reason); },
    close() {
      const isEnded = utils.isWritableEnded(stream);
      if (closed === undefined) {
        closed = Promise.withResolvers();
        if (isEnded) return undefined;
        stream.end();
      }
      return closed.promise;
    },
  }, strategyOf(stream.writableObjectMode, stream.writableHighWaterMark));
}

/** Duplex.toWeb() */
function newReadableWritablePairFromDuplex(duplex, options = {}) {
  if (typeof duplex?._writableState !== 'object' || typeof duplex._readableState !== 'object') {
    throw new codes.ERR_INVALID_ARG_TYPE('duplex', 'stream.Duplex', duplex);
  }
  require('internal/validators').validateObject(options, 'options');
  const type = options.readableType ?? options.type;
  checkType(type, 'options.readableType');
  return {
    writable: newWritableStreamFromStreamWritable(duplex),
    readable: newReadableStreamFromStreamReadable(duplex, { type }),
  };
}

// ---- Web to Node ----

// read() and destroy() for a readable side over a reader.
function readFrom(readableStream) {
  const reader = readableStream.getReader();
  let isClosed = false;
  return {
    read(stream) {
      reader.read().then(({ value, done }) => {
        stream.push(done ? null : value);
      }, (error) => utils.destroyer(stream, error));
    },
    close(error) {
      return isClosed ? Promise.resolve() : reader.cancel(error);
    },
    watch(stream) {
      reader.closed.then(() => {
        isClosed = true;
      }, (error) => {
        isClosed = true;
        utils.destroyer(stream, error);
      });
    },
  };
}

// write(), final() and destroy() for a writable side over a writer.
function writeTo(writableStream, settings) {
  const writer = writableStream.getWriter();
  let isClosed = false;
  const toBytes = (chunk, encoding) => {
    if (typeof chunk !== 'string' || !settings.decodeStrings || settings.objectMode) return chunk;
    const bytes = Buffer.from(chunk, encoding);
    return new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  };
  return {
    write(chunk, encoding, callback) {
      writer.ready.then(() => writer.write(toBytes(chunk, encoding)))
        .then(() => safely(callback), (error) => safely(callback, error));
    },
    writev(chunks, callback) {
      writer.ready.then(() => Promise.all(chunks.map(({ chunk, encoding }) => writer.write(toBytes(chunk, encoding)))))
        .then(() => safely(callback), (error) => safely(callback, error));
    },
    final(callback) {
      if (isClosed) {
        callback();
        return;
      }
      writer.close().then(() => safely(callback), (error) => safely(callback, error));
    },
    close(error) {
      if (isClosed) return Promise.resolve();
      return error !== null && error !== undefined ? writer.abort(error) : writer.close();
    },
    watch(stream) {
      writer.closed.then(() => {
        isClosed = true;
        if (!utils.isWritableEnded(stream)) utils.destroyer(stream, new codes.ERR_STREAM_PREMATURE_CLOSE());
      }, (error) => {
        isClosed = true;
        utils.destroyer(stream, error);
      });
    },
  };
}

/** Readable.fromWeb() */
function newStreamReadableFromReadableStream(readableStream, options = {}) {
  if (!is('ReadableStream', readableStream)) {
    throw new codes.ERR_INVALID_ARG_TYPE('readableStream', 'ReadableStream', readableStream);
  }
  require('internal/validators').validateObject(options, 'options');
  const { highWaterMark, encoding, objectMode = false, signal } = options;
  checkEncoding(encoding);
  require('internal/validators').validateBoolean(objectMode, 'options.objectMode');
  const { Readable } = require('internal/streams/readable');
  const side = readFrom(readableStream);
  const stream = new Readable({
    objectMode,
    highWaterMark,
    encoding,
    signal,
    read() { side.read(this); },
    destroy(error, callback) {
      side.close(error).then(() => safely(callback, error), () => safely(callback, error));
    },
  });
  side.watch(stream);
  return stream;
}

function checkEncoding(encoding) {
  if (encoding !== undefined && !Buffer.isEncoding(encoding)) {
    throw new codes.ERR_INVALID_ARG_VALUE('options.encoding', encoding);
  }
}

/** Writable.fromWeb() */
function newStreamWritableFromWritableStream(writableStream, options = {}) {
  if (!is('WritableStream', writableStream)) {
    throw new codes.ERR_INVALID_ARG_TYPE('writableStream', 'WritableStream', writableStream);
  }
  const { validateBoolean, validateObject } = require('internal/validators');
  validateObject(options, 'options');
  const { highWaterMark, decodeStrings = true, objectMode = false, signal } = options;
  validateBoolean(objectMode, 'options.objectMode');
  validateBoolean(decodeStrings, 'options.decodeStrings');
  const { Writable } = require('internal/streams/writable');
  const side = writeTo(writableStream, { decodeStrings, objectMode });
  const stream = new Writable({
    highWaterMark,
    objectMode,
    decodeStrings,
    signal,
    write: side.write,
    writev: side.writev,
    final: side.final,
    destroy(error, callback) {
      side.close(error).then(() => safely(callback, error), () => safely(callback, error));
    },
  });
  side.watch(stream);
  return stream;
}

/** Duplex.fromWeb() */
function newStreamDuplexFromReadableWritablePair(pair = {}, options = {}) {
  const { validateBoolean, validateObject } = require('internal/validators');
  validateObject(pair, 'pair');
  const { readable, writable } = pair;
  if (!is('ReadableStream', readable)) {
    throw new codes.ERR_INVALID_ARG_TYPE('pair.readable', 'ReadableStream', readable);
  }
  if (!is('WritableStream', writable)) {
    throw new codes.ERR_INVALID_ARG_TYPE('pair.writable', 'WritableStream', writable);
  }
  validateObject(options, 'options');
  const { allowHalfOpen = false, objectMode = false, encoding, decodeStrings = true, highWaterMark, signal } = options;
  validateBoolean(objectMode, 'options.objectMode');
  checkEncoding(encoding);
  const { Duplex } = require('internal/streams/duplex');
  const input = writeTo(writable, { decodeStrings, objectMode });
  const output = readFrom(readable);
  const duplex = new Duplex({
    allowHalfOpen,
    highWaterMark,
    objectMode,
    encoding,
    decodeStrings,
    signal,
    read() { output.read(this); },
    write: input.write,
    writev: input.writev,
    final: input.final,
    destroy(error, callback) {
      Promise.all([input.close(error), output.close(error)])
        .then(() => safely(callback, error), () => safely(callback, error));
    },
  });
  input.watch(duplex);
  output.watch(duplex);
  return duplex;
}

module.exports = {
  newReadableStreamFromStreamReadable,
  newReadableWritablePairFromDuplex,
  newStreamDuplexFromReadableWritablePair,
  newStreamReadableFromReadableStream,
  newStreamWritableFromWritableStream,
  newWritableStreamFromStreamWritable,
};
