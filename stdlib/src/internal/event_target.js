'use strict';

// internal/event_target: the web's EventTarget as Node has it (no tree, so no capturing or bubbling), and NodeEventTarget,
// which MessagePort and others use: the same with EventEmitter's most common methods. Events are in internal/event.js.
// API: https://nodejs.org/docs/latest-v24.x/api/events.html#eventtarget-and-event-api, https://dom.spec.whatwg.org/#events
//
//   target[kEvents] : Map { type -> [listener record, ...] }     in the order of calls
//
// A list that a dispatch has walked is marked `shared` and is copied before it changes, like an EventEmitter's. Listeners
// that are removed during a dispatch carry `removed`, and the dispatch skips them.

const { codes } = require('internal/errors');
const {
  Event, CustomEvent, isEvent, kBeginDispatch, kEndDispatch, kIsDispatching, kSetPassive, kStopped, kTrustEvent,
} = require('internal/event');
const EventEmitter = require('events');

const { kMaxEventTargetListeners, kMaxEventTargetListenersWarned } = EventEmitter;
const kEvents = Symbol('kEvents');
const kHandlers = Symbol('kHandlers');
// An option of addEventListener(): the listener may be collected once this object is.
const kWeakHandler = Symbol('kWeak');
// An option: the listener is called even if another one stopped the event.
const kResistStopPropagation = Symbol('kResistStopPropagation');
// Methods that subclasses may have: called with (size, type) when a type's listeners change.
const kNewListener = Symbol('kNewListener');
const kRemoveListener = Symbol('kRemoveListener');
// A method that turns a plain value into an Event, and the method that dispatches either.
const kCreateEvent = Symbol('kCreateEvent');
const kHybridDispatch = Symbol('kHybridDispatch');
const kIsNodeStyleListener = Symbol('kIsNodeStyleListener');

let weakListeners;

function isEventTarget(value) {
  return value !== null && value !== undefined && value[kEvents] !== undefined;
}

function checkThis(value, name) {
  if (!isEventTarget(value)) throw new codes.ERR_INVALID_THIS(name);
}

/** Gives an object that is made elsewhere (by a binding) what EventTarget's methods need. */
function initEventTarget(target) {
  target[kEvents] = new Map();
  target[kMaxEventTargetListeners] = EventEmitter.defaultMaxListeners;
}

const noOptions = { __proto__: null };

function readOptions(options) {
  if (typeof options === 'boolean') return { __proto__: null, capture: options };
  if (options === null || options === undefined) return noOptions;
  if (typeof options !== 'object' && typeof options !== 'function') {
    throw new codes.ERR_INVALID_ARG_TYPE('options', 'Object', options);
  }
  return options;
}

// False, with a warning, for null and undefined: they do nothing.
function checkListener(target, type, listener) {
  if (typeof listener === 'function' || (typeof listener === 'object' && listener !== null)) return true;
  if (listener !== null && listener !== undefined) {
    throw new codes.ERR_INVALID_ARG_TYPE('listener', 'EventListener', listener);
  }
  const warning = new Error(`addEventListener called with ${listener} which has no effect.`);
  warning.name = 'AddEventListenerArgumentTypeWarning';
  warning.target = target;
  warning.type = type;
  process.emitWarning(warning);
  return false;
}

// Keeps the listener's record free of a strong reference to the listener; `owner` keeps the listener alive.
function makeWeak(target, type, record, listener, owner) {
  weakListeners ??= {
    byOwner: new WeakMap(),
    registry: new FinalizationRegistry(({ targetRef, type, record }) => {
      const target = targetRef.deref();
      if (target !== undefined) removeRecord(target, type, record);
    }),
  };
  const owned = weakListeners.byOwner.get(owner);
  if (owned === undefined) weakListeners.byOwner.set(owner, [listener]);
  else owned.push(listener);
  record.callback = undefined;
  record.weak = new WeakRef(listener);
  weakListeners.registry.register(listener, { targetRef: new WeakRef(target), type, record }, record);
}

function callbackOf(record) {
  return record.weak === undefined ? record.callback : record.weak.deref();
}

function findRecord(list, listener, capture) {
  for (let i = 0; i < list.length; i++) {
    if (list[i].capture === capture && callbackOf(list[i]) === listener) return i;
  }
  return -1;
}

function writable(events, type, list) {
  if (list.shared !== true) return list;
  const copy = list.slice();
  events.set(type, copy);
  return copy;
}

function removeRecord(target, type, record) {
  const events = target[kEvents];
  const list = events.get(type);
  const at = list === undefined ? -1 : list.indexOf(record);
  if (at === -1) return;
  record.removed = true;
  if (record.weak !== undefined) weakListeners.registry.unregister(record);
  if (list.length === 1) events.delete(type);
  else writable(events, type, list).splice(at, 1);
  if (target[kRemoveListener] !== undefined) target[kRemoveListener](list.length - 1, type);
}

function warnIfMany(target, type, size) {
  const limit = target[kMaxEventTargetListeners];
  if (limit > 0 && size > limit && !target[kMaxEventTargetListenersWarned]) {
    target[kMaxEventTargetListenersWarned] = true;
    require('internal/events/leak_warning').warnTargetListeners(target, type, size, limit);
  }
}

