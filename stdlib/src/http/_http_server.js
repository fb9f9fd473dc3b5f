'use strict';

// _http_server: http.Server and http.ServerResponse.
// API: https://nodejs.org/docs/latest-v24.x/api/http.html#class-httpserver
// Binding http: newParser, sendBody, utf8Length; handle methods of binding net. How connections are driven is in
// internal/http/server_connection.

const { Server: NetServer } = require('net');
const {
  OutgoingMessage, validateHeaderName, validateHeaderValue,
  kOutHeaders, kNeedDrain, kCorked, kErrored, kUniqueHeaders, kRejectBody,
} = require('_http_outgoing');
const { IncomingMessage } = require('_http_incoming');
const connections = require('internal/http/server_connection');
const { STATUS_CODES } = require('internal/http/status');
const { own } = require('internal/diagnostics');
const http = binding('http');

const kIncomingMessage = Symbol('IncomingMessage');
const kServerResponse = Symbol('ServerResponse');
const kConnections = connections.kConnections;
const kCheckTimer = Symbol('http.server.connectionsCheckingInterval');

function errors() { return require('internal/errors'); }
function validators() { return require('internal/validators'); }

// Modes of sendBody.
const CHUNKED = 1;
const LAST_CHUNK = 2;

// ---- responses

// Status lines with the standard reason, made when first sent.
const statusLines = { __proto__: null };

/**
 * The response to a request.
 * @param {object} req the request it answers
 * @param {object} [options]
 */
function ServerResponse(req, options) {
  if (options !== undefined) OutgoingMessage.call(this, options);
  this.req = req;
  if (req.method === 'HEAD') this._hasBody = false;
  if (req.httpVersionMajor < 1 || req.httpVersionMinor < 1) {
    this.useChunkedEncodingByDefault = connections.acceptsChunked(req);
    this.shouldKeepAlive = false;
  }
  if (own['http.server.response.created'] !== undefined) {
    own['http.server.response.created'].publish({ request: req, response: this });
  }
}
Object.setPrototypeOf(ServerResponse.prototype, OutgoingMessage.prototype);
Object.setPrototypeOf(ServerResponse, OutgoingMessage);

const responseDefaults = {
  statusCode: 200,
  statusMessage: undefined,
  sendDate: true,
  // The parser of the connection while this response is on a native connection.
  _parser: null,
  // Everything is written, and the dispatcher that runs will finish this response.
  _sentInDispatch: false,
  _sent100: false,
  _expect_continue: false,
};
for (const name of Object.keys(responseDefaults)) {
  Object.defineProperty(ServerResponse.prototype, name, {
    __proto__: null, configurable: true, writable: true, enumerable: name === 'statusCode' || name === 'statusMessage',
    value: responseDefaults[name],
  });
}

Object.defineProperty(ServerResponse.prototype, 'socket', {
  __proto__: null, configurable: true, enumerable: true,
  get() {
    const parser = this._parser;
    if (this._socket === null && parser !== null && parser.handle !== null && parser.out === this) {
      return connections.materialize(parser);
    }
    return this._socket;
  },
  set(socket) { this._socket = socket; },
});

// Whether this response may write straight to the connection's handle.
function writesNatively(response, parser) {
  if (parser.handle === null || parser.out !== response || parser.closed) return false;
  const { socket } = parser;
  return socket === null || connections.isQuiet(socket, parser.handle);
}

