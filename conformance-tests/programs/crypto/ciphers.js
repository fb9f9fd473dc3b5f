// AES there and back in each mode; a wrong key, tag or length is told.
const crypto = require('crypto');
for (const name of ['aes-128-cbc', 'aes-192-ctr', 'aes-256-ecb', 'aes-256-gcm', 'aes-128-gcm']) {
  const { keyLength, ivLength } = crypto.getCipherInfo(name);
  const key = Buffer.alloc(keyLength, 3);
  const iv = name.endsWith('ecb') ? null : Buffer.alloc(ivLength, 5);
  const cipher = crypto.createCipheriv(name, key, iv);
  if (name.endsWith('gcm')) cipher.setAAD(Buffer.from('header'));
  const text = cipher.update('a text of more than one block', 'utf8', 'hex') + cipher.final('hex');
  const decipher = crypto.createDecipheriv(name, key, iv);
  if (name.endsWith('gcm')) decipher.setAAD(Buffer.from('header')).setAuthTag(cipher.getAuthTag());
  console.log(name, text, decipher.update(text, 'hex', 'utf8') + decipher.final('utf8'));
}
const bad = crypto.createDecipheriv('aes-256-gcm', Buffer.alloc(32), Buffer.alloc(12));
bad.update('00', 'hex');
bad.setAuthTag(Buffer.alloc(16));
for (const f of [() => bad.final(), () => crypto.createCipheriv('none', '', ''),
                 () => crypto.createCipheriv('aes-128-cbc', Buffer.alloc(5), Buffer.alloc(16)),
                 () => crypto.createCipheriv('aes-128-cbc', Buffer.alloc(16), Buffer.alloc(5)),
                 () => crypto.createDecipheriv('aes-128-cbc', Buffer.alloc(16), Buffer.alloc(16)).final()]) {
  try {
    f();
  } catch (err) {
    console.log(err.name, err.code, err.message);
  }
}
