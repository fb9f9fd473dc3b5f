// base64 takes both alphabets, skips what is in neither, and ends at the padding.
'use strict';
for (const text of ['aGVsbG8=', 'aGVsbG8', 'aGVs\nbG8=', '-_+/', 'aGk=aGk=', '=', 'a', 'ab', '*a*b*c*d', 'aGk\u20ac']) {
  console.log(JSON.stringify(text), Buffer.from(text, 'base64'), Buffer.byteLength(text, 'base64'));
}
console.log(Buffer.from([251, 255, 191]).toString('base64'), Buffer.from([251, 255]).toString('base64url'));
