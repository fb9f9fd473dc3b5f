// How a Buffer is shown.
'use strict';
const buffer = require('buffer');
const b = Buffer.from('abc');
console.log(b, Buffer.alloc(0), [b], Buffer.alloc(60));
b.note = 'x';
console.log(b);
buffer.INSPECT_MAX_BYTES = 2;
console.log(b, JSON.stringify(b), String(b));
console.log(Object.prototype.toString.call(b), Buffer.isBuffer(b), Buffer.isBuffer(new Uint8Array(1)), Buffer.isEncoding('HEX'));
