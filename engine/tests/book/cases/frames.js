function depth() { try { return 1 + depth(); } catch (error) { return 1; } }
print('the same depth twice', depth() === depth());
function deep(n) { return n === 0 ? 0 : 1 + deep(n - 1); }
print(deep(5000));
function sum() { 'use strict'; let s = 0; for (let i = 0; i < arguments.length; i++) s += arguments[i]; return s; }
print(sum(1, 2, 3), sum.call(null, 4, 5), sum.apply(null, [6, 7]), sum.bind(null, 8)(9));
async function inner() { await null; throw new Error('late'); }
async function outer() { await inner(); }
outer().catch((error) => print(error.stack));

// A callback's frame stands on its caller's, whoever that is: `map` takes no native stack either.
const nested = (n) => n === 0 ? 0 : [n].map((k) => 1 + nested(k - 1))[0];
print('nested callbacks', nested(1000));
