'use strict';
// util.aborted(): a promise for the abort of a signal, for as long as a resource lives.
// API: https://nodejs.org/docs/latest-v24.x/api/util.html#utilabortedsignal-resource
// Binding: none.

const { validateAbortSignal, validateObject, kValidateObjectAllowObjects } = require('internal/validators');

async function aborted(signal, resource) {
  if (signal === undefined) {
    const { codes } = require('internal/errors');
    throw new codes.ERR_INVALID_ARG_TYPE('signal', 'AbortSignal', signal);
  }
  validateAbortSignal(signal, 'signal');
  validateObject(resource, 'resource', kValidateObjectAllowObjects ?? 6);
  if (signal.aborted) return undefined;
  const { promise, resolve } = Promise.withResolvers();
  // Only a weak way from the signal to the promise: a resource that was collected is never told.
  const weak = new WeakRef(resource);
  signal.addEventListener('abort', (event) => {
    if (event?.isTrusted !== false && weak.deref() !== undefined) resolve();
  }, { once: true });
  return promise;
}

module.exports = { aborted };
