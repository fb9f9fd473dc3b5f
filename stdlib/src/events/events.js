'use strict';

// node:events: EventEmitter, a list of functions per event name. emit() and on() are the most called functions of the
// whole library; their common case is a handful of operations, everything rarer stands in functions of its own and in
// internal/events/.
// API: https://nodejs.org/docs/latest-v24.x/api/events.html
//
//   emitter._events -> { name: listener }            one listener: the function itself
//                      { name: [listener, ...] }     several, in the order of calls
//
// A list that emit() has walked is marked `shared` and never changed again: whoever adds or removes a listener puts a copy
// in its place. So a walk needs no copy and sees the listeners that were there when it began.

const { codes } = require('internal/errors');

const kCapture = Symbol('kCapture');
const kErrorMonitor = Symbol('events.errorMonitor');
const kRejection = Symbol.for('nodejs.rejection');
const kMaxEventTargetListeners = Symbol('events.maxEventTargetListeners');
const kMaxEventTargetListenersWarned = Symbol('events.maxEventTargetListenersWarned');

const { apply } = Reflect;

let defaultMaxListeners = 10;

/**
 * @param {{ captureRejections?: boolean }} [options]
 */
function EventEmitter(options) {
  // A prototype that is an emitter itself must not lend its listeners.
  if (this._events === undefined || !Object.hasOwn(this, '_events')) {
    this._events = { __proto__: null };
    this._eventsCount = 0;
  }
  this._maxListeners = this._maxListeners || undefined;
  if (options !== undefined && options !== null && options.captureRejections) {
    require('internal/validators').validateBoolean(options.captureRejections, 'options.captureRejections');
    this[kCapture] = true;
  }
}

const prototype = EventEmitter.prototype;
prototype._events = undefined;
prototype._eventsCount = 0;
prototype._maxListeners = undefined;
Object.defineProperty(prototype, kCapture, { __proto__: null, value: false, writable: true });

/**
 * Calls the listeners of an event with the given arguments.
 * @param {string | symbol} type
 * @param {...any} args
 * @returns {boolean} whether there were any
 */
prototype.emit = function emit(type, ...args) {
  const events = this._events;
  if (type === 'error' && !beforeError(this, events, args)) return false;
  if (events === undefined) return false;
  const handler = events[type];
  if (handler === undefined) return false;

  if (typeof handler === 'function') {
    const result = apply(handler, this, args);
    if (result !== undefined && this[kCapture]) captureRejection(this, result, type, args);
    return true;
  }
  handler.shared = true;
  for (let i = 0, length = handler.length; i < length; i++) {
    const result = apply(handler[i], this, args);
    if (result !== undefined && this[kCapture]) captureRejection(this, result, type, args);
  }
  return true;
};

// Informs the error monitors. Throws if nobody else listens.
function beforeError(emitter, events, args) {
  if (events !== undefined) {
    if (events[kErrorMonitor] !== undefined) emitter.emit(kErrorMonitor, ...args);
    if (events.error !== undefined) return true;
  }
  const error = args[0];
  if (error instanceof Error) {
    noteEmission(emitter, error);
    throw error;
  }
  let text;
  try {
    text = require('internal/util/inspect').inspect(error);
  } catch {
    text = error;
  }
  const wrapper = new codes.ERR_UNHANDLED_ERROR(text);
  wrapper.context = error;
  throw wrapper;
}

// If nobody catches it, the report says where it was emitted too.
function noteEmission(emitter, error) {
  const place = {};
  Error.captureStackTrace(place, EventEmitter.prototype.emit);
  const { name } = emitter.constructor ?? EventEmitter;
  require('internal/events/emissions').note(error, name === 'EventEmitter' ? '' : ` on ${name} instance`, place);
}

// captureRejections: what a listener returned may be a promise, whose rejection becomes an 'error' event.
function captureRejection(emitter, promise, type, args) {
  try {
    const { then } = promise;
    if (typeof then !== 'function') return;
    then.call(promise, undefined, (error) => process.nextTick(emitRejection, emitter, error, type, args));
  } catch (error) {
    emitter.emit('error', error);
  }
}

function emitRejection(emitter, error, type, args) {
  if (typeof emitter[kRejection] === 'function') {
    emitter[kRejection](error, type, ...args);
    return;
  }
  // A rejection of the 'error' listener itself is not caught again.
  const previous = emitter[kCapture];
  try {
    emitter[kCapture] = false;
    emitter.emit('error', error);
  } finally {
    emitter[kCapture] = previous;
  }
}

