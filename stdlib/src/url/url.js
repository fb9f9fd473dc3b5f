'use strict';

// node:url. The URL classes and path conversions are in internal/url; the legacy parser in url/legacy, loaded by the
// first call that needs it.
// API: https://nodejs.org/docs/latest-v24.x/api/url.html

const {
  URL, domainToASCII, domainToUnicode, fileURLToPath, fileURLToPathBuffer, isURL, pathToFileURL, urlToHttpOptions, formatURL,
} = require('internal/url');

let warned = false;
/** The legacy parser is deprecated for programs, not for the packages that they use. */
function warnOfParse() {
  if (warned) return;
  const { stack } = new Error();
  if (/[\\/]node_modules[\\/]/.test(stack)) return;
  warned = true;
  process.emitWarning(
    '`url.parse()` behavior is not standardized and prone to errors that have security implications. Use the WHATWG ' +
    'URL API instead. CVEs are not issued for `url.parse()` vulnerabilities.', 'DeprecationWarning', 'DEP0169');
}

/**
 * @deprecated
 * @param {string} urlString
 * @param {boolean} [parseQueryString]
 * @param {boolean} [slashesDenoteHost]
 */
function parse(urlString, parseQueryString, slashesDenoteHost) {
  warnOfParse();
  return require('url/legacy').parse(urlString, parseQueryString, slashesDenoteHost);
}

/**
 * @param {URL | string | object} urlObject
 * @param {{ auth?: boolean, fragment?: boolean, search?: boolean, unicode?: boolean }} [options] for a WHATWG URL
 */
function format(urlObject, options) {
  if (typeof urlObject === 'object' && urlObject !== null && isURL(urlObject)) {
    if (options !== undefined && options !== null) require('internal/validators').validateObject(options, 'options');
    return formatURL(urlObject, options || {});
  }
  return require('url/legacy').format(urlObject);
}

function resolve(from, to) {
  return require('url/legacy').resolve(from, to);
}

function resolveObject(from, to) {
  return require('url/legacy').resolveObject(from, to);
}

module.exports = {
  parse,
  resolve,
  resolveObject,
  format,
  URL,
  domainToASCII,
  domainToUnicode,
  pathToFileURL,
  fileURLToPath,
  fileURLToPathBuffer,
  urlToHttpOptions,
};

function defineLazily(name, load) {
  Object.defineProperty(module.exports, name, { __proto__: null, configurable: true, enumerable: true, get: load });
}
defineLazily('Url', () => require('url/legacy').Url);
defineLazily('URLSearchParams', () => require('internal/url').URLSearchParams);
