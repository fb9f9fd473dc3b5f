'use strict';

// internal/process/promises: rejected promises that nobody handles.
// API: https://nodejs.org/docs/latest-v24.x/api/cli.html#--unhandled-rejectionsmode,
//      https://nodejs.org/docs/latest-v24.x/api/process.html#event-unhandledrejection
//
// The engine reports a promise when it is rejected without a handler, and again when it gets one after all
// (https://tc39.es/ecma262/#sec-host-promise-rejection-tracker). A handler that comes before the queues of ticks and
// microtasks are empty is in time. What is left then is unhandled, and the mode says what happens:
//
//   throw   'unhandledRejection' event; without a listener, an uncaught exception (the default)
//   strict  an uncaught exception; if that is survived, as warn
//   warn    the event and a warning
//   warn-with-error-codes   the event; without a listener, a warning and exit code 1
//   none    the event
//
// Binding: process.rejectionsMode() -> mode, triggerUncaught(error, origin).

const native = binding('process');

const REJECT_WITHOUT_HANDLER = 0;
const HANDLER_ADDED = 1;

const kUnhandled = 'UnhandledPromiseRejectionWarning';

const kExplanation = 'This error originated either by throwing inside of an async function without a catch block, or by ' +
  'rejecting a promise which was not handled with .catch(). ';

// A text for anything, without calling its code.
function describe(value) {
  if (typeof value === 'string') return value;
  if (typeof value === 'function') return `[Function: ${Function.prototype.toString.call(value)}]`;
  if (typeof value !== 'object' || value === null) return typeof value === 'bigint' ? `${value}n` : String(value);
  return `#<${require('internal/util').getConstructorName(value) ?? 'Object'}>`;
}

function isErrorLike(value) {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, 'stack');
}

function toError(reason) {
  if (reason instanceof Error || isErrorLike(reason)) return reason;
  const error = new Error(`${kExplanation}The promise rejected with the reason "${describe(reason)}".`);
  Object.defineProperty(error, 'name', {
    __proto__: null, value: 'UnhandledPromiseRejection', writable: true, configurable: true,
  });
  error.code = 'ERR_UNHANDLED_REJECTION';
  return error;
}

function warnOfUnhandled(reason, id) {
  const warning = new Error(`Unhandled promise rejection. ${kExplanation}To terminate the node process on unhandled ` +
    'promise rejection, use the CLI flag `--unhandled-rejections=strict` (see https://nodejs.org/api/cli.html#cli_' +
    `unhandled_rejections_mode). (rejection id: ${id})`);
  warning.name = kUnhandled;
  try {
    if (reason instanceof Error || isErrorLike(reason)) {
      warning.stack = reason.stack;
      process.emitWarning(reason.stack, kUnhandled);
    } else {
      process.emitWarning(describe(reason), kUnhandled);
    }
  } catch {
    // The reason's `stack` threw; the warning alone must do.
  }
  process.emitWarning(warning);
}

function warnOfHandled(id) {
  const warning = new Error(`Promise rejection was handled asynchronously (rejection id: ${id})`);
  warning.name = 'PromiseRejectionHandledWarning';
  process.emitWarning(warning);
}

/**
 * @param {'throw' | 'strict' | 'warn' | 'warn-with-error-codes' | 'none'} mode
 * @param {(error: any, fromPromise: boolean) => void} triggerUncaughtException
 * @returns {{ promiseRejectHandler: Function, processPromiseRejections: () => boolean }}
 */
function createRejectionTracker(mode, triggerUncaughtException) {
  // promise -> { reason, id, isReported }
  const unhandled = new WeakMap();
  let pending = [];
  let handledLate = [];
  let lastId = 0;

  /** The engine's tracker; `type` is 0 for a rejection without a handler, 1 for a handler that came later. */
  function promiseRejectHandler(type, promise, reason) {
    if (type === REJECT_WITHOUT_HANDLER) {
      unhandled.set(promise, { reason, id: ++lastId, isReported: false });
      pending.push(promise);
    } else if (type === HANDLER_ADDED) {
      const entry = unhandled.get(promise);
      if (entry === undefined) return;
      unhandled.delete(promise);
      if (entry.isReported) handledLate.push({ promise, id: entry.id });
      else if (pending[pending.length - 1] === promise) pending.pop();
    }
  }

  function emitUnhandled(promise, reason) {
    return process.emit('unhandledRejection', reason, promise);
  }

  function report(promise, { reason, id }) {
    switch (mode) {
      case 'strict':
        triggerUncaughtException(toError(reason), true);
        if (!emitUnhandled(promise, reason)) warnOfUnhandled(reason, id);
        break;
      case 'warn':
        emitUnhandled(promise, reason);
        warnOfUnhandled(reason, id);
        break;
      case 'warn-with-error-codes':
        if (!emitUnhandled(promise, reason)) {
          warnOfUnhandled(reason, id);
          process.exitCode = 1;
        }
        break;
      case 'none':
        emitUnhandled(promise, reason);
        break;
      default:
        if (!emitUnhandled(promise, reason)) triggerUncaughtException(toError(reason), true);
    }
  }

  /**
   * To be called when the queues of ticks and microtasks are empty.
   * @returns {boolean} whether JavaScript ran, so that there may be ticks and microtasks again
   */
  function processPromiseRejections() {
    const ran = pending.length > 0 || handledLate.length > 0;
    while (handledLate.length > 0) {
      const late = handledLate;
      handledLate = [];
      for (let i = 0; i < late.length; i++) {
        if (!process.emit('rejectionHandled', late[i].promise)) warnOfHandled(late[i].id);
      }
    }
    const promises = pending;
    pending = [];
    for (let i = 0; i < promises.length; i++) {
      const entry = unhandled.get(promises[i]);
      if (entry === undefined || entry.isReported) continue;
      entry.isReported = true;
      try {
        report(promises[i], entry);
      } catch (error) {
        triggerUncaughtException(error, false);
      }
    }
    return ran;
  }

  return { promiseRejectHandler, processPromiseRejections };
}

let tracker;

function ownTracker() {
  tracker ??= createRejectionTracker(native.rejectionsMode(), (error, fromPromise) => {
    native.triggerUncaught(error, fromPromise ? 'unhandledRejection' : 'uncaughtException');
  });
  return tracker;
}

module.exports = {
  createRejectionTracker,
  processPromiseRejections() { return ownTracker().processPromiseRejections(); },
  promiseRejectHandler(type, promise, reason) { ownTracker().promiseRejectHandler(type, promise, reason); },
};