function checkListener(listener) {
  if (typeof listener !== 'function') throw new codes.ERR_INVALID_ARG_TYPE('listener', 'Function', listener);
}

function addListener(emitter, type, listener, prepend) {
  if (typeof listener !== 'function') checkListener(listener);
  let events = emitter._events;
  if (events === undefined) {
    events = emitter._events = { __proto__: null };
    emitter._eventsCount = 0;
  } else if (events.newListener !== undefined) {
    emitter.emit('newListener', type, listener.listener ?? listener);
    // A listener of 'newListener' may have put another object there.
    events = emitter._events;
  }
  const existing = events[type];
  if (existing === undefined) {
    events[type] = listener;
    emitter._eventsCount++;
    return emitter;
  }
  let list;
  if (typeof existing === 'function') {
    list = events[type] = prepend ? [listener, existing] : [existing, listener];
  } else {
    list = existing.shared ? (events[type] = copyOf(existing)) : existing;
    if (prepend) list.unshift(listener);
    else list.push(listener);
  }
  const limit = maxListenersOf(emitter);
  if (limit > 0 && list.length > limit && !list.warned) {
    list.warned = true;
    require('internal/events/leak_warning').warnListeners(emitter, type, list.length, limit);
  }
  return emitter;
}

function copyOf(list) {
  const copy = list.slice();
  if (list.warned) copy.warned = true;
  return copy;
}

prototype.addListener = function addListener_(type, listener) {
  return addListener(this, type, listener, false);
};
prototype.on = prototype.addListener;

prototype.prependListener = function prependListener(type, listener) {
  return addListener(this, type, listener, true);
};

// What is in the list instead of a once() listener; its own `listener` property leads to that.
function onceWrapper(emitter, type, listener) {
  let fired = false;
  function wrapper(...args) {
    if (fired) return undefined;
    fired = true;
    emitter.removeListener(type, wrapper);
    return apply(listener, emitter, args);
  }
  wrapper.listener = listener;
  return wrapper;
}

prototype.once = function once(type, listener) {
  checkListener(listener);
  return this.on(type, onceWrapper(this, type, listener));
};

prototype.prependOnceListener = function prependOnceListener(type, listener) {
  checkListener(listener);
  return this.prependListener(type, onceWrapper(this, type, listener));
};

prototype.removeListener = function removeListener(type, listener) {
  checkListener(listener);
  const events = this._events;
  if (events === undefined) return this;
  const existing = events[type];
  if (existing === undefined) return this;

  let removed;
  if (typeof existing === 'function') {
    if (existing !== listener && existing.listener !== listener) return this;
    removed = existing.listener || existing;
    removeType(this, events, type);
  } else {
    let at = existing.length - 1;
    while (at >= 0 && existing[at] !== listener && existing[at].listener !== listener) at--;
    if (at < 0) return this;
    // Node tells of the wrapper of a once() listener here, unless it is the only one.
    removed = listener;
    if (existing.length === 2) {
      events[type] = existing[1 - at];
    } else {
      const list = existing.shared ? (events[type] = copyOf(existing)) : existing;
      if (at === list.length - 1) list.pop();
      else list.splice(at, 1);
    }
  }
  if (events.removeListener !== undefined) this.emit('removeListener', type, removed);
  return this;
};
prototype.off = prototype.removeListener;

function removeType(emitter, events, type) {
  if (--emitter._eventsCount === 0) emitter._events = { __proto__: null };
  else delete events[type];
}

prototype.removeAllListeners = function removeAllListeners(type) {
  const events = this._events;
  if (events === undefined) return this;
  if (events.removeListener === undefined) {
    // Nobody wants to hear of each.
    if (arguments.length === 0) {
      this._events = { __proto__: null };
      this._eventsCount = 0;
    } else if (events[type] !== undefined) {
      removeType(this, events, type);
    }
    return this;
  }
  if (arguments.length === 0) {
    const types = Reflect.ownKeys(events);
    for (let i = 0; i < types.length; i++) {
      if (types[i] !== 'removeListener') this.removeAllListeners(types[i]);
    }
    this.removeAllListeners('removeListener');
    this._events = { __proto__: null };
    this._eventsCount = 0;
    return this;
  }
  const listeners = rawListenersOf(this, type);
  for (let i = listeners.length - 1; i >= 0; i--) this.removeListener(type, listeners[i]);
  return this;
};

