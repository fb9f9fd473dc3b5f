// Broken input has zlib's words, code and number; bad options throw.
const zlib = require('zlib');
function attempt(f) {
  try {
    console.log(f().toString());
  } catch (err) {
    console.log(err.name, err.code, err.errno, err.message);
  }
}
const packed = zlib.gzipSync('hello hello hello');
attempt(() => zlib.gunzipSync(Buffer.from('this is not gzip')));
attempt(() => zlib.gunzipSync(packed.subarray(0, 15)));
attempt(() => zlib.gunzipSync(packed.subarray(0, -10), { finishFlush: zlib.constants.Z_SYNC_FLUSH }));
attempt(() => zlib.inflateSync(zlib.deflateSync('abc', { dictionary: Buffer.from('abc') })));
attempt(() => zlib.inflateSync(zlib.deflateSync('abc', { dictionary: Buffer.from('abc') }), { dictionary: Buffer.from('xyz') }));
attempt(() => zlib.inflateSync(zlib.deflateSync('abc', { dictionary: Buffer.from('abc') }), { dictionary: Buffer.from('abc') }));
attempt(() => zlib.gunzipSync(packed, { maxOutputLength: 5 }));
attempt(() => zlib.createGzip({ level: 10 }));
attempt(() => zlib.createGzip({ chunkSize: 1 }));
attempt(() => zlib.deflateSync(5));
zlib.gunzip('nope', (err, result) => console.log(err.code, result));
