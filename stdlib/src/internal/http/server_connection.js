'use strict';

// internal/http/server_connection: one connection of an http.Server, from its first byte to its close.
// API: https://nodejs.org/docs/latest-v24.x/api/http.html#class-httpserver
// Binding http: newParser; parser methods consume, unconsume, execute, finish, pause, resume, skipBody, setUpgrade,
// setIdle, overdue, isIdle, release.
//
// A connection is its parser (a Rust object); this file hangs the rest of its state on it:
//
//   server, handle, socket     the handle is null when the connection came as a stream ('connection' was emitted by hand);
//                              the socket is null until somebody wants one (materialize)
//   incoming                   the request whose body is being read
//   out, queue                 the response that is being written, and those behind it (pipelining), or null
//   dispatching                the response whose 'request' listeners are running
//
// A connection that was accepted by the server's own handle is read and parsed in Rust, and most are never more than
// parser and handle: no net.Socket, no stream, no listener.

const { Socket, kTimeout } = require('internal/net/socket');
const { kOwner } = require('internal/net/server');
const common = require('_http_common');
const { own, timed, startTimer, stopTimer } = require('internal/diagnostics');
const { isTouched, kMaterialize, kSocket } = require('_http_incoming');
const http = binding('http');

const { KEEP_ALIVE, UPGRADE, HAS_BODY, HAS_HOST, HAS_EXPECT, OTHER_VERSION } = common;
const kConnections = Symbol('connections');
const ECONNRESET = -104;

let kIncomingMessage;
let kServerResponse;
let kRejectBody;
let kUniqueHeaders;
let IncomingMessage;
let ServerResponse;

// _http_server tells its classes: it requires this file, so this file can't require it.
function setClasses(incomingKey, responseKey, incomingClass, responseClass, rejectKey, uniqueKey) {
  kIncomingMessage = incomingKey;
  kServerResponse = responseKey;
  IncomingMessage = incomingClass;
  ServerResponse = responseClass;
  kRejectBody = rejectKey;
  kUniqueHeaders = uniqueKey;
}

function errors() { return require('internal/errors'); }

const role = {
  head: onHead, body: onBody, end: onEnd, error: onError, upgrade: onUpgrade, eof: onEof, idle: onIdle,
};

function newConnection(server, handle, socket) {
  const max = server.maxHeaderSize === undefined ? require('http').maxHeaderSize : server.maxHeaderSize;
  const lenient = server.insecureHTTPParser === undefined ? isLenientByDefault() : server.insecureHTTPParser;
  const pairs = typeof server.maxHeadersCount === 'number' ? server.maxHeadersCount : 2000;
  const parser = http.newParser(0, max || 16384, pairs, lenient);
  parser.role = role;
  parser.server = server;
  parser.handle = handle;
  parser.socket = socket;
  parser.incoming = null;
  parser.out = null;
  parser.queue = null;
  parser.dispatching = null;
  parser.closed = false;
  parser.told = false;
  parser.upgrading = null;
  parser.requests = 0;
  parser.queuedBytes = 0;
  parser.failed = false;
  parser[kMaterialize] = materializeThis;
  server[kConnections].add(parser);
  return parser;
}

function isLenientByDefault() {
  return process.execArgv.includes('--insecure-http-parser') ||
    (process.env.NODE_OPTIONS || '').includes('--insecure-http-parser');
}

// ---- connections begin

// The listening handle accepted a connection (`this` is that handle).
function onHandleConnection(status, handle) {
  const server = this[kOwner];
  if (!server) return;
  if (status) {
    server.emit('error', errors().errnoException(status, 'accept'));
    return;
  }
  if (!server._admits(handle)) return;
  const parser = newConnection(server, handle, null);
  server._connections++;
  if (server.noDelay && handle.setNoDelay) handle.setNoDelay(true);
  if (server.keepAlive && handle.setKeepAlive) handle.setKeepAlive(true, server.keepAliveInitialDelay);
  parser.consume(handle);
  // Our own listener is one; a second one wants to see the socket.
  if (own['net.server.socket'] !== undefined) own['net.server.socket'].publish({ socket: materialize(parser) });
  if (server.timeout || server.listenerCount('connection') > 1 || server._wantsSockets) {
    server.emit('connection', materialize(parser));
  }
}

