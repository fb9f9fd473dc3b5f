'use strict';
// internal/diagnostics: the diagnostics channels that the library itself publishes on.
// API: https://nodejs.org/docs/latest-v24.x/api/diagnostics_channel.html#built-in-channels
// Binding `modules`: isRequireTraced, which module.js reads. Binding `performance`: now.
//
// node:diagnostics_channel puts a channel here while it has subscribers. Until then a place that could publish pays one
// property read, and node:diagnostics_channel need not be loaded. The same goes for what PerformanceObservers time.

const traced = (name, events) => events.map((event) => `tracing:${name}:${event}`);

const requireEvents = traced('module.require', ['start', 'end', 'error']);
const names = [
  'child_process', 'net.client.socket', 'net.server.socket', 'udp.socket',
  'http.client.request.created', 'http.client.request.start', 'http.client.request.error', 'http.client.response.finish',
  'http.server.request.start', 'http.server.response.created', 'http.server.response.finish',
  ...traced('child_process.spawn', ['start', 'end', 'error']),
  ...traced('net.server.listen', ['asyncStart', 'asyncEnd', 'error']),
  ...requireEvents,
];

/** Channel by name; undefined while nobody subscribes. */
const own = { __proto__: null };
for (const name of names) own[name] = undefined;

/**
 * For node:diagnostics_channel: tells whether a channel has subscribers.
 * @param {{ name: string | symbol, hasSubscribers: boolean }} channel
 */
function noteChannel(channel) {
  if (!(channel.name in own)) return;
  own[channel.name] = channel.hasSubscribers ? channel : undefined;
  // Every program requires; this module it need not load for that.
  binding('modules').isRequireTraced = requireEvents.some((name) => own[name] !== undefined);
}

// What a PerformanceObserver of type 'http' or 'net' is told; undefined while there is none. Each is
// (name, startTime, detail) => void; the entry ends now.
const timed = { http: undefined, net: undefined };
const kStartTime = Symbol('start time');

/** Remembers when a timed operation of this object began. */
function startTimer(object) {
  object[kStartTime] = binding('performance').now();
}

/**
 * Tells the observers of an operation that startTimer() saw the beginning of.
 * @param {'http' | 'net'} type
 * @param {object} object
 * @param {string} name
 * @param {object} detail
 */
function stopTimer(type, object, name, detail) {
  const startTime = object[kStartTime];
  if (startTime === undefined || timed[type] === undefined) return;
  object[kStartTime] = undefined;
  timed[type](name, startTime, detail);
}

module.exports = { own, noteChannel, timed, startTimer, stopTimer };
