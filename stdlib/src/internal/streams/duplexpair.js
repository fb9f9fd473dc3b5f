'use strict';

// internal/streams/duplexpair: duplexPair(), two streams each of which reads what is written to the other.
// API: https://nodejs.org/docs/latest-v24.x/api/stream.html#streamduplexpairoptions

const { Duplex } = require('internal/streams/duplex');

const kOther = Symbol('kOther');
const kCallback = Symbol('kCallback');

class DuplexSide extends Duplex {
  constructor(options) {
    super(options);
    this[kOther] = null;
    // Of the write that the other side's reader has yet to ask for.
    this[kCallback] = null;
  }

  _read() {
    const callback = this[kCallback];
    if (callback === null) return;
    this[kCallback] = null;
    callback();
  }

  _write(chunk, encoding, callback) {
    const other = this[kOther];
    if (chunk.length === 0) {
      process.nextTick(callback);
    } else {
      other.push(chunk);
      other[kCallback] = callback;
    }
  }

  _final(callback) {
    this[kOther].on('end', callback);
    this[kOther].push(null);
  }

  _destroy(error, callback) {
    const other = this[kOther];
    if (other !== null && !other.destroyed) {
      // In a tick, so that this side's 'close' comes first.
      process.nextTick(() => {
        if (other.destroyed) return;
        if (error) other.destroy();
        else other.push(null);
      });
    }
    callback(error);
  }
}

function duplexPair(options) {
  const left = new DuplexSide(options);
  const right = new DuplexSide(options);
  left[kOther] = right;
  right[kOther] = left;
  return [left, right];
}

module.exports = { duplexPair };
