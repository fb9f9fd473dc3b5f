// write puts whole characters only and says how many bytes that were.
'use strict';
const b = Buffer.alloc(6, '.');
console.log(b.write('a€€'), b, b.write('zz', 4), b.write('yyyy', 1, 2), b.write('ff00', 'hex'), b.write('é', 5, 'latin1'), b);
console.log(Buffer.alloc(3).write('ab', 'utf16le'), b.write(''), b.utf8Write('q', 2), b.latin1Slice(0, 3));
for (const args of [['a', 7], ['a', -1], ['a', 0, 9], [5], ['a', 'nope']]) {
  try { b.write(...args); } catch (error) { console.log(error.code); }
}
