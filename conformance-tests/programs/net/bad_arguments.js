'use strict';

// Wrong arguments throw at once.

const net = require('net');
const attempts = [
  () => net.connect(),
  () => net.connect({ port: 70000 }),
  () => net.connect({ port: 1, localAddress: 'nonsense' }),
  () => net.createServer().listen(-1),
  () => net.createServer().listen({}),
  () => new net.Socket({ objectMode: true }),
  () => new net.Socket().setTimeout('x'),
  () => net.createServer('x'),
];
for (const attempt of attempts) {
  try {
    attempt();
    console.log('nothing thrown');
  } catch (err) {
    console.log(err.name, err.code);
  }
}
