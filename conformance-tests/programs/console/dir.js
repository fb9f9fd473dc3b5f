// dir() inspects with options and ignores custom inspection.
const { inspect } = require('util');
console.dir({ a: { b: { c: { d: 1 } } } }, { depth: 0 });
console.dir({ a: { b: { c: { d: 1 } } } }, { depth: null });
console.dir([1, 2, 3]);
console.dir({ [inspect.custom]: () => 'custom', x: 1 }, { customInspect: true });
console.dirxml({ a: 1 }, [2]);
