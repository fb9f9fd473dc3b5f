'use strict';

// internal/perf/performance: the global `performance`.
// API: https://nodejs.org/docs/latest-v24.x/api/perf_hooks.html#perf_hooksperformance
// Binding: performance.now() -> milliseconds since timeOrigin() -> milliseconds since 1970.

const { codes } = require('internal/errors');
const { EventTarget, defineEventHandler, isEventTarget } = require('internal/event_target');
const entries = require('internal/perf/entries');
const native = binding('performance');

const kCreate = Symbol('kCreate');
const customInspect = Symbol.for('nodejs.util.inspect.custom');

function check(value) {
  if (!isEventTarget(value)) throw new codes.ERR_INVALID_THIS('Performance');
}

/** What the process itself did, as an entry. */
class PerformanceNodeTiming {
  get name() { return 'node'; }
  get entryType() { return 'node'; }
  get startTime() { return 0; }
  get duration() { return native.now(); }

  toJSON() {
    const { nodeStart, v8Start, bootstrapComplete, environment, loopStart, loopExit, idleTime } =
      require('internal/perf/milestones').milestones();
    return {
      name: 'node', entryType: 'node', startTime: 0, duration: native.now(), nodeStart, v8Start, bootstrapComplete,
      environment, loopStart, loopExit, idleTime,
    };
  }

  [customInspect](depth, options) {
    if (depth < 0) return this;
    return `PerformanceNodeTiming ${require('internal/util/inspect').inspect(this.toJSON(), {
      ...options, depth: options.depth === null ? null : options.depth - 1,
    })}`;
  }
}
const milestoneNames = ['nodeStart', 'v8Start', 'bootstrapComplete', 'environment', 'loopStart', 'loopExit', 'idleTime'];
for (let i = 0; i < milestoneNames.length; i++) {
  Object.defineProperty(PerformanceNodeTiming.prototype, milestoneNames[i], {
    __proto__: null,
    enumerable: true,
    configurable: true,
    get() { return require('internal/perf/milestones').milestones()[milestoneNames[i]]; },
  });
}
Object.setPrototypeOf(PerformanceNodeTiming.prototype, entries.PerformanceEntry.prototype);

let nodeTiming;

class Performance extends EventTarget {
  constructor(token = undefined) {
    if (token !== kCreate) throw new codes.ERR_ILLEGAL_CONSTRUCTOR();
    super();
  }

  clearMarks(name = undefined) {
    check(this);
    entries.clear('mark', name === undefined ? undefined : `${name}`);
  }

  clearMeasures(name = undefined) {
    check(this);
    entries.clear('measure', name === undefined ? undefined : `${name}`);
  }

  clearResourceTimings() {
    check(this);
    require('internal/perf/resource').clearResourceTimings();
  }

  getEntries() {
    check(this);
    return entries.select();
  }

  getEntriesByName(name, type = undefined) {
    check(this);
    if (arguments.length === 0) throw new codes.ERR_MISSING_ARGS('name');
    return entries.select(`${name}`, type === undefined ? undefined : `${type}`);
  }

  getEntriesByType(type) {
    check(this);
    if (arguments.length === 0) throw new codes.ERR_MISSING_ARGS('type');
    return entries.select(undefined, `${type}`);
  }

  mark(name, options = undefined) {
    check(this);
    if (arguments.length === 0) throw new codes.ERR_MISSING_ARGS('name');
    return entries.mark(name, options);
  }

  measure(name, startOrMeasureOptions = undefined, endMark = undefined) {
    check(this);
    if (arguments.length === 0) throw new codes.ERR_MISSING_ARGS('name');
    return entries.measure(name, startOrMeasureOptions, endMark);
  }

  now() {
    check(this);
    return native.now();
  }

  setResourceTimingBufferSize(size) {
    check(this);
    if (arguments.length === 0) throw new codes.ERR_MISSING_ARGS('maxSize');
    require('internal/perf/resource').setResourceTimingBufferSize(size);
  }

  get timeOrigin() {
    check(this);
    return native.timeOrigin();
  }

  toJSON() {
    check(this);
    return {
      nodeTiming: this.nodeTiming,
      timeOrigin: this.timeOrigin,
      eventLoopUtilization: this.eventLoopUtilization(),
    };
  }

  [customInspect](depth, options) {
    if (depth < 0) return this;
    return `Performance ${require('internal/util/inspect').inspect({
      nodeTiming: this.nodeTiming, timeOrigin: this.timeOrigin,
    }, { ...options, depth: options.depth === null ? null : options.depth - 1 })}`;
  }
}

// Node's own additions to the web's interface.
const additions = {
  eventLoopUtilization: () => require('internal/perf/loop').eventLoopUtilization,
  nodeTiming: () => nodeTiming ??= new PerformanceNodeTiming(),
  markResourceTiming: () => require('internal/perf/resource').markResourceTiming,
  timerify: () => require('internal/perf/timerify').timerify,
};
for (const name of Object.keys(additions)) {
  Object.defineProperty(Performance.prototype, name, {
    __proto__: null,
    configurable: true,
    enumerable: false,
    get() { return additions[name](); },
    set(value) {
      Object.defineProperty(this, name, { __proto__: null, value, writable: true, enumerable: true, configurable: true });
    },
  });
}

const members = [
  'clearMarks', 'clearMeasures', 'clearResourceTimings', 'getEntries', 'getEntriesByName', 'getEntriesByType', 'mark',
  'measure', 'now', 'setResourceTimingBufferSize', 'timeOrigin', 'toJSON',
];
entries.expose(Performance, members);
defineEventHandler(Performance.prototype, 'resourcetimingbufferfull');

module.exports = { Performance, performance: new Performance(kCreate) };
