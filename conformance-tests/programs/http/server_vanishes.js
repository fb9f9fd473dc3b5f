'use strict';

// A server that hangs up without a response is ECONNRESET for the client.

const http = require('http');
const server = http.createServer((req) => req.socket.destroy()).listen(0, () => {
  const req = http.get({ port: server.address().port }, () => console.log('response'));
  req.on('error', (err) => console.log(err.code, err.message));
  req.on('close', () => {
    console.log('close', req.destroyed);
    server.close();
  });
});
