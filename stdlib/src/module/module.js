'use strict';
// node:module, and the CommonJS loader that every program runs through.
// API: https://nodejs.org/docs/latest-v24.x/api/modules.html and module.html
// Binding `modules`: resolve, nodeModulePaths, readSource, formatOf, compileFunction, requireEsm, isBuiltin,
// builtinIds. Finding files is Rust; what programs observe and patch (`Module._load`, `Module._extensions`,
// `require.cache`, …) is here. Rarely used API lives in `internal/modules/extras`.

const native = binding('modules');

module.exports = Module;

function Module(id = '', parent) {
  this.id = id;
  this.path = dirname(id);
  this.exports = {};
  setParent(this, parent);
  updateChildren(parent, this, false);
  this.filename = null;
  this.loaded = false;
  this.children = [];
}

const parents = new WeakMap();

// null: the main module. Undefined: whatever an ES module imports.
function setParent(child, parent) {
  if (parent !== undefined) parents.set(child, parent);
}

Module.Module = Module;
Module._cache = { __proto__: null };
Module._pathCache = { __proto__: null };
Module._extensions = { __proto__: null };
Module.globalPaths = [];
Module._debug = function() {};

Object.defineProperty(Module.prototype, 'parent', {
  __proto__: null,
  configurable: true,
  get() { return parents.get(this); },
  set(value) { parents.set(this, value); },
});

Module._load = function(request, parent, isMain) {
  if (request.charCodeAt(0) === 110 && request.startsWith('node:')) {
    return loadBuiltin(request, request.slice(5));
  }
  const filename = Module._resolveFilename(request, parent, isMain);
  const cached = Module._cache[filename];
  if (cached !== undefined) {
    updateChildren(parent, cached, true);
    return cached.exports;
  }
  if (filename.charCodeAt(0) !== 47 && native.isBuiltin(filename)) {
    return filename.startsWith('node:') ? loadBuiltin(filename, filename.slice(5)) : require(filename);
  }

  const child = new Module(filename, parent);
  if (isMain) {
    setMain(child);
    child.id = '.';
  }
  Module._cache[filename] = child;
  let threw = true;
  try {
    child.load(filename);
    threw = false;
  } finally {
    if (threw) forget(filename, child, parent);
  }
  return child.exports;
};

function loadBuiltin(request, id) {
  if (!native.isBuiltin(request)) {
    const { codes } = require('internal/errors');
    throw new codes.ERR_UNKNOWN_BUILTIN_MODULE(request);
  }
  return require(id);
}

function setMain(main) {
  process.mainModule = main;
}

function forget(filename, child, parent) {
  delete Module._cache[filename];
  const siblings = parent?.children;
  if (!Array.isArray(siblings)) return;
  const at = siblings.indexOf(child);
  if (at !== -1) siblings.splice(at, 1);
}

function updateChildren(parent, child, mayBeThere) {
  const children = parent?.children;
  if (children && !(mayBeThere && children.includes(child))) children.push(child);
}

Module._resolveFilename = function(request, parent, isMain, options) {
  if (native.isBuiltin(request)) return request;
  const paths = options?.paths === undefined ?
    Module._resolveLookupPaths(request, parent) : pathsFromOptions(request, options.paths);
  if (request.charCodeAt(0) !== 35) {
    const filename = Module._findPathOrPackage(request, paths, parent, isMain);
    if (filename) return filename;
  } else if (parent?.filename || parent?.id) {
    return native.resolve(request, [], parent.filename || undefined, Object.keys(Module._extensions), !!isMain);
  }
  throw notFound(request, parent);
};

Module._findPathOrPackage = function(request, paths, parent, isMain) {
  if (Module._findPath !== findPath) return Module._findPath(request, paths, isMain);
  return resolveWith(request, paths, parent, isMain);
};

function findPath(request, paths, isMain) {
  return resolveWith(request, paths ?? [], undefined, isMain);
}
Module._findPath = findPath;

function resolveWith(request, paths, parent, isMain) {
  try {
    return native.resolve(request, paths, parent?.filename ?? undefined, Object.keys(Module._extensions), !!isMain);
  } catch (err) {
    if (err.code !== 'MODULE_NOT_FOUND') throw err;
    if (err.requestPath === undefined) return false;
    throw err;
  }
}

