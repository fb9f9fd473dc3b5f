// Named imports of core modules follow module.exports when syncBuiltinESMExports() is called.
import fs, { readFile, exists } from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';

const replacement = () => {};
fs.readFile = replacement;
delete fs.exists;
console.log(readFile === replacement, typeof exists);
syncBuiltinESMExports();
console.log(readFile === replacement, typeof exists);
const { assign } = Object;
console.log(assign({}, await import('node:fs')).readFile === replacement);