function throwLater(error) {
  process.nextTick(() => { throw error; });
}

function callListener(target, record, callback, event) {
  try {
    let result;
    if (typeof callback === 'function') result = Reflect.apply(callback, target, [event]);
    else if (typeof callback.handleEvent === 'function') result = callback.handleEvent(event);
    // An async listener's rejection is an uncaught exception as well.
    if (result !== undefined && result !== null && typeof result.then === 'function') {
      result.then(undefined, throwLater);
    }
  } catch (error) {
    throwLater(error);
  }
}

class EventTarget {
  constructor() {
    this[kEvents] = new Map();
    this[kMaxEventTargetListeners] = EventEmitter.defaultMaxListeners;
  }

  /**
   * @param {string} type
   * @param {Function | { handleEvent: Function }} listener
   * @param {{ capture?: boolean, once?: boolean, passive?: boolean, signal?: AbortSignal } | boolean} [options]
   */
  addEventListener(type, listener, options = undefined) {
    checkThis(this, 'EventTarget');
    if (arguments.length < 2) throw new codes.ERR_MISSING_ARGS('type', 'listener');
    const settings = readOptions(options);
    // Each is read once, in the order of their names, whatever the listener is.
    const { capture, once, passive, signal } = settings;
    if (signal !== undefined) require('internal/validators').validateAbortSignal(signal, 'options.signal');
    if (!checkListener(this, type, listener)) return;
    const name = `${type}`;
    if (signal !== undefined) {
      if (signal.aborted) return;
      signal.addEventListener('abort', () => this.removeEventListener(name, listener, options), {
        __proto__: null, once: true, [kWeakHandler]: this, [kResistStopPropagation]: true,
      });
    }
    let list = this[kEvents].get(name);
    if (list === undefined) this[kEvents].set(name, list = []);
    else if (findRecord(list, listener, !!capture) !== -1) return;
    else list = writable(this[kEvents], name, list);

    const record = {
      callback: listener,
      weak: undefined,
      capture: !!capture,
      once: !!once,
      passive: !!passive,
      resists: settings[kResistStopPropagation] === true,
      isNodeStyle: settings[kIsNodeStyleListener] === true,
      removed: false,
    };
    if (settings[kWeakHandler] !== undefined) makeWeak(this, name, record, listener, settings[kWeakHandler]);
    list.push(record);
    warnIfMany(this, name, list.length);
    if (this[kNewListener] !== undefined) this[kNewListener](list.length, name);
  }

  /**
   * @param {string} type
   * @param {Function | { handleEvent: Function }} listener
   * @param {{ capture?: boolean } | boolean} [options]
   */
  removeEventListener(type, listener, options = undefined) {
    checkThis(this, 'EventTarget');
    if (arguments.length < 2) throw new codes.ERR_MISSING_ARGS('type', 'listener');
    const name = `${type}`;
    const capture = typeof options === 'boolean' ? options : !!options?.capture;
    const list = this[kEvents].get(name);
    const at = list === undefined ? -1 : findRecord(list, listener, capture);
    if (at !== -1) removeRecord(this, name, list[at]);
  }

  /**
   * @param {Event} event
   * @returns {boolean} false if a listener called preventDefault()
   */
  dispatchEvent(event) {
    checkThis(this, 'EventTarget');
    if (arguments.length < 1) throw new codes.ERR_MISSING_ARGS('event');
    if (!isEvent(event)) throw new codes.ERR_INVALID_ARG_TYPE('event', 'Event', event);
    if (event[kIsDispatching]()) throw new codes.ERR_EVENT_RECURSION(event.type);
    this[kHybridDispatch](event, event.type, event);
    return event.defaultPrevented !== true;
  }

  // Calls the listeners of `type`: Node-style ones with `value`, the others with an Event, which is made when needed.
  [kHybridDispatch](value, type, event) {
    let begun = event !== undefined;
    if (begun) event[kBeginDispatch](this);
    const list = this[kEvents].get(type);
    if (list !== undefined) {
      list.shared = true;
      for (let i = 0; i < list.length; i++) {
        const record = list[i];
        if (record.removed) continue;
        const callback = callbackOf(record);
        if (record.once || callback === undefined) removeRecord(this, type, record);
        if (callback === undefined) continue;
        if (begun && event[kStopped]() && !record.resists) continue;
        if (record.isNodeStyle) {
          callListener(this, record, callback, value);
          continue;
        }
        if (!begun) {
          event = this[kCreateEvent](value, type);
          event[kBeginDispatch](this);
          begun = true;
        }
        if (record.passive) event[kSetPassive](true);
        callListener(this, record, callback, event);
        if (record.passive) event[kSetPassive](false);
      }
    }
    if (begun) event[kEndDispatch]();
  }

  [kCreateEvent](value, type) {
    return new CustomEvent(type, { detail: value });
  }

  [Symbol.for('nodejs.util.inspect.custom')](depth, options) {
    if (!isEventTarget(this)) return this;
    const name = this.constructor.name;
    if (depth < 0) return name;
    return `${name} ${require('internal/util/inspect').inspect({}, {
      ...options, depth: options.depth === undefined ? null : options.depth - 1,
    })}`;
  }
}

