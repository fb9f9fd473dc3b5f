'use strict';

// A megabyte arrives whole; the write's callback comes when all of it is sent.

const net = require('net');
const size = 1 << 20;
const server = net.createServer((socket) => {
  let received = 0;
  socket.on('data', (chunk) => { received += chunk.length; });
  socket.on('end', () => {
    console.log('received', received);
    server.close();
  });
}).listen(0, '127.0.0.1', () => {
  const client = net.connect(server.address().port, '127.0.0.1', () => {
    client.resume();
    client.write(Buffer.alloc(size), () => {
      console.log('written', client.writableLength);
      client.end();
    });
  });
});
