'use strict';

// internal/net/socket: net.Socket, a Duplex over a TCP or pipe handle.
// API: https://nodejs.org/docs/latest-v24.x/api/net.html#class-netsocket
// Binding net: newTCP, newPipe, guessHandleType; handle methods readStart, readStop, writeBuffer, writeString, writev,
// shutdown, close, reset, ref, unref, getsockname, getpeername, setNoDelay, setKeepAlive, setTypeOfService,
// getTypeOfService, open, bytesRead, bytesWritten, writeQueueSize, fd.
//
// The handle reads and writes in Rust. A read arrives as one call of `handle.onread(nread, buffer)`; a write returns 0
// when the kernel took everything at once (the usual case, no callback), 1 when the rest is queued, or a negative errno.
// How a socket gets connected is in internal/net/connect.

const { Duplex } = require('stream');
const { own } = require('internal/diagnostics');
const net = binding('net');

const kTimeout = Symbol('timeout');
const kHandleSocket = Symbol('owner');
const kBytesRead = Symbol('bytesRead');
const kBytesWritten = Symbol('bytesWritten');
const kSetNoDelay = Symbol('setNoDelay');
const kSetKeepAlive = Symbol('setKeepAlive');
const kKeepAliveDelay = Symbol('keepAliveInitialDelay');
const kSetTOS = Symbol('typeOfService');
const kOnRead = Symbol('onread');
const kUnread = Symbol('unread');
const kSockName = Symbol('sockname');
const kPeerName = Symbol('peername');
const kReset = Symbol('resetAndClosing');

const EOF = -4095;
const ENOTCONN = -107;
const TIMEOUT_MAX = 2 ** 31 - 1;

function errors() { return require('internal/errors'); }
function validators() { return require('internal/validators'); }

function noop() {}

/**
 * A TCP connection or a Unix domain socket.
 * @param {object|number} [options] options, or a file descriptor
 */
function Socket(options) {
  if (!(this instanceof Socket)) return new Socket(options);
  if (typeof options === 'number') options = { fd: options };
  else options = options ? Object.assign({}, options) : {};
  if (options.objectMode || options.readableObjectMode || options.writableObjectMode) {
    const { codes } = errors();
    const name = options.objectMode ? 'options.objectMode' :
      options.readableObjectMode ? 'options.readableObjectMode' : 'options.writableObjectMode';
    throw new codes.ERR_INVALID_ARG_VALUE(name, true, 'is not supported');
  }
  if (options.keepAliveInitialDelay !== undefined) {
    validators().validateNumber(options.keepAliveInitialDelay, 'options.keepAliveInitialDelay');
    if (options.keepAliveInitialDelay < 0) options.keepAliveInitialDelay = 0;
  }

  this.connecting = false;
  this._hadError = false;
  this._parent = null;
  this._host = null;
  this._handle = null;
  this._closeAfterHandlingError = false;
  this._pendingData = null;
  this._pendingEncoding = '';
  this.server = null;
  this._server = null;
  this[kTimeout] = null;
  this[kBytesRead] = 0;
  this[kBytesWritten] = 0;
  this[kOnRead] = null;
  this[kUnread] = undefined;
  this[kSockName] = null;
  this[kPeerName] = null;
  this[kReset] = false;

  const fdGiven = options.fd !== undefined && !options.handle;
  if (fdGiven && (options.readable === undefined && options.writable === undefined)) {
    options.readable = true;
    options.writable = true;
  }
  options.allowHalfOpen = Boolean(options.allowHalfOpen);
  // 'close' is emitted when the handle has closed, not when _destroy returns.
  options.emitClose = false;
  options.autoDestroy = true;
  options.decodeStrings = false;
  const handle = options.handle;
  Duplex.call(this, options);

  if (handle) {
    this._handle = handle;
  } else if (fdGiven) {
    openDescriptor(this, options.fd);
  }
  if (options.noDelay) this[kSetNoDelay] = true;
  if (options.keepAlive) {
    this[kSetKeepAlive] = true;
    this[kKeepAliveDelay] = ~~(options.keepAliveInitialDelay / 1000);
  }
  const onread = options.onread;
  if (onread !== null && typeof onread === 'object' && typeof onread.callback === 'function' &&
      (onread.buffer instanceof Uint8Array || typeof onread.buffer === 'function')) {
    this[kOnRead] = onread;
  }
  this.on('end', onReadableEnd);
  if (this._handle) attachHandle(this);

  if (this._handle && options.readable !== false && !options.noRead) {
    if (options.pauseOnCreate) {
      this._handle.reading = false;
      this.readableFlowing = false;
    } else if (!options.manualStart) {
      this.read(0);
    }
  }
}
Object.setPrototypeOf(Socket.prototype, Duplex.prototype);
Object.setPrototypeOf(Socket, Duplex);

