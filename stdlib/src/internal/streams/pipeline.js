'use strict';

// internal/streams/pipeline: pipeline(), which joins streams, iterables and generator functions, and takes all of them
// down when one fails.
// API: https://nodejs.org/docs/latest-v24.x/api/stream.html#streampipelinesource-transforms-destination-callback
//
//   source -> stage -> ... -> destination
//
// Each joint is a pump that reports once it is through; `pending` counts the reports to come. The first error destroys
// every stage. When the last report is in, the callback is called in the next tick.

const { AbortError, codes } = require('internal/errors');
const { eos } = require('internal/streams/end-of-stream');
const utils = require('internal/streams/utils');

function isPremature(error) {
  return error.code === 'ERR_STREAM_PREMATURE_CLOSE';
}

/** pipeline(...streams, callback) */
function pipeline(...streams) {
  const callback = streams.pop();
  if (typeof callback !== 'function') {
    throw new codes.ERR_INVALID_ARG_TYPE('streams[stream.length - 1]', 'Function', callback);
  }
  return run(streams, callback);
}

/**
 * @param {any[]} streams the stages, or one array of them
 * @param {(error?: Error, value?: any) => void} callback called once
 * @param {{ signal?: AbortSignal, end?: boolean }} [options]
 */
function run(streams, callback, options) {
  if (streams.length === 1 && Array.isArray(streams[0])) [streams] = streams;
  if (streams.length < 2) throw new codes.ERR_MISSING_ARGS('streams');
  const line = new Pipeline(streams, callback, options);
  let flow;
  for (let i = 0; i < streams.length; i++) flow = line.add(streams[i], i, flow);
  if (line.controller.signal.aborted || options?.signal?.aborted) process.nextTick(line.abort);
  return flow;
}

class Pipeline {
  constructor(streams, callback, options) {
    this.streams = streams;
    this.callback = callback;
    this.controller = new AbortController();
    this.end = options?.end !== false;
    this.outerSignal = options?.signal;
    this.pending = 0;
    this.error = undefined;
    this.value = undefined;
    this.isOver = false;
    this.destroys = [];
    // Listeners on the last stream, which lives on if it is readable.
    this.cleanups = [];

    this.report = (error) => this.settle(error, --this.pending === 0);
    this.fail = (error) => this.settle(error, false);
    this.abort = () => this.settle(new AbortError(undefined, { cause: this.outerSignal?.reason }), false);
    if (this.outerSignal !== undefined && this.outerSignal !== null) {
      require('internal/validators').validateAbortSignal(this.outerSignal, 'options.signal');
      if (!this.outerSignal.aborted) this.outerSignal.addEventListener('abort', this.abort, { once: true });
    }
  }

  // The first error counts; a premature close is only what another error looks like from the next stage.
  settle(error, isLast) {
    if (error && (!this.error || isPremature(this.error))) this.error = error;
    if (!this.error && !isLast) return;
    while (this.destroys.length > 0) this.destroys.shift()(this.error);
    if (this.outerSignal) this.outerSignal.removeEventListener('abort', this.abort);
    this.controller.abort();
    if (!isLast || this.isOver) return;
    this.isOver = true;
    if (!this.error) for (const cleanup of this.cleanups) cleanup();
    process.nextTick(this.callback, this.error, this.value);
  }

  // Joins stage i to what flows out of the stages before it. Returns what flows out of it.
  add(stage, i, flow) {
    const isLast = i === this.streams.length - 1;
    const endsStage = !isLast || this.end;
    if (utils.isNodeStream(stage)) this.guard(stage, i > 0, isLast, endsStage);
    if (i === 0) return this.addSource(stage);
    if (typeof stage === 'function') return this.addFunction(stage, i, isLast, flow);
    if (utils.isNodeStream(stage)) {
      this.joinNode(stage, isLast, endsStage, flow);
      return stage;
    }
    if (utils.isWebStream(stage)) {
      this.joinWeb(stage, endsStage, flow);
      return stage;
    }
    return require('internal/streams/duplexify').duplexify(stage, 'body');
  }

