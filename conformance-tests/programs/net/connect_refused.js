'use strict';

// A refused connection is an 'error' with code, address and port, then 'close'.

const net = require('net');
const server = net.createServer().listen(0, '127.0.0.1', () => {
  const { port } = server.address();
  server.close(() => {
    const client = net.connect(port, '127.0.0.1');
    client.on('error', (err) => {
      console.log(err.code, err.syscall, err.address, err.port === port, err.errno);
      console.log(err.message.replace(port, 'PORT'));
    });
    client.on('close', (hadError) => console.log('close', hadError));
  });
});