const enumerable = { __proto__: null, enumerable: true };
Object.defineProperties(EventTarget.prototype, {
  addEventListener: enumerable,
  removeEventListener: enumerable,
  dispatchEvent: enumerable,
  [kHybridDispatch]: { __proto__: null, enumerable: false },
  [kCreateEvent]: { __proto__: null, enumerable: false },
  [Symbol.toStringTag]: { __proto__: null, value: 'EventTarget', configurable: true },
});

/** An EventTarget with EventEmitter's most common methods. */
class NodeEventTarget extends EventTarget {
  static defaultMaxListeners = 10;

  setMaxListeners(n) {
    checkThis(this, 'NodeEventTarget');
    EventEmitter.setMaxListeners(n, this);
  }

  getMaxListeners() {
    checkThis(this, 'NodeEventTarget');
    return this[kMaxEventTargetListeners];
  }

  eventNames() {
    checkThis(this, 'NodeEventTarget');
    return [...this[kEvents].keys()];
  }

  listenerCount(type) {
    checkThis(this, 'NodeEventTarget');
    return this[kEvents].get(`${type}`)?.length ?? 0;
  }

  on(type, listener) {
    checkThis(this, 'NodeEventTarget');
    this.addEventListener(type, listener, { __proto__: null, [kIsNodeStyleListener]: true });
    return this;
  }

  once(type, listener) {
    checkThis(this, 'NodeEventTarget');
    this.addEventListener(type, listener, { __proto__: null, once: true, [kIsNodeStyleListener]: true });
    return this;
  }

  off(type, listener, options) {
    checkThis(this, 'NodeEventTarget');
    this.removeEventListener(type, listener, options);
    return this;
  }

  addListener(type, listener) {
    checkThis(this, 'NodeEventTarget');
    return this.on(type, listener);
  }

  removeListener(type, listener, options) {
    checkThis(this, 'NodeEventTarget');
    return this.off(type, listener, options);
  }

  emit(type, value) {
    checkThis(this, 'NodeEventTarget');
    require('internal/validators').validateString(type, 'type');
    const had = this.listenerCount(type) > 0;
    this[kHybridDispatch](value, type);
    return had;
  }

  removeAllListeners(type) {
    checkThis(this, 'NodeEventTarget');
    const types = type === undefined ? [...this[kEvents].keys()] : [`${type}`];
    for (let i = 0; i < types.length; i++) {
      const list = this[kEvents].get(types[i]) ?? [];
      for (const record of list.slice()) removeRecord(this, types[i], record);
    }
    return this;
  }
}

const nodeMethods = [
  'setMaxListeners', 'getMaxListeners', 'eventNames', 'listenerCount', 'off', 'removeListener', 'on', 'addListener', 'once',
  'emit', 'removeAllListeners',
];
for (let i = 0; i < nodeMethods.length; i++) Object.defineProperty(NodeEventTarget.prototype, nodeMethods[i], enumerable);

/** The functions that listen to an event of the target. */
function listenersOf(target, type) {
  const list = target[kEvents].get(`${type}`) ?? [];
  const callbacks = [];
  for (let i = 0; i < list.length; i++) {
    const callback = callbackOf(list[i]);
    if (callback !== undefined) callbacks.push(callback);
  }
  return callbacks;
}

/** Defines the property `on<name>`, a single listener that keeps its place in the order when it is replaced. */
function defineEventHandler(target, name, event = name) {
  const property = `on${name}`;
  function get() {
    return this[kHandlers]?.get(event)?.handler ?? null;
  }
  function set(value) {
    const handler = typeof value === 'function' || (typeof value === 'object' && value !== null) ? value : null;
    this[kHandlers] ??= new Map();
    const current = this[kHandlers].get(event);
    if (current !== undefined) {
      if (handler !== null) {
        current.handler = handler;
        return;
      }
      this.removeEventListener(event, current.listener);
      this[kHandlers].delete(event);
    } else if (handler !== null) {
      const entry = { handler, listener: undefined };
      entry.listener = function(...args) {
        return typeof entry.handler === 'function' ? Reflect.apply(entry.handler, this, args) : undefined;
      };
      this.addEventListener(event, entry.listener);
      this[kHandlers].set(event, entry);
    }
  }
  Object.defineProperty(get, 'name', { __proto__: null, value: `get ${property}`, configurable: true });
  Object.defineProperty(set, 'name', { __proto__: null, value: `set ${property}`, configurable: true });
  Object.defineProperty(target, property, { __proto__: null, get, set, configurable: true, enumerable: true });
}

module.exports = {
  CustomEvent,
  Event,
  EventTarget,
  NodeEventTarget,
  defineEventHandler,
  initEventTarget,
  initNodeEventTarget: initEventTarget,
  isEventTarget,
  kCreateEvent,
  kEvents,
  kHybridDispatch,
  kNewListener,
  kRemoveListener,
  kResistStopPropagation,
  kTrustEvent,
  kWeakHandler,
  listenersOf,
};
