'use strict';

// A response that ends too early is aborted.

const http = require('http');
const net = require('net');
const server = net.createServer((socket) => {
  socket.resume();
  socket.end('HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf');
}).listen(0, () => {
  http.get({ port: server.address().port }, (res) => {
    res.on('data', (chunk) => console.log('data', String(chunk)));
    res.on('aborted', () => console.log('aborted'));
    res.on('error', (err) => console.log(err.code, err.message));
    res.on('close', () => {
      console.log('close', res.complete);
      server.close();
    });
  });
});
