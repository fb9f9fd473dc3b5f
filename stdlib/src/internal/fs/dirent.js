'use strict';
// internal/fs/dirent: fs.Dirent, an entry of a directory.
// API: https://nodejs.org/docs/latest-v24.x/api/fs.html#class-fsdirent
// Binding functions: none.

const { encodeName } = require('internal/fs/utils');

// The numbers of UV_DIRENT_*, which the binding uses too.
const TYPE_FILE = 1;
const TYPE_DIRECTORY = 2;
const TYPE_LINK = 3;
const TYPE_FIFO = 4;
const TYPE_SOCKET = 5;
const TYPE_CHARACTER = 6;
const TYPE_BLOCK = 7;

const kType = Symbol('type');

class Dirent {
  constructor(name, type, parentPath) {
    this.name = name;
    this.parentPath = parentPath;
    this[kType] = type;
  }

  isDirectory() { return this[kType] === TYPE_DIRECTORY; }
  isFile() { return this[kType] === TYPE_FILE; }
  isBlockDevice() { return this[kType] === TYPE_BLOCK; }
  isCharacterDevice() { return this[kType] === TYPE_CHARACTER; }
  isSymbolicLink() { return this[kType] === TYPE_LINK; }
  isFIFO() { return this[kType] === TYPE_FIFO; }
  isSocket() { return this[kType] === TYPE_SOCKET; }
}

/**
 * @param {Array} list name, type, directory relative to `path` ('' for `path` itself), and again
 * @param {string|Uint8Array} path of the directory, as the caller gave it
 * @param {string} [encoding] of the names
 * @returns {Dirent[]}
 */
function fromList(list, path, encoding) {
  const entries = new Array(list.length / 3);
  for (let i = 0, n = 0; i < list.length; i += 3, n++) {
    const parent = list[i + 2].length === 0 ? path : joinDirectory(path, list[i + 2]);
    entries[n] = new Dirent(encodeName(list[i], encoding), list[i + 1], parent);
  }
  return entries;
}

function joinDirectory(path, directory) {
  if (typeof path === 'string' && typeof directory === 'string') return require('path').join(path, directory);
  return Buffer.concat([Buffer.from(path), Buffer.from(require('path').sep), Buffer.from(directory)]);
}

module.exports = { Dirent, fromList };
