// throws() checks what was thrown by class, text, function or properties.
const assert = require('assert');

const boom = () => { throw Object.assign(new TypeError('bad value'), { code: 'E_BAD' }); };
assert.throws(boom, TypeError);
assert.throws(boom, /bad/);
assert.throws(boom, { name: 'TypeError', message: /value$/, code: 'E_BAD' });
assert.throws(boom, (error) => error.code === 'E_BAD');
assert.doesNotThrow(() => {});
for (const check of [
  () => assert.throws(() => {}),
  () => assert.throws(() => {}, RangeError, 'note'),
  () => assert.throws(boom, /good/),
  () => assert.throws(boom, { code: 'E_GOOD' }),
  () => assert.throws(boom, () => false),
  () => assert.doesNotThrow(boom, 'note'),
  () => assert.throws('no function'),
]) {
  try {
    check();
  } catch (error) {
    console.log(error.code, error.message.trimEnd());
  }
}
