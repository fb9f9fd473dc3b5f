// A sandbox is what code in its context sees as global, in both directions.
const vm = require('vm');
const sandbox = { count: 1, add: (a, b) => a + b };
vm.createContext(sandbox);
console.log(vm.isContext(sandbox), vm.isContext({}));
console.log(vm.runInContext('count = add(count, 1); var declared = 3; function twice(x) { return 2 * x } count', sandbox));
console.log(sandbox.count, sandbox.declared, sandbox.twice(4), typeof declared);
sandbox.declared = 5;
console.log(vm.runInContext('declared', sandbox), vm.runInContext('typeof process + typeof Array', sandbox));
console.log(vm.runInContext('[] instanceof Array', sandbox), vm.runInContext('[]', sandbox) instanceof Array);
console.log(vm.runInNewContext('x + 1', { x: 41 }));
