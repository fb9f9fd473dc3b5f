'use strict';

// A client that goes in the middle of its body aborts the request.

const http = require('http');
const net = require('net');
const server = http.createServer((req, res) => {
  req.on('data', (chunk) => {
    console.log('data', String(chunk));
    client.destroy();
  });
  req.on('end', () => console.log('end'));
  req.on('aborted', () => console.log('aborted'));
  req.on('error', (err) => console.log('error', err.code, err.message));
  req.on('close', () => {
    console.log('close', req.complete, req.aborted);
    server.close();
  });
  res.on('close', () => console.log('response close', res.writableFinished));
});
let client;
server.listen(0, () => {
  client = net.connect(server.address().port, () => {
    client.write('POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n\r\npart');
  });
});
