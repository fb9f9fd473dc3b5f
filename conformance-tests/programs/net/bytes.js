'use strict';

// bytesRead and bytesWritten count what went over the wire, also before the connection is there.

const net = require('net');
const server = net.createServer((socket) => socket.end('12345')).listen(0, '127.0.0.1', () => {
  const client = net.connect(server.address().port, '127.0.0.1');
  client.write('abc');
  client.write(Buffer.alloc(7));
  console.log('queued', client.bytesWritten, client.connecting, client.readyState);
  client.resume();
  client.on('close', () => {
    console.log(client.bytesRead, client.bytesWritten, client.destroyed);
    server.close();
  });
  client.on('connect', () => client.end());
});
