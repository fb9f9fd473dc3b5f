'use strict';

// _http_client: http.ClientRequest.
// API: https://nodejs.org/docs/latest-v24.x/api/http.html#class-httpclientrequest
// Binding http: newParser, checkToken; parser methods execute, finish, skipBody, pause, resume, release.
//
// A request is made without a connection; its agent (or createConnection) calls onSocket when there is one. The socket's
// 'data' feeds the parser, whose events make the IncomingMessage. When the response has ended and the request was sent, the
// socket goes back to the agent or closes.

const { OutgoingMessage, kOutHeaders, kNeedDrain, kErrored, kUniqueHeaders, parseUniqueHeadersOption } =
  require('_http_outgoing');
const { IncomingMessage } = require('_http_incoming');
const common = require('_http_common');
const { own, timed, startTimer, stopTimer } = require('internal/diagnostics');
const http = binding('http');

const { KEEP_ALIVE, UPGRADE, OTHER_VERSION } = common;
const kError = Symbol('error');
const kPath = Symbol('path');

function errors() { return require('internal/errors'); }
function validators() { return require('internal/validators'); }

const BAD_PATH = /[^\u0021-\u00ff]/;

const role = {
  head: onHead, body: onBody, end: onEnd, error: onError, upgrade: onUpgrade, eof() {}, idle() {},
};

function validateHost(host, name) {
  if (host !== null && host !== undefined && typeof host !== 'string') {
    throw new (errors().codes.ERR_INVALID_ARG_TYPE)(`options.${name}`, ['string', 'undefined', 'null'], host);
  }
  return host;
}

function isURL(value) {
  return value !== null && typeof value === 'object' && typeof value.href === 'string' &&
    typeof value.protocol === 'string' && value.auth === undefined && value.path === undefined;
}

// The options that a URL object stands for.
function urlToOptions(url) {
  const options = Object.assign({ __proto__: null }, url);
  options.protocol = url.protocol;
  options.hostname = url.hostname.startsWith('[') ? url.hostname.slice(1, -1) : url.hostname;
  options.hash = url.hash;
  options.search = url.search;
  options.pathname = url.pathname;
  options.path = `${url.pathname || ''}${url.search || ''}`;
  options.href = url.href;
  if (url.port !== '') options.port = Number(url.port);
  if (url.username || url.password) {
    options.auth = `${decodeURIComponent(url.username)}:${decodeURIComponent(url.password)}`;
  }
  return options;
}

/**
 * A request to be sent: `ClientRequest(url[, options][, cb])` or `ClientRequest(options[, cb])`.
 */
function ClientRequest(input, options, cb) {
  if (!(this instanceof ClientRequest)) return new ClientRequest(input, options, cb);
  const { codes } = errors();
  if (typeof input === 'string') {
    input = urlToOptions(new URL(input));
  } else if (isURL(input)) {
    input = urlToOptions(input);
  } else {
    cb = options;
    options = input;
    input = null;
  }
  if (typeof options === 'function') {
    cb = options;
    options = input || {};
  } else {
    options = Object.assign(input || {}, options);
  }
  OutgoingMessage.call(this);
  initAgent(this, options);
  const { defaultPort = options.defaultPort || (this.agent && this.agent.defaultPort) } = {};
  const protocol = options.protocol || (options._defaultAgent || this.agent || require('_http_agent').globalAgent).protocol;
  let expected = (options._defaultAgent || require('_http_agent').globalAgent).protocol;
  if (this.agent && this.agent.protocol) expected = this.agent.protocol;

  if (options.path) {
    const path = String(options.path);
    if (BAD_PATH.test(path)) throw new codes.ERR_UNESCAPED_CHARACTERS('Request path');
  }
  if (protocol !== expected) throw new codes.ERR_INVALID_PROTOCOL(protocol, expected);

  const port = options.port = options.port || defaultPort || 80;
  const host = options.host = validateHost(options.hostname, 'hostname') || validateHost(options.host, 'host') || 'localhost';
  const setHost = options.setHost !== undefined ? Boolean(options.setHost) : options.setDefaultHeaders !== false;
  this._removedConnection = options.setDefaultHeaders === false;
  this._removedContLen = options.setDefaultHeaders === false;
  this._removedTE = options.setDefaultHeaders === false;

  this.socketPath = options.socketPath;
  if (options.timeout !== undefined) {
    this.timeout = require('internal/net/socket').timerDuration(options.timeout, 'timeout');
  }
  if (options.signal) require('stream').addAbortSignal(options.signal, this);
  initMethod(this, options);
  initParserOptions(this, options);
  this.path = options.path || '/';
  if (cb) this.once('response', cb);
  initState(this, host, protocol);
  this[kUniqueHeaders] = parseUniqueHeadersOption(options.uniqueHeaders);

  const headersArray = Array.isArray(options.headers);
  if (!headersArray) {
    setHeaders(this, options, host, port, defaultPort, setHost);
  } else {
    this._storeHeader(`${this.method} ${this.path} HTTP/1.1\r\n`, options.headers);
  }
  if (timed.http !== undefined) startTimer(this);
  if (own['http.client.request.created'] !== undefined) own['http.client.request.created'].publish({ request: this });
  start(this, options);
}
Object.setPrototypeOf(ClientRequest.prototype, OutgoingMessage.prototype);
Object.setPrototypeOf(ClientRequest, OutgoingMessage);

