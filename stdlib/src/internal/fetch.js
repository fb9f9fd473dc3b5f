'use strict';

// internal/fetch: the globals fetch, Headers, Request, Response and FormData.
// API: https://nodejs.org/docs/latest-v24.x/api/globals.html#fetch. Each part is loaded when first used.

const PARTS = [['Headers', 'internal/fetch/headers'], ['Request', 'internal/fetch/message'],
               ['Response', 'internal/fetch/message'], ['FormData', 'internal/formdata']];

exports.fetch = function fetch(input, init = undefined) {
  return require('internal/fetch/network').fetch(input, init);
};
for (let i = 0; i < PARTS.length; i++) {
  const [name, id] = PARTS[i];
  Object.defineProperty(exports, name, { __proto__: null, enumerable: true, get() { return require(id)[name]; } });
}