// FAST PATH: a whole response, or the rest of one, in one call and one write.
ServerResponse.prototype.end = function(chunk, encoding, callback) {
  const parser = this._parser;
  if (parser === null || callback !== undefined || this._headerSent || this.finished || this.destroyed ||
      this.strictContentLength || !writesNatively(this, parser)) {
    return OutgoingMessage.prototype.end.call(this, chunk, encoding, callback);
  }
  let length = 0;
  if (chunk === undefined || chunk === null || chunk === '') {
    chunk = undefined;
    if (typeof encoding === 'function') return OutgoingMessage.prototype.end.call(this, chunk, encoding);
  } else if (typeof chunk === 'string') {
    if (encoding !== undefined && encoding !== 'utf8' && encoding !== 'utf-8') {
      return OutgoingMessage.prototype.end.call(this, chunk, encoding);
    }
    if (this._header === null) length = http.utf8Length(chunk);
  } else if (chunk instanceof Uint8Array && encoding === undefined) {
    length = chunk.byteLength;
  } else {
    return OutgoingMessage.prototype.end.call(this, chunk, encoding);
  }
  if (this._header === null) {
    this._contentLength = length;
    this._implicitHeader();
    // The program's own writeHead may have sent something.
    if (this._headerSent || this._header === null) return OutgoingMessage.prototype.end.call(this, chunk);
  }
  let mode = LAST_CHUNK;
  if (!this._hasBody) {
    if (chunk !== undefined && this[kRejectBody]) throw new (errors().codes.ERR_HTTP_BODY_NOT_ALLOWED)();
    chunk = undefined;
  } else if (this.chunkedEncoding) {
    mode = CHUNKED | LAST_CHUNK;
  }
  const status = http.sendBody(parser.handle, this._header, chunk, mode, this._trailer, this);
  this._headerSent = true;
  this.finished = true;
  this[kCorked] = 0;
  if (this._events !== undefined) this.emit('prefinish');
  if (status === 0) {
    if (parser.dispatching === this) this._sentInDispatch = true;
    else process.nextTick(responseSentNT, this);
  } else if (status < 0) {
    this._onFlushed(status);
  }
  return this;
};

function responseSentNT(response) {
  connections.responseSent(response);
}

// The queued end of a response has been sent (Rust calls this), or failed.
ServerResponse.prototype._onFlushed = function(status) {
  const parser = this._parser;
  if (parser === null) return;
  if (status < 0) connections.destroy(parser, errors().errnoException(status, 'write'));
  else connections.responseSent(this);
};

ServerResponse.prototype._onFinish = function() {
  if (this._parser !== null) connections.responseSent(this);
  else OutgoingMessage.prototype._onFinish.call(this);
};

ServerResponse.prototype._isCurrent = function() {
  const parser = this._parser;
  if (parser !== null && parser.handle !== null) return parser.out === this;
  return OutgoingMessage.prototype._isCurrent.call(this);
};

ServerResponse.prototype._unsentBytes = function() {
  const parser = this._parser;
  if (parser !== null && parser.handle !== null) {
    if (parser.closed || parser.out !== this) return 0;
    return parser.handle.writeQueueSize() + (parser.socket !== null ? parser.socket.writableLength : 0);
  }
  return OutgoingMessage.prototype._unsentBytes.call(this);
};

ServerResponse.prototype._writeRaw = function(data, encoding, callback, size) {
  if (typeof encoding === 'function') {
    callback = encoding;
    encoding = undefined;
  }
  const parser = this._parser;
  if (parser === null || parser.handle === null) {
    return OutgoingMessage.prototype._writeRaw.call(this, data, encoding, callback, size);
  }
  if (parser.closed) {
    if (typeof callback === 'function') process.nextTick(callback, new (errors().codes.ERR_STREAM_DESTROYED)('write'));
    return false;
  }
  if (parser.out !== this) {
    return OutgoingMessage.prototype._writeRaw.call(this, data, encoding, callback, size);
  }
  const waiting = this._output;
  if (waiting !== null && waiting.length > 0) {
    this._output = null;
    this._onPendingData(-this.outputSize);
    this.outputSize = 0;
    for (let i = 0; i < waiting.length; i++) writeNow(this, parser, waiting[i].data, waiting[i].encoding, waiting[i].callback);
  }
  return writeNow(this, parser, data, encoding, callback);
};

function writeNow(response, parser, data, encoding, callback) {
  if (!writesNatively(response, parser)) return parser.socket.write(data, encoding, callback);
  if (data.length === 0) {
    if (callback) process.nextTick(callback, null);
    return true;
  }
  const done = (status) => {
    if (callback) callback(status < 0 ? errors().errnoException(status, 'write') : null);
    if (status < 0) connections.destroy(parser, errors().errnoException(status, 'write'));
    else if (response[kNeedDrain] && !response.finished && parser.handle.writeQueueSize() === 0) drained(response);
  };
  const status = typeof data === 'string' ?
    parser.handle.writeString(data, encoding || 'utf8', done) : parser.handle.writeBuffer(data, done);
  if (status < 0) {
    process.nextTick(done, status);
    return false;
  }
  if (status === 0 && callback) process.nextTick(callback, null);
  return parser.handle.writeQueueSize() < response.writableHighWaterMark;
}

