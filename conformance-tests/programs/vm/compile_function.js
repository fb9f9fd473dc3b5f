// compileFunction() makes a function of a body, in this realm or a context's, over extra scopes.
const vm = require('vm');
console.log(vm.compileFunction('return a * b', ['a', 'b'])(6, 7));
const parsingContext = vm.createContext({ word: 'inside' });
console.log(vm.compileFunction('return word', [], { parsingContext })());
console.log(vm.compileFunction('return extra + x', ['x'], { contextExtensions: [{ extra: 1 }] })(2));
try {
  vm.compileFunction('}); console.log("escaped"); (function() {');
} catch (err) {
  console.log(err.name);
}
