'use strict';

// Expect: 100-continue, answered by itself and by the program.

const http = require('http');
const server = http.createServer((req, res) => {
  req.on('data', (chunk) => console.log('body', String(chunk)));
  req.on('end', () => res.end('done'));
}).listen(0, () => {
  const post = (done) => {
    const req = http.request({ port: server.address().port, method: 'POST', headers: { Expect: '100-continue' } });
    req.on('continue', () => {
      console.log('continue');
      req.end('x');
    });
    req.on('response', (res) => {
      console.log(res.statusCode);
      res.resume().on('end', done);
      req.end();
    });
  };
  post(() => {
    server.on('checkContinue', (req, res) => {
      console.log('checkContinue');
      res.writeHead(403);
      res.end();
    });
    post(() => server.close());
  });
});
