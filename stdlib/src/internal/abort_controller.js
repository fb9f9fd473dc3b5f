'use strict';

// internal/abort_controller: AbortController and AbortSignal.
// API: https://nodejs.org/docs/latest-v24.x/api/globals.html#class-abortcontroller, https://dom.spec.whatwg.org/#aborting-ongoing-activities
//
// AbortSignal.any() makes a dependent signal. It knows its sources, and these know it weakly: a dependent that nobody
// holds or listens to can be collected, while one with listeners is held by its sources. Dependents are always linked to
// signals that are no dependents themselves, so an abort reaches all of them in one step. A timeout's signal works alike:
// the timer holds it weakly until somebody listens.

const { codes } = require('internal/errors');
const {
  Event, EventTarget, defineEventHandler, kEvents, kNewListener, kRemoveListener, kTrustEvent, kWeakHandler,
} = require('internal/event_target');
const { kMaxEventTargetListeners } = require('events');

const kCreate = Symbol('kCreate');
const customInspect = Symbol.for('nodejs.util.inspect.custom');

// Timeouts' signals that somebody listens to.
const heldTimeouts = new Set();

let isAbortSignal;
let abortSignal;

function newReason(message, name) {
  return require('internal/util').lazyDOMException(message, name);
}

function inspectAs(self, fields, depth, options) {
  if (depth < 0) return `[${self.constructor.name}]`;
  return `${self.constructor.name} ${require('internal/util/inspect').inspect(fields, {
    ...options, depth: options.depth === null ? null : options.depth - 1,
  })}`;
}

class AbortSignal extends EventTarget {
  #aborted = false;
  #reason = undefined;
  #isTimeout = false;
  // Of a dependent signal; undefined otherwise.
  #sources = undefined;
  // Of a source: WeakRefs of all dependents, and those with listeners themselves.
  #dependents = undefined;
  #heldDependents = undefined;
  #ref = undefined;

  static {
    isAbortSignal = (value) => typeof value === 'object' && value !== null && #aborted in value;
    abortSignal = (signal, reason) => signal.#abort(reason);
  }

  constructor(token = undefined) {
    if (token !== kCreate) throw new codes.ERR_ILLEGAL_CONSTRUCTOR();
    super();
    this[kMaxEventTargetListeners] = 0;
  }

  get aborted() {
    checkThis(this);
    return this.#aborted;
  }

  get reason() {
    checkThis(this);
    return this.#reason;
  }

