'use strict';
// internal/vm/module: vm.Module and its two kinds, modules that a program makes and links itself.
// API: https://nodejs.org/docs/latest-v24.x/api/vm.html#class-vmmodule
// Binding vm: compileModule, makeModule, moduleRequests, setRequest, linkModule, evaluateModule, moduleNamespace,
// moduleStatus, moduleError, setExport, isAsyncModule, within.
//
// The engine's record knows its own status from linking on; before that, and while a linker of the program is asked, it is
// kept here.

const native = binding('vm');
const { codes } = require('internal/errors');
const {
  validateArray, validateBoolean, validateBuffer, validateFunction, validateInt32, validateObject, validateString, validateUint32,
} = require('internal/validators');
const { inspect } = require('internal/util/inspect');

// What the engine's numbers mean; a module that waits for a top-level await has been evaluated as far as programs are told.
const statuses = ['unlinked', 'linking', 'linked', 'evaluating', 'evaluated', 'evaluated'];
const kMade = Symbol('made');
const kCustom = Symbol.for('nodejs.util.inspect.custom');

function contexts() { return require('internal/vm/context'); }

// How many modules without identifier a context has; the main context has the key `globalThis`.
const counts = new WeakMap();

function nextIdentifier(context) {
  const key = context ?? globalThis;
  const count = counts.get(key) ?? 0;
  counts.set(key, count + 1);
  return `vm:module(${count})`;
}

function checkOptions(options) {
  validateObject(options, 'options');
  const { context, identifier, importModuleDynamically, initializeImportMeta } = options;
  if (context !== undefined) {
    validateObject(context, 'context');
    if (!contexts().isContext(context)) throw new codes.ERR_INVALID_ARG_TYPE('options.context', 'vm.Context', context);
  }
  if (identifier !== undefined) validateString(identifier, 'options.identifier');
  if (initializeImportMeta !== undefined) validateFunction(initializeImportMeta, 'options.initializeImportMeta');
  if (importModuleDynamically !== undefined) validateFunction(importModuleDynamically, 'options.importModuleDynamically');
  return { context, identifier: identifier ?? nextIdentifier(context) };
}

function statusError(text) { return new codes.ERR_VM_MODULE_STATUS(text); }

class Module {
  #handle;
  #identifier;
  #context;
  // While the program links: 'unlinked', 'linking', 'errored'; undefined: ask the engine.
  #ownStatus = 'unlinked';
  #linkError;
  // What is left to do once the module is linked.
  #prepare;
  #isRunning = false;

  constructor(key, options, make) {
    if (new.target === Module || key !== kMade) throw new TypeError('Module is not a constructor');
    const { context, identifier } = checkOptions(options);
    this.#context = context;
    this.#identifier = identifier;
    this.#handle = make(this, context === undefined ? undefined : contexts().realmOf(context), identifier);
  }

