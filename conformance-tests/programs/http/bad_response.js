'use strict';

// A response that isn't HTTP is a parse error for the client.

const http = require('http');
const net = require('net');
const replies = ['HELLO\r\n\r\n', 'HTTP/1.1 20 OK\r\n\r\n', 'HTTP/1.1 200 OK\r\nA b\r\n\r\n',
                 'HTTP/1.1 200 OK\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n'];
const server = net.createServer((socket) => {
  socket.on('error', () => {});
  socket.resume();
  socket.write(replies.shift());
}).listen(0, function next() {
  if (replies.length === 0) {
    server.close();
    return;
  }
  const req = http.get({ port: server.address().port, agent: false });
  req.on('error', (err) => console.log(err.code, err.message));
  req.on('close', next);
});
