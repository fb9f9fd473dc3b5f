'use strict';

// A body in pieces is chunked; the server reads it as a stream.

const http = require('http');
const server = http.createServer((req, res) => {
  let text = '';
  req.setEncoding('utf8');
  req.on('data', (chunk) => { text += chunk; });
  req.on('end', () => {
    console.log(req.headers['transfer-encoding'], req.complete);
    res.setHeader('X-Length', text.length);
    res.end(text.toUpperCase());
  });
}).listen(0, () => {
  const req = http.request({ port: server.address().port, method: 'POST' }, (res) => {
    console.log(res.headers['content-length'], res.headers['x-length']);
    res.on('data', (chunk) => console.log(String(chunk)));
    res.on('end', () => server.close());
  });
  req.write('first ');
  setTimeout(() => req.end('second'), 10);
});
