'use strict';
// internal/fs/names: links, real paths, copies of single files, and directories that come and go.
// API: https://nodejs.org/docs/latest-v24.x/api/fs.html#fssymlinktarget-path-type-callback and its neighbours
// Binding functions: link, symlink, readlink, realpath, realpathByLink, copyFile, mkdtemp, rmdir.

const natives = binding('fs');
const { validateInteger, validateOneOf } = require('internal/validators');
const { encodeName, getOptions, validateCallback, validatePath, wantsBytes } = require('internal/fs/utils');

const SYMLINK_TYPES = ['dir', 'file', 'junction', null, undefined];

function link(existingPath, newPath, callback) {
  validateCallback(callback);
  natives.link(validatePath(existingPath, 'existingPath'), validatePath(newPath, 'newPath'), callback);
}

function linkSync(existingPath, newPath) {
  natives.link(validatePath(existingPath, 'existingPath'), validatePath(newPath, 'newPath'));
}

function symlink(target, path, type, callback) {
  if (callback === undefined) {
    callback = validateCallback(type);
    type = undefined;
  } else {
    validateOneOf(type, 'type', SYMLINK_TYPES);
  }
  target = validatePath(target, 'target');
  path = validatePath(path);
  natives.symlink(target, path, type ?? 'file', callback);
}

function symlinkSync(target, path, type) {
  validateOneOf(type, 'type', SYMLINK_TYPES);
  natives.symlink(validatePath(target, 'target'), validatePath(path), type ?? 'file');
}

function readlink(path, options, callback) {
  if (typeof options === 'function') {
    callback = options;
    options = undefined;
  }
  validateCallback(callback);
  const encoding = getOptions(options, undefined)?.encoding;
  namedResult(natives.readlink, validatePath(path), encoding, callback);
}

function readlinkSync(path, options) {
  const encoding = getOptions(options, undefined)?.encoding;
  return encodeName(natives.readlink(validatePath(path), wantsBytes(encoding)), encoding);
}

// The plain form names the component that is missing (`lstat`), the native form the whole path (`realpath`).
function realpath(path, options, callback) {
  if (typeof options === 'function') {
    callback = options;
    options = undefined;
  }
  validateCallback(callback);
  const encoding = getOptions(options, undefined)?.encoding;
  namedResult(natives.realpathByLink, realpathArgument(path), encoding, callback);
}

function realpathSync(path, options) {
  const encoding = getOptions(options, undefined)?.encoding;
  return encodeName(natives.realpathByLink(realpathArgument(path), wantsBytes(encoding)), encoding);
}

// An empty path stands for the current directory here, not for an error.
function realpathArgument(path) {
  return validatePath(path) || '.';
}

function realpathNative(path, options, callback) {
  if (typeof options === 'function') {
    callback = options;
    options = undefined;
  }
  validateCallback(callback);
  const encoding = getOptions(options, undefined)?.encoding;
  namedResult(natives.realpath, validatePath(path), encoding, callback);
}

function realpathNativeSync(path, options) {
  const encoding = getOptions(options, undefined)?.encoding;
  return encodeName(natives.realpath(validatePath(path), wantsBytes(encoding)), encoding);
}

function copyFile(src, dest, mode, callback) {
  if (typeof mode === 'function') {
    callback = mode;
    mode = 0;
  }
  src = validatePath(src, 'src');
  dest = validatePath(dest, 'dest');
  validateCallback(callback);
  natives.copyFile(src, dest, copyMode(mode), callback);
}

function copyFileSync(src, dest, mode) {
  natives.copyFile(validatePath(src, 'src'), validatePath(dest, 'dest'), copyMode(mode));
}

function copyMode(mode) {
  if (mode == null) return 0;
  validateInteger(mode, 'mode', 0, 7);
  return mode;
}

// rmdir's `recursive` was removed in favour of rm; what is left of its options is ignored.
function rmdir(path, options, callback) {
  if (typeof options === 'function') {
    callback = options;
    options = undefined;
  }
  if (options?.recursive !== undefined) require('internal/fs/rm').rejectRmdirRecursive(options.recursive);
  natives.rmdir(validatePath(path), validateCallback(callback));
}

function rmdirSync(path, options) {
  if (options?.recursive !== undefined) require('internal/fs/rm').rejectRmdirRecursive(options.recursive);
  natives.rmdir(validatePath(path));
}

let warnedAboutTemplate = false;

// Some systems replace every X at the end of a template, not only the six that are added here.
function warnAboutTemplate(prefix) {
  if (warnedAboutTemplate || prefix.at(-1) !== (typeof prefix === 'string' ? 'X' : 0x58)) return;
  warnedAboutTemplate = true;
  process.emitWarning('mkdtemp() templates ending with X are not portable. ' +
                      'For details see: https://nodejs.org/api/fs.html');
}

function mkdtempPrefix(prefix) {
  prefix = validatePath(prefix, 'prefix');
  warnAboutTemplate(prefix);
  if (typeof prefix === 'string') return `${prefix}XXXXXX`;
  return Buffer.concat([prefix, Buffer.from('XXXXXX')]);
}

function mkdtemp(prefix, options, callback) {
  if (typeof options === 'function') {
    callback = options;
    options = undefined;
  }
  validateCallback(callback);
  const encoding = getOptions(options, undefined)?.encoding;
  namedResult(natives.mkdtemp, mkdtempPrefix(prefix), encoding, callback);
}

function mkdtempSync(prefix, options) {
  const encoding = getOptions(options, undefined)?.encoding;
  return encodeName(natives.mkdtemp(mkdtempPrefix(prefix), wantsBytes(encoding)), encoding);
}

function namedResult(native, path, encoding, callback) {
  native(path, wantsBytes(encoding), (error, name) => {
    if (error) callback(error);
    else callback(null, encodeName(name, encoding));
  });
}

module.exports = {
  copyFile, copyFileSync, link, linkSync, mkdtemp, mkdtempSync, readlink, readlinkSync, realpath, realpathNative,
  realpathNativeSync, realpathSync, rmdir, rmdirSync, symlink, symlinkSync,
};
