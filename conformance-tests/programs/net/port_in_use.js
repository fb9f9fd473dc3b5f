'use strict';

// Listening on a port that is taken is EADDRINUSE.

const net = require('net');
const first = net.createServer().listen(0, '127.0.0.1', () => {
  const { port } = first.address();
  const second = net.createServer().listen(port, '127.0.0.1');
  second.on('error', (err) => {
    console.log(err.code, err.syscall, err.address, err.port === port);
    console.log(err.message.replace(port, 'PORT'));
    first.close();
  });
});
