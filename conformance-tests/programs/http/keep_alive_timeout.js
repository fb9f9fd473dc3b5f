'use strict';

// A connection that stays silent after a response is closed by the server.

const http = require('http');
const net = require('net');
const server = http.createServer({ keepAliveTimeout: 50 }, (req, res) => {
  res.sendDate = false;
  res.end('x');
});
server.keepAliveTimeoutBuffer = 0;

function raw(port, text, done) {
  const client = net.connect(port, '127.0.0.1', () => client.write(text));
  let reply = '';
  client.setEncoding('latin1');
  client.on('data', (chunk) => { reply += chunk; });
  client.on('error', () => {});
  client.on('close', () => done(reply));
}

server.listen(0, () => {
  raw(server.address().port, 'GET / HTTP/1.1\r\nHost: a\r\n\r\n', (reply) => {
    console.log(reply.endsWith('\r\n\r\nx'));
    server.close();
  });
});
