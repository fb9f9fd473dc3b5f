'use strict';

// internal/net/server: net.Server, which turns incoming connections into sockets.
// API: https://nodejs.org/docs/latest-v24.x/api/net.html#class-netserver
// Binding net: newTCP, newPipe, guessHandleType, isIP; handle methods listen, listenPath, listenFd, close, ref, unref,
// getsockname, and the handle's `onconnection(status, clientHandle)`.

const EventEmitter = require('events');
const { own } = require('internal/diagnostics');
const { Socket, kSetNoDelay, kSetKeepAlive, kKeepAliveDelay } = require('internal/net/socket');
const { normalizeArgs, toPort } = require('internal/net/connect');
const net = binding('net');

const kOwner = Symbol('owner');
const EINVAL = -22;

function errors() { return require('internal/errors'); }
function validators() { return require('internal/validators'); }

/**
 * A TCP or Unix domain socket server.
 * @param {object} [options]
 * @param {Function} [connectionListener]
 */
function Server(options, connectionListener) {
  if (!(this instanceof Server)) return new Server(options, connectionListener);
  EventEmitter.call(this, typeof options === 'object' && options !== null ? options : undefined);
  if (typeof options === 'function') {
    connectionListener = options;
    options = {};
    this.on('connection', connectionListener);
  } else if (options === undefined || options === null || typeof options === 'object') {
    options = options ? Object.assign({}, options) : {};
    if (typeof connectionListener === 'function') this.on('connection', connectionListener);
  } else {
    throw new (errors().codes.ERR_INVALID_ARG_TYPE)('options', 'Object', options);
  }
  checkServerOptions(options);
  this._connections = 0;
  this._handle = null;
  this._unref = false;
  this._connectionKey = null;
  this.allowHalfOpen = options.allowHalfOpen || false;
  this.pauseOnConnect = Boolean(options.pauseOnConnect);
  this.noDelay = Boolean(options.noDelay);
  this.keepAlive = Boolean(options.keepAlive);
  this.keepAliveInitialDelay = ~~(options.keepAliveInitialDelay / 1000);
  this.highWaterMark = options.highWaterMark;
  if (options.blockList) this.blockList = options.blockList;
}
Object.setPrototypeOf(Server.prototype, EventEmitter.prototype);
Object.setPrototypeOf(Server, EventEmitter);

function checkServerOptions(options) {
  if (options.keepAliveInitialDelay !== undefined) {
    validators().validateNumber(options.keepAliveInitialDelay, 'options.keepAliveInitialDelay');
    if (options.keepAliveInitialDelay < 0) options.keepAliveInitialDelay = 0;
  }
  if (options.highWaterMark !== undefined) {
    validators().validateNumber(options.highWaterMark, 'options.highWaterMark');
    if (options.highWaterMark < 0) options.highWaterMark = undefined;
  }
  if (options.blockList) {
    const { BlockList } = require('internal/net/block_list');
    if (!BlockList.isBlockList(options.blockList)) {
      throw new (errors().codes.ERR_INVALID_ARG_TYPE)('options.blockList', 'net.BlockList', options.blockList);
    }
  }
}

/**
 * Begins to listen. `listen([port[, host[, backlog]]][, cb])`, `listen(path[, backlog][, cb])`,
 * `listen(handle[, backlog][, cb])` or `listen(options[, cb])`.
 * @returns {Server} this
 */
Server.prototype.listen = function(...args) {
  let [options, cb] = normalizeArgs(args);
  if (this._handle || this._listeningPending) throw new (errors().codes.ERR_SERVER_ALREADY_LISTEN)();
  if (cb !== null) this.once('listening', cb);
  const backlog = toPort(options.backlog) || backlogArgument(args);
  options = options._handle || options.handle || options;

  if (typeof options.listen === 'function' && typeof options.getsockname === 'function') {
    this._handle = options;
    startListening(this, { handle: options, backlog });
    return this;
  }
  addAbortListener(this, options);
  if (own['tracing:net.server.listen:asyncStart'] !== undefined) {
    own['tracing:net.server.listen:asyncStart'].publish({ server: this, options });
  }
  if (typeof options.fd === 'number' && options.fd >= 0) {
    startListening(this, { fd: options.fd, backlog });
    return this;
  }
  // listen(undefined), listen(cb) and listen({port: null}) mean any port.
  if (args.length === 0 || typeof args[0] === 'function' || (options.port === undefined && 'port' in options) ||
      options.port === null) {
    options = Object.assign({}, options, { port: 0 });
  }
  if (typeof options.port === 'number' || typeof options.port === 'string') {
    validators().validatePort(options.port, 'options.port');
    if (options.reusePort === true) options.exclusive = true;
    const target = {
      port: options.port | 0, backlog, ipv6Only: options.ipv6Only === true, reusePort: options.reusePort === true,
    };
    this._connectionKey = `${options.host ? 4 : 6}:${options.host || '::'}:${target.port}`;
    if (options.host) lookupAndListen(this, options.host, target);
    else startListening(this, target);
    return this;
  }
  if (options.path && isPipeName(options.path)) {
    if (options.path.startsWith('\0') && (options.readableAll || options.writableAll)) {
      throw new (errors().codes.ERR_INVALID_ARG_VALUE)(
        'options', options, 'can not set readableAll or writableAllt to true when path is abstract unix socket');
    }
    startListening(this, {
      path: options.path, backlog, readableAll: Boolean(options.readableAll), writableAll: Boolean(options.writableAll),
    });
    return this;
  }
  const { codes } = errors();
  if (!('port' in options || 'path' in options)) {
    throw new codes.ERR_INVALID_ARG_VALUE('options', options, 'must have the property "port" or "path"');
  }
  throw new codes.ERR_INVALID_ARG_VALUE('options', options);
};