  static is(value) { return typeof value === 'object' && value !== null && #handle in value; }
  static handleOf(module) { return module.#handle; }
  static prepareWith(module, prepare) { module.#prepare = prepare; }
  static check(value) { if (!isModule(value)) throw new codes.ERR_INVALID_THIS('Module'); }

  get identifier() { return this.#identifier; }
  get context() { return this.#context; }

  get status() {
    const handle = this.#handle;
    if (this.#ownStatus !== undefined) return this.#ownStatus;
    const status = statuses[native.moduleStatus(handle)];
    return status === 'evaluated' && native.moduleError(handle) !== undefined ? 'errored' : status;
  }

  get error() {
    if (this.status !== 'errored') throw statusError('must be errored');
    return this.#linkError === undefined ? native.moduleError(this.#handle).error : this.#linkError.error;
  }

  get namespace() {
    if (this.status === 'unlinked' || this.status === 'linking') throw statusError('must not be unlinked or linking');
    return native.moduleNamespace(this.#handle);
  }

  /** @param {Function} linker gives the module of a specifier, or a promise of it */
  async link(linker) {
    checkModule(this);
    validateFunction(linker, 'linker');
    if (this.status === 'linked') throw new codes.ERR_VM_MODULE_ALREADY_LINKED();
    if (this.status !== 'unlinked') throw statusError('must be unlinked');
    const graph = [];
    await this.#linkRequests(linker, graph);
    this.#bind(graph);
  }

  #bind(graph) {
    try {
      native.linkModule(this.#handle);
    } catch (error) {
      this.#fail(error);
      throw error;
    }
    for (const module of new Set([...graph, this])) {
      module.#ownStatus = undefined;
      module.#prepare?.();
      module.#prepare = undefined;
    }
  }

  #fail(error) {
    this.#ownStatus = 'errored';
    this.#linkError = { error };
  }

  // Finds the modules of this one's requests, and theirs; `graph` collects those that were unlinked.
  async #linkRequests(linker, graph) {
    this.#ownStatus = 'linking';
    graph.push(this);
    try {
      const requests = native.moduleRequests(this.#handle);
      // Every request is asked for before the first answer is waited for.
      const answers = requests.map(({ specifier, attributes }) =>
        Promise.resolve(linker(specifier, this, { attributes, assert: attributes })));
      const modules = await Promise.all(answers.map(async (answer, index) => {
        const module = await answer;
        this.#checkRequested(module, requests[index].specifier);
        if (module.status === 'unlinked') await module.#linkRequests(linker, graph);
        return module;
      }));
      for (let i = 0; i < modules.length; i++) native.setRequest(this.#handle, i, modules[i].#handle);
    } catch (error) {
      this.#fail(error);
      throw error;
    }
  }

  #checkRequested(module, specifier) {
    if (!isModule(module)) throw new codes.ERR_VM_MODULE_NOT_MODULE();
    if (module.#context !== this.#context) throw new codes.ERR_VM_MODULE_DIFFERENT_CONTEXT();
    if (module.status === 'errored') {
      const error = new Error(`request for '${specifier}' resolved to an errored module`, { cause: module.error });
      error.code = 'ERR_VM_MODULE_LINK_FAILURE';
      throw error;
    }
  }

  static linkTo(module, modules) {
    const requests = native.moduleRequests(module.#handle);
    if (modules.length !== requests.length) {
      const error = new Error(`Expected ${requests.length} modules, got ${modules.length}`);
      error.code = 'ERR_MODULE_LINK_MISMATCH';
      throw error;
    }
    const keys = new Map();
    for (let i = 0; i < modules.length; i++) {
      module.#checkRequested(modules[i], requests[i].specifier);
      const key = JSON.stringify([requests[i].specifier, Object.entries(requests[i].attributes)]);
      if (keys.has(key) && keys.get(key) !== modules[i]) {
        const error = new Error(`Requests for '${requests[i].specifier}' were given different modules`);
        error.code = 'ERR_MODULE_LINK_MISMATCH';
        throw error;
      }
      keys.set(key, modules[i]);
    }
    for (let i = 0; i < modules.length; i++) native.setRequest(module.#handle, i, modules[i].#handle);
    module.#requested = modules;
  }

  // The modules of linkTo(); a synthetic one asks for none.
  #requested;

  static instantiate(module) {
    if (module.status === 'linked') return;
    const graph = new Set([module]);
    for (const one of graph) {
      if (one.status === 'linked') continue;
      if (one.#requested === undefined && one instanceof SourceTextModule) one.#checkUnasked(one === module);
      one.#requested?.forEach((other) => graph.add(other));
    }
    module.#bind([...graph]);
  }

  // A module that linkRequests() was not called for may only be one that others import and that imports nothing.
  #checkUnasked(isRoot) {
    const requests = native.moduleRequests(this.#handle);
    if (!isRoot && requests.length === 0) return;
    const error = new Error(requests.length === 0 ? `module '${this.#identifier}' is not linked` :
      `request for '${requests[0].specifier}' can not be resolved on module '${this.#identifier}' that is not linked`);
    error.code = 'ERR_VM_MODULE_LINK_FAILURE';
    throw error;
  }

  /** @param {{ timeout?: number, breakOnSigint?: boolean }} [options] */
  evaluate(options = {}) {
    try {
      checkModule(this);
      validateObject(options, 'options');
      const { timeout, breakOnSigint = false } = options;
      if (timeout !== undefined) validateUint32(timeout, 'options.timeout', true);
      validateBoolean(breakOnSigint, 'options.breakOnSigint');
      const { status } = this;
      if (status !== 'linked' && status !== 'evaluated' && status !== 'errored') {
        throw statusError('must be one of linked, evaluated, or errored');
      }
      if (this.#linkError !== undefined) throw this.#linkError.error;
      const realm = this.#context === undefined ? undefined : contexts().realmWithMicrotasks(this.#context);
      if (this.#isRunning) throw statusError('must be one of linked, evaluated, or errored');
      const run = () => {
        this.#isRunning = true;
        try {
          return native.evaluateModule(this.#handle);
        } finally {
          this.#isRunning = false;
        }
      };
      if (timeout === undefined && realm === undefined && !breakOnSigint) return run();
      return native.within(timeout, realm, run, breakOnSigint);
    } catch (error) {
      return Promise.reject(error);
    }
  }

  [kCustom](depth, options) {
    checkModule(this);
    const { constructor } = this;
    if (typeof depth === 'number' && depth < 0) return `[${constructor.name}]`;
    const shown = Object.create(constructor.prototype);
    for (const key of ['status', 'identifier', 'context']) {
      Object.defineProperty(shown, key, { __proto__: null, value: this[key], enumerable: true });
    }
    return inspect(shown, { ...options, customInspect: false });
  }
}

// Only what is documented stays reachable for programs.
const { is: isModule, handleOf, prepareWith, check: checkModule, linkTo, instantiate } = Module;
for (const name of ['is', 'handleOf', 'prepareWith', 'check', 'linkTo', 'instantiate']) delete Module[name];

class SourceTextModule extends Module {
  #requests;
  #specifiers;

  /**
   * @param {string} sourceText
   * @param {object} [options]
   */
  constructor(sourceText, options = {}) {
    validateString(sourceText, 'code');
    super(kMade, options, (module, realm, identifier) => {
      const { lineOffset = 0, columnOffset = 0, initializeImportMeta, importModuleDynamically, cachedData } = options;
      validateInt32(lineOffset, 'options.lineOffset');
      validateInt32(columnOffset, 'options.columnOffset');
      if (cachedData !== undefined) {
        validateBuffer(cachedData, 'options.cachedData');
        if (!require('internal/vm/cache').isCacheOf(cachedData, sourceText)) throw new codes.ERR_VM_MODULE_CACHED_DATA_REJECTED();
      }
      const meta = { __proto__: null };
      const { hostDefinedFor } = require('internal/vm/import');
      const hostDefined = hostDefinedFor(module, importModuleDynamically);
      const handle = native.compileModule(realm, sourceText, identifier, meta, hostDefined);
      // The engine does not say when code first looks at it.
      if (initializeImportMeta !== undefined && /import\s*\.\s*meta/.test(sourceText)) {
        prepareWith(module, () => initializeImportMeta(meta, module));
      }
      return handle;
    });
    this.#source = sourceText;
  }

  #source;

  get moduleRequests() {
    this.#requests ??= Object.freeze(native.moduleRequests(handleOf(this)).map(({ specifier, attributes }) =>
      Object.freeze({ __proto__: null, specifier, attributes: Object.freeze(attributes), phase: 'evaluation' })));
    return this.#requests;
  }

  get dependencySpecifiers() {
    this.#specifiers ??= Object.freeze(this.moduleRequests.map(({ specifier }) => specifier));
    return this.#specifiers;
  }

  /** @param {Module[]} modules one a request */
  linkRequests(modules) {
    checkModule(this);
    if (this.status !== 'unlinked') throw statusError('must be unlinked');
    validateArray(modules, 'modules');
    linkTo(this, modules);
  }

  instantiate() {
    checkModule(this);
    instantiate(this);
  }

  hasTopLevelAwait() { return native.isAsyncModule(handleOf(this), false); }

  hasAsyncGraph() {
    if (this.status === 'unlinked' || this.status === 'linking') {
      throw statusError('must be instantiated');
    }
    return native.isAsyncModule(handleOf(this), true);
  }

  /** @returns {Buffer} */
  createCachedData() {
    const { status } = this;
    if (status === 'evaluating' || status === 'evaluated' || status === 'errored') {
      throw new codes.ERR_VM_MODULE_CANNOT_CREATE_CACHED_DATA();
    }
    return require('internal/vm/cache').cacheOf(this.#source);
  }
}

class SyntheticModule extends Module {
  #names;

  /**
   * @param {string[]} exportNames
   * @param {Function} evaluateCallback sets the exports
   * @param {object} [options]
   */
  constructor(exportNames, evaluateCallback, options = {}) {
    if (!Array.isArray(exportNames) || exportNames.some((name) => typeof name !== 'string')) {
      throw new codes.ERR_INVALID_ARG_TYPE('exportNames', 'Array of unique strings', exportNames);
    }
    exportNames.forEach((name, index) => {
      if (exportNames.indexOf(name, index + 1) >= 0) {
        throw new codes.ERR_INVALID_ARG_VALUE(`exportNames.${name}`, name, 'is duplicated');
      }
    });
    validateFunction(evaluateCallback, 'evaluateCallback');
    super(kMade, options, (module, realm, identifier) =>
      native.makeModule(realm, [...exportNames], identifier, () => evaluateCallback.call(module)));
    this.#names = new Set(exportNames);
    // It imports nothing.
    instantiate(this);
  }

  async link() {
    checkModule(this);
  }

  /**
   * @param {string} name
   * @param {any} value
   */
  setExport(name, value) {
    checkModule(this);
    validateString(name, 'name');
    if (!this.#names.has(name)) throw new ReferenceError(`Export '${name}' is not defined in module`);
    native.setExport(handleOf(this), name, value);
  }
}

module.exports = { Module, SourceTextModule, SyntheticModule, isModule };
