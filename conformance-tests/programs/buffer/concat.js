// concat joins, cuts and pads.
'use strict';
const parts = [Buffer.from('ab'), new Uint8Array([99]), Buffer.from('de')];
console.log(`${Buffer.concat(parts)}`, Buffer.concat(parts, 2), Buffer.concat(parts, 7), Buffer.concat([]), Buffer.concat([], 4));
for (const args of [[1], [['a']], [parts, 1.5]]) {
  try { Buffer.concat(...args); } catch (error) { console.log(error.code, error.message); }
}
