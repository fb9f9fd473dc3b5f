'use strict';

// internal/tls/server: tls.Server.
// API: https://nodejs.org/docs/latest-v24.x/api/tls.html#class-tlsserver

const { Server: NetServer } = require('internal/net/server');
const { TLSSocket } = require('internal/tls/socket');
const { SecureContext, createSecureContext } = require('internal/tls/secure_context');

function errors() { return require('internal/errors'); }
function validators() { return require('internal/validators'); }

/**
 * The names in a list of protocols, which may be in wire format: a length byte before each.
 */
function protocolNames(protocols) {
  if (Array.isArray(protocols)) {
    for (let i = 0; i < protocols.length; i++) {
      const { length } = Buffer.from(protocols[i]);
      if (length > 255) {
        throw new (errors().codes.ERR_OUT_OF_RANGE)(
          `The byte length of the protocol at index ${i} exceeds the maximum length.`, '<= 255', length, true);
      }
    }
    return protocols.map(String);
  }
  if (!ArrayBuffer.isView(protocols)) return [];
  const bytes = Buffer.from(protocols.buffer, protocols.byteOffset, protocols.byteLength);
  const names = [];
  for (let at = 0; at < bytes.length; at += bytes[at] + 1) names.push(bytes.latin1Slice(at + 1, at + 1 + bytes[at]));
  return names;
}

/**
 * A TLS server.
 * @param {object} [options]
 * @param {Function} [listener] for 'secureConnection'
 */
function Server(options, listener) {
  if (!(this instanceof Server)) return new Server(options, listener);
  if (typeof options === 'function') {
    listener = options;
    options = {};
  } else if (options === undefined || options === null) {
    options = {};
  } else if (typeof options !== 'object') {
    throw new (errors().codes.ERR_INVALID_ARG_TYPE)('options', 'Object', options);
  }
  this._contexts = [];
  this.requestCert = options.requestCert === true;
  this.rejectUnauthorized = options.rejectUnauthorized !== false;
  if (options.SNICallback !== undefined) validators().validateFunction(options.SNICallback, 'options.SNICallback');
  if (options.ALPNCallback !== undefined) {
    validators().validateFunction(options.ALPNCallback, 'options.ALPNCallback');
    if (options.ALPNProtocols) throw new (errors().codes.ERR_TLS_ALPN_CALLBACK_WITH_PROTOCOLS)();
  }
  this._handshakeTimeout = options.handshakeTimeout === undefined ? 120_000 : options.handshakeTimeout;
  validators().validateNumber(this._handshakeTimeout, 'options.handshakeTimeout');
  this._tlsOptions = options;
  this.setSecureContext(options);
  NetServer.call(this, options, onConnection);
  if (listener) this.on('secureConnection', listener);
}
Object.setPrototypeOf(Server.prototype, NetServer.prototype);
Object.setPrototypeOf(Server, NetServer);

/** Replaces certificates and keys for connections to come. */
Server.prototype.setSecureContext = function(options) {
  validators().validateObject(options, 'options');
  this._sharedCreds = options.secureContext || createSecureContext(options);
};

/** Adds a context for clients that ask for a name, which may have a star in it. */
Server.prototype.addContext = function(servername, context) {
  if (!servername) throw new (errors().codes.ERR_TLS_REQUIRED_SERVER_NAME)();
  const source = servername.replace(/([.^$+?\-\\[\]{}])/g, '\\$1').replaceAll('*', '[^.]*');
  const creds = context instanceof SecureContext ? context : createSecureContext(context);
  this._contexts.push({ pattern: new RegExp(`^${source}$`), creds });
};

Server.prototype.getTicketKeys = function() {
  throw new (errors().codes.ERR_FEATURE_UNAVAILABLE_ON_PLATFORM)('server.getTicketKeys()');
};

Server.prototype.setTicketKeys = function() {
  throw new (errors().codes.ERR_FEATURE_UNAVAILABLE_ON_PLATFORM)('server.setTicketKeys()');
};

function contextFor(server, name) {
  // The last one added goes first.
  for (let i = server._contexts.length - 1; i >= 0; i--) {
    if (server._contexts[i].pattern.test(name)) return server._contexts[i].creds;
  }
  return null;
}

// A connection was accepted: TLS takes it over. (`this` is the server.)
function onConnection(raw) {
  const options = this._tlsOptions;
  const socket = new TLSSocket(raw, {
    isServer: true, secureContext: this._sharedCreds, requestCert: this.requestCert,
    rejectUnauthorized: this.rejectUnauthorized, ALPNProtocols: options.ALPNProtocols, ALPNCallback: options.ALPNCallback,
    SNICallback: options.SNICallback, contextFor: (name) => contextFor(this, name),
  });
  socket.server = this;
  raw.on('error', ignore);
  let done = false;
  const timer = setTimeout(() => fail(new (errors().codes.ERR_TLS_HANDSHAKE_TIMEOUT)()), this._handshakeTimeout);
  timer.unref();
  const fail = (err) => {
    if (done) return;
    done = true;
    clearTimeout(timer);
    this.emit('tlsClientError', err, socket);
    if (!socket.destroyed) socket.destroy();
  };
  const onEarlyClose = () => fail(errors().connResetException('socket hang up'));
  socket.on('_tlsError', fail);
  socket.on('error', fail);
  socket.on('close', onEarlyClose);
  socket.once('secure', () => {
    done = true;
    clearTimeout(timer);
    socket.removeListener('error', fail);
    socket.removeListener('_tlsError', fail);
    socket.removeListener('close', onEarlyClose);
    if (this.listenerCount('secureConnection') > 0) this.emit('secureConnection', socket);
  });
}

function ignore() {}

module.exports = { Server, protocolNames };