function initAgent(req, options) {
  const { Agent, globalAgent } = require('_http_agent');
  let { agent } = options;
  const defaultAgent = options._defaultAgent || currentGlobalAgent(globalAgent);
  if (agent === false) {
    agent = new defaultAgent.constructor();
  } else if (agent === null || agent === undefined) {
    if (typeof options.createConnection !== 'function') agent = defaultAgent;
    // Explicitly pass through this statement as agent will not be used when createConnection is provided.
  } else if (typeof agent.addRequest !== 'function') {
    throw new (errors().codes.ERR_INVALID_ARG_TYPE)(
      'options.agent', ['Agent-like Object', 'undefined', 'false'], agent);
  }
  req.agent = agent;
  if (Agent === undefined) req.agent = undefined;
}

// http.globalAgent may have been replaced.
function currentGlobalAgent(fallback) {
  return require('http').globalAgent || fallback;
}

function initMethod(req, options) {
  const { codes } = errors();
  const { method } = options;
  if (method !== null && method !== undefined && typeof method !== 'string') {
    throw new codes.ERR_INVALID_ARG_TYPE('options.method', 'string', method);
  }
  if (method) {
    if (!http.checkToken(method)) throw new codes.ERR_INVALID_HTTP_TOKEN('Method', method);
    req.method = method.toUpperCase();
  } else {
    req.method = 'GET';
  }
  // RFC 9110: these have no content by default.
  const bodiless = ['GET', 'HEAD', 'DELETE', 'OPTIONS', 'TRACE', 'CONNECT'];
  req.useChunkedEncodingByDefault = !bodiless.includes(req.method);
}

function initParserOptions(req, options) {
  const { validateInteger, validateBoolean } = validators();
  if (options.maxHeaderSize !== undefined) validateInteger(options.maxHeaderSize, 'maxHeaderSize', 0);
  req.maxHeaderSize = options.maxHeaderSize;
  if (options.insecureHTTPParser !== undefined) {
    validateBoolean(options.insecureHTTPParser, 'options.insecureHTTPParser');
  }
  req.insecureHTTPParser = options.insecureHTTPParser;
  if (options.joinDuplicateHeaders !== undefined) {
    validateBoolean(options.joinDuplicateHeaders, 'options.joinDuplicateHeaders');
  }
  req.joinDuplicateHeaders = options.joinDuplicateHeaders;
}

function initState(req, host, protocol) {
  req._ended = false;
  req.res = null;
  req.aborted = false;
  req.upgradeOrConnect = false;
  req.parser = null;
  req.maxHeadersCount = null;
  req.reusedSocket = false;
  req.host = host;
  req.protocol = protocol;
  req.timeoutCb = null;
  if (req.agent) {
    // Without keep-alive or a limit, the connection serves this request only.
    if (!req.agent.keepAlive && !Number.isFinite(req.agent.maxSockets)) {
      req._last = true;
      req.shouldKeepAlive = false;
    } else {
      req._last = false;
      req.shouldKeepAlive = true;
    }
  }
}

