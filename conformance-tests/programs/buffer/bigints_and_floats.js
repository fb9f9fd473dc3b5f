// BigInts and floating point numbers in bytes.
'use strict';
const b = Buffer.alloc(16);
b.writeBigInt64BE(-5n);
b.writeBigUInt64LE(2n ** 64n - 1n, 8);
console.log(b, b.readBigInt64BE(), b.readBigUInt64LE(8));
b.writeFloatLE(1.1);
b.writeDoubleBE(-0, 8);
console.log(b, b.readFloatLE(), Object.is(b.readDoubleBE(8), -0), b.readDoubleLE());
try { b.writeBigInt64LE(2n ** 63n); } catch (error) { console.log(error.code, error.message); }
try { b.writeBigInt64LE(1); } catch (error) { console.log(error.name); }
