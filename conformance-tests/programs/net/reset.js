'use strict';

// resetAndDestroy gives the other end ECONNRESET.

const net = require('net');
const server = net.createServer((socket) => {
  socket.on('error', (err) => console.log('server', err.code, err.syscall));
  socket.on('close', (hadError) => {
    console.log('close', hadError);
    server.close();
  });
  socket.resume();
  socket.write('ready');
}).listen(0, '127.0.0.1', () => {
  const client = net.connect(server.address().port, '127.0.0.1');
  client.once('data', () => client.resetAndDestroy());
});
