'use strict';

// close() ends connections that wait, not those that work.

const http = require('http');
const agent = new http.Agent({ keepAlive: true });
const server = http.createServer((req, res) => res.end('x')).listen(0, () => {
  http.get({ port: server.address().port, agent }, (res) => {
    res.resume().on('end', () => setImmediate(() => {
      server.close(() => console.log('closed', server.listening));
      console.log('closing', server.listening);
    }));
  });
});
