'use strict';

// node:https: HTTP over TLS: http's classes over tls sockets.
// API: https://nodejs.org/docs/latest-v24.x/api/https.html

const { Server: TlsServer } = require('internal/tls/server');
const httpServer = require('_http_server');
const { Agent: HttpAgent } = require('_http_agent');

function tlsConnect() { return require('internal/tls/socket').connect; }

/**
 * @param {object} [options] of tls.createServer and http.createServer
 * @param {Function} [requestListener]
 */
function Server(options, requestListener) {
  if (!(this instanceof Server)) return new Server(options, requestListener);
  if (typeof options === 'function') {
    requestListener = options;
    options = undefined;
  }
  options = Object.assign({ ALPNProtocols: undefined }, options);
  if (!options.ALPNProtocols && !options.ALPNCallback) options.ALPNProtocols = ['http/1.1'];
  httpServer.storeHTTPOptions.call(this, options);
  TlsServer.call(this, options, httpServer._connectionListener);
  this.httpAllowHalfOpen = false;
  if (requestListener) this.on('request', requestListener);
  this.on('tlsClientError', onTlsClientError);
  this.on('listening', httpServer.setupConnectionsTracking);
  this.timeout = 0;
  this.maxHeadersCount = null;
  this.maxRequestsPerSocket = 0;
}
Object.setPrototypeOf(Server.prototype, TlsServer.prototype);
Object.setPrototypeOf(Server, TlsServer);

function onTlsClientError(err, socket) {
  if (!this.emit('clientError', err, socket)) socket.destroy(err);
}

Server.prototype.closeAllConnections = httpServer.Server.prototype.closeAllConnections;
Server.prototype.closeIdleConnections = httpServer.Server.prototype.closeIdleConnections;
Server.prototype.setTimeout = httpServer.Server.prototype.setTimeout;

Server.prototype.close = function(callback) {
  httpServer.httpServerPreClose(this);
  TlsServer.prototype.close.call(this, callback);
  return this;
};

Server.prototype[Symbol.asyncDispose || Symbol.for('Symbol.asyncDispose')] = async function() {
  await new Promise((resolve, reject) => this.close((err) => (err ? reject(err) : resolve())));
};

function createServer(options, requestListener) {
  return new Server(options, requestListener);
}

/**
 * @param {object} [options]
 */
function Agent(options) {
  if (!(this instanceof Agent)) return new Agent(options);
  options = Object.assign({ __proto__: null }, options);
  options.defaultPort ??= 443;
  options.protocol ??= 'https:';
  HttpAgent.call(this, options);
  this.maxCachedSessions = this.options.maxCachedSessions === undefined ? 100 : this.options.maxCachedSessions;
}
Object.setPrototypeOf(Agent.prototype, HttpAgent.prototype);
Object.setPrototypeOf(Agent, HttpAgent);

Agent.prototype.createConnection = function(...args) {
  const [options] = args;
  if (options !== null && typeof options === 'object' && !options.ALPNProtocols) options.ALPNProtocols = ['http/1.1'];
  return tlsConnect()(...args);
};

// Options that make one TLS connection differ from another, in the order of Node's names.
const NAME_PARTS = [
  'ca', 'cert', 'clientCertEngine', 'ciphers', 'key', 'pfx', 'rejectUnauthorized', 'servername', 'minVersion',
  'maxVersion', 'secureProtocol', 'crl', 'honorCipherOrder', 'ecdhCurve', 'dhparam', 'secureOptions', 'sessionIdContext',
  'sigalgs', 'privateKeyIdentifier', 'privateKeyEngine',
];

Agent.prototype.getName = function(options = {}) {
  let name = HttpAgent.prototype.getName.call(this, options);
  for (let i = 0; i < NAME_PARTS.length; i++) {
    const part = NAME_PARTS[i];
    const value = options[part];
    name += ':';
    if (part === 'servername' ? value && value !== options.host : part === 'rejectUnauthorized' || part === 'honorCipherOrder' ?
      value !== undefined : value) {
      name += part === 'dhparam' || part === 'sigalgs' ? JSON.stringify(value) : value;
    }
  }
  return name;
};

let globalAgent;

function currentAgent() {
  globalAgent ||= new Agent({ keepAlive: true, scheduling: 'lifo', timeout: 5000 });
  return globalAgent;
}

/**
 * Begins a request: request(url[, options][, callback]) or request(options[, callback]).
 */
function request(...args) {
  let options = {};
  if (typeof args[0] === 'string' || isURL(args[0])) {
    const url = typeof args[0] === 'string' ? new URL(args[0]) : args[0];
    args.shift();
    options = require('internal/url').urlToHttpOptions(url);
  }
  if (args[0] && typeof args[0] !== 'function') Object.assign(options, args.shift());
  options._defaultAgent = module.exports.globalAgent;
  return new (require('_http_client').ClientRequest)(options, args[0]);
}

function isURL(value) {
  return value !== null && typeof value === 'object' && typeof value.href === 'string' &&
    typeof value.protocol === 'string' && value.auth === undefined && value.path === undefined;
}

function get(input, options, cb) {
  const req = request(input, options, cb);
  req.end();
  return req;
}

module.exports = { Agent, Server, createServer, get, request };
Object.defineProperty(module.exports, 'globalAgent', {
  __proto__: null, configurable: true, enumerable: true,
  get: currentAgent,
  set(value) { globalAgent = value; },
});
