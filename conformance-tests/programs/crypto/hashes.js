// Digests in their encodings; the second digest of a hash throws, and so does an unknown name.
const crypto = require('crypto');
for (const name of ['md5', 'sha1', 'sha224', 'sha256', 'sha384', 'sha512', 'sha512-256', 'sha3-256', 'ripemd160', 'blake2b512',
                    'blake2s256', 'RSA-SHA256']) {
  console.log(name, crypto.createHash(name).update('abc').digest('base64'));
}
const hash = crypto.createHash('sha1').update('a');
const copy = hash.copy();
console.log(hash.update('b').digest('hex'), copy.digest('latin1').length);
for (const f of [() => hash.update('c'), () => hash.digest(), () => hash.copy(), () => crypto.createHash('none'),
                 () => crypto.createHash('md5').update(5)]) {
  try {
    f();
  } catch (err) {
    console.log(err.name, err.message);
  }
}
console.log(crypto.createHash('md5').update(new Uint16Array([1, 2])).digest('hex'));
