'use strict';
// internal/v8/snapshot: files that tools write, how they are called, and the signal that asks for one.

const two = (number) => `${number}`.padStart(2, '0');

// CPU.yyyymmdd.hhmmss.pid.thread.serial.cpuprofile, by local time.
function diagnosticName(prefix, serial, extension) {
  const now = new Date();
  const day = `${now.getFullYear()}${two(now.getMonth() + 1)}${two(now.getDate())}`;
  const time = `${two(now.getHours())}${two(now.getMinutes())}${two(now.getSeconds())}`;
  return `${prefix}.${day}.${time}.${process.pid}.0.${`${serial}`.padStart(3, '0')}.${extension}`;
}

function writeOnSignal(signal) {
  const { codes } = require('internal/errors');
  if (!(signal in require('os').constants.signals)) throw new codes.ERR_UNKNOWN_SIGNAL(signal);
  process.on(signal, () => { require('v8').writeHeapSnapshot(); });
}

module.exports = { diagnosticName, writeOnSignal };
