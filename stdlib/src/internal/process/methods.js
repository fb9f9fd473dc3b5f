'use strict';
// The methods and rarer properties of `process`, loaded when one of them is first used.
// API: https://nodejs.org/docs/latest-v24.x/api/process.html
// Binding `process`: hrtime, hrtimeBigInt, uptime, memoryUsage, rss, cpuUsage, threadCpuUsage, resourceUsage, exit, abort, kill,
// cwd, chdir, umask, ids, setId, groups, setGroups, versions, constrainedMemory, availableMemory, activeResources,
// refHandle, rawDebug, setCapture.

const native = binding('process');
const { codes } = require('internal/errors');
const { validateFunction, validateNumber, validateObject, validateString, validateUint32 } = require('internal/validators');

// Versions and build ------------------------------------------------------------------------------------------------

exports.versions = Object.freeze({ ...native.versions() });
exports.release = { name: 'node', lts: 'Krypton' };
exports.config = deepFreeze({
  target_defaults: { cflags: [], default_configuration: 'Release', defines: [], include_dirs: [], libraries: [] },
  variables: { v8_enable_i18n_support: 0, node_shared: false, asan: 0, napi_build_version: '10', host_arch: process.arch,
               target_arch: process.arch, node_use_openssl: false, node_no_browser_globals: false },
});
exports.features = Object.freeze({
  inspector: false,
  debug: false,
  uv: true,
  ipv6: true,
  openssl_is_boringssl: false,
  tls_alpn: true,
  tls_sni: true,
  tls_ocsp: false,
  tls: true,
  cached_builtins: true,
  require_module: true,
  quic: false,
  typescript: false,
});
exports.sourceMapsEnabled = false;
exports.moduleLoadList = [];
exports.domain = null;
exports.permission = undefined;

function deepFreeze(object) {
  for (const key of Object.keys(object)) if (typeof object[key] === 'object') deepFreeze(object[key]);
  return Object.freeze(object);
}

// Time ----------------------------------------------------------------------------------------------------------------

exports.hrtime = function hrtime(time) {
  const now = native.hrtime();
  if (time === undefined) return now;
  if (!Array.isArray(time)) throw new codes.ERR_INVALID_ARG_TYPE('time', 'Array', time);
  if (time.length !== 2) throw new codes.ERR_OUT_OF_RANGE('time', 2, time.length);
  const seconds = now[0] - time[0];
  const nanos = now[1] - time[1];
  return nanos < 0 ? [seconds - 1, nanos + 1e9] : [seconds, nanos];
};
exports.hrtime.bigint = function bigint() { return native.hrtimeBigInt(); };
exports.uptime = function uptime() { return native.uptime(); };

// Resources -----------------------------------------------------------------------------------------------------------

exports.memoryUsage = function memoryUsage() { return native.memoryUsage(); };
exports.memoryUsage.rss = function rss() { return native.rss(); };
exports.constrainedMemory = function constrainedMemory() { return native.constrainedMemory(); };
exports.availableMemory = function availableMemory() { return native.availableMemory(); };
exports.resourceUsage = function resourceUsage() { return native.resourceUsage(); };
exports.cpuUsage = function cpuUsage(previous) { return usageSince(native.cpuUsage(), previous); };
exports.threadCpuUsage = function threadCpuUsage(previous) { return usageSince(native.threadCpuUsage(), previous); };

function usageSince(now, previous) {
  if (previous === undefined || previous === null) return now;
  validateObject(previous, 'prevValue');
  checkUsage(previous.user, 'prevValue.user');
  checkUsage(previous.system, 'prevValue.system');
  return { user: now.user - previous.user, system: now.system - previous.system };
}

function checkUsage(value, name) {
  validateNumber(value, name);
  if (!(value >= 0 && value <= Number.MAX_SAFE_INTEGER)) {
    const err = new RangeError(`The property '${name}' is invalid. Received ${value}`);
    err.code = 'ERR_INVALID_ARG_VALUE';
    err.stack = err.stack.replace('RangeError', 'RangeError [ERR_INVALID_ARG_VALUE]');
    throw err;
  }
}

exports.getActiveResourcesInfo = function getActiveResourcesInfo() { return native.activeResources(); };
exports._getActiveHandles = function _getActiveHandles() { return []; };
exports._getActiveRequests = function _getActiveRequests() { return []; };

