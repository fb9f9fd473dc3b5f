'use strict';

// internal/perf/histogram: histograms of numbers, and the one that watches the event loop's delay.
// API: https://nodejs.org/docs/latest-v24.x/api/perf_hooks.html#class-histogram
// Binding: performance.now.
//
// Values are counted by their first `figures` decimal digits, as an HDR histogram does it: a value belongs to the range of
// those that share its leading bits, and stands for the highest of them.

const { codes } = require('internal/errors');
const { validateInteger, validateNumber, validateObject } = require('internal/validators');
const { now } = binding('performance');

const kCreate = Symbol('kCreate');
const kNoMinimum = 9223372036854775807n;

class Histogram {
  #counts = new Map();
  #count = 0;
  #exceeds = 0;
  #min = Infinity;
  #max = 0;
  #highest;
  #bits;

  constructor(token = undefined, lowest = 1, highest = Number.MAX_SAFE_INTEGER, figures = 3) {
    if (token !== kCreate) throw new codes.ERR_ILLEGAL_CONSTRUCTOR();
    this.#highest = highest;
    // As many bits as 2 * 10^figures takes.
    this.#bits = Math.ceil(Math.log2(2 * 10 ** figures));
  }

  // The highest value that is counted together with this one.
  #top(value) {
    const shift = Math.max(0, Math.floor(Math.log2(value)) + 1 - this.#bits);
    const unit = 2 ** shift;
    return (Math.floor(value / unit) + 1) * unit - 1;
  }

