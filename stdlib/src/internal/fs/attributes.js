'use strict';
// internal/fs/attributes: permissions, owner and times of a file, and what is known about a file system.
// API: https://nodejs.org/docs/latest-v24.x/api/fs.html (chmod, chown, utimes, statfs and their relatives)
// Binding functions: chmod, fchmod, chown, fchown, lchown, utimes, futimes, lutimes, statfs, lchmod.

const natives = binding('fs');
const { parseFileMode, validateInteger } = require('internal/validators');
const { toUnixTimestamp, validateCallback, validateFd, validatePath } = require('internal/fs/utils');

const MAX_USER_ID = 4294967295;

// -1 leaves that owner as it is.
function validateOwner(uid, gid) {
  validateInteger(uid, 'uid', -1, MAX_USER_ID);
  validateInteger(gid, 'gid', -1, MAX_USER_ID);
}

function chmod(path, mode, callback) {
  path = validatePath(path);
  mode = parseFileMode(mode, 'mode');
  natives.chmod(path, mode, validateCallback(callback));
}

function chmodSync(path, mode) {
  natives.chmod(validatePath(path), parseFileMode(mode, 'mode'));
}

function fchmod(fd, mode, callback) {
  fd = validateFd(fd);
  mode = parseFileMode(mode, 'mode');
  natives.fchmod(fd, mode, validateCallback(callback));
}

function fchmodSync(fd, mode) {
  natives.fchmod(validateFd(fd), parseFileMode(mode, 'mode'));
}

function chown(path, uid, gid, callback) {
  validateCallback(callback);
  path = validatePath(path);
  validateOwner(uid, gid);
  natives.chown(path, uid, gid, callback);
}

function chownSync(path, uid, gid) {
  path = validatePath(path);
  validateOwner(uid, gid);
  natives.chown(path, uid, gid);
}

function lchown(path, uid, gid, callback) {
  validateCallback(callback);
  path = validatePath(path);
  validateOwner(uid, gid);
  natives.lchown(path, uid, gid, callback);
}

function lchownSync(path, uid, gid) {
  path = validatePath(path);
  validateOwner(uid, gid);
  natives.lchown(path, uid, gid);
}

function fchown(fd, uid, gid, callback) {
  fd = validateFd(fd);
  validateOwner(uid, gid);
  natives.fchown(fd, uid, gid, validateCallback(callback));
}

function fchownSync(fd, uid, gid) {
  fd = validateFd(fd);
  validateOwner(uid, gid);
  natives.fchown(fd, uid, gid);
}

function lchmod(path, mode, callback) {
  validateCallback(callback);
  natives.lchmod(validatePath(path), parseFileMode(mode, 'mode'), callback);
}

function lchmodSync(path, mode) {
  natives.lchmod(validatePath(path), parseFileMode(mode, 'mode'));
}

function utimes(path, atime, mtime, callback) {
  validateCallback(callback);
  natives.utimes(validatePath(path), toUnixTimestamp(atime), toUnixTimestamp(mtime), callback);
}

function utimesSync(path, atime, mtime) {
  natives.utimes(validatePath(path), toUnixTimestamp(atime), toUnixTimestamp(mtime));
}

function futimes(fd, atime, mtime, callback) {
  fd = validateFd(fd);
  atime = toUnixTimestamp(atime, 'atime');
  mtime = toUnixTimestamp(mtime, 'mtime');
  natives.futimes(fd, atime, mtime, validateCallback(callback));
}

function futimesSync(fd, atime, mtime) {
  natives.futimes(validateFd(fd), toUnixTimestamp(atime, 'atime'), toUnixTimestamp(mtime, 'mtime'));
}

function lutimes(path, atime, mtime, callback) {
  validateCallback(callback);
  natives.lutimes(validatePath(path), toUnixTimestamp(atime), toUnixTimestamp(mtime), callback);
}

function lutimesSync(path, atime, mtime) {
  natives.lutimes(validatePath(path), toUnixTimestamp(atime), toUnixTimestamp(mtime));
}

function statfs(path, options, callback) {
  if (typeof options === 'function') {
    callback = options;
    options = undefined;
  }
  validateCallback(callback);
  natives.statfs(validatePath(path), options?.bigint === true, (error, fields) => {
    if (error) callback(error);
    else callback(null, new (require('internal/fs/stats').StatFs)(fields));
  });
}

function statfsSync(path, options) {
  return new (require('internal/fs/stats').StatFs)(natives.statfs(validatePath(path), options?.bigint === true));
}

module.exports = {
  chmod, chmodSync, chown, chownSync, fchmod, fchmodSync, fchown, fchownSync, futimes, futimesSync, lchmod, lchmodSync, lchown, lchownSync, lutimes,
  lutimesSync, statfs, statfsSync, utimes, utimesSync, validateOwner,
};
