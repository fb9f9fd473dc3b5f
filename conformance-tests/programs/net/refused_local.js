'use strict';
// The error of a refused connection names the local end that the program chose.
const net = require('net');

const server = net.createServer().listen(0, '127.0.0.1', () => {
  const { port } = server.address();
  server.close(() => {
    net.connect({ port, host: '127.0.0.1', localAddress: '127.0.0.1', localPort: port - 1 }).on('error', (error) => {
      console.log(error.code, error.localAddress, error.localPort === port - 1,
                  error.message.endsWith(`- Local (127.0.0.1:${port - 1})`));
    });
  });
});
