'use strict';

// internal/tls/socket: tls.TLSSocket, and tls.connect.
// API: https://nodejs.org/docs/latest-v24.x/api/tls.html#class-tlstlssocket
// Binding tls: newClient, newServer. The TLS is in internal/tls/handle, which stands between this and the real handle.

const { Socket, attachHandle } = require('internal/net/socket');
const connecting = require('internal/net/connect');
const { TLSHandle, StreamHandle } = require('internal/tls/handle');
const { SecureContext, createSecureContext } = require('internal/tls/secure_context');
const native = binding('tls');

const kOptions = Symbol('tlsOptions');
const kSession = Symbol('session');
const EOF = -4095;

function errors() { return require('internal/errors'); }

/**
 * TLS over a socket or stream, or over a connection that tls.connect opens.
 * @param {Duplex} [stream]
 * @param {object} [options]
 */
function TLSSocket(stream, options) {
  if (!(this instanceof TLSSocket)) return new TLSSocket(stream, options);
  options = options ? Object.assign({}, options) : {};
  const { alpn } = alpnOf(options);
  options.alpn = alpn;
  this[kOptions] = options;
  this[kSession] = null;
  this.encrypted = true;
  this.authorized = false;
  this.authorizationError = null;
  this.secureConnecting = true;
  this._secureEstablished = false;
  this.alpnProtocol = null;
  this.servername = null;
  this.ssl = null;
  Socket.call(this, {
    allowHalfOpen: stream ? stream.allowHalfOpen : options.allowHalfOpen, manualStart: true, signal: options.signal,
    highWaterMark: options.highWaterMark, noDelay: options.noDelay, keepAlive: options.keepAlive,
  });
  this.encrypted = true;
  if (stream) wrapStream(this, stream);
}
Object.setPrototypeOf(TLSSocket.prototype, Socket.prototype);
Object.setPrototypeOf(TLSSocket, Socket);

function alpnOf(options) {
  const list = options.ALPNProtocols;
  if (list === undefined || list === null) return { alpn: [] };
  return { alpn: require('internal/tls/server').protocolNames(list) };
}

// Takes over the handle of a socket; a stream of another kind gets one made.
function wrapStream(socket, stream) {
  socket._parent = stream;
  if (stream instanceof Socket && stream.connecting) {
    socket.connecting = true;
    stream.once('connect', () => {
      socket.connecting = false;
      takeOver(socket, stream);
      socket.emit('connect');
    });
    stream.once('error', (err) => socket.destroy(err));
    return;
  }
  takeOver(socket, stream);
}

function takeOver(socket, stream) {
  if (socket.destroyed) return;
  let inner;
  const early = [];
  if (stream instanceof Socket && stream._handle && !(stream._handle instanceof TLSHandle)) {
    inner = stream._handle;
    stream._handle = null;
    for (let chunk; (chunk = stream.read()) !== null;) early.push(chunk);
    socket.server ||= stream.server;
    socket._server = stream._server;
    stream._server = null;
    // The stream below closes with this one.
    socket.once('close', () => stream.destroy());
  } else {
    inner = new StreamHandle(stream);
  }
  startTLS(socket, inner, early);
}

// Puts TLS between a socket and the handle it would have had.
function startTLS(socket, inner, early) {
  const options = socket[kOptions];
  let session;
  try {
    session = newSession(socket, options);
  } catch (err) {
    process.nextTick(() => socket.destroy(err));
    inner.close(() => {});
    return;
  }
  const handle = new TLSHandle(inner, session, socket);
  socket[kSession] = session;
  socket.ssl = handle;
  socket._handle = handle;
  attachHandle(socket);
  if (socket._closing) return;
  handle.start();
  if (early) for (let i = 0; i < early.length; i++) handle.feed(early[i]);
  if (socket.readable && !socket.isPaused()) socket.read(0);
}

function newSession(socket, options) {
  if (options.isServer) return native.newServer();
  const context = options.secureContext || (options.secureContext = createSecureContext(options));
  const { minVersion, maxVersion } = context;
  const name = options.servername && !require('net').isIP(options.servername) ? options.servername : '';
  socket.servername = name || false;
  return native.newClient(context.context, name, options.alpn, minVersion, maxVersion);
}

