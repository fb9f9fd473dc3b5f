// Keyed codes: keys as text, bytes, key objects; keys longer than a block.
const crypto = require('crypto');
const key = crypto.createSecretKey(Buffer.from('secret'));
console.log(crypto.createHmac('sha256', 'secret').update('data').digest('hex'));
console.log(crypto.createHmac('sha256', key).update('data').digest('hex'));
console.log(crypto.createHmac('sha512', Buffer.alloc(500, 7)).update('data').digest('base64'));
console.log(key.type, key.symmetricKeySize, key.export(), key.export({ format: 'jwk' }), key.equals(key));
const done = crypto.createHmac('md5', 'k');
console.log(done.digest('hex'), done.digest('hex'));
try {
  crypto.createHmac('none', 'k');
} catch (err) {
  console.log(err.code, err.message);
}