function pathsFromOptions(request, paths) {
  if (!Array.isArray(paths)) {
    const { codes } = require('internal/errors');
    throw new codes.ERR_INVALID_ARG_VALUE('options.paths', paths);
  }
  for (let i = 0; i < paths.length; i++) {
    if (typeof paths[i] !== 'string') {
      const { codes } = require('internal/errors');
      throw new codes.ERR_INVALID_ARG_TYPE(`options.paths[${i}]`, 'string', paths[i]);
    }
  }
  if (isRelative(request)) return paths;
  const fake = new Module('', null);
  const found = [];
  for (let i = 0; i < paths.length; i++) {
    fake.paths = Module._nodeModulePaths(paths[i]);
    const candidates = Module._resolveLookupPaths(request, fake);
    for (let j = 0; j < candidates.length; j++) {
      if (!found.includes(candidates[j])) found.push(candidates[j]);
    }
  }
  return found;
}

function isRelative(request) {
  return request === '.' || request === '..' || request.startsWith('./') || request.startsWith('../');
}

Module._resolveLookupPaths = function(request, parent) {
  if (native.isBuiltin(request)) return null;
  if (!isRelative(request)) {
    const globals = Module.globalPaths;
    return parent?.paths?.length ? parent.paths.concat(globals) : globals.slice();
  }
  if (!parent?.id || !parent.filename) return ['.'].concat(Module._nodeModulePaths('.'), Module.globalPaths);
  return [dirname(parent.filename)];
};

Module._nodeModulePaths = function(from) {
  return native.nodeModulePaths(from);
};

function requireStack(parent) {
  const stack = [];
  for (let cursor = parent; cursor; cursor = parents.get(cursor)) stack.push(cursor.filename || cursor.id);
  return stack;
}

function notFound(request, parent) {
  const stack = requireStack(parent);
  let message = `Cannot find module '${request}'`;
  if (stack.length > 0) message += '\nRequire stack:\n- ' + stack.join('\n- ');
  const err = new Error(message);
  err.code = 'MODULE_NOT_FOUND';
  err.requireStack = stack;
  return err;
}

Module.prototype.load = function(filename) {
  this.filename ??= filename;
  this.paths ??= Module._nodeModulePaths(dirname(filename));
  const extension = longestExtension(filename);
  Module._extensions[extension](this, filename);
  this.loaded = true;
};

function longestExtension(filename) {
  const name = filename.slice(filename.lastIndexOf('/') + 1);
  let at = name.indexOf('.', 1);
  while (at !== -1) {
    const extension = name.slice(at);
    if (Module._extensions[extension]) return extension;
    at = name.indexOf('.', at + 1);
  }
  return '.js';
}

Module.prototype.require = function(id) {
  if (typeof id !== 'string' || id === '') throw invalidId(id);
  // internal/diagnostics says so while somebody listens.
  if (native.isRequireTraced === true) {
    const { tracingChannel } = require('diagnostics_channel');
    const message = { __proto__: null, parentFilename: this.filename, id };
    return tracingChannel('module.require').traceSync(Module._load, message, Module, id, this, false);
  }
  return Module._load(id, this, false);
};

function invalidId(id) {
  const { codes } = require('internal/errors');
  if (typeof id !== 'string') return new codes.ERR_INVALID_ARG_TYPE('id', 'string', id);
  return new codes.ERR_INVALID_ARG_VALUE('id', id, 'must be a non-empty string');
}

Module.prototype._compile = function(content, filename, format) {
  let fn;
  if (Module.wrapper.patched) {
    const vm = require('vm');
    const importModuleDynamically = vm.constants.USE_MAIN_CONTEXT_DEFAULT_LOADER;
    fn = vm.runInThisContext(Module.wrap(content), { filename, importModuleDynamically });
  } else {
    fn = native.compileFunction(content, filename, format !== 'commonjs');
    if (fn === undefined) {
      this.exports = native.requireEsm(filename, content, parents.get(this)?.filename ?? undefined);
      return undefined;
    }
  }
  const exports = this.exports;
  const result = Reflect.apply(fn, exports, [exports, makeRequireFunction(this), this, filename, dirname(filename)]);
  return result;
};

Module._extensions['.js'] = function(module, filename) {
  const format = filename.endsWith('.cjs') ? 'commonjs' : native.formatOf(filename);
  if (format === 'module') {
    module.exports = native.requireEsm(filename, undefined, parents.get(module)?.filename ?? undefined);
    return;
  }
  module._compile(native.readSource(filename), filename, format);
};