function openDescriptor(socket, fd) {
  const { codes, errnoException } = errors();
  validators().validateInt32(fd, 'fd', 0);
  const type = net.guessHandleType(fd);
  if (type !== 'PIPE' && type !== 'TCP') throw new codes.ERR_INVALID_FD_TYPE(type);
  const handle = type === 'TCP' ? net.newTCP() : net.newPipe();
  const err = handle.open(fd);
  if (err) throw errnoException(err, 'open');
  socket._handle = handle;
}

function onReadableEnd() {
  if (!this.allowHalfOpen) this.write = writeAfterFIN;
}

function writeAfterFIN(chunk, encoding, cb) {
  if (!this.writableEnded) return Duplex.prototype.write.call(this, chunk, encoding, cb);
  if (typeof encoding === 'function') cb = encoding;
  const err = new Error('This socket has been ended by the other party');
  err.code = 'EPIPE';
  if (typeof cb === 'function') process.nextTick(cb, err);
  this.destroy(err);
  return false;
}

// The handle's reads go to this socket from now on.
function attachHandle(socket) {
  const handle = socket._handle;
  handle[kHandleSocket] = socket;
  handle.onread = onHandleRead;
  handle.reading = handle.reading === true;
}

function onHandleRead(nread, buffer) {
  const socket = this[kHandleSocket];
  if (!socket || socket.destroyed) return;
  if (socket[kTimeout] !== null) socket._unrefTimer();
  if (nread > 0) {
    const custom = socket[kOnRead];
    if (custom !== null) return deliverToBuffer(socket, custom, buffer);
    if (!socket.push(buffer)) {
      this.reading = false;
      this.readStop();
    }
    return;
  }
  if (nread === 0) return;
  this.reading = false;
  this.readStop();
  if (nread !== EOF) {
    socket.destroy(errors().errnoException(nread, 'read'));
    return;
  }
  if (socket._readableState.endEmitted) {
    if (socket.writableFinished) socket.destroy();
    return;
  }
  // The end must be seen also by a socket nobody reads, or it would never close.
  socket.push(null);
  socket.read(0);
}

// The onread option: the program's own buffer is filled again and again instead of a new one per read.
function deliverToBuffer(socket, onread, data) {
  let offset = 0;
  while (offset < data.length) {
    let target = onread.buffer;
    if (typeof target === 'function') target = target();
    const n = Math.min(target.length, data.length - offset);
    target.set(data.subarray(offset, offset + n));
    offset += n;
    const goesOn = onread.callback.call(socket, n, target) !== false;
    const handle = socket._handle;
    if (socket.destroyed || !handle) return;
    if (!goesOn && handle.reading) {
      handle.reading = false;
      handle.readStop();
    }
    if (!handle.reading) {
      // What was read besides waits until reading goes on.
      if (offset < data.length) socket[kUnread] = Buffer.from(data.subarray(offset));
      return;
    }
  }
}

function deliverUnread(socket) {
  const handle = socket._handle;
  const data = socket[kUnread];
  if (socket.destroyed || !handle || !handle.reading) return;
  socket[kUnread] = undefined;
  if (data !== undefined) deliverToBuffer(socket, socket[kOnRead], data);
  if (!socket.destroyed && socket._handle && handle.reading) tryReadStart(socket);
}

function tryReadStart(socket) {
  const handle = socket._handle;
  handle.reading = true;
  if (socket[kUnread] !== undefined) {
    process.nextTick(deliverUnread, socket);
    return;
  }
  const err = handle.readStart();
  if (err) socket.destroy(errors().errnoException(err, 'read'));
}

Socket.prototype._read = function(n) {
  if (this.connecting || !this._handle) {
    this.once('connect', () => this._read(n));
  } else if (!this._handle.reading) {
    tryReadStart(this);
  }
};

Socket.prototype.read = function(n) {
  if (this[kOnRead] !== null && !this.connecting && this._handle && !this._handle.reading) tryReadStart(this);
  return Duplex.prototype.read.call(this, n);
};

