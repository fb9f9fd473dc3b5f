'use strict';

// internal/net/connect: how a net.Socket gets connected: arguments, name lookup, one attempt or several.
// API: https://nodejs.org/docs/latest-v24.x/api/net.html#socketconnectoptions-connectlistener
// Binding net: newTCP, newPipe, isIP; handle methods connect, connectPath, close, readStart.
//
// With autoSelectFamily (RFC 8305, "happy eyeballs", in its simple form) the addresses of a name are tried in turn,
// families alternating; an attempt that takes longer than the attempt timeout makes way for the next one.

const { timed, startTimer, stopTimer } = require('internal/diagnostics');
const net = binding('net');
const {
  Socket, attachHandle, applySettings,
} = require('internal/net/socket');

const ETIMEDOUT = -110;

let autoSelectFamilyDefault = true;
let attemptTimeoutDefault = 500;

// The two settings as the command line gave them.
for (const flag of process.execArgv) {
  const timeout = /^--network-family-autoselection-attempt-timeout=(\d+)$/.exec(flag);
  if (timeout) attemptTimeoutDefault = Math.max(+timeout[1], 10);
  if (/^--no-(?:network-family-autoselection|enable-network-family-autoselection)$/.test(flag)) {
    autoSelectFamilyDefault = false;
  }
}

function errors() { return require('internal/errors'); }
function validators() { return require('internal/validators'); }

function isConnectOptions(value) {
  return value !== null && typeof value === 'object';
}

function toPort(value) {
  return Number(value) >= 0 ? Number(value) : false;
}

/**
 * Turns (options[, cb]), (port[, host][, cb]) or (path[, cb]) into [options, cb].
 * @param {Array} args
 * @returns {[object, Function|null]}
 */
function normalizeArgs(args) {
  if (args.length === 0) return [{}, null];
  const first = args[0];
  let options = {};
  if (isConnectOptions(first)) {
    options = first;
  } else if (typeof first === 'string' && toPort(first) === false) {
    options.path = first;
  } else {
    options.port = first;
    if (args.length > 1 && typeof args[1] === 'string') options.host = args[1];
  }
  const cb = args[args.length - 1];
  return [options, typeof cb === 'function' ? cb : null];
}

function connect(socket, args) {
  // A caller that normalised already passes the pair itself.
  const [options, cb] = Array.isArray(args[0]) && args[0].length === 2 && args.length === 1 ?
    args[0] : normalizeArgs(args);
  if (cb !== null) socket.once('connect', cb);
  if (options.port === undefined && (options.path === undefined || options.path === null)) {
    throw new (errors().codes.ERR_MISSING_ARGS)(['options', 'port', 'path']);
  }
  if (socket.write !== Socket.prototype.write && Object.hasOwn(socket, 'write')) delete socket.write;
  if (socket.destroyed) restart(socket);
  const { path } = options;
  const pipe = Boolean(path);
  if (!socket._handle) {
    socket._handle = pipe ? net.newPipe() : net.newTCP();
    attachHandle(socket);
  }
  if (options.keepAlive) socket.setKeepAlive(true, Math.max(options.keepAliveInitialDelay || 0, 0));
  if (options.blockList !== undefined) {
    const { BlockList } = require('internal/net/block_list');
    if (!BlockList.isBlockList(options.blockList)) {
      throw new (errors().codes.ERR_INVALID_ARG_TYPE)('options.blockList', 'net.BlockList', options.blockList);
    }
    socket._connectBlockList = options.blockList;
  }
  socket._unrefTimer();
  socket.connecting = true;

  if (pipe) {
    validators().validateString(path, 'options.path');
    connectPipe(socket, path);
  } else {
    lookupAndConnect(socket, options);
  }
  return socket;
}

// A destroyed socket may be connected again.
function restart(socket) {
  socket._undestroy();
  socket._handle = null;
  socket._handleClosed = false;
  socket._hadError = false;
}

