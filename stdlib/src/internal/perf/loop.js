'use strict';

// internal/perf/loop: how much of its time the event loop spends in its poll.
// API: https://nodejs.org/docs/latest-v24.x/api/perf_hooks.html#performanceeventlooputilizationutilization1-utilization2
// Binding: performance.now.

const { milestones } = require('internal/perf/milestones');
const { now } = binding('performance');

function ratio(idle, active) {
  return { idle, active, utilization: active / (idle + active) };
}

/**
 * Since the loop began; with one argument since then; with two, between them.
 * @param {{ idle: number, active: number }} [utilization1]
 * @param {{ idle: number, active: number }} [utilization2]
 */
function eventLoopUtilization(utilization1, utilization2) {
  const { loopStart, idleTime } = milestones();
  if (loopStart <= 0) return { idle: 0, active: 0, utilization: 0 };
  if (utilization2 !== undefined) {
    return ratio(utilization1.idle - utilization2.idle, utilization1.active - utilization2.active);
  }
  const active = now() - loopStart - idleTime;
  if (utilization1 === undefined) return ratio(idleTime, active);
  return ratio(idleTime - utilization1.idle, active - utilization1.active);
}

module.exports = { eventLoopUtilization };
