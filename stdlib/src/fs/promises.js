'use strict';
// node:fs/promises: the calls of `fs` as promises.
// API: https://nodejs.org/docs/latest-v24.x/api/fs.html#promises-api
// Binding functions: those of fs.js, each with a callback that settles the promise.

const natives = binding('fs');
const fs = require('fs');
const { AbortError, codes } = require('internal/errors');
const {
  parseFileMode, validateBoolean, validateInteger, validateOneOf,
} = require('internal/validators');
const {
  encodeName, flagsToNumber, getOptions, toUnixTimestamp, validateFlush, validatePath, viewBytes, wantsBytes,
} = require('internal/fs/utils');
const { FileHandle } = require('internal/fs/file_handle');

const CHUNK_LENGTH = 512 * 1024;
const MAX_LENGTH = 2 ** 31 - 1;

// A promise of one binding call; what `start` throws rejects it.
function call(start) {
  return new Promise((resolve, reject) => {
    start((error, result) => {
      if (error) reject(error);
      else resolve(result);
    });
  });
}

function checkAborted(signal) {
  if (signal?.aborted) throw new AbortError(undefined, { cause: signal.reason });
}

async function access(path, mode = fs.constants.F_OK) {
  path = validatePath(path);
  if (mode == null) mode = fs.constants.F_OK;
  else validateInteger(mode, 'mode', 0, 7);
  return call((done) => natives.access(path, mode, done));
}

async function open(path, flags, mode) {
  path = validatePath(path);
  flags = flagsToNumber(flags);
  mode = parseFileMode(mode, 'mode', 0o666);
  return new FileHandle(await call((done) => natives.open(path, flags, mode, done)));
}

async function readFile(path, options) {
  options = getOptions(options, { __proto__: null, encoding: null, flag: 'r' });
  const { encoding, signal } = options;
  checkAborted(signal);
  if (path instanceof FileHandle) return finishRead(await readHandle(path, signal), encoding);
  const flags = flagsToNumber(options.flag, 'options.flag');
  path = validatePath(path);
  if (signal === undefined || signal === null) {
    const asText = encoding === 'utf8' || encoding === 'utf-8';
    return finishRead(await call((done) => natives.readFile(path, flags, asText, done)), encoding);
  }
  return call((done) => require('internal/fs/whole_file').readFile(path, flags, options, done));
}

function finishRead(data, encoding) {
  if (typeof data === 'string') return data;
  const buffer = Buffer.isBuffer(data) ? data : Buffer.from(data);
  return encoding && encoding !== 'buffer' ? buffer.toString(encoding) : buffer;
}

async function readHandle(handle, signal) {
  const { size } = await handle.stat();
  if (size > MAX_LENGTH) throw new codes.ERR_FS_FILE_TOO_LARGE(size);
  const chunks = [];
  while (true) {
    checkAborted(signal);
    const { bytesRead, buffer } = await handle.read(Buffer.allocUnsafeSlow(CHUNK_LENGTH), 0, CHUNK_LENGTH, null);
    checkAborted(signal);
    if (bytesRead === 0) return Buffer.concat(chunks);
    chunks.push(buffer.subarray(0, bytesRead));
  }
}

function isIterable(data) {
  return data !== null && typeof data === 'object' && !ArrayBuffer.isView(data) &&
    (typeof data[Symbol.asyncIterator] === 'function' || typeof data[Symbol.iterator] === 'function');
}

function chunkBytes(data, encoding) {
  if (ArrayBuffer.isView(data)) return viewBytes(data);
  if (typeof data === 'string') return Buffer.from(data, encoding || 'utf8');
  throw new codes.ERR_INVALID_ARG_TYPE('data', ['string', 'Buffer', 'TypedArray', 'DataView'], data);
}

async function writeFile(path, data, options) {
  options = getOptions(options, { __proto__: null, encoding: 'utf8', mode: 0o666, flag: 'w', flush: false });
  const { encoding, flush, signal } = options;
  validateFlush(options);
  const handle = path instanceof FileHandle ? path : null;
  const flags = flagsToNumber(options.flag || 'w', 'options.flag');
  if (!isIterable(data)) data = chunkBytes(data, encoding);
  else if (!handle) validatePath(path);
  checkAborted(signal);
  if (handle) return writeHandle(handle, data, signal, encoding);
  path = validatePath(path);
  const mode = parseFileMode(options.mode, 'mode', 0o666);
  if (ArrayBuffer.isView(data) && !signal && !flush) {
    return call((done) => natives.writeFile(path, data, flags, mode, done));
  }
  const file = await open(path, flags, mode);
  try {
    await writeHandle(file, data, signal, encoding);
    if (flush) await file.sync();
  } finally {
    await file.close();
  }
}

async function writeHandle(handle, data, signal, encoding) {
  if (ArrayBuffer.isView(data)) {
    await writeChunk(handle, data, signal);
    return;
  }
  for await (const chunk of data) {
    checkAborted(signal);
    await writeChunk(handle, chunkBytes(chunk, encoding), signal);
  }
  checkAborted(signal);
}

async function writeChunk(handle, bytes, signal) {
  for (let offset = 0; offset < bytes.length;) {
    checkAborted(signal);
    const { bytesWritten } = await handle.write(bytes, offset, Math.min(CHUNK_LENGTH, bytes.length - offset), null);
    offset += bytesWritten;
  }
  checkAborted(signal);
}

async function appendFile(path, data, options) {
  options = getOptions(options, { __proto__: null, encoding: 'utf8', mode: 0o666, flag: 'a', flush: false });
  return writeFile(path, data, options.flag ? options : { ...options, flag: 'a' });
}

