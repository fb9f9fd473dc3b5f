// A StringDecoder holds back what is not complete.
'use strict';
const { StringDecoder } = require('string_decoder');
for (const encoding of ['utf8', 'utf16le', 'base64', 'hex', 'latin1']) {
  const decoder = new StringDecoder(encoding);
  const out = [];
  for (const byte of Buffer.from('a€😀é')) out.push(decoder.write(Buffer.from([byte])));
  console.log(encoding, JSON.stringify(out), JSON.stringify(decoder.end()));
}
const decoder = new StringDecoder();
console.log(decoder.write(Buffer.from([0xe2, 0x82])), decoder.lastNeed, decoder.lastTotal, decoder.encoding, decoder.end(Buffer.from([0x41])));
try { new StringDecoder('nope'); } catch (error) { console.log(error.code, error.message); }
try { decoder.write(1); } catch (error) { console.log(error.code); }
