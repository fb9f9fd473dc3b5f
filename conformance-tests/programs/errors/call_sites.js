// Error.prepareStackTrace gets call sites that answer what V8's do.
Error.prepareStackTrace = (error, sites) => sites;
class Foo { method() { return new Error().stack[0]; } static method() { return new Error().stack[0]; } }
function sloppy() { return new Error().stack[0]; }
function strict() { 'use strict'; return new Error().stack[0]; }
const show = (site) => [
  site.getTypeName(), site.getFunctionName(), site.getMethodName(), site.getLineNumber(), site.getColumnNumber(),
  site.getEnclosingLineNumber(), site.getEnclosingColumnNumber(), typeof site.getThis(), typeof site.getFunction(),
  ['isNative', 'isToplevel', 'isConstructor', 'isEval', 'isAsync', 'isPromiseAll'].filter((name) => site[name]()).join(),
].join(' ');
console.log(show(new Foo().method()));
console.log(show(Foo.method()));
console.log(show(sloppy()), sloppy.call(Foo).getThis() === Foo, sloppy().getFunction() === sloppy);
console.log(show(strict()));
console.log(show([1].map(() => new Error().stack[1])[0]));
const made = new Function('return new Error().stack[0]')();
console.log(made.getFunctionName(), made.isEval(), made.getLineNumber(), made.getFileName(), made.getEvalOrigin().replace(/\(.*\/|:\d+:\d+/g, ''));
console.log(eval('new Error().stack[0]\n//# sourceURL=named.js').toString());
const origin = (function origin() { return eval('new Error().stack[0]'); })();
console.log(origin.toString().replace(/\(\/.*\//, '('));
console.log(Object.prototype.toString.call(origin), origin.constructor.name, sloppy().getFileName() === __filename);
async function inner() { await null; return new Error().stack; }
(async function outer() {
  const sites = await inner().then((sites) => sites);
  const last = sites.at(-1);
  console.log(last.isAsync(), last.getFunctionName(), last.getLineNumber());
  const [all] = await Promise.all([inner()]);
  console.log(all.filter((site) => site.isPromiseAll()).map((site) => `${site.getPromiseIndex()} ${site}`));
})();