// The server's own 'connection' listener: also for streams the program passes in by emitting the event.
function connectionListener(socket) {
  if (socket._httpNative) return;
  socket.setEncoding = refuseEncoding;
  const server = this;
  if (!server[kConnections]) server[kConnections] = new Set();
  const parser = newConnection(server, null, socket);
  socket.parser = parser;
  socket.server ||= server;
  socket._httpMessage = null;
  if (server.timeout && typeof socket.setTimeout === 'function') socket.setTimeout(server.timeout);
  watch(parser, socket);
  readFrom(parser, socket);
}

// Feeds the parser from a stream.
function readFrom(parser, socket) {
  parser.onData = (chunk) => {
    if (parser.closed) return;
    parser.execute(chunk);
    if (parser.held && !socket._paused) socket.pause();
  };
  parser.onStreamEnd = () => {
    if (!parser.closed) peerEnded(parser);
  };
  socket.on('data', parser.onData);
  socket.on('end', parser.onStreamEnd);
}

function watch(parser, socket) {
  socket.on('error', onSocketError);
  socket.on('close', onSocketClose);
  socket.on('timeout', onSocketTimeout);
  socket.on('drain', onSocketDrain);
}

function unwatch(parser, socket) {
  socket.removeListener('error', onSocketError);
  socket.removeListener('close', onSocketClose);
  socket.removeListener('timeout', onSocketTimeout);
  socket.removeListener('drain', onSocketDrain);
  if (parser.onData) socket.removeListener('data', parser.onData);
  if (parser.onStreamEnd) socket.removeListener('end', parser.onStreamEnd);
}

// Makes the net.Socket of a native connection.
function materialize(parser) {
  if (parser.socket !== null) return parser.socket;
  const { server, handle } = parser;
  if (parser.closed) {
    parser.socket = new Socket();
    parser.socket.destroyed = true;
    parser.socket.server = server;
    return parser.socket;
  }
  const socket = new Socket({
    handle, allowHalfOpen: true, manualStart: true,
    readableHighWaterMark: server.highWaterMark, writableHighWaterMark: server.highWaterMark,
  });
  handle.reading = true;
  parser.socket = socket;
  socket._httpNative = true;
  socket.setEncoding = refuseEncoding;
  socket.parser = parser;
  socket.server = server;
  socket._server = server;
  socket._httpMessage = parser.out;
  if (server.timeout) socket.setTimeout(server.timeout);
  watch(parser, socket);
  // Whoever listens to the bytes gets them: the parser is then fed from the stream.
  socket.on = socket.addListener = socket.prependListener = onSocketListener;
  socket.push = pushToParser;
  return socket;
}

// RFC 9112 section 2.2: a message is parsed as bytes.
function refuseEncoding() {
  throw new (errors().codes.ERR_HTTP_SOCKET_ENCODING)();
}

function materializeThis() {
  return materialize(this);
}

// Bytes that a program puts into the socket of a native connection are the connection's bytes.
function pushToParser(chunk, encoding) {
  const { parser } = this;
  if (chunk === null || !parser || parser.handle === null || parser.closed) {
    return Socket.prototype.push.call(this, chunk, encoding);
  }
  parser.execute(typeof chunk === 'string' ? Buffer.from(chunk, encoding) : chunk);
  return true;
}

function onSocketListener(event, listener) {
  const { parser } = this;
  const result = Socket.prototype.on.call(this, event, listener);
  if ((event === 'data' || event === 'readable') && parser && parser.handle !== null && !parser.closed) {
    detachNative(parser);
    readFrom(parser, this);
  }
  return result;
}

// From a native connection to one over its socket's stream.
function detachNative(parser) {
  const { socket, out } = parser;
  stopIntercepting(socket);
  const rest = parser.unconsume();
  parser.handle = null;
  socket._handle.reading = false;
  if (out !== null) adopt(out, socket);
  if (parser.queue !== null) for (const res of parser.queue) res._parser = parser;
  socket.read(0);
  return rest;
}

function stopIntercepting(socket) {
  delete socket.on;
  delete socket.addListener;
  delete socket.prependListener;
  delete socket.push;
}

function adopt(res, socket) {
  res._socket = socket;
  socket._httpMessage = res;
}

// Whether a response may be written around a socket's stream: nothing waits in it.
function isQuiet(socket, handle) {
  return socket._handle === handle && socket._writableState.length === 0 && !socket._writableState.corked &&
    socket[kTimeout] === null && !Object.hasOwn(socket, 'write');
}

// ---- requests

function acceptsChunked(req) {
  return common.chunkExpression.test(req.headers.te);
}

