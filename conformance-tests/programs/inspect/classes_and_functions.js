// Functions by kind and name, classes with what they extend.
const { inspect } = require('util');

class A {}
class B extends A { static x = 1; }
console.log(inspect([function named() {}, function() {}, () => {}, async () => {}, function* g() {}, async function* ag() {}]));
console.log(inspect(A), inspect(B), inspect(class {}), inspect(class extends Map {}));
console.log(inspect(Object.assign(function f() {}, { prop: 1 })));
console.log(inspect({ method() {}, arrow: () => {} }));
console.log(inspect(Math.max), inspect(Map));
