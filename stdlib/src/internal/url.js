'use strict';

// internal/url: the URL class and what converts between URLs and paths.
// A URL object holds an array: its href, then the places in it where the parts begin and end. Rust makes a new array
// whenever a part is assigned; the getters only cut pieces out.
//
//     https: // user : pass @ host : 80 /path ?query #hash
//           1   2   3     4  5    6    7     8      9      indexes into the array
//                                     (10: where the query ends)
//
// API: https://nodejs.org/docs/latest-v24.x/api/url.html#class-url, https://url.spec.whatwg.org/#url-class
// Binding `url`: parse, canParse, set, domainToASCII, domainToUnicode, percentDecode, encodePath.

const native = binding('url');

const kHref = 0;
const kProtocolEnd = 1;
const kUsernameStart = 2;
const kUsernameEnd = 3;
const kPasswordEnd = 4;
const kHostStart = 5;
const kHostEnd = 6;
const kPortEnd = 7;
const kPathStart = 8;
const kPathEnd = 9;
const kQueryEnd = 10;

function fail(code, ...args) {
  throw new (require('internal/errors').codes[code])(...args);
}

function invalidURL(input, base) {
  const error = new TypeError('Invalid URL');
  error.code = 'ERR_INVALID_URL';
  error.input = input;
  if (base !== undefined) error.base = base;
  return error;
}

let partsOf;
let assign;

class URL {
  #parts;
  #params;

