'use strict';

// internal/perf/resource: what fetch() reports of its requests, in a buffer of limited size.
// API: https://nodejs.org/docs/latest-v24.x/api/perf_hooks.html#class-performanceresourcetiming,
//      https://www.w3.org/TR/resource-timing/

const { codes } = require('internal/errors');
const entries = require('internal/perf/entries');

// Property, and where it is found in the fetch standard's timing info.
const times = {
  workerStart: (info) => info.finalServiceWorkerStartTime,
  redirectStart: (info) => info.redirectStartTime,
  redirectEnd: (info) => info.redirectEndTime,
  fetchStart: (info) => info.postRedirectStartTime,
  domainLookupStart: (info) => info.finalConnectionTimingInfo?.domainLookupStartTime,
  domainLookupEnd: (info) => info.finalConnectionTimingInfo?.domainLookupEndTime,
  connectStart: (info) => info.finalConnectionTimingInfo?.connectionStartTime,
  connectEnd: (info) => info.finalConnectionTimingInfo?.connectionEndTime,
  secureConnectionStart: (info) => info.finalConnectionTimingInfo?.secureConnectionStartTime,
  requestStart: (info) => info.finalNetworkRequestStartTime,
  responseStart: (info) => info.finalNetworkResponseStartTime,
  responseEnd: (info) => info.endTime,
};

class PerformanceResourceTiming extends entries.PerformanceEntry {
  #info;
  #initiatorType;
  #cacheMode;
  #responseStatus;
  #deliveryType;

  constructor(token = undefined, info = undefined, url = undefined, initiatorType = undefined, rest = undefined) {
    if (token !== entries.kCreate) throw new codes.ERR_ILLEGAL_CONSTRUCTOR();
    super(token, url, 'resource', info.startTime, info.endTime - info.startTime);
    this.#info = info;
    this.#initiatorType = initiatorType;
    this.#cacheMode = rest.cacheMode;
    this.#responseStatus = rest.responseStatus;
    this.#deliveryType = rest.deliveryType;
  }

  static info(entry) {
    if (typeof entry !== 'object' || entry === null || !(#info in entry)) {
      throw new codes.ERR_INVALID_THIS('PerformanceResourceTiming');
    }
    return entry.#info;
  }

  get initiatorType() { return this.#initiatorType; }
  get nextHopProtocol() { return this.#info.finalConnectionTimingInfo?.ALPNNegotiatedProtocol; }

  get transferSize() {
    if (this.#cacheMode === 'local') return 0;
    if (this.#cacheMode === 'validated') return 300;
    return this.#info.encodedBodySize + 300;
  }

  get encodedBodySize() { return this.#info.encodedBodySize; }
  get decodedBodySize() { return this.#info.decodedBodySize; }
  get deliveryType() { return this.#deliveryType; }
  get responseStatus() { return this.#responseStatus; }

  toJSON() {
    const json = { ...super.toJSON(), initiatorType: this.initiatorType, nextHopProtocol: this.nextHopProtocol };
    for (const name of Object.keys(times)) json[name] = this[name];
    json.transferSize = this.transferSize;
    json.encodedBodySize = this.encodedBodySize;
    json.decodedBodySize = this.decodedBodySize;
    json.deliveryType = this.deliveryType;
    json.responseStatus = this.responseStatus;
    return json;
  }
}
const { info } = PerformanceResourceTiming;
delete PerformanceResourceTiming.info;

for (const name of Object.keys(times)) {
  Object.defineProperty(PerformanceResourceTiming.prototype, name, {
    __proto__: null, configurable: true, enumerable: true, get() { return times[name](info(this)); },
  });
}
entries.expose(PerformanceResourceTiming, [
  'initiatorType', 'nextHopProtocol', 'transferSize', 'encodedBodySize', 'decodedBodySize', 'deliveryType',
  'responseStatus', 'toJSON',
]);

// What finds no place in `buffer` waits in `overflow` until the event that says so has been dispatched.
let buffer = [];
let overflow = [];
let bufferSize = 250;
let eventPending = false;

function addToBuffer(entry) {
  if (buffer.length < bufferSize && !eventPending) {
    buffer.push(entry);
    return;
  }
  if (!eventPending) {
    eventPending = true;
    setImmediate(dispatchBufferFull);
  }
  overflow.push(entry);
}

function dispatchBufferFull() {
  const { performance } = require('internal/perf/performance');
  const { Event } = require('internal/event_target');
  while (overflow.length > 0) {
    const before = overflow.length;
    if (buffer.length >= bufferSize) performance.dispatchEvent(new Event('resourcetimingbufferfull'));
    while (overflow.length > 0 && buffer.length < bufferSize) buffer.push(overflow.shift());
    // The program made no room for any of them: they are dropped.
    if (overflow.length >= before) overflow = [];
  }
  eventPending = false;
}

function clearResourceTimings() {
  buffer = [];
}

function setResourceTimingBufferSize(size) {
  bufferSize = Number.isInteger(size) && size > 0 ? size : 0;
}

/** Adds an entry for a request; the arguments are those of the fetch standard's "mark resource timing". */
function markResourceTiming(timingInfo, requestedUrl, initiatorType, global, cacheMode, bodyInfo, responseStatus,
                            deliveryType = '') {
  const entry = new PerformanceResourceTiming(entries.kCreate, timingInfo, requestedUrl, initiatorType,
                                              { cacheMode, responseStatus, deliveryType });
  addToBuffer(entry);
  entries.notify(entry);
  return entry;
}

entries.setResourceBuffer(() => buffer);

module.exports = { PerformanceResourceTiming, clearResourceTimings, markResourceTiming, setResourceTimingBufferSize };
