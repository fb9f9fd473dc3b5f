'use strict';

// internal/webstreams/queuingstrategies: ByteLengthQueuingStrategy and CountQueuingStrategy.
// Spec: https://streams.spec.whatwg.org/#qs

const { codes } = require('internal/errors');
const { check, finishClass, inspectAs, kState } = require('internal/webstreams/util');

function readMark(init) {
  if (init === null || (typeof init !== 'object' && typeof init !== 'function')) {
    throw new codes.ERR_INVALID_ARG_TYPE('init', 'Object', init);
  }
  if (init.highWaterMark === undefined) throw new codes.ERR_MISSING_OPTION('init.highWaterMark');
  return Number(init.highWaterMark);
}

// Every strategy of a realm has the same size function.
const byteLength = Object.defineProperty((chunk) => chunk.byteLength, 'name', { __proto__: null, value: 'size' });
const count = Object.defineProperty(() => 1, 'name', { __proto__: null, value: 'size' });

class ByteLengthQueuingStrategy {
  constructor(init) {
    this[kState] = { kind: 'ByteLengthQueuingStrategy', highWaterMark: readMark(init) };
  }
  get highWaterMark() { return check('ByteLengthQueuingStrategy', this).highWaterMark; }
  get size() {
    check('ByteLengthQueuingStrategy', this);
    return byteLength;
  }
  [Symbol.for('nodejs.util.inspect.custom')](depth, options) {
    return inspectAs('ByteLengthQueuingStrategy', { highWaterMark: this.highWaterMark }, depth, options);
  }
}
finishClass(ByteLengthQueuingStrategy, ['highWaterMark', 'size']);

class CountQueuingStrategy {
  constructor(init) {
    this[kState] = { kind: 'CountQueuingStrategy', highWaterMark: readMark(init) };
  }
  get highWaterMark() { return check('CountQueuingStrategy', this).highWaterMark; }
  get size() {
    check('CountQueuingStrategy', this);
    return count;
  }
  [Symbol.for('nodejs.util.inspect.custom')](depth, options) {
    return inspectAs('CountQueuingStrategy', { highWaterMark: this.highWaterMark }, depth, options);
  }
}
finishClass(CountQueuingStrategy, ['highWaterMark', 'size']);

module.exports = { ByteLengthQueuingStrategy, CountQueuingStrategy };
