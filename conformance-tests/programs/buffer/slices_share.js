// slice and subarray share memory; map and filter of a typed array don't.
'use strict';
const b = Buffer.from('abcdef');
const s = b.slice(1, 4);
s[0] = 0x7a;
console.log(`${b}`, `${b.subarray(-2)}`, `${b.slice(4, 2)}`, `${b.slice(-3, -1)}`, s.parent === b.buffer, s.offset === b.offset + 1);
const m = b.map((x) => x - 32);
console.log(`${m}`, m instanceof Buffer, b.filter((x) => x > 99) instanceof Buffer, m.buffer === b.buffer);
