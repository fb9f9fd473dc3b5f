'use strict';
// node:dgram: UDP sockets.
// API: https://nodejs.org/docs/latest-v24.x/api/dgram.html
// Binding `dgram`: newUDP.
//
// A socket goes unbound -> binding -> bound -> closed. What is sent or connected before it is bound waits in a queue,
// which runs at 'listening'. Addresses are looked up by the socket's `lookup`; a datagram whose send fails is told to its
// callback, or to 'error' where it has none and the address could not be found.

const EventEmitter = require('events');
const { codes, exceptionWithHostPort, errnoException } = require('internal/errors');
const { validateAbortSignal, validateFunction, validateNumber, validatePort, validateString, validateUint32 } =
  require('internal/validators');

const UNBOUND = 0;
const BINDING = 1;
const BOUND = 2;

function isSocketType(type) {
  return type === 'udp4' || type === 'udp6';
}

/**
 * @param {string | object} type `udp4`, `udp6`, or options with that as `type`
 * @param {Function} [listener] a listener for 'message'
 */
function Socket(type, listener) {
  EventEmitter.call(this);
  const options = type !== null && typeof type === 'object' ? type : { type };
  checkOptions(options);
  this.type = options.type;
  this._options = options;
  this._handle = binding('dgram').newUDP(options.type === 'udp6');
  this._handle.onmessage = (nread, buffer, address, family, port) => {
    onMessage(this, nread, buffer, address, family, port);
  };
  this._bindState = UNBOUND;
  this._connectState = UNBOUND;
  this._queue = undefined;
  // Sends that the kernel has taken and whose callbacks have not run yet count as waiting, as in Node.
  this._sending = { size: 0, count: 0 };
  if (typeof listener === 'function') this.on('message', listener);
  if (options.signal !== undefined) closeOnAbort(this, options.signal);
  const { own } = require('internal/diagnostics');
  if (own['udp.socket'] !== undefined) own['udp.socket'].publish({ socket: this });
}
Object.setPrototypeOf(Socket.prototype, EventEmitter.prototype);
Object.setPrototypeOf(Socket, EventEmitter);

function checkOptions(options) {
  if (!isSocketType(options.type)) throw new codes.ERR_SOCKET_BAD_TYPE();
  if (options.lookup !== undefined) validateFunction(options.lookup, 'lookup');
  if (options.recvBufferSize) validateUint32(options.recvBufferSize, 'options.recvBufferSize');
  if (options.sendBufferSize) validateUint32(options.sendBufferSize, 'options.sendBufferSize');
  checkBlockList(options.receiveBlockList, 'options.receiveBlockList');
  checkBlockList(options.sendBlockList, 'options.sendBlockList');
}

function checkBlockList(list, name) {
  if (list && !require('net').BlockList.isBlockList(list)) {
    throw new codes.ERR_INVALID_ARG_TYPE(name, 'net.BlockList', list);
  }
}

function closeOnAbort(socket, signal) {
  validateAbortSignal(signal, 'options.signal');
  const onAbort = () => {
    if (socket._handle !== null) socket.close();
  };
  if (signal.aborted) {
    process.nextTick(onAbort);
    return;
  }
  signal.addEventListener('abort', onAbort, { once: true });
  socket.once('close', () => signal.removeEventListener('abort', onAbort));
}

function onMessage(socket, nread, buffer, address, family, port) {
  if (nread < 0) {
    socket.emit('error', errnoException(nread, 'recvmsg'));
    return;
  }
  const blocked = socket._options.receiveBlockList;
  if (blocked?.check(address, family.toLowerCase())) return;
  socket.emit('message', buffer, { address, family, port, size: nread });
}

function running(socket) {
  if (socket._handle === null) throw new codes.ERR_SOCKET_DGRAM_NOT_RUNNING();
  return socket._handle;
}

/** The handle, with the socket bound to any port where it has no address yet. */
function boundHandle(socket) {
  const handle = running(socket);
  if (socket._bindState !== UNBOUND) return handle;
  const status = handle.bind(anyAddress(socket), 0, socket._options.reuseAddr, socket._options.reusePort,
                             socket._options.ipv6Only);
  if (status !== 0) throw errnoException(status, 'bind');
  socket._bindState = BINDING;
  started(socket, true);
  return handle;
}

function anyAddress(socket) {
  return socket.type === 'udp4' ? '0.0.0.0' : '::';
}

function lookUp(socket, address, callback) {
  const name = address || (socket.type === 'udp4' ? '127.0.0.1' : '::1');
  const lookup = socket._options.lookup ?? require('dns').lookup;
  lookup(name, socket.type === 'udp4' ? 4 : 6, callback);
}