function backlogArgument(args) {
  return toPort(args.length > 1 && args[1]) || toPort(args.length > 2 && args[2]);
}

function isPipeName(value) {
  return typeof value === 'string' && toPort(value) === false;
}

function addAbortListener(server, options) {
  const { signal } = options;
  if (signal === undefined) return;
  validators().validateAbortSignal(signal, 'options.signal');
  const onAborted = () => server.close();
  if (signal.aborted) {
    process.nextTick(onAborted);
  } else {
    signal.addEventListener('abort', onAborted, { once: true });
    server.once('close', () => signal.removeEventListener('abort', onAborted));
  }
}

function lookupAndListen(server, host, target) {
  server._listeningPending = true;
  require('dns').lookup(host, (err, address, family) => {
    // close() was called meanwhile.
    if (!server._listeningPending) return;
    server._listeningPending = false;
    if (err) {
      server.emit('error', err);
      return;
    }
    target.host = address;
    startListening(server, target);
  });
}

function startListening(server, target) {
  let err = 0;
  if (!server._handle) {
    try {
      err = openListener(server, target);
    } catch (error) {
      process.nextTick(emitErrorNT, server, error);
      return;
    }
  } else if (target.handle && typeof target.handle.listenAgain === 'function') {
    err = target.handle.listenAgain(target.backlog || 511);
  }
  if (err) {
    const error = listenError(err, target);
    server._handle = null;
    if (own['tracing:net.server.listen:error'] !== undefined) {
      own['tracing:net.server.listen:error'].publish({ server, error });
    }
    process.nextTick(emitErrorNT, server, error);
    return;
  }
  const handle = server._handle;
  handle[kOwner] = server;
  handle.onconnection = server._onHandleConnection || onConnection;
  if (server._unref) server.unref();
  if (own['tracing:net.server.listen:asyncEnd'] !== undefined) {
    own['tracing:net.server.listen:asyncEnd'].publish({ server });
  }
  process.nextTick(emitListeningNT, server);
}

function openListener(server, target) {
  const backlog = target.backlog || 511;
  if (target.fd !== undefined) {
    const type = net.guessHandleType(target.fd);
    if (type !== 'PIPE' && type !== 'TCP') return EINVAL;
    server._handle = type === 'TCP' ? net.newTCP() : net.newPipe();
    return server._handle.listenFd(target.fd, backlog);
  }
  if (target.path !== undefined) {
    server._handle = net.newPipe();
    server._pipeName = target.path;
    return server._handle.listenPath(target.path, backlog, target.readableAll, target.writableAll);
  }
  server._handle = net.newTCP();
  if (target.host) return server._handle.listen(target.host, target.port, backlog, target.ipv6Only, target.reusePort);
  // Both families where the machine has IPv6, else IPv4 alone.
  const err = server._handle.listen('::', target.port, backlog, target.ipv6Only, target.reusePort);
  if (err !== EINVAL && err !== -97 && err !== -99) return err;
  target.host = '0.0.0.0';
  server._handle = net.newTCP();
  return server._handle.listen('0.0.0.0', target.port, backlog, false, target.reusePort);
}

// `listen EADDRINUSE: address already in use :::80`, with errno, code, syscall, address and port.
function listenError(errno, target) {
  const { getSystemErrorName, getSystemErrorMessage } = require('util');
  const code = getSystemErrorName(errno);
  const address = target.path !== undefined ? target.path : target.host || (target.fd !== undefined ? null : '::');
  let where = address === null ? '' : ` ${address}`;
  if (target.port !== undefined) where += `:${target.port}`;
  const error = new Error(`listen ${code}: ${getSystemErrorMessage(errno)}${where}`);
  error.code = code;
  error.errno = errno;
  error.syscall = 'listen';
  error.address = address;
  if (target.port !== undefined) error.port = target.port;
  return error;
}

