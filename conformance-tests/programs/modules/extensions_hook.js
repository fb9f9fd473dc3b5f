// Require.extensions can be added to.
const fs = require('fs');
require.extensions['.txt'] = (m, file) => { m.exports = 'text of ' + require('path').basename(file) + ' ' + fs.statSync(file).isFile(); };
fs.writeFileSync('/tmp/ouro-hook-case.txt', 'x');
console.log(require('/tmp/ouro-hook-case.txt'));
fs.unlinkSync('/tmp/ouro-hook-case.txt');
const Module = require('module');
const load = Module._load;
Module._load = (request, ...rest) => request === 'virtual' ? { virtual: true } : load(request, ...rest);
console.log(require('virtual'));
