'use strict';
// The global object of a context is the sandbox, seen from inside: whatever code reads, writes, declares or deletes.
const vm = require('vm');

const sandbox = { given: 1, get late() { return this.given + 1; } };
sandbox.self = sandbox;
const context = vm.createContext(sandbox);
const run = (code) => vm.runInContext(code, context);

console.log(run('given + late'));
run('var declared = 3; function named() { return declared++ } let hidden = 4; assigned = 5');
console.log(Object.keys(sandbox).sort().join(), sandbox.declared, sandbox.assigned, sandbox.hidden);
sandbox.named();
console.log(sandbox.declared, run('declared + hidden'));
console.log(run('this === globalThis && self === this && globalThis.self === self'));
console.log(run('typeof missing'), run('"given" in this'), run('delete given'), sandbox.given, run('delete declared'));
sandbox.added = 'later';
console.log(run('added'), run('Object.getOwnPropertyNames(this).includes("added")'));
console.log(run('Array') === Array, run('[]') instanceof Array, run('[] instanceof Array'));
try {
  run('"use strict"; undeclared = 1');
} catch (error) {
  console.log(error.name, error.message, error instanceof ReferenceError);
}
try {
  vm.runInNewContext('for (;;);', {}, { timeout: 5 });
} catch (error) {
  console.log(error.code, error.message);
}
try {
  vm.runInNewContext('loop()', { loop() { vm.runInNewContext('for (;;);', {}, { timeout: 1000 }); } }, { timeout: 5 });
} catch (error) {
  console.log(error.code, error.message);
}
console.log(vm.runInNewContext('Promise.resolve().then(() => { done = true }); 1', context, { microtaskMode: 'afterEvaluate' }));
const own = vm.createContext({}, { microtaskMode: 'afterEvaluate' });
vm.runInContext('Promise.resolve().then(() => { done = true })', own);
console.log(own.done);
