// fill with numbers, text and bytes.
'use strict';
console.log(Buffer.alloc(5, 'ab'), Buffer.alloc(5).fill('é'), Buffer.alloc(4).fill(257), Buffer.alloc(6).fill('abcd', 1, 4));
console.log(Buffer.alloc(4).fill('6162', 'hex'), Buffer.alloc(5).fill(Buffer.from([1, 2])), Buffer.alloc(3).fill(''));
for (const args of [['zz', 'hex'], ['a', 0, 9], ['a', 0, 1, 'nope'], [new Uint8Array(0)]]) {
  try { Buffer.alloc(4).fill(...args); } catch (error) { console.log(error.name, error.code, error.message); }
}
