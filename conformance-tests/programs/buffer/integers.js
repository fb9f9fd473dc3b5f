// Integers of each width, in both byte orders, with Node's errors for those that don't fit.
'use strict';
const b = Buffer.alloc(8);
console.log(b.writeInt16BE(-2, 1), b.writeUInt32LE(0xdeadbeef, 4), b);
console.log(b.readInt16BE(1), b.readUInt32LE(4), b.readInt32LE(4), b.readUintBE(4, 3), b.readIntLE(2, 6));
console.log(b.writeIntBE(-123456789012, 2, 6), b, b.readIntBE(2, 6));
const tries = [() => b.writeInt8(128), () => b.writeUInt16LE(-1), () => b.readUInt32BE(5), () => b.readInt8('1'),
               () => b.readInt8(1.5), () => b.writeUIntBE(2 ** 40, 0, 5), () => b.readUIntLE(0, 7), () => Buffer.alloc(1).readInt16LE()];
for (const f of tries) {
  try { console.log(f()); } catch (error) { console.log(error.name, error.code, error.message); }
}
