'use strict';

// node:path/win32: Windows paths, on any platform. Loaded only where somebody asks for them.
// A path is taken apart once, by `split`, into
//
//     \\server\share   \        dir\file.txt
//     device           root     tail
//
// where the device is a drive (`C:`), a UNC share, or nothing, and the root says whether the path is absolute.
// API: https://nodejs.org/docs/latest-v24.x/api/path.html#windows-vs-posix

const { validateString } = require('internal/validators');

const reservedNames = /^(?:CON|PRN|AUX|NUL|COM[1-9¹²³]|LPT[1-9¹²³])$/i;

function isSlash(char) {
  return char === '\\' || char === '/';
}

function isDriveLetter(char) {
  return char >= 'a' && char <= 'z' || char >= 'A' && char <= 'Z';
}

/** How many characters from `at` on are no slashes. */
function nameLength(path, at) {
  let end = at;
  while (end < path.length && !isSlash(path[end])) end++;
  return end - at;
}

function slashLength(path, at) {
  let end = at;
  while (end < path.length && isSlash(path[end])) end++;
  return end - at;
}

/**
 * @param {string} path
 * @returns {{ device: string, isUnc: boolean, rooted: boolean, rootEnd: number }} `rootEnd` is where the tail begins
 */
function split(path) {
  if (isSlash(path[0])) return splitUnc(path) || { device: '', isUnc: false, rooted: true, rootEnd: 1 };
  if (isDriveLetter(path[0]) && path[1] === ':') {
    const rooted = isSlash(path[2]);
    return { device: path.slice(0, 2), isUnc: false, rooted, rootEnd: rooted ? 3 : 2 };
  }
  return { device: '', isUnc: false, rooted: false, rootEnd: 0 };
}

/** `\\server\share…`, `\\.\device` and `\\?\device`; undefined for everything else. */
function splitUnc(path) {
  if (!isSlash(path[1])) return undefined;
  const server = nameLength(path, 2);
  if (server === 0) return undefined;
  const slashes = slashLength(path, 2 + server);
  if (slashes === 0) return undefined;
  const shareAt = 2 + server + slashes;
  const share = nameLength(path, shareAt);
  if (share === 0) return undefined;
  const host = path.slice(2, 2 + server);
  if (host === '.' || host === '?') {
    // A device path has no share: its device is the prefix alone.
    return { device: `\\\\${host}`, isUnc: true, rooted: true, rootEnd: 4 };
  }
  const end = shareAt + share;
  return {
    device: `\\\\${host}\\${path.slice(shareAt, end)}`,
    isUnc: true,
    rooted: true,
    rootEnd: end < path.length ? end + 1 : end,
  };
}

/** `.`, `..` and empty segments worked out; `..` at the start is kept where `aboveRoot` allows it. */
function normalizeTail(tail, aboveRoot) {
  const segments = tail.split(/[\\/]/);
  const kept = [];
  for (let i = 0; i < segments.length; i++) {
    const segment = segments[i];
    if (segment === '' || segment === '.') continue;
    if (segment !== '..') kept.push(segment);
    else if (kept.length > 0 && kept[kept.length - 1] !== '..') kept.pop();
    else if (aboveRoot) kept.push('..');
  }
  return kept.join('\\');
}

/** @param {...string} paths */
function resolve(...paths) {
  let device = '';
  let tail = '';
  let absolute = false;
  for (let i = paths.length - 1; i >= -1; i--) {
    const path = i >= 0 ? paths[i] : workingDirectory(device);
    if (i >= 0) validateString(path, `paths[${i}]`);
    if (path.length === 0) continue;
    const part = split(path);
    if (part.device !== '') {
      if (device !== '' && part.device.toLowerCase() !== device.toLowerCase()) continue;
      device = device || part.device;
    }
    if (!absolute) {
      tail = `${path.slice(part.rootEnd)}\\${tail}`;
      absolute = part.rooted;
    }
    if (absolute && device !== '') break;
  }
  tail = normalizeTail(tail, !absolute);
  return `${device}${absolute ? '\\' : ''}${tail}` || '.';
}
Object.defineProperty(resolve, 'length', { __proto__: null, configurable: true, value: 0 });

