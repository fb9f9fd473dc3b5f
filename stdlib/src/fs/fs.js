'use strict';
// node:fs: the callback and the synchronous calls that programs use all the time; everything else of the module is a
// stub here and a file of its own in internal/fs/, read when it is first called.
// API: https://nodejs.org/docs/latest-v24.x/api/fs.html
// Binding functions: access, close, copyFile, fstat, ftruncate, getConstants, link, lstat, mkdir, mkdtemp, open, read,
// readFile, readdir, readlink, realpath, rename, rmdir, stat, symlink, unlink, write, writeFile, chmod, fchmod, fsync,
// fdatasync. Each takes a callback as its last argument, or throws and returns when there is none.

const natives = binding('fs');
const { codes } = require('internal/errors');
const {
  parseFileMode, validateBoolean, validateInteger, validateNumber, validateObject, validateOneOf, validateBuffer,
  validateString,
} = require('internal/validators');
const {
  dataToBytes, encodeName, flagsToNumber, getOptions, isFd, toUnixTimestamp, validateCallback, validateFd, validateFlush,
  validatePath, validateReadPosition, validateReadRange, validateWriteRange, viewBytes, wantsBytes, writePosition,
} = require('internal/fs/utils');
const { customPromisifyArgs, promisify } = require('internal/util');

const constants = natives.getConstants();
const { F_OK, R_OK, W_OK, X_OK } = constants;

const DEFAULT_READ_LENGTH = 16384;
const SYMLINK_TYPES = ['dir', 'file', 'junction', null, undefined];

const fs = module.exports;

// Paths that only have to exist.

function access(path, mode, callback) {
  if (typeof mode === 'function') {
    callback = mode;
    mode = F_OK;
  }
  path = validatePath(path);
  mode = accessMode(mode);
  natives.access(path, mode, validateCallback(callback));
}

function accessSync(path, mode) {
  natives.access(validatePath(path), accessMode(mode));
}

function accessMode(mode) {
  if (mode == null) return F_OK;
  validateInteger(mode, 'mode', 0, 7);
  return mode;
}

function exists(path, callback) {
  validateCallback(callback);
  try {
    path = validatePath(path);
  } catch {
    process.nextTick(callback, false);
    return;
  }
  natives.access(path, F_OK, (error) => callback(error === null));
}

Object.defineProperty(exists, promisify.custom, {
  __proto__: null,
  value: (path) => new Promise((resolve) => fs.exists(path, resolve)),
});

function existsSync(path) {
  try {
    path = validatePath(path);
  } catch (error) {
    if (error.code === 'ERR_INVALID_ARG_TYPE') warnAboutExistsArgument();
    return false;
  }
  return natives.exists(path);
}

let warnedAboutExistsArgument = false;
function warnAboutExistsArgument() {
  if (warnedAboutExistsArgument) return;
  warnedAboutExistsArgument = true;
  process.emitWarning('Passing invalid argument types to fs.existsSync is deprecated', 'DeprecationWarning', 'DEP0187');
}

// Descriptors.

function open(path, flags, mode, callback) {
  path = validatePath(path);
  if (arguments.length < 3) {
    callback = flags;
    flags = 'r';
    mode = 0o666;
  } else if (typeof mode === 'function') {
    callback = mode;
    mode = 0o666;
  } else {
    mode = parseFileMode(mode, 'mode', 0o666);
  }
  flags = flagsToNumber(flags);
  natives.open(path, flags, mode, validateCallback(callback));
}

function openSync(path, flags, mode) {
  return natives.open(validatePath(path), flagsToNumber(flags), parseFileMode(mode, 'mode', 0o666));
}

function ignoreUnlessError(error) {
  if (error) throw error;
}

function close(fd, callback = ignoreUnlessError) {
  fd = validateFd(fd);
  if (callback !== ignoreUnlessError) validateCallback(callback);
  natives.close(fd, callback);
}

function closeSync(fd) {
  natives.close(validateFd(fd));
}