/** What a bound socket does first; 'listening' comes in a later tick where the binding was not asked for. */
function started(socket, later) {
  const handle = socket._handle;
  const { recvBufferSize, sendBufferSize } = socket._options;
  const status = handle.recvStart();
  if (status !== 0) {
    socket.emit('error', errnoException(status, 'recvStart'));
    return;
  }
  socket._bindState = BOUND;
  if (recvBufferSize) bufferSize(socket, false, recvBufferSize);
  if (sendBufferSize) bufferSize(socket, true, sendBufferSize);
  const listening = () => {
    if (socket._handle !== null) socket.emit('listening');
  };
  if (later) process.nextTick(listening);
  else listening();
  if (socket._queue !== undefined) runQueue(socket);
}

function runQueue(socket) {
  const queue = socket._queue;
  socket._queue = undefined;
  for (let i = 0; i < queue.length && socket._handle !== null; i++) queue[i]();
}

/** Runs `action` once the socket is bound; binds it first where nothing has. */
function whenBound(socket, action) {
  if (socket._bindState === BOUND) {
    action();
    return;
  }
  if (socket._queue !== undefined) socket._queue.push(action);
  else socket._queue = [action];
  if (socket._bindState === UNBOUND) socket.bind({ port: 0, exclusive: true }, null);
}

Socket.prototype.bind = function bind(port, address, callback) {
  running(this);
  if (this._bindState !== UNBOUND) throw new codes.ERR_SOCKET_ALREADY_BOUND();
  let host = typeof address === 'function' ? '' : address;
  let number = port;
  const last = arguments[arguments.length - 1];
  if (port !== null && typeof port === 'object') {
    if (Number.isInteger(port.fd)) throw errnoException('EINVAL', 'open');
    host = port.address ?? '';
    number = port.port;
  } else if (typeof port === 'function') {
    number = 0;
  }
  this._bindState = BINDING;
  if (typeof last === 'function') onceListening(this, last);
  lookUp(this, host || anyAddress(this), (error, ip) => {
    if (this._handle === null) return;
    if (error) bindFailed(this, error);
    else bindTo(this, ip, number || 0);
  });
  return this;
};

function onceListening(socket, callback) {
  const forget = () => {
    socket.removeListener('error', forget);
    socket.removeListener('listening', listening);
  };
  function listening() {
    forget();
    callback.call(socket);
  }
  socket.on('error', forget);
  socket.on('listening', listening);
}

function bindFailed(socket, error) {
  socket._bindState = UNBOUND;
  socket._queue = undefined;
  socket.emit('error', error);
}

function bindTo(socket, ip, port) {
  const { reuseAddr, reusePort, ipv6Only } = socket._options;
  const status = socket._handle.bind(ip, port, reuseAddr, reusePort, ipv6Only);
  if (status !== 0) bindFailed(socket, exceptionWithHostPort(status, 'bind', ip, port));
  else started(socket, false);
}

Socket.prototype.connect = function connect(port, address, callback) {
  const number = validatePort(port, 'Port', false);
  if (typeof address === 'function') {
    callback = address;
    address = '';
  }
  if (address !== undefined) validateString(address, 'address');
  running(this);
  if (this._connectState !== UNBOUND) throw new codes.ERR_SOCKET_DGRAM_IS_CONNECTED();
  this._connectState = BINDING;
  whenBound(this, () => {
    lookUp(this, address, (error, ip) => {
      if (this._handle !== null) finishConnect(this, error, ip, number, callback);
    });
  });
};

function finishConnect(socket, error, ip, port, callback) {
  if (!error) error = blockedError(socket, ip);
  if (!error) {
    const status = socket._handle.connect(ip, port);
    if (status !== 0) error = exceptionWithHostPort(status, 'connect', ip, port);
  }
  socket._connectState = error ? UNBOUND : BOUND;
  if (error) {
    if (typeof callback === 'function') process.nextTick(callback, error);
    else process.nextTick(() => socket.emit('error', error));
    return;
  }
  if (typeof callback === 'function') socket.once('connect', callback);
  process.nextTick(() => socket.emit('connect'));
}

function blockedError(socket, ip) {
  const list = socket._options.sendBlockList;
  return list?.check(ip, socket.type === 'udp4' ? 'ipv4' : 'ipv6') ? new codes.ERR_IP_BLOCKED(ip) : null;
}