// Ending --------------------------------------------------------------------------------------------------------------

exports.exit = function exit(code) {
  if (arguments.length !== 0) process.exitCode = code;
  if (!process._exiting) {
    process._exiting = true;
    process.emit('exit', process.exitCode || 0);
  }
  process.reallyExit(process.exitCode || 0);
};
exports.reallyExit = function reallyExit(code) { native.exit(code | 0); };
// Methods, so that they are no constructors.
exports.abort = { abort() { native.abort(); } }.abort;

exports.kill = function kill(pid, signal) {
  // eslint-disable-next-line eqeqeq
  if (pid != (pid | 0)) throw new codes.ERR_INVALID_ARG_TYPE('pid', 'number', pid);
  let err;
  if (typeof signal === 'number') {
    err = process._kill(pid, signal);
  } else {
    signal ||= 'SIGTERM';
    const number = require('os').constants.signals[signal];
    if (number === undefined) throw new codes.ERR_UNKNOWN_SIGNAL(signal);
    err = process._kill(pid, number);
  }
  if (err) {
    const { errnoException } = require('internal/errors');
    throw errnoException(err, 'kill');
  }
  return true;
};
exports._kill = function _kill(pid, signal) { return native.kill(pid | 0, signal | 0); };

exports.setUncaughtExceptionCaptureCallback = function setUncaughtExceptionCaptureCallback(fn) {
  if (fn === null) {
    native.setCapture(null);
    return;
  }
  if (typeof fn !== 'function') throw new codes.ERR_INVALID_ARG_TYPE('fn', ['Function', 'null'], fn);
  if (native.hasCapture()) throw new codes.ERR_UNCAUGHT_EXCEPTION_CAPTURE_ALREADY_SET();
  native.setCapture(fn);
};
exports.hasUncaughtExceptionCaptureCallback = function hasUncaughtExceptionCaptureCallback() {
  return native.hasCapture();
};
exports.addUncaughtExceptionCaptureCallback = function addUncaughtExceptionCaptureCallback(fn) {
  validateFunction(fn, 'fn');
  require('internal/process/execution').addCapture(fn);
};

// Place and identity ----------------------------------------------------------------------------------------------------

exports.cwd = function cwd() { return native.cwd(); };
exports.chdir = function chdir(directory) {
  validateString(directory, 'directory');
  native.chdir(directory);
};

exports.umask = function umask(mask) {
  if (mask === undefined) return native.umask();
  const { parseFileMode } = require('internal/validators');
  return native.umask(parseFileMode(mask, 'mask'));
};

exports.getuid = function getuid() { return native.ids()[0]; };
exports.geteuid = function geteuid() { return native.ids()[1]; };
exports.getgid = function getgid() { return native.ids()[2]; };
exports.getegid = function getegid() { return native.ids()[3]; };
exports.getgroups = function getgroups() { return native.groups(); };
for (const [name, kind] of [['setuid', 'User'], ['seteuid', 'User'], ['setgid', 'Group'], ['setegid', 'Group']]) {
  exports[name] = { [name](id) {
    validateId(id, 'id');
    if (native.setId(name, id) === false) throw new codes.ERR_UNKNOWN_CREDENTIAL(kind, id);
  } }[name];
}
exports.setgroups = function setgroups(groups) {
  const { validateArray } = require('internal/validators');
  validateArray(groups, 'groups');
  for (let i = 0; i < groups.length; i++) validateId(groups[i], `groups[${i}]`);
  const failed = native.setGroups(groups);
  if (failed > 0) throw new codes.ERR_UNKNOWN_CREDENTIAL('Group', groups[failed - 1]);
};
exports.initgroups = function initgroups(user, extraGroup) {
  validateId(user, 'user');
  validateId(extraGroup, 'extraGroup');
  const failed = native.initGroups(user, extraGroup);
  if (failed === 1) throw new codes.ERR_UNKNOWN_CREDENTIAL('User', user);
  if (failed === 2) throw new codes.ERR_UNKNOWN_CREDENTIAL('Group', extraGroup);
};

