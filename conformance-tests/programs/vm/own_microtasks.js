'use strict';
// A context with microtasks of its own: what its functions queue runs after each evaluation in it, and at no other time.
const vm = require('vm');

const context = vm.createContext({ setImmediate, log: (text) => console.log(text) }, { microtaskMode: 'afterEvaluate' });
vm.runInContext('Promise.resolve().then(() => log("after the evaluation"))', context);
console.log('evaluated');

// Settled from outside: the reaction waits for the next evaluation.
vm.runInContext('new Promise(setImmediate).then(() => log("not before the next evaluation"))', context);

(async () => {
  await vm.runInContext('Promise.resolve()', context);
  console.log('awaited a promise of the context');
})();

setImmediate(() => {
  setImmediate(() => {
    console.log('next evaluation');
    vm.runInContext('0', context);
  });
});
