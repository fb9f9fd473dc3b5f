'use strict';

// internal/perf/milestones: when the process reached what, in milliseconds since performance.timeOrigin; -1 is never yet.
// API: https://nodejs.org/docs/latest-v24.x/api/perf_hooks.html#class-performancenodetiming
// Binding: performance.milestones() -> { nodeStart, v8Start, environment, bootstrapComplete, loopStart, loopExit, idleTime }.

const { milestones } = binding('performance');

const names = ['nodeStart', 'v8Start', 'environment', 'loopStart', 'loopExit', 'bootstrapComplete'];

function isMilestone(name) {
  return names.includes(name);
}

function timeOf(name) {
  return milestones()[name];
}

module.exports = { isMilestone, milestones, timeOf };
