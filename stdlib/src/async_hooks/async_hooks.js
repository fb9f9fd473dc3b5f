'use strict';

// node:async_hooks: data that follows asynchronous calls (AsyncLocalStorage), and the older hooks below it.
// API: https://nodejs.org/docs/latest-v24.x/api/async_context.html, https://nodejs.org/docs/latest-v24.x/api/async_hooks.html
// Binding: async_context.get(), async_context.set(frame).
//
// The engine keeps one value, the frame, and takes it along into promise jobs, ticks, timers and callbacks of the loop. A
// frame is a Map { storage -> store } that never changes once it is set: run() and enterWith() set a changed copy.
//
// Hooks see what programs make themselves, AsyncResource objects, and no resources of the runtime.

const { codes } = require('internal/errors');
const context = binding('async_context');

/** A value per asynchronous call chain. */
class AsyncLocalStorage {
  #defaultValue;
  #name = '';

  /** @param {{ defaultValue?: any, name?: string }} [options] */
  constructor(options = {}) {
    if (options === null || typeof options !== 'object') {
      throw new codes.ERR_INVALID_ARG_TYPE('options', 'Object', options);
    }
    this.#defaultValue = options.defaultValue;
    if (options.name !== undefined) this.#name = `${options.name}`;
  }

  get name() { return this.#name; }

  /** fn, bound to the context of this call. */
  static bind(fn) {
    return AsyncResource.bind(fn);
  }

  /** A function that calls its first argument in the context of this call. */
  static snapshot() {
    const frame = context.get();
    return (fn, ...args) => runInFrame(frame, fn, undefined, args);
  }

  getStore() {
    const frame = context.get();
    return frame === undefined || !frame.has(this) ? this.#defaultValue : frame.get(this);
  }

  /** Sets the store for the rest of this synchronous execution and what follows from it. */
  enterWith(store) {
    context.set(new Map(context.get()).set(this, store));
  }

  run(store, fn, ...args) {
    const frame = context.get();
    if (frame !== undefined && frame.has(this) && Object.is(frame.get(this), store)) {
      return Reflect.apply(fn, undefined, args);
    }
    return runInFrame(new Map(frame).set(this, store), fn, undefined, args);
  }

  exit(fn, ...args) {
    return this.run(undefined, fn, ...args);
  }

  disable() {
    const frame = context.get();
    if (frame === undefined || !frame.has(this)) return;
    const copy = new Map(frame);
    copy.delete(this);
    context.set(copy.size === 0 ? undefined : copy);
  }
}

function runInFrame(frame, fn, thisArg, args) {
  const previous = context.get();
  context.set(frame);
  try {
    return Reflect.apply(fn, thisArg, args);
  } finally {
    context.set(previous);
  }
}

// The main program is execution 1.
let lastAsyncId = 1;
const topLevel = {};
let current = { id: 1, trigger: 0, resource: topLevel };

function executionAsyncId() {
  return current.id;
}

function triggerAsyncId() {
  return current.trigger;
}

function executionAsyncResource() {
  return current.resource;
}

let hooks = [];

function callHooks(name, ...args) {
  const list = hooks;
  for (let i = 0; i < list.length; i++) list[i][name]?.(...args);
}

let collected;

/** An asynchronous operation of the program's own. */
class AsyncResource {
  #id;
  #trigger;
  #frame;
  #destroyed = false;