function validateId(id, name) {
  if (typeof id === 'number') validateUint32(id, name);
  else if (typeof id !== 'string') throw new codes.ERR_INVALID_ARG_TYPE(name, ['number', 'string'], id);
}

// Modules, warnings, the rest ---------------------------------------------------------------------------------------------

exports.emitWarning = require('internal/process/warning').emitWarning;
exports.binding = function binding(name) {
  return require('internal/process/binding').internalBinding(name);
};
exports.dlopen = function dlopen(module, filename) {
  validateObject(module, 'module');
  validateString(filename, 'filename');
  const err = new Error(`${filename}: native addons are not supported by this runtime`);
  err.code = 'ERR_DLOPEN_FAILED';
  throw err;
};
exports.getBuiltinModule = function getBuiltinModule(id) {
  validateString(id, 'id');
  if (!require('module').isBuiltin(id)) return undefined;
  return require(id.startsWith('node:') ? id.slice(5) : id);
};
exports.setSourceMapsEnabled = function setSourceMapsEnabled(value) {
  const { validateBoolean } = require('internal/validators');
  validateBoolean(value, 'val');
  process.sourceMapsEnabled = value;
};
exports.loadEnvFile = function loadEnvFile(path) {
  const { parseEnv } = require('util');
  const file = path === undefined ? '.env' : path instanceof URL ? require('url').fileURLToPath(path) : path;
  validateString(file, 'path');
  const values = parseEnv(require('fs').readFileSync(file, 'utf8'));
  for (const key of Object.keys(values)) if (process.env[key] === undefined) process.env[key] = values[key];
};
exports.ref = function ref(handle) {
  const fn = handle?.[Symbol.for('nodejs.ref')] ?? handle?.[Symbol.for('node:ref')] ?? handle?.ref;
  if (typeof fn === 'function') fn.call(handle);
};
exports.unref = function unref(handle) {
  const fn = handle?.[Symbol.for('nodejs.unref')] ?? handle?.[Symbol.for('node:unref')] ?? handle?.unref;
  if (typeof fn === 'function') fn.call(handle);
};
exports.assert = function assert(value, message) {
  require('assert').ok(value, message);
};
exports.openStdin = function openStdin() {
  process.stdin.resume();
  return process.stdin;
};
exports._rawDebug = function _rawDebug(...args) {
  native.rawDebug(require('util').format(...args) + '\n');
};
exports._tickCallback = function _tickCallback() {};
function isPlainText(value) {
  return typeof value === 'string' && !value.includes('\u0000');
}

exports.execve = function execve(path, args = [], env = process.env) {
  validateString(path, 'execPath');
  require('internal/validators').validateArray(args, 'args');
  for (let i = 0; i < args.length; i++) {
    if (!isPlainText(args[i])) {
      throw new codes.ERR_INVALID_ARG_VALUE(`args[${i}]`, args[i], 'must be a string without null bytes');
    }
  }
  validateObject(env, 'env');
  const pairs = [];
  for (const key of Object.keys(env)) {
    if (!isPlainText(key) || !isPlainText(env[key])) {
      throw new codes.ERR_INVALID_ARG_VALUE('env', env,
                                            'must be an object with string keys and values without null bytes');
    }
    pairs.push(`${key}=${env[key]}`);
  }
  native.execve(path, args, pairs);
};
exports.report = undefined;
exports.finalization = {
  register(target, callback) { finalizers.push([new WeakRef(target), callback, 'exit']); watchExit(); },
  registerBeforeExit(target, callback) { finalizers.push([new WeakRef(target), callback, 'beforeExit']); watchExit(); },
  unregister(target) {
    for (let i = finalizers.length - 1; i >= 0; i--) if (finalizers[i][0].deref() === target) finalizers.splice(i, 1);
  },
};
const finalizers = [];
let watching = false;
function watchExit() {
  if (watching) return;
  watching = true;
  for (const event of ['beforeExit', 'exit']) {
    process.once(event, () => {
      for (const [weak, callback, when] of finalizers.slice()) {
        const target = weak.deref();
        if (when === event && target !== undefined) callback(target, event);
      }
    });
  }
}

Object.defineProperty(exports, 'allowedNodeEnvironmentFlags', {
  __proto__: null,
  enumerable: true,
  get() { return require('internal/process/flags').createFlags(); },
});
