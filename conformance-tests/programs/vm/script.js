// A Script runs as often as one likes, in this context and others; its completion value is the result.
const vm = require('vm');
globalThis.n = 0;
const script = new vm.Script('n += 1; n * 10', { filename: 'counter.js' });
console.log(script.runInThisContext(), script.runInThisContext(), n);
const context = vm.createContext({ n: 100 });
console.log(script.runInContext(context), context.n, n);
try {
  new vm.Script('let let = 1', { filename: 'bad.js' });
} catch (err) {
  console.log(err.name);
}
try {
  vm.runInThisContext('\n  throw new Error("late")', 'late.js');
} catch (err) {
  console.log(err.name, err.message, err.stack.split('\n')[0]);
}
