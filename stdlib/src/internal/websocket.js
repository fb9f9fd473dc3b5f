'use strict';
// globalThis.WebSocket: not there yet; making one says so.

const { codes } = require('internal/errors');

class WebSocket {
  constructor() {
    throw new codes.ERR_METHOD_NOT_IMPLEMENTED('new WebSocket()');
  }
}
Object.assign(WebSocket, { CONNECTING: 0, OPEN: 1, CLOSING: 2, CLOSED: 3 });

module.exports = { WebSocket };