function drained(response) {
  response[kNeedDrain] = false;
  response.emit('drain');
}

ServerResponse.prototype._flush = function() {
  const parser = this._parser;
  if (parser === null || parser.handle === null) {
    OutgoingMessage.prototype._flush.call(this);
    return;
  }
  if (this._output !== null && this._output.length > 0) this._writeRaw('', 'latin1', null);
  if (this.finished) {
    this._finish();
  } else if (this[kNeedDrain] && this._unsentBytes() === 0) {
    drained(this);
  }
};

// A server's response that is destroyed takes its connection with it.
ServerResponse.prototype.destroy = function(error) {
  const parser = this._parser;
  if (parser === null || parser.handle === null) return OutgoingMessage.prototype.destroy.call(this, error);
  if (this.destroyed) return this;
  this.destroyed = true;
  this[kErrored] = error;
  if (!parser.closed && (parser.out === this || connections.isQueued(parser, this))) connections.destroy(parser, error);
  return this;
};

ServerResponse.prototype._implicitHeader = function() {
  this.writeHead(this.statusCode);
};

/**
 * Sets the head: `writeHead(statusCode[, statusMessage][, headers])`.
 * @returns {ServerResponse} this
 */
ServerResponse.prototype.writeHead = function(statusCode, reason, headers) {
  if (this._header !== null) throw new (errors().codes.ERR_HTTP_HEADERS_SENT)('write');
  const code = statusCode | 0;
  if (code < 100 || code > 999) throw new (errors().codes.ERR_HTTP_INVALID_STATUS_CODE)(statusCode);
  let firstLine;
  if (typeof reason === 'string') {
    this.statusMessage = reason;
  } else {
    if (headers === undefined || headers === null) headers = reason;
    if (!this.statusMessage) {
      firstLine = statusLines[code];
      this.statusMessage = STATUS_CODES[code] || 'unknown';
    }
  }
  this.statusCode = code;
  if (this[kOutHeaders] !== null) {
    if (headers) mergeHeaders(this, headers);
    headers = this[kOutHeaders];
  } else if (Array.isArray(headers) && !Array.isArray(headers[0]) && headers.length % 2 !== 0) {
    throw new (errors().codes.ERR_INVALID_ARG_VALUE)('headers', headers);
  }
  if (firstLine === undefined) {
    const { statusMessage } = this;
    if (!http.checkHeaderValue(String(statusMessage))) throw new (errors().codes.ERR_INVALID_CHAR)('statusMessage');
    firstLine = `HTTP/1.1 ${code} ${statusMessage}\r\n`;
    if (statusMessage === (STATUS_CODES[code] || 'unknown')) statusLines[code] = firstLine;
  }
  if (code === 204 || code === 304 || code < 200) {
    // RFC 9110 section 6.4.1: such a response has no content.
    this._hasBody = false;
  }
  // Without 100-continue the client may or may not send its body: the connection can't be used again.
  if (this._expect_continue && !this._sent100) this.shouldKeepAlive = false;
  this._storeHeader(firstLine, headers);
  return this;
};

ServerResponse.prototype.writeHeader = ServerResponse.prototype.writeHead;

// Headers given to writeHead replace those that setHeader collected.
function mergeHeaders(response, headers) {
  if (Array.isArray(headers)) {
    const pairs = Array.isArray(headers[0]);
    if (!pairs && headers.length % 2 !== 0) throw new (errors().codes.ERR_INVALID_ARG_VALUE)('headers', headers);
    const list = [];
    if (pairs) for (let i = 0; i < headers.length; i++) list.push(headers[i][0], headers[i][1]);
    else list.push(...headers);
    for (let i = 0; i < list.length; i += 2) response.removeHeader(String(list[i]));
    for (let i = 0; i < list.length; i += 2) {
      if (list[i]) response.appendHeader(list[i], list[i + 1]);
    }
  } else {
    const keys = Object.keys(headers);
    for (let i = 0; i < keys.length; i++) {
      if (keys[i]) response.setHeader(keys[i], headers[keys[i]]);
    }
  }
}

