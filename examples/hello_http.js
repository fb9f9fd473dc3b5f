'use strict';

// The smallest HTTP server: `ouro examples/hello_http.js`, then open http://127.0.0.1:8080/.

const http = require('http');

const server = http.createServer((req, res) => {
  res.writeHead(200, { 'Content-Type': 'text/plain' });
  res.end('Hello, World!\n');
});

server.listen(8080, () => {
  console.log('Listening on http://127.0.0.1:8080/');
});
