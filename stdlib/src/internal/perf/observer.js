'use strict';

// internal/perf/observer: PerformanceObserver, which hears of new entries of the timeline, some at a time.
// API: https://nodejs.org/docs/latest-v24.x/api/perf_hooks.html#class-performanceobserver

const { codes } = require('internal/errors');
const entries = require('internal/perf/entries');
const { validateFunction, validateObject } = require('internal/validators');

const supportedEntryTypes = Object.freeze(['function', 'gc', 'http', 'mark', 'measure', 'net', 'resource']);

// Observers that observe, and those of them that have entries to deliver.
const observers = new Set();
let pending = new Set();

function deliver() {
  const list = pending;
  pending = new Set();
  for (const observer of list) observer[kDeliver]();
}

// Collections of garbage are recorded only as long as somebody observes them.
function offerCollections(list) {
  for (const { kind, flags, startTime, duration } of list) {
    offerToAll(new entries.PerformanceNodeEntry('gc', 'gc', startTime, duration, { kind, flags }));
  }
}

function watchCollections() {
  let isWanted = false;
  for (const observer of observers) isWanted ||= observer[kObserves]('gc');
  if (isWanted === watchesCollections) return;
  watchesCollections = isWanted;
  const { listen, unlisten } = require('internal/v8/collections');
  (isWanted ? listen : unlisten)(offerCollections);
}

let watchesCollections = false;

// The library times its own operations only as long as somebody observes them.
function watchOperations() {
  const { timed } = require('internal/diagnostics');
  const { now } = binding('performance');
  for (const type of Object.keys(timed)) {
    let isWanted = false;
    for (const observer of observers) isWanted ||= observer[kObserves](type);
    timed[type] = !isWanted ? undefined : (name, startTime, detail) => {
      offerToAll(new entries.PerformanceNodeEntry(name, type, startTime, now() - startTime, detail));
    };
  }
}

const kObserves = Symbol('kObserves');
const kDeliver = Symbol('kDeliver');
const kOffer = Symbol('kOffer');

function offerToAll(entry) {
  for (const observer of observers) observer[kOffer](entry);
}

class PerformanceObserverEntryList {
  #entries;

  constructor(list) {
    this.#entries = entries.sortEntries(list);
  }

  getEntries() {
    return this.#entries.slice();
  }

  getEntriesByType(type) {
    if (arguments.length === 0) throw new codes.ERR_MISSING_ARGS('type');
    return this.#entries.filter((entry) => entry.entryType === `${type}`);
  }

  getEntriesByName(name, type = undefined) {
    if (arguments.length === 0) throw new codes.ERR_MISSING_ARGS('name');
    return this.#entries.filter((entry) => entry.name === `${name}` && (type === undefined || entry.entryType === `${type}`));
  }

  [Symbol.for('nodejs.util.inspect.custom')](depth, options) {
    if (depth < 0) return this;
    return `PerformanceObserverEntryList ${require('internal/util/inspect').inspect(this.#entries, {
      ...options, depth: options.depth === null ? null : options.depth - 1,
    })}`;
  }
}
entries.expose(PerformanceObserverEntryList, ['getEntries', 'getEntriesByType', 'getEntriesByName']);

class PerformanceObserver {
  #callback;
  #types = new Set();
  #buffer = [];
  // Whether observe() was called with `type`: such calls add up, those with `entryTypes` replace one another.
  #isSingle = undefined;

  /** @param {(list: PerformanceObserverEntryList, observer: PerformanceObserver) => void} callback */
  constructor(callback) {
    validateFunction(callback, 'callback');
    this.#callback = callback;
  }

  /** @param {{ entryTypes?: string[], type?: string, buffered?: boolean }} options */
  observe(options = {}) {
    validateObject(options, 'options');
    const { entryTypes, type, buffered } = options;
    if (entryTypes === undefined && type === undefined) {
      throw new codes.ERR_MISSING_ARGS('options.entryTypes', 'options.type');
    }
    if (entryTypes !== undefined && type !== undefined) {
      throw new codes.ERR_INVALID_ARG_VALUE('options.entryTypes', entryTypes,
                                            'options.entryTypes can not set with options.type together');
    }
    const isSingle = type !== undefined;
    if (this.#isSingle !== undefined && this.#isSingle !== isSingle) {
      throw require('internal/util').lazyDOMException(
        `PerformanceObserver can not change to ${isSingle ? 'single' : 'multiple'} observations`,
        'InvalidModificationError');
    }
    this.#isSingle = isSingle;
    if (isSingle) {
      if (!supportedEntryTypes.includes(type)) return;
      this.#types.add(type);
      if (buffered) {
        this.#buffer.push(...entries.select(undefined, type));
        if (this.#buffer.length > 0) this.#schedule();
      }
    } else {
      if (!Array.isArray(entryTypes)) throw new codes.ERR_INVALID_ARG_TYPE('options.entryTypes', 'string[]', entryTypes);
      this.#types = new Set(entryTypes.filter((name) => supportedEntryTypes.includes(name)));
    }
    if (this.#types.size === 0) {
      this.disconnect();
      return;
    }
    observers.add(this);
    entries.setObserver(offerToAll);
    watchCollections();
    watchOperations();
  }

  disconnect() {
    observers.delete(this);
    pending.delete(this);
    this.#buffer = [];
    this.#types.clear();
    this.#isSingle = undefined;
    if (observers.size === 0) entries.setObserver(undefined);
    watchCollections();
    watchOperations();
  }

  takeRecords() {
    const list = this.#buffer;
    this.#buffer = [];
    return list;
  }

  static get supportedEntryTypes() {
    return supportedEntryTypes;
  }

  #schedule() {
    if (pending.size === 0) setImmediate(deliver);
    pending.add(this);
  }

  [kObserves](type) { return this.#types.has(type); }

  [kOffer](entry) {
    if (!this.#types.has(entry.entryType)) return;
    this.#buffer.push(entry);
    this.#schedule();
  }

  [kDeliver]() {
    const list = this.takeRecords();
    if (list.length > 0) Reflect.apply(this.#callback, this, [new PerformanceObserverEntryList(list), this]);
  }

  [Symbol.for('nodejs.util.inspect.custom')](depth, options) {
    if (depth < 0) return this;
    return `PerformanceObserver ${require('internal/util/inspect').inspect({
      connected: observers.has(this), pending: pending.has(this), entryTypes: [...this.#types], buffer: this.#buffer,
    }, { ...options, depth: options.depth === null ? null : options.depth - 1 })}`;
  }
}
entries.expose(PerformanceObserver, ['observe', 'disconnect', 'takeRecords']);

module.exports = { PerformanceObserver, PerformanceObserverEntryList };
