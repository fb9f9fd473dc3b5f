'use strict';

// destroy() of a request before and after its response.

const http = require('http');
const server = http.createServer((req, res) => {
  res.write('part');
  req.on('close', () => console.log('server close'));
}).listen(0, () => {
  const early = http.get({ port: server.address().port, agent: false });
  early.on('error', (err) => console.log('early', err.code, err.message));
  early.on('close', () => {
    const late = http.get({ port: server.address().port, agent: false }, (res) => {
      res.on('error', (err) => console.log('late', err.code, err.message));
      res.on('data', () => late.destroy());
      res.on('close', () => server.close(() => console.log('closed')));
    });
  });
  early.destroy();
});
