'use strict';

// Bare CR and LF, and folded headers, are refused.

const http = require('http');
const net = require('net');
const requests = [
  'GET / HTTP/1.1\r\nHost: a\nX: b\r\n\r\n',
  'GET / HTTP/1.1\r\nHost: a\rX: b\r\n\r\n',
  'GET / HTTP/1.1\nHost: a\n\n',
  'GET / HTTP/1.1\r\nHost: a\r\n folded\r\n\r\n',
  'GET / HTTP/1.1\r\nHost : a\r\n\r\n',
];
const server = http.createServer(() => console.log('request'));
server.on('clientError', (err, socket) => {
  console.log(err.code, err.message);
  socket.end('HTTP/1.1 400 Bad Request\r\n\r\n');
});

function raw(port, text, done) {
  const client = net.connect(port, '127.0.0.1', () => client.write(text));
  let reply = '';
  client.setEncoding('latin1');
  client.on('data', (chunk) => { reply += chunk; });
  client.on('error', () => {});
  client.on('close', () => done(reply));
}

server.listen(0, function next() {
  const text = requests.shift();
  if (text === undefined) {
    server.close();
    return;
  }
  raw(server.address().port, text, (reply) => {
    console.log(JSON.stringify(reply));
    next();
  });
});