ServerResponse.prototype.writeContinue = function(callback) {
  this._writeRaw('HTTP/1.1 100 Continue\r\n\r\n', 'ascii', callback);
  this._sent100 = true;
};

ServerResponse.prototype.writeProcessing = function(callback) {
  this._writeRaw('HTTP/1.1 102 Processing\r\n\r\n', 'ascii', callback);
};

ServerResponse.prototype.writeEarlyHints = function(hints, callback) {
  validators().validateObject(hints, 'hints');
  if (hints.link === null || hints.link === undefined) return;
  const link = connections.linkHeader(hints.link);
  if (link.length === 0) return;
  let head = `HTTP/1.1 103 Early Hints\r\nLink: ${link}\r\n`;
  for (const key of Object.keys(hints)) {
    if (key.toLowerCase() === 'link') continue;
    validateHeaderName(key);
    validateHeaderValue(key, hints[key]);
    head += `${key}: ${hints[key]}\r\n`;
  }
  this._writeRaw(`${head}\r\n`, 'ascii', callback);
};

ServerResponse.prototype.assignSocket = function(socket) {
  if (socket._httpMessage) throw new (errors().codes.ERR_HTTP_SOCKET_ASSIGNED)();
  socket._httpMessage = this;
  socket.on('close', onAssignedSocketClose);
  this._socket = socket;
  this.emit('socket', socket);
  this._flush();
};

ServerResponse.prototype.detachSocket = function(socket) {
  socket.removeListener('close', onAssignedSocketClose);
  socket._httpMessage = null;
  this._socket = null;
};

function onAssignedSocketClose() {
  if (this._httpMessage) connections.emitClose(this._httpMessage);
}

// ---- the server

function numberOption(options, name, fallback, min = 0) {
  const value = options[name];
  if (value === undefined) return fallback;
  validators().validateInteger(value, name, min);
  return value;
}

function booleanOption(options, name) {
  const value = options[name];
  if (value !== undefined) validators().validateBoolean(value, `options.${name}`);
  return value;
}

// Checks the options of a server and keeps them on it. https.Server calls this too.
function storeHTTPOptions(options) {
  this[kIncomingMessage] = options.IncomingMessage || IncomingMessage;
  this[kServerResponse] = options.ServerResponse || ServerResponse;
  this.maxHeaderSize = numberOption(options, 'maxHeaderSize', undefined);
  this.insecureHTTPParser = booleanOption(options, 'insecureHTTPParser');
  this.requestTimeout = numberOption(options, 'requestTimeout', 300_000);
  if (options.headersTimeout !== undefined) {
    this.headersTimeout = numberOption(options, 'headersTimeout', 0);
  } else {
    this.headersTimeout = this.requestTimeout > 0 ? Math.min(60_000, this.requestTimeout) : 60_000;
  }
  if (this.requestTimeout > 0 && this.headersTimeout > 0 && this.headersTimeout > this.requestTimeout) {
    throw new (errors().codes.ERR_OUT_OF_RANGE)('headersTimeout', '<= requestTimeout', options.headersTimeout);
  }
  this.keepAliveTimeout = numberOption(options, 'keepAliveTimeout', 5_000);
  this.keepAliveTimeoutBuffer = numberOption(options, 'keepAliveTimeoutBuffer', 1_000);
  this.connectionsCheckingInterval = numberOption(options, 'connectionsCheckingInterval', 30_000);
  const requireHostHeader = booleanOption(options, 'requireHostHeader');
  this.requireHostHeader = requireHostHeader === undefined ? true : requireHostHeader;
  this.joinDuplicateHeaders = booleanOption(options, 'joinDuplicateHeaders');
  this[kRejectBody] = booleanOption(options, 'rejectNonStandardBodyWrites') || false;
  if (options.optimizeEmptyRequests !== undefined) booleanOption(options, 'optimizeEmptyRequests');
  this.optimizeEmptyRequests = options.optimizeEmptyRequests || false;
  if (options.shouldUpgradeCallback !== undefined) {
    validators().validateFunction(options.shouldUpgradeCallback, 'options.shouldUpgradeCallback');
    this.shouldUpgradeCallback = options.shouldUpgradeCallback;
  } else {
    this.shouldUpgradeCallback = hasUpgradeListener;
  }
}