async function stats(native, path, options) {
  path = validatePath(path);
  const bigint = options?.bigint === true;
  const fields = await call((done) => native(path, bigint, options?.throwIfNoEntry !== false, done));
  return fields === undefined ? undefined : require('internal/fs/stats').fromFields(fields);
}

async function stat(path, options) {
  return stats(natives.stat, path, options);
}

async function lstat(path, options) {
  return stats(natives.lstat, path, options);
}

async function statfs(path, options) {
  path = validatePath(path);
  const fields = await call((done) => natives.statfs(path, options?.bigint === true, done));
  return new (require('internal/fs/stats').StatFs)(fields);
}

async function copyFile(src, dest, mode) {
  src = validatePath(src, 'src');
  dest = validatePath(dest, 'dest');
  if (mode == null) mode = 0;
  else validateInteger(mode, 'mode', 0, 7);
  return call((done) => natives.copyFile(src, dest, mode, done));
}

// Calls whose callback form already has all the checks.
async function cp(src, dest, options) {
  return call((done) => require('internal/fs/cp').cp(src, dest, options, done));
}

async function opendir(path, options) {
  return call((done) => require('internal/fs/dir').opendir(path, options, done));
}

async function rm(path, options) {
  return call((done) => require('internal/fs/rm').rm(path, options, done));
}

async function mkdir(path, options) {
  return call((done) => fs.mkdir(path, options, done));
}

async function readdir(path, options) {
  return call((done) => fs.readdir(path, options, done));
}

async function rmdir(path, options) {
  if (options?.recursive !== undefined) require('internal/fs/rm').rejectRmdirRecursive(options.recursive);
  path = validatePath(path);
  return call((done) => natives.rmdir(path, done));
}

async function rename(oldPath, newPath) {
  oldPath = validatePath(oldPath, 'oldPath');
  newPath = validatePath(newPath, 'newPath');
  return call((done) => natives.rename(oldPath, newPath, done));
}

async function truncate(path, length = 0) {
  validateInteger(length, 'len');
  path = validatePath(path);
  return call((done) => natives.truncate(path, Math.max(0, length), done));
}

async function named(native, path, options) {
  const encoding = getOptions(options, undefined)?.encoding;
  return encodeName(await call((done) => native(path, wantsBytes(encoding), done)), encoding);
}

async function readlink(path, options) {
  return named(natives.readlink, validatePath(path), options);
}

async function realpath(path, options) {
  return named(natives.realpath, validatePath(path), options);
}

async function mkdtemp(prefix, options) {
  return call((done) => fs.mkdtemp(prefix, options, done));
}

async function mkdtempDisposable(prefix, options) {
  const cwd = process.cwd();
  const path = await mkdtemp(prefix, options);
  const absolute = require('path').resolve(cwd, path.toString());
  const remove = async () => rm(absolute, { force: true, recursive: true });
  return {
    __proto__: null,
    path,
    remove,
    async [Symbol.asyncDispose]() { await remove(); },
  };
}

async function symlink(target, path, type) {
  validateOneOf(type, 'type', ['dir', 'file', 'junction', null, undefined]);
  target = validatePath(target, 'target');
  path = validatePath(path);
  return call((done) => natives.symlink(target, path, type ?? 'file', done));
}

async function link(existingPath, newPath) {
  existingPath = validatePath(existingPath, 'existingPath');
  newPath = validatePath(newPath, 'newPath');
  return call((done) => natives.link(existingPath, newPath, done));
}

async function unlink(path) {
  path = validatePath(path);
  return call((done) => natives.unlink(path, done));
}

async function chmod(path, mode) {
  path = validatePath(path);
  mode = parseFileMode(mode, 'mode');
  return call((done) => natives.chmod(path, mode, done));
}

async function lchmod(path, mode) {
  if (process.platform !== 'darwin') throw new codes.ERR_METHOD_NOT_IMPLEMENTED('lchmod()');
  path = validatePath(path);
  mode = parseFileMode(mode, 'mode');
  return call((done) => natives.lchmod(path, mode, done));
}

async function owner(native, path, uid, gid) {
  path = validatePath(path);
  require('internal/fs/attributes').validateOwner(uid, gid);
  return call((done) => native(path, uid, gid, done));
}

async function chown(path, uid, gid) {
  return owner(natives.chown, path, uid, gid);
}

async function lchown(path, uid, gid) {
  return owner(natives.lchown, path, uid, gid);
}

async function utimes(path, atime, mtime) {
  path = validatePath(path);
  atime = toUnixTimestamp(atime);
  mtime = toUnixTimestamp(mtime);
  return call((done) => natives.utimes(path, atime, mtime, done));
}

async function lutimes(path, atime, mtime) {
  path = validatePath(path);
  atime = toUnixTimestamp(atime);
  mtime = toUnixTimestamp(mtime);
  return call((done) => natives.lutimes(path, atime, mtime, done));
}

function watch(path, options) {
  return require('internal/fs/watch').watchIterator(path, options);
}

function glob(pattern, options) {
  return require('internal/fs/glob').globIterator(pattern, options);
}

module.exports = {
  access, copyFile, cp, glob, open, opendir, rename, truncate, rm, rmdir, mkdir, readdir, readlink, symlink, lstat, stat,
  statfs, link, unlink, chmod, lchmod, lchown, chown, utimes, lutimes, realpath, mkdtemp, mkdtempDisposable, writeFile,
  appendFile, readFile, watch, constants: fs.constants,
};