function connectPipe(socket, path) {
  const err = socket._handle.connectPath(path, (status) => afterConnect(socket, socket._handle, status, { path }));
  if (err < 0) {
    socket.destroy(connectError(err, path));
  }
}

// The error of a failed connect, with Node's fields and message.
// `local` is given where the program chose the local end: the error then names it.
function connectError(errno, address, port, local) {
  const details = local && local.localAddress && local.localPort ? `${local.localAddress}:${local.localPort}` : undefined;
  const error = errors().exceptionWithHostPort(errno, 'connect', address, port, details);
  if (details !== undefined) {
    error.localAddress = local.localAddress;
    error.localPort = local.localPort;
  }
  return error;
}

function lookupAndConnect(socket, options) {
  const { validateNumber, validateFunction, validatePort, validateBoolean, validateInt32 } = validators();
  const { codes } = errors();
  const { localAddress, localPort } = options;
  if (options.host !== undefined && options.host !== null) validators().validateString(options.host, 'options.host');
  const host = options.host || 'localhost';
  let { port, autoSelectFamilyAttemptTimeout, autoSelectFamily } = options;

  if (localAddress && !net.isIP(localAddress)) throw new codes.ERR_INVALID_IP_ADDRESS(localAddress);
  if (localPort) validateNumber(localPort, 'options.localPort');
  if (port !== undefined) {
    if (typeof port !== 'number' && typeof port !== 'string') {
      throw new codes.ERR_INVALID_ARG_TYPE('options.port', ['number', 'string'], port);
    }
    validatePort(port);
  }
  port |= 0;

  if (autoSelectFamily !== undefined && autoSelectFamily !== null) {
    validateBoolean(autoSelectFamily, 'options.autoSelectFamily');
  } else {
    autoSelectFamily = autoSelectFamilyDefault;
  }
  if (autoSelectFamilyAttemptTimeout !== undefined && autoSelectFamilyAttemptTimeout !== null) {
    validateInt32(autoSelectFamilyAttemptTimeout, 'options.autoSelectFamilyAttemptTimeout', 1);
    if (autoSelectFamilyAttemptTimeout < 10) autoSelectFamilyAttemptTimeout = 10;
  } else {
    autoSelectFamilyAttemptTimeout = attemptTimeoutDefault;
  }

  const family = net.isIP(host);
  if (family) {
    process.nextTick(connectNT, socket, { address: host, port, family, localAddress, localPort });
    return;
  }
  if (options.lookup !== undefined && options.lookup !== null) validateFunction(options.lookup, 'options.lookup');
  const dns = require('dns');
  const dnsOptions = {
    family: socket._lookupFamily || options.family || 0,
    hints: options.hints || 0,
  };
  if (dnsOptions.family !== 4 && dnsOptions.family !== 6 && dnsOptions.hints === 0 && !autoSelectFamily) {
    dnsOptions.hints = dns.ADDRCONFIG;
  }
  socket._host = host;
  const lookup = options.lookup || dns.lookup;
  if (autoSelectFamily && dnsOptions.family !== 4 && dnsOptions.family !== 6 && !localAddress) {
    dnsOptions.all = true;
    lookupAll(socket, lookup, dnsOptions, { host, port, localPort, timeout: autoSelectFamilyAttemptTimeout });
    return;
  }
  lookup.call(socket, host, dnsOptions, (err, ip, addressType) => {
    socket.emit('lookup', err, ip, addressType, host);
    // The socket may have been destroyed meanwhile.
    if (!socket.connecting) return;
    if (err) {
      process.nextTick(destroyNT, socket, err);
    } else if (!checkAddress(socket, ip, addressType, host)) {
      return;
    } else {
      socket._unrefTimer();
      attempt(socket, { address: ip, port, family: addressType, localAddress, localPort });
    }
  });
}

function connectNT(socket, target) {
  if (socket.connecting) attempt(socket, target);
}

function destroyNT(socket, err) {
  socket.destroy(err);
}

