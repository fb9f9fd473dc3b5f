'use strict';
// The first core file that runs in a realm: gives `globalThis` and `process` their Node properties.
// Almost everything is a lazy property that loads its module at the first touch, because a runtime that starts for
// one line of JavaScript must not parse the library for it.
// Binding `process`: the eager properties (argv, pid, …) are set by Rust before this file runs.

const global = globalThis;

// A lazy property becomes a plain one at the next checkpoint, and not within its getter: the engine's inline caches
// remember what a getter read in the shape that the object has after it, and would take the new value for the getter.
let settling = [];

function settleAll() {
  const list = settling;
  settling = [];
  for (let i = 0; i < list.length; i++) list[i]();
}

function lazy(target, name, enumerable, load) {
  let loaded = false;
  let value;
  const set = (newValue) => {
    value = newValue;
    if (!loaded && settling.push(settle) === 1) binding('process').queueMicrotask(settleAll);
    loaded = true;
  };
  // As a computed accessor it gets the name that programs see.
  const { get } = Object.getOwnPropertyDescriptor({
    get [name]() {
      if (!loaded) set(load(name));
      return value;
    },
  }, name);
  const settle = () => {
    if (Object.getOwnPropertyDescriptor(target, name)?.get === get) {
      Object.defineProperty(target, name, { __proto__: null, configurable: true, enumerable, writable: true, value });
    }
  };
  Object.defineProperty(target, name, { __proto__: null, configurable: true, enumerable, get, set });
}

function lazyFrom(target, id, names, enumerable) {
  const load = (name) => require(id)[name];
  for (let i = 0; i < names.length; i++) lazy(target, names[i], enumerable, load);
}

function hidden(target, name, value) {
  Object.defineProperty(target, name, { __proto__: null, configurable: true, enumerable: false, writable: true, value });
}

hidden(global, Symbol.toStringTag, 'global');
Object.defineProperty(global, Symbol.toStringTag, { __proto__: null, writable: false });
global.global = global;
lazyFrom(global, 'timers', ['clearImmediate', 'setImmediate', 'clearInterval', 'clearTimeout', 'setInterval',
                            'setTimeout'], true);
global.queueMicrotask = binding('process').queueMicrotask;
lazy(global, 'structuredClone', true, () => require('internal/structured_clone').structuredClone);
lazyFrom(global, 'buffer', ['atob', 'btoa'], true);
lazy(global, 'performance', true, () => require('perf_hooks').performance);
lazy(global, 'fetch', true, () => require('internal/fetch').fetch);
lazy(global, 'navigator', true, () => require('internal/navigator').navigator);
lazy(global, 'crypto', true, () => require('crypto').webcrypto);

hidden(global, 'process', process);
lazyFrom(global, 'buffer', ['Buffer', 'Blob', 'File'], false);
lazyFrom(global, 'internal/url', ['URL', 'URLSearchParams'], false);
lazyFrom(global, 'internal/encoding', ['TextEncoder', 'TextDecoder'], false);
lazyFrom(global, 'internal/abort_controller', ['AbortController', 'AbortSignal'], false);
lazyFrom(global, 'internal/event_target', ['EventTarget', 'Event', 'CustomEvent'], false);
lazyFrom(global, 'perf_hooks', ['Performance', 'PerformanceEntry', 'PerformanceMark', 'PerformanceMeasure',
                                'PerformanceObserver', 'PerformanceObserverEntryList', 'PerformanceResourceTiming'], false);
