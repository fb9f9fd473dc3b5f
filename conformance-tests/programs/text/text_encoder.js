// TextEncoder and encodeInto.
'use strict';
const encoder = new TextEncoder();
console.log(encoder.encode('é€\ud800'), encoder.encode(), encoder.encoding);
const target = new Uint8Array(5);
console.log(encoder.encodeInto('a€€', target), target, encoder.encodeInto('', target));
try { encoder.encodeInto('a', []); } catch (error) { console.log(error.code); }
