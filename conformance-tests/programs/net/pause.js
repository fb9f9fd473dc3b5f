'use strict';

// A paused socket holds its data back.

const net = require('net');
const server = net.createServer((socket) => socket.end('held')).listen(0, '127.0.0.1', () => {
  const client = net.connect(server.address().port, '127.0.0.1');
  client.pause();
  client.on('data', (chunk) => console.log(String(chunk)));
  client.on('end', () => server.close());
  setTimeout(() => {
    console.log('resume', client.isPaused());
    client.resume();
  }, 40);
});
