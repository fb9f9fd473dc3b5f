'use strict';
// A response that ends after its connection has closed emits 'close' and no 'finish'.
const http = require('http');

let client;
const server = http.createServer((req, res) => {
  res.on('finish', () => console.log('finish'));
  res.on('close', () => {
    console.log('close', res.writableFinished);
    res.write('x');
    res.end('y');
    setImmediate(() => server.close());
  });
  client.destroy();
}).listen(0, () => {
  client = http.get({ port: server.address().port, agent: false });
  client.on('error', () => {});
});