function setHeaders(req, options, host, port, defaultPort, setHost) {
  const { headers } = options;
  if (headers) {
    for (const name of Object.keys(headers)) req.setHeader(name, headers[name]);
  }
  if (host && !req.getHeader('host') && setHost) {
    let value = host;
    // An IPv6 address stands in brackets.
    if (value.includes(':') && value.indexOf(':') !== value.lastIndexOf(':') && !value.startsWith('[')) value = `[${value}]`;
    if (port && +port !== defaultPort) value += `:${port}`;
    req.setHeader('Host', value);
  }
  if (options.auth && !req.getHeader('Authorization')) {
    req.setHeader('Authorization', `Basic ${Buffer.from(options.auth).toString('base64')}`);
  }
  if (req.getHeader('expect')) {
    if (req._header) throw new (errors().codes.ERR_HTTP_HEADERS_SENT)('render');
    req._storeHeader(`${req.method} ${req.path} HTTP/1.1\r\n`, req[kOutHeaders]);
  }
}

// Asks for a connection.
function start(req, options) {
  if (req.socketPath) {
    req._last = !req.agent || !req.agent.keepAlive;
    req.shouldKeepAlive = !req._last;
  }
  // The signal is the request's, not the connection's.
  options.signal = undefined;
  let called = false;
  const onCreate = (err, socket) => {
    if (called) return;
    called = true;
    if (err) process.nextTick(emitErrorNT, req, err);
    else req.onSocket(socket);
  };
  if (req.agent) {
    req.agent.addRequest(req, options.socketPath ? Object.assign({}, options, { path: options.socketPath }) :
      Object.assign({}, options, { path: undefined }));
    return;
  }
  req._last = true;
  req.shouldKeepAlive = false;
  const connectOptions = Object.assign({}, options, { path: options.socketPath });
  const create = typeof options.createConnection === 'function' ? options.createConnection : require('net').createConnection;
  const socket = create(connectOptions, onCreate);
  if (socket && !called) {
    called = true;
    req.onSocket(socket);
  }
}

const defaults = { finished: false, _ended: false, agent: undefined, timeout: undefined, res: null };
for (const name of Object.keys(defaults)) {
  if (name in OutgoingMessage.prototype) continue;
  Object.defineProperty(ClientRequest.prototype, name, {
    __proto__: null, configurable: true, writable: true, enumerable: false, value: defaults[name],
  });
}

Object.defineProperty(ClientRequest.prototype, 'path', {
  __proto__: null, configurable: true, enumerable: true,
  get() { return this[kPath]; },
  set(value) {
    const path = String(value);
    if (BAD_PATH.test(path)) throw new (errors().codes.ERR_UNESCAPED_CHARACTERS)('Request path');
    this[kPath] = path;
  },
});

ClientRequest.prototype._finish = function() {
  OutgoingMessage.prototype._finish.call(this);
  if (own['http.client.request.start'] !== undefined) own['http.client.request.start'].publish({ request: this });
};

ClientRequest.prototype._implicitHeader = function() {
  if (this._header) throw new (errors().codes.ERR_HTTP_HEADERS_SENT)('render');
  this._storeHeader(`${this.method} ${this.path} HTTP/1.1\r\n`, this[kOutHeaders]);
};

ClientRequest.prototype.abort = function() {
  if (this.aborted) return;
  this.aborted = true;
  process.nextTick(emitAbortNT, this);
  this.destroy();
};

function emitError(req, error) {
  if (own['http.client.request.error'] !== undefined) {
    own['http.client.request.error'].publish({ request: req, error });
  }
  req.emit('error', error);
}

function emitAbortNT(req) {
  req.emit('abort');
}

ClientRequest.prototype.destroy = function(err) {
  if (this.destroyed) return this;
  this.destroyed = true;
  // A response that is under way is destroyed too.
  if (this.res) this.res._dump();
  this[kError] = err;
  if (err !== undefined) this[kErrored] = err;
  if (this._socket) destroySocket(this, this._socket, err);
  return this;
};

// Ends the request together with its socket.
function destroySocket(req, socket, err) {
  if (!req.agent || req._socket) socket.destroy(err);
  else socket.emit('free');
  if (!req._socketless && (!socket || socket.destroyed) && req._socket !== socket) {
    process.nextTick(closeNT, req, err);
  }
}

function closeNT(req, err) {
  if (!req.res && !err) err = req._hadError ? null : errors().connResetException('socket hang up');
  if (err && !req._hadError) {
    req._hadError = true;
    emitError(req, err);
  }
  req._closed = true;
  req.emit('close');
}

function emitErrorNT(req, err) {
  req._hadError = true;
  req.destroyed = true;
  emitError(req, err);
  req._closed = true;
  req.emit('close');
}

/**
 * The connection for this request, or the error of getting one.
 */
ClientRequest.prototype.onSocket = function(socket, err) {
  process.nextTick(onSocketNT, this, socket, err);
};

