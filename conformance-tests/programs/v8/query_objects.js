'use strict';
// v8.queryObjects(): the objects in use that have a constructor's prototype in their chain.
const v8 = require('v8');

class A { a = 1; }
class B extends A {}
const kept = [new A(), new B(), { inner: new A() }];
(() => { for (let i = 0; i < 10; i++) new A(); })();
console.log(v8.queryObjects(A), v8.queryObjects(B), v8.queryObjects(class {}));
console.log(v8.queryObjects(A, { format: 'summary' }).sort(), kept.length);
for (const args of [[], [5], [A, 5], [A, { format: 'all' }]]) {
  try {
    console.log(v8.queryObjects(...args));
  } catch (error) {
    console.log(error.name, error.code, error.message);
  }
}