  static {
    partsOf = (url) => {
      if (url === null || typeof url !== 'object' || !(#parts in url)) {
        throw new TypeError('Cannot read private member #context from an object whose class did not declare it');
      }
      return url.#parts;
    };
    assign = (url, part, value) => {
      url.#parts = native.set(partsOf(url)[kHref], part, `${value}`);
      if (part === 'search' && url.#params !== undefined) url.#params.reload(url.search);
    };
  }

  /**
   * @param {string | URL} input
   * @param {string | URL} [base]
   */
  constructor(input, base = undefined) {
    if (arguments.length === 0) fail('ERR_MISSING_ARGS', 'url');
    input = `${input}`;
    if (base !== undefined) base = `${base}`;
    const parts = native.parse(input, base);
    if (parts === undefined) throw invalidURL(input, base);
    this.#parts = parts;
  }

  /** @returns {URL | null} `null` where the constructor would throw */
  static parse(input, base = undefined) {
    if (arguments.length === 0) fail('ERR_MISSING_ARGS', 'url');
    input = `${input}`;
    if (base !== undefined) base = `${base}`;
    return native.canParse(input, base) ? new URL(input, base) : null;
  }

  /** @returns {boolean} */
  static canParse(input, base = undefined) {
    if (arguments.length === 0) fail('ERR_MISSING_ARGS', 'url');
    return native.canParse(`${input}`, base === undefined ? undefined : `${base}`);
  }

  static createObjectURL(blob) {
    return require('internal/blob').createObjectURL(blob);
  }

  static revokeObjectURL(url) {
    if (arguments.length === 0) fail('ERR_MISSING_ARGS', 'url');
    require('internal/blob').revokeObjectURL(`${url}`);
  }

  [Symbol.for('nodejs.util.inspect.custom')](depth, options) {
    if (this === null || typeof this !== 'object' || !(#parts in this)) fail('ERR_INVALID_THIS', 'URL');
    if (typeof depth === 'number' && depth < 0) return this;
    const { inspect } = require('internal/util/inspect');
    const shown = {};
    for (let i = 0; i < shownParts.length; i++) shown[shownParts[i]] = this[shownParts[i]];
    if (options?.showHidden) shown[Symbol('context')] = require('internal/url_context').contextOf(this.#parts);
    const name = this.constructor && this.constructor.name || 'URL';
    return `${name} ${inspect(shown, options)}`;
  }

  toString() {
    if (!isReceiver(this)) throw new TypeError('Receiver must be an instance of class URL');
    return this.#parts[kHref];
  }

  get href() {
    if (!isReceiver(this)) throw new TypeError('Receiver must be an instance of class URL');
    return this.#parts[kHref];
  }

  set href(value) {
    partsOf(this);
    value = `${value}`;
    const parts = native.parse(value, undefined);
    if (parts === undefined) throw invalidURL(value);
    this.#parts = parts;
    if (this.#params !== undefined) this.#params.reload(this.search);
  }

  get origin() {
    const parts = partsOf(this);
    const href = parts[kHref];
    switch (href.slice(0, parts[kProtocolEnd])) {
      case 'http:': case 'https:': case 'ws:': case 'wss:': case 'ftp:':
        return `${href.slice(0, parts[kProtocolEnd])}//${href.slice(parts[kHostStart], parts[kPortEnd])}`;
      case 'blob:': {
        const inner = native.parse(this.pathname, undefined);
        return inner !== undefined && /^https?:/.test(inner[kHref]) ? new URL(inner[kHref]).origin : 'null';
      }
      default:
        return 'null';
    }
  }

  get protocol() {
    const parts = partsOf(this);
    return parts[kHref].slice(0, parts[kProtocolEnd]);
  }

  set protocol(value) {
    assign(this, 'protocol', value);
  }

  get username() {
    const parts = partsOf(this);
    return parts[kHref].slice(parts[kUsernameStart], parts[kUsernameEnd]);
  }

  set username(value) {
    assign(this, 'username', value);
  }

  get password() {
    const parts = partsOf(this);
    return parts[kHref].slice(parts[kUsernameEnd] + 1, parts[kPasswordEnd]);
  }

  set password(value) {
    assign(this, 'password', value);
  }

  get host() {
    const parts = partsOf(this);
    return parts[kHref].slice(parts[kHostStart], parts[kPortEnd]);
  }

  set host(value) {
    assign(this, 'host', value);
  }

  get hostname() {
    const parts = partsOf(this);
    return parts[kHref].slice(parts[kHostStart], parts[kHostEnd]);
  }

  set hostname(value) {
    assign(this, 'hostname', value);
  }

  get port() {
    const parts = partsOf(this);
    return parts[kHref].slice(parts[kHostEnd] + 1, parts[kPortEnd]);
  }

  set port(value) {
    assign(this, 'port', value);
  }

  get pathname() {
    const parts = partsOf(this);
    return parts[kHref].slice(parts[kPathStart], parts[kPathEnd]);
  }

  set pathname(value) {
    assign(this, 'pathname', value);
  }

  get search() {
    if (!isReceiver(this)) throw new TypeError('Receiver must be an instance of class URL');
    const parts = this.#parts;
    // A question mark alone does not show.
    return parts[kQueryEnd] - parts[kPathEnd] < 2 ? '' : parts[kHref].slice(parts[kPathEnd], parts[kQueryEnd]);
  }

  set search(value) {
    assign(this, 'search', value);
  }

  get searchParams() {
    partsOf(this);
    if (this.#params === undefined) {
      const { URLSearchParams, link } = require('internal/url_search_params');
      const params = new URLSearchParams(this.search);
      this.#params = link(params, (query) => {
        this.#parts = native.set(this.#parts[kHref], 'search', query);
      });
    }
    return this.#params.params;
  }

  get hash() {
    const parts = partsOf(this);
    const href = parts[kHref];
    return href.length - parts[kQueryEnd] < 2 ? '' : href.slice(parts[kQueryEnd]);
  }

  set hash(value) {
    assign(this, 'hash', value);
  }

  toJSON() {
    if (!isReceiver(this)) throw new TypeError('Receiver must be an instance of class URL');
    return this.#parts[kHref];
  }
}

function isReceiver(value) {
  try {
    return partsOf(value) !== undefined;
  } catch {
    return false;
  }
}

const shownParts = ['href', 'origin', 'protocol', 'username', 'password', 'host', 'hostname', 'port', 'pathname',
                    'search', 'searchParams', 'hash'];
const enumerable = { __proto__: null, enumerable: true };
Object.defineProperty(URL.prototype, Symbol.toStringTag, { __proto__: null, configurable: true, value: 'URL' });
Object.defineProperty(URL.prototype, 'toString', enumerable);
for (let i = 0; i < shownParts.length; i++) Object.defineProperty(URL.prototype, shownParts[i], enumerable);
Object.defineProperty(URL.prototype, 'toJSON', enumerable);
const statics = ['canParse', 'parse', 'createObjectURL', 'revokeObjectURL'];
for (let i = 0; i < statics.length; i++) Object.defineProperty(URL, statics[i], enumerable);

/** Whether a value looks like a WHATWG URL, which a parsed legacy URL does not. */
function isURL(value) {
  return Boolean(value?.href && value.protocol && value.auth === undefined && value.path === undefined);
}

/**
 * @param {string | URL} path
 * @param {{ windows?: boolean }} [options]
 * @returns {string}
 */
function fileURLToPath(path, options = undefined) {
  const url = fileURLOf(path);
  const windows = options?.windows ?? process.platform === 'win32';
  return windows ? windowsPathOf(url, decodeURIComponent) : posixPathOf(url, decodeURIComponent);
}

/**
 * @param {string | URL} path
 * @param {{ windows?: boolean }} [options]
 * @returns {Buffer} the path's bytes, which need not be UTF-8
 */
function fileURLToPathBuffer(path, options = undefined) {
  const url = fileURLOf(path);
  const { Buffer } = require('buffer');
  const decode = (text) => Buffer.from(native.percentDecode(text).buffer);
  const windows = options?.windows ?? process.platform === 'win32';
  return windows ? Buffer.from(windowsPathOf(url, decodeURIComponent)) : posixPathOf(url, decode);
}

function fileURLOf(path) {
  if (typeof path === 'string') path = new URL(path);
  else if (!isURL(path)) fail('ERR_INVALID_ARG_TYPE', 'path', ['string', 'URL'], path);
  if (path.protocol !== 'file:') fail('ERR_INVALID_URL_SCHEME', 'file');
  return path;
}

function failPath(message, url) {
  const error = new (require('internal/errors').codes.ERR_INVALID_FILE_URL_PATH)(message);
  error.input = url;
  throw error;
}

function posixPathOf(url, decode) {
  if (url.hostname !== '') fail('ERR_INVALID_FILE_URL_HOST', process.platform);
  const { pathname } = url;
  if (/%2f/i.test(pathname)) failPath('must not include encoded / characters', url);
  return decode(pathname);
}

function windowsPathOf(url, decode) {
  const { hostname } = url;
  if (/%2f|%5c/i.test(url.pathname)) failPath('must not include encoded \\ or / characters', url);
  const pathname = decode(url.pathname.replaceAll('/', '\\'));
  if (hostname !== '') return `\\\\${domainToUnicode(hostname)}${pathname}`;
  if (!/^\\[a-z]:/i.test(pathname)) failPath('must be absolute', url);
  return pathname.slice(1);
}

/**
 * @param {string} filepath
 * @param {{ windows?: boolean }} [options]
 * @returns {URL}
 */
function pathToFileURL(filepath, options = undefined) {
  require('internal/validators').validateString(filepath, 'path');
  const windows = options?.windows ?? process.platform === 'win32';
  if (windows && filepath.startsWith('\\\\')) return uncPathToURL(filepath);
  const path = require(windows ? 'path/win32' : 'path/posix');
  let resolved = path.resolve(filepath);
  const last = filepath[filepath.length - 1];
  if ((last === '/' || windows && last === '\\') && resolved[resolved.length - 1] !== path.sep) resolved += '/';
  if (windows) resolved = `/${resolved.replaceAll('\\', '/')}`;
  return new URL(`file://${native.encodePath(resolved)}`);
}

/** `\\server\share\file`, `\\?\UNC\server\share\file`, `\\?\C:\file`. */
function uncPathToURL(filepath) {
  let rest = filepath.slice(2);
  if (/^\?\\UNC\\/i.test(rest)) rest = rest.slice(6);
  else if (/^\?\\[a-z]:\\/i.test(rest)) return pathToFileURL(rest.slice(2), { windows: true });
  const hostEnd = rest.indexOf('\\');
  if (hostEnd === -1) fail('ERR_INVALID_ARG_VALUE', 'path', filepath, 'Missing UNC resource path');
  if (hostEnd === 0) fail('ERR_INVALID_ARG_VALUE', 'path', filepath, 'Empty UNC servername');
  const url = new URL('file://');
  url.hostname = domainToASCII(rest.slice(0, hostEnd));
  url.pathname = native.encodePath(rest.slice(hostEnd).replaceAll('\\', '/'));
  return url;
}

/** A path from a path or a file URL: what fs accepts. */
function toPathIfFileURL(value) {
  return isURL(value) ? fileURLToPath(value) : value;
}

/**
 * @param {URL} url
 * @returns {object} what http.request wants
 */
function urlToHttpOptions(url) {
  const { validateObject, kValidateObjectAllowFunction, kValidateObjectAllowArray } = require('internal/validators');
  validateObject(url, 'url', kValidateObjectAllowArray | kValidateObjectAllowFunction);
  const { hostname, pathname, port, username, password, search } = url;
  const options = {
    __proto__: null,
    ...url,
    protocol: url.protocol,
    hostname: hostname && hostname[0] === '[' ? hostname.slice(1, -1) : hostname,
    hash: url.hash,
    search,
    pathname,
    path: `${pathname || ''}${search || ''}`,
    href: url.href,
  };
  if (port !== '') options.port = Number(port);
  if (username || password) options.auth = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  return options;
}

/** @param {string} domain */
function domainToASCII(domain) {
  if (arguments.length === 0) fail('ERR_MISSING_ARGS', 'domain');
  return native.domainToASCII(`${domain}`);
}

/** @param {string} domain */
function domainToUnicode(domain) {
  if (arguments.length === 0) fail('ERR_MISSING_ARGS', 'domain');
  return native.domainToUnicode(`${domain}`);
}

/** `url.format` of a WHATWG URL; an option that is falsy leaves its part out. */
function formatURL(url, { auth = true, fragment = true, search = true, unicode = false }) {
  const parts = url instanceof URL ? partsOf(url) : native.parse(url.href, undefined);
  const href = parts[kHref];
  let text = href.slice(0, parts[kUsernameStart]);
  if (auth) text += href.slice(parts[kUsernameStart], parts[kHostStart]);
  const host = href.slice(parts[kHostStart], parts[kHostEnd]);
  text += unicode ? native.domainToUnicode(host) || host : host;
  text += href.slice(parts[kHostEnd], parts[kPathEnd]);
  if (search) text += href.slice(parts[kPathEnd], parts[kQueryEnd]);
  if (fragment) text += href.slice(parts[kQueryEnd]);
  return text;
}

module.exports = {
  URL,
  isURL,
  fileURLToPath,
  fileURLToPathBuffer,
  pathToFileURL,
  toPathIfFileURL,
  urlToHttpOptions,
  domainToASCII,
  domainToUnicode,
  formatURL,
};
Object.defineProperty(module.exports, 'URLSearchParams', {
  __proto__: null,
  configurable: true,
  enumerable: true,
  get() { return require('internal/url_search_params').URLSearchParams; },
});
