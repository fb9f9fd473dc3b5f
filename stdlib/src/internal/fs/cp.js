'use strict';
// internal/fs/cp: copying files, links and whole trees.
// API: https://nodejs.org/docs/latest-v24.x/api/fs.html#fscpsrc-dest-options-callback
// Binding functions: stat, lstat, mkdir, copyFile, readdir, readlink, symlink, unlink, chmod, utimes.
//
// The walk is written once, as generators that yield one step at a time, `[native, ...arguments]`, and get its result.
// cpSync does each step at once, cp waits for it. The user's filter is a step too, so that it may be async.

const natives = binding('fs');
const { codes } = require('internal/errors');
const { validateBoolean, validateFunction, validateInteger, validateObject } = require('internal/validators');
const { validateCallback, validatePath } = require('internal/fs/utils');
const path = require('path');

const { dirname, isAbsolute, join, parse, resolve, sep } = path;

const EEXIST = 17;
const EINVAL = 22;
const EISDIR = 21;
const ENOTDIR = 20;

const S_IFMT = 0o170000n;
const S_IFSOCK = 0o140000n;
const S_IFLNK = 0o120000n;
const S_IFDIR = 0o040000n;
const S_IFIFO = 0o010000n;
const OWNER_WRITE = 0o200;

// Fields of the lists that stat and lstat give.
const DEV = 0;
const MODE = 1;
const INO = 7;
const ATIME_NS = 10;
const MTIME_NS = 11;

function cpOptions(options) {
  options = options === undefined ? {} : options;
  validateObject(options, 'options');
  const { dereference = false, errorOnExist = false, filter, force = true, mode = 0, preserveTimestamps = false,
          recursive = false } = options;
  const verbatimSymlinks = 'verbatimSymlinks' in options ? options.verbatimSymlinks : false;
  validateBoolean(dereference, 'options.dereference');
  validateBoolean(errorOnExist, 'options.errorOnExist');
  validateBoolean(force, 'options.force');
  validateBoolean(preserveTimestamps, 'options.preserveTimestamps');
  validateBoolean(recursive, 'options.recursive');
  validateBoolean(verbatimSymlinks, 'options.verbatimSymlinks');
  validateInteger(mode, 'options.mode', 0, 7);
  if (filter !== undefined) validateFunction(filter, 'options.filter');
  if (dereference && verbatimSymlinks) {
    throw new codes.ERR_INCOMPATIBLE_OPTION_PAIR('dereference', 'verbatimSymlinks');
  }
  return { dereference, errorOnExist, filter, force, mode, preserveTimestamps, recursive, verbatimSymlinks };
}

function fail(code, message, path, errno, name) {
  throw new codes[code]({ message, path, syscall: 'cp', errno, code: name });
}

function typeOf(fields) {
  return fields[MODE] & S_IFMT;
}

function isDirectory(fields) {
  return typeOf(fields) === S_IFDIR;
}

function isSame(a, b) {
  return a[INO] === b[INO] && a[DEV] === b[DEV];
}

function permissions(fields) {
  return Number(fields[MODE] & 0o7777n);
}

// Whether `below` is `above` or lies in it, by their names.
function isInside(above, below) {
  const from = resolve(above).split(sep).filter(Boolean);
  const to = resolve(below).split(sep).filter(Boolean);
  return from.every((part, i) => to[i] === part);
}

function* copyTop(src, dest, options) {
  if (options.filter && !(yield ['filter', src, dest])) return;
  const stats = yield* check(src, dest, options);
  yield* checkParents(src, stats.from, dest);
  const parent = dirname(dest);
  if ((yield ['stat', parent, true, false]) === undefined) yield ['mkdir', parent, 0o777, true];
  yield* copyChecked(stats, src, dest, options);
}

function* copyEntry(src, dest, options) {
  if (options.filter && !(yield ['filter', src, dest])) return;
  yield* copyChecked(yield* check(src, dest, options), src, dest, options);
}

/** The status of both ends, when one may be copied to the other. */
function* check(src, dest, options) {
  const native = options.dereference ? 'stat' : 'lstat';
  const from = yield [native, src, true, true];
  const to = yield [native, dest, true, false];
  if (to !== undefined) {
    if (isSame(from, to)) fail('ERR_FS_CP_EINVAL', 'src and dest cannot be the same', dest, EINVAL, 'EINVAL');
    if (isDirectory(from) && !isDirectory(to)) {
      fail('ERR_FS_CP_DIR_TO_NON_DIR', `cannot overwrite non-directory ${dest} with directory ${src}`, dest, EISDIR,
           'EISDIR');
    }
    if (!isDirectory(from) && isDirectory(to)) {
      fail('ERR_FS_CP_NON_DIR_TO_DIR', `cannot overwrite directory ${dest} with non-directory ${src}`, dest, ENOTDIR,
           'ENOTDIR');
    }
  }
  if (isDirectory(from) && isInside(src, dest)) failInside(src, dest);
  return { from, to };
}

function failInside(src, dest) {
  fail('ERR_FS_CP_EINVAL', `cannot copy ${src} to a subdirectory of self ${dest}`, dest, EINVAL, 'EINVAL');
}

// A link above the destination may lead into the source.
function* checkParents(src, from, dest) {
  const top = resolve(dirname(src));
  for (let at = resolve(dirname(dest)); at !== top && at !== parse(at).root; at = dirname(at)) {
    const fields = yield ['stat', at, true, false];
    if (fields === undefined) continue;
    if (isSame(from, fields)) failInside(src, dest);
  }
}

