// Comparing whole buffers and parts of them.
'use strict';
const a = Buffer.from('abcd');
const b = Buffer.from('abce');
console.log(a.compare(b), b.compare(a), a.compare(a), Buffer.compare(a, b), a.equals(b), a.equals(new Uint8Array([97, 98, 99, 100])));
console.log(a.compare(b, 0, 3, 0, 3), a.compare(b, 3, 4, 0, 1), a.compare(b, 4), a.compare(b, 0, 0, 1, 1));
console.log([b, a, Buffer.from('')].sort(Buffer.compare).map(String));
for (const f of [() => a.compare('x'), () => a.compare(b, 0, 100), () => a.equals(1)]) {
  try { f(); } catch (error) { console.log(error.code, error.message); }
}
