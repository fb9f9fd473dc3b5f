'use strict';

// node:http: HTTP/1 servers and clients.
// API: https://nodejs.org/docs/latest-v24.x/api/http.html
// Binding http: METHODS. A program that only serves loads neither the client nor the agent, and the other way round.

const http = binding('http');

let maxHeaderSize;
let globalAgent;

/**
 * Makes a server.
 * @param {object} [options]
 * @param {Function} [requestListener]
 */
function createServer(options, requestListener) {
  return new (require('_http_server').Server)(options, requestListener);
}

/**
 * Begins a request: `request(url[, options][, callback])`.
 */
function request(url, options, cb) {
  return new (require('_http_client').ClientRequest)(url, options, cb);
}

/**
 * Like request, for a GET without a body: ends it at once.
 */
function get(url, options, cb) {
  const req = request(url, options, cb);
  req.end();
  return req;
}

function validateHeaderName(name, label) {
  require('_http_outgoing').validateHeaderName(name, label);
}

function validateHeaderValue(name, value) {
  require('_http_outgoing').validateHeaderValue(name, value);
}

// Parsers are not pooled: making one costs less than keeping it. The number is checked and has no effect.
function setMaxIdleHTTPParsers(max) {
  require('internal/validators').validateInteger(max, 'max', 1);
  require('_http_common').parsers.max = max;
}

function lazy(name, id) {
  Object.defineProperty(module.exports, name, {
    __proto__: null, configurable: true, enumerable: true,
    get() { return require(id)[name]; },
    set(value) {
      Object.defineProperty(module.exports, name, {
        __proto__: null, configurable: true, enumerable: true, writable: true, value,
      });
    },
  });
}

function readMaxHeaderSize() {
  if (maxHeaderSize === undefined) {
    maxHeaderSize = 16 * 1024;
    const flag = /--max-http-header-size=(\d+)/;
    const match = flag.exec(process.execArgv.join(' ')) || flag.exec(process.env.NODE_OPTIONS || '');
    if (match) maxHeaderSize = +match[1] || maxHeaderSize;
  }
  return maxHeaderSize;
}

module.exports = {
  METHODS: http.METHODS.slice(),
  createServer,
  get,
  request,
  setMaxIdleHTTPParsers,
  validateHeaderName,
  validateHeaderValue,
};
lazy('_connectionListener', '_http_server');
lazy('Agent', '_http_agent');
lazy('ClientRequest', '_http_client');
lazy('IncomingMessage', '_http_incoming');
lazy('OutgoingMessage', '_http_outgoing');
lazy('Server', '_http_server');
lazy('ServerResponse', '_http_server');
lazy('STATUS_CODES', 'internal/http/status');
Object.defineProperty(module.exports, 'maxHeaderSize', {
  __proto__: null, configurable: true, enumerable: true, get: readMaxHeaderSize,
});
Object.defineProperty(module.exports, 'globalAgent', {
  __proto__: null, configurable: true, enumerable: true,
  get() { return globalAgent || (globalAgent = require('_http_agent').globalAgent); },
  set(value) { globalAgent = value; },
});
for (const name of ['WebSocket', 'CloseEvent', 'MessageEvent']) {
  Object.defineProperty(module.exports, name, {
    __proto__: null, configurable: true, enumerable: true, get() { return globalThis[name]; },
  });
}
