'use strict';
// Mocks of node:test: functions that remember their calls, methods and accessors put aside for a while, fake timers.
// API: https://nodejs.org/docs/latest-v24.x/api/test.html#class-mocktracker

const { codes } = require('internal/errors');

class MockFunctionContext {
  constructor(implementation, restore, times) {
    this._calls = [];
    this._implementation = implementation;
    this._restore = restore;
    this._times = times;
    this._once = new Map();
  }
  get calls() { return this._calls.slice(); }
  callCount() { return this._calls.length; }
  mockImplementation(implementation) { this._implementation = implementation; }
  mockImplementationOnce(implementation, onCall = this._calls.length) { this._once.set(onCall, implementation); }
  resetCalls() { this._calls = []; }
  restore() { this._restore?.(); }
}

function mockOf(original, implementation, restore, times = Infinity) {
  const context = new MockFunctionContext(implementation, restore, times);
  const mocked = function(...args) {
    const at = context._calls.length;
    let chosen = context._once.get(at) ?? context._implementation;
    context._once.delete(at);
    if (at >= context._times) chosen = original;
    const call = { arguments: args, error: undefined, result: undefined, stack: new Error(), target: new.target, this: this };
    try {
      call.result = new.target ? Reflect.construct(chosen, args, new.target) : Reflect.apply(chosen, this, args);
      if (new.target) call.this = call.result;
      return call.result;
    } catch (err) {
      call.error = err;
      throw err;
    } finally {
      context._calls.push(call);
    }
  };
  Object.defineProperty(mocked, 'name', { __proto__: null, configurable: true, value: original.name });
  Object.defineProperty(mocked, 'length', { __proto__: null, configurable: true, value: original.length });
  if (original.prototype !== undefined) mocked.prototype = original.prototype;
  Object.defineProperty(mocked, 'mock', { __proto__: null, configurable: true, value: context });
  return mocked;
}

class MockTracker {
  constructor() { this._mocks = []; }

  fn(original = function() {}, implementation = original, options = {}) {
    if (implementation !== null && typeof implementation === 'object') {
      options = implementation;
      implementation = original;
    }
    const mocked = mockOf(original, implementation, () => { mocked.mock.mockImplementation(original); }, options.times);
    this._mocks.push(mocked.mock);
    return mocked;
  }

  method(object, name, implementation, options = {}) {
    if (implementation !== null && typeof implementation === 'object') {
      options = implementation;
      implementation = undefined;
    }
    const side = options.getter ? 'get' : options.setter ? 'set' : 'value';
    const descriptor = find(object, name);
    const original = descriptor?.[side];
    if (typeof original !== 'function') throw new codes.ERR_INVALID_ARG_VALUE('methodName', original, 'must be a method');
    const own = Object.getOwnPropertyDescriptor(object, name);
    const restore = () => {
      if (own === undefined) delete object[name];
      else Object.defineProperty(object, name, own);
    };
    const mocked = mockOf(original, implementation ?? original, restore, options.times);
    const replaced = { __proto__: null, configurable: true, enumerable: descriptor.enumerable, [side]: mocked };
    if (side === 'value') replaced.writable = descriptor.writable;
    else replaced[side === 'get' ? 'set' : 'get'] = descriptor[side === 'get' ? 'set' : 'get'];
    Object.defineProperty(object, name, replaced);
    this._mocks.push(mocked.mock);
    return mocked;
  }

  getter(object, name, implementation, options) {
    return this.method(object, name, implementation, { ...options, getter: true });
  }
  setter(object, name, implementation, options) {
    return this.method(object, name, implementation, { ...options, setter: true });
  }
  property(object, name, value) {
    const own = Object.getOwnPropertyDescriptor(object, name);
    object[name] = value;
    this._mocks.push({ restore: () => (own ? Object.defineProperty(object, name, own) : delete object[name]) });
    return object[name];
  }
  module() { throw new codes.ERR_METHOD_NOT_IMPLEMENTED('mock.module'); }

  reset() {
    this.restoreAll();
    this._mocks = [];
  }
  restoreAll() {
    for (const mock of this._mocks) mock.restore();
    this._timers?.reset();
  }
  get timers() { return this._timers ??= new (require('internal/test/mock_timers').MockTimers)(); }
}

function find(object, name) {
  for (let at = object; at !== null && at !== undefined; at = Object.getPrototypeOf(at)) {
    const descriptor = Object.getOwnPropertyDescriptor(at, name);
    if (descriptor) return descriptor;
  }
  return undefined;
}

module.exports = { MockTracker };
