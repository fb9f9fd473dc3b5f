'use strict';

// internal/errors/system: errors that report a failed system call, as Node's own library words them. `errno` is libuv's
// (negative); where a function takes `errnoOrCode`, the name (`'ECONNREFUSED'`) does as well.
// API: https://nodejs.org/docs/latest-v24.x/api/errors.html#class-systemerror

/** Several failures of one operation; the code is the first one's. */
class NodeAggregateError extends AggregateError {
  constructor(errors, message) {
    super(errors, message);
    this.code = errors[0]?.code;
  }
}

/** Joins the error of an operation and the one that its clean-up met; either may be missing. */
function aggregateTwoErrors(innerError, outerError) {
  if (!innerError || !outerError || innerError === outerError) return innerError || outerError;
  if (Array.isArray(outerError.errors)) {
    outerError.errors.push(innerError);
    return outerError;
  }
  const error = new AggregateError([outerError, innerError], outerError.message);
  error.code = outerError.code;
  return error;
}

function errnoAndCode(errnoOrCode) {
  const errnoTable = require('internal/errors/errno');
  if (typeof errnoOrCode === 'string') return [errnoTable.errnoOf(errnoOrCode), errnoOrCode];
  return [errnoOrCode, errnoTable.nameOf(errnoOrCode)];
}

/** `ENOENT: no such file or directory, open 'path' -> 'dest'`, with libuv's errno (negative) and code. */
function uvException(context) {
  const entry = require('internal/errors/errno').get(context.errno);
  const code = context.code || (entry === undefined ? 'UNKNOWN' : entry[0]);
  let message = `${code}: ${context.message || (entry === undefined ? 'unknown error' : entry[1])}, ${context.syscall}`;
  if (context.path !== undefined && context.path !== null) message += ` '${context.path}'`;
  if (context.dest !== undefined && context.dest !== null) message += ` -> '${context.dest}'`;
  const error = new Error(message);
  error.errno = context.errno;
  error.syscall = context.syscall;
  error.code = code;
  if (context.path !== undefined && context.path !== null) error.path = String(context.path);
  if (context.dest !== undefined && context.dest !== null) error.dest = String(context.dest);
  return error;
}

/** `open ENOENT original`: the short form that process, socket and server handles use. */
function errnoException(errnoOrCode, syscall, original) {
  const [errno, code] = errnoAndCode(errnoOrCode);
  const error = new Error(original ? `${syscall} ${code} ${original}` : `${syscall} ${code}`);
  error.errno = errno;
  error.code = code;
  error.syscall = syscall;
  return error;
}

/** `connect ECONNREFUSED 127.0.0.1:80 - Local (additional)`. */
function exceptionWithHostPort(errnoOrCode, syscall, address, port, additional) {
  const [errno, code] = errnoAndCode(errnoOrCode);
  let message = `${syscall} ${code}`;
  if (port && port > 0) message += ` ${address}:${port}`;
  else if (address) message += ` ${address}`;
  if (additional) message += ` - Local (${additional})`;
  const error = new Error(message);
  error.errno = errno;
  error.code = code;
  error.syscall = syscall;
  error.address = address;
  if (port) error.port = port;
  return error;
}

/** `getaddrinfo ENOTFOUND host`; names that resolve to nothing share one code. */
function dnsException(errnoOrCode, syscall, hostname) {
  let [errno, code] = errnoAndCode(errnoOrCode);
  if (code === 'EAI_NODATA' || code === 'EAI_NONAME') code = 'ENOTFOUND';
  const error = new Error(hostname ? `${syscall} ${code} ${hostname}` : `${syscall} ${code}`);
  error.errno = errno;
  error.code = code;
  error.syscall = syscall;
  if (hostname) error.hostname = hostname;
  return error;
}

/** The other side went away: code ECONNRESET. */
function connResetException(message) {
  const error = new Error(message);
  error.code = 'ECONNRESET';
  return error;
}

function getSystemErrorName(errno) {
  return require('internal/errors/errno').nameOf(errno);
}

function getSystemErrorMessage(errno) {
  const entry = require('internal/errors/errno').get(errno);
  return entry === undefined ? `Unknown system error ${errno}` : entry[1];
}

/** [name, text] of an errno or of a name; undefined if there is none. */
function uvErrmapGet(errnoOrName) {
  const errnoTable = require('internal/errors/errno');
  return errnoTable.get(typeof errnoOrName === 'string' ? errnoTable.errnoOf(errnoOrName) : errnoOrName);
}

module.exports = {
  NodeAggregateError,
  aggregateTwoErrors,
  connResetException,
  dnsException,
  errnoException,
  exceptionWithHostPort,
  getSystemErrorMessage,
  getSystemErrorName,
  uvErrmapGet,
  uvException,
};