// Reading: fs.read(fd, buffer, offset, length, position), (fd, buffer, options), (fd, options), (fd); a callback last.

function read(fd, buffer, offset, length, position, callback) {
  fd = validateFd(fd);
  let options = null;
  if (arguments.length <= 4) {
    if (arguments.length === 4) {
      options = offset;
      callback = length;
    } else if (arguments.length === 3) {
      callback = offset;
      if (!ArrayBuffer.isView(buffer)) {
        options = buffer;
        buffer = readBuffer(options);
      }
    } else {
      callback = buffer;
      buffer = Buffer.alloc(DEFAULT_READ_LENGTH);
    }
    if (options != null) validateObject(options, 'options');
    offset = options?.offset ?? 0;
    length = options?.length ?? (buffer?.byteLength - offset);
    position = options?.position ?? null;
  }
  validateBuffer(buffer);
  validateCallback(callback);
  offset = readOffset(offset);
  length |= 0;
  if (length === 0) {
    process.nextTick(callback, null, 0, buffer);
    return;
  }
  position = checkRead(buffer, offset, length, position);
  natives.read(fd, buffer, offset, length, position, (error, bytesRead) => callback(error, bytesRead || 0, buffer));
}
Object.defineProperty(read, customPromisifyArgs, { __proto__: null, value: ['bytesRead', 'buffer'] });

function readSync(fd, buffer, offset, length, position) {
  fd = validateFd(fd);
  validateBuffer(buffer);
  if (arguments.length <= 3 || (offset !== null && typeof offset === 'object')) {
    if (offset != null) validateObject(offset, 'options');
    const options = offset;
    offset = options?.offset ?? 0;
    length = options?.length ?? (buffer.byteLength - offset);
    position = options?.position ?? null;
  }
  offset = readOffset(offset);
  length |= 0;
  if (length === 0) return 0;
  position = checkRead(buffer, offset, length, position);
  return natives.read(fd, buffer, offset, length, position);
}

function readBuffer(options) {
  return options?.buffer ?? Buffer.alloc(DEFAULT_READ_LENGTH);
}

function readOffset(offset) {
  if (offset == null) return 0;
  validateInteger(offset, 'offset', 0);
  return offset;
}

function checkRead(buffer, offset, length, position) {
  if (buffer.byteLength === 0) {
    throw new codes.ERR_INVALID_ARG_VALUE('buffer', buffer, 'is empty and cannot be written');
  }
  validateReadRange(offset, length, buffer.byteLength);
  return validateReadPosition(position, length);
}

// Writing: (fd, buffer, offset, length, position), (fd, buffer, options) or (fd, string, position, encoding).

function write(fd, buffer, offset, length, position, callback) {
  fd = validateFd(fd);
  if (!ArrayBuffer.isView(buffer)) {
    callback = typeof position === 'function' ? position : typeof length === 'function' ? length : offset;
    if (callback === offset) offset = null;
    return writeText(fd, buffer, offset, typeof length === 'string' ? length : 'utf8', callback);
  }
  callback ||= position || length || offset;
  validateCallback(callback);
  if (offset !== null && typeof offset === 'object') {
    ({ offset = 0, length = buffer.byteLength - offset, position = null } = offset);
  }
  if (typeof length === 'function') length = undefined;
  if (typeof position === 'function') position = null;
  if (offset == null || typeof offset === 'function') offset = 0;
  else validateInteger(offset, 'offset', 0);
  if (typeof length !== 'number') length = buffer.byteLength - offset;
  validateWriteRange(offset, length, buffer.byteLength);
  natives.write(fd, buffer, offset, length, writePosition(position),
                (error, bytesWritten) => callback(error, bytesWritten || 0, buffer));
}
Object.defineProperty(write, customPromisifyArgs, { __proto__: null, value: ['bytesWritten', 'buffer'] });

function writeText(fd, text, position, encoding, callback) {
  const bytes = textBytes(text, encoding);
  validateCallback(callback);
  natives.write(fd, bytes, 0, bytes.length, writePosition(position),
                (error, bytesWritten) => callback(error, bytesWritten || 0, text));
}

