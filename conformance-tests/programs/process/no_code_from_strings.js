'use strict';
// --disallow-code-generation-from-strings: the program's own realm makes no code from texts; contexts of vm do.
const vm = require('vm');

for (const run of [() => eval('1'), () => (0, eval)('2'), () => new Function('return 3')(), () => vm.runInThisContext('4'),
  () => vm.runInNewContext('eval("5")'), () => vm.compileFunction('return 6')(), () => require('./fixtures/seven.js')]) {
  try {
    console.log(run());
  } catch (error) {
    console.log(error instanceof EvalError, error.message);
  }
}
