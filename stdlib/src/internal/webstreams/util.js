'use strict';

// internal/webstreams/util: what the Web streams share: their hidden state, the queue with sizes, strategies.
// Spec: https://streams.spec.whatwg.org/#qs-abstract-ops

const { codes } = require('internal/errors');

// Each object of the spec keeps its internal slots in one record here; `kind` is the name of its class.
const kState = Symbol('kState');

function nop() {}

/** Whether a value is an object of the class that is named. */
function is(kind, value) {
  return typeof value === 'object' && value !== null && value[kState] !== undefined && value[kState].kind === kind;
}

function check(kind, value) {
  if (!is(kind, value)) throw new codes.ERR_INVALID_THIS(kind);
  return value[kState];
}

function invalidThis(kind) {
  return Promise.reject(new codes.ERR_INVALID_THIS(kind));
}

function invalidState(message) {
  return new codes.ERR_INVALID_STATE.TypeError(message);
}

/** A promise with its resolve() and reject(), whose rejection nobody has to handle. */
function deferred() {
  const { promise, resolve, reject } = Promise.withResolvers();
  promise.then(undefined, nop);
  const result = {
    promise,
    isSettled: false,
    resolve(value) {
      result.isSettled = true;
      resolve(value);
    },
    reject(error) {
      result.isSettled = true;
      reject(error);
    },
  };
  return result;
}

// ---- ResetQueue, EnqueueValueWithSize, DequeueValue, PeekQueueValue ----

function resetQueue(controller) {
  controller.queue = [];
  controller.queueHead = 0;
  controller.queueTotalSize = 0;
}

function enqueueValueWithSize(controller, value, size) {
  size = Number(size);
  if (!(size >= 0) || size === Infinity) throw new codes.ERR_INVALID_ARG_VALUE.RangeError('size', size);
  controller.queue.push({ value, size });
  controller.queueTotalSize += size;
}

function queueLength(controller) {
  return controller.queue.length - controller.queueHead;
}

function peekQueueValue(controller) {
  return controller.queue[controller.queueHead].value;
}

function dequeueValue(controller) {
  const { value, size } = controller.queue[controller.queueHead];
  dropFirst(controller);
  controller.queueTotalSize = Math.max(0, controller.queueTotalSize - size);
  return value;
}

function dropFirst(controller) {
  controller.queue[controller.queueHead++] = undefined;
  if (controller.queueHead === controller.queue.length) {
    controller.queue = [];
    controller.queueHead = 0;
  } else if (controller.queueHead > 1024) {
    controller.queue.splice(0, controller.queueHead);
    controller.queueHead = 0;
  }
}

// ---- strategies ----

/** ExtractHighWaterMark */
function extractHighWaterMark(strategy, defaultMark) {
  const value = strategy?.highWaterMark;
  if (value === undefined) return defaultMark;
  const mark = Number(value);
  if (Number.isNaN(mark) || mark < 0) {
    throw new codes.ERR_INVALID_ARG_VALUE.RangeError('strategy.highWaterMark', value);
  }
  return mark;
}

function one() {
  return 1;
}

/** ExtractSizeAlgorithm */
function extractSize(strategy) {
  const size = strategy?.size;
  if (size === undefined) return one;
  if (typeof size !== 'function') throw new codes.ERR_INVALID_ARG_TYPE('strategy.size', 'Function', size);
  return (chunk) => Reflect.apply(size, undefined, [chunk]);
}

function checkDictionary(value, name) {
  if (value !== undefined && value !== null && typeof value !== 'object' && typeof value !== 'function') {
    throw new codes.ERR_INVALID_ARG_TYPE(name, 'Object', value);
  }
}

/** An optional method of a source or sink, bound to it; undefined if there is none. */
function method(object, name, label) {
  const fn = object?.[name];
  if (fn === undefined) return undefined;
  if (typeof fn !== 'function') throw new codes.ERR_INVALID_ARG_TYPE(`${label}.${name}`, 'Function', fn);
  return fn;
}

/** Calls fn; what it throws becomes a rejection. */
function promiseCall(fn, self, ...args) {
  if (fn === undefined) return Promise.resolve();
  try {
    return new Promise((resolve) => resolve(Reflect.apply(fn, self, args)));
  } catch (error) {
    return Promise.reject(error);
  }
}

/** Names on prototypes are enumerable in Web IDL. */
function finishClass(constructor, names) {
  const descriptors = { [Symbol.toStringTag]: { __proto__: null, configurable: true, value: constructor.name } };
  for (const name of names) descriptors[name] = { __proto__: null, enumerable: true };
  Object.defineProperties(constructor.prototype, descriptors);
}

/** What util.inspect() shows: the class and the parts that are visible. */
function inspectAs(name, value, depth, options) {
  if (depth < 0) return name;
  const { inspect } = require('internal/util/inspect');
  return `${name} ${inspect(value, { ...options, depth: options.depth === null ? null : options.depth - 1 })}`;
}

/** Throws for an object that can't be made by hand. */
function illegal() {
  return new codes.ERR_ILLEGAL_CONSTRUCTOR();
}

/** An object of a class whose constructor throws. */
function create(constructor, state) {
  const object = Object.create(constructor.prototype);
  object[kState] = state;
  return object;
}

module.exports = {
  check,
  checkDictionary,
  create,
  deferred,
  dequeueValue,
  dropFirst,
  enqueueValueWithSize,
  extractHighWaterMark,
  extractSize,
  finishClass,
  illegal,
  inspectAs,
  invalidState,
  invalidThis,
  is,
  kState,
  method,
  nop,
  peekQueueValue,
  promiseCall,
  queueLength,
  resetQueue,
};
