// AssertionError can be made by hand; a thrown Error as message is thrown itself.
const assert = require('assert');

const error = new assert.AssertionError({ actual: 1, expected: 2, operator: 'strictEqual' });
console.log(error instanceof Error, error.name, error.code, error.generatedMessage);
console.log(error.message);
console.log(new assert.AssertionError({ message: 'mine', actual: [1] }).message);
const own = new RangeError('own');
try {
  assert.deepEqual(1, 2, own);
} catch (thrown) {
  console.log(thrown === own);
}
try {
  new assert.AssertionError('text');
} catch (thrown) {
  console.log(thrown.code);
}