  throwIfAborted() {
    checkThis(this);
    if (this.#aborted) throw this.#reason;
  }

  /** A signal that has aborted. */
  static abort(reason = newReason('This operation was aborted', 'AbortError')) {
    const signal = new AbortSignal(kCreate);
    signal.#aborted = true;
    signal.#reason = reason;
    return signal;
  }

  /**
   * A signal that aborts after `delay` milliseconds. The timer doesn't keep the process alive.
   * @param {number} delay
   */
  static timeout(delay) {
    require('internal/validators').validateUint32(delay, 'delay', false);
    const signal = new AbortSignal(kCreate);
    signal.#isTimeout = true;
    const ref = new WeakRef(signal);
    require('timers').setTimeout(() => {
      const target = ref.deref();
      if (target === undefined) return;
      heldTimeouts.delete(target);
      target.#abort(newReason('The operation was aborted due to timeout', 'TimeoutError'));
    }, delay).unref();
    return signal;
  }

  /**
   * A signal that aborts with the first of the given ones.
   * @param {Iterable<AbortSignal>} signals
   */
  static any(signals) {
    if (signals === null || typeof signals !== 'object' || typeof signals[Symbol.iterator] !== 'function') {
      throw new codes.ERR_INVALID_ARG_TYPE('signals', 'Array', signals);
    }
    const list = [...signals];
    for (let i = 0; i < list.length; i++) {
      if (!isAbortSignal(list[i])) throw new codes.ERR_INVALID_ARG_TYPE(`signals[${i}]`, 'AbortSignal', list[i]);
    }
    const result = new AbortSignal(kCreate);
    for (let i = 0; i < list.length; i++) {
      if (list[i].#aborted) {
        result.#aborted = true;
        result.#reason = list[i].#reason;
        return result;
      }
    }
    result.#sources = new Set();
    for (let i = 0; i < list.length; i++) {
      if (list[i].#sources === undefined) result.#follow(list[i]);
      else for (const source of list[i].#sources) result.#follow(source);
    }
    return result;
  }

  #follow(source) {
    if (this.#sources.has(source)) return;
    this.#sources.add(source);
    this.#ref ??= new WeakRef(this);
    source.#dependents ??= new Set();
    source.#dependents.add(this.#ref);
    collected ??= new FinalizationRegistry(({ dependents, ref }) => dependents.delete(ref));
    collected.register(this, { dependents: source.#dependents, ref: this.#ref });
  }

  #abort(reason) {
    if (this.#aborted) return;
    this.#aborted = true;
    this.#reason = reason;
    // Every dependent is aborted before the first listener runs.
    const aborted = [this];
    if (this.#dependents !== undefined) {
      for (const ref of this.#dependents) {
        const dependent = ref.deref();
        if (dependent === undefined || dependent.#aborted) continue;
        dependent.#aborted = true;
        dependent.#reason = reason;
        aborted.push(dependent);
      }
      this.#dependents.clear();
      this.#heldDependents?.clear();
    }
    for (let i = 0; i < aborted.length; i++) {
      if (aborted[i][kEvents].has('abort')) {
        aborted[i].dispatchEvent(new Event('abort', { __proto__: null, [kTrustEvent]: true }));
      }
    }
  }

  // Somebody listens: from now on the signal lives as long as what can abort it.
  [kNewListener](size, type) {
    if (type !== 'abort' || size !== 1 || this.#aborted) return;
    if (this.#isTimeout) heldTimeouts.add(this);
    if (this.#sources !== undefined) {
      for (const source of this.#sources) (source.#heldDependents ??= new Set()).add(this);
    }
  }

  [kRemoveListener](size, type) {
    if (type !== 'abort' || size !== 0) return;
    if (this.#isTimeout) heldTimeouts.delete(this);
    if (this.#sources !== undefined) {
      for (const source of this.#sources) source.#heldDependents?.delete(this);
    }
  }

  [customInspect](depth, options) {
    if (!isAbortSignal(this)) return this;
    return inspectAs(this, { aborted: this.#aborted }, depth, options);
  }
}

let collected;

function checkThis(value) {
  if (!isAbortSignal(value)) throw new codes.ERR_INVALID_THIS('AbortSignal');
}

const enumerable = { __proto__: null, enumerable: true };
Object.defineProperties(AbortSignal.prototype, {
  aborted: enumerable,
  [Symbol.toStringTag]: { __proto__: null, value: 'AbortSignal', configurable: true },
});
defineEventHandler(AbortSignal.prototype, 'abort');

class AbortController {
  #signal = undefined;

  get signal() {
    this.#signal ??= new AbortSignal(kCreate);
    return this.#signal;
  }

  abort(reason = newReason('This operation was aborted', 'AbortError')) {
    this.#signal ??= new AbortSignal(kCreate);
    abortSignal(this.#signal, reason);
  }

  [customInspect](depth, options) {
    return #signal in this ? inspectAs(this, { signal: this.signal }, depth, options) : this;
  }
}

Object.defineProperties(AbortController.prototype, {
  signal: enumerable,
  abort: enumerable,
  [Symbol.toStringTag]: { __proto__: null, value: 'AbortController', configurable: true },
});

/**
 * util.aborted(): resolves when the signal aborts, unless `resource` is collected before.
 * @param {AbortSignal} signal
 * @param {object} resource
 */
async function aborted(signal, resource) {
  if (signal === undefined) throw new codes.ERR_INVALID_ARG_TYPE('signal', 'AbortSignal', signal);
  const { kValidateObjectAllowObjects, validateAbortSignal, validateObject } = require('internal/validators');
  validateAbortSignal(signal, 'signal');
  validateObject(resource, 'resource', kValidateObjectAllowObjects);
  if (signal.aborted) return;
  const { promise, resolve } = Promise.withResolvers();
  signal.addEventListener('abort', resolve, { __proto__: null, once: true, [kWeakHandler]: resource });
  await promise;
}

module.exports = { AbortController, AbortSignal, aborted };
