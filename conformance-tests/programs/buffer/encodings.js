// Each encoding writes and reads its own text.
'use strict';
const text = 'héllo €';
for (const encoding of ['utf8', 'utf16le', 'latin1', 'ascii', 'base64', 'base64url', 'hex', 'UCS-2', 'binary']) {
  const bytes = Buffer.from('aGk', encoding);
  console.log(encoding, bytes, bytes.toString(encoding), Buffer.byteLength(text, encoding));
}
console.log(Buffer.from(text).toString('latin1'), Buffer.from(text, 'latin1'));
try { Buffer.from('x', 'utf7'); } catch (error) { console.log(error.code, error.message); }
