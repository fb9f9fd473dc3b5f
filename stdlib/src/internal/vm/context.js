'use strict';
// internal/vm/context: sandboxes, objects that stand behind the global object of a realm.
// API: https://nodejs.org/docs/latest-v24.x/api/vm.html#what-does-it-mean-to-contextify-an-object
// Binding vm: createRealm, globalOf, compileIn, runIn.
//
// The realm's global object is a plain one. What it doesn't have itself is looked up along its prototypes, and the first of
// them is a proxy whose properties are those of the sandbox:
//
//   global object (built-ins; `var` and `function` of scripts) -> proxy over the sandbox -> Object.prototype of the realm
//
// So names that code reads or assigns without declaring them reach the sandbox at once, in both directions. What a script
// declares becomes a property of the global object itself, which no proxy sees: those are copied after each run into the
// sandbox and before each run from it. DEVIATION: a function of a script that changes a declared variable after the run
// changes the sandbox only with the next run.

const native = binding('vm');

// sandbox -> { realm, global, builtins, declared }
const contexts = new WeakMap();

function createSandboxProxy(sandbox, parent) {
  return new Proxy(Object.create(parent), {
    __proto__: null,
    has: (target, key) => key in sandbox || key in target,
    get: (target, key) => (key in sandbox ? sandbox[key] : target[key]),
    set(target, key, value) {
      return Reflect.set(sandbox, key, value);
    },
    deleteProperty: (target, key) => Reflect.deleteProperty(sandbox, key),
    getOwnPropertyDescriptor: (target, key) => {
      const descriptor = Reflect.getOwnPropertyDescriptor(sandbox, key);
      // A proxy may not report what its target lacks as fixed.
      if (descriptor) descriptor.configurable = true;
      return descriptor;
    },
  });
}

/** Makes `sandbox` the object behind a new realm's global object. */
function contextify(sandbox) {
  const realm = native.createRealm();
  const global = native.globalOf(realm);
  const builtins = new Set(Reflect.ownKeys(global));
  contexts.set(sandbox, { realm, global, builtins, declared: new Set(), script: undefined, key: undefined });
  Object.setPrototypeOf(global, createSandboxProxy(sandbox, Object.getPrototypeOf(global)));
  return sandbox;
}

/** A realm whose global object is used as it is: what vm.constants.DONT_CONTEXTIFY asks for. */
function createVanilla() {
  const realm = native.createRealm();
  const global = native.globalOf(realm);
  contexts.set(global, { realm, global: undefined });
  return global;
}

function isContext(object) { return contexts.has(object); }

function realmOf(sandbox) { return contexts.get(sandbox)?.realm; }

// Names of the sandbox that a built-in or a declaration of an earlier script hides.
function copyIn(sandbox, { global, builtins, declared }) {
  for (const key of Reflect.ownKeys(sandbox)) {
    if (builtins.has(key) && !declared.has(key)) {
      declared.add(key);
      Reflect.defineProperty(global, key, {
        __proto__: null, configurable: true, enumerable: true, get: () => sandbox[key],
        set(value) { sandbox[key] = value; },
      });
    }
  }
  for (const key of declared) {
    const own = Reflect.getOwnPropertyDescriptor(global, key);
    if (own === undefined || !('value' in own)) continue;
    if (key in sandbox) {
      if (own.value !== sandbox[key]) Reflect.set(global, key, sandbox[key]);
    } else if (!Reflect.deleteProperty(global, key)) {
      Reflect.set(global, key, undefined);
    }
  }
}

function copyOut(sandbox, { global, builtins, declared }) {
  for (const key of Reflect.ownKeys(global)) {
    if (builtins.has(key)) continue;
    declared.add(key);
    const own = Reflect.getOwnPropertyDescriptor(global, key);
    const there = Reflect.getOwnPropertyDescriptor(sandbox, key);
    if (there !== undefined && 'value' in own && !there.get && !there.set) {
      if (there.value !== own.value) Reflect.set(sandbox, key, own.value);
    } else if (there === undefined) {
      Reflect.defineProperty(sandbox, key, { __proto__: null, ...own, configurable: true });
    }
  }
}

/** Runs `entry.run(realm)` with the sandbox copied in before and out after it. */
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

module.exports = { contextify, createVanilla, isContext, realmOf, runWith };