// ---- what the handle tells

// Server: the client's hello is there; a context is chosen by the name it asks for.
TLSSocket.prototype._onHello = function(handle) {
  const options = this[kOptions];
  const name = handle.session.helloName();
  this.servername = name || false;
  const proceed = (err, context) => {
    if (this.destroyed) return;
    if (err) {
      this.destroy(err);
      return;
    }
    if (context && !(context instanceof SecureContext)) {
      this.destroy(new (errors().codes.ERR_TLS_INVALID_CONTEXT)('context'));
      return;
    }
    const chosen = context || options.secureContext || (options.secureContext = createSecureContext(options));
    const alpn = serverProtocols(options, handle.session, name);
    handle.accept(chosen.context, alpn, Boolean(options.requestCert), chosen.minVersion, chosen.maxVersion);
  };
  if (name && typeof options.SNICallback === 'function') {
    options.SNICallback.call(this, name, proceed);
  } else {
    proceed(null, name && options.contextFor ? options.contextFor(name) : null);
  }
};

function serverProtocols(options, session, servername) {
  if (typeof options.ALPNCallback !== 'function') return options.alpn;
  const chosen = options.ALPNCallback({ servername, protocols: session.helloProtocols() });
  return chosen === undefined ? ['\u0000none'] : [chosen];
}

// The handshake is done.
TLSSocket.prototype._onSecure = function(handle) {
  const options = this[kOptions];
  const { session } = handle;
  this.secureConnecting = false;
  this._secureEstablished = true;
  this.alpnProtocol = session.alpn() || false;
  if (options.isServer) finishServer(this, options, session);
  else finishClient(this, options, session);
};

function finishServer(socket, options, session) {
  if (options.requestCert) {
    const problem = session.verifyError();
    if (problem === undefined) {
      socket.authorized = true;
    } else {
      socket.authorizationError = problem;
      if (options.rejectUnauthorized !== false) {
        socket._handle.failed = true;
        socket.destroy();
        return;
      }
    }
  }
  socket.emit('secure');
}

function finishClient(socket, options, session) {
  const { chainObject, verifyError } = require('internal/tls/identity');
  const problem = session.verifyError();
  let failure = problem === undefined ? undefined : verifyError(problem);
  if (failure === undefined && !options.isResumed) {
    const host = options.servername || options.host || 'localhost';
    const check = options.checkServerIdentity || require('tls').checkServerIdentity;
    failure = check(host, chainObject(session.peerChain(), true));
  }
  if (failure) {
    socket.authorizationError = failure.code || failure.message;
    if (rejects(options)) {
      socket._handle.failed = true;
      socket.destroy(failure);
      return;
    }
  } else {
    socket.authorized = true;
  }
  socket.emit('secure');
  socket.emit('secureConnect');
}

function rejects(options) {
  if (options.rejectUnauthorized !== undefined) return options.rejectUnauthorized !== false;
  return process.env.NODE_TLS_REJECT_UNAUTHORIZED !== '0';
}

TLSSocket.prototype._onTlsError = function(err) {
  if (this._secureEstablished) {
    this.destroy(err);
    return;
  }
  failEarly(this, err);
};

// The connection ended in the middle of the handshake.
TLSSocket.prototype._onEarlyEnd = function(nread) {
  const { connResetException, errnoException } = errors();
  if (nread !== EOF) {
    failEarly(this, errnoException(nread, 'read'));
    return;
  }
  const options = this[kOptions];
  if (options.isServer) {
    failEarly(this, connResetException('socket hang up'));
    return;
  }
  const err = connResetException('Client network socket disconnected before secure TLS connection was established');
  err.path = options.path;
  err.host = options.host;
  err.port = options.port;
  err.localAddress = options.localAddress;
  failEarly(this, err);
};

function failEarly(socket, err) {
  const options = socket[kOptions];
  if (options.isServer) {
    // The server reports it as 'tlsClientError': nobody listens to the socket yet.
    socket.emit('_tlsError', err);
    socket.destroy();
  } else {
    socket.destroy(err);
  }
}

// ---- what programs ask

