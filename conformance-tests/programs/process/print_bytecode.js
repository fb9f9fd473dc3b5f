// --print-bytecode lists the code of a program and does not run it, where the engine has a listing; else it says so.
// (Ours: in Node the flag is V8's, and the program runs too.)
'use strict';
const { spawnSync } = require('child_process');

const run = (...args) => spawnSync(process.execPath, ['--print-bytecode', ...args], { encoding: 'utf8' });

const listed = run('-e', 'function half(x) { return x / 2 } console.log(half(6))');
if (listed.status === 0) {
  console.log(/function .*"half"/.test(listed.stdout), /Div/.test(listed.stdout), /^3$/m.test(listed.stdout));
} else {
  console.log(/no bytecode listing/.test(listed.stderr), true, false);
}
console.log(run('-e', 'let let = 1').status);
