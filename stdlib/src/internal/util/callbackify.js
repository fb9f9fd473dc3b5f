'use strict';
// util.callbackify(): an async function seen through an error-first callback.
// API: https://nodejs.org/docs/latest-v24.x/api/util.html#utilcallbackifyoriginal
// Binding: none.

const { validateFunction } = require('internal/validators');
const { codes } = require('internal/errors');

function callbackify(original) {
  validateFunction(original, 'original');

  function callbackified(...args) {
    const callback = args.pop();
    validateFunction(callback, 'last argument');
    const done = callback.bind(this);
    // nextTick, so that what the callback throws is an uncaught exception and not a rejection.
    Reflect.apply(original, this, args).then(
      (value) => process.nextTick(done, null, value),
      (reason) => process.nextTick(done, reason ? reason : falsyReason(reason)),
    );
  }

  const descriptors = Object.getOwnPropertyDescriptors(original);
  // The callback counts as a parameter.
  if (typeof descriptors.length.value === 'number') descriptors.length.value++;
  if (typeof descriptors.name.value === 'string') descriptors.name.value += 'Callbackified';
  for (const key of Reflect.ownKeys(descriptors)) {
    Object.setPrototypeOf(descriptors[key], null);
  }
  Object.defineProperties(callbackified, descriptors);
  return callbackified;
}

// A callback can't tell a falsy error from success.
function falsyReason(reason) {
  const error = new codes.ERR_FALSY_VALUE_REJECTION(reason);
  error.reason = reason;
  return error;
}

module.exports = { callbackify };