function checkAddress(socket, ip, family, host) {
  const { codes } = errors();
  let err = null;
  if (typeof ip !== 'string' || !net.isIP(ip)) err = new codes.ERR_INVALID_IP_ADDRESS(ip);
  else if (family !== 4 && family !== 6) err = new codes.ERR_INVALID_ADDRESS_FAMILY(family, host, 0);
  if (err === null) return true;
  process.nextTick(destroyNT, socket, err);
  return false;
}

function lookupAll(socket, lookup, dnsOptions, target) {
  const { host, port, localPort, timeout } = target;
  lookup.call(socket, host, dnsOptions, (err, addresses) => {
    if (!socket.connecting) return;
    if (err) {
      socket.emit('lookup', err, undefined, undefined, host);
      process.nextTick(destroyNT, socket, err);
      return;
    }
    const usable = interleave(socket, addresses, host);
    if (usable.error) {
      process.nextTick(destroyNT, socket, usable.error);
      return;
    }
    socket._unrefTimer();
    if (usable.length === 1) {
      attempt(socket, { address: usable[0].address, port, family: usable[0].family, localPort });
      return;
    }
    socket.autoSelectFamilyAttemptedAddresses = [];
    const context = { socket, addresses: usable, current: 0, port, localPort, timeout, errors: [], timer: null };
    attemptNext(context);
  });
}

// The addresses of a lookup, families alternating, the first family first.
function interleave(socket, addresses, host) {
  const byFamily = { 4: [], 6: [] };
  let first = 0;
  let lastError = null;
  for (let i = 0; i < addresses.length; i++) {
    const { address, family } = addresses[i];
    socket.emit('lookup', null, address, family, host);
    if (!socket.connecting) return { length: 0, error: null };
    const { codes } = errors();
    if (!net.isIP(address)) {
      lastError = new codes.ERR_INVALID_IP_ADDRESS(address);
    } else if (family !== 4 && family !== 6) {
      lastError = new codes.ERR_INVALID_ADDRESS_FAMILY(family, host, 0);
    } else {
      first ||= family;
      byFamily[family].push({ address, family });
    }
  }
  if (first === 0) {
    return { length: 0, error: lastError || new (errors().codes.ERR_INVALID_IP_ADDRESS)(undefined) };
  }
  const a = byFamily[first];
  const b = byFamily[first === 4 ? 6 : 4];
  const list = [];
  for (let i = 0; i < Math.max(a.length, b.length); i++) {
    if (i < a.length) list.push(a[i]);
    if (i < b.length) list.push(b[i]);
  }
  return list;
}

// One connection attempt to one address, the only one.
function attempt(socket, target) {
  const { address, port, family, localAddress, localPort } = target;
  if (socket._connectBlockList && socket._connectBlockList.check(address, `ipv${family}`)) {
    socket.destroy(new (errors().codes.ERR_IP_BLOCKED)(address));
    return;
  }
  socket.emit('connectionAttempt', address, port, family);
  if (timed.net !== undefined) startTimer(socket);
  const handle = socket._handle;
  if (!handle || !socket.connecting) return;
  const err = handle.connect(address, port, localAddress || '', localPort || 0,
                             (status) => afterConnect(socket, handle, status, target));
  if (err < 0) {
    const failure = bindError(err, target);
    socket.emit('connectionAttemptFailed', address, port, family, failure);
    socket.destroy(failure);
  }
}

const EADDRINUSE = -98;
const EADDRNOTAVAIL = -99;
const EINVAL = -22;

// An error that is there at once: of binding to the local address, or of the connect itself.
function bindError(err, target) {
  const { address, port, localAddress, localPort } = target;
  if ((localAddress || localPort) && (err === EADDRINUSE || err === EADDRNOTAVAIL || err === EINVAL)) {
    return errors().exceptionWithHostPort(err, 'bind', localAddress, localPort);
  }
  return connectError(err, address, port, target);
}