TLSSocket.prototype.getPeerCertificate = function(detailed) {
  if (!this[kSession]) return null;
  return require('internal/tls/identity').chainObject(this[kSession].peerChain(), Boolean(detailed));
};

TLSSocket.prototype.getCertificate = function() {
  const der = this[kSession] && this[kSession].ownCertificate();
  return der ? require('internal/tls/identity').certificateObject(der) : {};
};

TLSSocket.prototype.getCipher = function() {
  const standardName = this[kSession] && this[kSession].cipher();
  if (!standardName) return undefined;
  const version = this.getProtocol();
  // OpenSSL shortens the names of TLS 1.2 suites.
  const name = version === 'TLSv1.3' ? standardName :
    standardName.replace(/^TLS_/, '').replace('_WITH_', '-').replace(/AES_(\d+)/, 'AES$1').replace(/_SHA256$|_SHA384$/, (hash) =>
      (standardName.includes('CHACHA20') ? '' : hash)).replaceAll('_', '-');
  return { name, standardName, version };
};

TLSSocket.prototype.getProtocol = function() {
  return (this[kSession] && this[kSession].protocol()) || null;
};

TLSSocket.prototype.isSessionReused = function() {
  return Boolean(this[kSession] && this[kSession].isResumed());
};

TLSSocket.prototype.getSession = function() {
  return undefined;
};

TLSSocket.prototype.getTLSTicket = function() {
  return undefined;
};

TLSSocket.prototype.getEphemeralKeyInfo = function() {
  return this[kSession] && !this[kOptions].isServer ? {} : null;
};

TLSSocket.prototype.getFinished = function() {
  return undefined;
};

TLSSocket.prototype.getPeerFinished = function() {
  return undefined;
};

TLSSocket.prototype.getSharedSigalgs = function() {
  return [];
};

TLSSocket.prototype.setServername = function(name) {
  require('internal/validators').validateString(name, 'name');
  if (this[kOptions].isServer) throw new (errors().codes.ERR_TLS_SNI_FROM_SERVER)();
  this[kOptions].servername = name;
};

TLSSocket.prototype.setSession = function() {};
TLSSocket.prototype.setMaxSendFragment = function() { return true; };
TLSSocket.prototype.enableTrace = function() {};
TLSSocket.prototype.disableRenegotiation = function() {};

TLSSocket.prototype.renegotiate = function(options, callback) {
  const err = new (errors().codes.ERR_TLS_RENEGOTIATION_DISABLED)();
  if (typeof callback === 'function') process.nextTick(callback, err);
  return false;
};

TLSSocket.prototype.exportKeyingMaterial = function() {
  throw new (errors().codes.ERR_FEATURE_UNAVAILABLE_ON_PLATFORM)('tlsSocket.exportKeyingMaterial()');
};

/**
 * Opens a TLS connection: connect(options[, cb]), connect(port[, host][, options][, cb]) or connect(path[, options][, cb]).
 * @returns {TLSSocket}
 */
function connect(...args) {
  const [first, cb] = connecting.normalizeArgs(args);
  // After port, host or path there may be an object with more options.
  const more = typeof args[0] === 'object' ? null : args.find((arg) => arg !== null && typeof arg === 'object');
  const options = Object.assign({}, first, more);
  if (options.servername === undefined && options.host && !require('net').isIP(options.host)) {
    options.servername = options.host;
  } else if (options.servername === undefined && !options.host && !options.socket && !options.path) {
    options.servername = 'localhost';
  }
  if (options.checkServerIdentity !== undefined) {
    require('internal/validators').validateFunction(options.checkServerIdentity, 'options.checkServerIdentity');
  }
  options.secureContext ||= createSecureContext(options);
  const socket = new TLSSocket(options.socket, options);
  if (cb !== null) socket.once('secureConnect', cb);
  if (options.socket) return socket;
  if (options.timeout) socket.setTimeout(options.timeout);
  socket.once('connect', onConnect);
  connecting.connect(socket, [[options, null]]);
  return socket;
}

function onConnect() {
  const inner = this._handle;
  this._handle = null;
  startTLS(this, inner, null);
}

module.exports = { TLSSocket, connect };
