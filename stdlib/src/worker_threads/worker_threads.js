'use strict';
// node:worker_threads: message channels within this thread. Threads of their own are not there yet: `new Worker()`
// says so with ERR_WORKER_UNSUPPORTED_OPERATION.
// API: https://nodejs.org/docs/latest-v24.x/api/worker_threads.html
// A port is an EventTarget with Node's emitter methods; a message is cloned when it is posted and delivered from an
// immediate, one a turn, so that messages never run inside the sender.

const { codes } = require('internal/errors');
const { NodeEventTarget } = require('internal/event_target');

exports.isMainThread = true;
exports.isInternalThread = false;
exports.parentPort = null;
exports.workerData = null;
exports.threadId = 0;
exports.threadName = '';
exports.resourceLimits = {};
exports.SHARE_ENV = Symbol.for('nodejs.worker_threads.SHARE_ENV');

const environment = new Map();
exports.getEnvironmentData = function getEnvironmentData(key) { return environment.get(key); };
exports.setEnvironmentData = function setEnvironmentData(key, value) {
  if (value === undefined) environment.delete(key);
  else environment.set(key, value);
};

const untransferable = new WeakSet();
exports.markAsUntransferable = function markAsUntransferable(object) {
  if ((typeof object === 'object' && object !== null) || typeof object === 'function') untransferable.add(object);
};
exports.isMarkedAsUntransferable = function isMarkedAsUntransferable(object) {
  return (typeof object === 'object' && object !== null) || typeof object === 'function' ?
    untransferable.has(object) : false;
};
exports.markAsUncloneable = function markAsUncloneable() {};
exports.moveMessagePortToContext = function moveMessagePortToContext() {
  throw new codes.ERR_METHOD_NOT_IMPLEMENTED('moveMessagePortToContext');
};
exports.postMessageToThread = async function postMessageToThread() {
  throw new codes.ERR_WORKER_MESSAGING_FAILED();
};

class Worker {
  constructor() {
    throw new codes.ERR_WORKER_UNSUPPORTED_OPERATION('new Worker()');
  }
}
exports.Worker = Worker;

const construct = Symbol('construct');

class MessagePort extends NodeEventTarget {
  constructor(token) {
    if (token !== construct) throw new codes.ERR_CONSTRUCT_CALL_INVALID();
    super();
    hide(this, '_peer', null);
    hide(this, '_queue', []);
    hide(this, '_running', false);
    hide(this, '_scheduled', undefined);
    hide(this, '_closed', false);
    hide(this, '_refed', false);
    hide(this, '_onmessage', null);
    hide(this, '_onmessageerror', null);
  }

  postMessage(message, transfer) {
    if (arguments.length === 0) throw new codes.ERR_MISSING_ARGS('message');
    const list = Array.isArray(transfer) ? transfer : transfer?.transfer;
    const { structuredClone } = require('internal/structured_clone');
    const copy = structuredClone(message, list === undefined ? undefined : { transfer: list });
    const peer = this._peer;
    if (peer === null || this._closed) return;
    peer._queue.push(copy);
    peer._schedule();
  }

  start() {
    if (this._running || this._closed) return;
    this._running = true;
    this._schedule();
  }

  close(callback) {
    if (typeof callback === 'function') this.once('close', callback);
    if (this._closed) return;
    this._closed = true;
    const peer = this._peer;
    setImmediate(() => this.dispatchEvent(new Event('close')));
    if (peer !== null && !peer._closed) peer.close();
  }

  ref() { this._refed = true; this._scheduled?.ref(); }
  unref() { this._refed = false; }
  hasRef() { return this._refed && !this._closed; }

  get onmessage() { return this._onmessage; }
  set onmessage(listener) {
    if (typeof this._onmessage === 'function') this.removeEventListener('message', this._onmessage);
    this._onmessage = typeof listener === 'function' ? listener : null;
    if (this._onmessage === null) return;
    this.addEventListener('message', this._onmessage);
    this.start();
  }

