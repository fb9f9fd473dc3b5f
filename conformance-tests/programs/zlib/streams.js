// A gzip stream through its inverse, in chunks of its own size; a broken one emits an error.
const zlib = require('zlib');
const { Readable } = require('stream');
const gzip = zlib.createGzip({ chunkSize: 64 });
let n = 0;
Readable.from([Buffer.alloc(50000, 1), Buffer.alloc(50000, 2)]).pipe(gzip).pipe(zlib.createGunzip())
  .on('data', (chunk) => { n += chunk.length; })
  .on('end', () => {
    console.log(n, gzip.bytesWritten);
    zlib.createGunzip().on('error', (err) => console.log(err.code, err.message)).end('garbage, all of it');
  });
