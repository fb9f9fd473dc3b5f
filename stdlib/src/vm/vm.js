'use strict';
// node:vm: code from a text, run in this realm or another.
// API: https://nodejs.org/docs/latest-v24.x/api/vm.html
// Binding vm: compile, run, compileIn, runIn, compileFunction, within. Sandboxes: internal/vm/context.

const native = binding('vm');
const { codes } = require('internal/errors');
const { USE_MAIN_CONTEXT_DEFAULT_LOADER, hostDefinedFor, hostDefinedOf, setReferrer } = require('internal/vm/import');
const { cacheOf, isCacheOf } = require('internal/vm/cache');
const {
  validateArray, validateBoolean, validateBuffer, validateInt32, validateObject, validateOneOf, validateString,
  validateStringArray, validateUint32,
} = require('internal/validators');

const constants = Object.freeze({
  __proto__: null,
  USE_MAIN_CONTEXT_DEFAULT_LOADER,
  DONT_CONTEXTIFY: Symbol('vm_context_no_contextify'),
});

function contexts() { return require('internal/vm/context'); }

function isObject(value) {
  return value !== null && (typeof value === 'object' || typeof value === 'function');
}

function validateContext(value) {
  if (!isObject(value)) throw new codes.ERR_INVALID_ARG_TYPE('contextifiedObject', 'object', value);
  if (!contexts().isContext(value)) throw new codes.ERR_INVALID_ARG_TYPE('contextifiedObject', 'vm.Context', value);
}

function checkOrigin(options) {
  const { filename = 'evalmachine.<anonymous>', lineOffset = 0, columnOffset = 0 } = options;
  validateString(filename, 'options.filename');
  validateInt32(lineOffset, 'options.lineOffset');
  validateInt32(columnOffset, 'options.columnOffset');
  return { filename, lineOffset, columnOffset };
}

function checkCache({ cachedData, produceCachedData }) {
  if (cachedData !== undefined && !ArrayBuffer.isView(cachedData)) {
    throw new codes.ERR_INVALID_ARG_TYPE('options.cachedData', ['Buffer', 'TypedArray', 'DataView'], cachedData);
  }
  if (produceCachedData !== undefined) validateBoolean(produceCachedData, 'options.produceCachedData');
}

function checkRunOptions(options) {
  if (options === undefined) return { displayErrors: true, breakOnSigint: false };
  validateObject(options, 'options');
  const { timeout, displayErrors = true, breakOnSigint = false } = options;
  if (timeout !== undefined) validateUint32(timeout, 'options.timeout', true);
  validateBoolean(displayErrors, 'options.displayErrors');
  validateBoolean(breakOnSigint, 'options.breakOnSigint');
  return { displayErrors, timeout, breakOnSigint };
}

// Where in the file the error was thrown, as [, line, column]: what was noted when it left a script, or else what its stack has.
function placeOf(stack, filename) {
  const thrown = native.thrownAt();
  if (thrown?.[0] === filename) return thrown;
  const at = stack.indexOf(`${filename}:`);
  return at < 0 ? null : /^:(\d+):(\d+)/.exec(stack.slice(at + filename.length));
}

// An error's stack begins with the line that threw, as for errors nobody caught.
function decorate(error, { filename, lineOffset, columnOffset }, source) {
  if (!isObject(error)) return;
  try {
    const { stack } = error;
    if (typeof stack !== 'string' || stack.startsWith(`${filename}:`)) return;
    const place = placeOf(stack, filename);
    if (place === null) return;
    const text = source.split('\n')[place[1] - 1 - lineOffset];
    if (text === undefined) return;
    const column = place[1] - 1 === lineOffset ? place[2] - columnOffset : place[2];
    const caret = `${' '.repeat(Math.max(0, Math.min(column, text.length) - 1))}^`;
    error.stack = `${filename}:${place[1]}\n${text}\n${caret}\n\n${stack}`;
  } catch {
    // A stack that can't be read or written stays as it is.
  }
}

class Script {
  #source;
  #origin;
  #own;
  // What each run hands to import().
  #hostDefined;
  // realm -> the script compiled in it
  #compiled = new WeakMap();