Socket.prototype.pause = function() {
  if (this[kOnRead] !== null && !this.connecting && this._handle && this._handle.reading) {
    this._handle.reading = false;
    if (!this.destroyed) {
      const err = this._handle.readStop();
      if (err) this.destroy(errors().errnoException(err, 'read'));
    }
  }
  return Duplex.prototype.pause.call(this);
};

Socket.prototype.resume = function() {
  if (this[kOnRead] !== null && !this.connecting && this._handle && !this._handle.reading) tryReadStart(this);
  return Duplex.prototype.resume.call(this);
};

function writeGeneric(socket, vector, data, encoding, cb) {
  if (socket.connecting) {
    socket._pendingData = data;
    socket._pendingEncoding = encoding;
    const onClose = () => cb(new (errors().codes.ERR_SOCKET_CLOSED_BEFORE_CONNECTION)());
    socket.once('connect', () => {
      socket.off('close', onClose);
      writeGeneric(socket, vector, data, encoding, cb);
    });
    socket.once('close', onClose);
    return;
  }
  socket._pendingData = null;
  socket._pendingEncoding = '';
  const handle = socket._handle;
  if (!handle) {
    cb(new (errors().codes.ERR_SOCKET_CLOSED)());
    return;
  }
  if (socket[kTimeout] !== null) socket._unrefTimer();
  const done = (status) => {
    if (status < 0) {
      const err = errors().errnoException(status, 'write');
      if (socket.destroyed) cb(err);
      else socket.destroy(err, cb), cb(err);
      return;
    }
    if (socket[kTimeout] !== null) socket._unrefTimer();
    cb(null);
  };
  let result;
  if (vector) result = handle.writev(flattenChunks(data), done);
  else if (typeof data === 'string') result = handle.writeString(data, encoding, done);
  else result = handle.writeBuffer(data, done);
  if (result < 0) cb(errors().errnoException(result, 'write'));
  else if (result === 0) cb(null);
}

function flattenChunks(entries) {
  const list = new Array(entries.length);
  for (let i = 0; i < entries.length; i++) {
    const { chunk, encoding } = entries[i];
    list[i] = typeof chunk === 'string' ? Buffer.from(chunk, encoding) : chunk;
  }
  return list;
}

Socket.prototype._write = function(data, encoding, cb) {
  writeGeneric(this, false, data, encoding, cb);
};

Socket.prototype._writev = function(chunks, cb) {
  writeGeneric(this, true, chunks, '', cb);
};

Socket.prototype._final = function(cb) {
  if (this.connecting) {
    this.once('connect', () => this._final(cb));
    return;
  }
  if (!this._handle) {
    cb();
    return;
  }
  const err = this._handle.shutdown((status) => {
    if (this.destroyed || status === 0 || status === undefined || status === ENOTCONN) cb();
    else cb(errors().errnoException(status, 'shutdown'));
  });
  if (err === ENOTCONN) cb();
  else if (err < 0) cb(errors().errnoException(err, 'shutdown'));
};

Socket.prototype.end = function(data, encoding, callback) {
  Duplex.prototype.end.call(this, data, encoding, callback);
  return this;
};

Socket.prototype.destroySoon = function() {
  if (this.writable) this.end();
  if (this.writableFinished) this.destroy();
  else this.once('finish', this.destroy);
};

Socket.prototype.resetAndDestroy = function() {
  if (this._handle) {
    const { codes } = errors();
    if (this._handle.isPipe) throw new codes.ERR_INVALID_HANDLE_TYPE();
    if (this.connecting) {
      this.once('connect', () => this._reset());
    } else {
      this._reset();
    }
  } else {
    this.destroy(new (errors().codes.ERR_SOCKET_CLOSED)());
  }
  return this;
};

Socket.prototype._reset = function() {
  this[kReset] = true;
  return this.destroy();
};

Socket.prototype._destroy = function(exception, cb) {
  this.connecting = false;
  for (let s = this; s !== null && s !== undefined; s = s._parent) clearSocketTimer(s);
  const handle = this._handle;
  if (handle) {
    const isException = Boolean(exception);
    this[kBytesRead] = handle.bytesRead();
    this[kBytesWritten] = handle.bytesWritten();
    // Addresses stay readable after the close when they were read before.
    const emitClose = () => this.emit('close', isException);
    if (this[kReset]) {
      this[kReset] = false;
      const err = handle.reset(emitClose);
      if (err) this.emit('error', errors().errnoException(err, 'reset'));
    } else {
      handle.close(emitClose);
    }
    handle.onread = noop;
    handle[kHandleSocket] = null;
    this._handle = null;
    this[kSockName] = null;
    cb(exception);
  } else {
    cb(exception);
    process.nextTick(emitCloseNT, this);
  }
  const server = this._server;
  if (server) {
    server._connections--;
    if (server._emitCloseIfDrained) server._emitCloseIfDrained();
  }
};

