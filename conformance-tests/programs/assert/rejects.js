// rejects() and doesNotReject() return promises.
const assert = require('assert');

(async () => {
  await assert.rejects(Promise.reject(new Error('x')), /x/);
  await assert.rejects(async () => { throw new TypeError('y'); }, TypeError);
  await assert.doesNotReject(Promise.resolve(1));
  await assert.rejects(assert.rejects(Promise.resolve(1)), { message: 'Missing expected rejection.' });
  await assert.rejects(assert.doesNotReject(Promise.reject(new Error('z'))), /Got unwanted rejection/);
  await assert.rejects(assert.rejects(() => 1), { code: 'ERR_INVALID_RETURN_VALUE' });
  console.log('done');
})();
