'use strict';

// internal/streams/compose: compose(), several stages as one Duplex: written to the first, read from the last.
// API: https://nodejs.org/docs/latest-v24.x/api/stream.html#streamcomposestreams

const { AbortError, codes } = require('internal/errors');
const { Duplex } = require('internal/streams/duplex');
const { duplexify } = require('internal/streams/duplexify');
const pipeline = require('internal/streams/pipeline');
const utils = require('internal/streams/utils');

function canRead(stage) {
  return utils.isReadable(stage) || utils.isReadableStream(stage) || utils.isTransformStream(stage);
}

function canWrite(stage) {
  return utils.isWritable(stage) || utils.isWritableStream(stage) || utils.isTransformStream(stage);
}

function compose(...stages) {
  if (stages.length === 0) throw new codes.ERR_MISSING_ARGS('streams');
  if (stages.length === 1) return duplexify(stages[0], 'body');
  const given = stages.slice();
  const last = stages.length - 1;
  if (typeof stages[0] === 'function') stages[0] = duplexify(stages[0], 'body');
  if (typeof stages[last] === 'function') stages[last] = duplexify(stages[last], 'body');
  for (let i = 0; i <= last; i++) {
    if (!utils.isNodeStream(stages[i]) && !utils.isWebStream(stages[i])) continue;
    if (i < last && !canRead(stages[i])) {
      throw new codes.ERR_INVALID_ARG_VALUE(`streams[${i}]`, given[i], 'must be readable');
    }
    if (i > 0 && !canWrite(stages[i])) {
      throw new codes.ERR_INVALID_ARG_VALUE(`streams[${i}]`, given[i], 'must be writable');
    }
  }

  let composed = null;
  let isOver = false;
  let afterDestroy = null;
  const [head] = stages;
  const tail = pipeline.run(stages, (error) => {
    isOver = true;
    if (afterDestroy !== null) afterDestroy(error);
    else if (error) composed.destroy(error);
    else if (!readable && !writable) composed.destroy();
  });
  const writable = canWrite(head);
  const readable = canRead(tail);
  composed = new Duplex({
    writableObjectMode: !!head?.writableObjectMode,
    readableObjectMode: !!tail?.readableObjectMode,
    writable,
    readable,
  });
  if (writable) {
    const endHead = utils.isNodeStream(head) ? writeToNode(composed, head) :
      writeToWeb(composed, utils.isTransformStream(head) ? head.writable : head);
    callBackFinal(composed, endHead, utils.isTransformStream(tail) ? tail.readable : tail);
  }
  if (readable) {
    if (utils.isNodeStream(tail)) readFromNode(composed, tail);
    else readFromWeb(composed, utils.isTransformStream(tail) ? tail.readable : tail);
  }
  composed._destroy = (error, callback) => {
    if (!error && !isOver) error = new AbortError();
    if (utils.isNodeStream(tail)) utils.destroyer(tail, error);
    if (isOver) callback(error);
    else afterDestroy = callback;
  };
  return composed;
}

// The write... functions return what ends the first stage.
function writeToNode(composed, head) {
  let resume = null;
  composed._write = (chunk, encoding, callback) => {
    if (head.write(chunk, encoding)) callback();
    else resume = callback;
  };
  head.on('drain', () => {
    const callback = resume;
    resume = null;
    if (callback !== null && !composed.destroyed) callback();
  });
  return () => head.end();
}

function writeToWeb(composed, head) {
  const writer = head.getWriter();
  composed._write = async (chunk, encoding, callback) => {
    try {
      await writer.ready;
      writer.write(chunk).catch(() => {});
      callback();
    } catch (error) {
      callback(error);
    }
  };
  return async () => {
    await writer.ready;
    await writer.close();
  };
}

// end() ends the first stage, and is through when the last one is.
function callBackFinal(composed, endHead, end) {
  let finish = null;
  composed._final = (callback) => {
    finish = callback;
    const ended = endHead();
    if (typeof ended?.catch === 'function') ended.catch(callback);
  };
  require('internal/streams/end-of-stream').eos(end, () => {
    const callback = finish;
    finish = null;
    if (callback !== null && !composed.destroyed) callback();
  });
}

function readFromNode(composed, tail) {
  let wants = false;
  const move = () => {
    while (!composed.destroyed) {
      const chunk = tail.read();
      if (chunk === null) {
        wants = true;
        return;
      }
      if (!composed.push(chunk)) return;
    }
  };
  composed._read = move;
  tail.on('readable', () => {
    if (!wants) return;
    wants = false;
    move();
  });
  tail.on('end', () => composed.push(null));
}

function readFromWeb(composed, tail) {
  const reader = tail.getReader();
  composed._read = async () => {
    for (;;) {
      try {
        const { value, done } = await reader.read();
        if (done) {
          composed.push(null);
          return;
        }
        if (!composed.push(value)) return;
      } catch {
        // The pipeline reports it.
        return;
      }
    }
  };
}

module.exports = { compose };
