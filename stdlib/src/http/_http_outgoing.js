'use strict';

// _http_outgoing: http.OutgoingMessage, what requests and responses have in common: headers, and a body that is written.
// API: https://nodejs.org/docs/latest-v24.x/api/http.html#class-httpoutgoingmessage
// Binding http: checkHeader, checkToken, checkHeaderValue, buildHead, headBits, headContentLength.
//
// The head is put together in Rust (buildHead), which also decides on Connection, Keep-Alive, Content-Length and
// Transfer-Encoding. What can't be sent yet (no socket, or a pipelined predecessor is unfinished) waits in `outputData`.
// Fields begin as defaults on the prototype, so a message starts with hardly any property of its own.

const Stream = require('stream').Stream || require('stream');
const http = binding('http');

const kOutHeaders = Symbol('headers');
const kNeedDrain = Symbol('needDrain');
const kCorked = Symbol('corked');
const kErrored = Symbol('errored');
const kUniqueHeaders = Symbol('uniqueHeaders');
const kBytesWritten = Symbol('bytesWritten');
const kRejectBody = Symbol('rejectNonStandardBodyWrites');
const kHighWaterMark = Symbol('highWaterMark');

// How the headers are passed to buildHead.
const NO_HEADERS = 0;
const OUT_HEADERS = 1;
const HEADERS_OBJECT = 2;
const HEADERS_FLAT = 3;
const HEADERS_PAIRS = 4;

// Bits that buildHead takes.
const SEND_DATE = 1;
const SHOULD_KEEP_ALIVE = 2;
const CHUNKED_BY_DEFAULT = 4;
const HAS_BODY = 8;
const REMOVED_CONNECTION = 16;
const REMOVED_LENGTH = 32;
const REMOVED_TE = 64;
const LAST_REQUEST = 128;
const HAS_AGENT = 256;
const NO_CHUNKED_STATUS = 512;
// Bits that headBits returns.
const LAST = 1;
const CHUNKED = 2;
const HAS_LENGTH = 4;
const HAS_EXPECT = 8;
const HAS_TRAILER = 16;
const NO_KEEP_ALIVE = 32;

function errors() { return require('internal/errors'); }
function validators() { return require('internal/validators'); }

function nop() {}

/**
 * The base of ClientRequest and ServerResponse.
 * @param {{highWaterMark?: number, rejectNonStandardBodyWrites?: boolean}} [options]
 */
function OutgoingMessage(options) {
  if (options !== undefined) {
    if (options.highWaterMark !== undefined) this[kHighWaterMark] = options.highWaterMark;
    if (options.rejectNonStandardBodyWrites) this[kRejectBody] = true;
  }
}
Object.setPrototypeOf(OutgoingMessage.prototype, Stream.prototype);
Object.setPrototypeOf(OutgoingMessage, Stream);

const defaults = {
  outputSize: 0,
  writable: true,
  destroyed: false,
  _last: false,
  chunkedEncoding: false,
  shouldKeepAlive: true,
  maxRequestsOnConnectionReached: false,
  _defaultKeepAlive: true,
  useChunkedEncodingByDefault: true,
  sendDate: false,
  _removedConnection: false,
  _removedContLen: false,
  _removedTE: false,
  strictContentLength: false,
  _contentLength: null,
  _hasBody: true,
  _trailer: '',
  finished: false,
  _headerSent: false,
  _closed: false,
  _header: null,
  _keepAliveTimeout: 0,
  _maxRequestsPerSocket: 0,
  _onPendingData: nop,
  _socket: null,
  _output: null,
};
defaults[kOutHeaders] = null;
defaults[kNeedDrain] = false;
defaults[kCorked] = 0;
defaults[kErrored] = null;
defaults[kUniqueHeaders] = null;
defaults[kBytesWritten] = 0;
defaults[kRejectBody] = false;
defaults[kHighWaterMark] = undefined;
for (const name of Reflect.ownKeys(defaults)) {
  Object.defineProperty(OutgoingMessage.prototype, name, {
    __proto__: null, configurable: true, writable: true, enumerable: false, value: defaults[name],
  });
}

function accessor(name, get, set) {
  Object.defineProperty(OutgoingMessage.prototype, name, {
    __proto__: null, configurable: true, enumerable: true, get, set,
  });
}

