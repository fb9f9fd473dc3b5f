'use strict';
// With serialization: 'advanced' messages are structured clones, however large.
const { fork } = require('child_process');

if (process.argv[2] === 'child') {
  process.on('message', (message) => process.send(message));
  return;
}
const circular = {};
circular.self = circular;
const messages = [
  { map: new Map([['a', 1]]), set: new Set([1]), big: 2n, date: new Date(0) },
  { bytes: new Uint8Array([1, 2]), floats: new Float64Array([0.5]), buffer: Buffer.from('hi') },
  new RangeError('too far').message, undefined, circular, new Uint8Array(300_000).fill(7),
].filter((message) => message !== undefined);
const child = fork(__filename, ['child'], { serialization: 'advanced' });
for (const message of messages) child.send(message);
let received = 0;
child.on('message', (message) => {
  console.log(message.length > 1000 ? [message.length, message.at(-1)] : message);
  if (++received === messages.length) child.disconnect();
});
child.on('exit', (code) => console.log('exit', code));
