'use strict';

// A request, its response, and the headers Node adds by itself.

const http = require('http');
const server = http.createServer((req, res) => {
  console.log(req.method, req.url, req.httpVersion, req.headers.connection);
  res.writeHead(200, { 'Content-Type': 'text/plain' });
  res.end('hello');
}).listen(0, () => {
  http.get({ port: server.address().port, path: '/a?b=c', agent: false }, (res) => {
    console.log(res.statusCode, res.statusMessage, Object.keys(res.headers).sort().join());
    res.setEncoding('utf8');
    res.on('data', (text) => console.log(text));
    res.on('end', () => server.close());
  });
});