lazyFrom(global, 'internal/fetch', ['Headers', 'Request', 'Response'], false);
lazyFrom(global, 'internal/formdata', ['FormData'], false);
lazyFrom(global, 'worker_threads', ['MessageChannel', 'MessagePort', 'BroadcastChannel'], false);
lazyFrom(global, 'internal/message_event', ['MessageEvent', 'CloseEvent'], false);
lazyFrom(global, 'internal/websocket', ['WebSocket'], false);
lazyFrom(global, 'crypto', ['Crypto', 'CryptoKey', 'SubtleCrypto'], false);
lazy(global, 'Navigator', false, () => require('internal/navigator').Navigator);
lazy(global, 'DOMException', false, () => require('internal/dom_exception').DOMException);
lazyFrom(global, 'stream/web', [
  'ReadableStream', 'ReadableStreamDefaultReader', 'ReadableStreamBYOBReader', 'ReadableStreamBYOBRequest',
  'ReadableByteStreamController', 'ReadableStreamDefaultController', 'TransformStream',
  'TransformStreamDefaultController', 'WritableStream', 'WritableStreamDefaultController',
  'WritableStreamDefaultWriter', 'ByteLengthQueuingStrategy', 'CountQueuingStrategy', 'TextEncoderStream',
  'TextDecoderStream', 'CompressionStream', 'DecompressionStream'], false);
lazy(global, 'console', false, () => require('internal/console/global'));

// process --------------------------------------------------------------------------------------------------------

// `process` is an EventEmitter, yet most programs never listen on it. So its prototype answers for the emitter's
// methods: the first use loads `internal/process/events`, which sets it up as one. The accessors stay where they are, for
// the reason that `lazy` has.
const proto = Object.getPrototypeOf(process);
const emitterMembers = ['addListener', 'emit', 'eventNames', 'getMaxListeners', 'listenerCount', 'listeners', 'off', 'on',
                        'once', 'prependListener', 'prependOnceListener', 'rawListeners', 'removeAllListeners',
                        'removeListener', 'setMaxListeners', '_events', '_eventsCount', '_maxListeners'];
let emitterPrototype;

function emitterMember(name) {
  if (emitterPrototype === undefined) {
    emitterPrototype = require('events').prototype;
    require('internal/process/events').install(proto);
  }
  return emitterPrototype[name];
}
for (let i = 0; i < emitterMembers.length; i++) {
  const name = emitterMembers[i];
  Object.defineProperty(proto, name, {
    __proto__: null,
    configurable: true,
    enumerable: false,
    get() {
      const inherited = emitterMember(name);
      // What install() has put on process itself.
      return Object.hasOwn(this, name) ? this[name] : inherited;
    },
    set(value) {
      emitterMember(name);
      Object.defineProperty(this, name, { __proto__: null, configurable: true, enumerable: true, writable: true, value });
    },
  });
}

lazy(process, 'env', true, () => require('internal/process/env').createEnv());
for (const name of ['stdin', 'stdout', 'stderr']) lazy(process, name, true, (n) => require('internal/process/stdio')[n]());
lazyFrom(process, 'internal/process/methods', [
  'versions', 'release', 'config', 'features', 'hrtime', 'uptime', 'memoryUsage', 'cpuUsage', 'threadCpuUsage',
  'resourceUsage', 'constrainedMemory', 'availableMemory', 'exit', 'reallyExit', 'abort', 'kill', '_kill', 'cwd', 'chdir',
  'umask', 'getuid', 'geteuid', 'getgid', 'getegid', 'getgroups', 'setuid', 'seteuid', 'setgid', 'setegid', 'setgroups',
  'initgroups', 'emitWarning', 'binding', 'dlopen', 'getActiveResourcesInfo', '_getActiveRequests', '_getActiveHandles',
  'setUncaughtExceptionCaptureCallback', 'hasUncaughtExceptionCaptureCallback',
  'addUncaughtExceptionCaptureCallback', 'setSourceMapsEnabled', 'loadEnvFile', 'getBuiltinModule', 'report',
  'allowedNodeEnvironmentFlags', 'execve', 'finalization', 'ref', 'unref', 'assert', 'openStdin', '_rawDebug',
  '_tickCallback', 'permission', 'sourceMapsEnabled', 'moduleLoadList', 'domain'], true);
