'use strict';
// `importModuleDynamically`: what it is asked, and what its answers become.
const vm = require('vm');
const { USE_MAIN_CONTEXT_DEFAULT_LOADER: main } = vm.constants;

async function show(label, run) {
  try {
    console.log(label, 'gives', Object.keys(await run()).slice(0, 3).join());
  } catch (error) {
    console.log(label, error?.name, error?.code, error?.message);
  }
}

async function makeModule(text) {
  const module = new vm.SourceTextModule(text);
  await module.link(() => {});
  return module;
}

(async () => {
  const asked = [];
  const importModuleDynamically = (...args) => {
    asked.push(args);
    return import('path');
  };
  const script = new vm.Script('import("x", { with: { type: "text" } })', { importModuleDynamically });
  await show('a namespace', () => script.runInThisContext());
  await show('a namespace, again', () => script.runInNewContext());
  console.log(asked.length, asked[0][0], asked[0][1] === script, asked[0][2]);

  const fn = vm.compileFunction('return eval("import(x)")', ['x'], { importModuleDynamically });
  await show('compileFunction', () => fn('y'));
  console.log(asked[2][0], asked[2][1] === fn, asked[2][2]);

  const context = vm.createContext({}, { importModuleDynamically });
  await show('createContext', () => vm.runInContext('Promise.resolve("import(`z`)").then(eval)', context));
  console.log(asked[3][0], asked[3][1] === context);
  await show('createContext is not asked', () => vm.runInContext('import("z")', context));

  const importer = new vm.SourceTextModule('export const found = import("w"); found.catch(() => {});', { importModuleDynamically });
  await importer.link(() => {});
  await importer.evaluate();
  await show('SourceTextModule', () => importer.namespace.found);
  console.log(asked[4][0], asked[4][1] === importer);
  const closed = await makeModule('export const found = import("w"); found.catch(() => {});');
  await closed.evaluate();
  await show('SourceTextModule without', () => closed.namespace.found);
  await show('SourceTextModule with the main loader', () => new vm.SourceTextModule('', { importModuleDynamically: main }));

  const answer = (what) => vm.runInThisContext('import("x")', { importModuleDynamically: what });
  await show('a module', async () => answer(await makeModule('export const a = 1, b = 2').then((m) => m.evaluate().then(() => m)).then((m) => () => m)));
  await show('a failed module', () => answer(async () => {
    const module = await makeModule('throw new RangeError("inside")');
    await module.evaluate().catch(() => {});
    return module;
  }));
  await show('an unlinked module', () => answer(() => new vm.SourceTextModule('export const a = 1')));
  await show('an object', () => answer(() => ({ a: 1 })));
  await show('undefined', () => answer(() => {}));
  await show('a throw', () => answer(() => { throw new EvalError('no'); }));
  await show('a rejection', () => answer(async () => { throw new URIError('no'); }));
})();
