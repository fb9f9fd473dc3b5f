'use strict';

// _http_incoming: http.IncomingMessage, a request as a server sees it or a response as a client sees it.
// API: https://nodejs.org/docs/latest-v24.x/api/http.html#class-httpincomingmessage
// Binding http: headersObject, headersDistinct, rawHeaders.
//
// A message costs almost nothing until it is touched. Its headers stay one string of Rust's making (`_raw`) until
// `headers` or `rawHeaders` is read. Its stream half (`_readableState`) is made by an accessor when a stream method or
// event first needs it; a request without a body that nobody reads never has one. Fields that rarely differ live on the
// prototype.

const { Readable } = require('stream');
const http = binding('http');

const kState = Symbol('readableState');
const kHeaders = Symbol('headers');
const kHeadersDistinct = Symbol('headersDistinct');
const kRawHeaders = Symbol('rawHeaders');
const kTrailers = Symbol('trailers');
const kTrailersDistinct = Symbol('trailersDistinct');
const kRawTrailers = Symbol('rawTrailers');
const kSocket = Symbol('socket');
const kMaterialize = Symbol('materialize');

/**
 * @param {object} [socket] the connection; absent when it is only made on demand
 */
function IncomingMessage(socket) {
  if (socket !== undefined && socket !== null) {
    this[kSocket] = socket;
    this.client = socket;
  }
}
Object.setPrototypeOf(IncomingMessage.prototype, Readable.prototype);
Object.setPrototypeOf(IncomingMessage, Readable);

const defaults = {
  httpVersionMajor: 1,
  httpVersionMinor: 1,
  httpVersion: '1.1',
  complete: false,
  joinDuplicateHeaders: false,
  aborted: false,
  upgrade: null,
  url: '',
  method: null,
  statusCode: null,
  statusMessage: null,
  _consumed: false,
  _dumped: false,
  // Headers and trailers as Rust keeps them: name LF value LF ...
  _raw: '',
  _rawTrailers: '',
  // The parser that still feeds this message.
  _parser: null,
};
defaults[kState] = undefined;
defaults[kSocket] = undefined;
for (const name of Reflect.ownKeys(defaults)) {
  Object.defineProperty(IncomingMessage.prototype, name, {
    __proto__: null, configurable: true, writable: true, enumerable: false, value: defaults[name],
  });
}

function accessor(name, get, set) {
  Object.defineProperty(IncomingMessage.prototype, name, {
    __proto__: null, configurable: true, enumerable: true, get, set,
  });
}

accessor('_readableState', function() {
  if (this[kState] === undefined) {
    // Own properties would otherwise be looked for on the prototype's defaults.
    const socket = this[kSocket];
    Readable.call(this, { highWaterMark: socket ? socket.readableHighWaterMark : undefined });
    this[kState].readingMore = true;
    if (this.complete && this._bodiless) this.push(null);
  }
  return this[kState];
}, function(state) {
  this[kState] = state;
});

// Whether the stream half exists: if not, nobody listens or reads.
function isTouched(message) {
  return message[kState] !== undefined || message._events !== undefined;
}

accessor('socket', function() {
  if (this[kSocket] === undefined && this._parser !== null) this[kSocket] = this._parser[kMaterialize]();
  return this[kSocket];
}, function(socket) {
  this[kSocket] = socket;
});

accessor('connection', function() {
  return this.socket;
}, function(socket) {
  this.socket = socket;
});

function lazily(name, key, compute) {
  accessor(name, function() {
    if (this[key] === undefined) this[key] = compute(this);
    return this[key];
  }, function(value) {
    this[key] = value;
  });
}