Socket.prototype.disconnect = function disconnect() {
  const handle = running(this);
  if (this._connectState !== BOUND) throw new codes.ERR_SOCKET_DGRAM_NOT_CONNECTED();
  const status = handle.disconnect();
  if (status !== 0) throw errnoException(status, 'connect');
  this._connectState = UNBOUND;
};

function asBytes(data) {
  if (typeof data === 'string') return Buffer.from(data);
  return ArrayBuffer.isView(data) ? data : undefined;
}

const chunkTypes = ['string', 'Buffer', 'TypedArray', 'DataView'];

/** The part of `data` that send(data, offset, length) means. */
function slice(data, offset, length) {
  const bytes = asBytes(data);
  if (bytes === undefined) throw new codes.ERR_INVALID_ARG_TYPE('buffer', chunkTypes, data);
  offset >>>= 0;
  length >>>= 0;
  if (offset > bytes.byteLength) throw new codes.ERR_BUFFER_OUT_OF_BOUNDS('offset');
  if (offset + length > bytes.byteLength) throw new codes.ERR_BUFFER_OUT_OF_BOUNDS('length');
  return Buffer.from(bytes.buffer, bytes.byteOffset + offset, length);
}

function chunkList(data) {
  if (!Array.isArray(data)) {
    const bytes = asBytes(data);
    if (bytes === undefined) throw new codes.ERR_INVALID_ARG_TYPE('buffer', chunkTypes, data);
    return [bytes];
  }
  const list = new Array(data.length);
  for (let i = 0; i < data.length; i++) {
    list[i] = asBytes(data[i]);
    if (list[i] === undefined) throw new codes.ERR_INVALID_ARG_TYPE('buffer list arguments', chunkTypes, data);
  }
  return list;
}

// send(msg[, offset, length][, port][, address][, callback]); a connected socket takes neither port nor address.
Socket.prototype.send = function send(data, offset, length, port, address, callback) {
  const connected = this._connectState === BOUND;
  const sliced = connected ? typeof length === 'number' : Boolean(address || (port && typeof port !== 'function'));
  if (sliced) {
    data = slice(data, offset, length);
    if (connected) {
      if (typeof port === 'function') callback = port;
      else if (port !== undefined) throw new codes.ERR_SOCKET_DGRAM_IS_CONNECTED();
    }
  } else if (connected) {
    if (port !== undefined) throw new codes.ERR_SOCKET_DGRAM_IS_CONNECTED();
    callback = offset;
  } else {
    callback = port;
    port = offset;
    address = length;
  }
  const chunks = chunkList(data);
  if (!connected) port = validatePort(port, 'Port', false);
  if (typeof address === 'function') {
    callback = address;
    address = undefined;
  } else if (address !== undefined && address !== null) {
    validateString(address, 'address');
  }
  if (typeof callback !== 'function') callback = undefined;
  running(this);
  whenBound(this, () => lookUpAndSend(this, chunks, connected, port, address, callback));
};

function lookUpAndSend(socket, chunks, connected, port, address, callback) {
  if (connected) {
    transmit(socket, chunks, port, undefined, callback);
    return;
  }
  lookUp(socket, address, (error, ip) => {
    if (socket._handle === null) return;
    error ||= blockedError(socket, ip);
    if (!error) transmit(socket, chunks, port, ip, callback);
    else if (callback) process.nextTick(callback, error);
    else process.nextTick(() => socket.emit('error', error));
  });
}

function transmit(socket, chunks, port, ip, callback) {
  let size = 0;
  for (let i = 0; i < chunks.length; i++) size += chunks[i].byteLength;
  const waiting = socket._sending;
  const done = (status) => {
    waiting.size -= size;
    waiting.count--;
    if (callback === undefined) return;
    if (status < 0) callback(exceptionWithHostPort(status, 'send', ip, port));
    else callback(null, size);
  };
  waiting.size += size;
  waiting.count++;
  const status = socket._handle.send(chunks, port, ip, done);
  if (status !== 1) process.nextTick(done, status);
}

Socket.prototype.sendto = function sendto(buffer, offset, length, port, address, callback) {
  validateNumber(offset, 'offset');
  validateNumber(length, 'length');
  validateNumber(port, 'port');
  validateString(address, 'address');
  this.send(buffer, offset, length, port, address, callback);
};

Socket.prototype.close = function close(callback) {
  if (typeof callback === 'function') this.on('close', callback);
  const handle = running(this);
  this._handle = null;
  this._queue = undefined;
  handle.close(() => this.emit('close'));
  return this;
};

Socket.prototype[Symbol.asyncDispose] = async function asyncDispose() {
  if (this._handle === null) return;
  await new Promise((resolve) => this.close(resolve));
};

