'use strict';

// node:path/posix. Most functions are the binding's own; here are those that need the working directory, an object, or
// something rarely loaded.
// API: https://nodejs.org/docs/latest-v24.x/api/path.html
// Binding `path`: normalize, join, resolveParts, relativeResolved, dirname, basename, extname, isAbsolute, parse.

const { normalize, join, resolveParts, relativeResolved, dirname, basename, extname, isAbsolute, parse } = binding('path');

/** @param {...string} paths */
function resolve(...paths) {
  const resolved = resolveParts(paths, undefined);
  return resolved === undefined ? resolveParts(paths, process.cwd()) : resolved;
}
Object.defineProperty(resolve, 'length', { __proto__: null, configurable: true, value: 0 });

/**
 * @param {string} from
 * @param {string} to
 */
function relative(from, to) {
  const { validateString } = require('internal/validators');
  validateString(from, 'from');
  validateString(to, 'to');
  return from === to ? '' : relativeResolved(resolve(from), resolve(to));
}

/** @param {{ dir?: string, root?: string, base?: string, name?: string, ext?: string }} pathObject */
function format(pathObject) {
  return require('internal/path').format('/', pathObject);
}

/** On POSIX there are no namespaced paths. */
function toNamespacedPath(path) {
  return path;
}

/**
 * @param {string} path
 * @param {string} pattern
 */
function matchesGlob(path, pattern) {
  return require('internal/path').matchesGlob(path, pattern, false);
}

const posix = {
  resolve,
  normalize,
  isAbsolute,
  join,
  relative,
  toNamespacedPath,
  dirname,
  basename,
  extname,
  format,
  parse,
  matchesGlob,
  sep: '/',
  delimiter: ':',
  win32: null,
  posix: null,
  _makeLong: toNamespacedPath,
};
posix.posix = posix;

// Windows paths are parsed (as source text) only for those who ask.
Object.defineProperty(posix, 'win32', {
  __proto__: null,
  configurable: true,
  enumerable: true,
  get() { return require('path/win32'); },
});

module.exports = posix;
