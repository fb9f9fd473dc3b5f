// Sizes that allocation refuses.
'use strict';
for (const name of ['alloc', 'allocUnsafe', 'allocUnsafeSlow']) {
  for (const size of ['1', -1, NaN, Infinity, undefined]) {
    try { console.log(Buffer[name](size)); } catch (error) { console.log(name, error.name, error.code); }
  }
}
console.log(Buffer.allocUnsafe(0).length, Buffer.alloc(2.7).length, Buffer.poolSize);
