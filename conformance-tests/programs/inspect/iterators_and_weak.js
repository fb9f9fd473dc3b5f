'use strict';
// What is left in the iterator of a map or set is shown without moving it; with showHidden also what weak ones hold.
const { inspect } = require('util');

const map = new Map([['a', 1], ['b', { c: 2 }]]);
const entries = map.entries();
console.log(entries, map.keys(), map.values());
entries.next();
console.log(entries, [...entries]);
console.log(new Set([1, 2]).values(), new Set(['x']).entries());
const key = { k: 1 };
console.log(inspect(new WeakMap([[key, 'v']]), { showHidden: true }), inspect(new WeakSet([key]), { showHidden: true }));
console.table(map.entries());
console.table(new Set(['y']).values());
