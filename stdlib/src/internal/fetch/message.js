'use strict';

// internal/fetch/message: the Request and Response classes.
// API: https://fetch.spec.whatwg.org/#request-class, https://fetch.spec.whatwg.org/#response-class

const { Headers, fill, setGuard } = require('internal/fetch/headers');
const { kBody, extract, mixin, isUsed, cloneBody } = require('internal/fetch/body');

const kState = Symbol('state');
const inspectSymbol = Symbol.for('nodejs.util.inspect.custom');
const NULL_BODY = [101, 103, 204, 205, 304];
const REDIRECTS = [301, 302, 303, 307, 308];
const STANDARD_METHODS = ['DELETE', 'GET', 'HEAD', 'OPTIONS', 'POST', 'PUT'];

function methodOf(value) {
  const method = `${value}`;
  const upper = method.toUpperCase();
  if (!/^[!#$%&'*+\-.^_`|~A-Za-z0-9]+$/.test(method)) throw new TypeError(`'${method}' is not a valid HTTP method.`);
  if (upper === 'CONNECT' || upper === 'TRACE' || upper === 'TRACK') {
    throw new TypeError(`'${method}' HTTP method is unsupported.`);
  }
  return STANDARD_METHODS.includes(upper) ? upper : method;
}

function urlOf(input) {
  let url;
  try {
    url = new URL(`${input}`);
  } catch (err) {
    throw new TypeError(`Failed to parse URL from ${input}`, { cause: err });
  }
  if (url.username || url.password) throw new TypeError(`Request cannot be constructed from a URL that includes credentials: ${input}`);
  return url;
}

// Gives a message its body, and the Content-Type that goes with it.
function setBody(message, body) {
  message[kBody] = body;
  if (body !== null && body.type && !message.headers.has('content-type')) message.headers.append('Content-Type', body.type);
}

class Request {
  constructor(input, init = {}) {
    if (arguments.length === 0) throw new TypeError('Request constructor: 1 argument required, but only 0 present.');
    init ||= {};
    const other = input !== null && typeof input === 'object' && input[kState] !== undefined && input instanceof Request ?
      input : null;
    const old = other === null ? {} : other[kState];
    const method = init.method !== undefined ? methodOf(init.method) : old.method || 'GET';
    this[kState] = {
      url: other === null ? urlOf(input) : old.url,
      method,
      redirect: init.redirect || old.redirect || 'follow',
      credentials: init.credentials || old.credentials || 'same-origin',
      cache: init.cache || old.cache || 'default',
      mode: init.mode || old.mode || 'cors',
      integrity: init.integrity || old.integrity || '',
      referrer: init.referrer === undefined ? old.referrer || 'about:client' : `${init.referrer}`,
      referrerPolicy: init.referrerPolicy || old.referrerPolicy || '',
      keepalive: Boolean(init.keepalive || old.keepalive),
      duplex: 'half',
      signal: null,
    };
    if (!['follow', 'error', 'manual'].includes(this[kState].redirect)) {
      throw new TypeError(`Request constructor: ${init.redirect} is not an accepted type. ` +
        'Expected one of follow, error, manual.');
    }
    followSignal(this, init.signal === undefined ? old.signal : init.signal);
    this[kState].headers = new Headers();
    const given = init.headers === undefined ? other && other.headers : init.headers;
    if (given) fill(this[kState].headers, given);
    const hasBody = init.body !== undefined && init.body !== null;
    if ((hasBody || (other !== null && other[kBody] !== null)) && (method === 'GET' || method === 'HEAD')) {
      throw new TypeError('Request with GET/HEAD method cannot have body.');
    }
    if (hasBody) {
      const body = extract(init.body);
      if (body.length === null && init.duplex === undefined) {
        throw new TypeError('RequestInit: duplex option is required when sending a body.');
      }
      setBody(this, body);
    } else if (other !== null && other[kBody] !== null) {
      if (isUsed(other[kBody])) throw new TypeError('Cannot construct a Request with a Request object that has already been used.');
      this[kBody] = Object.assign({}, other[kBody]);
      other[kBody].used = true;
    } else {
      this[kBody] = null;
    }
  }

  get method() { return this[kState].method; }
  get url() { return this[kState].url.href; }
  get headers() { return this[kState].headers; }
  get destination() { return ''; }
  get referrer() { return this[kState].referrer; }
  get referrerPolicy() { return this[kState].referrerPolicy; }
  get mode() { return this[kState].mode; }
  get credentials() { return this[kState].credentials; }
  get cache() { return this[kState].cache; }
  get redirect() { return this[kState].redirect; }
  get integrity() { return this[kState].integrity; }
  get keepalive() { return this[kState].keepalive; }
  get isReloadNavigation() { return false; }
  get isHistoryNavigation() { return false; }
  get signal() { return this[kState].signal; }
  get duplex() { return 'half'; }

  clone() {
    if (this.bodyUsed || (this[kBody] !== null && this[kBody].stream !== null && this[kBody].stream.locked)) {
      throw new TypeError('unusable');
    }
    const copy = new Request(this.url, {
      method: this.method, headers: this.headers, signal: this.signal, redirect: this.redirect, mode: this.mode,
      credentials: this.credentials, cache: this.cache, integrity: this.integrity, keepalive: this.keepalive,
    });
    copy[kBody] = cloneBody(this[kBody]);
    return copy;
  }

  [inspectSymbol](depth, options, inspect) {
    const { method, url, headers, redirect, signal, bodyUsed } = this;
    return `Request ${inspect({ method, url, headers, redirect, bodyUsed, signal }, options)}`;
  }
}

// A request has a signal of its own that follows the one it is given.
function followSignal(request, signal) {
  const controller = new AbortController();
  request[kState].signal = controller.signal;
  if (signal === undefined || signal === null) return;
  if (typeof signal.aborted !== 'boolean' || typeof signal.addEventListener !== 'function') {
    throw new TypeError("Failed to construct 'Request': member signal is not of type AbortSignal.");
  }
  if (signal.aborted) controller.abort(signal.reason);
  else signal.addEventListener('abort', () => controller.abort(signal.reason), { once: true });
}

class Response {
  constructor(body = null, init = {}) {
    init ||= {};
    const status = init.status === undefined ? 200 : Number(init.status);
    if (!(status >= 200 && status <= 599)) {
      throw new RangeError('init["status"] must be in the range of 200 to 599, inclusive.');
    }
    const statusText = init.statusText === undefined ? '' : `${init.statusText}`;
    if (/[^\t\x20-\x7e\x80-\xff]/.test(statusText)) throw new TypeError('Invalid statusText');
    this[kState] = { type: 'default', url: '', redirected: false, status, statusText, headers: new Headers(init.headers) };
    this[kBody] = null;
    if (body !== null && body !== undefined) {
      if (NULL_BODY.includes(status)) {
        throw new TypeError(`Response constructor: Invalid response status code ${status}`);
      }
      setBody(this, extract(body));
    }
  }

  get type() { return this[kState].type; }
  get url() { return this[kState].url; }
  get redirected() { return this[kState].redirected; }
  get status() { return this[kState].status; }
  get ok() { return this[kState].status >= 200 && this[kState].status <= 299; }
  get statusText() { return this[kState].statusText; }
  get headers() { return this[kState].headers; }

  clone() {
    if (this.bodyUsed || (this[kBody] !== null && this[kBody].stream !== null && this[kBody].stream.locked)) {
      throw new TypeError('Response.clone: Body has already been consumed.');
    }
    const copy = fromParts(Object.assign({}, this[kState], { headers: new Headers(this.headers) }), null);
    copy[kBody] = cloneBody(this[kBody]);
    return copy;
  }

  static error() {
    const headers = new Headers();
    setGuard(headers, 'immutable');
    return fromParts({ type: 'error', url: '', redirected: false, status: 0, statusText: '', headers }, null);
  }

  static json(data, init = {}) {
    const text = JSON.stringify(data);
    if (text === undefined) throw new TypeError('Value is not JSON serializable');
    const response = new Response(null, init);
    if (NULL_BODY.includes(response.status)) {
      throw new TypeError(`Response constructor: Invalid response status code ${response.status}`);
    }
    setBody(response, Object.assign(extract(text), { type: 'application/json' }));
    return response;
  }

  static redirect(url, status = 302) {
    const target = new URL(`${url}`);
    if (!REDIRECTS.includes(status)) throw new RangeError(`Invalid status code ${status}`);
    const response = new Response(null, { headers: { Location: target.href } });
    response[kState].status = status;
    setGuard(response.headers, 'immutable');
    return response;
  }

  [inspectSymbol](depth, options, inspect) {
    const { status, statusText, headers, body, bodyUsed, ok, redirected, type, url } = this;
    return `Response ${inspect({ status, statusText, headers, body, bodyUsed, ok, redirected, type, url }, options)}`;
  }
}

/** A response that fetch got. */
function fromParts(state, body) {
  const response = new Response();
  response[kState] = state;
  response[kBody] = body;
  return response;
}

for (const Class of [Request, Response]) {
  mixin(Class);
  for (const name of Object.getOwnPropertyNames(Class.prototype)) {
    if (name !== 'constructor') Object.defineProperty(Class.prototype, name, { __proto__: null, enumerable: true });
  }
  Object.defineProperty(Class.prototype, Symbol.toStringTag, { __proto__: null, configurable: true, value: Class.name });
}

module.exports = { Request, Response, fromParts, kState, NULL_BODY, REDIRECTS };
