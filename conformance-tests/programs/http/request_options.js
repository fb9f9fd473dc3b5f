'use strict';

// A URL, options, and a default port make one request line and one Host.

const http = require('http');
const server = http.createServer((req, res) => {
  res.end([req.method, req.url, req.headers.host.replace(/\d+$/, 'PORT'), req.headers.authorization].join(' '));
}).listen(0, '127.0.0.1', () => {
  const { port } = server.address();
  const show = (done) => (res) => {
    res.on('data', (chunk) => console.log(String(chunk)));
    res.on('end', done);
  };
  http.get(`http://127.0.0.1:${port}/path?q=1#frag`, show(() => {
    http.get(new URL(`http://user:pass@127.0.0.1:${port}/x`), { method: 'delete' }, show(() => {
      http.get({ host: '127.0.0.1', port, headers: { host: 'other:1' } }, show(() => server.close()));
    }));
  }));
});
