'use strict';
// The stack of an error that leaves a script begins with the line that threw it, which need not be the one that made it.
const vm = require('vm');

function show(code, options) {
  try {
    vm.runInThisContext(code, { filename: 'f.js', ...options });
  } catch (error) {
    console.log(`${error.stack}`.split('\n').slice(0, 5).join('\n'), '\n--');
  }
}

show(' throw new Error("a")', { lineOffset: 5, columnOffset: 10 });
show('\n  throw new Error("a")');
show('function f() {\n  null.x\n}\n f()');
show('function f() {\n  throw new Error("q");\n}\ntry { f() } catch (e) {\n throw e }');
show('var early = new Error("early")\n\n;throw early');
show('throw 5');

// A function that was compiled from a body shows itself whole.
console.log(vm.compileFunction('return p + q', ['p', 'q']).toString());
console.log(vm.compileFunction('// nothing').toString());