function textBytes(text, encoding) {
  if (typeof text !== 'string') {
    throw new codes.ERR_INVALID_ARG_TYPE('buffer', ['string', 'Buffer', 'TypedArray', 'DataView'], text);
  }
  checkTextEncoding(text, encoding);
  return Buffer.from(text, encoding);
}

// Node's rule for text in an encoding that can't hold it: hex needs whole bytes.
function checkTextEncoding(text, encoding) {
  if (encoding === 'hex' && text.length % 2 !== 0) {
    throw new codes.ERR_INVALID_ARG_VALUE('encoding', encoding, `is invalid for data of length ${text.length}`);
  }
}

function writeSync(fd, buffer, offset, length, position) {
  fd = validateFd(fd);
  if (!ArrayBuffer.isView(buffer)) {
    const bytes = textBytes(buffer, typeof length === 'string' ? length : 'utf8');
    return natives.write(fd, bytes, 0, bytes.length, writePosition(offset));
  }
  if (offset !== null && typeof offset === 'object') {
    ({ offset = 0, length = buffer.byteLength - offset, position = null } = offset);
  }
  if (offset == null) offset = 0;
  else validateInteger(offset, 'offset', 0);
  if (typeof length !== 'number') length = buffer.byteLength - offset;
  validateWriteRange(offset, length, buffer.byteLength);
  return natives.write(fd, buffer, offset, length, writePosition(position));
}

// Whole files: one job on the worker pool, or one call. A signal or a flush takes the longer way of
// internal/fs/whole_file.js, because both are about what happens between the steps.

const READ_FILE_DEFAULTS = { __proto__: null, encoding: null, flag: 'r' };
const WRITE_FILE_DEFAULTS = { __proto__: null, encoding: 'utf8', mode: 0o666, flag: 'w', flush: false };
const APPEND_FILE_DEFAULTS = { __proto__: null, encoding: 'utf8', mode: 0o666, flag: 'a', flush: false };

function isUtf8(encoding) {
  return encoding === 'utf8' || encoding === 'utf-8';
}

function finishRead(data, encoding) {
  if (typeof data === 'string') return data;
  const buffer = Buffer.from(data);
  return encoding && encoding !== 'buffer' ? buffer.toString(encoding) : buffer;
}

function readFile(path, options, callback) {
  callback ||= options;
  validateCallback(callback);
  options = getOptions(options, READ_FILE_DEFAULTS);
  const flags = flagsToNumber(options.flag, 'options.flag');
  path = isFd(path) ? validateFd(path) : validatePath(path);
  if (options.signal) {
    require('internal/fs/whole_file').readFile(path, flags, options, callback);
    return;
  }
  const encoding = options.encoding;
  natives.readFile(path, flags, isUtf8(encoding), (error, data) => {
    if (error) callback(error);
    else callback(null, finishRead(data, encoding));
  });
}

function readFileSync(path, options) {
  options = getOptions(options, READ_FILE_DEFAULTS);
  path = isFd(path) ? validateFd(path) : validatePath(path);
  const encoding = options.encoding;
  return finishRead(natives.readFile(path, flagsToNumber(options.flag, 'options.flag'), isUtf8(encoding)), encoding);
}

function writeWhole(path, data, options, callback) {
  const flag = options.flag || 'w';
  validateFlush(options);
  data = dataToBytes(data, options.encoding);
  path = isFd(path) ? validateFd(path) : validatePath(path);
  const flags = flagsToNumber(flag, 'options.flag');
  const mode = parseFileMode(options.mode, 'mode', 0o666);
  if (options.signal && callback !== undefined) {
    require('internal/fs/whole_file').writeFile(path, data, flags, mode, options, callback);
  } else if (options.flush) {
    require('internal/fs/whole_file').writeFileAndFlush(path, data, flags, mode, callback);
  } else if (callback === undefined) {
    natives.writeFile(path, data, flags, mode);
  } else {
    natives.writeFile(path, data, flags, mode, callback);
  }
}

