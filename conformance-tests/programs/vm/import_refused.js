'use strict';
// import() in code that vm runs without `importModuleDynamically` is refused, whoever made the function that asks; the main
// context's loader serves it only where the program says so.
const vm = require('vm');
const { USE_MAIN_CONTEXT_DEFAULT_LOADER: main } = vm.constants;

async function show(label, run) {
  try {
    const namespace = await run();
    console.log(label, 'gives', typeof namespace.readFileSync);
  } catch (error) {
    console.log(label, error instanceof TypeError, error.name, error.code, error.message);
  }
}

const text = 'import("fs")';
const quoted = JSON.stringify(text);

(async () => {
  await show('Script', () => new vm.Script(text).runInThisContext());
  await show('runInThisContext', () => vm.runInThisContext(text));
  await show('runInNewContext', () => vm.runInNewContext(text));
  await show('runInContext', () => vm.runInContext(text, vm.createContext()));
  await show('compileFunction', () => vm.compileFunction(`return ${text}`)());
  await show('compileFunction with extensions',
    () => vm.compileFunction(`return ${text}`, [], { contextExtensions: [{ a: 1 }] })());
  await show('an inner function', () => vm.runInThisContext(`(() => (() => ${text})())`)());
  await show('eval', () => vm.runInThisContext(`eval(${quoted})`));
  await show('indirect eval', () => vm.runInThisContext(`(0, eval)(${quoted})`));
  await show('new Function', () => vm.runInNewContext(`new Function('return ' + ${quoted})()`));
  await show("the program's Function", () => vm.runInNewContext(`F('return ' + ${quoted})()`, { F: Function }));
  await show("the program's eval", () => vm.runInNewContext(`E(${quoted})`, { E: eval }));
  await show('a later call', () => new Promise((resolve, reject) => {
    vm.runInThisContext(`(later, resolve, reject) => later(() => ${text}.then(resolve, reject))`)(setImmediate, resolve, reject);
  }));
  await show('a microtask without code', () => vm.runInNewContext(`Promise.resolve(${quoted}).then(eval)`));
  await show('a timer without code', () => new Promise((resolve) => {
    globalThis.resolve = resolve;
    setTimeout(eval, 0, `resolve(${text})`);
  }));

  await show('main, Script', () => new vm.Script(text, { importModuleDynamically: main }).runInThisContext());
  await show('main, runInNewContext', () => vm.runInNewContext(text, {}, { importModuleDynamically: main }));
  await show('main, compileFunction', () => vm.compileFunction(`return ${text}`, [], { importModuleDynamically: main })());
  await show('main, only the context', () => vm.runInContext(text, vm.createContext({}, { importModuleDynamically: main })));
  await show('main, eval of the program', () => eval(text));
  await show('main, Function of the program', () => new Function('return (import("fs"))')());

  await show('a function without the flag', () => vm.runInThisContext(text, { importModuleDynamically: () => import('fs') }));
  for (const importModuleDynamically of [5, Symbol('s'), null]) {
    await show(String(importModuleDynamically), () => new vm.Script(text, { importModuleDynamically }));
    await show(String(importModuleDynamically), () => vm.compileFunction(text, [], { importModuleDynamically }));
    await show(String(importModuleDynamically), () => vm.createContext({}, { importModuleDynamically }));
  }
})();
