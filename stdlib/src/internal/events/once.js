'use strict';

// internal/events/once: events.once(), the promise of an event, and events.addAbortListener().
// API: https://nodejs.org/docs/latest-v24.x/api/events.html#eventsonceemitter-name-options

const { AbortError, codes } = require('internal/errors');
const { addTargetListener, removeTargetListener } = require('internal/events/targets');
const { validateAbortSignal, validateFunction, validateObject } = require('internal/validators');

/**
 * Calls listener once when the signal aborts, even if another listener stops the event; soon if it has aborted.
 * @returns {{ [Symbol.dispose](): void }}
 */
function addAbortListener(signal, listener) {
  if (signal === undefined) throw new codes.ERR_INVALID_ARG_TYPE('signal', 'AbortSignal', signal);
  validateAbortSignal(signal, 'signal');
  validateFunction(listener, 'listener');
  let removeEventListener;
  if (signal.aborted) {
    queueMicrotask(() => listener());
  } else {
    const { kResistStopPropagation } = require('internal/event_target');
    signal.addEventListener('abort', listener, { __proto__: null, once: true, [kResistStopPropagation]: true });
    removeEventListener = () => signal.removeEventListener('abort', listener);
  }
  return {
    __proto__: null,
    [Symbol.dispose]() { removeEventListener?.(); },
  };
}

/**
 * The arguments of the emitter's next event `name`. Rejects with the first 'error' event or when the signal aborts.
 * @returns {Promise<any[]>}
 */
function once(emitter, name, options = {}) {
  validateObject(options, 'options');
  const { signal } = options;
  validateAbortSignal(signal, 'options.signal');
  if (signal?.aborted) throw new AbortError(undefined, { cause: signal.reason });

  return new Promise((resolve, reject) => {
    const listensForErrors = name !== 'error' && typeof emitter?.once === 'function';
    const cleanUp = () => {
      removeTargetListener(emitter, name, onEvent);
      if (listensForErrors) emitter.removeListener('error', onError);
      abortListener?.[Symbol.dispose]();
    };
    const onEvent = (...args) => {
      cleanUp();
      resolve(args);
    };
    const onError = (error) => {
      cleanUp();
      reject(error);
    };
    let abortListener;
    addTargetListener(emitter, name, onEvent, { __proto__: null, once: true });
    // EventTargets have no such 'error' event.
    if (listensForErrors) emitter.once('error', onError);
    if (signal !== undefined) {
      abortListener = addAbortListener(signal, () => {
        cleanUp();
        reject(new AbortError(undefined, { cause: signal.reason }));
      });
    }
  });
}

module.exports = { addAbortListener, once };
