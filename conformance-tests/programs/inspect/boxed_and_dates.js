// Boxed primitives, dates and regular expressions.
const { inspect } = require('util');

console.log(inspect([new Number(3), new String('abc'), new Boolean(false), Object(1n), Object(Symbol('s'))]));
console.log(inspect(Object.assign(new String('ab'), { extra: 1 })));
console.log(inspect(new Date(0)), inspect(new Date(NaN)));
console.log(inspect(/a+b/gi), inspect(Object.assign(/x/, { note: 'y' })));
