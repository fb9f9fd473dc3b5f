// What a module knows about itself.
console.log(module.id, module.loaded, module.children.length, require.main === module, this === module.exports);
console.log(__filename === module.filename, module.paths[0] === __dirname + '/node_modules');
const Module = require('module');
console.log(module instanceof Module, module.constructor === Module, Module.builtinModules.includes('fs'), Module.isBuiltin('node:fs'), Module.isBuiltin('wss'));
console.log(typeof Module._load, typeof Module._resolveFilename, Object.keys(Module._extensions));
