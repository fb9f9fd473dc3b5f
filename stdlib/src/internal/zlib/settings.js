'use strict';

// internal/zlib/settings: checks the options of a stream or call and makes the array that the binding takes.
// API: https://nodejs.org/docs/latest-v24.x/api/zlib.html#class-options

const { constants } = require('internal/zlib/constants');
const { codes } = require('internal/errors');

const MODES = {
  __proto__: null, Deflate: 1, Inflate: 2, Gzip: 3, Gunzip: 4, DeflateRaw: 5, InflateRaw: 6, Unzip: 7,
  BrotliDecompress: 8, BrotliCompress: 9,
};
const {
  Z_NO_FLUSH, Z_BLOCK, Z_FINISH, Z_MIN_CHUNK, Z_DEFAULT_CHUNK, Z_MIN_LEVEL, Z_MAX_LEVEL, Z_MIN_MEMLEVEL, Z_MAX_MEMLEVEL,
  Z_DEFAULT_STRATEGY, Z_FIXED, Z_DEFAULT_COMPRESSION, Z_DEFAULT_WINDOWBITS, Z_DEFAULT_MEMLEVEL, Z_MAX_WINDOWBITS,
  BROTLI_OPERATION_PROCESS, BROTLI_OPERATION_FINISH, BROTLI_OPERATION_EMIT_METADATA,
} = constants;

// A number between two others, or the default where it is undefined (or not a number at all).
function ranged(value, name, lower, upper, fallback) {
  if (value === undefined || Number.isNaN(value)) return fallback;
  if (typeof value !== 'number') throw new codes.ERR_INVALID_ARG_TYPE(name, 'number', value);
  if (!(value >= lower && value <= upper)) {
    const range = Number.isFinite(value) ? `>= ${lower} and <= ${upper}` : 'a finite number';
    throw new codes.ERR_OUT_OF_RANGE(name, range, value);
  }
  return value;
}

function chunkSizeOf(value) {
  if (value === undefined || Number.isNaN(value)) return Z_DEFAULT_CHUNK;
  if (typeof value !== 'number') throw new codes.ERR_INVALID_ARG_TYPE('options.chunkSize', 'number', value);
  if (!Number.isFinite(value)) throw new codes.ERR_OUT_OF_RANGE('options.chunkSize', 'a finite number', value);
  if (value < Z_MIN_CHUNK) throw new codes.ERR_OUT_OF_RANGE('options.chunkSize', `>= ${Z_MIN_CHUNK}`, value);
  return value;
}

function dictionaryOf(value) {
  if (value === undefined || value === null) return null;
  if (ArrayBuffer.isView(value)) return value;
  if (require('internal/util/types').isAnyArrayBuffer(value)) return Buffer.from(value);
  throw new codes.ERR_INVALID_ARG_TYPE('options.dictionary', ['Buffer', 'TypedArray', 'DataView', 'ArrayBuffer'], value);
}

function brotliPairs(params) {
  const pairs = [];
  if (!params) return pairs;
  for (const key of Object.keys(params)) {
    const number = +key;
    // '00' is no second name of 0.
    if (String(number) !== key || number < 0 || number > 9) throw new codes.ERR_BROTLI_INVALID_PARAM(key);
    const value = params[key];
    if (typeof value !== 'number' && typeof value !== 'boolean') {
      throw new codes.ERR_INVALID_ARG_TYPE('options.params[key]', 'number', value);
    }
    pairs.push(number, Number(value));
  }
  return pairs;
}

/**
 * @param {string} kind the class name, such as 'Gzip'
 * @param {object} [options]
 */
function settingsOf(kind, options) {
  const brotli = kind.startsWith('Brotli');
  const set = {
    mode: MODES[kind], chunkSize: Z_DEFAULT_CHUNK, maxOutputLength: require('buffer').kMaxLength, info: false,
    flush: brotli ? BROTLI_OPERATION_PROCESS : Z_NO_FLUSH, finishFlush: brotli ? BROTLI_OPERATION_FINISH : Z_FINISH,
    level: Z_DEFAULT_COMPRESSION, strategy: Z_DEFAULT_STRATEGY, windowBits: Z_DEFAULT_WINDOWBITS,
    memLevel: Z_DEFAULT_MEMLEVEL, dictionary: null, pairs: [],
  };
  if (options === undefined || options === null) return set;
  const last = brotli ? BROTLI_OPERATION_EMIT_METADATA : Z_BLOCK;
  set.chunkSize = chunkSizeOf(options.chunkSize);
  set.flush = ranged(options.flush, 'options.flush', set.flush, last, set.flush);
  set.finishFlush = ranged(options.finishFlush, 'options.finishFlush', 0, last, set.finishFlush);
  set.maxOutputLength = ranged(options.maxOutputLength, 'options.maxOutputLength', 1, set.maxOutputLength, set.maxOutputLength);
  set.info = Boolean(options.info);
  if (brotli) {
    set.pairs = brotliPairs(options.params);
    return set;
  }
  const decoder = kind === 'Inflate' || kind === 'Gunzip' || kind === 'Unzip';
  if (decoder && (options.windowBits === undefined || options.windowBits === null || options.windowBits === 0)) {
    set.windowBits = 0;
  } else {
    // A gzip or raw window of 256 bytes is not possible; raw streams take the next size instead.
    const bits = kind === 'DeflateRaw' && options.windowBits === 8 ? 9 : options.windowBits;
    set.windowBits = ranged(bits, 'options.windowBits', kind === 'Gzip' ? 9 : 8, Z_MAX_WINDOWBITS, Z_DEFAULT_WINDOWBITS);
  }
  set.level = ranged(options.level, 'options.level', Z_MIN_LEVEL, Z_MAX_LEVEL, Z_DEFAULT_COMPRESSION);
  set.memLevel = ranged(options.memLevel, 'options.memLevel', Z_MIN_MEMLEVEL, Z_MAX_MEMLEVEL, Z_DEFAULT_MEMLEVEL);
  set.strategy = ranged(options.strategy, 'options.strategy', Z_DEFAULT_STRATEGY, Z_FIXED, Z_DEFAULT_STRATEGY);
  set.dictionary = dictionaryOf(options.dictionary);
  return set;
}

/** The settings as the binding takes them. */
function toArray(set) {
  return [set.mode, set.level, set.windowBits, set.memLevel, set.strategy, set.dictionary, set.pairs, set.finishFlush,
          set.maxOutputLength];
}

module.exports = { settingsOf, toArray, ranged };