accessor('socket', function() { return this._socket; }, function(socket) { this._socket = socket; });
accessor('connection', function() { return this.socket; }, function(socket) { this.socket = socket; });
accessor('outputData', function() {
  if (this._output === null) this._output = [];
  return this._output;
}, function(list) { this._output = list; });
accessor('headersSent', function() { return Boolean(this._header); });
accessor('writableEnded', function() { return this.finished; });
accessor('writableObjectMode', function() { return false; });
accessor('writableFinished', function() {
  return this.finished && this.outputSize === 0 && this._unsentBytes() === 0;
});
accessor('writableLength', function() { return this.outputSize + this._unsentBytes(); });
accessor('writableHighWaterMark', function() {
  const socket = this._socket;
  if (socket) return socket.writableHighWaterMark;
  return this[kHighWaterMark] !== undefined ? this[kHighWaterMark] : defaultHighWaterMark();
});
accessor('writableCorked', function() { return this[kCorked]; });
accessor('writableNeedDrain', function() { return !this.destroyed && !this.finished && this[kNeedDrain]; });
accessor('errored', function() { return this[kErrored]; });
accessor('closed', function() { return this._closed; });

function defaultHighWaterMark() {
  return require('stream').getDefaultHighWaterMark(false);
}

// Bytes that were passed on and have not been sent.
OutgoingMessage.prototype._unsentBytes = function() {
  return this._socket ? this._socket.writableLength : 0;
};

OutgoingMessage.prototype.cork = function() {
  this[kCorked]++;
  if (this._socket) this._socket.cork();
};

OutgoingMessage.prototype.uncork = function() {
  if (this[kCorked] > 0) this[kCorked]--;
  if (this._socket) this._socket.uncork();
};

OutgoingMessage.prototype.setTimeout = function(msecs, callback) {
  if (callback) this.on('timeout', callback);
  const { socket } = this;
  if (!socket) {
    this.once('socket', function(socket) { socket.setTimeout(msecs); });
  } else {
    socket.setTimeout(msecs);
  }
  return this;
};

OutgoingMessage.prototype.destroy = function(error) {
  if (this.destroyed) return this;
  this.destroyed = true;
  this[kErrored] = error;
  const { socket } = this;
  if (socket) socket.destroy(error);
  else this.once('socket', function(socket) { socket.destroy(error); });
  return this;
};

// ---- headers

function validateHeaderName(name, label) {
  if (typeof name !== 'string' || name === '' || !http.checkToken(name)) {
    throw new (errors().codes.ERR_INVALID_HTTP_TOKEN)(label || 'Header name', name);
  }
}

function validateHeaderValue(name, value) {
  const { codes } = errors();
  if (value === undefined) throw new codes.ERR_HTTP_INVALID_HEADER_VALUE(value, name);
  if (!http.checkHeaderValue(String(value))) throw new codes.ERR_INVALID_CHAR('header content', name);
}

OutgoingMessage.prototype.setHeader = function(name, value) {
  if (this._header !== null) throw new (errors().codes.ERR_HTTP_HEADERS_SENT)('set');
  // FAST PATH: one call checks both and gives the key.
  let key = typeof value === 'string' ? http.checkHeader(name, value) : undefined;
  if (key === undefined) {
    validateHeaderName(name);
    validateHeaderValue(name, value);
    key = name.toLowerCase();
  }
  let headers = this[kOutHeaders];
  if (headers === null) this[kOutHeaders] = headers = { __proto__: null };
  headers[key] = [name, value];
  return this;
};

OutgoingMessage.prototype.setHeaders = function(headers) {
  const { codes } = errors();
  if (this._header !== null) throw new codes.ERR_HTTP_HEADERS_SENT('set');
  const usable = headers && !Array.isArray(headers) && typeof headers.keys === 'function' &&
    typeof headers.get === 'function';
  if (!usable) throw new codes.ERR_INVALID_ARG_TYPE('headers', ['Headers', 'Map'], headers);
  // Several Set-Cookie headers come one by one out of a Headers object.
  const cookies = [];
  for (const { 0: key, 1: value } of headers) {
    if (key === 'set-cookie') {
      if (Array.isArray(value)) cookies.push(...value);
      else cookies.push(value);
      continue;
    }
    this.setHeader(key, value);
  }
  if (cookies.length > 0) this.setHeader('set-cookie', cookies);
  return this;
};

