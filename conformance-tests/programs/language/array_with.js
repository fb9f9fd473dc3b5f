'use strict';
// Array.prototype.with: a copy with one element changed.

const list = [1, 2, 3];
console.log(list.with(0, 'a'), list.with(-1, 'z'), list);
// Holes become undefined, and the method takes whatever has a length.
console.log([1, , 3].with(0, 0), Array.prototype.with.call({ length: 2, 1: 'b' }, 0, 'a'));
for (const index of [3, -4, Infinity]) {
  try {
    list.with(index, 0);
  } catch (error) {
    console.log(String(error));
  }
}
// The index is converted before anything is read, and a getter may change what comes after it.
const order = [];
const tricky = [1, 2, 3];
Object.defineProperty(tricky, 0, { get() { order.push('get 0'); tricky.length = 1; return 'x'; } });
console.log(tricky.with({ valueOf() { order.push('index'); return 1; } }, 'new'), order);