  /**
   * @param {string} type
   * @param {number | { triggerAsyncId?: number, requireManualDestroy?: boolean }} [options]
   */
  constructor(type, options = {}) {
    if (typeof type !== 'string') throw new codes.ERR_INVALID_ARG_TYPE('type', 'string', type);
    let trigger = options;
    let requireManualDestroy = false;
    if (typeof options !== 'number') {
      trigger = options?.triggerAsyncId ?? current.id;
      requireManualDestroy = !!options?.requireManualDestroy;
    }
    if (!Number.isSafeInteger(trigger) || trigger < -1) throw new codes.ERR_INVALID_ASYNC_ID('triggerAsyncId', trigger);
    this.#id = ++lastAsyncId;
    this.#trigger = trigger;
    this.#frame = context.get();
    if (hooks.length === 0) return;
    if (type.length === 0) throw new codes.ERR_ASYNC_TYPE(type);
    callHooks('init', this.#id, type, trigger, this);
    if (!requireManualDestroy) {
      collected ??= new FinalizationRegistry(destroyLater);
      collected.register(this, this.#id, this);
    }
  }

  runInAsyncScope(fn, thisArg, ...args) {
    const previous = current;
    current = { id: this.#id, trigger: this.#trigger, resource: this };
    try {
      if (hooks.length === 0) return runInFrame(this.#frame, fn, thisArg, args);
      callHooks('before', this.#id);
      try {
        return runInFrame(this.#frame, fn, thisArg, args);
      } finally {
        callHooks('after', this.#id);
      }
    } finally {
      current = previous;
    }
  }

  emitDestroy() {
    if (!this.#destroyed) {
      this.#destroyed = true;
      collected?.unregister(this);
      destroyLater(this.#id);
    }
    return this;
  }

  asyncId() { return this.#id; }

  triggerAsyncId() { return this.#trigger; }

  /** A function that runs fn in this resource's scope; without thisArg it passes on its own `this`. */
  bind(fn, thisArg) {
    if (typeof fn !== 'function') throw new codes.ERR_INVALID_ARG_TYPE('fn', 'Function', fn);
    const resource = this;
    const bound = thisArg === undefined ?
      function(...args) { return resource.runInAsyncScope(fn, this, ...args); } :
      (...args) => resource.runInAsyncScope(fn, thisArg, ...args);
    Object.defineProperty(bound, 'length', {
      __proto__: null, value: fn.length, writable: false, enumerable: false, configurable: true,
    });
    return bound;
  }

  static bind(fn, type, thisArg) {
    return new AsyncResource(type || fn?.name || 'bound-anonymous-fn').bind(fn, thisArg);
  }
}

// Destroy hooks run when the present work is done.
let destroyed = [];

function destroyLater(id) {
  if (hooks.length === 0) return;
  if (destroyed.length === 0) setImmediate(callDestroyHooks).unref();
  destroyed.push(id);
}

function callDestroyHooks() {
  const ids = destroyed;
  destroyed = [];
  for (let i = 0; i < ids.length; i++) callHooks('destroy', ids[i]);
}

class AsyncHook {
  #callbacks;

  constructor(callbacks) {
    this.#callbacks = callbacks;
  }

  enable() {
    if (!hooks.includes(this.#callbacks)) hooks = [...hooks, this.#callbacks];
    return this;
  }

  disable() {
    hooks = hooks.filter((callbacks) => callbacks !== this.#callbacks);
    return this;
  }
}

/**
 * @param {{ init?: Function, before?: Function, after?: Function, destroy?: Function, promiseResolve?: Function }} callbacks
 * @returns {AsyncHook}
 */
function createHook(callbacks) {
  const names = ['init', 'before', 'after', 'destroy', 'promiseResolve'];
  const checked = {};
  for (let i = 0; i < names.length; i++) {
    const callback = callbacks[names[i]];
    if (callback !== undefined && typeof callback !== 'function') throw new codes.ERR_ASYNC_CALLBACK(`hook.${names[i]}`);
    checked[names[i]] = callback;
  }
  const { trackPromises } = callbacks;
  if (trackPromises !== undefined) require('internal/validators').validateBoolean(trackPromises, 'trackPromises');
  return new AsyncHook(checked);
}

module.exports = {
  AsyncLocalStorage,
  createHook,
  executionAsyncId,
  triggerAsyncId,
  executionAsyncResource,
  AsyncResource,
};
Object.defineProperty(module.exports, 'asyncWrapProviders', {
  __proto__: null,
  enumerable: true,
  get() { return require('internal/async_providers').asyncWrapProviders; },
});