  guard(stream, isWriting, isLast, endsStage) {
    if (endsStage) {
      const { destroy, cleanup } = watchToDestroy(stream, !isLast, isWriting);
      this.destroys.push(destroy);
      if (utils.isReadable(stream) && isLast) this.cleanups.push(cleanup);
    }
    // Errors that the watcher doesn't report, of a stream that is over for it.
    const onError = (error) => {
      if (error && error.name !== 'AbortError' && !isPremature(error)) this.fail(error);
    };
    stream.on('error', onError);
    if (utils.isReadable(stream) && isLast) this.cleanups.push(() => stream.removeListener('error', onError));
  }

  addSource(stage) {
    if (typeof stage === 'function') {
      const flow = stage({ signal: this.controller.signal });
      if (!utils.isIterable(flow)) {
        throw new codes.ERR_INVALID_RETURN_VALUE('Iterable, AsyncIterable or Stream', 'source', flow);
      }
      return flow;
    }
    if (utils.isIterable(stage) || utils.isReadableNodeStream(stage) || utils.isTransformStream(stage)) return stage;
    return require('internal/streams/duplexify').duplexify(stage, 'body');
  }

  addFunction(fn, i, isLast, flow) {
    const input = toAsyncIterable(utils.isTransformStream(flow) ? flow.readable : flow);
    const result = fn(input, { signal: this.controller.signal });
    if (!isLast) {
      if (!utils.isIterable(result, true)) {
        throw new codes.ERR_INVALID_RETURN_VALUE('AsyncIterable', `transform[${i - 1}]`, result);
      }
      return result;
    }

    // Callers get a stream even of a function's result.
    const { PassThrough } = require('internal/streams/transform');
    const output = new PassThrough({ objectMode: true });
    const then = result?.then;
    if (typeof then === 'function') {
      this.pending++;
      then.call(result, (value) => {
        this.value = value;
        if (value !== null && value !== undefined) output.write(value);
        if (this.end) output.end();
        process.nextTick(this.report);
      }, (error) => {
        output.destroy(error);
        process.nextTick(this.report, error);
      });
    } else if (utils.isIterable(result, true)) {
      this.pending++;
      pumpToNode(result, output, this.report, this.end);
    } else if (utils.isReadableStream(result) || utils.isTransformStream(result)) {
      this.pending++;
      pumpToNode(result.readable || result, output, this.report, this.end);
    } else {
      throw new codes.ERR_INVALID_RETURN_VALUE('AsyncIterable or Promise', 'destination', result);
    }
    const { destroy, cleanup } = watchToDestroy(output, false, true);
    this.destroys.push(destroy);
    this.cleanups.push(cleanup);
    return output;
  }

  joinNode(stream, isLast, endsStage, flow) {
    if (utils.isClosed(stream) || utils.isDestroyed(stream)) {
      this.pending++;
      process.nextTick(this.report, new codes.ERR_STREAM_UNABLE_TO_PIPE());
      return;
    }
    if (utils.isReadableNodeStream(flow)) {
      this.pending += 2;
      const cleanup = pipeNode(flow, stream, this.report, this.fail, endsStage);
      if (utils.isReadable(stream) && isLast) this.cleanups.push(cleanup);
    } else if (utils.isTransformStream(flow) || utils.isReadableStream(flow)) {
      this.pending++;
      pumpToNode(flow.readable || flow, stream, this.report, endsStage);
    } else if (utils.isIterable(flow)) {
      this.pending++;
      pumpToNode(flow, stream, this.report, endsStage);
    } else {
      throw wrongFlow(flow);
    }
  }

  joinWeb(stream, endsStage, flow) {
    let input;
    if (utils.isReadableNodeStream(flow)) input = toAsyncIterable(flow);
    else if (utils.isReadableStream(flow) || utils.isIterable(flow)) input = flow;
    else if (utils.isTransformStream(flow)) input = flow.readable;
    else throw wrongFlow(flow);
    this.pending++;
    pumpToWeb(input, stream, this.report, endsStage);
  }
}

function wrongFlow(flow) {
  return new codes.ERR_INVALID_ARG_TYPE('val',
    ['Readable', 'Iterable', 'AsyncIterable', 'ReadableStream', 'TransformStream'], flow);
}