function onSocketNT(req, socket, err) {
  if (req.destroyed || err) {
    let failure = req.destroyed ? req[kError] : err;
    if (!failure && socket?.errored) failure = socket.errored;
    if (!failure && !req.res && !req.aborted) failure = errors().connResetException('socket hang up');
    if (socket) {
      // The connection was not used: it stays good for another request.
      if (!err && req.agent && !socket.destroyed) {
        socket._httpMessage = null;
        socket.emit('free');
      } else {
        socket.on('error', ignore);
        socket.destroy();
      }
    }
    req.destroyed = true;
    if (failure && !req._hadError) {
      req._hadError = true;
      emitError(req, failure);
    }
    req._closed = true;
    req.emit('close');
    return;
  }
  attach(req, socket);
}

function ignore() {}

function attach(req, socket) {
  const lenient = req.insecureHTTPParser === undefined ?
    process.execArgv.includes('--insecure-http-parser') : req.insecureHTTPParser;
  const pairs = typeof req.maxHeadersCount === 'number' ? req.maxHeadersCount : 2000;
  const parser = http.newParser(1, req.maxHeaderSize || require('http').maxHeaderSize || 16384, pairs, lenient);
  parser.role = role;
  parser.socket = socket;
  parser.outgoing = req;
  parser.incoming = null;
  parser.closed = false;
  parser.failed = null;
  parser.upgraded = false;
  req._socket = socket;
  req.parser = parser;
  socket.parser = parser;
  socket._httpMessage = req;
  socket.on('error', socketError);
  socket.on('data', socketData);
  socket.on('end', socketEnd);
  socket.on('close', socketClose);
  socket.on('drain', socketDrain);
  if (req.timeout !== undefined || (req.agent && req.agent.options && req.agent.options.timeout)) {
    listenTimeout(req);
  }
  req.emit('socket', socket);
  req._flush();
}

// The request no longer uses its socket.
function detach(req, socket) {
  const { parser } = req;
  socket.removeListener('error', socketError);
  socket.removeListener('data', socketData);
  socket.removeListener('end', socketEnd);
  socket.removeListener('close', socketClose);
  socket.removeListener('drain', socketDrain);
  if (req.timeoutCb) {
    socket.removeListener('timeout', req.timeoutCb);
    req.timeoutCb = null;
  }
  socket.removeListener('timeout', emitRequestTimeout);
  socket.removeListener('timeout', emitResponseTimeout);
  if (parser) {
    parser.closed = true;
    parser.release();
    req.parser = null;
  }
  socket.parser = null;
}

function socketDrain() {
  const req = this._httpMessage;
  if (req && req[kNeedDrain] && !req.finished) {
    req[kNeedDrain] = false;
    req.emit('drain');
  }
}

function socketError(err) {
  const req = this._httpMessage;
  if (req) {
    req._hadError = true;
    emitError(req, err);
  }
  const { parser } = this;
  if (parser && !parser.closed && !parser.failed) finishParser(parser);
  this.destroy();
}

function finishParser(parser) {
  parser.finishing = true;
  parser.finish();
}

function socketEnd() {
  const req = this._httpMessage;
  const { parser } = this;
  if (!parser || !req) return;
  if (!req.res && !req._hadError) {
    // No response, and no other error was told: the server hung up.
    req._hadError = true;
    emitError(req, errors().connResetException('socket hang up'));
  }
  if (!parser.closed && !parser.failed) {
    parser.ignoreErrors = Boolean(req._hadError);
    parser.finish();
  }
  this.end();
}

function socketData(chunk) {
  const { parser } = this;
  const req = this._httpMessage;
  if (!parser || !req) return;
  parser.execute(chunk);
  if (parser.closed || parser.failed) return;
}

// The response could not be parsed.
function onError(parser, err) {
  parser.failed = err;
  const { socket, outgoing: req } = parser;
  if (parser.ignoreErrors) return;
  if (err.code === 'HPE_INVALID_EOF_STATE') {
    // The connection ended in the middle: 'close' of the socket aborts the response.
    return;
  }
  detach(req, socket);
  socket.on('error', ignore);
  socket.destroy();
  req._hadError = true;
  emitError(req, err);
  endWithError(req, socket, err);
}

function endWithError(req, socket) {
  const { res } = req;
  if (res && !res.complete) res.destroy(errors().connResetException('aborted'));
  socket.once('close', () => {
    if (req._closed) return;
    req.destroyed = true;
    req._closed = true;
    req.emit('close');
  });
}

