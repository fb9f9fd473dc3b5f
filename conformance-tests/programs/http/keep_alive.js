'use strict';

// An agent with keepAlive uses one connection for several requests.

const http = require('http');
const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
const sockets = new Set();
const server = http.createServer((req, res) => {
  sockets.add(req.socket);
  res.end(req.url);
}).listen(0, () => {
  const get = (path, done) => {
    const req = http.get({ port: server.address().port, path, agent }, (res) => {
      console.log(path, req.reusedSocket, res.headers.connection, res.headers['keep-alive']);
      res.resume().on('end', () => setImmediate(done));
    });
  };
  get('/1', () => get('/2', () => get('/3', () => {
    console.log(sockets.size);
    agent.destroy();
    server.close();
  })));
});
