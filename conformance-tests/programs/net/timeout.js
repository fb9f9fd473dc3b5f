'use strict';

// setTimeout tells of silence and closes nothing.

const net = require('net');
const server = net.createServer((socket) => socket.resume()).listen(0, '127.0.0.1', () => {
  const client = net.connect(server.address().port, '127.0.0.1');
  client.setTimeout(30, () => {
    console.log('timeout', client.destroyed, client.timeout);
    client.end();
  });
  client.resume();
  client.on('close', () => server.close(() => console.log('closed')));
});
