// Every format gives back what went in, at once and with a callback.
const zlib = require('zlib');
const text = 'some text, '.repeat(1000);
const pairs = [['gzip', 'gunzip'], ['deflate', 'inflate'], ['deflateRaw', 'inflateRaw'], ['brotliCompress', 'brotliDecompress'],
               ['gzip', 'unzip'], ['deflate', 'unzip']];
for (const [pack, unpack] of pairs) {
  const packed = zlib[`${pack}Sync`](text);
  console.log(pack, unpack, packed.length < 200, zlib[`${unpack}Sync`](packed).toString() === text);
}
zlib.gzip(text, (err, packed) => {
  zlib.gunzip(packed, (err2, back) => console.log(err, err2, back.length));
});
