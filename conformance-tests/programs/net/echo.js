'use strict';

// A client and a server talk over TCP; the events of both ends in order.

const net = require('net');
const server = net.createServer((socket) => {
  socket.on('data', (chunk) => socket.write(`echo ${chunk}`));
  socket.on('end', () => console.log('server end'));
  socket.on('close', () => server.close(() => console.log('server closed')));
});
server.listen(0, '127.0.0.1', () => {
  const client = net.connect(server.address().port, '127.0.0.1', () => client.write('one'));
  client.on('data', (chunk) => {
    console.log(String(chunk));
    client.end();
  });
});
