'use strict';
// internal/vm/global: the global object of a sandbox's realm, where the engine lets the host make it.
// API: https://nodejs.org/docs/latest-v24.x/api/vm.html#what-does-it-mean-to-contextify-an-object
//
//   names of code in the realm -> this proxy -> the sandbox, then the realm's own global object with the built-ins
//
// Reading asks the sandbox first. Whatever is written, defined or deleted is so in the sandbox.
// The proxy's target is an object that has only what a proxy must not hide: fixed properties that were reported.

function isData(descriptor) { return descriptor !== undefined && 'value' in descriptor; }

// A proxy may report a property as fixed only if its target has the same.
function fix(target, key, descriptor) {
  if (descriptor !== undefined && !descriptor.configurable) Reflect.defineProperty(target, key, descriptor);
  return descriptor;
}

class GlobalHandler {
  constructor(sandbox, builtins) {
    this.sandbox = sandbox;
    this.builtins = builtins;
    // What scripts declared by `var`: not to be deleted by name.
    this.declared = new Set();
  }

  // The sandbox seen from inside is the global object.
  seen(value) { return value === this.sandbox ? this.proxy : value; }

  has(target, key) { return key in this.sandbox || key in this.builtins; }

  get(target, key) {
    const { sandbox } = this;
    if (key in sandbox) return this.seen(sandbox[key]);
    return this.builtins[key];
  }

  set(target, key, value) {
    const { sandbox, builtins } = this;
    const own = Reflect.getOwnPropertyDescriptor(sandbox, key);
    // What the sandbox refuses is refused; code that isn't strict doesn't hear of it.
    if (isData(own) && !own.writable) return false;
    if (own === undefined) {
      const builtin = Reflect.getOwnPropertyDescriptor(builtins, key);
      if (isData(builtin) && !builtin.writable) return false;
    }
    return Reflect.set(sandbox, key, value);
  }

  defineProperty(target, key, descriptor) {
    const { value, writable, enumerable, configurable } = descriptor;
    const isVar = writable && enumerable && configurable && value === undefined && !Object.hasOwn(this.sandbox, key);
    if (!Reflect.defineProperty(this.sandbox, key, descriptor)) throw new TypeError(`Cannot redefine property: ${String(key)}`);
    if (isVar) this.declared.add(key);
    fix(target, key, Reflect.getOwnPropertyDescriptor(this.sandbox, key));
    return true;
  }

  deleteProperty(target, key) {
    if (this.declared.has(key) && Object.hasOwn(this.sandbox, key)) return false;
    return Reflect.deleteProperty(this.sandbox, key) && Reflect.deleteProperty(this.builtins, key);
  }

  getOwnPropertyDescriptor(target, key) {
    const own = Reflect.getOwnPropertyDescriptor(this.sandbox, key);
    if (own !== undefined) return fix(target, key, own);
    return fix(target, key, Reflect.getOwnPropertyDescriptor(this.builtins, key));
  }

  ownKeys() {
    return [...new Set([...Reflect.ownKeys(this.builtins), ...Reflect.ownKeys(this.sandbox)])];
  }

  setPrototypeOf(target, prototype) { return Reflect.setPrototypeOf(this.builtins, prototype); }
  getPrototypeOf() { return Reflect.getPrototypeOf(this.builtins); }
  preventExtensions() { return false; }
}

/** The global object for code that runs with `sandbox`; `builtins` is the realm's own. */
function createGlobal(sandbox, builtins) {
  const handler = new GlobalHandler(sandbox, builtins);
  handler.proxy = new Proxy(Object.create(null), handler);
  return handler.proxy;
}

module.exports = { createGlobal };