lazily('headers', kHeaders, (message) => http.headersObject(message._raw, message.joinDuplicateHeaders));
lazily('headersDistinct', kHeadersDistinct, (message) => http.headersDistinct(message._raw));
lazily('rawHeaders', kRawHeaders, (message) => http.rawHeaders(message._raw));
lazily('rawTrailers', kRawTrailers, (message) => http.rawHeaders(message._rawTrailers));
accessor('trailers', function() {
  // Trailers arrive with the end: what is read before is not kept.
  if (this[kTrailers] !== undefined) return this[kTrailers];
  const trailers = http.headersObject(this._rawTrailers, this.joinDuplicateHeaders);
  if (this.complete) this[kTrailers] = trailers;
  return trailers;
}, function(value) {
  this[kTrailers] = value;
});
accessor('trailersDistinct', function() {
  if (this[kTrailersDistinct] !== undefined) return this[kTrailersDistinct];
  const trailers = http.headersDistinct(this._rawTrailers);
  if (this.complete) this[kTrailersDistinct] = trailers;
  return trailers;
}, function(value) {
  this[kTrailersDistinct] = value;
});

IncomingMessage.prototype.setTimeout = function(msecs, callback) {
  if (callback) this.on('timeout', callback);
  this.socket.setTimeout(msecs);
  return this;
};

IncomingMessage.prototype._read = function() {
  if (!this._consumed) {
    this._readableState.readingMore = false;
    this._consumed = true;
  }
  const parser = this._parser;
  if (parser !== null && parser.incoming === this) parser.resume();
};

IncomingMessage.prototype._destroy = function(err, cb) {
  if (!this.readableEnded || !this.complete) {
    this.aborted = true;
    this.emit('aborted');
  }
  // A message that was cut short takes its connection with it.
  const { socket } = this;
  if (socket && !socket.destroyed && this.aborted) {
    socket.destroy(err);
    const { finished } = require('stream');
    const cleanup = finished(socket, (e) => {
      if (e && e.code === 'ERR_STREAM_PREMATURE_CLOSE') e = null;
      cleanup();
      process.nextTick(settle, this, err || e, cb);
    });
  } else {
    process.nextTick(settle, this, err, cb);
  }
};

// An error nobody listens for is not thrown: the connection's own error tells.
function settle(message, err, cb) {
  if (message.listenerCount('error') === 0) cb();
  else cb(err);
}

IncomingMessage.prototype._dump = function() {
  if (this._dumped) return;
  this._dumped = true;
  // The body is thrown away, so that the next message can be read.
  if (isTouched(this)) {
    // What is buffered must not reach anybody any more.
    this.removeAllListeners('data');
    this.resume();
  } else {
    this._consumed = true;
  }
};

// Headers of which the first value counts when they come twice.
const UNIQUE = new Set([
  'age', 'authorization', 'content-length', 'content-type', 'etag', 'expires', 'from', 'host', 'if-modified-since',
  'if-unmodified-since', 'last-modified', 'location', 'max-forwards', 'proxy-authorization', 'referer', 'retry-after',
  'server', 'user-agent',
]);

IncomingMessage.prototype._addHeaderLines = function(headers, n) {
  if (!headers || !headers.length) return;
  const dest = this.complete ? this.trailers : this.headers;
  if (this.complete) this.rawTrailers = headers;
  else this.rawHeaders = headers;
  for (let i = 0; i < n; i += 2) this._addHeaderLine(headers[i], headers[i + 1], dest);
};

IncomingMessage.prototype._addHeaderLine = function(field, value, dest) {
  const name = field.toLowerCase();
  const old = dest[name];
  if (name === 'set-cookie') {
    if (old !== undefined) old.push(value);
    else dest[name] = [value];
  } else if (old === undefined) {
    dest[name] = value;
  } else if (name === 'cookie') {
    dest[name] = `${old}; ${value}`;
  } else if (this.joinDuplicateHeaders || !UNIQUE.has(name)) {
    dest[name] = `${old}, ${value}`;
  }
};

IncomingMessage.prototype._addHeaderLineDistinct = function(field, value, dest) {
  const name = field.toLowerCase();
  if (dest[name]) dest[name].push(value);
  else dest[name] = [value];
};

// The connection lets the message read on or makes it wait.
function readStart(socket) {
  if (socket && !socket._paused && socket.readable) socket.resume();
}

function readStop(socket) {
  if (socket) socket.pause();
}

module.exports = { IncomingMessage, isTouched, kSocket, kMaterialize, readStart, readStop };
