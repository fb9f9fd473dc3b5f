'use strict';

// A chunk size that is no number ends the connection in the middle of the body.

const http = require('http');
const net = require('net');
const server = http.createServer((req, res) => {
  req.on('data', (chunk) => {
    console.log('data', String(chunk));
    client.write('xyz\r\n');
  });
  req.on('end', () => console.log('end'));
  req.on('error', (err) => console.log('error', err.code, err.message));
  req.on('close', () => console.log('close', req.complete));
});
server.on('clientError', (err, socket) => {
  console.log(err.code, err.message);
  socket.destroy();
});
let client;
server.listen(0, () => {
  const head = 'POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n';
  client = net.connect(server.address().port, () => client.write(`${head}3\r\nabc\r\n`));
  client.on('error', () => {});
  client.on('close', () => server.close());
});
