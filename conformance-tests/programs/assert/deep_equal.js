// Loose and strict deep equality.
Error.stackTraceLimit = 0;
const assert = require('assert');

const pairs = [
  [{ a: 1 }, { a: '1' }], [[1, 2], [1, 2]], [new Set([1, 2]), new Set([2, 1])], [new Date(0), new Date(0)],
  [/a/g, /a/i], [{ a: undefined }, {}], [[1, , 3], [1, undefined, 3]], [new Map([[{ a: 1 }, 1]]), new Map([[{ a: 1 }, 1]])],
  [Object.create(null), {}], [NaN, NaN], [0, -0], [new Error('a'), new Error('a')], [new Error('a'), new Error('b')],
  [new Number(1), new Number(1)], [new Uint8Array([1]), new Uint8Array([1])], [[1], { 0: 1 }],
];
const holds = (check) => {
  try {
    check();
    return true;
  } catch {
    return false;
  }
};
for (const [a, b] of pairs) {
  console.log(a, b, holds(() => assert.deepEqual(a, b)), holds(() => assert.deepStrictEqual(a, b)));
}