Module._extensions['.json'] = function(module, filename) {
  const content = native.readSource(filename);
  try {
    module.exports = JSON.parse(content);
  } catch (err) {
    err.message = `${filename}: ${err.message}`;
    throw err;
  }
};

Module._extensions['.node'] = function(module, filename) {
  return process.dlopen(module, filename);
};

Object.defineProperty(Module._extensions, '.mjs', {
  __proto__: null,
  configurable: true,
  enumerable: false,
  writable: true,
  value(module, filename) {
    module.exports = native.requireEsm(filename, undefined, parents.get(module)?.filename ?? undefined);
  },
});

function makeRequireFunction(mod) {
  function require(path) {
    return mod.require(path);
  }
  function resolve(request, options) {
    if (typeof request !== 'string') throw invalidRequest(request);
    return Module._resolveFilename(request, mod, false, options);
  }
  function paths(request) {
    if (typeof request !== 'string') throw invalidRequest(request);
    return Module._resolveLookupPaths(request, mod);
  }
  require.resolve = resolve;
  resolve.paths = paths;
  require.main = process.mainModule;
  require.extensions = Module._extensions;
  require.cache = Module._cache;
  return require;
}

function invalidRequest(request) {
  const { codes } = require('internal/errors');
  return new codes.ERR_INVALID_ARG_TYPE('request', 'string', request);
}

function dirname(file) {
  const at = file.lastIndexOf('/');
  return at === -1 ? '.' : at === 0 ? '/' : file.slice(0, at);
}

Module._initPaths = function() {
  const home = process.env.HOME;
  const prefix = dirname(dirname(process.execPath));
  const paths = [`${prefix}/lib/node`];
  if (home) paths.unshift(`${home}/.node_modules`, `${home}/.node_libraries`);
  const extra = process.env.NODE_PATH;
  if (extra) paths.unshift(...extra.split(':').filter(Boolean));
  Module.globalPaths = paths;
};

Module._preloadModules = function(requests) {
  if (!Array.isArray(requests)) return;
  const parent = new Module('internal/preload', null);
  // A directory that was removed has no modules.
  try {
    parent.paths = Module._nodeModulePaths(process.cwd());
  } catch (err) {
    if (err.code !== 'ENOENT') throw err;
  }
  for (const request of requests) parent.require(request);
};

Module.runMain = function(main = process.argv[1]) {
  return Module._load(main, null, true);
};

const wrapper = ['(function (exports, require, module, __filename, __dirname) { ', '\n});'];
let wrap = (script) => wrapper[0] + script + wrapper[1];
// A program that replaces either asks for its own wrapper text; until then no text is put together.
Object.defineProperty(wrapper, 'patched', { __proto__: null, writable: true, value: false });
Object.defineProperty(Module, 'wrap', {
  __proto__: null,
  get() { return wrap; },
  set(value) { wrapper.patched = true; wrap = value; },
});
Object.defineProperty(Module, 'wrapper', {
  __proto__: null,
  get() { return wrapper; },
  set(value) { value.patched = true; wrap = (script) => value[0] + script + value[1]; wrapper.patched = true; },
});

Module.isBuiltin = function isBuiltin(name) {
  return native.isBuiltin(`${name}`);
};

Module._makeRequireFunction = undefined;
delete Module._makeRequireFunction;

const extras = ['createRequire', 'findPackageJSON', 'syncBuiltinESMExports', 'register', 'registerHooks', 'findSourceMap',
                'SourceMap', 'stripTypeScriptTypes', 'enableCompileCache', 'getCompileCacheDir', 'flushCompileCache',
                'constants', 'setSourceMapsSupport', 'getSourceMapsSupport', 'builtinModules'];
for (let i = 0; i < extras.length; i++) defineExtra(extras[i]);

function defineExtra(name) {
  Object.defineProperty(Module, name, {
    __proto__: null,
    configurable: true,
    enumerable: true,
    get() {
      const { value } = require('internal/modules/extras')(Module, makeRequireFunction)[name];
      Object.defineProperty(Module, name, { __proto__: null, configurable: true, enumerable: true, writable: true, value });
      return value;
    },
    set(value) {
      Object.defineProperty(Module, name, { __proto__: null, configurable: true, enumerable: true, writable: true, value });
    },
  });
}
