'use strict';

// A server on a Unix domain socket; the file is gone when it closes.

const net = require('net');
const fs = require('fs');
const path = `/tmp/ouro-conformance-${process.pid}.sock`;
const server = net.createServer((socket) => socket.end('over the pipe'));
server.listen(path, () => {
  console.log(server.address() === path, fs.statSync(path).isSocket());
  const client = net.connect(path);
  client.setEncoding('utf8');
  client.on('data', (text) => console.log(text));
  client.on('close', () => server.close(() => console.log(fs.existsSync(path))));
});