function onHead(parser, method, url, raw, flags) {
  const { server } = parser;
  const Incoming = server[kIncomingMessage];
  let req;
  if (Incoming === IncomingMessage && parser.handle !== null) {
    req = new IncomingMessage();
  } else {
    req = new Incoming(materialize(parser));
  }
  req._parser = parser;
  req.method = method;
  req.url = url;
  req._raw = raw;
  if ((flags & OTHER_VERSION) !== 0) common.setVersion(req, flags);
  if (server.joinDuplicateHeaders) req.joinDuplicateHeaders = true;
  if ((flags & UPGRADE) !== 0) {
    if (method === 'CONNECT' || server.shouldUpgradeCallback(req)) {
      req.upgrade = true;
      parser.upgrading = req;
      parser.skipBody();
      return;
    }
    req.upgrade = false;
    parser.setUpgrade(false);
    parser.incoming = req;
  } else if ((flags & HAS_BODY) === 0) {
    req.complete = true;
    req._bodiless = true;
  } else {
    parser.incoming = req;
  }
  parser.setIdle(0);
  if (parser.socket !== null) sawActivity(parser);

  const Response = server[kServerResponse];
  let res;
  if (Response === ServerResponse && !server[kRejectBody] && server.highWaterMark === undefined) {
    res = new ServerResponse(req);
  } else {
    res = new Response(req, { highWaterMark: server.highWaterMark, rejectNonStandardBodyWrites: server[kRejectBody] });
  }
  res._parser = parser;
  res._keepAliveTimeout = server.keepAliveTimeout;
  if ((flags & KEEP_ALIVE) === 0) res.shouldKeepAlive = false;
  if (server[kUniqueHeaders]) res[kUniqueHeaders] = server[kUniqueHeaders];
  if (parser.out === null) {
    parser.out = res;
    const { socket } = parser;
    if (socket !== null) {
      if (parser.handle === null) adopt(res, socket);
      else socket._httpMessage = res;
    }
  } else {
    enqueue(parser, res);
  }
  const special = flags & HAS_EXPECT ||
    ((flags & (HAS_HOST | OTHER_VERSION)) === 0 && server.requireHostHeader) || server.maxRequestsPerSocket > 0;
  if (special && answerSpecial(parser, server, req, res, flags)) return;
  dispatch(parser, server, req, res);
}

function dispatch(parser, server, req, res) {
  parser.dispatching = res;
  if (timed.http !== undefined) startTimer(res);
  if (own['http.server.request.start'] !== undefined) {
    own['http.server.request.start'].publish({ request: req, response: res, socket: materialize(parser), server });
  }
  try {
    server.emit('request', req, res);
  } finally {
    parser.dispatching = null;
  }
  if (res._sentInDispatch) {
    res._sentInDispatch = false;
    // Nobody listens: nothing to wait for. Else 'finish' comes in its own tick, as ever.
    if (res._events === undefined && !isTouched(req)) complete(parser, res);
    else process.nextTick(responseSent, res);
  }
}

// Requests that get an answer, or an event, before or instead of 'request'. Returns whether all is done.
function answerSpecial(parser, server, req, res, flags) {
  const max = server.maxRequestsPerSocket;
  if (max > 0) {
    parser.requests++;
    res._maxRequestsPerSocket = max;
    res.maxRequestsOnConnectionReached = max <= parser.requests;
    if (max < parser.requests) {
      server.emit('dropRequest', req, materialize(parser));
      res.writeHead(503);
      res.end();
      return true;
    }
  }
  if ((flags & (HAS_HOST | OTHER_VERSION)) === 0 && server.requireHostHeader) {
    res.writeHead(400, ['Connection', 'close']);
    res.end();
    return true;
  }
  if ((flags & HAS_EXPECT) === 0 || (flags & OTHER_VERSION) !== 0) return false;
  if (common.continueExpression.test(req.headers.expect)) {
    res._expect_continue = true;
    if (server.listenerCount('checkContinue') > 0) {
      server.emit('checkContinue', req, res);
      return true;
    }
    res.writeContinue();
    return false;
  }
  if (server.listenerCount('checkExpectation') > 0) {
    server.emit('checkExpectation', req, res);
  } else {
    res.writeHead(417);
    res.end();
  }
  return true;
}

// A response that must wait for its predecessors.
function enqueue(parser, res) {
  if (parser.queue === null) parser.queue = [];
  parser.queue.push(res);
  res._onPendingData = (change) => {
    parser.queuedBytes += change;
    holdOrRelease(parser);
  };
  holdOrRelease(parser);
}

