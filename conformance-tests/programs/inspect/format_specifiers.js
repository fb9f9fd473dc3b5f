// util.format() fills specifiers and appends what is left.
const { format } = require('util');

console.log(format('%s %s', 'a', 1n, 'rest', { b: 1 }));
console.log(format('%d %i %f', '42.5', '42.5', '42.5'));
console.log(format('%j %j', { a: 1 }, undefined));
console.log(format('%o', [1]));
console.log(format('%O %c|', { a: { b: { c: { d: 1 } } } }, 'css'));
console.log(format('%% %x %s'));
console.log(format('%s', null, undefined, -0, Symbol('s'), [1, [2, [3]]]));
console.log(format('%s', { toString() { return 'own'; } }));
const cycle = {};
cycle.cycle = cycle;
console.log(format('%j', cycle));
console.log(format(1, 'two', '%s'));