OutgoingMessage.prototype.appendHeader = function(name, value) {
  if (this._header !== null) throw new (errors().codes.ERR_HTTP_HEADERS_SENT)('append');
  validateHeaderName(name);
  validateHeaderValue(name, value);
  const key = name.toLowerCase();
  const headers = this[kOutHeaders];
  if (headers === null || !headers[key]) return this.setHeader(name, value);
  const old = headers[key][1];
  const list = Array.isArray(old) ? old : [old];
  headers[key][1] = list.concat(value);
  return this;
};

OutgoingMessage.prototype.getHeader = function(name) {
  validators().validateString(name, 'name');
  const headers = this[kOutHeaders];
  if (headers === null) return undefined;
  const entry = headers[name.toLowerCase()];
  return entry && entry[1];
};

OutgoingMessage.prototype.getHeaderNames = function() {
  return this[kOutHeaders] !== null ? Object.keys(this[kOutHeaders]) : [];
};

OutgoingMessage.prototype.getRawHeaderNames = function() {
  return this[kOutHeaders] !== null ? Object.values(this[kOutHeaders]).map((entry) => entry[0]) : [];
};

OutgoingMessage.prototype.getHeaders = function() {
  const result = { __proto__: null };
  const headers = this[kOutHeaders];
  if (headers !== null) {
    for (const key of Object.keys(headers)) result[key] = headers[key][1];
  }
  return result;
};

OutgoingMessage.prototype.hasHeader = function(name) {
  validators().validateString(name, 'name');
  return this[kOutHeaders] !== null && Boolean(this[kOutHeaders][name.toLowerCase()]);
};

OutgoingMessage.prototype.removeHeader = function(name) {
  validators().validateString(name, 'name');
  if (this._header !== null) throw new (errors().codes.ERR_HTTP_HEADERS_SENT)('remove');
  const key = name.toLowerCase();
  switch (key) {
    case 'connection': this._removedConnection = true; break;
    case 'content-length': this._removedContLen = true; break;
    case 'transfer-encoding': this._removedTE = true; break;
    case 'date': this.sendDate = false; break;
  }
  if (this[kOutHeaders] !== null) delete this[kOutHeaders][key];
};

OutgoingMessage.prototype._renderHeaders = function() {
  if (this._header) throw new (errors().codes.ERR_HTTP_HEADERS_SENT)('render');
  const result = {};
  const headers = this[kOutHeaders];
  if (headers !== null) {
    for (const key of Object.keys(headers)) result[headers[key][0]] = headers[key][1];
  }
  return result;
};

OutgoingMessage.prototype._implicitHeader = function() {
  throw new (errors().codes.ERR_METHOD_NOT_IMPLEMENTED)('_implicitHeader()');
};

// Renders the head into `_header`. `headers` is null, what setHeader collected, an object, or an array of names and values.
OutgoingMessage.prototype._storeHeader = function(firstLine, headers) {
  let kind = NO_HEADERS;
  if (headers) {
    if (headers === this[kOutHeaders]) kind = OUT_HEADERS;
    else if (Array.isArray(headers)) kind = headers.length > 0 && Array.isArray(headers[0]) ? HEADERS_PAIRS : HEADERS_FLAT;
    else kind = HEADERS_OBJECT;
  }
  if (this[kUniqueHeaders] !== null && kind !== NO_HEADERS) headers = joinUnique(this, headers, kind);
  let bits = 0;
  if (this.sendDate) bits |= SEND_DATE;
  if (this.shouldKeepAlive) bits |= SHOULD_KEEP_ALIVE;
  if (this.useChunkedEncodingByDefault) bits |= CHUNKED_BY_DEFAULT;
  if (this._hasBody) bits |= HAS_BODY;
  if (this._removedConnection) bits |= REMOVED_CONNECTION;
  if (this._removedContLen) bits |= REMOVED_LENGTH;
  if (this._removedTE) bits |= REMOVED_TE;
  if (this.maxRequestsOnConnectionReached) bits |= LAST_REQUEST;
  if (this.agent) bits |= HAS_AGENT;
  const status = this.statusCode;
  if (status === 204 || status === 304) bits |= NO_CHUNKED_STATUS;
  const length = this._contentLength;
  const timeout = this._defaultKeepAlive ? Math.floor(this._keepAliveTimeout / 1000) : 0;
  const text = http.buildHead(firstLine, headers, kind, bits, length === null ? -1 : length, timeout,
                              ~~this._maxRequestsPerSocket);
  if (text === null) throwInvalidHeader(headers, kind);
  const result = http.headBits();
  if ((result & CHUNKED) !== 0) this.chunkedEncoding = true;
  else if (this.chunkedEncoding) this.chunkedEncoding = false;
  if ((result & LAST) !== 0) this._last = true;
  if ((result & HAS_LENGTH) !== 0) this._contentLength = http.headContentLength();
  if ((result & NO_KEEP_ALIVE) !== 0) this.shouldKeepAlive = false;
  if ((result & HAS_TRAILER) !== 0 && !this.chunkedEncoding) {
    throw new (errors().codes.ERR_HTTP_TRAILER_INVALID)();
  }
  this._header = text;
  // A request that expects 100-continue sends its head at once.
  if ((result & HAS_EXPECT) !== 0) this._send('');
};