  /**
   * @param {string} code
   * @param {object | string} [options]
   */
  constructor(code, options = {}) {
    code = `${code}`;
    if (typeof options === 'string') options = { filename: options };
    else validateObject(options, 'options');
    this.#origin = checkOrigin(options);
    checkCache(options);
    this.#hostDefined = hostDefinedFor(this, options.importModuleDynamically);
    this.#source = code;
    this.#own = this.#compile();
    const { cachedData, produceCachedData } = options;
    if (cachedData !== undefined) this.cachedDataRejected = !isCacheOf(cachedData, code);
    if (produceCachedData) {
      this.cachedDataProduced = true;
      this.cachedData = cacheOf(code);
    }
    const url = /\/\/[#@] sourceMappingURL=(\S+)\s*$/.exec(code);
    this.sourceMapURL = url === null ? undefined : url[1];
  }

  #compile(realm) {
    const { filename, lineOffset, columnOffset } = this.#origin;
    if (realm === undefined) return native.compile(this.#source, filename, lineOffset, columnOffset);
    let script = this.#compiled.get(realm);
    if (script === undefined) {
      script = native.compileIn(realm, this.#source, filename, lineOffset, columnOffset);
      this.#compiled.set(realm, script);
    }
    return script;
  }

  // `realm`: the one whose own microtasks run afterwards.
  #run(options, run, realm) {
    const { displayErrors, timeout, breakOnSigint } = checkRunOptions(options);
    try {
      if (timeout === undefined && realm === undefined && !breakOnSigint) return run();
      return native.within(timeout, realm, run, breakOnSigint);
    } catch (error) {
      if (displayErrors) decorate(error, this.#origin, this.#source);
      throw error;
    }
  }

  runInThisContext(options) {
    return this.#run(options, () => native.run(this.#own, this.#hostDefined));
  }

  runInContext(contextifiedObject, options) {
    validateContext(contextifiedObject);
    return this.#run(options, () =>
      contexts().runWith(contextifiedObject, (realm) => native.runIn(realm, this.#compile(realm), this.#hostDefined)),
    contexts().realmWithMicrotasks(contextifiedObject));
  }

  runInNewContext(contextObject, options) {
    return this.runInContext(createContext(contextObject, contextOptions(options)), options);
  }

  createCachedData() {
    return cacheOf(this.#source);
  }
}

function contextOptions(options) {
  if (options === undefined) return {};
  validateObject(options, 'options');
  const { contextName, contextOrigin, contextCodeGeneration, microtaskMode } = options;
  if (contextName !== undefined) validateString(contextName, 'options.contextName');
  if (contextOrigin !== undefined) validateString(contextOrigin, 'options.contextOrigin');
  if (contextCodeGeneration !== undefined) checkCodeGeneration(contextCodeGeneration, 'options.contextCodeGeneration');
  return { name: contextName, origin: contextOrigin, codeGeneration: contextCodeGeneration, microtaskMode };
}

function checkCodeGeneration(value, name) {
  validateObject(value, name);
  if (value.strings !== undefined) validateBoolean(value.strings, `${name}.strings`);
  if (value.wasm !== undefined) validateBoolean(value.wasm, `${name}.wasm`);
}

/**
 * @param {object | symbol} [contextObject]
 * @param {object} [options]
 */
function createContext(contextObject = {}, options = {}) {
  const isVanilla = contextObject === constants.DONT_CONTEXTIFY;
  if (!isVanilla && !isObject(contextObject)) throw new codes.ERR_INVALID_ARG_TYPE('contextObject', 'object', contextObject);
  if (!isVanilla && contexts().isContext(contextObject)) return contextObject;
  validateObject(options, 'options');
  const { name, origin, codeGeneration, microtaskMode, importModuleDynamically } = options;
  if (name !== undefined) validateString(name, 'options.name');
  if (origin !== undefined) validateString(origin, 'options.origin');
  if (codeGeneration !== undefined) checkCodeGeneration(codeGeneration, 'options.codeGeneration');
  if (microtaskMode !== undefined) validateOneOf(microtaskMode, 'options.microtaskMode', ['afterEvaluate', undefined]);
  const inner = { codeGeneration, microtaskMode, hostDefined: hostDefinedOf(importModuleDynamically) };
  const context = isVanilla ? contexts().createVanilla(inner) : contexts().contextify(contextObject, inner);
  setReferrer(inner.hostDefined, context);
  return context;
}

function isContext(object) {
  if (!isObject(object)) throw new codes.ERR_INVALID_ARG_TYPE('object', 'Object', object);
  return contexts().isContext(object);
}

function withName(options) { return typeof options === 'string' ? { filename: options } : options; }

function runInThisContext(code, options) {
  options = withName(options);
  return new Script(code, options).runInThisContext(options);
}

function runInContext(code, contextifiedObject, options) {
  validateContext(contextifiedObject);
  options = withName(options);
  return new Script(code, options).runInContext(contextifiedObject, options);
}

function runInNewContext(code, contextObject, options) {
  options = withName(options);
  const context = createContext(contextObject, contextOptions(options));
  return new Script(code, options).runInContext(context, options);
}

function createScript(code, options) { return new Script(code, options); }

// A body that closes its function early would become code of the wrapper and run. No text can close two wrappers that end
// differently, so a body that also parses as a method's is only a body.
function checkBody(code, names, filename, lineOffset, columnOffset) {
  native.compile(`({ m(${names.join(', ')}) {\n${code}\n} })`, filename, lineOffset - 1, columnOffset);
}

/**
 * @param {string} code the body
 * @param {string[]} [params]
 * @param {object} [options]
 * @returns {Function}
 */
function compileFunction(code, params, options = {}) {
  validateString(code, 'code');
  if (params !== undefined) validateStringArray(params, 'params');
  validateObject(options, 'options');
  const { filename, lineOffset, columnOffset } = checkOrigin({ filename: '', ...options });
  const { cachedData, contextExtensions = [], parsingContext, produceCachedData } = options;
  if (cachedData !== undefined) validateBuffer(cachedData, 'options.cachedData');
  if (produceCachedData !== undefined) validateBoolean(produceCachedData, 'options.produceCachedData');
  let realm;
  if (parsingContext !== undefined) {
    if (!isObject(parsingContext) || !contexts().isContext(parsingContext)) {
      throw new codes.ERR_INVALID_ARG_TYPE('options.parsingContext', 'Context', parsingContext);
    }
    realm = contexts().realmOf(parsingContext);
  }
  validateArray(contextExtensions, 'options.contextExtensions');
  for (let i = 0; i < contextExtensions.length; i++) {
    validateObject(contextExtensions[i], `options.contextExtensions[${i}]`, 0);
  }
  const hostDefined = hostDefinedOf(options.importModuleDynamically);
  const names = params ?? [];
  checkBody(code, names, filename, lineOffset, columnOffset);
  let fn;
  if (contextExtensions.length === 0) {
    fn = native.compileFunction(realm, code, names, filename, lineOffset, columnOffset, hostDefined);
  } else {
    const extensions = contextExtensions.map((_, i) => `__extension${i}`);
    const open = extensions.map((name) => `with (${name}) `).join('');
    const body = `${open}return function (${names.join(', ')}) {${code}\n};`;
    const make = native.compileFunction(realm, body, extensions, filename, lineOffset, columnOffset, hostDefined);
    fn = make(...contextExtensions);
  }
  setReferrer(hostDefined, fn);
  if (cachedData !== undefined) fn.cachedDataRejected = true;
  return fn;
}

function measureMemory(options = {}) {
  validateObject(options, 'options');
  const { mode = 'summary', execution = 'default' } = options;
  validateOneOf(mode, 'options.mode', ['summary', 'detailed']);
  validateOneOf(execution, 'options.execution', ['default', 'eager']);
  require('internal/util').emitExperimentalWarning('vm.measureMemory');
  const { used_heap_size: used, number_of_native_contexts: realms } = require('v8').getHeapStatistics();
  // What belongs to which context isn't known: it may be anything up to all.
  const estimate = { jsMemoryEstimate: used, jsMemoryRange: [0, used] };
  const result = { total: estimate };
  if (mode === 'detailed') {
    result.current = estimate;
    result.other = Array.from({ length: Math.max(0, realms - 1) }, () => ({ ...estimate }));
  }
  return new Promise((resolve) => { setImmediate(resolve, result); });
}

const vm = {
  Script, compileFunction, constants, createContext, createScript, isContext, measureMemory, runInContext,
  runInNewContext, runInThisContext,
};
if (native.hasModules) {
  const { Module, SourceTextModule, SyntheticModule } = require('internal/vm/module');
  Object.assign(vm, { Module, SourceTextModule, SyntheticModule });
}

module.exports = vm;