// destroy(error) for a stream that isn't over by itself by then.
function watchToDestroy(stream, reading, writing) {
  let isOver = false;
  stream.on('close', () => { isOver = true; });
  const cleanup = eos(stream, { readable: reading, writable: writing }, (error) => { isOver = !error; });
  return {
    destroy(error) {
      if (isOver) return;
      isOver = true;
      utils.destroyer(stream, error || new codes.ERR_STREAM_DESTROYED('pipe'));
    },
    cleanup,
  };
}

function toAsyncIterable(value) {
  if (utils.isIterable(value)) return value;
  if (utils.isReadableNodeStream(value)) return legacyChunks(value);
  throw wrongFlow(value);
}

// A stream of the old kind is wrapped only when somebody reads.
async function* legacyChunks(stream) {
  yield* require('internal/streams/async_iterator').iterate(stream);
}

function pipeNode(source, destination, report, fail, endsStage) {
  let isEnded = false;
  destination.on('close', () => {
    if (!isEnded) fail(new codes.ERR_STREAM_PREMATURE_CLOSE());
  });
  // end() is called here, because pipe() wouldn't for stdout.
  source.pipe(destination, { end: false });
  if (endsStage) {
    const atEnd = () => {
      isEnded = true;
      destination.end();
    };
    if (utils.isReadableFinished(source)) process.nextTick(atEnd);
    else source.once('end', atEnd);
  } else {
    report();
  }
  eos(source, { readable: true, writable: false }, (error) => {
    const r = source._readableState;
    if (error && isPremature(error) && r?.ended && !r.errored && !r.errorEmitted) {
      // Some old streams emit 'close' before 'end'.
      source.once('end', report).once('error', report);
    } else {
      report(error);
    }
  });
  return eos(destination, { readable: false, writable: true }, report);
}

async function pumpToNode(input, writable, report, endsStage) {
  let failure;
  let wake = null;
  const resume = (error) => {
    if (error) failure = error;
    if (wake === null) return;
    const resolve = wake;
    wake = null;
    resolve();
  };
  const drain = () => new Promise((resolve, reject) => {
    if (failure) reject(failure);
    else wake = () => (failure ? reject(failure) : resolve());
  });
  const onDrain = () => resume();
  writable.on('drain', onDrain);
  const stop = eos(writable, { readable: false }, resume);
  try {
    if (writable.writableNeedDrain) await drain();
    for await (const chunk of input) {
      if (!writable.write(chunk)) await drain();
    }
    if (endsStage) {
      writable.end();
      await drain();
    }
    report();
  } catch (error) {
    report(failure && failure !== error ? require('internal/errors').aggregateTwoErrors(failure, error) : error);
  } finally {
    stop();
    writable.off('drain', onDrain);
  }
}

async function pumpToWeb(input, stream, report, endsStage) {
  const writer = (utils.isTransformStream(stream) ? stream.writable : stream).getWriter();
  try {
    for await (const chunk of input) {
      await writer.ready;
      writer.write(chunk).catch(() => {});
    }
    await writer.ready;
    if (endsStage) await writer.close();
    report();
  } catch (error) {
    try {
      await writer.abort(error);
      report(error);
    } catch (failure) {
      report(failure);
    }
  }
}

/** pipeline() as a promise of the last stage's value. Options come last. */
function pipelinePromise(...streams) {
  return new Promise((resolve, reject) => {
    let options;
    const last = streams[streams.length - 1];
    if (last && typeof last === 'object' && !utils.isNodeStream(last) && !utils.isIterable(last) &&
        !utils.isWebStream(last)) {
      options = streams.pop();
      if (options.signal !== undefined) {
        require('internal/validators').validateAbortSignal(options.signal, 'options.signal');
      }
    }
    run(streams, (error, value) => (error ? reject(error) : resolve(value)), options);
  });
}

Object.defineProperty(pipeline, Symbol.for('nodejs.util.promisify.custom'), {
  __proto__: null, configurable: true, value: Object.defineProperty(pipelinePromise, 'name', { value: 'pipeline' }),
});

module.exports = { pipeline, pipelinePromise, run };
