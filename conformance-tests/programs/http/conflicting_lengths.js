'use strict';

// Framing that two parsers could read differently is refused.

const http = require('http');
const net = require('net');
const requests = [
  'POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab',
  'POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\na',
  'POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\nContent-Length: 1\r\n\r\na',
  'POST / HTTP/1.1\r\nHost: a\r\nContent-Length: +1\r\n\r\na',
  'POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1 1\r\n\r\na',
  'POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked, gzip\r\n\r\na',
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
