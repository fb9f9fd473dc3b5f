'use strict';

// url/legacy: url.parse, url.format, url.resolve and the Url class, from before there was a standard. Lenient, and kept
// as it is for the programs that rely on it.
// API: https://nodejs.org/docs/latest-v24.x/api/url.html#legacy-url-api
// Binding `url`: toASCII.

const { codes: { ERR_INVALID_ARG_TYPE, ERR_INVALID_ARG_VALUE, ERR_INVALID_URL } } = require('internal/errors');
const { validateString } = require('internal/validators');
const { toASCII } = binding('url');

// Schemes that are followed by `//` and a host even where the slashes are missing.
const slashed = new Set(['http:', 'https:', 'ftp:', 'gopher:', 'file:', 'ws:', 'wss:']);
// What a host may never contain, once it is ASCII. Brackets and colons are part of IPv6 addresses.
const forbiddenInHost = /[\0\t\n\r #%/:<>?@[\\\]^|]/;
const forbiddenInIPv6 = /[\0\t\n\r #%/<>?@\\^|]/;
const escapes = /[\t\n\r "'<>\\^`{|}]/g;
const maxHostLength = 255;

class Url {
  constructor() {
    this.protocol = null;
    this.slashes = null;
    this.auth = null;
    this.host = null;
    this.port = null;
    this.hostname = null;
    this.hash = null;
    this.search = null;
    this.query = null;
    this.pathname = null;
    this.path = null;
    this.href = null;
  }
}

// Functions rather than methods: programs enumerate them, and call some on objects of their own.
Url.prototype.parse = function(url, parseQueryString, slashesDenoteHost) {
  validateString(url, 'url');
  let rest = straighten(url);
  const scheme = /^[a-z0-9.+-]+:/i.exec(rest);
  if (scheme !== null) {
    this.protocol = scheme[0].toLowerCase();
    rest = rest.slice(scheme[0].length);
  }
  const isScript = this.protocol === 'javascript:';
  if (!isScript && rest.startsWith('//') &&
      (slashesDenoteHost || scheme !== null || /^\/\/[^@/]+@[^@/]+/.test(rest))) {
    this.slashes = true;
    rest = rest.slice(2);
  }
  if (!isScript && (this.slashes || scheme !== null && !slashed.has(this.protocol))) {
    rest = takeAuthority(this, rest, url);
  }
  if (!isScript) rest = rest.replace(escapes, (char) => `%${hex(char)}`);
  takePath(this, rest, parseQueryString);
  this.href = this.format();
  return this;
};

function hex(char) {
  return char.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0');
}

/** Trims blanks and controls; turns backslashes into slashes up to the query. */
function straighten(url) {
  const trimmed = url.replace(/^[\0-\x20\xa0\ufeff]+|[\0-\x20\xa0\ufeff]+$/g, '');
  const end = trimmed.search(/[?#]/);
  if (end === -1) return trimmed.replaceAll('\\', '/');
  return trimmed.slice(0, end).replaceAll('\\', '/') + trimmed.slice(end);
}

/** Reads `auth@host:port` and returns what follows. */
function takeAuthority(target, text, url) {
  const delimiter = text.search(/[/?#]/);
  const limit = delimiter === -1 ? text.length : delimiter;
  const authority = text.slice(0, limit).replace(/[\t\n\r]/g, '');
  // The last `@` ends the credentials; the host goes on to the first character that no host has.
  const at = authority.lastIndexOf('@');
  if (at !== -1) target.auth = decodeURIComponent(authority.slice(0, at));
  const host = authority.slice(at + 1);
  const odd = host.search(/[ "%';<>\\^`{|}]/);
  takeHost(target, odd === -1 ? host : host.slice(0, odd), url);
  const rest = (odd === -1 ? '' : host.slice(odd)) + text.slice(limit);
  return target.host[0] === '[' && rest[0] !== '/' ? `/${rest}` : rest;
}

function takeHost(target, host, url) {
  const port = /:([0-9]*)$/.exec(host);
  let hostname = host;
  if (port !== null) {
    if (port[1] !== '') target.port = port[1];
    hostname = host.slice(0, port.index);
  }
  const isIPv6 = hostname[0] === '[' && hostname[hostname.length - 1] === ']';
  if (hostname.length > maxHostLength) hostname = '';
  hostname = hostname.toLowerCase();
  if (hostname !== '' && !isIPv6) {
    if (hostname.includes(':') && hostname[0] !== '[') throw new ERR_INVALID_ARG_VALUE('url', url, 'has an invalid port');
    hostname = toASCII(hostname);
    if (hostname === '' || forbiddenInHost.test(hostname)) throw new ERR_INVALID_URL(url);
  } else if (isIPv6 && forbiddenInIPv6.test(hostname)) {
    throw new ERR_INVALID_URL(url);
  }
  target.host = hostname + (target.port === null ? '' : `:${target.port}`);
  target.hostname = isIPv6 ? hostname.slice(1, -1) : hostname;
}

function takePath(target, rest, parseQueryString) {
  const hash = rest.indexOf('#');
  if (hash !== -1) {
    target.hash = rest.slice(hash);
    rest = rest.slice(0, hash);
  }
  const question = rest.indexOf('?');
  if (question !== -1) {
    target.search = rest.slice(question);
    target.query = rest.slice(question + 1);
    rest = rest.slice(0, question);
    if (parseQueryString) target.query = require('querystring').parse(target.query);
  } else if (parseQueryString) {
    target.query = { __proto__: null };
  }
  if (rest !== '') target.pathname = rest;
  else if (slashed.has(target.protocol) && target.hostname) target.pathname = '/';
  if (target.pathname || target.search) target.path = (target.pathname || '') + (target.search || '');
}

Url.prototype.format = function() {
  let auth = this.auth || '';
  if (auth) auth = `${encodeURIComponent(auth).replace(/%3A/gi, ':')}@`;
  let protocol = this.protocol || '';
  if (protocol && !protocol.endsWith(':')) protocol += ':';
  let host = '';
  if (this.host) {
    host = auth + this.host;
  } else if (this.hostname) {
    const bare = this.hostname.includes(':') && this.hostname[0] !== '[';
    host = auth + (bare ? `[${this.hostname}]` : this.hostname) + (this.port ? `:${this.port}` : '');
  }
  let pathname = (this.pathname || '').replace(/[?#]/g, (char) => `%${hex(char)}`);
  if (this.slashes || slashed.has(protocol)) {
    if (this.slashes || host) {
      if (pathname && pathname[0] !== '/') pathname = `/${pathname}`;
      host = `//${host}`;
    } else if (protocol === 'file:') {
      host = '//';
    }
  }
  return protocol + host + pathname + searchOf(this) + hashOf(this);
};

function searchOf(url) {
  let query = '';
  if (url.query !== null && typeof url.query === 'object') query = require('querystring').stringify(url.query);
  let search = url.search || query && `?${query}` || '';
  if (search && search[0] !== '?') search = `?${search}`;
  return search.replaceAll('#', '%23');
}

function hashOf(url) {
  const hash = url.hash || '';
  return hash && hash[0] !== '#' ? `#${hash}` : hash;
}

Url.prototype.resolve = function(relative) {
  return this.resolveObject(parse(relative, false, true)).format();
};

Url.prototype.resolveObject = function(relative) {
  if (typeof relative === 'string') relative = new Url().parse(relative, false, true);
  const result = Object.assign(new Url(), this);
  result.hash = relative.hash;
  if (relative.href !== '') {
    if (relative.slashes && !relative.protocol) replaceAuthority(result, relative);
    else if (relative.protocol && relative.protocol !== result.protocol) replaceScheme(result, relative);
    else resolvePath(result, relative);
  }
  result.href = result.format();
  return result;
};

/** `//host/path` on any base: everything but the scheme is new. */
function replaceAuthority(result, relative) {
  const { protocol } = result;
  Object.assign(result, relative);
  result.protocol = protocol;
  if (slashed.has(protocol) && result.hostname && !result.pathname) result.path = result.pathname = '/';
}

/** Another scheme: everything is new, though `http:/host` may find its host in the path. */
function replaceScheme(result, relative) {
  const slashes = result.slashes || relative.slashes;
  Object.assign(result, relative);
  if (!slashed.has(relative.protocol)) return;
  result.slashes = slashes;
  if (!relative.host && relative.protocol !== 'file:') {
    const segments = (relative.pathname || '').split('/').filter((segment, index, all) => {
      return segment !== '' || all.slice(0, index).some(Boolean);
    });
    result.host = segments.shift() || '';
    result.hostname = result.host;
    result.pathname = `/${segments.join('/')}`;
  }
  result.host = result.host || '';
  result.hostname = result.hostname || result.host;
  if (result.pathname || result.search) result.path = (result.pathname || '') + (result.search || '');
}

/** The same scheme or none: the two paths are merged, the query is the relative one's. */
function resolvePath(result, relative) {
  // Schemes without slashes have no host of their own; it is the first segment of their path.
  const flat = result.protocol && !slashed.has(result.protocol);
  let from = segmentsOf(result, flat);
  const to = segmentsOf(relative, flat);
  const fromAbsolute = result.pathname && result.pathname[0] === '/';
  const toAbsolute = relative.host || relative.pathname && relative.pathname[0] === '/';
  let absolute = Boolean(toAbsolute || fromAbsolute || result.host && relative.pathname);
  const keepsUp = !absolute;
  if (flat) {
    absolute = absolute && (to[0] === '' || from[0] === '');
    result.host = '';
    result.hostname = '';
    result.port = null;
    if (relative.protocol) result.auth = null;
  }
  if (toAbsolute) {
    if (!flat && (relative.host || relative.host === '')) {
      if (result.host !== relative.host) result.auth = null;
      result.host = relative.host;
      result.hostname = relative.hostname;
      result.port = relative.port;
    }
    from = to;
  } else if (to.length > 0) {
    from = from.slice(0, -1).concat(to);
  } else if (relative.search === null) {
    // Nothing but a fragment.
    finishPath(result, removeDots(from, keepsUp, absolute, result.host || relative.host), flat, absolute);
    return;
  } else {
    result.search = relative.search;
    result.query = relative.query;
    if (flat) finishPath(result, from, flat, absolute);
    result.path = (result.pathname || '') + (result.search || '');
    return;
  }
  result.search = relative.search;
  result.query = relative.query;
  result.auth = relative.auth || result.auth;
  result.slashes = result.slashes || relative.slashes;
  finishPath(result, removeDots(from, keepsUp, absolute, result.host || relative.host), flat, absolute);
}

function segmentsOf(url, flat) {
  const segments = url.pathname ? url.pathname.split('/') : [];
  if (flat && url.host) {
    if (segments[0] === '') segments[0] = url.host;
    else segments.unshift(url.host);
  }
  return segments;
}

/** Works out `.` and `..`; those that lead above the start are kept where the path is relative. */
function removeDots(segments, keepsUp, absolute, hasHost) {
  if (segments.length === 0) return segments;
  const last = segments[segments.length - 1];
  const trailing = last === '' || (hasHost || segments.length > 1) && (last === '.' || last === '..');
  const kept = [];
  let up = 0;
  for (let i = segments.length - 1; i >= 0; i--) {
    if (segments[i] === '.') continue;
    if (segments[i] === '..') up++;
    else if (up > 0) up--;
    else kept.unshift(segments[i]);
  }
  if (keepsUp) {
    for (; up > 0; up--) kept.unshift('..');
  }
  if (absolute && kept[0] !== '' && (!kept[0] || kept[0][0] !== '/')) kept.unshift('');
  if (trailing && !kept.join('/').endsWith('/')) kept.push('');
  return kept;
}

function finishPath(result, segments, flat, absolute) {
  const rooted = segments[0] === '' || segments[0] !== undefined && segments[0][0] === '/';
  if (flat && segments.length > 0) {
    const host = rooted ? '' : segments.shift();
    const at = host.indexOf('@');
    if (at > 0) result.auth = host.slice(0, at);
    result.host = result.hostname = at > 0 ? host.slice(at + 1) : host;
  }
  if ((absolute || result.host && segments.length > 0) && !rooted) segments.unshift('');
  result.pathname = segments.join('/') || null;
  const path = (result.pathname || '') + (result.search || '');
  result.path = path === '' ? null : result.pathname === null && !flat ? `/${path}` : path;
}

Url.prototype.parseHost = function() {
  takeHost(this, this.host || '', this.href || '');
};

/** Legacy: parses, whatever is given; a Url object is returned as it is. */
function parse(url, parseQueryString, slashesDenoteHost) {
  if (url instanceof Url) return url;
  return new Url().parse(url, parseQueryString, slashesDenoteHost);
}

function format(urlObject) {
  if (typeof urlObject === 'string') urlObject = parse(urlObject);
  else if (typeof urlObject !== 'object' || urlObject === null) {
    throw new ERR_INVALID_ARG_TYPE('urlObject', ['Object', 'string'], urlObject);
  }
  return Url.prototype.format.call(urlObject);
}

/** @returns {string} */
function resolve(from, to) {
  return parse(from, false, true).resolve(to);
}

/** @returns {Url} */
function resolveObject(from, to) {
  return from ? parse(from, false, true).resolveObject(to) : to;
}

module.exports = { Url, parse, format, resolve, resolveObject };
