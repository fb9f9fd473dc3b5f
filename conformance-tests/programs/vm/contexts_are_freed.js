'use strict';
// Contexts that nothing refers to any more are garbage; what a context's function needs stays.
const vm = require('vm');
const v8 = require('v8');

const kept = [];
for (let i = 0; i < 60; i++) {
  const context = vm.createContext({ x: i });
  const read = vm.runInContext('() => [x, typeof Map, [1].concat(2).length]', context);
  if (i % 20 === 0) kept.push(read);
  vm.runInNewContext('globalThis.self = this');
}

setImmediate(() => {
  gc();
  setImmediate(() => {
    gc();
    const { number_of_native_contexts: contexts } = v8.getHeapStatistics();
    console.log(contexts < 60);
    for (let i = 0; i < 10; i++) vm.createContext({ x: 'other' });
    for (const read of kept) console.log(read());
  });
});