function afterConnect(socket, handle, status, target) {
  if (socket.destroyed || socket._handle !== handle) return;
  const { address, port, family, path } = target;
  socket.connecting = false;
  if (status < 0) {
    const err = path ? connectError(status, path) : connectError(status, address, port, target);
    if (!path) socket.emit('connectionAttemptFailed', address, port, family, err);
    socket.destroy(err);
    return;
  }
  if (timed.net !== undefined && !path) stopTimer('net', socket, 'connect', { host: address, port });
  connected(socket);
}

function connected(socket) {
  socket.connecting = false;
  applySettings(socket);
  if (socket.readable && !socket._readableState.endEmitted) socket._readableState.readable = true;
  socket._unrefTimer();
  socket.emit('connect');
  socket.emit('ready');
  // Reading starts now, unless the program paused the socket.
  if (socket.readable && !socket.isPaused()) socket.read(0);
}

function attemptNext(context) {
  const { socket, addresses, port, localPort, timeout } = context;
  clearTimeout(context.timer);
  if (!socket.connecting || socket.destroyed) return;
  if (context.current === addresses.length) {
    failAll(context);
    return;
  }
  const target = addresses[context.current++];
  const { address, family } = target;
  // Each attempt has its own handle; the first uses the one that is there.
  if (context.current > 1) {
    const used = socket._handle;
    used.onread = undefined;
    used.close(() => {});
    socket._handle = net.newTCP();
    attachHandle(socket);
  }
  const handle = socket._handle;
  if (socket._connectBlockList && socket._connectBlockList.check(address, `ipv${family}`)) {
    const err = new (errors().codes.ERR_IP_BLOCKED)(address);
    context.errors.push(err);
    socket.emit('connectionAttemptFailed', address, port, family, err);
    attemptNext(context);
    return;
  }
  socket.emit('connectionAttempt', address, port, family);
  if (timed.net !== undefined) startTimer(socket);
  if (!socket.connecting || socket.destroyed) return;
  const err = handle.connect(address, port, '', localPort || 0, (status) => {
    if (socket._handle !== handle || socket.destroyed) return;
    clearTimeout(context.timer);
    if (status === 0) {
      socket.autoSelectFamilyAttemptedAddresses.push(`${address}:${port}`);
      if (timed.net !== undefined) stopTimer('net', socket, 'connect', { host: address, port });
      connected(socket);
      return;
    }
    attemptFailed(context, connectError(status, address, port), target);
  });
  if (err < 0) {
    attemptFailed(context, bindError(err, { address, port, localPort }), target);
    return;
  }
  if (context.current < addresses.length) {
    context.timer = setTimeout(attemptTimedOut, timeout, context, target, handle);
  }
}

function attemptFailed(context, err, { address, family }) {
  const { socket, port } = context;
  context.errors.push(err);
  socket.autoSelectFamilyAttemptedAddresses.push(`${address}:${port}`);
  socket.emit('connectionAttemptFailed', address, port, family, err);
  attemptNext(context);
}

function attemptTimedOut(context, { address, family }, handle) {
  const { socket, port } = context;
  if (socket._handle !== handle || !socket.connecting) return;
  context.errors.push(connectError(ETIMEDOUT, address, port));
  socket.autoSelectFamilyAttemptedAddresses.push(`${address}:${port}`);
  socket.emit('connectionAttemptTimeout', address, port, family);
  attemptNext(context);
}

function failAll({ socket, errors: list }) {
  if (list.length === 1) {
    socket.destroy(list[0]);
    return;
  }
  const err = new AggregateError(list);
  err.code = list[0].code;
  socket.destroy(err);
}

module.exports = {
  connect, normalizeArgs, toPort,
  getDefaultAutoSelectFamily() { return autoSelectFamilyDefault; },
  setDefaultAutoSelectFamily(value) {
    validators().validateBoolean(value, 'value');
    autoSelectFamilyDefault = value;
  },
  getDefaultAutoSelectFamilyAttemptTimeout() { return attemptTimeoutDefault; },
  setDefaultAutoSelectFamilyAttemptTimeout(value) {
    validators().validateInt32(value, 'value', 1);
    attemptTimeoutDefault = Math.max(value, 10);
  },
};
