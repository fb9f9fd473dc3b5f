'use strict';
// The stack of a syntax error in a text begins with its place: name, line, the line itself and a caret.
const vm = require('vm');

for (const compile of [
  () => new vm.Script('let x;\n a b', { filename: 'script.js' }),
  () => vm.runInThisContext('a b', { filename: 'offset.js', lineOffset: 3 }),
  () => vm.compileFunction('\n a b', ['p'], { filename: 'function.js' }),
  () => vm.runInNewContext('a b'),
]) {
  try {
    compile();
  } catch (error) {
    console.log(error.stack.split('\n').slice(0, 5).join('\n'));
  }
}
