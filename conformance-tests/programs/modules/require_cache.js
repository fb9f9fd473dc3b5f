// The cache is an object that programs may edit.
const path = require.resolve('./fixtures/local.js');
console.log(require(path) === require('./fixtures/local'));
console.log(require.cache[path].exports, require.cache[path].loaded, require.cache[path].id === path);
require.cache[path].exports = 'patched';
console.log(require('./fixtures/local'));
delete require.cache[path];
console.log(require('./fixtures/local'));