// Requests are read no further while the answers to earlier ones pile up.
function holdOrRelease(parser) {
  const full = parser.queuedBytes >= 65536 || (parser.queue !== null && parser.queue.length > 1000);
  if (full && !parser.flooded) {
    parser.flooded = true;
    hold(parser);
  } else if (!full && parser.flooded) {
    parser.flooded = false;
    release(parser);
  }
}

function hold(parser) {
  parser.held = true;
  parser.pause();
  if (parser.handle === null && parser.socket) parser.socket.pause();
}

function release(parser) {
  if (parser.flooded) return;
  parser.held = false;
  parser.resume();
  if (parser.handle === null && parser.socket && !parser.socket.destroyed) parser.socket.resume();
}

function isQueued(parser, res) {
  return parser.queue !== null && parser.queue.includes(res);
}

// Bytes that were read past the socket keep its timeout from firing.
function sawActivity({ handle, socket }) {
  if (handle !== null && socket[kTimeout] !== null) socket._unrefTimer();
}

function onBody(parser, chunk) {
  const req = parser.incoming;
  if (parser.socket !== null) sawActivity(parser);
  if (req === null || req._dumped) return;
  if (!req.push(chunk)) hold(parser);
}

function onEnd(parser, trailers) {
  const req = parser.incoming;
  if (req === null) return;
  parser.incoming = null;
  req.complete = true;
  if (trailers !== '') req._rawTrailers = trailers;
  if (!isTouched(req) && req._readableState.length === 0) req._bodiless = true;
  req.push(null);
}

// ---- responses are done

// All bytes of a response are with the operating system.
function responseSent(res) {
  if (res._events !== undefined) {
    const { socket } = res._parser;
    if (socket === null || !socket.errored) res.emit('finish');
  }
  complete(res._parser, res);
}

function complete(parser, res) {
  if (parser.out !== res || parser.closed) return;
  const { req } = res;
  if (timed.http !== undefined) {
    stopTimer('http', res, 'HttpRequest', {
      req: { method: req.method, url: req.url, headers: req.headers },
      res: { statusCode: res.statusCode, statusMessage: res.statusMessage, headers: res.getHeaders() },
    });
  }
  if (own['http.server.response.finish'] !== undefined) {
    const { server } = parser;
    own['http.server.response.finish'].publish({ request: req, response: res, socket: materialize(parser), server });
  }
  // A body that nobody reads is thrown away, to get to the next request.
  if (!req._consumed && !req._dumped) {
    if (isTouched(req) || !req.complete) {
      req._dump();
      if (parser.held) release(parser);
    }
  }
  parser.out = null;
  const { socket } = parser;
  if (socket !== null) {
    socket._httpMessage = null;
    if (parser.handle === null) res._socket = null;
  }
  if (res._events !== undefined) process.nextTick(emitClose, res);
  else res._closed = res.destroyed = true;
  if (res._last) {
    endConnection(parser);
  } else if (parser.queue !== null && parser.queue.length > 0) {
    const next = parser.queue.shift();
    parser.out = next;
    if (socket !== null) {
      if (parser.handle === null) adopt(next, socket);
      else socket._httpMessage = next;
    }
    next._flush();
    next._onPendingData = nothing;
    holdOrRelease(parser);
  } else if (!parser.server.keepAliveTimeout || parser.incoming !== null) {
    parser.setIdle(0);
  } else {
    parser.setIdle(parser.server.keepAliveTimeout + parser.server.keepAliveTimeoutBuffer);
  }
}

function nothing() {}

function emitClose(res) {
  if (res._closed) return;
  res.destroyed = true;
  res._closed = true;
  res.emit('close');
}

// ---- connections end

// After the last response: what is written goes out, then the connection closes.
function endConnection(parser) {
  const { socket, handle } = parser;
  if (socket !== null) {
    if (typeof socket.destroySoon === 'function') socket.destroySoon();
    else socket.end();
    return;
  }
  const err = handle.shutdown(() => destroy(parser));
  if (err < 0) destroy(parser);
}

// Closes a connection now.
function destroy(parser, error) {
  if (parser.socket !== null) {
    parser.socket.destroy(error);
    return;
  }
  if (parser.closed) return;
  const { server } = parser;
  parser.closed = true;
  // Requests that were read together with this one are still told; the rest is told when the handle has closed.
  parser.handle.close(() => closed(parser));
  server[kConnections].delete(parser);
  server._connections--;
  server._emitCloseIfDrained();
}

