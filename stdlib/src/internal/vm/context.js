'use strict';
// internal/vm/context: sandboxes, objects that stand behind the global object of a realm.
// API: https://nodejs.org/docs/latest-v24.x/api/vm.html#what-does-it-mean-to-contextify-an-object
// Binding vm: createRealm, globalOf, setGlobal, ownMicrotasks, refuseStrings, setHostDefined, compileIn, runIn.
//
// Where the engine takes a global object of ours, that is internal/vm/global's. Elsewhere the realm's global object is a plain
// one, connected with the sandbox in two ways:
//
//   * each property that the sandbox has when a script starts is an accessor of the global object that forwards to it;
//   * behind the global object's own properties stands a proxy, for those that the sandbox gets later:
//       global object (built-ins, forwards, `var` and `function` of scripts) -> proxy over the sandbox -> Object.prototype
//
// So names that code reads or assigns without declaring them reach the sandbox at once, in both directions. What a script
// declares becomes a property of the global object itself; those are copied after each run into the sandbox and before each
// run from it. DEVIATION: a function of a script that changes such a variable after the run changes the sandbox only with
// the next run, and descriptors of forwarded properties show the accessor.

const native = binding('vm');

// sandbox -> { realm, global, builtins, declared, forwarded }; of the last three, sets of keys, no key is in two
const contexts = new WeakMap();

function createSandboxProxy(sandbox, parent, context) {
  return new Proxy(Object.create(parent), {
    __proto__: null,
    has: (target, key) => key in sandbox || key in target,
    get: (target, key) => (key in sandbox ? sandbox[key] : target[key]),
    set(target, key, value) {
      const isSet = Reflect.set(sandbox, key, value);
      if (isSet) forward(sandbox, key, context);
      return isSet;
    },
    getOwnPropertyDescriptor: (target, key) => {
      const descriptor = Reflect.getOwnPropertyDescriptor(sandbox, key);
      // A proxy may not report what its target lacks as fixed.
      if (descriptor) descriptor.configurable = true;
      return descriptor;
    },
  });
}

// Makes a property of the sandbox one of the global object.
function forward(sandbox, key, { global, forwarded, isProxy }) {
  // A proxy may answer each question anew: it is asked when a name is used, and no sooner.
  if (isProxy) return;
  const descriptor = Reflect.getOwnPropertyDescriptor(sandbox, key);
  if (descriptor === undefined) return;
  const { configurable, enumerable } = descriptor;
  // What can't change needs no forwarding, and the engine knows what to say of attempts to change it.
  const property = 'value' in descriptor && !descriptor.writable ? descriptor : {
    __proto__: null, configurable, enumerable, get: () => sandbox[key], set(value) { sandbox[key] = value; },
  };
  if (Reflect.defineProperty(global, key, property)) forwarded.add(key);
}

// What a new realm is told of vm.createContext()'s options.
function setUp(realm, { codeGeneration, microtaskMode, hostDefined }) {
  if (microtaskMode === 'afterEvaluate') native.ownMicrotasks(realm);
  if (codeGeneration?.strings === false) native.refuseStrings(realm);
  native.setHostDefined(realm, hostDefined);
}

/** Makes `sandbox` the object behind a new realm's global object. `options`: what vm.createContext() was given. */
function contextify(sandbox, options = {}) {
  const realm = native.createRealm();
  const global = native.globalOf(realm);
  setUp(realm, options);
  const { createGlobal } = require('internal/vm/global');
  if (native.setGlobal(realm, createGlobal(sandbox, global))) {
    contexts.set(sandbox, { realm, global: undefined, options });
    return sandbox;
  }
  const context = {
    realm, global, builtins: new Set(Reflect.ownKeys(global)), declared: new Set(), forwarded: new Set(),
    isProxy: require('internal/util/types').isProxy(sandbox), options,
  };
  contexts.set(sandbox, context);
  Object.setPrototypeOf(global, createSandboxProxy(sandbox, Object.getPrototypeOf(global), context));
  return sandbox;
}

/** A realm whose global object is used as it is: what vm.constants.DONT_CONTEXTIFY asks for. */
function createVanilla(options = {}) {
  const realm = native.createRealm();
  const global = native.globalOf(realm);
  setUp(realm, options);
  contexts.set(global, { realm, global: undefined, options });
  return global;
}

function isContext(object) { return contexts.has(object); }

// The realm, if its microtasks run after each evaluation only.
function realmWithMicrotasks(sandbox) {
  const context = contexts.get(sandbox);
  return context?.options.microtaskMode === 'afterEvaluate' ? context.realm : undefined;
}

function realmOf(sandbox) { return contexts.get(sandbox)?.realm; }

function copyIn(sandbox, context) {
  const { global, declared, forwarded } = context;
  for (const key of forwarded) {
    if (Object.hasOwn(sandbox, key) || !Reflect.deleteProperty(global, key)) continue;
    forwarded.delete(key);
  }
  const keys = context.isProxy ? [] : Reflect.ownKeys(sandbox);
  for (const key of keys) {
    if (!forwarded.has(key) && !declared.has(key)) forward(sandbox, key, context);
  }
  for (const key of declared) {
    if (key in sandbox) {
      if (global[key] !== sandbox[key]) Reflect.set(global, key, sandbox[key]);
    } else if (!Reflect.deleteProperty(global, key)) {
      Reflect.set(global, key, undefined);
    } else {
      declared.delete(key);
    }
  }
}

function isForward(property) { return property !== undefined && property.get !== undefined; }

function copyOut(sandbox, { global, builtins, declared, forwarded }) {
  for (const key of forwarded) {
    if (Object.hasOwn(global, key)) continue;
    forwarded.delete(key);
    Reflect.deleteProperty(sandbox, key);
  }
  for (const key of Reflect.ownKeys(global)) {
    const own = Reflect.getOwnPropertyDescriptor(global, key);
    if (forwarded.has(key)) {
      if (isForward(own) || !own.writable) continue;
      // A function declaration took the forward's place.
      forwarded.delete(key);
    } else if (builtins.has(key)) {
      continue;
    }
    declared.add(key);
    const there = Reflect.getOwnPropertyDescriptor(sandbox, key);
    if (there !== undefined && 'value' in own) {
      if (there.value !== own.value) Reflect.set(sandbox, key, own.value);
    } else if (there === undefined) {
      Reflect.defineProperty(sandbox, key, { __proto__: null, ...own, configurable: true });
    }
  }
}

/** Gives the realm of a sandbox to `run`, the sandbox copied in before and out after it. */
function runWith(sandbox, run) {
  const context = contexts.get(sandbox);
  if (context.global === undefined) return run(context.realm);
  copyIn(sandbox, context);
  try {
    return run(context.realm);
  } finally {
    copyOut(sandbox, context);
  }
}

module.exports = { contextify, createVanilla, isContext, realmOf, realmWithMicrotasks, runWith };
