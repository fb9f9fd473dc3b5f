// In assert.strict the loose names are the strict functions.
const assert = require('assert');
const strict = require('assert/strict');

console.log(strict === assert.strict, strict.equal === strict.strictEqual, strict.strict === strict);
console.log(assert.equal === assert.strictEqual);
assert.equal(1, '1');
try {
  strict.equal(1, '1');
} catch (error) {
  console.log(error.message);
}
try {
  assert.strictEqual(1);
} catch (error) {
  console.log(error.code, error.message);
}