function emitCloseNT(socket) {
  if (socket._handleClosed) return;
  socket._handleClosed = true;
  socket.emit('close', Boolean(socket.errored));
}

function timerDuration(ms, name) {
  const { codes } = errors();
  validators().validateNumber(ms, name);
  if (ms < 0 || !Number.isFinite(ms)) throw new codes.ERR_OUT_OF_RANGE(name, 'a non-negative finite number', ms);
  if (ms > TIMEOUT_MAX) {
    process.emitWarning(`${ms} does not fit into a 32-bit signed integer.\nTimer duration was truncated to ${TIMEOUT_MAX}.`,
                        'TimeoutOverflowWarning');
    return TIMEOUT_MAX;
  }
  return ms;
}

function clearSocketTimer(socket) {
  if (socket[kTimeout]) {
    clearTimeout(socket[kTimeout]);
    socket[kTimeout] = null;
  }
}

Socket.prototype.setTimeout = function(msecs, callback) {
  if (this.destroyed) return this;
  this.timeout = msecs;
  msecs = timerDuration(msecs, 'msecs');
  clearSocketTimer(this);
  if (msecs === 0) {
    if (callback !== undefined) {
      validators().validateFunction(callback, 'callback');
      this.removeListener('timeout', callback);
    }
    return this;
  }
  this[kTimeout] = setTimeout(onSocketTimer, msecs, this).unref();
  if (callback !== undefined) {
    validators().validateFunction(callback, 'callback');
    this.once('timeout', callback);
  }
  return this;
};

function onSocketTimer(socket) {
  socket._onTimeout();
}

Socket.prototype._onTimeout = function() {
  const handle = this._handle;
  const timer = this[kTimeout];
  // A write that makes progress is activity, even when nothing new was written.
  if (handle && timer && handle.writeQueueSize() > 0) {
    const left = handle.writeQueueSize();
    const last = this._lastWriteQueueSize;
    this._lastWriteQueueSize = left;
    if (last !== undefined && last !== left) {
      timer.refresh();
      return;
    }
  }
  this.emit('timeout');
};

Socket.prototype._unrefTimer = function() {
  for (let s = this; s !== null && s !== undefined; s = s._parent) {
    if (s[kTimeout]) s[kTimeout].refresh();
  }
};

Socket.prototype.setNoDelay = function(enable) {
  enable = Boolean(enable === undefined ? true : enable);
  if (!this._handle) {
    this[kSetNoDelay] = enable;
    return this;
  }
  if (this._handle.setNoDelay && enable !== Boolean(this[kSetNoDelay])) {
    this[kSetNoDelay] = enable;
    this._handle.setNoDelay(enable);
  }
  return this;
};

Socket.prototype.setKeepAlive = function(enable, initialDelayMsecs) {
  enable = Boolean(enable);
  const delay = ~~(initialDelayMsecs / 1000);
  if (!this._handle) {
    this[kSetKeepAlive] = enable;
    this[kKeepAliveDelay] = delay;
    return this;
  }
  if (!this._handle.setKeepAlive) return this;
  if (enable !== this[kSetKeepAlive] || (enable && this[kKeepAliveDelay] !== delay)) {
    this[kSetKeepAlive] = enable;
    this[kKeepAliveDelay] = delay;
    this._handle.setKeepAlive(enable, delay);
  }
  return this;
};

Socket.prototype.setTypeOfService = function(tos) {
  if (Number.isNaN(tos)) throw new (errors().codes.ERR_INVALID_ARG_TYPE)('tos', 'number', tos);
  validators().validateInt32(tos, 'tos', 0, 255);
  if (!this._handle) {
    this[kSetTOS] = tos;
    return this;
  }
  if (this._handle.setTypeOfService && tos !== this[kSetTOS]) {
    this[kSetTOS] = tos;
    const err = this._handle.setTypeOfService(tos);
    if (err) throw errors().errnoException(err, 'setTypeOfService');
  }
  return this;
};