// The connection is gone: tells the requests and responses it leaves behind.
function closed(parser) {
  if (parser.told) return;
  parser.told = true;
  parser.closed = true;
  parser.server[kConnections].delete(parser);
  parser.release();
  abortIncoming(parser);
  const { out, queue } = parser;
  if (out !== null && (out._events !== undefined || !out.finished)) process.nextTick(emitClose, out);
  if (queue !== null) for (const res of queue) process.nextTick(emitClose, res);
  parser.out = null;
  parser.queue = null;
}

// Requests that were not answered to the end are aborted.
function abortIncoming(parser) {
  const { out, queue, incoming } = parser;
  if (out !== null) abort(out.req);
  if (queue !== null) for (const res of queue) abort(res.req);
  if (incoming !== null) abort(incoming);
}

function abort(req) {
  if (!isTouched(req)) {
    req.aborted = true;
    return;
  }
  req.destroy(errors().connResetException('aborted'));
}

function onSocketClose() {
  if (this.parser) closed(this.parser);
}

// 'error' of a socket, and errors that have no socket yet.
function onSocketError(error) {
  this.removeListener('error', onSocketError);
  if (this.listenerCount('error', nothing) === 0) this.on('error', nothing);
  clientError(this.parser, error);
}

const BAD_REQUEST = 'HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n';
const TIMED_OUT = 'HTTP/1.1 408 Request Timeout\r\nConnection: close\r\n\r\n';
const TOO_LARGE = 'HTTP/1.1 413 Payload Too Large\r\nConnection: close\r\n\r\n';
const HEADERS_TOO_LARGE = 'HTTP/1.1 431 Request Header Fields Too Large\r\nConnection: close\r\n\r\n';

function replyTo(error) {
  switch (error.code) {
    case 'HPE_HEADER_OVERFLOW': return HEADERS_TOO_LARGE;
    case 'HPE_CHUNK_EXTENSIONS_OVERFLOW': return TOO_LARGE;
    case 'ERR_HTTP_REQUEST_TIMEOUT': return TIMED_OUT;
    default: return BAD_REQUEST;
  }
}

// The peer broke the protocol or its connection broke: the program decides, or it gets the standard answer.
function clientError(parser, error) {
  const { server } = parser;
  if (server.listenerCount('clientError') > 0) {
    const socket = materialize(parser);
    if (socket.listenerCount('error') === 0 || socket.listeners('error')[0] === onSocketError) {
      socket.removeListener('error', onSocketError);
      socket.on('error', nothing);
    }
    server.emit('clientError', error, socket);
    return;
  }
  const { out, socket, handle } = parser;
  const answer = error.code !== 'ECONNRESET' && (out === null || !out._headerSent) ? replyTo(error) : undefined;
  if (socket !== null) {
    if (answer !== undefined && socket.writable) socket.write(answer);
    socket.destroy(error);
  } else if (!parser.closed) {
    if (answer !== undefined) handle.writeString(answer, 'latin1', nothing);
    // The answer may be queued; the close lets it out first.
    if (handle.writeQueueSize() > 0) endConnection(parser);
    else destroy(parser, error);
  }
}

function onError(parser, error) {
  // A program that listens to 'clientError' and leaves the connection open hears of each packet.
  if (parser.closed) return;
  parser.failed = true;
  const { socket } = parser;
  if (socket !== null) {
    socket.removeListener('error', onSocketError);
    if (socket.listenerCount('error') === 0) socket.on('error', nothing);
  }
  clientError(parser, error);
}

// The native connection's stream ended (0) or failed (errno).
function onEof(parser, errno) {
  if (parser.closed) return;
  const { socket } = parser;
  if (errno < 0) {
    const error = errors().errnoException(errno, 'read');
    if (socket !== null) socket.destroy(error);
    else if (parser.server.listenerCount('clientError') > 0) materialize(parser).destroy(error);
    else destroy(parser, error);
    return;
  }
  if (socket !== null) {
    socket.push(null);
    socket.read(0);
  }
  peerEnded(parser);
}

// The peer will send nothing more.
function peerEnded(parser) {
  const { server } = parser;
  if (!parser.failed) parser.finish();
  if (parser.closed) return;
  if (parser.failed) {
    endHalf(parser);
    return;
  }
  if (!server.httpAllowHalfOpen) {
    abortIncoming(parser);
    endHalf(parser);
  } else if (parser.queue !== null && parser.queue.length > 0) {
    parser.queue[parser.queue.length - 1]._last = true;
  } else if (parser.out !== null) {
    parser.out._last = true;
  } else {
    endHalf(parser);
  }
}

