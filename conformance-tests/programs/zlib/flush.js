// flush() gets out what was written so far; params() changes the level between two writes.
const zlib = require('zlib');
const deflate = zlib.createDeflate({ level: 0 });
const inflate = zlib.createInflate();
deflate.pipe(inflate);
inflate.on('data', (chunk) => console.log(String(chunk)));
deflate.write('first');
deflate.flush(() => {
  setTimeout(() => {
    deflate.params(9, zlib.constants.Z_DEFAULT_STRATEGY, (err) => {
      console.log('params', err);
      deflate.end('second');
    });
  }, 20);
});
