// copy within bounds, over itself, and out of bounds.
'use strict';
const a = Buffer.from('abcdefgh');
const b = Buffer.alloc(4, '.');
console.log(a.copy(b, 1), `${b}`, a.copy(b, 0, 6), `${b}`, a.copy(b, 4), a.copy(b, 0, 8));
console.log(a.copy(a, 2, 0, 4), `${a}`);
for (const args of [[b, -1], [b, 0, 99], [b, 0, -1], [b, 0, 0, -1], ['x'], []]) {
  try { console.log(a.copy(...args)); } catch (error) { console.log(error.code, error.message); }
}