// Calls fn(name, value) for each header of any form.
function eachHeader(headers, kind, fn) {
  if (kind === OUT_HEADERS) {
    for (const key of Object.keys(headers)) fn(headers[key][0], headers[key][1]);
  } else if (kind === HEADERS_PAIRS) {
    for (let i = 0; i < headers.length; i++) fn(headers[i][0], headers[i][1]);
  } else if (kind === HEADERS_FLAT) {
    if (headers.length % 2 !== 0) throw new (errors().codes.ERR_INVALID_ARG_VALUE)('headers', headers);
    for (let i = 0; i < headers.length; i += 2) fn(headers[i], headers[i + 1]);
  } else {
    for (const key in headers) if (Object.hasOwn(headers, key)) fn(key, headers[key]);
  }
}

function throwInvalidHeader(headers, kind) {
  eachHeader(headers, kind, (name, value) => {
    validateHeaderName(name);
    if (Array.isArray(value)) for (let i = 0; i < value.length; i++) validateHeaderValue(name, value[i]);
    else validateHeaderValue(name, value);
  });
  throw new (errors().codes.ERR_INVALID_ARG_VALUE)('headers', headers);
}

function joinUnique(message, headers, kind) {
  const pairs = [];
  eachHeader(headers, kind, (name, value) => {
    const unique = Array.isArray(value) && message[kUniqueHeaders].has(String(name).toLowerCase());
    pairs.push([name, unique ? value.join('; ') : value]);
  });
  return kind === OUT_HEADERS ? toOutHeaders(pairs) : toFlat(pairs, kind);
}

function toOutHeaders(pairs) {
  const result = { __proto__: null };
  for (let i = 0; i < pairs.length; i++) result[pairs[i][0].toLowerCase()] = pairs[i];
  return result;
}

function toFlat(pairs, kind) {
  if (kind === HEADERS_PAIRS) return pairs;
  if (kind === HEADERS_FLAT) return pairs.flat();
  const result = {};
  for (let i = 0; i < pairs.length; i++) result[pairs[i][0]] = pairs[i][1];
  return result;
}

/**
 * The option uniqueHeaders: names whose values are joined with '; '.
 * @returns {Set<string>|null}
 */
function parseUniqueHeadersOption(headers) {
  if (!Array.isArray(headers)) return null;
  const names = new Set();
  for (let i = 0; i < headers.length; i++) names.add(headers[i].toLowerCase());
  return names;
}

OutgoingMessage.prototype.addTrailers = function(headers) {
  this._trailer = '';
  const flat = Array.isArray(headers);
  const keys = Object.keys(headers);
  for (let i = 0; i < keys.length; i++) {
    const field = flat ? headers[keys[i]][0] : keys[i];
    const value = flat ? headers[keys[i]][1] : headers[keys[i]];
    validateHeaderName(field, 'Trailer name');
    const values = Array.isArray(value) ? value : [value];
    const joined = values.length > 1 && this[kUniqueHeaders] !== null && this[kUniqueHeaders].has(field.toLowerCase());
    for (const item of joined ? [values.join('; ')] : values) {
      if (!http.checkHeaderValue(String(item))) throw new (errors().codes.ERR_INVALID_CHAR)('trailer content', field);
      this._trailer += `${field}: ${item}\r\n`;
    }
  }
};

OutgoingMessage.prototype.flushHeaders = function() {
  if (!this._header) this._implicitHeader();
  this._send('');
};

// ---- body