function endHalf(parser) {
  const { socket } = parser;
  if (socket === null) {
    endConnection(parser);
  } else if (socket.writable) {
    socket.end();
    if (socket._httpNative && !socket.readable) socket.once('finish', socket.destroy);
  }
}

// ---- timeouts

// A kept-alive connection waited long enough for its next request.
function onIdle(parser) {
  if (parser.closed) return;
  const { server, socket } = parser;
  if (socket !== null && typeof socket.emit === 'function') {
    socket.emit('timeout');
  } else if (server.listenerCount('timeout') === 0 || !server.emit('timeout', materialize(parser))) {
    destroy(parser);
  }
}

function onSocketTimeout() {
  const { parser } = this;
  if (!parser) return;
  const req = parser.incoming;
  const reqTimeout = req !== null && !req.complete && req.emit('timeout', this);
  const res = this._httpMessage;
  const resTimeout = res && res.emit('timeout', this);
  const serverTimeout = parser.server.emit('timeout', this);
  if (!reqTimeout && !resTimeout && !serverTimeout) this.destroy();
}

function onSocketDrain() {
  const res = this._httpMessage;
  if (res) {
    const { kNeedDrain } = require('_http_outgoing');
    if (res[kNeedDrain] && !res.finished) {
      res[kNeedDrain] = false;
      res.emit('drain');
    }
  }
}

// Refuses requests whose head or body takes too long. Called at every connectionsCheckingInterval.
function checkConnections(server) {
  if (server.headersTimeout === 0 && server.requestTimeout === 0) return;
  for (const parser of [...server[kConnections]]) {
    if (parser.overdue(server.headersTimeout, server.requestTimeout)) {
      onError(parser, new (errors().codes.ERR_HTTP_REQUEST_TIMEOUT)());
    }
  }
}

// Between two requests, or before the first byte of one.
function isIdle(parser) {
  return parser.out === null && parser.incoming === null && parser.upgrading === null && parser.isIdle();
}

// ---- another protocol

// The request asked for another protocol, and all of it was read; `rest` is what came after it.
function onUpgrade(parser, rest) {
  const { server, upgrading: req } = parser;
  if (req === null) return;
  const socket = materialize(parser);
  req[kSocket] = socket;
  req.complete = true;
  req._bodiless = true;
  req._parser = null;
  unwatch(parser, socket);
  stopIntercepting(socket);
  delete socket.setEncoding;
  if (parser.handle !== null) {
    parser.unconsume();
    socket._handle.reading = false;
    // The stream goes on reading, so that the peer's end is heard even where nobody takes its bytes.
    socket.read(0);
  }
  server[kConnections].delete(parser);
  parser.closed = true;
  parser.told = true;
  parser.release();
  socket.parser = null;
  socket._httpNative = false;
  const event = req.method === 'CONNECT' ? 'connect' : 'upgrade';
  if (server.listenerCount(event) === 0 && event === 'connect') {
    socket.destroy();
    return;
  }
  // The stream begins anew: nobody reads it yet.
  if (socket._readableState) socket.readableFlowing = null;
  server.emit(event, req, socket, rest);
}

// The value of the option `link` of writeEarlyHints.
function linkHeader(hints) {
  const { codes } = errors();
  const check = (value) => {
    if (typeof value !== 'string' || /[\r\n]/.test(value) || !/^(?:<[^>]*>)(?:\s*;\s*[^;"\s]+(?:=(")?[^;"\s]*\1)?)*$/.test(value)) {
      throw new codes.ERR_INVALID_ARG_VALUE(
        'hints', value, 'must be an array or string of format "</styles.css>; rel=preload; as=style"');
    }
    return value;
  };
  if (typeof hints === 'string') return check(hints);
  if (Array.isArray(hints)) return hints.map(check).join(', ');
  throw new codes.ERR_INVALID_ARG_VALUE(
    'hints', hints, 'must be an array or string of format "</styles.css>; rel=preload; as=style"');
}

module.exports = {
  kConnections, setClasses, onHandleConnection, connectionListener, materialize, isQuiet, isQueued, isIdle, acceptsChunked,
  responseSent, emitClose, destroy, checkConnections, linkHeader,
};
