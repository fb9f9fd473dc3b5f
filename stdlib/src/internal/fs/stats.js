'use strict';
// internal/fs/stats: fs.Stats, its bigint twin and fs.StatFs.
// API: https://nodejs.org/docs/latest-v24.x/api/fs.html#class-fsstats
// Binding functions: none. The lists of fields come from stat, lstat, fstat and statfs.
//
// A Date costs more than all other fields together and most callers never look at it, so the four of them are accessors
// of the prototypes that turn into plain properties of the object on first use, or when they are assigned to.

const { deprecate } = require('internal/util');

const S_IFMT = 0o170000;
const S_IFREG = 0o100000;
const S_IFDIR = 0o040000;
const S_IFCHR = 0o020000;
const S_IFBLK = 0o060000;
const S_IFIFO = 0o010000;
const S_IFLNK = 0o120000;
const S_IFSOCK = 0o140000;

const NS_PER_MS = 1000000n;

function hasType(stats, type) {
  return (Number(stats.mode) & S_IFMT) === type;
}

/** What both kinds share; not exported by `fs`. */
function StatsBase(dev, mode, nlink, uid, gid, rdev, blksize, ino, size, blocks) {
  this.dev = dev;
  this.mode = mode;
  this.nlink = nlink;
  this.uid = uid;
  this.gid = gid;
  this.rdev = rdev;
  this.blksize = blksize;
  this.ino = ino;
  this.size = size;
  this.blocks = blocks;
}

StatsBase.prototype.isDirectory = function isDirectory() { return hasType(this, S_IFDIR); };
StatsBase.prototype.isFile = function isFile() { return hasType(this, S_IFREG); };
StatsBase.prototype.isBlockDevice = function isBlockDevice() { return hasType(this, S_IFBLK); };
StatsBase.prototype.isCharacterDevice = function isCharacterDevice() { return hasType(this, S_IFCHR); };
StatsBase.prototype.isSymbolicLink = function isSymbolicLink() { return hasType(this, S_IFLNK); };
StatsBase.prototype.isFIFO = function isFIFO() { return hasType(this, S_IFIFO); };
StatsBase.prototype.isSocket = function isSocket() { return hasType(this, S_IFSOCK); };

function setOwn(object, name, value) {
  Object.defineProperty(object, name, { __proto__: null, value, enumerable: true, writable: true, configurable: true });
}

function defineDate(prototype, name) {
  Object.defineProperty(prototype, name, {
    __proto__: null,
    configurable: true,
    enumerable: true,
    get() {
      const date = new Date(Math.round(Number(this[`${name}Ms`])));
      setOwn(this, name, date);
      return date;
    },
    set(value) { setOwn(this, name, value); },
  });
}

function defineDates(constructor) {
  constructor.prototype = Object.create(StatsBase.prototype, {
    constructor: { __proto__: null, value: constructor, writable: true, configurable: true },
  });
  for (const name of ['atime', 'mtime', 'ctime', 'birthtime']) defineDate(constructor.prototype, name);
  Object.setPrototypeOf(constructor, StatsBase);
}

function StatsObject(dev, mode, nlink, uid, gid, rdev, blksize, ino, size, blocks, atimeMs, mtimeMs, ctimeMs, birthtimeMs) {
  StatsBase.call(this, dev, mode, nlink, uid, gid, rdev, blksize, ino, size, blocks);
  this.atimeMs = atimeMs;
  this.mtimeMs = mtimeMs;
  this.ctimeMs = ctimeMs;
  this.birthtimeMs = birthtimeMs;
}
Object.defineProperty(StatsObject, 'name', { __proto__: null, value: 'Stats' });
defineDates(StatsObject);

function BigIntStats(dev, mode, nlink, uid, gid, rdev, blksize, ino, size, blocks, atimeNs, mtimeNs, ctimeNs, birthtimeNs) {
  StatsBase.call(this, dev, mode, nlink, uid, gid, rdev, blksize, ino, size, blocks);
  this.atimeMs = atimeNs / NS_PER_MS;
  this.mtimeMs = mtimeNs / NS_PER_MS;
  this.ctimeMs = ctimeNs / NS_PER_MS;
  this.birthtimeMs = birthtimeNs / NS_PER_MS;
  this.atimeNs = atimeNs;
  this.mtimeNs = mtimeNs;
  this.ctimeNs = ctimeNs;
  this.birthtimeNs = birthtimeNs;
}
defineDates(BigIntStats);

// Programs may still call the constructor; only the module itself may do it without a warning.
const Stats = deprecate(StatsObject, 'fs.Stats constructor is deprecated.', 'DEP0180');
Stats.prototype = StatsObject.prototype;
StatsObject.prototype.constructor = Stats;

/** @param {Array<number>|Array<bigint>} f fields in the constructors' order */
function fromFields(f) {
  const Kind = typeof f[0] === 'bigint' ? BigIntStats : StatsObject;
  return new Kind(f[0], f[1], f[2], f[3], f[4], f[5], f[6], f[7], f[8], f[9], f[10], f[11], f[12], f[13]);
}

/** The fields of a file that isn't there, as watchFile reports it: all zero. */
function emptyStats(bigint) {
  return fromFields(new Array(14).fill(bigint ? 0n : 0));
}

/** https://nodejs.org/docs/latest-v24.x/api/fs.html#class-fsstatfs */
class StatFs {
  constructor(f) {
    this.type = f[0];
    this.bsize = f[1];
    this.blocks = f[2];
    this.bfree = f[3];
    this.bavail = f[4];
    this.files = f[5];
    this.ffree = f[6];
  }
}

module.exports = { BigIntStats, StatFs, Stats, emptyStats, fromFields };
