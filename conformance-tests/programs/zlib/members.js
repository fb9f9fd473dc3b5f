// Gzip members that follow each other are one text; zeros after them are ignored; crc32 goes on.
const zlib = require('zlib');
const both = Buffer.concat([zlib.gzipSync('abc'), zlib.gzipSync('def'), Buffer.alloc(10)]);
console.log(zlib.gunzipSync(both).toString());
const info = zlib.gzipSync('x', { info: true });
console.log(Buffer.isBuffer(info.buffer), info.engine instanceof zlib.Gzip);
console.log(zlib.constants.Z_BEST_COMPRESSION, zlib.codes.Z_DATA_ERROR, zlib.codes['-3']);
