// TextDecoder: labels, byte order marks, streams, fatal errors.
'use strict';
console.log(new TextDecoder('latin1').encoding, new TextDecoder('UTF8').encoding, new TextDecoder('ucs-2').encoding, new TextDecoder(' sjis ').encoding);
const bytes = new Uint8Array([0xef, 0xbb, 0xbf, 0x61, 0xe2, 0x82, 0xac]);
console.log(JSON.stringify(new TextDecoder().decode(bytes)), JSON.stringify(new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes)));
const decoder = new TextDecoder();
console.log([bytes.subarray(0, 5), bytes.subarray(5)].map((part, i) => decoder.decode(part, { stream: i === 0 })));
console.log(new TextDecoder('shift_jis').decode(new Uint8Array([0x82, 0xa0])), new TextDecoder('koi8-r').decode(new Uint8Array([0xc1])));
console.log(JSON.stringify(new TextDecoder('utf-16le').decode(new Uint8Array([0x3d, 0xd8, 0x41, 0]))));
try { new TextDecoder('utf-8', { fatal: true }).decode(new Uint8Array([0xff])); } catch (error) { console.log(error.name, error.code, error.message); }
try { new TextDecoder('nope'); } catch (error) { console.log(error.name, error.code, error.message); }
