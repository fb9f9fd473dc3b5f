'use strict';
// internal/vm/import: `import()` in code that a program runs through node:vm, and in code that nobody runs.
// API: https://nodejs.org/docs/latest-v24.x/api/vm.html#support-of-dynamic-import-in-compilation-apis
// Called by the module host (module/mod.rs) with what is attached to the importing code:
//
//   undefined                  code of the program: the module loader serves it and does not ask here. Core files and
//                              microtasks without code have nothing attached either, and are refused
//   true                       code of vm that the module loader serves
//   null                       code of vm without `importModuleDynamically`: refused
//   { importer, referrer }     code of vm with it
//
// Engines that attach nothing never ask: there every import() is the module loader's.

const { codes } = require('internal/errors');
const { validateFunction } = require('internal/validators');

const USE_MAIN_CONTEXT_DEFAULT_LOADER = Symbol('vm_dynamic_import_main_context_default');

/** What code is run with that has the option `importModuleDynamically`; its `referrer` is whatever the caller sets. */
function hostDefinedOf(importer) {
  if (importer === undefined) return null;
  if (importer === USE_MAIN_CONTEXT_DEFAULT_LOADER) return true;
  validateFunction(importer, 'options.importModuleDynamically');
  return { __proto__: null, importer, referrer: undefined };
}

/** As `hostDefinedOf`, for code whose referrer is known. */
function hostDefinedFor(referrer, importer) {
  const hostDefined = hostDefinedOf(importer);
  setReferrer(hostDefined, referrer);
  return hostDefined;
}

/** Says whose code it is. */
function setReferrer(hostDefined, referrer) {
  if (hostDefined?.importer !== undefined) hostDefined.referrer = referrer;
}

/** The namespace that an import() in such code gives, or a promise of it. */
function importDynamically(hostDefined, specifier, attributes) {
  if (!hostDefined) throw new codes.ERR_VM_DYNAMIC_IMPORT_CALLBACK_MISSING();
  if (!binding('vm').hasModules) throw new codes.ERR_VM_DYNAMIC_IMPORT_CALLBACK_MISSING_FLAG();
  return ask(hostDefined, specifier, attributes);
}

async function ask({ importer, referrer }, specifier, attributes) {
  const found = await Reflect.apply(importer, undefined, [specifier, referrer, attributes, 'evaluation']);
  if (require('internal/util/types').isModuleNamespaceObject(found)) return found;
  if (!require('internal/vm/module').isModule(found)) throw new codes.ERR_VM_MODULE_NOT_MODULE();
  if (found.status === 'errored') throw found.error;
  return found.namespace;
}

module.exports = { USE_MAIN_CONTEXT_DEFAULT_LOADER, hostDefinedFor, hostDefinedOf, importDynamically, setReferrer };