function writeFile(path, data, options, callback) {
  callback ||= options;
  validateCallback(callback);
  writeWhole(path, data, getOptions(options, WRITE_FILE_DEFAULTS), callback);
}

function writeFileSync(path, data, options) {
  writeWhole(path, data, getOptions(options, WRITE_FILE_DEFAULTS), undefined);
}

function appendFile(path, data, options, callback) {
  callback ||= options;
  validateCallback(callback);
  options = getOptions(options, APPEND_FILE_DEFAULTS);
  if (!options.flag) options = { ...options, flag: 'a' };
  writeWhole(path, data, options, callback);
}

function appendFileSync(path, data, options) {
  options = getOptions(options, APPEND_FILE_DEFAULTS);
  if (!options.flag) options = { ...options, flag: 'a' };
  writeWhole(path, data, options, undefined);
}

// What is known about a file. The binding gives the fields as a list, in the order of the Stats constructor.

function statsFrom(fields) {
  return require('internal/fs/stats').fromFields(fields);
}

function statsCallback(callback) {
  return (error, fields) => {
    if (error) callback(error);
    else callback(null, fields === undefined ? undefined : statsFrom(fields));
  };
}

function stat(path, options, callback) {
  if (typeof options === 'function') {
    callback = options;
    options = undefined;
  }
  validateCallback(callback);
  natives.stat(validatePath(path), options?.bigint === true, options?.throwIfNoEntry !== false, statsCallback(callback));
}

function statSync(path, options) {
  const fields = natives.stat(validatePath(path), options?.bigint === true, options?.throwIfNoEntry !== false);
  return fields === undefined ? undefined : statsFrom(fields);
}

function lstat(path, options, callback) {
  if (typeof options === 'function') {
    callback = options;
    options = undefined;
  }
  validateCallback(callback);
  natives.lstat(validatePath(path), options?.bigint === true, options?.throwIfNoEntry !== false, statsCallback(callback));
}

function lstatSync(path, options) {
  const fields = natives.lstat(validatePath(path), options?.bigint === true, options?.throwIfNoEntry !== false);
  return fields === undefined ? undefined : statsFrom(fields);
}

function fstat(fd, options, callback) {
  if (typeof options === 'function') {
    callback = options;
    options = undefined;
  }
  fd = validateFd(fd);
  validateCallback(callback);
  natives.fstat(fd, options?.bigint === true, statsCallback(callback));
}

function fstatSync(fd, options) {
  return statsFrom(natives.fstat(validateFd(fd), options?.bigint === true));
}

// Directories.

function mkdirOptions(options) {
  let mode = 0o777;
  let recursive = false;
  if (typeof options === 'number' || typeof options === 'string') {
    mode = parseFileMode(options, 'mode');
  } else if (options) {
    if (options.recursive !== undefined) {
      recursive = options.recursive;
      validateBoolean(recursive, 'options.recursive');
    }
    if (options.mode !== undefined) mode = parseFileMode(options.mode, 'options.mode');
  }
  return { mode, recursive };
}

function mkdir(path, options, callback) {
  if (typeof options === 'function') {
    callback = options;
    options = undefined;
  }
  validateCallback(callback);
  path = validatePath(path);
  const { mode, recursive } = mkdirOptions(options);
  natives.mkdir(path, mode, recursive, callback);
}

function mkdirSync(path, options) {
  path = validatePath(path);
  const { mode, recursive } = mkdirOptions(options);
  return natives.mkdir(path, mode, recursive);
}

function readdirOptions(options) {
  options = getOptions(options, undefined) ?? { __proto__: null };
  if (options.recursive != null) validateBoolean(options.recursive, 'options.recursive');
  return options;
}