function socketClose() {
  const req = this._httpMessage;
  if (!req) return;
  const { parser } = this;
  // A response of unknown length ends with the connection.
  if (parser && !parser.closed && !parser.failed) parser.finish();
  const { res } = req;
  req.destroyed = true;
  if (res) {
    // Data may wait in the socket; it was all read, since 'close' comes last.
    if (!res.complete) res.destroy(errors().connResetException('aborted'));
    req._closed = true;
    req.emit('close');
    if (!res.aborted && res.readable) res.push(null);
  } else {
    if (!req._hadError) {
      req._hadError = true;
      emitError(req, req[kError] || errors().connResetException('socket hang up'));
    }
    req._closed = true;
    req.emit('close');
  }
  // Requests that wait go on when the socket is gone.
  if (req.outputSize) req._flush();
  if (parser) detach(req, this);
}

function onHead(parser, status, reason, raw, flags) {
  const { socket, outgoing: req } = parser;
  if (status < 200 && status !== 101 && (flags & UPGRADE) === 0) {
    onInformation(req, status, reason, raw, flags);
    return;
  }
  if (req.res) {
    // A second response to one request: whoever sent it, nobody asked.
    socket.destroy();
    return;
  }
  const res = new IncomingMessage(socket);
  res._raw = raw;
  res.statusCode = status;
  res.statusMessage = reason;
  res._parser = parser;
  if ((flags & OTHER_VERSION) !== 0) common.setVersion(res, flags);
  if (req.joinDuplicateHeaders) res.joinDuplicateHeaders = true;
  req.res = res;
  res.req = req;

  const isConnect = req.method === 'CONNECT';
  if (isConnect || ((flags & UPGRADE) !== 0 && status === 101)) {
    parser.skipBody();
    parser.setUpgrade(true);
    res.upgrade = true;
    req.upgradeOrConnect = true;
    return;
  }
  if ((flags & UPGRADE) !== 0) parser.setUpgrade(false);
  parser.incoming = res;
  if (req.method === 'HEAD') parser.skipBody();
  if (req.shouldKeepAlive && (flags & KEEP_ALIVE) === 0 && !(req.method === 'HEAD' && keepsAlive(res))) {
    // The server closes the connection after this.
    req.shouldKeepAlive = false;
  }
  if (req.timeoutCb === null && req.timeout === undefined) socket.removeListener('timeout', emitRequestTimeout);
  socket.on('timeout', emitResponseTimeout);
  // Before any listener of the program, so that the program sees a request that has ended.
  res.on('end', onResponseEnd);
  if (timed.http !== undefined) {
    stopTimer('http', req, 'HttpClient', {
      req: { method: req.method, url: `${req.protocol}//${req.host}${req.path}`, headers: req.getHeaders() },
      res: { statusCode: res.statusCode, statusMessage: res.statusMessage, headers: res.headers },
    });
  }
  if (own['http.client.response.finish'] !== undefined) {
    own['http.client.response.finish'].publish({ request: req, response: res });
  }
  const handled = req.emit('response', res);
  if (!handled) res._dump();
  if (req.aborted) res._dump();
}

// The flags say close when a body of unknown length was announced; a HEAD response has none.
function keepsAlive(res) {
  return res.httpVersionMinor > 0 && !/\bclose\b/i.test(res.headers.connection || '');
}

function onInformation(req, statusCode, statusMessage, raw, flags) {
  const info = {
    statusCode, statusMessage,
    httpVersion: '1.1', httpVersionMajor: 1, httpVersionMinor: 1,
    headers: http.headersObject(raw, false),
    rawHeaders: http.rawHeaders(raw),
  };
  if ((flags & OTHER_VERSION) !== 0) common.setVersion(info, flags);
  if (statusCode === 100) req.emit('continue');
  req.emit('information', info);
}

function onBody(parser, chunk) {
  const res = parser.incoming;
  if (res === null || res._dumped) return;
  if (!res.push(chunk)) pauseReading(parser);
}

function pauseReading(parser) {
  const { socket } = parser;
  parser.pause();
  socket.pause();
  parser.incoming._parser = {
    incoming: parser.incoming,
    resume() {
      parser.resume();
      socket.resume();
    },
  };
}

