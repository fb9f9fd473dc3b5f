'use strict';
// Error.prepareStackTrace is a function from the start, whose text is that of `stack`; what a program puts in its place gets
// call sites, for errors of contexts of vm, too, that have none of their own.
const { createHash } = require('crypto');
const fs = require('fs');
const vm = require('vm');

const { value: original, ...attributes } = Object.getOwnPropertyDescriptor(Error, 'prepareStackTrace');
console.log(typeof original, original.name, original.length, attributes);
console.log(JSON.stringify(original(new RangeError('m'), [])), JSON.stringify(original(new Error('m'), ['a', 'b'])));
console.log(vm.runInNewContext('typeof Error.prepareStackTrace'));

Error.prepareStackTrace = (error, sites) => `${original(error, sites).split('\n')[0]} from ${sites[0].getFunctionName()}`;
function named() { return new TypeError('m').stack; }
console.log(named());
console.log(vm.runInNewContext('(function inner() { return new Error("theirs").stack })()'));
console.log(vm.runInNewContext('Error.prepareStackTrace = () => "their own"; new Error("theirs").stack'));

const hash = (text) => createHash('sha256').update(text).digest('hex');
Error.prepareStackTrace = (error, sites) => sites[0];
const source = fs.readFileSync(__filename, 'utf8');
console.log(new Error().stack.getScriptHash() === hash(source), new Error().stack.getPosition() === source.indexOf('new Error().stack.getPosition'));
console.log(eval('"é" && new Error().stack').getScriptHash() === hash('"é" && new Error().stack'));
const made = new Function('a', 'return new Error().stack')();
console.log(made.getScriptHash() === hash('(function anonymous(a\n) {\nreturn new Error().stack\n})'), made.getPosition());
Error.prepareStackTrace = (error, sites) => sites;
console.log(JSON.stringify([1].map(() => new Error().stack)[0][1].getScriptHash()));
const evaluated = eval('(function f() {\n  return new Error().stack;\n})()\n//# sourceURL=named.js')[0];
console.log(evaluated.getScriptNameOrSourceURL(), evaluated.getEnclosingLineNumber(), evaluated.getEnclosingColumnNumber());

async function fails() { await null; throw new Error('later'); }
(async () => {
  const sites = await Promise.all([1, fails()]).catch((error) => error.stack);
  const all = sites.find((site) => site.isPromiseAll());
  console.log(all.isAsync(), all.getPromiseIndex(), `${all}`, sites[0].getPromiseIndex());
  Error.prepareStackTrace = undefined;
  console.log(new Error('plain').stack.split('\n')[0]);
})();
