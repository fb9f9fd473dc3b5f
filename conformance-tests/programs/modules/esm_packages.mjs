// Import conditions, packages, default and named exports.
import dual, { kind } from './fixtures/node_modules/dual/a.mjs';
import names, { a, b, c } from './fixtures/names.cjs';
import { a as again } from './fixtures/reexport.cjs';
import data from './fixtures/data.json' with { type: 'json' };
console.log(dual, kind, names, a, b, c, again, data);
const ns = await import('./fixtures/names.cjs');
console.log(Object.keys(ns).filter((k) => k !== 'module.exports').sort());
