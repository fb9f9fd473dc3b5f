// What each assertion says when it fails.
const assert = require('assert');

function fails(check) {
  try {
    check();
    console.log('passed');
  } catch (error) {
    console.log(`${error.name} ${error.code} ${error.operator}\n${error.message}`);
  }
}
fails(() => assert.equal(1, 2));
fails(() => assert.notEqual(1, 1));
fails(() => assert.strictEqual(1, '1'));
fails(() => assert.notStrictEqual(1, 1));
fails(() => assert.fail());
fails(() => assert.fail('because'));
fails(() => assert.ifError(new Error('unwanted')));
fails(() => assert.match('abc', /x/));
fails(() => assert.doesNotMatch('abc', /a/));
fails(() => assert.equal(NaN, NaN));
