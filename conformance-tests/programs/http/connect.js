'use strict';

// CONNECT makes a tunnel.

const http = require('http');
const proxy = http.createServer();
proxy.on('connect', (req, socket, head) => {
  console.log(req.method, req.url, head.length);
  socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
  socket.on('data', (chunk) => socket.end(String(chunk).toUpperCase()));
});
proxy.listen(0, () => {
  const req = http.request({ port: proxy.address().port, method: 'CONNECT', path: 'a.example:80' });
  req.on('connect', (res, socket, head) => {
    console.log(res.statusCode, head.length);
    socket.write('through');
    socket.on('data', (chunk) => console.log(String(chunk)));
    socket.on('end', () => proxy.close());
  });
  req.end();
});