// Sends the head, if it wasn't yet, and data.
OutgoingMessage.prototype._send = function(data, encoding, callback, byteLength) {
  if (!this._headerSent) {
    const header = this._header === null ? '' : this._header;
    if (typeof data === 'string' && (encoding === 'utf8' || encoding === 'latin1' || !encoding)) {
      data = header + data;
    } else {
      this.outputData.unshift({ data: header, encoding: 'latin1', callback: null });
      this.outputSize += header.length;
      this._onPendingData(header.length);
    }
    this._headerSent = true;
  }
  return this._writeRaw(data, encoding, callback, byteLength);
};

OutgoingMessage.prototype._writeRaw = function(data, encoding, callback, size) {
  const socket = this._socket;
  if (socket && socket.destroyed) {
    // The connection is gone: what is written is dropped, and its callback told.
    if (typeof callback === 'function') process.nextTick(callback, new (errors().codes.ERR_STREAM_DESTROYED)('write'));
    return false;
  }
  if (typeof encoding === 'function') {
    callback = encoding;
    encoding = null;
  }
  if (socket && socket._httpMessage === this && socket.writable) {
    if (this._output !== null && this._output.length > 0) this._flushOutput(socket);
    return socket.write(data, encoding, callback);
  }
  this.outputData.push({ data, encoding, callback });
  this.outputSize += data.length;
  this._onPendingData(data.length);
  return this.outputSize < this.writableHighWaterMark;
};

OutgoingMessage.prototype._flushOutput = function(socket) {
  const list = this._output;
  if (list === null || list.length === 0) return undefined;
  socket.cork();
  let result;
  for (let i = 0; i < list.length; i++) {
    const { data, encoding, callback } = list[i];
    result = socket.write(data, encoding, callback);
  }
  process.nextTick(uncorkSocket, socket);
  this._output = null;
  this._onPendingData(-this.outputSize);
  this.outputSize = 0;
  return result;
};

function uncorkSocket(socket) {
  socket.uncork();
}

// Sends what waited for the socket.
OutgoingMessage.prototype._flush = function() {
  const socket = this._socket;
  if (!socket || !socket.writable) return;
  const result = this._flushOutput(socket);
  if (this.finished) {
    this._finish();
  } else if (result && this[kNeedDrain]) {
    this[kNeedDrain] = false;
    this.emit('drain');
  }
};

OutgoingMessage.prototype._finish = function() {
  this.emit('prefinish');
};

OutgoingMessage.prototype.write = function(chunk, encoding, callback) {
  if (typeof encoding === 'function') {
    callback = encoding;
    encoding = null;
  }
  return writeChunk(this, chunk, encoding, callback, false);
};

function byteLength(chunk, encoding) {
  return typeof chunk === 'string' ? Buffer.byteLength(chunk, encoding) : chunk.byteLength;
}

function reportError(message, err, callback) {
  if (message.destroyed) return;
  process.nextTick(reportErrorNT, message, err, callback);
}

function reportErrorNT(message, err, callback) {
  if (typeof callback === 'function') callback(err);
  if (typeof message.emit === 'function' && !message.destroyed) message.emit('error', err);
}

function writeChunk(message, chunk, encoding, callback, fromEnd) {
  const { codes } = errors();
  if (typeof callback !== 'function') callback = nop;
  if (chunk === null) throw new codes.ERR_STREAM_NULL_VALUES();
  if (typeof chunk !== 'string' && !(chunk instanceof Uint8Array)) {
    throw new codes.ERR_INVALID_ARG_TYPE('chunk', ['string', 'Buffer', 'Uint8Array'], chunk);
  }
  let failure;
  if (message.finished) failure = new codes.ERR_STREAM_WRITE_AFTER_END();
  else if (message.destroyed) failure = new codes.ERR_STREAM_DESTROYED('write');
  if (failure !== undefined) {
    if (!message.destroyed) reportError(message, failure, callback);
    else process.nextTick(callback, failure);
    return false;
  }
  if (message.strictContentLength) checkLength(message, byteLength(chunk, encoding), fromEnd);
  if (!message._header) {
    if (fromEnd) message._contentLength = byteLength(chunk, encoding);
    message._implicitHeader();
  }
  if (!message._hasBody) {
    if (message[kRejectBody]) throw new codes.ERR_HTTP_BODY_NOT_ALLOWED();
    process.nextTick(callback);
    return true;
  }
  return sendBody(message, chunk, encoding, callback, fromEnd);
}

