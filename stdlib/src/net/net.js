'use strict';

// node:net: TCP and Unix domain sockets.
// API: https://nodejs.org/docs/latest-v24.x/api/net.html
// Binding net: isIP. Sockets are in internal/net/socket (Socket) and internal/net/connect (connecting), servers in
// internal/net/server, block lists in internal/net/block_list, loaded when first used.

const net = binding('net');
const { Socket } = require('internal/net/socket');
const { Server } = require('internal/net/server');
const connecting = require('internal/net/connect');

/**
 * Opens a connection.
 * @returns {Socket}
 */
function connect(...args) {
  const normalized = connecting.normalizeArgs(args);
  const options = normalized[0];
  const socket = new Socket(options);
  if (options.timeout) socket.setTimeout(options.timeout);
  return socket.connect(normalized);
}

/**
 * Makes a server.
 * @returns {Server}
 */
function createServer(options, connectionListener) {
  return new Server(options, connectionListener);
}

function isIP(input) {
  return net.isIP(String(input));
}

function isIPv4(input) {
  return net.isIP(String(input)) === 4;
}

function isIPv6(input) {
  return net.isIP(String(input)) === 6;
}

module.exports = {
  _normalizeArgs: connecting.normalizeArgs,
  connect,
  createConnection: connect,
  createServer,
  isIP,
  isIPv4,
  isIPv6,
  Server,
  Socket,
  Stream: Socket,
  getDefaultAutoSelectFamily: connecting.getDefaultAutoSelectFamily,
  setDefaultAutoSelectFamily: connecting.setDefaultAutoSelectFamily,
  getDefaultAutoSelectFamilyAttemptTimeout: connecting.getDefaultAutoSelectFamilyAttemptTimeout,
  setDefaultAutoSelectFamilyAttemptTimeout: connecting.setDefaultAutoSelectFamilyAttemptTimeout,
  get BlockList() { return require('internal/net/block_list').BlockList; },
  get SocketAddress() { return require('internal/net/block_list').SocketAddress; },
};