  get onmessageerror() { return this._onmessageerror; }
  set onmessageerror(listener) { this._onmessageerror = typeof listener === 'function' ? listener : null; }

  _schedule() {
    if (!this._running || this._scheduled !== undefined || this._queue.length === 0) return;
    this._scheduled = setImmediate(() => {
      this._scheduled = undefined;
      if (this._queue.length === 0 || this._closed) return;
      const data = this._queue.shift();
      this._schedule();
      const { MessageEvent } = require('internal/message_event');
      this.dispatchEvent(new MessageEvent('message', { data }));
    });
  }
}

for (const name of ['on', 'once', 'addListener']) {
  const inherited = NodeEventTarget.prototype[name];
  MessagePort.prototype[name] = function(event, listener, ...rest) {
    if (event === 'message') this.start();
    if (event !== 'message' && event !== 'messageerror') return inherited.call(this, event, listener, ...rest);
    return inherited.call(this, event, wrapped(listener), ...rest);
  };
}
for (const name of ['off', 'removeListener']) {
  const inherited = NodeEventTarget.prototype[name];
  MessagePort.prototype[name] = function(event, listener, ...rest) {
    return inherited.call(this, event, event === 'message' ? wrapped(listener) : listener, ...rest);
  };
}

// Emitter-style listeners get the data, not the event.
const wrappers = new WeakMap();
function wrapped(listener) {
  if (typeof listener !== 'function') return listener;
  let wrapper = wrappers.get(listener);
  if (wrapper === undefined) {
    wrapper = function(event) { return listener.call(this, event.data); };
    wrappers.set(listener, wrapper);
  }
  return wrapper;
}

function hide(object, key, value) {
  Object.defineProperty(object, key, { __proto__: null, writable: true, configurable: true, value });
}

class MessageChannel {
  constructor() {
    this.port1 = new MessagePort(construct);
    this.port2 = new MessagePort(construct);
    this.port1._peer = this.port2;
    this.port2._peer = this.port1;
  }
}

exports.receiveMessageOnPort = function receiveMessageOnPort(port) {
  if (!(port instanceof MessagePort)) {
    const err = new TypeError('The "port" argument must be a MessagePort instance');
    err.code = 'ERR_INVALID_ARG_TYPE';
    throw err;
  }
  return port._queue.length === 0 ? undefined : { message: port._queue.shift() };
};

const channels = new Map();

class BroadcastChannel extends NodeEventTarget {
  constructor(name) {
    if (arguments.length === 0) throw new codes.ERR_MISSING_ARGS('name');
    super();
    hide(this, '_name', `${name}`);
    hide(this, '_closed', false);
    hide(this, '_onmessage', null);
    if (!channels.has(this._name)) channels.set(this._name, new Set());
    channels.get(this._name).add(this);
  }

  get name() { return this._name; }

  postMessage(message) {
    if (arguments.length === 0) throw new codes.ERR_MISSING_ARGS('message');
    if (this._closed) throw new DOMException('BroadcastChannel is closed.', 'InvalidStateError');
    for (const other of channels.get(this._name)) {
      if (other === this) continue;
      const data = require('internal/structured_clone').structuredClone(message);
      setImmediate(() => {
        if (other._closed) return;
        const { MessageEvent } = require('internal/message_event');
        other.dispatchEvent(new MessageEvent('message', { data }));
      });
    }
  }

  close() {
    this._closed = true;
    channels.get(this._name)?.delete(this);
  }

  ref() { return this; }
  unref() { return this; }

  get onmessage() { return this._onmessage; }
  set onmessage(listener) {
    if (this._onmessage !== null) this.removeEventListener('message', this._onmessage);
    this._onmessage = typeof listener === 'function' ? listener : null;
    if (this._onmessage !== null) this.addEventListener('message', this._onmessage);
  }
}

exports.MessagePort = MessagePort;
exports.MessageChannel = MessageChannel;
exports.BroadcastChannel = BroadcastChannel;
