'use strict';

// node:diagnostics_channel: named channels on which libraries report what they do to whoever listens.
// API: https://nodejs.org/docs/latest-v24.x/api/diagnostics_channel.html
//
// publish() is called by code that mostly has no listener, so a channel without subscribers has `_subscribers` undefined
// and that is all publish() looks at. Channels are found by name; one that nobody holds or subscribes to is forgotten.

const { codes } = require('internal/errors');

// name -> { ref: WeakRef of the channel, channel: itself while it has subscribers or stores }
const channels = new Map();
let collected;

function validateFunction(value, name) {
  if (typeof value !== 'function') throw new codes.ERR_INVALID_ARG_TYPE(name, 'Function', value);
}

function throwLater(error) {
  process.nextTick(() => { throw error; });
}

class Channel {
  constructor(name) {
    this._subscribers = undefined;
    this._stores = undefined;
    this.name = name;
  }

  /** @param {(message: unknown, name: string | symbol) => void} subscription */
  subscribe(subscription) {
    validateFunction(subscription, 'subscription');
    // A publish() that runs walks the old list.
    this._subscribers = this._subscribers === undefined ? [subscription] : [...this._subscribers, subscription];
    hold(this);
  }

  /** @returns {boolean} whether it was subscribed */
  unsubscribe(subscription) {
    const at = this._subscribers === undefined ? -1 : this._subscribers.indexOf(subscription);
    if (at === -1) return false;
    this._subscribers = this._subscribers.length === 1 ? undefined : this._subscribers.toSpliced(at, 1);
    release(this);
    return true;
  }

  /**
   * While runStores() runs a function, `store` has what was published, or what transform makes of it.
   * @param {AsyncLocalStorage} store
   * @param {(message: unknown) => unknown} [transform]
   */
  bindStore(store, transform) {
    this._stores ??= new Map();
    this._stores.set(store, transform);
    hold(this);
  }

  /** @returns {boolean} whether it was bound */
  unbindStore(store) {
    if (this._stores === undefined || !this._stores.delete(store)) return false;
    if (this._stores.size === 0) this._stores = undefined;
    release(this);
    return true;
  }

  get hasSubscribers() {
    return this._subscribers !== undefined || this._stores !== undefined;
  }

  /** @param {unknown} message */
  publish(message) {
    const subscribers = this._subscribers;
    if (subscribers === undefined) return;
    for (let i = 0; i < subscribers.length; i++) {
      try {
        subscribers[i](message, this.name);
      } catch (error) {
        throwLater(error);
      }
    }
  }

  /**
   * Publishes the message and calls fn, with the bound stores set.
   * @param {unknown} message
   * @param {Function} fn
   */
  runStores(message, fn, thisArg, ...args) {
    let run = () => {
      this.publish(message);
      return Reflect.apply(fn, thisArg, args);
    };
    if (this._stores !== undefined) {
      for (const [store, transform] of this._stores) run = withStore(store, message, transform, run);
    }
    return run();
  }
}

function withStore(store, message, transform, next) {
  return () => {
    let value = message;
    if (transform !== undefined) {
      try {
        value = transform(message);
      } catch (error) {
        throwLater(error);
        return next();
      }
    }
    return store.run(value, next);
  };
}

function hold(channel) {
  const entry = channels.get(channel.name);
  if (entry !== undefined) entry.channel = channel;
  tellLibrary(channel);
}

function release(channel) {
  const entry = channels.get(channel.name);
  if (entry !== undefined && !channel.hasSubscribers) entry.channel = undefined;
  tellLibrary(channel);
}

// The library publishes too, `console.log` and its kin among it, and must not pay for asking at every call.
function tellLibrary(channel) {
  require('internal/diagnostics').noteChannel(channel);
  if (typeof channel.name === 'string' && channel.name.startsWith('console.')) {
    require('internal/console/symbols').noteChannel(channel);
  }
}

/**
 * The channel of a name; the same object for every caller.
 * @param {string | symbol} name
 * @returns {Channel}
 */
function channel(name) {
  const known = channels.get(name)?.ref.deref();
  if (known !== undefined) return known;
  if (typeof name !== 'string' && typeof name !== 'symbol') {
    throw new codes.ERR_INVALID_ARG_TYPE('channel', ['string', 'symbol'], name);
  }
  const created = new Channel(name);
  const entry = { ref: new WeakRef(created), channel: undefined };
  channels.set(name, entry);
  collected ??= new FinalizationRegistry(({ name, entry }) => {
    if (channels.get(name) === entry) channels.delete(name);
  });
  collected.register(created, { name, entry });
  return created;
}

function subscribe(name, subscription) {
  channel(name).subscribe(subscription);
}

function unsubscribe(name, subscription) {
  return channel(name).unsubscribe(subscription);
}

