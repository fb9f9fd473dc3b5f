// deepStrictEqual() shows both values in one text. (Node 24 ends it with a line end, Node 20 didn't.)
const assert = require('assert');

function diff(a, b) {
  try {
    assert.deepStrictEqual(a, b);
  } catch (error) {
    console.log(error.message.trimEnd());
  }
}
diff({ a: 1, b: [1, 2, 3] }, { a: 1, b: [1, 2, '3'] });
diff([1, 2, 3], [1, 9, 3]);
diff({ x: 1 }, { x: 1, y: 2 });
diff(new Map([['a', 1]]), new Map([['a', 2]]));
