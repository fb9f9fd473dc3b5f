'use strict';
// The first core file that runs in a realm: gives `globalThis` and `process` their Node properties.
// Almost everything is a lazy property that loads its module at the first touch, because a runtime that starts for
// one line of JavaScript must not parse the library for it.
// Binding `process`: the eager properties (argv, pid, …) are set by Rust before this file runs.

const global = globalThis;

// A getter must not turn its own property into a data property: the engine's inline cache notes the object's shape after
// the getter has run, so the same access would call the value as if it were the getter. A microtask does it instead.
function lazy(target, name, enumerable, load) {
  let value;
  let state = 0;
  const settle = () => {
    Object.defineProperty(target, name, { __proto__: null, configurable: true, enumerable, writable: true, value });
  };
  const keep = (made) => {
    value = made;
    if (state === 0) queueMicrotask(settle);
    state = 1;
    return value;
  };
  Object.defineProperty(target, name, {
    __proto__: null,
    configurable: true,
    enumerable,
    get() { return state === 0 ? keep(load(name)) : value; },
    set(replacement) { keep(replacement); },
  });
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
lazyFrom(global, 'internal/fetch', ['Headers', 'Request', 'Response', 'FormData'], false);
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

// `process` is an EventEmitter, yet most programs never listen on it. Until one does, its prototype answers for the
// emitter's methods; `internal/process/events` then puts the real prototype in place.
const proto = Object.getPrototypeOf(process);
const emitterMethods = ['addListener', 'emit', 'eventNames', 'getMaxListeners', 'listenerCount', 'listeners', 'off', 'on',
                        'once', 'prependListener', 'prependOnceListener', 'rawListeners', 'removeAllListeners',
                        'removeListener', 'setMaxListeners', '_events', '_eventsCount', '_maxListeners'];
function becomeEmitter(name) {
  for (let i = 0; i < emitterMethods.length; i++) delete proto[emitterMethods[i]];
  require('internal/process/events').install(proto);
  return process[name];
}
for (let i = 0; i < emitterMethods.length; i++) {
  const name = emitterMethods[i];
  Object.defineProperty(proto, name, {
    __proto__: null,
    configurable: true,
    enumerable: false,
    get() { return becomeEmitter(name); },
    set(value) {
      becomeEmitter(name);
      this[name] = value;
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
