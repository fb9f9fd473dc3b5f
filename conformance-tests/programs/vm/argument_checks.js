// What vm refuses.
const vm = require('vm');
const attempts = [
  () => new vm.Script('1', 42), () => new vm.Script('1', { lineOffset: 'x' }), () => vm.createContext('text'),
  () => vm.isContext(1), () => vm.runInContext('1', {}), () => vm.compileFunction(1),
  () => vm.runInThisContext('1', { timeout: -1 }), () => vm.runInThisContext('1', { displayErrors: 1 }),
];
for (const attempt of attempts) {
  try {
    attempt();
    console.log('accepted');
  } catch (err) {
    console.log(err.name, err.code);
  }
}
