// Swapping byte order in place.
'use strict';
const b = Buffer.from([1, 2, 3, 4, 5, 6, 7, 8]);
console.log(b.swap16(), b.swap32(), b.swap64() === b, b);
for (const name of ['swap16', 'swap32', 'swap64']) {
  try { Buffer.alloc(3)[name](); } catch (error) { console.log(error.name, error.code, error.message); }
}
