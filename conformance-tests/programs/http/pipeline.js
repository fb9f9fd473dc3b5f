'use strict';

// Pipelined requests are answered in their order, whatever order the program finishes them in.

const http = require('http');
const net = require('net');
const server = http.createServer((req, res) => {
  const delay = { '/1': 40, '/2': 5, '/3': 0 }[req.url];
  setTimeout(() => {
    console.log('end', req.url);
    res.sendDate = false;
    if (req.url === '/3') res.setHeader('Connection', 'close');
    res.end(req.url);
  }, delay);
});

function raw(port, text, done) {
  const client = net.connect(port, '127.0.0.1', () => client.write(text));
  let reply = '';
  client.setEncoding('latin1');
  client.on('data', (chunk) => { reply += chunk; });
  client.on('error', () => {});
  client.on('close', () => done(reply));
}

server.listen(0, () => {
  const get = (path) => `GET ${path} HTTP/1.1\r\nHost: a\r\n\r\n`;
  raw(server.address().port, get('/1') + get('/2') + get('/3'), (reply) => {
    console.log(reply);
    server.close();
  });
});
