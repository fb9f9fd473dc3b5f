'use strict';

// internal/perf/entries: the entries of the performance timeline, and the global buffer that keeps marks and measures.
// API: https://nodejs.org/docs/latest-v24.x/api/perf_hooks.html#class-performanceentry, https://www.w3.org/TR/user-timing/
// Binding: performance.now.

const { codes } = require('internal/errors');
const { now } = binding('performance');

const kCreate = Symbol('kCreate');
const customInspect = Symbol.for('nodejs.util.inspect.custom');
const enumerable = { __proto__: null, enumerable: true };

let isEntry;

class PerformanceEntry {
  #name;
  #type;
  #startTime;
  #duration;

  static {
    isEntry = (value) => typeof value === 'object' && value !== null && #name in value;
  }

  constructor(token = undefined, name = undefined, type = undefined, startTime = undefined, duration = undefined) {
    if (token !== kCreate) throw new codes.ERR_ILLEGAL_CONSTRUCTOR();
    this.#name = name;
    this.#type = type;
    this.#startTime = startTime;
    this.#duration = duration;
  }

  get name() { return checked(this).#name; }
  get entryType() { return checked(this).#type; }
  get startTime() { return checked(this).#startTime; }
  get duration() { return checked(this).#duration; }

  toJSON() {
    checked(this);
    return { name: this.#name, entryType: this.#type, startTime: this.#startTime, duration: this.#duration };
  }

  [customInspect](depth, options) {
    if (depth < 0 || !isEntry(this)) return this;
    return `${this.constructor.name} ${require('internal/util/inspect').inspect(this.toJSON(), {
      ...options, depth: options.depth === null ? null : options.depth - 1,
    })}`;
  }
}

function checked(value) {
  if (!isEntry(value)) throw new codes.ERR_INVALID_THIS('PerformanceEntry');
  return value;
}

function expose(constructor, members) {
  for (let i = 0; i < members.length; i++) Object.defineProperty(constructor.prototype, members[i], enumerable);
  Object.defineProperty(constructor.prototype, Symbol.toStringTag, {
    __proto__: null, value: constructor.name, configurable: true,
  });
}
expose(PerformanceEntry, ['name', 'entryType', 'startTime', 'duration', 'toJSON']);

function cloneDetail(detail) {
  return detail === undefined || detail === null ? null : require('internal/structured_clone').structuredClone(detail);
}

class PerformanceMark extends PerformanceEntry {
  #detail;

  /**
   * @param {string} name
   * @param {{ startTime?: number, detail?: any }} [options]
   */
  constructor(name, options = undefined) {
    if (arguments.length === 0) throw new codes.ERR_MISSING_ARGS('name');
    const text = `${name}`;
    const { validateNumber, validateObject } = require('internal/validators');
    if (require('internal/perf/milestones').isMilestone(text)) throw new codes.ERR_INVALID_ARG_VALUE('name', text);
    if (options !== undefined && options !== null) validateObject(options, 'options');
    const startTime = options?.startTime ?? now();
    validateNumber(startTime, 'startTime');
    if (startTime < 0) throw new codes.ERR_PERFORMANCE_INVALID_TIMESTAMP(startTime);
    super(kCreate, text, 'mark', startTime, 0);
    this.#detail = cloneDetail(options?.detail);
  }

  get detail() {
    if (typeof this !== 'object' || this === null || !(#detail in this)) throw new codes.ERR_INVALID_THIS('PerformanceMark');
    return this.#detail;
  }

  toJSON() { return { ...super.toJSON(), detail: this.#detail }; }
}
expose(PerformanceMark, ['detail', 'toJSON']);

class PerformanceMeasure extends PerformanceEntry {
  #detail;

  constructor(token = undefined, name = undefined, startTime = undefined, duration = undefined, detail = undefined) {
    super(token, name, 'measure', startTime, duration);
    this.#detail = cloneDetail(detail);
  }

  get detail() {
    if (typeof this !== 'object' || this === null || !(#detail in this)) {
      throw new codes.ERR_INVALID_THIS('PerformanceMeasure');
    }
    return this.#detail;
  }

  toJSON() { return { ...super.toJSON(), detail: this.#detail }; }
}
expose(PerformanceMeasure, ['detail', 'toJSON']);

/** An entry of another type, with a `detail`. */
class PerformanceNodeEntry extends PerformanceEntry {
  constructor(name, type, startTime, duration, detail) {
    super(kCreate, name, type, startTime, duration);
    this.detail = detail;
  }

  toJSON() { return { ...super.toJSON(), detail: this.detail }; }
}
Object.defineProperty(PerformanceNodeEntry, 'name', { __proto__: null, value: 'PerformanceEntry', configurable: true });

const buffers = { mark: [], measure: [] };
const BUFFER_LIMIT = 1e6;
const warned = new Set();

// Adds a mark or a measure to the timeline and tells the observers.
function enqueue(entry) {
  const type = entry.entryType;
  const buffer = buffers[type];
  buffer.push(entry);
  if (buffer.length > BUFFER_LIMIT && !warned.has(type)) {
    warned.add(type);
    const warning = new Error(`Possible perf_hooks memory leak detected. ${buffer.length} ${type} entries added to the ` +
      `global performance entry buffer. Use performance.clear${type === 'mark' ? 'Marks' : 'Measures'} to clear the buffer.`);
    warning.name = 'MaxPerformanceEntryBufferExceededWarning';
    warning.entryType = type;
    warning.count = buffer.length;
    process.emitWarning(warning);
  }
  notify(entry);
}

let observe;

/** internal/perf/observer sets what is told of new entries; without observers nobody is. */
function setObserver(callback) {
  observe = callback;
}

function notify(entry) {
  if (observe !== undefined) observe(entry);
}

function mark(name, options) {
  const entry = new PerformanceMark(name, options);
  enqueue(entry);
  return entry;
}

// The time that a name or number stands for: a milestone of the process or the last mark of that name.
function timeOf(value) {
  if (typeof value === 'number') {
    if (value < 0) throw new codes.ERR_PERFORMANCE_INVALID_TIMESTAMP(value);
    return value;
  }
  const text = `${value}`;
  const milestones = require('internal/perf/milestones');
  if (milestones.isMilestone(text)) return milestones.timeOf(text);
  for (let i = buffers.mark.length - 1; i >= 0; i--) {
    if (buffers.mark[i].name === text) return buffers.mark[i].startTime;
  }
  throw require('internal/util').lazyDOMException(`The "${text}" performance mark has not been set`, 'SyntaxError');
}

function measure(name, startOrOptions = undefined, endMark = undefined) {
  if (arguments.length === 0) throw new codes.ERR_MISSING_ARGS('name');
  require('internal/validators').validateString(name, 'name');
  const options = startOrOptions !== null && typeof startOrOptions === 'object' ? startOrOptions : undefined;
  const { start, end, duration, detail } = options ?? { start: startOrOptions ?? undefined };
  if (options !== undefined && Object.keys(options).length > 0) {
    if (endMark !== undefined) throw new codes.ERR_PERFORMANCE_MEASURE_INVALID_OPTIONS('endMark must not be specified');
    if (start !== undefined && end !== undefined && duration !== undefined) {
      throw new codes.ERR_PERFORMANCE_MEASURE_INVALID_OPTIONS(
        'Must not have options.start, options.end, and options.duration specified');
    }
  }
  let to;
  if (endMark !== undefined) to = timeOf(endMark);
  else if (end !== undefined) to = timeOf(end);
  else if (start !== undefined && duration !== undefined) to = timeOf(start) + duration;
  else to = now();
  let from = 0;
  if (start !== undefined) from = timeOf(start);
  else if (duration !== undefined && end !== undefined) from = timeOf(end) - duration;
  const entry = new PerformanceMeasure(kCreate, name, from, to - from, detail);
  enqueue(entry);
  return entry;
}

function clear(type, name) {
  if (name === undefined) buffers[type] = [];
  else buffers[type] = buffers[type].filter((entry) => entry.name !== name);
}

/** Entries in the order of their start times, of one name or type or both. */
function select(name = undefined, type = undefined) {
  let list;
  if (type === 'mark' || type === 'measure') list = buffers[type];
  else if (type === undefined) list = [...buffers.mark, ...buffers.measure, ...resources()];
  else list = type === 'resource' ? resources() : [];
  return sortEntries(name === undefined ? list.slice() : list.filter((entry) => entry.name === name));
}

let resourceBuffer;

function setResourceBuffer(getBuffer) {
  resourceBuffer = getBuffer;
}

function resources() {
  return resourceBuffer === undefined ? [] : resourceBuffer();
}

function sortEntries(list) {
  return list.sort((a, b) => a.startTime - b.startTime);
}

module.exports = {
  PerformanceEntry,
  PerformanceMark,
  PerformanceMeasure,
  PerformanceNodeEntry,
  buffers,
  clear,
  expose,
  kCreate,
  mark,
  measure,
  notify,
  select,
  setObserver,
  setResourceBuffer,
  sortEntries,
};
