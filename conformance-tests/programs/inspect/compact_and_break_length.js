// `compact` and `breakLength` decide how much stands on a line.
const { inspect } = require('util');

const value = { a: 1, b: { c: [1, 2, { d: 'x' }] }, e: 'text' };
console.log(inspect(value, { compact: false }));
console.log(inspect(value, { compact: true }));
console.log(inspect(value, { compact: true, breakLength: 20 }));
console.log(inspect(value, { breakLength: 20 }));
console.log(inspect(value, { compact: 1 }));
console.log(inspect(value, { breakLength: Infinity, compact: 10 }));
