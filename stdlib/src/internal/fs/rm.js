'use strict';
// internal/fs/rm: removing files and trees, and temporary directories that remove themselves.
// API: https://nodejs.org/docs/latest-v24.x/api/fs.html#fsrmpath-options-callback
// Binding functions: rm (the walk and its retries are one job), lstat.

const natives = binding('fs');
const { codes } = require('internal/errors');
const { validateBoolean, validateInt32, validateObject, validateUint32 } = require('internal/validators');
const { validateCallback, validatePath } = require('internal/fs/utils');

const MODE_FIELD = 1; // of the list that lstat gives
const S_IFMT = 0o170000;
const S_IFDIR = 0o040000;
const EISDIR = 21;

function rmOptions(options) {
  if (options === undefined) return { force: false, recursive: false, maxRetries: 0, retryDelay: 100 };
  validateObject(options, 'options');
  const { force = false, recursive = false, maxRetries = 0, retryDelay = 100 } = options;
  validateBoolean(force, 'options.force');
  validateBoolean(recursive, 'options.recursive');
  validateInt32(retryDelay, 'options.retryDelay', 0);
  validateUint32(maxRetries, 'options.maxRetries');
  return { force, recursive, maxRetries, retryDelay };
}

function isDirectoryError(path) {
  return new codes.ERR_FS_EISDIR({
    code: 'EISDIR',
    message: 'is a directory',
    path,
    syscall: 'rm',
    errno: EISDIR,
  });
}

function isDirectory(fields) {
  return (fields[MODE_FIELD] & S_IFMT) === S_IFDIR;
}

function rm(path, options, callback) {
  if (typeof options === 'function') {
    callback = options;
    options = undefined;
  }
  validateCallback(callback);
  path = validatePath(path);
  const { force, recursive, maxRetries, retryDelay } = rmOptions(options);
  const remove = () => natives.rm(path, force, recursive, maxRetries, retryDelay, callback);
  if (recursive) {
    remove();
    return;
  }
  natives.lstat(path, false, true, (error, fields) => {
    if (error) callback(force && error.code === 'ENOENT' ? null : error);
    else if (isDirectory(fields)) callback(isDirectoryError(path));
    else remove();
  });
}

function rmSync(path, options) {
  path = validatePath(path);
  const { force, recursive, maxRetries, retryDelay } = rmOptions(options);
  if (!recursive) {
    const fields = natives.lstat(path, false, !force);
    if (fields === undefined) return;
    if (isDirectory(fields)) throw isDirectoryError(path);
  }
  natives.rm(path, force, recursive, maxRetries, retryDelay);
}

/** What is left of rmdir's option `recursive`: an error that points to rm. */
function rejectRmdirRecursive(value) {
  throw new codes.ERR_INVALID_ARG_VALUE('options.recursive', value, 'is no longer supported');
}

// The path is made absolute at once, so that a later chdir doesn't change what is removed.
function mkdtempDisposableSync(prefix, options) {
  const fs = require('fs');
  const path = fs.mkdtempSync(prefix, options);
  const absolute = require('path').resolve(path.toString());
  const remove = () => fs.rmSync(absolute, { force: true, recursive: true });
  return {
    path,
    remove,
    [Symbol.dispose]() { remove(); },
  };
}

module.exports = { mkdtempDisposableSync, rejectRmdirRecursive, rm, rmOptions, rmSync };
