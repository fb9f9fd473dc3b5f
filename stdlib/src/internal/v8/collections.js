'use strict';
// internal/v8/collections: collections of garbage, as they are asked for and as they happen.
// API: https://nodejs.org/docs/latest-v24.x/api/v8.html#class-v8gcprofiler
// Binding v8: recordCollections, takeCollections, collect, writeSnapshot.

const native = binding('v8');

// Functions that hear of collections, some at a time: arrays of { kind, flags, startTime, duration, before, after }.
const listeners = new Set();

function flush() {
  const numbers = native.takeCollections();
  if (numbers.length === 0) return;
  const list = [];
  for (let i = 0; i < numbers.length; i += 6) {
    const [kind, flags, startTime, duration, before, after] = numbers.slice(i, i + 6);
    list.push({ kind, flags, startTime, duration, before, after });
  }
  for (const listener of listeners) listener(list);
}

/** Has `listener` hear of collections from now on. */
function listen(listener) {
  if (listeners.size === 0) native.recordCollections(flush);
  else flush();
  listeners.add(listener);
}

/** The last that `listener` hears of is what happened until now. */
function unlisten(listener) {
  if (!listeners.has(listener)) return;
  flush();
  listeners.delete(listener);
  if (listeners.size === 0) native.recordCollections(undefined);
}

function collectNow({ type, filename }) {
  native.collect(type === 'minor');
  if (type === 'major-snapshot') {
    const { diagnosticName } = require('internal/v8/snapshot');
    native.writeSnapshot(filename === undefined ? diagnosticName('Heap', 0, 'heapsnapshot') : `${filename}`);
  }
}

/** The global gc() of --expose-gc, where it has arguments. Anything true that sets no option means a minor collection. */
function gc(options) {
  if (!options) return collectNow({ type: 'major' });
  const { type, execution, filename } = options;
  const isPlain = type === undefined && execution === undefined && options.flavor === undefined;
  const what = { type: isPlain ? 'minor' : type, filename };
  if (execution !== 'async') return collectNow(what);
  return new Promise((resolve) => {
    setImmediate(() => {
      collectNow(what);
      resolve();
    });
  });
}

module.exports = { gc, listen, unlisten };