/** Windows keeps a working directory for each drive, in variables named `=C:`. */
function workingDirectory(device) {
  if (device === '') return process.cwd();
  const path = process.env[`=${device}`] || process.cwd();
  const elsewhere = path.slice(0, 2).toLowerCase() !== device.toLowerCase() && path[2] === '\\';
  return path === undefined || elsewhere ? `${device}\\` : path;
}

/** @param {string} path */
function normalize(path) {
  validateString(path, 'path');
  if (path.length === 0) return '.';
  if (path.length === 1) return path === '/' ? '\\' : path;
  const { device, isUnc, rooted, rootEnd } = split(path);
  if (isUnc && rootEnd === path.length && !isSlash(path[path.length - 1]) && device.length > 3) return `${device}\\`;
  const guarded = guardReserved(path, device, rooted);
  if (guarded !== undefined) return guarded;
  let tail = normalizeTail(path.slice(rootEnd), !rooted);
  if (tail === '' && !rooted) tail = '.';
  if (tail !== '' && isSlash(path[path.length - 1])) tail += '\\';
  if (device === '' && !rooted && path.includes(':') && looksLikeDrive(path, tail)) return `.\\${tail}`;
  return `${device}${rooted ? '\\' : ''}${tail}`;
}

/** Whether a relative path, once normal, would be read as beginning with a drive or a stream it did not name. */
function looksLikeDrive(path, tail) {
  if (isDriveLetter(tail[0]) && tail[1] === ':') return true;
  for (let colon = path.indexOf(':'); colon !== -1; colon = path.indexOf(':', colon + 1)) {
    if (colon === path.length - 1 || isSlash(path[colon + 1])) return true;
  }
  return false;
}

/** `CON:x` and its like name devices anywhere; a `.\` in front makes them files again. */
function guardReserved(path, device, rooted) {
  if (device !== '' || rooted) return undefined;
  const colon = path.indexOf(':');
  if (colon <= 0 || !reservedNames.test(path.slice(0, colon))) return undefined;
  let tail = normalizeTail(path.slice(colon + 1), true) || '.';
  if (isSlash(path[path.length - 1])) tail += '\\';
  return `.\\${path.slice(0, colon + 1)}${tail}`;
}

/** @param {string} path */
function isAbsolute(path) {
  validateString(path, 'path');
  return isSlash(path[0]) || isDriveLetter(path[0]) && path[1] === ':' && isSlash(path[2]);
}

/** @param {...string} paths */
function join(...paths) {
  const parts = [];
  for (let i = 0; i < paths.length; i++) {
    validateString(paths[i], 'path');
    if (paths[i].length > 0) parts.push(paths[i]);
  }
  if (parts.length === 0) return '.';
  let joined = parts.join('\\');
  // Only a first part that itself looks like `\\server` may make the result a UNC path.
  const slashes = slashLength(joined, 0);
  if (!(slashes === 2 && slashLength(parts[0], 0) === 2 && parts[0].length > 2) && slashes > 1) {
    joined = `\\${joined.slice(slashes)}`;
  }
  const guarded = keepReservedSegments(joined);
  return guarded === undefined ? normalize(joined) : guarded;
}
Object.defineProperty(join, 'length', { __proto__: null, configurable: true, value: 0 });

/** A path that has device names as whole segments is left as it was written, but for its slashes. */
function keepReservedSegments(path) {
  const segments = path.split(/[\\/]+/);
  for (let i = 0; i < segments.length; i++) {
    const colon = segments[i].indexOf(':');
    if (colon > 0 && reservedNames.test(segments[i].slice(0, colon))) return path.replaceAll('/', '\\');
  }
  return undefined;
}

/**
 * @param {string} from
 * @param {string} to
 */
