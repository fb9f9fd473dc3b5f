'use strict';

// A server with maxConnections drops the connections that are too many.

const net = require('net');
const server = net.createServer((socket) => socket.resume());
server.maxConnections = 1;
server.on('drop', (data) => {
  console.log('drop', data.localAddress, data.remoteFamily);
});
server.listen(0, '127.0.0.1', () => {
  const { port } = server.address();
  const first = net.connect(port, '127.0.0.1', () => {
    const second = net.connect(port, '127.0.0.1');
    second.on('error', () => {});
    second.resume();
    second.on('close', () => {
      server.getConnections((err, count) => {
        console.log(err, count);
        first.end();
        server.close();
      });
    });
  });
  first.resume();
});