function* copyChecked({ from, to }, src, dest, options) {
  switch (typeOf(from)) {
    case S_IFDIR:
      if (!options.recursive) {
        fail('ERR_FS_EISDIR', `Recursive option not enabled, cannot copy a directory: ${src}`, src, EISDIR, 'EISDIR');
      }
      yield* copyDirectory(from, to, src, dest, options);
      break;
    case S_IFLNK:
      yield* copyLink(to, src, dest, options);
      break;
    case S_IFSOCK:
      fail('ERR_FS_CP_SOCKET', `cannot copy a socket file: ${dest}`, dest, EINVAL, 'EINVAL');
      break;
    case S_IFIFO:
      fail('ERR_FS_CP_FIFO_PIPE', `cannot copy a FIFO pipe: ${dest}`, dest, EINVAL, 'EINVAL');
      break;
    default:
      yield* copyFile(from, to, src, dest, options);
  }
}

function* copyFile(from, to, src, dest, options) {
  if (to !== undefined) {
    if (!options.force) {
      if (options.errorOnExist) fail('ERR_FS_CP_EEXIST', `${dest} already exists`, dest, EEXIST, 'EEXIST');
      return;
    }
    yield ['unlink', dest];
  }
  yield ['copyFile', src, dest, options.mode];
  if (!options.preserveTimestamps) return;
  const mode = permissions(from);
  if ((mode & OWNER_WRITE) === 0) yield ['chmod', dest, mode | OWNER_WRITE];
  // Copying has moved the time of the last access of the source.
  const now = yield ['stat', src, true, true];
  yield ['utimes', dest, Number(now[ATIME_NS]) / 1e9, Number(now[MTIME_NS]) / 1e9];
  if ((mode & OWNER_WRITE) === 0) yield ['chmod', dest, mode];
}

function* copyDirectory(from, to, src, dest, options) {
  if (to === undefined) yield ['mkdir', dest, 0o777, false];
  else if (options.errorOnExist && !options.force) {
    fail('ERR_FS_CP_EEXIST', `${dest} already exists`, dest, EEXIST, 'EEXIST');
  }
  const names = yield ['readdir', src, false, false, false];
  for (let i = 0; i < names.length; i++) yield* copyEntry(join(src, names[i]), join(dest, names[i]), options);
  if (to === undefined) yield ['chmod', dest, permissions(from)];
}

function* copyLink(to, src, dest, options) {
  let target = yield ['readlink', src, false];
  if (!options.verbatimSymlinks && !isAbsolute(target)) target = resolve(dirname(src), target);
  // A link takes the place of a link and of nothing else: with a file in its way the call fails, whatever the options.
  if (to === undefined || typeOf(to) !== S_IFLNK) {
    yield ['symlink', target, dest, 'file'];
    return;
  }
  let old = yield ['readlink', dest, false];
  if (!isAbsolute(old)) old = resolve(dirname(dest), old);
  const pointed = yield ['stat', src, true, false];
  if (pointed !== undefined && isDirectory(pointed)) {
    if (isInside(target, old)) failInside(target, old);
    // Replacing the link must not cut off what it stands for.
    if (isInside(old, target)) {
      fail('ERR_FS_CP_SYMLINK_TO_SUBDIRECTORY', `cannot overwrite ${old} with ${target}`, dest, EINVAL, 'EINVAL');
    }
  }
  yield ['unlink', dest];
  yield ['symlink', target, dest, 'file'];
}

function stepSync(step, filter) {
  if (step[0] !== 'filter') {
    return natives[step[0]](...step.slice(1));
  }
  const wanted = filter(step[1], step[2]);
  if (typeof wanted?.then === 'function') {
    throw new codes.ERR_INVALID_RETURN_VALUE('boolean', 'filter', wanted);
  }
  return wanted;
}

function stepAsync(step, filter) {
  if (step[0] === 'filter') return filter(step[1], step[2]);
  return new Promise((resolve, reject) => {
    natives[step[0]](...step.slice(1), (error, result) => {
      if (error) reject(error);
      else resolve(result);
    });
  });
}

function pathText(value, name) {
  const checked = validatePath(value, name);
  return typeof checked === 'string' ? checked : checked.toString();
}

function cpSync(src, dest, options) {
  options = cpOptions(options);
  const walk = copyTop(pathText(src, 'src'), pathText(dest, 'dest'), options);
  let step = walk.next();
  while (!step.done) step = walk.next(stepSync(step.value, options.filter));
}

async function drive(walk, filter) {
  let step = walk.next();
  while (!step.done) {
    let result;
    let error;
    let isError = false;
    try {
      result = await stepAsync(step.value, filter);
    } catch (thrown) {
      isError = true;
      error = thrown;
    }
    step = isError ? walk.throw(error) : walk.next(result);
  }
}

function cp(src, dest, options, callback) {
  if (typeof options === 'function' && callback === undefined) {
    callback = options;
    options = undefined;
  }
  validateCallback(callback);
  options = cpOptions(options);
  src = pathText(src, 'src');
  dest = pathText(dest, 'dest');
  drive(copyTop(src, dest, options), options.filter).then(() => process.nextTick(callback, null),
                                                          (error) => process.nextTick(callback, error));
}

module.exports = { cp, cpSync };