function onEnd(parser, trailers) {
  const res = parser.incoming;
  if (res === null) return;
  const { socket } = parser;
  parser.incoming = null;
  res.complete = true;
  res._parser = null;
  if (trailers !== '') res._rawTrailers = trailers;
  // All of the response was read: the socket is free when the program has seen the end.
  if (res._dumped && !res.readableFlowing) res.resume();
  res.push(null);
  if (parser.closed) return;
  if (socket._readableState && socket.isPaused && socket.isPaused() && !socket.destroyed) socket.resume();
}

function onResponseEnd() {
  responseEnded(this.req);
}

function responseEnded(req) {
  req._ended = true;
  const { _socket: socket } = req;
  if (!socket || socket._httpMessage !== req) return;
  if (!req.shouldKeepAlive) {
    if (socket.writable) {
      if (typeof socket.destroySoon === 'function') socket.destroySoon();
      else socket.end();
    }
    return;
  }
  if (req.writableFinished && !req.destroyed) {
    releaseSocket(req);
  } else if (!req.destroyed) {
    // The response came before the request was sent to the end.
    req.once('finish', () => releaseSocket(req));
  }
}

// Gives the socket back to the agent.
function releaseSocket(req) {
  const { _socket: socket } = req;
  if (!socket || socket._httpMessage !== req || req._released) return;
  req._released = true;
  req.destroyed = true;
  detach(req, socket);
  socket.on('error', ignore);
  process.nextTick(freeNT, req, socket);
}

function freeNT(req, socket) {
  socket.removeListener('error', ignore);
  req._closed = true;
  req.destroyed = true;
  req.emit('close');
  socket.emit('free');
}

function onUpgrade(parser, rest) {
  const { socket, outgoing: req } = parser;
  const { res } = req;
  if (!res) return;
  const event = req.method === 'CONNECT' ? 'connect' : 'upgrade';
  res.complete = true;
  res._bodiless = true;
  res._parser = null;
  detach(req, socket);
  socket._httpMessage = null;
  if (req.listenerCount(event) > 0) {
    req.upgradeOrConnect = true;
    socket.emit('agentRemove');
    socket.readableFlowing = null;
    req.emit(event, res, socket, rest);
    req.destroyed = true;
    req._closed = true;
    req.emit('close');
  } else {
    // Nobody knows the other protocol.
    socket.destroy();
    if (event === 'connect') {
      socket.once('close', () => {
        if (!req._hadError) req.emit('close');
      });
    }
    req.destroyed = true;
    req._closed = true;
    req.emit('close');
  }
}

// ---- timeouts and socket settings

function emitRequestTimeout() {
  const req = this._httpMessage;
  if (req) req.emit('timeout');
}

function emitResponseTimeout() {
  const req = this._httpMessage;
  if (req && req.res) req.res.emit('timeout');
}

function listenTimeout(req) {
  if (req.timeoutCb) return;
  req.timeoutCb = emitRequestTimeout;
  const set = (socket) => socket.once('timeout', emitRequestTimeout);
  if (req._socket) set(req._socket);
  else req.on('socket', set);
}

ClientRequest.prototype.setTimeout = function(msecs, callback) {
  if (this._ended) return this;
  msecs = require('internal/net/socket').timerDuration(msecs, 'msecs');
  if (callback) this.once('timeout', callback);
  const socket = this._socket;
  if (socket) {
    setSocketTimeout(socket, msecs);
    listenTimeout(this);
  } else {
    this.once('socket', (socket) => {
      setSocketTimeout(socket, msecs);
      listenTimeout(this);
    });
  }
  return this;
};

// The time begins when the connection is there.
function setSocketTimeout(socket, msecs) {
  if (socket.connecting) {
    socket.once('connect', function() {
      socket.setTimeout(msecs);
    });
  } else {
    socket.setTimeout(msecs);
  }
}

function withSocket(req, method, args) {
  const call = (socket) => {
    if (typeof socket[method] === 'function') socket[method](...args);
  };
  const whenConnected = (socket) => {
    if (socket.connecting) socket.once('connect', () => call(socket));
    else call(socket);
  };
  if (req._socket) whenConnected(req._socket);
  else req.once('socket', whenConnected);
}

ClientRequest.prototype.setNoDelay = function(noDelay) {
  withSocket(this, 'setNoDelay', [noDelay]);
};

ClientRequest.prototype.setSocketKeepAlive = function(enable, initialDelay) {
  withSocket(this, 'setKeepAlive', [enable, initialDelay]);
};

ClientRequest.prototype.clearTimeout = function(callback) {
  this.setTimeout(0, callback);
};

module.exports = { ClientRequest };
