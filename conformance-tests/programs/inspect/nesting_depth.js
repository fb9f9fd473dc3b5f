// Objects below `depth` (2 unless told otherwise) are only named.
const { inspect } = require('util');

class Point {}
const value = { a: { b: { c: { d: 1 }, list: [1], map: new Map(), point: new Point(), full: Object.assign(new Point(), { x: 1 }) } } };
console.log(inspect(value));
console.log(inspect(value, { depth: 0 }));
console.log(inspect(value, { depth: null }));
console.log(inspect(value, false, 1));
