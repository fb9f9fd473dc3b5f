'use strict';
// Makes `process` the EventEmitter that Node documents, when a program first uses it as one.
// API: https://nodejs.org/docs/latest-v24.x/api/process.html#process-events
// Binding `signals`: start, stop.

const EventEmitter = require('events');

exports.install = function install(proto) {
  Object.setPrototypeOf(proto, EventEmitter.prototype);
  EventEmitter.call(process);
  if (binding('process').warningOptions().print) process.on('warning', printWarning);
  process.on('newListener', startSignal);
  process.on('removeListener', stopSignal);
};

function printWarning(warning) {
  require('internal/process/warning').onWarning(warning);
}

const running = new Map();

function startSignal(name) {
  if (typeof name !== 'string' || !name.startsWith('SIG') || running.has(name)) return;
  const { signals } = require('os').constants;
  const number = signals[name];
  if (number === undefined) return;
  if (name === 'SIGKILL' || name === 'SIGSTOP') {
    const { uvException } = require('internal/errors');
    throw uvException({ errno: -22, code: 'EINVAL', message: 'invalid argument', syscall: 'uv_signal_start' });
  }
  running.set(name, binding('signals').start(number, () => process.emit(name, name, number)));
}

function stopSignal(name) {
  if (!running.has(name) || process.listenerCount(name) !== 0) return;
  binding('signals').stop(running.get(name));
  running.delete(name);
}
