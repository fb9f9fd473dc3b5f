// Keys from passwords (PBKDF2, scrypt) and from keys (HKDF), now and later.
const crypto = require('crypto');
console.log(crypto.pbkdf2Sync('password', 'salt', 100, 24, 'sha1').toString('hex'));
console.log(crypto.pbkdf2Sync('password', 'salt', 3, 40, 'sha3-256').toString('hex'));
console.log(crypto.scryptSync('password', 'salt', 16, { N: 1024, r: 4, p: 2 }).toString('hex'));
console.log(Buffer.from(crypto.hkdfSync('sha256', 'key', 'salt', 'info', 20)).toString('hex'));
for (const f of [() => crypto.pbkdf2Sync('p', 's', 1, 8, 'none'),
                 () => crypto.pbkdf2Sync('p', 's', 0, 8, 'sha1')]) {
  try {
    f();
  } catch (err) {
    console.log(err.name, err.code, err.message);
  }
}
crypto.pbkdf2('password', 'salt', 1, 8, 'sha512', (err, key) => {
  console.log(err, key);
  crypto.scrypt('password', 'salt', 8, (err2, key2) => console.log(err2, key2));
});