Socket.prototype.address = function address() {
  return checked(running(this).getsockname(), 'getsockname');
};

Socket.prototype.remoteAddress = function remoteAddress() {
  const handle = running(this);
  if (this._connectState !== BOUND) throw new codes.ERR_SOCKET_DGRAM_NOT_CONNECTED();
  return checked(handle.getpeername(), 'getpeername');
};

/** The answer of a handle's method; throws where it is a negative errno. */
function checked(result, syscall) {
  if (result < 0) throw errnoException(result, syscall);
  return result;
}

Socket.prototype.setBroadcast = function setBroadcast(on) {
  checked(running(this).setBroadcast(on), 'setBroadcast');
};

Socket.prototype.setTTL = function setTTL(ttl) {
  validateNumber(ttl, 'ttl');
  checked(running(this).setTTL(ttl), 'setTTL');
  return ttl;
};

Socket.prototype.setMulticastTTL = function setMulticastTTL(ttl) {
  validateNumber(ttl, 'ttl');
  checked(running(this).setMulticastTTL(ttl), 'setMulticastTTL');
  return ttl;
};

Socket.prototype.setMulticastLoopback = function setMulticastLoopback(on) {
  checked(running(this).setMulticastLoopback(on), 'setMulticastLoopback');
  return on;
};

Socket.prototype.setMulticastInterface = function setMulticastInterface(address) {
  const handle = running(this);
  validateString(address, 'interfaceAddress');
  checked(address === '' ? -22 : handle.setMulticastInterface(address), 'setMulticastInterface');
};

function membership(name, join) {
  return function(multicastAddress, interfaceAddress) {
    running(this);
    if (!multicastAddress) throw new codes.ERR_MISSING_ARGS('multicastAddress');
    checked(boundHandle(this).setMembership(multicastAddress, interfaceAddress ?? '', join), name);
  };
}

function sourceMembership(name, join) {
  return function(sourceAddress, groupAddress, interfaceAddress) {
    running(this);
    validateString(sourceAddress, 'sourceAddress');
    validateString(groupAddress, 'groupAddress');
    const handle = boundHandle(this);
    checked(handle.setSourceMembership(sourceAddress, groupAddress, interfaceAddress ?? '', join), name);
  };
}

function method(name, value) {
  Object.defineProperty(value, 'name', { __proto__: null, configurable: true, value: name });
  Socket.prototype[name] = value;
}
method('addMembership', membership('addMembership', true));
method('dropMembership', membership('dropMembership', false));
method('addSourceSpecificMembership', sourceMembership('addSourceSpecificMembership', true));
method('dropSourceSpecificMembership', sourceMembership('dropSourceSpecificMembership', false));

function bufferSize(socket, sending, size) {
  const result = running(socket).bufferSize(sending, size);
  if (result >= 0) return result;
  const { errno, code, message } = systemErrorParts(result);
  const syscall = sending ? 'uv_send_buffer_size' : 'uv_recv_buffer_size';
  throw new codes.ERR_SOCKET_BUFFER_SIZE({ errno, code, message, syscall });
}

function systemErrorParts(errno) {
  const { getSystemErrorName, getSystemErrorMessage } = require('internal/errors');
  return { errno, code: getSystemErrorName(errno), message: getSystemErrorMessage(errno) };
}

function checkBufferSize(size) {
  if (size >>> 0 !== size) throw new codes.ERR_SOCKET_BAD_BUFFER_SIZE();
}

Socket.prototype.setRecvBufferSize = function setRecvBufferSize(size) {
  checkBufferSize(size);
  bufferSize(this, false, size);
};

Socket.prototype.setSendBufferSize = function setSendBufferSize(size) {
  checkBufferSize(size);
  bufferSize(this, true, size);
};

Socket.prototype.getRecvBufferSize = function getRecvBufferSize() {
  return bufferSize(this, false, 0);
};

Socket.prototype.getSendBufferSize = function getSendBufferSize() {
  return bufferSize(this, true, 0);
};

Socket.prototype.getSendQueueSize = function getSendQueueSize() {
  running(this);
  return this._sending.size;
};

Socket.prototype.getSendQueueCount = function getSendQueueCount() {
  running(this);
  return this._sending.count;
};

Socket.prototype.ref = function ref() {
  this._handle?.ref();
  return this;
};

Socket.prototype.unref = function unref() {
  this._handle?.unref();
  return this;
};

/** A new socket; see `Socket`. */
function createSocket(type, listener) {
  return new Socket(type, listener);
}

module.exports = { createSocket, Socket };
