'use strict';

// Both ends know their addresses.

const net = require('net');
const server = net.createServer((socket) => {
  console.log(socket.remoteAddress, socket.remoteFamily, socket.localAddress, socket.localFamily);
  console.log(socket.localPort === server.address().port, typeof socket.remotePort);
  socket.end();
}).listen(0, '127.0.0.1', () => {
  const { address, family } = server.address();
  console.log(address, family);
  const client = net.connect(server.address().port, '127.0.0.1', () => {
    console.log(client.remotePort === server.address().port, client.address().family);
  });
  client.resume().on('close', () => server.close());
});
