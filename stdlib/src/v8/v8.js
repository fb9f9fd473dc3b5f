'use strict';
// node:v8: what the engine tells about itself, serialization, snapshots of the heap.
// API: https://nodejs.org/docs/latest-v24.x/api/v8.html
// Binding v8: usage, writeSnapshot, snapshot, startProfile, stopProfile, takeCoverage, stopCoverage, isLatin1, instances,
// tag. Binding vm: exposeGc.
//
// The engine isn't V8. Statistics have V8's names, and 0 where there is no such thing here; flags of V8 are known by their
// form and change nothing.

const native = binding('v8');
const { codes } = require('internal/errors');
const { validateFunction, validateObject, validateOneOf, validateString, validateUint32 } = require('internal/validators');
const {
  DefaultDeserializer, DefaultSerializer, Deserializer, Serializer, deserialize, serialize,
} = require('internal/v8/serdes');

// Of `usage()`, what lies in the heap: V8's figures have external memory, that of buffers first of all, beside it.
function heapUsage() {
  const usage = native.usage();
  usage.inHeap = Math.max(0, usage.total - usage.external);
  usage.usedInHeap = Math.max(0, usage.used - usage.external);
  return usage;
}

// The most that `malloced_memory` was when somebody asked.
let peakMalloced = 0;

/** @returns {Record<string, number>} */
function getHeapStatistics() {
  const { total, inHeap, usedInHeap, limit, external, buffers, realms, handles } = heapUsage();
  const malloced = Math.max(0, external - buffers);
  peakMalloced = Math.max(peakMalloced, malloced);
  return {
    total_heap_size: inHeap,
    total_heap_size_executable: 0,
    total_physical_size: inHeap,
    total_available_size: Math.max(0, limit - total),
    used_heap_size: usedInHeap,
    heap_size_limit: limit,
    malloced_memory: malloced,
    peak_malloced_memory: peakMalloced,
    does_zap_garbage: 0,
    number_of_native_contexts: realms,
    number_of_detached_contexts: 0,
    total_global_handles_size: handles,
    used_global_handles_size: handles,
    external_memory: external,
    total_allocated_bytes: total,
  };
}

const spaces = [
  'read_only_space', 'new_space', 'old_space', 'code_space', 'shared_space', 'trusted_space', 'shared_trusted_space',
  'new_large_object_space', 'large_object_space', 'code_large_object_space', 'shared_large_object_space',
  'shared_trusted_large_object_space', 'trusted_large_object_space',
];

// There is one space. It is told as the old one.
function getHeapSpaceStatistics() {
  const { inHeap, usedInHeap } = heapUsage();
  return spaces.map((name) => {
    const is = name === 'old_space';
    return {
      space_name: name,
      space_size: is ? inHeap : 0,
      space_used_size: is ? usedInHeap : 0,
      space_available_size: is ? Math.max(0, inHeap - usedInHeap) : 0,
      physical_space_size: is ? inHeap : 0,
    };
  });
}

function getHeapCodeStatistics() {
  return {
    code_and_metadata_size: 0,
    bytecode_and_metadata_size: 0,
    external_script_source_size: 0,
    cpu_profiler_metadata_size: 0,
  };
}

function getCppHeapStatistics(detailLevel = 'detailed') {
  validateOneOf(detailLevel, 'type', ['brief', 'detailed']);
  return {
    committed_size_bytes: 0,
    resident_size_bytes: 0,
    used_size_bytes: 0,
    space_statistics: [],
    type_names: [],
    detail_level: detailLevel,
  };
}

// Flags of V8 that change something here, without dashes and with hyphens for underscores.
const flagEffects = {
  __proto__: null,
  'expose-gc': () => binding('vm').exposeGc(true),
  'no-expose-gc': () => binding('vm').exposeGc(false),
  'noexpose-gc': () => binding('vm').exposeGc(false),
};

// Flags may change what compiled code is worth: the tag of cached data changes with them.
let flagSets = 0;

/** @param {string} flags */
function setFlagsFromString(flags) {
  validateString(flags, 'flags');
  flagSets++;
  for (const flag of flags.split(/\s+/)) flagEffects[flag.replace(/^--?/, '').replaceAll('_', '-')]?.();
}

function cachedDataVersionTag() {
  return native.tag() + flagSets;
}

function checkSnapshotOptions(options) {
  if (options === undefined) return;
  validateObject(options, 'options');
  for (const name of ['exposeInternals', 'exposeNumericValues']) {
    const value = options[name];
    if (value !== undefined && typeof value !== 'boolean') {
      throw new codes.ERR_INVALID_ARG_TYPE(`options.${name}`, 'boolean', value);
    }
  }
}

let serial = 0;

/**
 * @param {string | Buffer | URL} [filename]
 * @param {{ exposeInternals?: boolean, exposeNumericValues?: boolean }} [options]
 * @returns {string} the file's name
 */
function writeHeapSnapshot(filename, options) {
  if (filename === undefined) filename = require('internal/v8/snapshot').diagnosticName('Heap', ++serial, 'heapsnapshot');
  else filename = require('internal/fs/utils').validatePath(filename, 'filename');
  checkSnapshotOptions(options);
  const { openSync, closeSync } = require('fs');
  // What keeps the file from being written is told as fs tells it.
  closeSync(openSync(filename, 'w'));
  native.writeSnapshot(`${filename}`);
  return filename;
}

