'use strict';

// internal/events/leak_warning: the MaxListenersExceededWarning of emitters and event targets.
// API: https://nodejs.org/docs/latest-v24.x/api/events.html#eventsdefaultmaxlisteners

const { inspect } = require('internal/util/inspect');

function warn(target, type, count, text) {
  const warning = new Error(text);
  warning.name = 'MaxListenersExceededWarning';
  warning.emitter = target;
  if (count !== undefined) {
    warning.type = type;
    warning.count = count;
  }
  process.emitWarning(warning);
}

function warnListeners(emitter, type, count, limit) {
  warn(emitter, type, count, 'Possible EventEmitter memory leak detected. ' +
    `${count} ${String(type)} listeners added to ${inspect(emitter, { depth: -1 })}. MaxListeners is ${limit}. ` +
    'Use emitter.setMaxListeners() to increase limit');
}

function warnTargetListeners(target, type, count, limit) {
  warn(target, type, count, 'Possible EventTarget memory leak detected. ' +
    `${count} ${type} listeners added to ${inspect(target, { depth: -1 })}. MaxListeners is ${limit}. ` +
    'Use events.setMaxListeners() to increase limit');
}

module.exports = { warnListeners, warnTargetListeners };
