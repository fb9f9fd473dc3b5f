'use strict';

// node:perf_hooks: clocks, marks and measures, observers of them, histograms. Each part is loaded when it is first named.
// API: https://nodejs.org/docs/latest-v24.x/api/perf_hooks.html

const { defineLazyProperties } = require('internal/util');

defineLazyProperties(exports, 'internal/perf/performance', ['Performance']);
defineLazyProperties(exports, 'internal/perf/entries', ['PerformanceEntry', 'PerformanceMark', 'PerformanceMeasure']);
defineLazyProperties(exports, 'internal/perf/observer', ['PerformanceObserver', 'PerformanceObserverEntryList']);
defineLazyProperties(exports, 'internal/perf/resource', ['PerformanceResourceTiming']);
defineLazyProperties(exports, 'internal/perf/histogram', ['monitorEventLoopDelay', 'createHistogram']);
defineLazyProperties(exports, 'internal/perf/timerify', ['timerify']);
defineLazyProperties(exports, 'internal/perf/loop', ['eventLoopUtilization']);
defineLazyProperties(exports, 'internal/perf/performance', ['performance']);

exports.constants = {
  NODE_PERFORMANCE_GC_MAJOR: 4,
  NODE_PERFORMANCE_GC_MINOR: 1,
  NODE_PERFORMANCE_GC_INCREMENTAL: 8,
  NODE_PERFORMANCE_GC_WEAKCB: 16,
  NODE_PERFORMANCE_GC_FLAGS_NO: 0,
  NODE_PERFORMANCE_GC_FLAGS_CONSTRUCT_RETAINED: 2,
  NODE_PERFORMANCE_GC_FLAGS_FORCED: 4,
  NODE_PERFORMANCE_GC_FLAGS_SYNCHRONOUS_PHANTOM_PROCESSING: 8,
  NODE_PERFORMANCE_GC_FLAGS_ALL_AVAILABLE_GARBAGE: 16,
  NODE_PERFORMANCE_GC_FLAGS_ALL_EXTERNAL_MEMORY: 32,
  NODE_PERFORMANCE_GC_FLAGS_SCHEDULE_IDLE: 64,
};