/**
 * @param {object} [options]
 * @returns {import('stream').Readable}
 */
function getHeapSnapshot(options) {
  checkSnapshotOptions(options);
  const { Readable } = require('stream');
  let chunks = null;
  return new Readable({
    read(size) {
      chunks ??= Buffer.from(native.snapshot());
      const part = chunks.subarray(0, Math.max(size, 1 << 16));
      chunks = chunks.subarray(part.length);
      this.push(part.length === 0 ? null : part);
    },
  });
}

function takeCoverage() { native.takeCoverage(); }
function stopCoverage() { native.stopCoverage(); }

class SyncCPUProfileHandle {
  #isRunning = true;

  /** @returns {string | undefined} the profile as JSON; nothing the second time */
  stop() {
    if (!this.#isRunning) return undefined;
    this.#isRunning = false;
    return native.stopProfile();
  }

  [Symbol.dispose]() { this.stop(); }
}

/** @returns {SyncCPUProfileHandle} */
function startCpuProfile() {
  native.startProfile();
  return new SyncCPUProfileHandle();
}

/** @param {number} limit */
function setHeapSnapshotNearHeapLimit(limit) {
  validateUint32(limit, 'limit', true);
}

function isStringOneByteRepresentation(content) {
  validateString(content, 'content');
  return native.isLatin1(content);
}

/**
 * The objects that have the function's prototype in their chain.
 *
 * @param {Function} constructor
 * @param {{ format?: 'count' | 'summary' }} [options]
 * @returns {number | string[]}
 */
function queryObjects(constructor, options = {}) {
  validateFunction(constructor, 'constructor');
  validateObject(options, 'options');
  const { format = 'count' } = options;
  if (format !== 'count' && format !== 'summary') throw new codes.ERR_INVALID_ARG_VALUE('options.format', format);
  require('internal/util').emitExperimentalWarning('v8.queryObjects()');
  const found = native.instances(constructor);
  if (format === 'count') return found.length;
  const { inspect } = require('internal/util/inspect');
  return found.map((object) => inspect(object, { depth: 0 }));
}

function notBuilding() { throw new codes.ERR_NOT_BUILDING_SNAPSHOT(); }

const startupSnapshot = {
  addDeserializeCallback(callback) { validateFunction(callback, 'callback'); notBuilding(); },
  addSerializeCallback(callback) { validateFunction(callback, 'callback'); notBuilding(); },
  setDeserializeMainFunction(callback) { validateFunction(callback, 'callback'); notBuilding(); },
  isBuildingSnapshot() { return false; },
};

// `perf_hooks.constants` -> what a GCProfiler calls it
const gcTypes = { __proto__: null, 1: 'Scavenge', 4: 'MarkSweepCompact', 8: 'IncrementalMarking' };

function camelCase(record) {
  return Object.fromEntries(Object.entries(record).map(([key, value]) =>
    [key.replace(/_(\w)/g, (_, letter) => letter.toUpperCase()), value]));
}

// The heap when so many bytes of it, external ones included, were in use; whatever else is told of it is as of now.
function heapAt(bytes) {
  const heapStatistics = camelCase(getHeapStatistics());
  const used = Math.max(0, bytes - heapStatistics.externalMemory);
  heapStatistics.usedHeapSize = used;
  heapStatistics.totalHeapSize = Math.max(heapStatistics.totalHeapSize, used);
  delete heapStatistics.doesZapGarbage;
  delete heapStatistics.numberOfNativeContexts;
  delete heapStatistics.numberOfDetachedContexts;
  delete heapStatistics.totalAllocatedBytes;
  const heapSpaceStatistics = getHeapSpaceStatistics().map((space) => {
    if (space.space_name === 'old_space') {
      space.space_used_size = used;
      space.space_size = space.physical_space_size = heapStatistics.totalHeapSize;
      space.space_available_size = space.space_size - used;
    }
    return camelCase(space);
  });
  return { heapStatistics, heapSpaceStatistics };
}

class GCProfiler {
  #start = null;
  #collections = [];
  #listener = (list) => { this.#collections.push(...list); };

  start() {
    if (this.#start !== null) return;
    this.#start = Date.now();
    require('internal/v8/collections').listen(this.#listener);
  }

  /** @returns {object | undefined} what was collected meanwhile; nothing the second time */
  stop() {
    if (this.#start === null) return undefined;
    require('internal/v8/collections').unlisten(this.#listener);
    const statistics = this.#collections.map(({ kind, duration, before, after }) =>
      ({ gcType: gcTypes[kind], beforeGC: heapAt(before), cost: duration * 1000, afterGC: heapAt(after) }));
    const startTime = this.#start;
    this.#start = null;
    this.#collections = [];
    return { version: 1, startTime, statistics, endTime: Date.now() };
  }

  [Symbol.dispose]() { this.stop(); }
}

module.exports = {
  cachedDataVersionTag,
  getHeapSnapshot,
  getHeapStatistics,
  getHeapSpaceStatistics,
  getHeapCodeStatistics,
  getCppHeapStatistics,
  setFlagsFromString,
  Serializer,
  Deserializer,
  DefaultSerializer,
  DefaultDeserializer,
  deserialize,
  takeCoverage,
  stopCoverage,
  serialize,
  startCpuProfile,
  writeHeapSnapshot,
  queryObjects,
  startupSnapshot,
  setHeapSnapshotNearHeapLimit,
  GCProfiler,
  isStringOneByteRepresentation,
};
