// Structures that contain themselves are compared without end.
const assert = require('assert');

const make = () => {
  const node = { name: 'n', list: [] };
  node.list.push(node, { up: node });
  return node;
};
assert.deepStrictEqual(make(), make());
const other = make();
other.list[1].up = {};
assert.notDeepStrictEqual(make(), other);
const set = new Set();
set.add(set);
const set2 = new Set();
set2.add(set2);
assert.deepStrictEqual(set, set2);
console.log('equal');