function hasSubscribers(name) {
  return channels.get(name)?.ref.deref()?.hasSubscribers ?? false;
}

const traceEvents = ['start', 'end', 'asyncStart', 'asyncEnd', 'error'];

/** Five channels that follow a call: its start and end, and those of what it does later. */
class TracingChannel {
  constructor(nameOrChannels) {
    for (let i = 0; i < traceEvents.length; i++) {
      Object.defineProperty(this, traceEvents[i], {
        __proto__: null,
        value: tracedChannel(nameOrChannels, traceEvents[i]),
      });
    }
  }

  get hasSubscribers() {
    return this.start.hasSubscribers || this.end.hasSubscribers || this.asyncStart.hasSubscribers ||
      this.asyncEnd.hasSubscribers || this.error.hasSubscribers;
  }

  subscribe(handlers) {
    for (let i = 0; i < traceEvents.length; i++) {
      const event = traceEvents[i];
      if (handlers[event]) this[event].subscribe(handlers[event]);
    }
  }

  /** @returns {boolean} whether all of them were subscribed */
  unsubscribe(handlers) {
    let done = true;
    for (let i = 0; i < traceEvents.length; i++) {
      const event = traceEvents[i];
      if (handlers[event] && !this[event].unsubscribe(handlers[event])) done = false;
    }
    return done;
  }

  traceSync(fn, context = {}, thisArg = undefined, ...args) {
    if (!this.hasSubscribers) return Reflect.apply(fn, thisArg, args);
    const { start, end, error } = this;
    return start.runStores(context, () => {
      try {
        const result = Reflect.apply(fn, thisArg, args);
        context.result = result;
        return result;
      } catch (err) {
        context.error = err;
        error.publish(context);
        throw err;
      } finally {
        end.publish(context);
      }
    });
  }

  tracePromise(fn, context = {}, thisArg = undefined, ...args) {
    if (!this.hasSubscribers) return Reflect.apply(fn, thisArg, args);
    const { start, end, asyncStart, asyncEnd, error } = this;
    const onFulfilled = (result) => {
      context.result = result;
      asyncStart.publish(context);
      asyncEnd.publish(context);
      return result;
    };
    const onRejected = (err) => {
      context.error = err;
      error.publish(context);
      asyncStart.publish(context);
      asyncEnd.publish(context);
      return Promise.reject(err);
    };
    return start.runStores(context, () => {
      try {
        const result = Reflect.apply(fn, thisArg, args);
        const promise = result instanceof Promise ? result : Promise.resolve(result);
        return promise.then(onFulfilled, onRejected);
      } catch (err) {
        context.error = err;
        error.publish(context);
        throw err;
      } finally {
        end.publish(context);
      }
    });
  }

  traceCallback(fn, position = -1, context = {}, thisArg = undefined, ...args) {
    if (!this.hasSubscribers) return Reflect.apply(fn, thisArg, args);
    const { start, end, asyncStart, asyncEnd, error } = this;
    const callback = args.at(position);
    validateFunction(callback, 'callback');
    args.splice(position, 1, function(err, result, ...rest) {
      if (err) {
        context.error = err;
        error.publish(context);
      } else {
        context.result = result;
      }
      const values = arguments.length < 3 ? [err, result].slice(0, arguments.length) : [err, result, ...rest];
      asyncStart.runStores(context, () => {
        try {
          return Reflect.apply(callback, this, values);
        } finally {
          asyncEnd.publish(context);
        }
      });
    });
    return start.runStores(context, () => {
      try {
        return Reflect.apply(fn, thisArg, args);
      } catch (err) {
        context.error = err;
        error.publish(context);
        throw err;
      } finally {
        end.publish(context);
      }
    });
  }
}

function tracedChannel(nameOrChannels, event) {
  if (typeof nameOrChannels === 'string') return channel(`tracing:${nameOrChannels}:${event}`);
  if (typeof nameOrChannels === 'object' && nameOrChannels !== null) {
    const found = nameOrChannels[event];
    if (found === undefined) throw new TypeError('Cannot convert undefined or null to object');
    if (!(found instanceof Channel)) {
      throw new codes.ERR_INVALID_ARG_TYPE(`nameOrChannels.${event}`, ['Channel'], found);
    }
    return found;
  }
  throw new codes.ERR_INVALID_ARG_TYPE('nameOrChannels', ['string', 'TracingChannel', 'Object'], nameOrChannels);
}

/**
 * @param {string | TracingChannel | Record<string, Channel>} nameOrChannels
 * @returns {TracingChannel}
 */
function tracingChannel(nameOrChannels) {
  return new TracingChannel(nameOrChannels);
}

module.exports = { channel, hasSubscribers, subscribe, tracingChannel, unsubscribe, Channel };
