'use strict';

// internal/event: Event and CustomEvent, what an EventTarget (internal/event_target.js) dispatches.
// API: https://nodejs.org/docs/latest-v24.x/api/events.html#class-event, https://dom.spec.whatwg.org/#interface-event
// Binding: performance.now for the time stamp.

const { codes } = require('internal/errors');
const { now } = binding('performance');

// Methods that only EventTarget calls.
const kBeginDispatch = Symbol('kBeginDispatch');
const kEndDispatch = Symbol('kEndDispatch');
const kIsDispatching = Symbol('kIsDispatching');
const kSetPassive = Symbol('kSetPassive');
const kStopped = Symbol('kStopped');
// An option of the constructor: the event's isTrusted is true.
const kTrustEvent = Symbol('kTrustEvent');

let isEvent;

class Event {
  #type;
  #cancelable = false;
  #bubbles = false;
  #composed = false;
  #isTrusted = false;
  #defaultPrevented = false;
  #propagationStopped = false;
  #stopped = false;
  #isDispatching = false;
  #isInPassiveListener = false;
  #target = null;
  #timeStamp = now();

  static {
    isEvent = (value) => typeof value === 'object' && value !== null && #type in value;
  }

  /**
   * @param {string} type
   * @param {{ bubbles?: boolean, cancelable?: boolean, composed?: boolean }} [options]
   */
  constructor(type, options = undefined) {
    if (arguments.length === 0) throw new codes.ERR_MISSING_ARGS('type');
    if (options !== undefined && options !== null) {
      if (typeof options !== 'object' && typeof options !== 'function') {
        throw new codes.ERR_INVALID_ARG_TYPE('options', 'Object', options);
      }
      this.#bubbles = !!options.bubbles;
      this.#cancelable = !!options.cancelable;
      this.#composed = !!options.composed;
      this.#isTrusted = options[kTrustEvent] === true;
    }
    this.#type = `${type}`;
  }

  initEvent(type, bubbles = false, cancelable = false) {
    if (arguments.length === 0) throw new codes.ERR_MISSING_ARGS('type');
    checkThis(this);
    if (this.#isDispatching) return;
    this.#type = `${type}`;
    this.#bubbles = !!bubbles;
    this.#cancelable = !!cancelable;
  }

  stopImmediatePropagation() {
    checkThis(this);
    this.#propagationStopped = true;
    this.#stopped = true;
  }

  preventDefault() {
    checkThis(this);
    if (!this.#isInPassiveListener) this.#defaultPrevented = true;
  }

  get target() {
    checkThis(this);
    return this.#target;
  }

  get currentTarget() {
    checkThis(this);
    return this.#isDispatching ? this.#target : null;
  }

  get srcElement() {
    checkThis(this);
    return this.#target;
  }

  get type() {
    checkThis(this);
    return this.#type;
  }

  get cancelable() {
    checkThis(this);
    return this.#cancelable;
  }

  get defaultPrevented() {
    checkThis(this);
    return this.#cancelable && this.#defaultPrevented;
  }

  get timeStamp() {
    checkThis(this);
    return this.#timeStamp;
  }

  composedPath() {
    checkThis(this);
    return this.#isDispatching ? [this.#target] : [];
  }

  get returnValue() {
    checkThis(this);
    return !this.#cancelable || !this.#defaultPrevented;
  }

  get bubbles() {
    checkThis(this);
    return this.#bubbles;
  }

  get composed() {
    checkThis(this);
    return this.#composed;
  }

  get eventPhase() {
    checkThis(this);
    return this.#isDispatching ? 2 : 0;
  }

  get cancelBubble() {
    checkThis(this);
    return this.#propagationStopped;
  }

  set cancelBubble(value) {
    checkThis(this);
    if (value) this.#propagationStopped = true;
  }

  stopPropagation() {
    checkThis(this);
    this.#propagationStopped = true;
  }

  get isTrusted() {
    checkThis(this);
    return this.#isTrusted;
  }

  [kBeginDispatch](target) {
    this.#target = target;
    this.#isDispatching = true;
  }

  [kEndDispatch]() { this.#isDispatching = false; }

  [kIsDispatching]() { return this.#isDispatching; }

  [kStopped]() { return this.#stopped; }

  [kSetPassive](isPassive) { this.#isInPassiveListener = isPassive; }

  [Symbol.for('nodejs.util.inspect.custom')](depth, options) {
    if (!isEvent(this)) return this;
    const name = this.constructor.name;
    if (depth < 0) return name;
    return `${name} ${require('internal/util/inspect').inspect({
      type: this.#type,
      defaultPrevented: this.defaultPrevented,
      cancelable: this.#cancelable,
      timeStamp: this.#timeStamp,
    }, { ...options, depth: options.depth === undefined ? null : options.depth - 1 })}`;
  }
}

const phases = ['NONE', 'CAPTURING_PHASE', 'AT_TARGET', 'BUBBLING_PHASE'];
for (let i = 0; i < phases.length; i++) {
  Object.defineProperty(Event, phases[i], { __proto__: null, value: i, enumerable: true });
}

function checkThis(value) {
  if (!isEvent(value)) throw new codes.ERR_INVALID_THIS('Event');
}

const members = [
  'initEvent', 'stopImmediatePropagation', 'preventDefault', 'target', 'currentTarget', 'srcElement', 'type', 'cancelable',
  'defaultPrevented', 'timeStamp', 'composedPath', 'returnValue', 'bubbles', 'composed', 'eventPhase', 'cancelBubble',
  'stopPropagation', 'isTrusted',
];
const enumerable = { __proto__: null, enumerable: true };
for (let i = 0; i < members.length; i++) Object.defineProperty(Event.prototype, members[i], enumerable);
Object.defineProperty(Event.prototype, Symbol.toStringTag, { __proto__: null, value: 'Event', configurable: true });

/** An event with a value of the program's choice. */
class CustomEvent extends Event {
  #detail;

  /**
   * @param {string} type
   * @param {{ detail?: any, bubbles?: boolean, cancelable?: boolean, composed?: boolean }} [options]
   */
  constructor(type, options = undefined) {
    if (arguments.length === 0) throw new codes.ERR_MISSING_ARGS('type');
    super(type, options);
    this.#detail = options?.detail ?? null;
  }

  get detail() {
    if (typeof this !== 'object' || this === null || !(#detail in this)) throw new codes.ERR_INVALID_THIS('CustomEvent');
    return this.#detail;
  }
}

Object.defineProperty(CustomEvent.prototype, 'detail', enumerable);
Object.defineProperty(CustomEvent.prototype, Symbol.toStringTag, {
  __proto__: null, value: 'CustomEvent', configurable: true,
});

module.exports = {
  CustomEvent,
  Event,
  isEvent,
  kBeginDispatch,
  kEndDispatch,
  kIsDispatching,
  kSetPassive,
  kStopped,
  kTrustEvent,
};