Socket.prototype.getTypeOfService = function() {
  if (!this._handle || !this._handle.getTypeOfService) return this[kSetTOS] === undefined ? 0 : this[kSetTOS];
  const tos = this._handle.getTypeOfService();
  if (tos < 0) throw errors().errnoException(tos, 'getTypeOfService');
  return tos;
};

Socket.prototype.address = function() {
  return sockname(this);
};

Socket.prototype.ref = function() {
  if (!this._handle) this.once('connect', this.ref);
  else if (typeof this._handle.ref === 'function') this._handle.ref();
  return this;
};

Socket.prototype.unref = function() {
  if (!this._handle) this.once('connect', this.unref);
  else if (typeof this._handle.unref === 'function') this._handle.unref();
  return this;
};

function sockname(socket) {
  if (!socket._handle || !socket._handle.getsockname) return {};
  if (!socket[kSockName]) {
    const name = socket._handle.getsockname();
    if (typeof name === 'number') return {};
    socket[kSockName] = name;
  }
  return socket[kSockName];
}

function peername(socket) {
  if (!socket._handle || !socket._handle.getpeername || socket.connecting) return socket[kPeerName] || {};
  if (!socket[kPeerName]) {
    const name = socket._handle.getpeername();
    if (typeof name === 'number') return {};
    socket[kPeerName] = name;
  }
  return socket[kPeerName];
}

function pendingLength(data, encoding) {
  if (Array.isArray(data)) {
    let total = 0;
    for (let i = 0; i < data.length; i++) total += pendingLength(data[i].chunk, data[i].encoding);
    return total;
  }
  return typeof data === 'string' ? Buffer.byteLength(data, encoding) : data.length;
}

function accessor(name, get, set) {
  Object.defineProperty(Socket.prototype, name, { __proto__: null, configurable: true, enumerable: true, get, set });
}

accessor('_connecting', function() { return this.connecting; });
accessor('pending', function() { return !this._handle || this.connecting; });
accessor('readyState', function() {
  if (this.connecting) return 'opening';
  if (this.readable && this.writable) return 'open';
  if (this.readable) return 'readOnly';
  return this.writable ? 'writeOnly' : 'closed';
});
accessor('bufferSize', function() {
  return this._handle ? this.writableLength : undefined;
});
accessor('bytesRead', function() { return this._handle ? this._handle.bytesRead() : this[kBytesRead]; });
// Bytes sent and bytes that wait to be sent. (While connecting the pending write is in no count of the handle yet.)
accessor('bytesWritten', function() { return this._bytesDispatched; });
accessor('_bytesDispatched', function() {
  const sent = this._handle ? this._handle.bytesWritten() : this[kBytesWritten];
  const state = this._writableState;
  if (!state) return undefined;
  let total = sent;
  const pending = this._pendingData;
  if (this.connecting || pending) {
    const queued = state.getBuffer();
    for (let i = 0; i < queued.length; i++) total += pendingLength(queued[i].chunk, queued[i].encoding);
    if (pending) total += pendingLength(pending, this._pendingEncoding);
  } else if (state.length > 0 && !this.destroyed) {
    const queued = state.getBuffer();
    for (let i = 0; i < queued.length; i++) total += pendingLength(queued[i].chunk, queued[i].encoding);
  }
  return total;
});
accessor('remoteAddress', function() { return peername(this).address; });
accessor('remoteFamily', function() { return peername(this).family; });
accessor('remotePort', function() { return peername(this).port; });
accessor('localAddress', function() { return sockname(this).address; });
accessor('localPort', function() { return sockname(this).port; });
accessor('localFamily', function() { return sockname(this).family; });

Socket.prototype.connect = function(...args) {
  if (own['net.client.socket'] !== undefined) own['net.client.socket'].publish({ socket: this });
  return require('internal/net/connect').connect(this, args);
};

// What the settings that were made before there was a handle do once there is one.
function applySettings(socket) {
  const handle = socket._handle;
  if (socket[kSetNoDelay] && handle.setNoDelay) handle.setNoDelay(true);
  if (socket[kSetKeepAlive] && handle.setKeepAlive) handle.setKeepAlive(true, socket[kKeepAliveDelay]);
  if (socket[kSetTOS] !== undefined && handle.setTypeOfService) handle.setTypeOfService(socket[kSetTOS]);
}

module.exports = {
  Socket, attachHandle, applySettings, timerDuration,
  kSetNoDelay, kSetKeepAlive, kKeepAliveDelay, kTimeout, kPeerName, kReset,
};
