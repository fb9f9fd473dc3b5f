// Typed arrays show their length and elements, Buffers their bytes.
const { inspect } = require('util');

console.log(inspect(new Uint8Array([1, 2, 255])));
console.log(inspect(new Float64Array([1.5, -0, NaN])));
console.log(inspect(new BigInt64Array([1n, -1n])));
console.log(inspect(new Uint16Array(0)));
console.log(inspect(Buffer.from('hello')));
console.log(inspect(new Uint8Array(3), { maxArrayLength: 1 }));
