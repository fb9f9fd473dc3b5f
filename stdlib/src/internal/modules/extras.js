'use strict';
// The rarely used API of node:module, loaded when one of its names is first read.
// API: https://nodejs.org/docs/latest-v24.x/api/module.html
// Binding `modules`: builtinIds, findPackage, syncBuiltins.

const native = binding('modules');
const { codes } = require('internal/errors');

module.exports = function extras(Module, makeRequireFunction) {
  // Each name is wrapped so that a value that is `undefined` can be told from a missing one.
  return {
    builtinModules: { value: Object.freeze(native.builtinIds()) },
    createRequire: { value: createRequire },
    findPackageJSON: { value: findPackageJSON },
    syncBuiltinESMExports: { value: function syncBuiltinESMExports() { native.syncBuiltins(); } },
    register: { value() { throw unsupported('module.register()'); } },
    registerHooks: { value() { throw unsupported('module.registerHooks()'); } },
    findSourceMap: { value() { return undefined; } },
    SourceMap: { value: class SourceMap {
      constructor(payload) { this.payload = payload; }
      findEntry() { return {}; }
      findOrigin() { return {}; }
    } },
    stripTypeScriptTypes: { value() { throw unsupported('module.stripTypeScriptTypes()'); } },
    enableCompileCache: { value() { return { __proto__: null, status: constants.compileCacheStatus.DISABLED }; } },
    getCompileCacheDir: { value() { return undefined; } },
    flushCompileCache: { value() {} },
    setSourceMapsSupport: { value() {} },
    getSourceMapsSupport: { value() {
      return { __proto__: null, enabled: false, nodeModules: false, generatedCode: false };
    } },
    constants: { value: constants },
  };

  function createRequire(filename) {
    let path = filename;
    const isUrl = typeof filename === 'object' && filename !== null && typeof filename.href === 'string';
    if (isUrl || (typeof filename === 'string' && !filename.startsWith('/'))) {
      if (!isUrl && !filename.startsWith('file:')) throw invalidFilename(filename);
      path = require('url').fileURLToPath(filename);
    } else if (typeof filename !== 'string') {
      throw invalidFilename(filename);
    }
    const wantsFolder = path.endsWith('/');
    const file = wantsFolder ? `${path}noop.js` : path;
    const fake = new Module(file);
    fake.filename = file;
    fake.paths = Module._nodeModulePaths(fake.path);
    return makeRequireFunction(fake);
  }
};

const constants = Object.freeze({
  __proto__: null,
  compileCacheStatus: Object.freeze({ __proto__: null, FAILED: 0, ENABLED: 1, ALREADY_ENABLED: 2, DISABLED: 3 }),
});

function invalidFilename(filename) {
  return new codes.ERR_INVALID_ARG_VALUE('filename', filename,
                                         'must be a file URL object, file URL string, or absolute path string');
}

function unsupported(what) {
  const err = new Error(`${what} is not supported by this runtime`);
  err.code = 'ERR_FEATURE_UNAVAILABLE_ON_PLATFORM';
  return err;
}

function findPackageJSON(specifier, base) {
  if (arguments.length === 0) throw new codes.ERR_MISSING_ARGS('specifier');
  const { fileURLToPath } = require('url');
  const toPath = (value) => (typeof value === 'string' && !value.startsWith('file:') ? value : fileURLToPath(value));
  const target = `${specifier}`;
  if (base === undefined || target.startsWith('file:') || target.startsWith('/')) return native.findPackage(toPath(specifier));
  const from = toPath(base);
  if (target.startsWith('.')) return native.findPackage(require('path').resolve(require('path').dirname(from), target));
  const name = target.startsWith('@') ? target.split('/').slice(0, 2).join('/') : target.split('/')[0];
  for (const folder of native.nodeModulePaths(require('path').dirname(from))) {
    const found = `${folder}/${name}/package.json`;
    if (require('fs').existsSync(found)) return found;
  }
  return undefined;
}