  static count(histogram, value, n = 1) {
    if (value > histogram.#highest) {
      histogram.#exceeds += n;
      return;
    }
    const top = histogram.#top(value);
    histogram.#counts.set(top, (histogram.#counts.get(top) ?? 0) + n);
    histogram.#count += n;
    if (value < histogram.#min) histogram.#min = value;
    if (value > histogram.#max) histogram.#max = value;
  }

  static merge(histogram, other) {
    for (const [top, n] of other.#counts) count(histogram, top, n);
    histogram.#min = Math.min(histogram.#min, other.#min);
    histogram.#max = Math.max(histogram.#max, other.#max);
    histogram.#exceeds += other.#exceeds;
  }

  static isHistogram(value) {
    return typeof value === 'object' && value !== null && #counts in value;
  }

  #check() {
    if (!isHistogram(this)) throw new codes.ERR_INVALID_THIS('Histogram');
  }

  get count() { return this.#count; }
  get countBigInt() { return BigInt(this.#count); }
  get exceeds() { return this.#exceeds; }
  get exceedsBigInt() { return BigInt(this.#exceeds); }
  get min() { return this.#count === 0 ? Number(kNoMinimum) : this.#min; }
  get minBigInt() { return this.#count === 0 ? kNoMinimum : BigInt(this.#min); }
  get max() { return this.#max; }
  get maxBigInt() { return BigInt(this.#max); }

  get mean() {
    if (this.#count === 0) return NaN;
    let sum = 0;
    for (const [top, n] of this.#counts) sum += top * n;
    return sum / this.#count;
  }

  get stddev() {
    if (this.#count === 0) return NaN;
    const mean = this.mean;
    let sum = 0;
    for (const [top, n] of this.#counts) sum += (top - mean) ** 2 * n;
    return Math.sqrt(sum / this.#count);
  }

  // [value, how many are not above it], ascending.
  #cumulative() {
    const sorted = [...this.#counts].sort((a, b) => a[0] - b[0]);
    let seen = 0;
    return sorted.map(([top, n]) => [Math.min(top, this.#max), seen += n]);
  }

  percentile(percentile) {
    this.#check();
    validateNumber(percentile, 'percentile');
    if (!(percentile > 0) || percentile > 100) {
      throw new codes.ERR_OUT_OF_RANGE('percentile', '> 0 && <= 100', percentile);
    }
    return this.#valueAt(percentile, this.#cumulative());
  }

  #valueAt(percentile, cumulative) {
    const wanted = Math.max(1, Math.ceil(this.#count * percentile / 100 - 1e-9));
    for (let i = 0; i < cumulative.length; i++) if (cumulative[i][1] >= wanted) return cumulative[i][0];
    return 0;
  }

  percentileBigInt(percentile) {
    return BigInt(this.percentile(percentile));
  }

  // 0, 50, 75, 87.5 ... until all values are in; then 100.
  get percentiles() {
    const result = new Map();
    const cumulative = this.#cumulative();
    if (this.#count > 0) {
      for (let percentile = 0, step = 50; ; percentile += step, step /= 2) {
        const value = this.#valueAt(percentile, cumulative);
        result.set(percentile, value);
        if (value >= cumulative[cumulative.length - 1][0]) break;
      }
    }
    result.set(100, this.#max);
    return result;
  }

  get percentilesBigInt() {
    return new Map([...this.percentiles].map(([percentile, value]) => [percentile, BigInt(value)]));
  }

  reset() {
    this.#check();
    this.#counts.clear();
    this.#count = 0;
    this.#exceeds = 0;
    this.#min = Infinity;
    this.#max = 0;
  }

  toJSON() {
    return {
      count: this.count,
      min: this.min,
      max: this.max,
      mean: this.mean,
      exceeds: this.exceeds,
      stddev: this.stddev,
      percentiles: Object.fromEntries(this.percentiles),
    };
  }

  [Symbol.for('nodejs.util.inspect.custom')](depth, options) {
    if (depth < 0) return `[${this.constructor.name}]`;
    return `Histogram ${require('internal/util/inspect').inspect({
      min: this.min, max: this.max, mean: this.mean, exceeds: this.exceeds, stddev: this.stddev, count: this.count,
      percentiles: this.percentiles,
    }, { ...options, depth: options.depth === null ? null : options.depth - 1 })}`;
  }
}

const { count, merge, isHistogram } = Histogram;
delete Histogram.count;
delete Histogram.merge;
delete Histogram.isHistogram;

class RecordableHistogram extends Histogram {
  #last;

  record(value) {
    if (typeof value === 'bigint') {
      if (value < 1n || value > BigInt(Number.MAX_SAFE_INTEGER)) {
        throw new codes.ERR_OUT_OF_RANGE('val', `>= 1 && <= ${Number.MAX_SAFE_INTEGER}`, value);
      }
      count(this, Number(value));
      return;
    }
    validateInteger(value, 'val', 1);
    count(this, value);
  }

  recordDelta() {
    const time = now();
    if (this.#last !== undefined) count(this, Math.max(1, Math.round((time - this.#last) * 1e6)));
    this.#last = time;
  }

  add(other) {
    if (!isHistogram(other)) throw new codes.ERR_INVALID_ARG_TYPE('other', 'RecordableHistogram', other);
    merge(this, other);
  }
}

/** Records how late a timer of `resolution` milliseconds is, in nanoseconds between two of its expiries. */
class ELDHistogram extends Histogram {
  #resolution;
  #timer;

  constructor(token, resolution) {
    super(token);
    this.#resolution = resolution;
  }

  enable() {
    if (this.#timer !== undefined) return false;
    let last = now();
    this.#timer = setInterval(() => {
      const time = now();
      count(this, Math.max(1, Math.round((time - last) * 1e6)));
      last = time;
    }, this.#resolution);
    this.#timer.unref();
    return true;
  }

  disable() {
    if (this.#timer === undefined) return false;
    clearInterval(this.#timer);
    this.#timer = undefined;
    return true;
  }

  [Symbol.dispose]() {
    this.disable();
  }
}

/** @param {{ lowest?: number | bigint, highest?: number | bigint, figures?: number }} [options] */
function createHistogram(options = {}) {
  validateObject(options, 'options');
  const { lowest = 1, highest = Number.MAX_SAFE_INTEGER, figures = 3 } = options;
  if (typeof lowest !== 'bigint') validateInteger(lowest, 'options.lowest', 1, Number.MAX_SAFE_INTEGER);
  if (typeof highest !== 'bigint') {
    validateInteger(highest, 'options.highest', 2 * Number(lowest), Number.MAX_SAFE_INTEGER);
  } else if (highest < 2n * BigInt(lowest)) {
    throw new codes.ERR_INVALID_ARG_VALUE('options.highest', highest);
  }
  validateInteger(figures, 'options.figures', 1, 5);
  return new RecordableHistogram(kCreate, Number(lowest), Number(highest), figures);
}

/** @param {{ resolution?: number }} [options] */
function monitorEventLoopDelay(options = {}) {
  validateObject(options, 'options');
  const { resolution = 10 } = options;
  validateInteger(resolution, 'options.resolution', 1);
  return new ELDHistogram(kCreate, resolution);
}

module.exports = { createHistogram, monitorEventLoopDelay };
