// Maps and sets show their size and entries.
const { inspect } = require('util');

console.log(inspect(new Map([['a', 1], [{ k: 1 }, [2]]])));
console.log(inspect(new Set([1, 'two', { three: 3 }])));
console.log(inspect(new Map()), inspect(new Set()));
console.log(inspect(new Set(Array.from({ length: 5 }, (_, i) => i)), { maxArrayLength: 2 }));
console.log(inspect(Object.assign(new Map([[1, 2]]), { extra: true })));
console.log(inspect(new WeakMap()), inspect(new WeakSet()));