// The binding gives [name, name, …], or with types [name, type, directory, name, type, directory, …].
function finishReaddir(list, path, options) {
  const encoding = options.encoding;
  if (options.withFileTypes) return require('internal/fs/dirent').fromList(list, path, encoding);
  if (wantsBytes(encoding)) {
    for (let i = 0; i < list.length; i++) list[i] = encodeName(list[i], encoding);
  }
  return list;
}

function readdir(path, options, callback) {
  if (typeof options === 'function') {
    callback = options;
    options = undefined;
  }
  validateCallback(callback);
  options = readdirOptions(options);
  path = validatePath(path);
  natives.readdir(path, wantsBytes(options.encoding), !!options.withFileTypes, !!options.recursive, (error, list) => {
    if (error) callback(error);
    else callback(null, finishReaddir(list, path, options));
  });
}

function readdirSync(path, options) {
  options = readdirOptions(options);
  path = validatePath(path);
  const list = natives.readdir(path, wantsBytes(options.encoding), !!options.withFileTypes, !!options.recursive);
  return finishReaddir(list, path, options);
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

function mkdtempPrefix(prefix) {
  prefix = validatePath(prefix, 'prefix');
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

// Names.

function rename(oldPath, newPath, callback) {
  validateCallback(callback);
  natives.rename(validatePath(oldPath, 'oldPath'), validatePath(newPath, 'newPath'), callback);
}

function renameSync(oldPath, newPath) {
  natives.rename(validatePath(oldPath, 'oldPath'), validatePath(newPath, 'newPath'));
}

function unlink(path, callback) {
  validateCallback(callback);
  natives.unlink(validatePath(path), callback);
}

function unlinkSync(path) {
  natives.unlink(validatePath(path));
}

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

realpath.native = function realpathNative(path, options, callback) {
  if (typeof options === 'function') {
    callback = options;
    options = undefined;
  }
  validateCallback(callback);
  const encoding = getOptions(options, undefined)?.encoding;
  namedResult(natives.realpath, validatePath(path), encoding, callback);
};

realpathSync.native = function realpathNative(path, options) {
  const encoding = getOptions(options, undefined)?.encoding;
  return encodeName(natives.realpath(validatePath(path), wantsBytes(encoding)), encoding);
};

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

// Length, permission, storage.

function ftruncate(fd, length = 0, callback) {
  if (typeof length === 'function') {
    callback = length;
    length = 0;
  }
  fd = validateFd(fd);
  validateInteger(length, 'len');
  validateCallback(callback);
  natives.ftruncate(fd, Math.max(0, length), callback);
}

function ftruncateSync(fd, length = 0) {
  fd = validateFd(fd);
  validateInteger(length, 'len');
  natives.ftruncate(fd, Math.max(0, length));
}

function truncate(path, length, callback) {
  if (typeof length === 'function') {
    callback = length;
    length = 0;
  } else if (length === undefined) {
    length = 0;
  }
  validateInteger(length, 'len');
  validateCallback(callback);
  natives.truncate(validatePath(path), Math.max(0, length), callback);
}

function truncateSync(path, length = 0) {
  validateInteger(length, 'len');
  natives.truncate(validatePath(path), Math.max(0, length));
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

function fsync(fd, callback) {
  fd = validateFd(fd);
  natives.fsync(fd, validateCallback(callback));
}

function fsyncSync(fd) {
  natives.fsync(validateFd(fd));
}

function fdatasync(fd, callback) {
  fd = validateFd(fd);
  natives.fdatasync(fd, validateCallback(callback));
}

function fdatasyncSync(fd) {
  natives.fdatasync(validateFd(fd));
}

function createReadStream(path, options) {
  return new fs.ReadStream(path, options);
}

function createWriteStream(path, options) {
  return new fs.WriteStream(path, options);
}

// The rest of the module: functions that fetch themselves from their file when they are called.

const FAMILIES = {
  __proto__: null,
  'internal/fs/attributes': [
    'chown', 'chownSync', 'fchown', 'fchownSync', 'lchown', 'lchownSync',
    'utimes', 'utimesSync', 'futimes', 'futimesSync', 'lutimes', 'lutimesSync', 'statfs', 'statfsSync',
  ],
  'internal/fs/cp': ['cp', 'cpSync'],
  'internal/fs/dir': ['opendir', 'opendirSync'],
  'internal/fs/glob': ['glob', 'globSync'],
  'internal/fs/open_as_blob': ['openAsBlob'],
  'internal/fs/rm': ['rm', 'rmSync', 'mkdtempDisposableSync'],
  'internal/fs/vectored': ['readv', 'readvSync', 'writev', 'writevSync'],
  'internal/fs/watch': ['watch'],
  'internal/fs/watch_file': ['watchFile', 'unwatchFile'],
};

// Own accessors: classes and objects whose identity matters, made on first use and replaceable by assignment.
const LAZY_VALUES = {
  __proto__: null,
  Dir: 'internal/fs/dir',
  Dirent: 'internal/fs/dirent',
  Stats: 'internal/fs/stats',
  ReadStream: 'internal/fs/streams',
  WriteStream: 'internal/fs/streams',
  FileReadStream: 'internal/fs/streams',
  FileWriteStream: 'internal/fs/streams',
  Utf8Stream: 'internal/fs/utf8_stream',
  promises: 'fs/promises',
};

function deferred(id, name) {
  const stub = function(...args) {
    return Reflect.apply(require(id)[name], this, args);
  };
  Object.defineProperty(stub, 'name', { __proto__: null, value: name, configurable: true });
  return stub;
}

function defineLazyValue(name, id) {
  let value;
  let isSet = false;
  Object.defineProperty(fs, name, {
    __proto__: null,
    configurable: true,
    enumerable: true,
    get() {
      if (!isSet) {
        value = id === 'fs/promises' ? require(id) : require(id)[name];
        isSet = true;
      }
      return value;
    },
    set(replacement) {
      value = replacement;
      isSet = true;
    },
  });
}

Object.assign(fs, {
  appendFile, appendFileSync, access, accessSync, chmod, chmodSync, close, closeSync, copyFile, copyFileSync,
  createReadStream, createWriteStream, exists, existsSync, fchmod, fchmodSync, fdatasync, fdatasyncSync, fstat, fstatSync,
  fsync, fsyncSync, ftruncate, ftruncateSync, link, linkSync, lstat, lstatSync, mkdir, mkdirSync, mkdtemp, mkdtempSync,
  open, openSync, readdir, readdirSync, read, readSync, readFile, readFileSync, readlink, readlinkSync, realpath,
  realpathSync, rename, renameSync, rmdir, rmdirSync, stat, statSync, symlink, symlinkSync, truncate, truncateSync,
  unlink, unlinkSync, writeFile, writeFileSync, write, writeSync,
  _toUnixTimestamp: toUnixTimestamp,
  lchmod: undefined, lchmodSync: undefined, // only macOS has links with a mode of their own
});

for (const id in FAMILIES) {
  const names = FAMILIES[id];
  for (let i = 0; i < names.length; i++) fs[names[i]] = deferred(id, names[i]);
}
if (process.platform === 'darwin') {
  fs.lchmod = deferred('internal/fs/attributes', 'lchmod');
  fs.lchmodSync = deferred('internal/fs/attributes', 'lchmodSync');
}
for (const name of ['readv', 'writev']) {
  const first = name === 'readv' ? 'bytesRead' : 'bytesWritten';
  Object.defineProperty(fs[name], customPromisifyArgs, { __proto__: null, value: [first, 'buffers'] });
}
for (const name in LAZY_VALUES) defineLazyValue(name, LAZY_VALUES[name]);

Object.defineProperties(fs, {
  F_OK: { __proto__: null, value: F_OK, enumerable: true },
  R_OK: { __proto__: null, value: R_OK, enumerable: true },
  W_OK: { __proto__: null, value: W_OK, enumerable: true },
  X_OK: { __proto__: null, value: X_OK, enumerable: true },
  constants: { __proto__: null, value: constants, enumerable: true },
});
