'use strict';
// Collections of garbage: gc() with its options, observers of them, GCProfiler. `v8.setFlagsFromString` gives new contexts gc().
const { PerformanceObserver, constants } = require('perf_hooks');
const v8 = require('v8');
const vm = require('vm');

console.log(PerformanceObserver.supportedEntryTypes.includes('gc'), gc.name, gc.length);
console.log(Object.entries(Object.getOwnPropertyDescriptor(globalThis, 'gc')).slice(1).join(' '));

const heard = [];
const observer = new PerformanceObserver((list) => heard.push(...list.getEntries()));
observer.observe({ entryTypes: ['gc'] });
console.log(gc(), gc({ type: 'minor' }), gc(true), gc({}));

(async () => {
  console.log(await gc({ type: 'minor', execution: 'async' }), gc({ execution: 'async' }) instanceof Promise);
  await new Promise((resolve) => setTimeout(resolve, 20));
  observer.disconnect();
  const forced = heard.filter(({ detail }) => detail.flags === constants.NODE_PERFORMANCE_GC_FLAGS_FORCED);
  const minor = constants.NODE_PERFORMANCE_GC_MINOR;
  console.log(forced.map(({ detail }) => (detail.kind === minor ? 'minor' : 'major')).join());
  const [{ name, entryType, startTime, duration }] = forced;
  console.log(name, entryType, startTime > 0, startTime <= performance.now(), duration >= 0);
  const n = heard.length;
  gc();
  await new Promise((resolve) => setTimeout(resolve, 20));
  console.log(heard.length - n);
  profile();
  contexts();
})();

function profile() {
  const profiler = new v8.GCProfiler();
  gc();
  profiler.start();
  profiler.start();
  gc();
  const { version, startTime, endTime, statistics } = profiler.stop();
  console.log(version, startTime <= endTime, statistics.length > 0, profiler.stop());
  const { gcType, beforeGC, cost, afterGC } = statistics.find((one) => one.gcType === 'MarkSweepCompact');
  console.log(gcType, cost > 0, Object.keys(beforeGC).join());
  console.log(Object.keys(afterGC.heapStatistics).sort().join());
  console.log(Object.keys(afterGC.heapSpaceStatistics[0]).join(), afterGC.heapStatistics.usedHeapSize > 0);
}

function contexts() {
  console.log(vm.runInNewContext('typeof gc'));
  v8.setFlagsFromString('--no-expose-gc');
  console.log(vm.runInNewContext('typeof gc'), typeof gc);
  v8.setFlagsFromString('--expose_gc');
  console.log(vm.runInNewContext('gc')());
}
