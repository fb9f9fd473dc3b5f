'use strict';
// A context whose `codeGeneration.strings` is false makes no code from texts, whoever calls; its own functions do, elsewhere.
const vm = require('vm');

function show(label, run) {
  try {
    console.log(label, 'gives', run());
  } catch (error) {
    console.log(label, error.name, error.message);
  }
}

const closed = vm.createContext({ outerEval: eval, OuterFunction: Function, vm }, { codeGeneration: { strings: false } });
for (const code of [
  'eval("1")', '(0, eval)("1")', 'eval("(")', 'Function()', 'new Function("return 1")', '["1"].map(eval)',
  'new (async () => {}).constructor("1")', 'new (function* () {}).constructor("1")', 'class F extends Function {} new F("1")',
  'new Function({ toString() { throw new TypeError("first") } })', 'try { eval("1") } catch (error) { error instanceof EvalError }',
  'outerEval("1")', 'OuterFunction("return 2")()', 'vm.runInThisContext("eval(`3`)")', '/a/.test("a")',
]) show(code, () => vm.runInContext(code, closed));
show('its eval', () => vm.runInContext('eval', closed)('1'));
show('its Function', () => vm.runInContext('Function', closed)('1'));
show('compileFunction', () => vm.compileFunction('return eval("1")', [], { parsingContext: closed })());

for (const contextCodeGeneration of [{ strings: false }, { strings: true }, { wasm: false }, {}]) {
  show(JSON.stringify(contextCodeGeneration), () => vm.runInNewContext('eval("4")', {}, { contextCodeGeneration }));
}
show('not a boolean', () => vm.createContext({}, { codeGeneration: { strings: 1 } }));
show('not an object', () => vm.runInNewContext('1', {}, { contextCodeGeneration: 1 }));
