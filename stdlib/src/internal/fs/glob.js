'use strict';
// internal/fs/glob: the files whose paths match a pattern.
// API: https://nodejs.org/docs/latest-v24.x/api/fs.html#fsglobpattern-options-callback
// Binding functions: readdir, lstat, stat.
//
// The walk is a generator over the file system as it is now: it yields each match once, in the order of finding. The
// three public forms differ in how they take the matches. A step of the walk is a directory and what is left of a
// pattern below it; where the rest begins with plain names nothing is listed.

const natives = binding('fs');
const { validateObject, validateStringArray, validateString } = require('internal/validators');
const { codes } = require('internal/errors');
const { validateCallback, isFileUrl } = require('internal/fs/utils');
const { Dirent } = require('internal/fs/dirent');
const { GLOBSTAR, compile, matchesGlob, matchesPart } = require('internal/fs/glob_pattern');
const { basename, dirname, isAbsolute, join, resolve } = require('path');

const UV_DIRENT_FILE = 1;
const UV_DIRENT_DIR = 2;
const UV_DIRENT_LINK = 3;

const MODE_FIELD = 1;
const S_IFMT = 0o170000;
const S_IFDIR = 0o040000;
const S_IFLNK = 0o120000;

function globOptions(patterns, options) {
  if (Array.isArray(patterns)) validateStringArray(patterns, 'patterns');
  else validateString(patterns, 'patterns');
  patterns = Array.isArray(patterns) ? patterns : [patterns];
  options ??= {};
  validateObject(options, 'options');
  let { cwd = process.cwd(), exclude = null, withFileTypes = false } = options;
  if (isFileUrl(cwd)) cwd = require('url').fileURLToPath(cwd);
  validateString(cwd, 'options.cwd');
  return { patterns, cwd, isExcluded: exclusion(exclude, cwd, !!withFileTypes), withFileTypes: !!withFileTypes };
}

function exclusion(exclude, cwd, withFileTypes) {
  if (exclude == null) return () => false;
  if (typeof exclude === 'function') {
    return (path, type) => exclude(withFileTypes ? entryOf(path, type, cwd) : path);
  }
  if (!Array.isArray(exclude)) {
    throw new codes.ERR_INVALID_ARG_TYPE('options.exclude', ['string[]', 'Function'], exclude);
  }
  validateStringArray(exclude, 'options.exclude');
  const globs = exclude.map((pattern) => (isAbsolute(pattern) ? pattern : join(cwd, pattern)));
  return (path) => {
    const absolute = resolve(cwd, path);
    return globs.some((glob) => matchesGlob(absolute, glob));
  };
}

function entryOf(path, type, cwd) {
  const absolute = resolve(cwd, path);
  return new Dirent(basename(absolute), type, dirname(absolute));
}

// 0: nothing there.
function typeAt(path) {
  let fields;
  try {
    fields = natives.lstat(path, false, false);
  } catch {
    return 0;
  }
  if (fields === undefined) return 0;
  const type = fields[MODE_FIELD] & S_IFMT;
  return type === S_IFDIR ? UV_DIRENT_DIR : type === S_IFLNK ? UV_DIRENT_LINK : UV_DIRENT_FILE;
}

function isDirectory(path, type) {
  if (type !== UV_DIRENT_LINK) return type === UV_DIRENT_DIR;
  try {
    const fields = natives.stat(path, false, false);
    return fields !== undefined && (fields[MODE_FIELD] & S_IFMT) === S_IFDIR;
  } catch {
    return false;
  }
}

// [name, type, '', …]; a directory that can't be read has no entries.
function list(path) {
  try {
    return natives.readdir(path, false, true, false);
  } catch {
    return [];
  }
}

function* walk({ patterns, cwd, isExcluded }) {
  const seen = new Set(); // matches given
  const done = new Set(); // steps taken: the same one comes up by different ways
  const pending = [];
  for (let i = patterns.length - 1; i >= 0; i--) {
    const globs = compile(patterns[i]);
    for (let j = globs.length - 1; j >= 0; j--) pending.push({ path: globs[j].root, glob: globs[j], at: 0, links: true });
  }
  const ids = new Map();
  while (pending.length > 0) {
    const step = pending.pop();
    if (!ids.has(step.glob)) ids.set(step.glob, ids.size);
    const key = `${ids.get(step.glob)}\0${step.at}\0${step.links}\0${step.path}`;
    if (done.has(key)) continue;
    done.add(key);
    const next = [];
    yield* takeStep(step, cwd, isExcluded, seen, next);
    for (let i = next.length - 1; i >= 0; i--) pending.push(next[i]);
  }
}

function* takeStep({ path, glob, at, links }, cwd, isExcluded, seen, next) {
  const { parts } = glob;
  const absolute = resolve(cwd, path);
  if (at === parts.length) {
    const type = typeAt(absolute);
    if (type === 0 || seen.has(path) || (glob.wantsDirectory && !isDirectory(absolute, type))) return;
    seen.add(path);
    if (!isExcluded(path || '.', type)) yield [path || '.', type];
    return;
  }
  const part = parts[at];
  if (typeof part === 'string') {
    const type = part === '..' ? UV_DIRENT_DIR : typeAt(join(absolute, part));
    const below = joinName(path, part);
    // What is excluded takes everything below it along, also where the pattern names it.
    if (type !== 0 && (part === '..' || !isExcluded(below, type))) next.push({ path: below, glob, at: at + 1, links: true });
    return;
  }
  if (part === GLOBSTAR) next.push({ path, glob, at: at + 1, links: true });
  const entries = list(absolute);
  for (let i = 0; i < entries.length; i += 3) {
    const name = entries[i];
    const type = entries[i + 1];
    const below = joinName(path, name);
    if (part !== GLOBSTAR) {
      if (!matchesPart(part, name)) continue;
      if (at + 1 < parts.length && !isDirectory(resolve(cwd, below), type)) continue;
      if (isExcluded(below, type)) continue;
      next.push({ path: below, glob, at: at + 1, links: true });
    } else if (!name.startsWith('.') && !isExcluded(below, type)) {
      // ** goes into directories; of links it takes the name, and looks one name behind it.
      if (type === UV_DIRENT_DIR) next.push({ path: below, glob, at, links });
      else next.push({ path: below, glob, at: at + 1, links: false });
      if (type === UV_DIRENT_LINK && links && at + 1 < parts.length) next.push({ path: below, glob, at: at + 1, links });
    }
  }
}

function joinName(path, name) {
  return path === '' ? name : join(path, name);
}

function result(match, options) {
  return options.withFileTypes ? entryOf(match[0], match[1], options.cwd) : match[0];
}

function globSync(patterns, options) {
  options = globOptions(patterns, options);
  return Array.from(walk(options), (match) => result(match, options));
}

async function* globIterator(patterns, options) {
  options = globOptions(patterns, options);
  for (const match of walk(options)) yield result(match, options);
}

function glob(patterns, options, callback) {
  if (typeof options === 'function') {
    callback = options;
    options = undefined;
  }
  validateCallback(callback);
  options = globOptions(patterns, options);
  setImmediate(() => {
    let matches;
    try {
      matches = Array.from(walk(options), (match) => result(match, options));
    } catch (error) {
      callback(error);
      return;
    }
    callback(null, matches);
  });
}

module.exports = { glob, globIterator, globSync };