// Counts the body against the Content-Length that was set.
function checkLength(message, length, fromEnd) {
  const written = message[kBytesWritten] + length;
  let declared = message._contentLength;
  if (declared === null && message[kOutHeaders] !== null && message[kOutHeaders]['content-length']) {
    declared = +message[kOutHeaders]['content-length'][1];
  }
  const counts = declared !== null && !message.chunkedEncoding && message._hasBody;
  if (counts && (written > declared || (fromEnd && written !== declared))) {
    throw new (errors().codes.ERR_HTTP_CONTENT_LENGTH_MISMATCH)(written, declared);
  }
  message[kBytesWritten] = written;
}

function sendBody(message, chunk, encoding, callback, fromEnd) {
  const socket = message._socket;
  if (!fromEnd && socket && !socket.writableCorked) {
    // Small writes of one tick go out together.
    socket.cork();
    process.nextTick(uncorkSocket, socket);
  }
  let result;
  if (message.chunkedEncoding && chunk.length !== 0) {
    const size = byteLength(chunk, encoding).toString(16);
    if (typeof chunk === 'string' && (!encoding || encoding === 'utf8' || encoding === 'utf-8')) {
      result = message._send(`${size}\r\n${chunk}\r\n`, 'utf8', callback);
    } else {
      message._send(`${size}\r\n`, 'latin1', null);
      message._send(chunk, encoding, null);
      result = message._send('\r\n', 'latin1', callback);
    }
  } else {
    result = message._send(chunk, encoding, callback);
  }
  if (!result) message[kNeedDrain] = true;
  return result;
}

OutgoingMessage.prototype.end = function(chunk, encoding, callback) {
  if (typeof chunk === 'function') {
    callback = chunk;
    chunk = null;
    encoding = null;
  } else if (typeof encoding === 'function') {
    callback = encoding;
    encoding = null;
  }
  const { codes } = errors();
  const hasChunk = Boolean(chunk);
  const socket = this._socket;
  if (hasChunk) {
    if (this.finished) {
      reportError(this, new codes.ERR_STREAM_WRITE_AFTER_END(), typeof callback === 'function' ? callback : nop);
      return this;
    }
    if (socket) socket.cork();
    writeChunk(this, chunk, encoding, null, true);
  } else if (this.finished) {
    if (typeof callback === 'function') {
      if (!this.writableFinished) this.on('finish', callback);
      else callback(new codes.ERR_STREAM_ALREADY_FINISHED('end'));
    }
    return this;
  } else if (!this._header) {
    if (socket) socket.cork();
    this._contentLength = 0;
    this._implicitHeader();
  }
  if (typeof callback === 'function') this.once('finish', callback);
  if (this.strictContentLength && !hasChunk && this[kBytesWritten] > 0) checkLength(this, 0, true);
  // What was not written is not finished: 'close' tells of it.
  const finish = (error) => {
    if (!error) this._onFinish();
  };
  if (this._hasBody && this.chunkedEncoding) {
    this._send(`0\r\n${this._trailer}\r\n`, 'latin1', finish);
  } else if (!this._headerSent || this.writableLength > 0 || hasChunk) {
    this._send('', 'latin1', finish);
  } else {
    process.nextTick(finish);
  }
  if (this._socket) {
    // Everything that was held back in this tick goes out now.
    while (this[kCorked] > 0) this.uncork();
    if (socket) while (socket.writableCorked > 0) socket.uncork();
  }
  this[kCorked] = 0;
  this.finished = true;
  if ((this._output === null || this._output.length === 0) && this._isCurrent()) this._finish();
  return this;
};

// Whether this message is the one that its connection works on.
OutgoingMessage.prototype._isCurrent = function() {
  return Boolean(this._socket) && this._socket._httpMessage === this;
};

// Everything was handed to the operating system.
OutgoingMessage.prototype._onFinish = function() {
  const socket = this._socket;
  if (socket && socket.errored) return;
  this.emit('finish');
};

OutgoingMessage.prototype.pipe = function() {
  this.emit('error', new (errors().codes.ERR_STREAM_CANNOT_PIPE)());
};

OutgoingMessage.prototype[Symbol.for('nodejs.rejection')] = function(err) {
  this.destroy(err);
};

module.exports = {
  OutgoingMessage, validateHeaderName, validateHeaderValue, parseUniqueHeadersOption,
  kOutHeaders, kNeedDrain, kCorked, kErrored, kUniqueHeaders, kBytesWritten, kRejectBody, kHighWaterMark,
  writeChunk, reportError, byteLength,
};