function emitErrorNT(server, err) {
  server.emit('error', err);
}

function emitListeningNT(server) {
  // close() may have been called meanwhile.
  if (server._handle) server.emit('listening');
}

function onConnection(status, clientHandle) {
  const server = this[kOwner];
  if (!server) return;
  if (status) {
    server.emit('error', errors().errnoException(status, 'accept'));
    return;
  }
  if (!server._admits(clientHandle)) return;
  const socket = new Socket({
    handle: clientHandle,
    allowHalfOpen: server.allowHalfOpen,
    pauseOnCreate: server.pauseOnConnect,
    readable: true,
    writable: true,
    readableHighWaterMark: server.highWaterMark,
    writableHighWaterMark: server.highWaterMark,
  });
  server._adopt(socket, clientHandle);
  server.emit('connection', socket);
  if (own['net.server.socket'] !== undefined) own['net.server.socket'].publish({ socket });
}

// Whether a new connection may stay; closes it if not.
Server.prototype._admits = function(clientHandle) {
  if (this.maxConnections !== undefined && this.maxConnections !== null && this._connections >= this.maxConnections) {
    if (this.listenerCount('drop') > 0) {
      const local = addressOf(clientHandle.getsockname && clientHandle.getsockname());
      const remote = addressOf(clientHandle.getpeername && clientHandle.getpeername());
      const data = clientHandle.isPipe ? undefined : {
        localAddress: local.address, localPort: local.port, localFamily: local.family,
        remoteAddress: remote.address, remotePort: remote.port, remoteFamily: remote.family,
      };
      clientHandle.close(() => {});
      this.emit('drop', data);
    } else {
      clientHandle.close(() => {});
    }
    return false;
  }
  if (this.blockList && !clientHandle.isPipe) {
    const remote = addressOf(clientHandle.getpeername());
    const family = remote.address ? net.isIP(remote.address) : 0;
    if (family && this.blockList.check(remote.address, `ipv${family}`)) {
      clientHandle.close(() => {});
      return false;
    }
  }
  return true;
};

function addressOf(name) {
  return name !== null && typeof name === 'object' ? name : {};
}

// Counts a connection and applies the server's socket settings.
Server.prototype._adopt = function(socket, clientHandle) {
  if (this.noDelay && clientHandle.setNoDelay) {
    socket[kSetNoDelay] = true;
    clientHandle.setNoDelay(true);
  }
  if (this.keepAlive && clientHandle.setKeepAlive) {
    socket[kSetKeepAlive] = true;
    socket[kKeepAliveDelay] = this.keepAliveInitialDelay;
    clientHandle.setKeepAlive(true, this.keepAliveInitialDelay);
  }
  this._connections++;
  socket.server = this;
  socket._server = this;
};

Server.prototype.address = function() {
  if (this._handle && this._handle.getsockname && !this._pipeName) {
    const name = this._handle.getsockname();
    if (typeof name === 'number') throw errors().errnoException(name, 'address');
    return name;
  }
  return this._pipeName && this._handle ? this._pipeName : null;
};

Server.prototype.getConnections = function(cb) {
  process.nextTick(cb, null, this._connections);
  return this;
};

Server.prototype.close = function(cb) {
  if (typeof cb === 'function') {
    if (!this._handle && !this._listeningPending) {
      this.once('close', () => cb(new (errors().codes.ERR_SERVER_NOT_RUNNING)()));
    } else {
      this.once('close', cb);
    }
  }
  this._listeningPending = false;
  if (this._handle) {
    this._handle.close(() => {});
    this._handle = null;
    this._pipeName = undefined;
  }
  this._emitCloseIfDrained();
  return this;
};

Server.prototype._emitCloseIfDrained = function() {
  if (this._handle || this._connections > 0) return;
  process.nextTick(emitCloseNT, this);
};

function emitCloseNT(server) {
  if (server._handle || server._connections > 0) return;
  server.emit('close');
}

Server.prototype[Symbol.asyncDispose || Symbol.for('Symbol.asyncDispose')] = async function() {
  if (!this._handle) return;
  await new Promise((resolve, reject) => this.close((err) => (err ? reject(err) : resolve())));
};

Object.defineProperty(Server.prototype, 'listening', {
  __proto__: null, configurable: true, enumerable: true,
  get() { return Boolean(this._handle); },
});

Server.prototype.ref = function() {
  this._unref = false;
  if (this._handle) this._handle.ref();
  return this;
};

Server.prototype.unref = function() {
  this._unref = true;
  if (this._handle) this._handle.unref();
  return this;
};

// A rejected promise of a 'connection' listener closes that connection.
Server.prototype[Symbol.for('nodejs.rejection')] = function(err, event, socket) {
  if (event === 'connection') socket.destroy(err);
  else this.emit('error', err);
};

module.exports = { Server, kOwner };
