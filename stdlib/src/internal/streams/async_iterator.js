'use strict';

// internal/streams/async_iterator: for await (const chunk of readable).
// API: https://nodejs.org/docs/latest-v24.x/api/stream.html#readablesymbolasynciterator

const { eos } = require('internal/streams/end-of-stream');
const { destroyer } = require('internal/streams/utils');

function iterate(stream, options) {
  if (typeof stream.read !== 'function') {
    // Of the old kind.
    const { Readable } = require('internal/streams/readable');
    stream = Readable.wrap(stream, { objectMode: true });
  }
  const iterator = chunks(stream, options);
  // For tools: whose chunks these are.
  iterator.stream = stream;
  return iterator;
}

async function* chunks(stream, options) {
  let wake = null;
  // undefined: still running; null: ended; else why it failed.
  let end;
  const onReadable = () => {
    if (wake === null) return;
    const resolve = wake;
    wake = null;
    resolve();
  };
  const wait = (resolve) => {
    wake = resolve;
  };
  stream.on('readable', onReadable);
  const stop = eos(stream, { writable: false }, (error) => {
    end = error ? require('internal/errors').aggregateTwoErrors(end, error) : null;
    onReadable();
  });
  try {
    for (;;) {
      const chunk = stream.destroyed ? null : stream.read();
      if (chunk !== null) yield chunk;
      else if (end) throw end;
      else if (end === null) return;
      else await new Promise(wait);
    }
  } finally {
    if ((end || options?.destroyOnReturn !== false) && (end === undefined || stream._readableState.autoDestroy)) {
      destroyer(stream, null);
    } else {
      stream.off('readable', onReadable);
      stop();
    }
  }
}

module.exports = { iterate };
