'use strict';

// internal/process/warning: process.emitWarning(), and what prints a warning when the program doesn't take it.
// API: https://nodejs.org/docs/latest-v24.x/api/process.html#processemitwarningwarning-options
//
//   emitWarning() -> (next tick) process 'warning' event -> printer, unless --no-warnings
//
// Binding: process.warningOptions() -> { disabled, redirect }, rawDebug(text).
// Flags that programs can change live on process: noDeprecation, throwDeprecation, traceDeprecation, traceProcessWarnings.

const { codes } = require('internal/errors');

function makeWarning(message, name, code, constructor, detail) {
  const warning = new Error(message);
  warning.name = String(name || 'Warning');
  if (code !== undefined) warning.code = code;
  if (detail !== undefined) warning.detail = detail;
  Error.captureStackTrace?.(warning, constructor || emitWarning);
  return warning;
}

/**
 * @param {string | Error} warning
 * @param {string | Function | { type?: string, code?: string, detail?: string, ctor?: Function }} [type]
 * @param {string | Function} [code]
 * @param {Function} [constructor] frames above this function are left out of the stack
 */
function emitWarning(warning, type, code, constructor) {
  let detail;
  if (type !== null && typeof type === 'object' && !Array.isArray(type)) {
    constructor = type.ctor;
    code = type.code;
    if (typeof type.detail === 'string') detail = type.detail;
    type = type.type || 'Warning';
  } else if (typeof type === 'function') {
    constructor = type;
    code = '';
    type = 'Warning';
  }
  const { validateString } = require('internal/validators');
  if (type !== undefined) validateString(type, 'type');
  if (typeof code === 'function') {
    constructor = code;
    code = undefined;
  } else if (code !== undefined) {
    validateString(code, 'code');
  }
  if (typeof warning === 'string') {
    warning = makeWarning(warning, type, code, constructor, detail);
  } else if (!(warning instanceof Error)) {
    throw new codes.ERR_INVALID_ARG_TYPE('warning', ['Error', 'string'], warning);
  }
  if (warning.name === 'DeprecationWarning') {
    if (process.noDeprecation) return;
    if (process.throwDeprecation) {
      // Thrown later, so that it is an uncaught exception wherever the deprecated function was called.
      process.nextTick(() => { throw warning; });
      return;
    }
  }
  process.nextTick(emitWarningEvent, warning);
}

function emitWarningEvent(warning) {
  process.emit('warning', warning);
}

/**
 * The listener of 'warning' that prints `(node:PID) [CODE] Name: text`.
 * @param {(text: string) => void} write gets the text with its line end: standard error, or --redirect-warnings' file
 * @param {string[]} [disabled] names and codes of --disable-warning
 * @returns {(warning: Error) => void}
 */
function createPrinter(write, disabled = []) {
  let advised = false;
  return (warning) => {
    if (!(warning instanceof Error)) return;
    if (disabled.includes(warning.code) || disabled.includes(warning.name)) return;
    const isDeprecation = warning.name === 'DeprecationWarning';
    if (isDeprecation && process.noDeprecation) return;
    const trace = process.traceProcessWarnings || (isDeprecation && process.traceDeprecation);
    let text = `(${process.release.name}:${process.pid}) `;
    if (warning.code) text += `[${warning.code}] `;
    if (trace && warning.stack) text += `${warning.stack}`;
    else text += typeof warning.toString === 'function' ? `${warning.toString()}` : Error.prototype.toString.call(warning);
    if (typeof warning.detail === 'string') text += `\n${warning.detail}`;
    if (!trace && !advised) {
      advised = true;
      const flag = isDeprecation ? '--trace-deprecation' : '--trace-warnings';
      const program = require('path').basename(process.argv0 || 'node', '.exe');
      text += `\n(Use \`${program} ${flag} ...\` to show where the warning was created)`;
    }
    write(`${text}\n`);
  };
}

let printer;

/** The listener of 'warning' that a process starts with, unless it has --no-warnings. */
function onWarning(warning) {
  if (printer === undefined) {
    const native = binding('process');
    const { disabled, redirect } = native.warningOptions();
    const toFile = (text) => require('fs').appendFileSync(redirect, text);
    printer = createPrinter(redirect === undefined ? native.rawDebug : toFile, disabled);
  }
  printer(warning);
}

module.exports = { createPrinter, emitWarning, onWarning };
