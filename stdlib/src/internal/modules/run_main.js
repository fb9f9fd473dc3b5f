'use strict';
// How the main program starts: a file, a text from the command line, preloaded modules.
// API: https://nodejs.org/docs/latest-v24.x/api/cli.html
// Binding `modules`: resolveMain, formatOf, importMain, evalScript, evalModule, compileFunction.

const native = binding('modules');

exports.runMain = function runMain(file) {
  const Module = require('module');
  Module._initPaths();
  const path = native.resolveMain(file);
  if (path === undefined) {
    process.argv[1] = Module._resolveFilename(absolute(file), null, true);
    return;
  }
  process.argv[1] = path;
  const format = path.endsWith('.mjs') ? 'module' : native.formatOf(path);
  if (format === 'module' || format === 'wasm') {
    native.importMain(path);
    return;
  }
  Module._load(path, null, true);
};

function absolute(file) {
  return require('path').resolve(file);
}

exports.checkMain = function checkMain(file) {
  const path = native.resolveMain(file) ?? require('module')._resolveFilename(absolute(file), null, true);
  native.checkSyntax(native.readSource(path), path, path.endsWith('.mjs') || native.formatOf(path) === 'module');
};

exports.checkText = function checkText(text, name) {
  native.checkSyntax(text, name, false);
};

exports.preload = function preload(requests) {
  const Module = require('module');
  Module._initPaths();
  Module._preloadModules(requests);
};

exports.runEval = function runEval(name, code, print, isModule) {
  const Module = require('module');
  Module._initPaths();
  if (isModule === true) {
    native.evalModule(code, name);
    return;
  }
  const cwd = workingDirectory();
  const main = new Module(name, undefined);
  main.filename = require('path').join(cwd, name);
  main.paths = Module._nodeModulePaths(cwd);
  globalThis.exports = main.exports;
  globalThis.module = main;
  globalThis.require = makeRequire(Module, main);
  globalThis.__filename = name;
  globalThis.__dirname = '.';
  lazyBuiltins();
  const result = native.evalScript(code, name, isModule === undefined);
  if (print) console.log(result);
};

// The directory may have been removed; a text that requires nothing runs all the same.
function workingDirectory() {
  try {
    return process.cwd();
  } catch {
    return '/';
  }
}

function makeRequire(Module, main) {
  const require = Module.createRequire(main.filename);
  require.main = undefined;
  return require;
}

// Core modules are globals of their own names in text from the command line.
// Called once per REPL. Reflect.get, because the list's accessor turns into a plain property when first read.
function lazyBuiltins() {
  for (const id of Reflect.get(require('module'), 'builtinModules')) {
    if (id.startsWith('_') || id.includes('/') || id in globalThis) continue;
    Object.defineProperty(globalThis, id, {
      __proto__: null,
      configurable: true,
      enumerable: false,
      get() {
        const value = globalThis.require(id);
        Object.defineProperty(globalThis, id, { __proto__: null, configurable: true, writable: true, value });
        return value;
      },
      set(value) {
        Object.defineProperty(globalThis, id, { __proto__: null, configurable: true, writable: true, value });
      },
    });
  }
}
exports.lazyBuiltins = lazyBuiltins;