function rawListenersOf(emitter, type) {
  const events = emitter._events;
  const existing = events === undefined ? undefined : events[type];
  if (existing === undefined) return [];
  return typeof existing === 'function' ? [existing] : existing.slice();
}

prototype.listeners = function listeners(type) {
  const list = rawListenersOf(this, type);
  for (let i = 0; i < list.length; i++) list[i] = list[i].listener || list[i];
  return list;
};

prototype.rawListeners = function rawListeners(type) {
  return rawListenersOf(this, type);
};

/**
 * @param {string | symbol} type
 * @param {Function} [listener] count only this one
 */
function listenerCount(type, listener) {
  const events = this._events;
  const existing = events === undefined ? undefined : events[type];
  if (existing === undefined) return 0;
  if (listener === undefined || listener === null) return typeof existing === 'function' ? 1 : existing.length;
  const list = typeof existing === 'function' ? [existing] : existing;
  let n = 0;
  for (let i = 0; i < list.length; i++) {
    if (list[i] === listener || list[i].listener === listener) n++;
  }
  return n;
}
prototype.listenerCount = listenerCount;

prototype.eventNames = function eventNames() {
  return this._eventsCount > 0 ? Reflect.ownKeys(this._events) : [];
};

function maxListenersOf(emitter) {
  return emitter._maxListeners === undefined ? defaultMaxListeners : emitter._maxListeners;
}

prototype.getMaxListeners = function getMaxListeners() {
  return maxListenersOf(this);
};

prototype.setMaxListeners = function setMaxListeners(n) {
  require('internal/validators').validateNumber(n, 'setMaxListeners', 0);
  this._maxListeners = n;
  return this;
};

// Names of the methods as Node shows them.
Object.defineProperty(prototype.addListener, 'name', { __proto__: null, value: 'addListener', configurable: true });

module.exports = EventEmitter;
EventEmitter.EventEmitter = EventEmitter;
EventEmitter.usingDomains = false;
EventEmitter.captureRejectionSymbol = kRejection;
EventEmitter.errorMonitor = kErrorMonitor;
EventEmitter.kMaxEventTargetListeners = kMaxEventTargetListeners;
EventEmitter.kMaxEventTargetListenersWarned = kMaxEventTargetListenersWarned;

// Old code makes an object an emitter by calling init() on it.
EventEmitter.init = EventEmitter;

EventEmitter.once = async function once(emitter, name, options) {
  return require('internal/events/once').once(emitter, name, options);
};

EventEmitter.on = function on(emitter, event, options) {
  return require('internal/events/async_iterator').on(emitter, event, options);
};

EventEmitter.getEventListeners = function getEventListeners(emitterOrTarget, type) {
  return require('internal/events/targets').getEventListeners(emitterOrTarget, type);
};

EventEmitter.getMaxListeners = function getMaxListeners(emitterOrTarget) {
  return require('internal/events/targets').getMaxListeners(emitterOrTarget);
};

EventEmitter.setMaxListeners = function setMaxListeners(n = defaultMaxListeners, ...eventTargets) {
  require('internal/validators').validateNumber(n, 'setMaxListeners', 0);
  if (eventTargets.length === 0) defaultMaxListeners = n;
  else require('internal/events/targets').setMaxListeners(n, eventTargets);
};

EventEmitter.listenerCount = function(emitterOrTarget, type) {
  return require('internal/events/targets').listenerCount(emitterOrTarget, type);
};
Object.defineProperty(EventEmitter.listenerCount, 'name', { __proto__: null, value: 'listenerCount', configurable: true });

EventEmitter.addAbortListener = function addAbortListener(signal, listener) {
  return require('internal/events/once').addAbortListener(signal, listener);
};

Object.defineProperties(EventEmitter, {
  captureRejections: {
    __proto__: null,
    enumerable: true,
    configurable: true,
    get() { return prototype[kCapture]; },
    set(value) {
      require('internal/validators').validateBoolean(value, 'EventEmitter.captureRejections');
      prototype[kCapture] = value;
    },
  },
  defaultMaxListeners: {
    __proto__: null,
    enumerable: true,
    get() { return defaultMaxListeners; },
    set(n) {
      require('internal/validators').validateNumber(n, 'defaultMaxListeners', 0);
      defaultMaxListeners = n;
    },
  },
  EventEmitterAsyncResource: {
    __proto__: null,
    enumerable: true,
    configurable: true,
    get() { return require('internal/events/async_resource').EventEmitterAsyncResource; },
  },
});
