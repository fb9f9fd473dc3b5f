'use strict';
// node:fs: the callback and the synchronous calls that programs use all the time; everything else of the module is a
// stub here and a file of its own in internal/fs/, read when it is first called.
// API: https://nodejs.org/docs/latest-v24.x/api/fs.html
// Binding functions: access, close, exists, fstat, getConstants, lstat, mkdir, open, readFile, readdir, rename, stat, unlink,
// writeFile. Each takes a callback as its last argument, or throws and returns when there is none.

const natives = binding('fs');
const { parseFileMode, validateBoolean, validateInteger } = require('internal/validators');
const {
  dataToBytes, encodeName, flagsToNumber, getOptions, isFd, toUnixTimestamp, validateCallback, validateFd, validateFlush,
  validatePath, wantsBytes,
} = require('internal/fs/utils');
const { customPromisifyArgs, promisify } = require('internal/util');

const constants = natives.getConstants();
const { F_OK, R_OK, W_OK, X_OK } = constants;

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
  value: function exists(path) {
    return new Promise((resolve) => fs.exists(path, resolve));
  },
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
    'chmod', 'chmodSync', 'fchmod', 'fchmodSync', 'chown', 'chownSync', 'fchown', 'fchownSync', 'lchown', 'lchownSync',
    'utimes', 'utimesSync', 'futimes', 'futimesSync', 'lutimes', 'lutimesSync', 'statfs', 'statfsSync',
  ],
  'internal/fs/cp': ['cp', 'cpSync'],
  'internal/fs/descriptors': [
    'fdatasync', 'fdatasyncSync', 'fsync', 'fsyncSync', 'ftruncate', 'ftruncateSync', 'read', 'readSync', 'truncate',
    'truncateSync', 'write', 'writeSync',
  ],
  'internal/fs/dir': ['opendir', 'opendirSync'],
  'internal/fs/glob': ['glob', 'globSync'],
  'internal/fs/names': [
    'copyFile', 'copyFileSync', 'link', 'linkSync', 'mkdtemp', 'mkdtempSync', 'readlink', 'readlinkSync', 'realpath',
    'realpathSync', 'rmdir', 'rmdirSync', 'symlink', 'symlinkSync',
  ],
  'internal/fs/open_as_blob': ['openAsBlob'],
  'internal/fs/rm': ['rm', 'rmSync', 'mkdtempDisposableSync'],
  'internal/fs/vectored': ['readv', 'readvSync', 'writev', 'writevSync'],
  'internal/fs/watch': ['watch'],
  'internal/fs/watch_file': ['watchFile', 'unwatchFile'],
};

function promisifiedAs(first, second) {
  return (stub) => Object.defineProperty(stub, customPromisifyArgs, { __proto__: null, value: [first, second] });
}

// Functions that carry properties, and what puts them there.
const DECORATED = {
  __proto__: null,
  read: promisifiedAs('bytesRead', 'buffer'),
  readv: promisifiedAs('bytesRead', 'buffers'),
  write: promisifiedAs('bytesWritten', 'buffer'),
  writev: promisifiedAs('bytesWritten', 'buffers'),
  realpath: (stub) => { stub.native = deferred('internal/fs/names', 'realpathNative', 'native'); },
  realpathSync: (stub) => { stub.native = deferred('internal/fs/names', 'realpathNativeSync', 'native'); },
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

// The stub stays what programs took it for; `fs` itself gets the function, so that later calls go straight to it.
function deferred(id, name, publicName = name) {
  const stub = function(...args) {
    const real = require(id)[name];
    if (fs[publicName] === stub) {
      DECORATED[publicName]?.(real);
      fs[publicName] = real;
    }
    return Reflect.apply(real, this, args);
  };
  Object.defineProperty(stub, 'name', { __proto__: null, value: publicName, configurable: true });
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
  appendFile, appendFileSync, access, accessSync, close, closeSync, createReadStream, createWriteStream, exists,
  existsSync, fstat, fstatSync, lstat, lstatSync, mkdir, mkdirSync, open, openSync, readdir, readdirSync, readFile,
  readFileSync, rename, renameSync, stat, statSync, unlink, unlinkSync, writeFile, writeFileSync,
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
for (const name in DECORATED) DECORATED[name](fs[name]);
for (const name in LAZY_VALUES) defineLazyValue(name, LAZY_VALUES[name]);

Object.defineProperties(fs, {
  F_OK: { __proto__: null, value: F_OK, enumerable: true },
  R_OK: { __proto__: null, value: R_OK, enumerable: true },
  W_OK: { __proto__: null, value: W_OK, enumerable: true },
  X_OK: { __proto__: null, value: X_OK, enumerable: true },
  constants: { __proto__: null, value: constants, enumerable: true },
});