function hasUpgradeListener() {
  return this.listenerCount('upgrade') > 0;
}

/**
 * An HTTP server.
 * @param {object} [options]
 * @param {Function} [requestListener]
 */
function Server(options, requestListener) {
  if (!(this instanceof Server)) return new Server(options, requestListener);
  if (typeof options === 'function') {
    requestListener = options;
    options = {};
  } else if (options === undefined || options === null) {
    options = {};
  } else {
    validators().validateObject(options, 'options');
    options = Object.assign({}, options);
  }
  storeHTTPOptions.call(this, options);
  NetServer.call(this, {
    allowHalfOpen: true,
    noDelay: options.noDelay === undefined ? true : options.noDelay,
    keepAlive: options.keepAlive,
    keepAliveInitialDelay: options.keepAliveInitialDelay,
    highWaterMark: options.highWaterMark,
  });
  if (requestListener) this.on('request', requestListener);
  // The other side may end its half; by default that ends the connection.
  this.httpAllowHalfOpen = false;
  this.on('connection', connections.connectionListener);
  this.on('listening', startChecking);
  this.timeout = 0;
  this.maxHeadersCount = null;
  this.maxRequestsPerSocket = 0;
  this[kConnections] = new Set();
  this[kCheckTimer] = null;
  this[kUniqueHeaders] = require('_http_outgoing').parseUniqueHeadersOption(options.uniqueHeaders);
}
Object.setPrototypeOf(Server.prototype, NetServer.prototype);
Object.setPrototypeOf(Server, NetServer);

Server.prototype._onHandleConnection = connections.onHandleConnection;

// Looks for requests that take too long, from time to time.
function startChecking() {
  if (!this[kConnections]) this[kConnections] = new Set();
  clearInterval(this[kCheckTimer]);
  this[kCheckTimer] = setInterval(connections.checkConnections, this.connectionsCheckingInterval, this).unref();
}

function httpServerPreClose(server) {
  server.closeIdleConnections();
  clearInterval(server[kCheckTimer]);
}

Server.prototype.close = function(callback) {
  httpServerPreClose(this);
  NetServer.prototype.close.call(this, callback);
  return this;
};

Server.prototype[Symbol.asyncDispose || Symbol.for('Symbol.asyncDispose')] = async function() {
  await new Promise((resolve, reject) => this.close((err) => (err ? reject(err) : resolve())));
};

Server.prototype.closeAllConnections = function() {
  for (const parser of [...this[kConnections]]) connections.destroy(parser);
};

Server.prototype.closeIdleConnections = function() {
  if (!this[kConnections]) return;
  for (const parser of [...this[kConnections]]) {
    if (connections.isIdle(parser)) connections.destroy(parser);
  }
};

Server.prototype.setTimeout = function(msecs, callback) {
  this.timeout = msecs;
  if (callback) this.on('timeout', callback);
  return this;
};

// A rejected promise of a listener becomes a 500, or a closed connection.
Server.prototype[Symbol.for('nodejs.rejection')] = function(err, event, ...args) {
  switch (event) {
    case 'request': {
      const { 1: res } = args;
      if (!res.headersSent && !res.writableEnded) {
        for (const name of res.getHeaderNames()) res.removeHeader(name);
        res.statusCode = 500;
        res.end(STATUS_CODES[500]);
      } else {
        res.destroy();
      }
      break;
    }
    default:
      NetServer.prototype[Symbol.for('nodejs.rejection')].call(this, err, event, ...args);
  }
};

connections.setClasses(kIncomingMessage, kServerResponse, IncomingMessage, ServerResponse, kRejectBody, kUniqueHeaders);

module.exports = {
  STATUS_CODES, Server, ServerResponse, storeHTTPOptions, httpServerPreClose, kConnections,
  setupConnectionsTracking: startChecking,
  _connectionListener: connections.connectionListener,
  kServerResponse, kIncomingMessage, kConnectionsCheckingInterval: kCheckTimer,
};
