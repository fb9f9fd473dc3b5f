'use strict';

// internal/path: what both kinds of paths share and few programs call.
// API: https://nodejs.org/docs/latest-v24.x/api/path.html#pathformatpathobject

const { validateObject, validateString } = require('internal/validators');

function format(sep, pathObject) {
  validateObject(pathObject, 'pathObject');
  const dir = pathObject.dir || pathObject.root;
  const base = pathObject.base || `${pathObject.name || ''}${withDot(pathObject.ext)}`;
  if (!dir) return base;
  return dir === pathObject.root ? `${dir}${base}` : `${dir}${sep}${base}`;
}

function withDot(ext) {
  return ext ? `${ext[0] === '.' ? '' : '.'}${ext}` : '';
}

function matchesGlob(path, pattern, windows) {
  validateString(path, 'path');
  validateString(pattern, 'pattern');
  if (windows) {
    path = path.replaceAll('\\', '/');
    pattern = pattern.replaceAll('\\', '/');
  }
  return require('internal/glob').compile(pattern, { nocase: windows }).test(path);
}

module.exports = { format, matchesGlob };