function relative(from, to) {
  validateString(from, 'from');
  validateString(to, 'to');
  if (from === to) return '';
  const fromFull = resolve(from);
  const toFull = resolve(to);
  if (fromFull.toLowerCase() === toFull.toLowerCase()) return '';
  const fromParts = fromFull.split('\\').filter(Boolean);
  const toParts = toFull.split('\\').filter(Boolean);
  let common = 0;
  while (common < fromParts.length && common < toParts.length &&
         fromParts[common].toLowerCase() === toParts[common].toLowerCase()) common++;
  // Nothing shared: another drive, or another server.
  if (common === 0) return toFull;
  const up = new Array(fromParts.length - common).fill('..');
  return up.concat(toParts.slice(common)).join('\\');
}

/** @param {string} path */
function toNamespacedPath(path) {
  if (typeof path !== 'string' || path.length === 0) return path;
  const full = resolve(path);
  if (full.length <= 2) return path;
  if (full.startsWith('\\\\')) {
    if (full[2] !== '?' && full[2] !== '.') return `\\\\?\\UNC\\${full.slice(2)}`;
  } else if (isDriveLetter(full[0]) && full[1] === ':' && full[2] === '\\') {
    return `\\\\?\\${full}`;
  }
  return full;
}

/** Where the root of a path ends: nothing before that is cut off by `dirname` and `parse`. */
function rootLength(path) {
  const { device, isUnc, rootEnd } = split(path);
  if (!isUnc || device.length > 3) return rootEnd;
  const share = 4 + nameLength(path, 4);
  return share < path.length ? share + 1 : share;
}

/** The last segment: `[start, end]`, slashes behind it left out. */
function lastSegment(path, from) {
  let end = path.length;
  while (end > from && isSlash(path[end - 1])) end--;
  let start = end;
  while (start > from && !isSlash(path[start - 1])) start--;
  return [start, end];
}

/** @param {string} path */
function dirname(path) {
  validateString(path, 'path');
  if (path.length === 0) return '.';
  const root = rootLength(path);
  const [start] = lastSegment(path, root);
  if (start > root) return path.slice(0, start - 1);
  return root === 0 ? '.' : path.slice(0, root);
}

/**
 * @param {string} path
 * @param {string} [suffix]
 */
function basename(path, suffix) {
  if (suffix !== undefined) validateString(suffix, 'suffix');
  validateString(path, 'path');
  if (suffix !== undefined && suffix.length > 0 && suffix === path) return '';
  const from = isDriveLetter(path[0]) && path[1] === ':' ? 2 : 0;
  const [start, end] = lastSegment(path, from);
  const name = path.slice(start, end);
  return suffix && name.length > suffix.length && name.endsWith(suffix) ? name.slice(0, -suffix.length) : name;
}

/** The place of the last dot, unless that is the first character or the name is `..`. */
function extensionStart(name) {
  const dot = name.lastIndexOf('.');
  return dot <= 0 || name === '..' ? name.length : dot;
}

/** @param {string} path */
function extname(path) {
  validateString(path, 'path');
  const name = basename(path);
  return name.slice(extensionStart(name));
}

/** @param {{ dir?: string, root?: string, base?: string, name?: string, ext?: string }} pathObject */
function format(pathObject) {
  return require('internal/path').format('\\', pathObject);
}

/** @param {string} path */
function parse(path) {
  validateString(path, 'path');
  const end = rootLength(path);
  const root = path.slice(0, end);
  const [start, stop] = lastSegment(path, end);
  const base = path.slice(start, stop);
  const dot = extensionStart(base);
  const dir = start > end ? path.slice(0, start - 1) : root;
  return { root, dir, base, ext: base.slice(dot), name: base.slice(0, dot) };
}

/**
 * @param {string} path
 * @param {string} pattern
 */
function matchesGlob(path, pattern) {
  return require('internal/path').matchesGlob(path, pattern, true);
}

const win32 = {
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
  sep: '\\',
  delimiter: ';',
  win32: null,
  posix: null,
  _makeLong: toNamespacedPath,
};
win32.win32 = win32;
win32.posix = require('path/posix');

module.exports = win32;
