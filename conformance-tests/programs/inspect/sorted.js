// `sorted` orders keys, map entries and set values; a function is the comparison.
const { inspect } = require('util');

console.log(inspect({ c: 1, a: 2, b: 3 }, { sorted: true }));
console.log(inspect(new Set(['b', 'a']), { sorted: true }));
console.log(inspect(new Map([['z', 1], ['y', 2]]), { sorted: true }));
console.log(inspect({ a: 1, b: 2 }, { sorted: (x, y) => (x < y ? 1 : -1) }));
