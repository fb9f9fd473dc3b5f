'use strict';

// A custom lookup is asked for the address, and 'lookup' tells the answer.

const net = require('net');
const server = net.createServer((socket) => socket.end()).listen(0, '127.0.0.1', () => {
  const client = net.connect({
    host: 'somewhere.example',
    port: server.address().port,
    family: 4,
    lookup(hostname, options, callback) {
      console.log('lookup', hostname, options.family);
      callback(null, '127.0.0.1', 4);
    },
  });
  client.on('lookup', (err, address, family, host) => console.log(err, address, family, host));
  client.on('connect', () => console.log('connected', client.remoteAddress));
  client.resume().on('close', () => server.close());
});
